/* reports/lifecycle.h - the life-cycle page: what came, where it is, what is due, how long it takes. */
#pragma once
#include "reports/page.h"

/* Owned by the caller. */
ReportPage *report_lifecycle (const ReportContext *context, GError **error);
/* Adds what waits now, whatever the period: deadlines, age of open cases, review (reports/backlog.c). */
void report_backlog (ReportPage *page, const ReportContext *context);
