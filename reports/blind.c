/* How often docket errs where nobody looks, by what people said in blind checks. */
#include "store/blind.h"
#include "base/messages.h"
#include "reports/format.h"
#include "reports/lifecycle.h"

bool
report_blind (ReportPage *page, const ReportContext *context, GError **error)
{
  g_autoptr (GArray) counts = store_blind_counts (context->store, error);
  if (counts == NULL)
    return false;
  static const ReportKey keys[]
      = { { "kind", REPORT_CODE },   { "checked", REPORT_COUNT },     { "wrong", REPORT_COUNT },
          { "share", REPORT_SHARE }, { "share_95", REPORT_INTERVAL }, { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "blind", keys)->table;
  table->counted = g_array_index (counts, StoreBlindCount, 0).n;
  for (guint i = 0; i < counts->len && table->counted > 0; i++)
    {
      const StoreBlindCount *count = &g_array_index (counts, StoreBlindCount, i);
      g_autofree char *label = i == 0 ? dk_message (context->language, "report.sum", "")
                                      : report_label (context->language, "kind", count->kind);
      report_row (table, i == 0 ? REPORT_ROW_SUM : REPORT_ROW);
      report_cell_code (table, i == 0 ? "all" : count->kind, label);
      report_cell_count (table, count->n);
      report_cell_count (table, count->wrong);
      report_cell_share (table, count->wrong, count->n);
      report_cell_interval (table, count->wrong, count->n);
    }
  return true;
}
