/* pipeline/letters.h - letters for the work "train", a line each:
 * id, kind, further kinds, subject, trade, tone, text, parted by tabs; "-" is not known, and in the text \n stands for
 * a line break, \\ for a backslash. Private to pipeline/. */
#pragma once
#include "store/example.h"

/* A memory file of the letters that are shipped, conf/letters/ in the order of the names. -1 on error, NOT_FOUND when
 * there are none. */
int pipeline_seed_letters (GError **error);
/* Writes the line of @example to @fd: the text is that of the document's first pages. Nothing is written for a document
 * whose text is empty or cannot be had any more. *@size grows by what was written. */
bool pipeline_write_letter (Store *store, const StoreExample *example, int fd, uint64_t *size, GError **error);
