#include "reports/handovers.h"
#include "base/messages.h"
#include "cases/allocation.h"
#include <string.h>

#define MOST 3 /* the last row: so many or more */

struct ReportHandovers
{
  const ReportContext *context;
  Allocation *allocation; /* NULL: nobody is known to be in a team */
  int64_t cases[MOST + 1], times;
};

ReportHandovers *
report_handovers_new (const ReportContext *context)
{
  ReportHandovers *handovers = g_new0 (ReportHandovers, 1);
  handovers->context = context;
  handovers->allocation = context->config != NULL ? allocation_load (context->config, NULL) : NULL;
  return handovers;
}

void
report_handovers_free (ReportHandovers *handovers)
{
  if (handovers == NULL)
    return;
  g_clear_pointer (&handovers->allocation, allocation_free);
  g_free (handovers);
}

/* Whether the two work in one team. Who is in no team is one of their own. */
static bool
are_one_team (const Allocation *allocation, const char *a, const char *b)
{
  const GPtrArray *teams = allocation != NULL ? allocation_teams (allocation) : NULL;
  for (guint i = 0; teams != NULL && i < teams->len; i++)
    {
      const char *const *members = (const char *const *)((const Team *)teams->pdata[i])->members;
      if (g_strv_contains (members, a) && g_strv_contains (members, b))
        return true;
    }
  return false;
}

/* Whether @to stands in on @day for @from, who is away: that is no handing over. */
static bool
stands_in (const Allocation *allocation, const char *from, const char *to, DkDay day)
{
  const User *user = allocation != NULL ? allocation_user (allocation, from) : NULL;
  const User *other
      = user != NULL && allocation_absence (user, day) != NULL ? allocation_stand_in (allocation, user, day) : NULL;
  return other != NULL && strcmp (other->name, to) == 0;
}

static bool
is_handover (const ReportHandovers *handovers, const StoreLogEvent *event, const char *from)
{
  return strcmp (event->activity, "case.transfer") == 0 && *from != '\0' && strcmp (from, event->owner) != 0
         && !are_one_team (handovers->allocation, from, event->owner)
         && !stands_in (handovers->allocation, from, event->owner, dk_day_parse (event->day));
}

void
report_handovers_note (ReportHandovers *handovers, const StoreLogCase *one)
{
  const char *owner = "";
  unsigned times = 0;
  for (guint i = 0; i < one->events->len; i++)
    {
      const StoreLogEvent *event = &g_array_index (one->events, StoreLogEvent, i);
      DkDay day = dk_day_parse (event->day);
      if (event->is_act && strcmp (event->activity, "case.final") == 0)
        {
          if (day < handovers->context->from || day > handovers->context->to)
            return;
          handovers->cases[MIN (times, MOST)]++;
          handovers->times += times;
          return;
        }
      times += is_handover (handovers, event, owner);
      owner = event->owner != NULL ? event->owner : owner;
    }
}

void
report_handovers_show (const ReportHandovers *handovers, ReportPage *page)
{
  const ReportContext *context = handovers->context;
  int64_t all = 0;
  static const ReportKey keys[] = { { "handed_over", REPORT_CODE },
                                    { "cases", REPORT_COUNT },
                                    { "share", REPORT_SHARE },
                                    { "share_95", REPORT_INTERVAL },
                                    { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "handovers", keys);
  ReportTable *table = section->table;
  for (unsigned i = 0; i <= MOST; i++)
    all += handovers->cases[i];
  for (unsigned i = 0; i <= MOST && all > 0; i++)
    {
      g_autofree char *code = g_strdup_printf ("%u", i);
      g_autofree char *label = dk_message (context->language, "report.handovers.times", "d", (int)i);
      report_row (table, REPORT_ROW);
      report_cell_code (table, code, label);
      report_cell_count (table, handovers->cases[i]);
      report_cell_share (table, handovers->cases[i], all);
      report_cell_interval (table, handovers->cases[i], all);
    }
  table->counted = all;
  if (all > 0)
    section->finding = dk_message (context->language, "report.handovers.finding", "llf", all - handovers->cases[0], all,
                                   (double)handovers->times / (double)all);
}
