/* cmd/export.h - what the files of `docket export` share. */
#pragma once
#include "cmd/command.h"

/* Copies every filed document that was received from @from to @to (ISO; NULL: without end) to @path, an empty folder or
 * none, in the folders and under the names it has in filed/, and beside it NAME.json with what docket show tells of it.
 * @documents counts them. */
bool export_files (const Command *command, const char *path, const char *from, const char *to, int64_t *documents,
                   GError **error);
