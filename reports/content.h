/* reports/content.h - the content page: why people write, in counts and in their own words. */
#pragma once
#include "reports/page.h"

/* Fails when a page record cannot be read. Owned by the caller. */
ReportPage *report_content (const ReportContext *context, GError **error);
