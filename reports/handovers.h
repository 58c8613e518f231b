/* reports/handovers.h - how often answered cases were handed to somebody of another team. */
#pragma once
#include "reports/page.h"
#include "store/log.h"

typedef struct ReportHandovers ReportHandovers;
/* Counts for @context, which is lent. Owned by the caller. */
ReportHandovers *report_handovers_new (const ReportContext *context);
void report_handovers_free (ReportHandovers *handovers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReportHandovers, report_handovers_free)
/* Counts @one where its first final answer went out in the period. */
void report_handovers_note (ReportHandovers *handovers, const StoreLogCase *one);
/* Adds the section "handovers" to @page: how many cases were handed over so and so often before that answer. */
void report_handovers_show (const ReportHandovers *handovers, ReportPage *page);
