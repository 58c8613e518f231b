/* reports/lifecycle.h - what came, where it is, what is due and how long it takes. */
#pragma once
#include "reports/page.h"

/* Fails when a document of the store cannot be read. */
ReportPage *report_lifecycle (const ReportContext *context, GError **error);
/* Its part about what waits now, whatever the period. */
bool report_backlog (ReportPage *page, const ReportContext *context, GError **error);
/* Of that what blind checks have shown: how often docket errs where no person looks. Of all time. */
bool report_blind (ReportPage *page, const ReportContext *context, GError **error);
/* Of that the documents themselves: the nearest due dates, what a person should look at, what is in quarantine. */
bool report_waiting (ReportPage *page, const ReportContext *context, GError **error);
