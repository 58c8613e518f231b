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
/* Writes @bytes to @out in the same way. */
bool pages_write_bytes (const char *out, const void *bytes, size_t size, GError **error);
/* Throws the sentence cli.@key with the document's number, and @page where the sentence names it. */
bool pages_throw (const Command *command, const StoreDocument *document, const char *key, int64_t page, GError **error);
