/* reports/process.h - how cases go: which act follows which, and how long that takes; the ways that cases take whole;
 * what is done again. */
#pragma once
#include "reports/page.h"

/* Of the cases received in the period, by the order of the ledger. Acts of people and docket in a case count, what
 * happens to its documents does not. */
ReportPage *report_process (const ReportContext *context, GError **error);
