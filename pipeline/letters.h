/* pipeline/letters.h - letters for the work "train", a line each:
 * id, kind, further kinds, subject, trade, tone, text, parted by tabs; "-" is not known, and in the text \n stands for
 * a line break, \\ for a backslash. Private to pipeline/. */
#pragma once
#include "pipeline/result.h"
#include "store/example.h"

/* A memory file of the letters that are shipped, conf/letters/ in the order of the names. -1 on error, NOT_FOUND when
 * there are none. */
int pipeline_seed_letters (GError **error);
/* What was learnt of them, so that a training need not begin with them: made by a training in this store, else when
 * docket was built. -1 without an error where there is none; the worker tells whether it holds still. */
int pipeline_learnt_letters (Store *store);
/* Keeps in tmp/ what @result brings of that, if it does: the next training is faster. */
void pipeline_keep_letters (Store *store, const PipelineResult *result);
/* Writes the line of @example to @fd: the text is that of the document's first pages. Nothing is written for a document
 * whose text is empty or cannot be had any more. *@size grows by what was written. */
bool pipeline_write_letter (Store *store, const StoreExample *example, int fd, uint64_t *size, GError **error);
