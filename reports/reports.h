/* reports/reports.h - all reports of a store as files: a page of HTML each, and CSV and JSON of every table. */
#pragma once
#include "base/config.h"
#include "base/vocabulary.h"
#include "store/store.h"

typedef struct
{
  const char *name;  /* "lifecycle"; its title is the sentence report.NAME.title */
  const char *about; /* for the help of the command, in English */
} ReportKind;
/* Ended by a NULL name. */
extern const ReportKind reports_all[];

/* Writes the report @name (NULL: all, with index.html) about what was received from @from to @to, both included
 * (DK_DAY_NONE: from the first receipt, to today), to @out_folder (NULL: reports/TODAY/ of the store), which is made
 * when it is missing. Each file is replaced whole or not at all; the same data on the same day give the same bytes.
 * @paths, of char *, owned by the caller, has the HTML files first. Fails with USAGE for an unknown name or a period
 * that ends before it begins, FULL. */
bool reports_write (Store *store, const Settings *settings, const Vocabulary *vocabulary, const char *name, DkDay from,
                    DkDay to, const char *language, const char *out_folder, GPtrArray **paths, GError **error);
