/* reports/handovers.h - how often an answered case was handed to somebody of another team. */
#pragma once
#include "reports/page.h"

/* Adds the section "handovers" to @page: of the cases whose first final answer went out in the period, how many were
 * handed over so and so often before it. */
bool report_handovers (ReportPage *page, const ReportContext *context, GError **error);
