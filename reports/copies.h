/* reports/copies.h - tells letters that say nearly the same: a form letter under another name, a letter and its scan.
 * MinHash of the distinct words, found by bands, so that many letters need not be compared each with each. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct ReportCopies ReportCopies;
/* Texts of fewer than @least_words distinct words must have just the same ones: there a word more or less tells another
 * text. */
ReportCopies *report_copies_new (unsigned least_words);
void report_copies_free (ReportCopies *copies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportCopies, report_copies_free)
/* Whether some letter of before has nearly the same words, of ReportWord; it is kept when none has. */
bool report_copies_seen (ReportCopies *copies, const GArray *words);
