#include "reports/lifecycle.h"
#include "base/messages.h"
#include "reports/format.h"
#include "reports/measure.h"
#include <string.h>

static const char *const places[N_FACT_PLACES] = { "filed", "duplicate", "quarantined", "in_flight" };

/* --- where what was received is --- */

static void
count_places (const ReportContext *context, int64_t *counts)
{
  for (guint i = 0; i < context->facts->receipts->len; i++)
    counts[g_array_index (context->facts->receipts, FactReceipt, i).place]++;
}

static void
received_section (ReportPage *page, const ReportContext *context, const int64_t *counts)
{
  const char *language = context->language;
  int64_t all = context->facts->receipts->len;
  g_autoptr (GArray) bars = chart_bars_new ();
  static const ReportKey keys[]
      = { { "place", REPORT_CODE }, { "receipts", REPORT_COUNT }, { "share", REPORT_SHARE }, { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "received", keys);
  ReportTable *table = section->table;
  for (int i = 0; i < N_FACT_PLACES; i++)
    {
      g_autofree char *label = report_label (language, "report.place", places[i]);
      report_row (table, REPORT_ROW);
      report_cell_code (table, places[i], label);
      report_cell_count (table, counts[i]);
      report_cell_share (table, counts[i], all);
      chart_bars_add (bars, g_strdup (label), report_show_count (language, counts[i]), (double)counts[i],
                      i == FACT_PLACE_QUARANTINED ? CHART_ALERT : CHART_MAIN);
    }
  g_autofree char *sum = dk_message (language, "report.sum", "");
  report_row (table, REPORT_ROW_SUM);
  report_cell_code (table, "all", sum);
  report_cell_count (table, all);
  report_cell_share (table, all, all);
  table->counted = all;
  section->heading
      = dk_message (language, "report.part.period", "DDd", context->from, context->to, context->to - context->from + 1);
  section->finding = dk_message (language, "report.received.finding", "lll", all, counts[FACT_PLACE_FILED],
                                 counts[FACT_PLACE_IN_FLIGHT]);
  report_section_bars (section, bars, N_FACT_PLACES);
}

/* --- trend --- */

typedef enum
{
  STEP_DAY,
  STEP_WEEK,
  STEP_MONTH,
} Step;

static Step
step_of (const ReportContext *context)
{
  int days = context->to - context->from + 1;
  return days <= 45 ? STEP_DAY : days <= 730 ? STEP_WEEK : STEP_MONTH;
}

/* The first day of the step that holds @day. */
static DkDay
step_begin (Step step, DkDay day)
{
  DkDate date = dk_date (day);
  return step == STEP_DAY ? day : step == STEP_WEEK ? day - dk_weekday (day) + 1 : dk_day (date.year, date.month, 1);
}

static DkDay
step_next (Step step, DkDay begin)
{
  return step == STEP_DAY ? begin + 1 : step == STEP_WEEK ? begin + 7 : dk_day_add_months (begin, 1);
}

/* One row for each step, with those in which nothing came; receipts are not ordered by date of receipt. */
static GHashTable *
count_steps (const ReportContext *context, Step step)
{
  GHashTable *steps = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (guint i = 0; i < context->facts->receipts->len; i++)
    {
      const FactReceipt *receipt = &g_array_index (context->facts->receipts, FactReceipt, i);
      gpointer key = GINT_TO_POINTER (step_begin (step, receipt->received));
      int64_t *counts = g_hash_table_lookup (steps, key);
      if (counts == NULL)
        g_hash_table_insert (steps, key, counts = g_new0 (int64_t, N_FACT_PLACES));
      counts[receipt->place]++;
    }
  return steps;
}

static int64_t
trend_row (ReportTable *table, GArray *columns, DkDay begin, const int64_t *counts)
{
  static const int64_t none[N_FACT_PLACES];
  const char *language = table->language;
  counts = counts != NULL ? counts : none;
  int64_t all = 0;
  for (int i = 0; i < N_FACT_PLACES; i++)
    all += counts[i];
  report_row (table, REPORT_ROW);
  report_cell_day (table, begin);
  report_cell_count (table, all);
  for (int i = 0; i < N_FACT_PLACES; i++)
    report_cell_count (table, counts[i]);
  chart_columns_add (columns, report_show_day (language, begin),
                     dk_message (language, "report.trend.column", "Dll", begin, all, counts[FACT_PLACE_FILED]),
                     (double)counts[FACT_PLACE_FILED], (double)all);
  return all;
}

static void
trend_columns (ReportTable *table, const ReportContext *context, Step step)
{
  static const char *const steps[] = { "report.column.day", "report.column.week", "report.column.month" };
  g_autofree char *heading = dk_message (context->language, steps[step], "");
  report_table_column (table, "from", heading, REPORT_DAY);
  report_table_column (table, "received_all", NULL, REPORT_COUNT);
  for (int i = 0; i < N_FACT_PLACES; i++)
    {
      g_autofree char *place = report_label (context->language, "report.place", places[i]);
      report_table_column (table, places[i], place, REPORT_COUNT);
    }
}

static void
trend_section (ReportPage *page, const ReportContext *context)
{
  static const char *const busiest[]
      = { "report.trend.busiest_day", "report.trend.busiest_week", "report.trend.busiest_month" };
  Step step = step_of (context);
  ReportSection *section = report_page_section (page, context, "trend", NULL);
  ReportTable *table = section->table;
  g_autoptr (GHashTable) steps = count_steps (context, step);
  g_autoptr (GArray) columns = chart_columns_new ();
  trend_columns (table, context, step);
  int64_t most = 0;
  DkDay best = context->from;
  for (DkDay day = step_begin (step, context->from); day <= context->to; day = step_next (step, day))
    {
      int64_t all = trend_row (table, columns, day, g_hash_table_lookup (steps, GINT_TO_POINTER (day)));
      best = all > most ? day : best;
      most = MAX (most, all);
    }
  g_autofree char *top = report_show_count (context->language, most);
  table->counted = context->facts->receipts->len;
  section->finding = most > 0 ? dk_message (context->language, busiest[step], "Dl", best, most) : NULL;
  section->legend = dk_message (context->language, "report.trend.legend", "");
  section->chart = chart_columns (table->title, section->finding != NULL ? section->finding : "", columns, top);
}

/* --- sources and outcomes: groups of equal codes, the largest first --- */

typedef struct
{
  const char *first, *second;
  int64_t n, duplicates;
} Group;

static Group *
group_of (GArray *groups, const char *first, const char *second)
{
  for (guint i = 0; i < groups->len; i++)
    {
      Group *group = &g_array_index (groups, Group, i);
      if (strcmp (group->first, first) == 0 && strcmp (group->second, second) == 0)
        return group;
    }
  Group group = { first, second, 0, 0 };
  g_array_append_val (groups, group);
  return &g_array_index (groups, Group, groups->len - 1);
}

static gint
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *x = a, *y = b;
  if (x->n != y->n)
    return x->n < y->n ? 1 : -1;
  int order = strcmp (x->first, y->first);
  return order != 0 ? order : strcmp (x->second, y->second);
}

static void
sources_section (ReportPage *page, const ReportContext *context)
{
  const GArray *receipts = context->facts->receipts;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  for (guint i = 0; i < receipts->len; i++)
    {
      const FactReceipt *receipt = &g_array_index (receipts, FactReceipt, i);
      Group *group = group_of (groups, receipt->profile, receipt->channel);
      group->n++;
      group->duplicates += receipt->place == FACT_PLACE_DUPLICATE;
    }
  g_array_sort (groups, compare_groups);
  static const ReportKey keys[]
      = { { "profile", REPORT_TEXT },     { "channel", REPORT_CODE }, { "receipts", REPORT_COUNT },
          { "duplicates", REPORT_COUNT }, { "share", REPORT_SHARE },  { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "sources", keys)->table;
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);
      report_row (table, REPORT_ROW);
      report_cell_text (table, group->first);
      report_cell_labelled (table, "report.channel", group->second);
      report_cell_count (table, group->n);
      report_cell_count (table, group->duplicates);
      report_cell_share (table, group->n, receipts->len);
    }
  table->counted = receipts->len;
}

static void
outcome_row (ReportTable *table, const Group *group, int64_t all)
{
  report_row (table, REPORT_ROW);
  report_cell_labelled (table, "outcome", group->first);
  if (*group->second == '\0')
    report_cell_blank (table);
  else
    report_cell_labelled (table, "report.reason", group->second);
  report_cell_count (table, group->n);
  report_cell_share (table, group->n, all);
}

static void
outcomes_section (ReportPage *page, const ReportContext *context)
{
  const GArray *documents = context->facts->documents;
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  int64_t all = 0;
  for (guint i = 0; i < documents->len; i++)
    {
      const FactDocument *document = &g_array_index (documents, FactDocument, i);
      if (strcmp (document->stage, "rest") != 0 && strcmp (document->stage, "quarantined") != 0)
        continue;
      group_of (groups, document->outcome, document->reason != NULL ? document->reason : "")->n++;
      all++;
    }
  g_array_sort (groups, compare_groups);
  static const ReportKey keys[] = { { "outcome", REPORT_CODE },
                                    { "reason", REPORT_CODE },
                                    { "documents", REPORT_COUNT },
                                    { "share", REPORT_SHARE },
                                    { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "outcomes", keys)->table;
  for (guint i = 0; i < groups->len; i++)
    outcome_row (table, &g_array_index (groups, Group, i), all);
  table->counted = all;
}

/* --- time per stage --- */

static const struct
{
  const char *stage;
  FactTime from, to;
} stages[] = {
  { "identify", FACT_TAKEN, FACT_IDENTIFIED },  { "read", FACT_IDENTIFIED, FACT_READ },
  { "understand", FACT_READ, FACT_UNDERSTOOD }, { "register", FACT_UNDERSTOOD, FACT_REGISTERED },
  { "file", FACT_REGISTERED, FACT_FILED },      { "index", FACT_FILED, FACT_INDEXED },
  { "all", FACT_TAKEN, FACT_INDEXED },
};

/* The ascending seconds from one event to the other, of the documents that had both. */
static GArray *
stage_times (const ReportContext *context, FactTime from, FactTime to)
{
  GArray *seconds = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < context->facts->documents->len; i++)
    {
      const int64_t *times = g_array_index (context->facts->documents, FactDocument, i).time_us;
      double took = (double)(times[to] - times[from]) / 1e6;
      if (times[from] > 0 && times[to] >= times[from])
        g_array_append_val (seconds, took);
    }
  report_sort (seconds);
  return seconds;
}

static double
stage_row (ReportTable *table, GArray *bars, const ReportContext *context, guint stage)
{
  const char *language = context->language;
  bool sum = strcmp (stages[stage].stage, "all") == 0;
  g_autofree char *label
      = sum ? dk_message (language, "report.stages.all", "") : report_label (language, "stage", stages[stage].stage);
  g_autoptr (GArray) seconds = stage_times (context, stages[stage].from, stages[stage].to);
  double middle = report_percentile (seconds, 50);
  report_row (table, sum ? REPORT_ROW_SUM : REPORT_ROW);
  report_cell_code (table, stages[stage].stage, label);
  report_cell_count (table, seconds->len);
  report_cell_seconds (table, middle);
  report_cell_seconds (table, report_percentile (seconds, 90));
  report_cell_seconds (table, report_percentile (seconds, 100));
  if (!sum && seconds->len > 0)
    chart_bars_add (bars, g_strdup (label), report_show_seconds (language, middle), middle, CHART_MAIN);
  table->counted = seconds->len;
  return middle;
}

static void
stages_section (ReportPage *page, const ReportContext *context)
{
  g_autoptr (GArray) bars = chart_bars_new ();
  static const ReportKey keys[]
      = { { "stage", REPORT_CODE },    { "documents", REPORT_COUNT }, { "p50_s", REPORT_SECONDS },
          { "p90_s", REPORT_SECONDS }, { "max_s", REPORT_SECONDS },   { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "stages", keys);
  ReportTable *table = section->table;
  double middle = 0;
  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    middle = stage_row (table, bars, context, i);
  section->heading = dk_message (context->language, "report.part.time", "");
  if (table->counted > 0)
    {
      g_autofree char *shown = report_show_seconds (context->language, middle);
      section->finding = dk_message (context->language, "report.stages.finding", "s", shown);
    }
  report_section_bars (section, bars, bars->len);
}

static void
period_tiles (ReportPage *page, const ReportContext *context, const int64_t *counts)
{
  static const char *const keys[N_FACT_PLACES]
      = { "report.tile.filed", "report.tile.duplicate", "report.tile.quarantined", "report.tile.in_flight" };
  const char *language = context->language;
  report_page_tile (page, context, "report.tile.received", REPORT_TILE_PLAIN,
                    report_show_count (language, context->facts->receipts->len), NULL);
  for (int i = 0; i < N_FACT_PLACES; i++)
    report_page_tile (page, context, keys[i],
                      i == FACT_PLACE_QUARANTINED && counts[i] > 0 ? REPORT_TILE_CARE : REPORT_TILE_PLAIN,
                      report_show_count (language, counts[i]), NULL);
}

ReportPage *
report_lifecycle (const ReportContext *context, GError **error)
{
  int64_t counts[N_FACT_PLACES] = { 0 };
  g_autoptr (ReportPage) page = report_page_new ("lifecycle", context->language);
  count_places (context, counts);
  if (!report_backlog (page, context, error))
    return NULL;
  period_tiles (page, context, counts);
  received_section (page, context, counts);
  trend_section (page, context);
  sources_section (page, context);
  outcomes_section (page, context);
  stages_section (page, context);
  return g_steal_pointer (&page);
}
