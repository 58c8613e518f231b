/* cmd/pages.h - what docket show writes of the pages of one document, to the terminal or a file. */
#pragma once
#include "cmd/command.h"
#include "reports/words.h"
#include "store/document.h"

typedef struct
{
  const ReportFormat *format;
  int page;        /* from 1; 0: all */
  const char *out; /* a file, NULL: standard output */
} Pages;
/* Fails with NOT_FOUND when there is no such page, none was read yet, or the words of a text have no place that the
 * format could tell. A file that could not be written whole is removed. */
bool pages_write (const Command *command, Store *store, const StoreDocument *document, const Pages *pages,
                  GError **error);
/* Writes a small picture of page @page (0: the first), @width_px wide, to @out: JPEG where that ends in .jpg or .jpeg,
 * else PNG. Fails with NOT_FOUND when there is no such page or none can be drawn, USAGE for another ending. */
bool pages_preview (const Command *command, Store *store, const StoreDocument *document, int page, int width_px,
                    const char *out, GError **error);
