#include "reports/process.h"
#include "base/messages.h"
#include "reports/format.h"
#include "reports/handovers.h"
#include "reports/measure.h"
#include "store/log.h"
#include <string.h>

#define VARIANTS_MAX 25
#define PART "case."

/* One act after another, over all cases. */
typedef struct
{
  char *from, *to;
  GArray *seconds; /* of double */
} Edge;

/* Something counted under a name: cases that took one way, that repeat an act, or were closed for one reason. */
typedef struct
{
  char *name;
  int64_t cases, times;
} Tally;

typedef struct
{
  const char *from, *to; /* ISO: the days of receipt that count */
  ReportHandovers *handovers;
  GHashTable *edges;    /* "from to" to Edge */
  GHashTable *variants; /* the acts of a case in their order, to Tally */
  GHashTable *repeats;  /* an act, to Tally */
  GHashTable *closings; /* a reason, to Tally */
  GArray *answered;     /* of double: days from receipt to the first final answer */
  int64_t cases, steps, repeating, closed;
} Process;

static void
edge_free (gpointer data)
{
  Edge *edge = data;
  g_free (edge->from);
  g_free (edge->to);
  g_array_unref (edge->seconds);
  g_free (edge);
}

static void
tally_free (gpointer data)
{
  g_free (((Tally *)data)->name);
  g_free (data);
}

static void
process_clear (Process *process)
{
  g_hash_table_unref (process->edges);
  g_hash_table_unref (process->variants);
  g_hash_table_unref (process->repeats);
  g_hash_table_unref (process->closings);
  g_array_unref (process->answered);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Process, process_clear)

/* --- counting --- */

static Tally *
tally_of (GHashTable *tallies, const char *name)
{
  Tally *tally = g_hash_table_lookup (tallies, name);
  if (tally != NULL)
    return tally;
  tally = g_new0 (Tally, 1);
  tally->name = g_strdup (name);
  g_hash_table_insert (tallies, tally->name, tally);
  return tally;
}

static void
note_edge (Process *process, const char *from, const char *to, double seconds)
{
  g_autofree char *key = g_strconcat (from, " ", to, NULL);
  Edge *edge = g_hash_table_lookup (process->edges, key);
  if (edge == NULL)
    {
      edge = g_new0 (Edge, 1);
      edge->from = g_strdup (from);
      edge->to = g_strdup (to);
      edge->seconds = g_array_new (FALSE, FALSE, sizeof (double));
      g_hash_table_insert (process->edges, g_steal_pointer (&key), edge);
    }
  g_array_append_val (edge->seconds, seconds);
  process->steps++;
}

/* The acts that @way has more than once. */
static void
note_repeats (Process *process, char *const *way)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  bool any = false;
  for (char *const *act = way; *act != NULL; act++)
    {
      gpointer before = g_hash_table_lookup (seen, *act);
      g_hash_table_insert (seen, *act, GINT_TO_POINTER (GPOINTER_TO_INT (before) + 1));
      if (before == NULL)
        continue;
      Tally *tally = tally_of (process->repeats, *act);
      tally->times++;
      tally->cases += GPOINTER_TO_INT (before) == 1;
      any = true;
    }
  process->repeating += any;
}

/* By the days on which it came and was answered, whenever that was typed. */
static void
note_answer (Process *process, const StoreLogCase *one)
{
  for (guint i = 0; i < one->events->len; i++)
    {
      const StoreLogEvent *event = &g_array_index (one->events, StoreLogEvent, i);
      if (!event->is_act || strcmp (event->activity, PART "final") != 0)
        continue;
      double days = MAX (dk_day_parse (event->day) - dk_day_parse (one->received), 0);
      g_array_append_val (process->answered, days);
      return;
    }
}

static void
note_closings (Process *process, const StoreLogCase *one)
{
  for (guint i = 0; i < one->events->len; i++)
    {
      const StoreLogEvent *event = &g_array_index (one->events, StoreLogEvent, i);
      if (!event->is_act || strcmp (event->activity, PART "close") != 0)
        continue;
      tally_of (process->closings, event->reason)->cases++;
      process->closed++;
    }
}

/* The order is the ledger's; a clock that was put back takes no time. */
static void
note_way (Process *process, const StoreLogCase *one)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const StoreLogEvent *last = NULL;
  for (guint i = 0; i < one->events->len; i++)
    {
      const StoreLogEvent *event = &g_array_index (one->events, StoreLogEvent, i);
      if (!event->is_act)
        continue;
      const char *act = event->activity + strlen (PART);
      g_strv_builder_add (builder, act);
      if (last != NULL)
        note_edge (process, last->activity + strlen (PART), act,
                   (double)MAX (event->time_us - last->time_us, 0) / G_USEC_PER_SEC);
      last = event;
    }
  if (last == NULL)
    return;
  g_auto (GStrv) way = g_strv_builder_end (builder);
  g_autofree char *variant = g_strjoinv (" ", way);
  tally_of (process->variants, variant)->cases++;
  note_repeats (process, way);
  process->cases++;
}

/* What was answered in the period counts whenever it came. */
static bool
note_case (const StoreLogCase *one, void *data, GError **error)
{
  Process *process = data;
  (void)error;
  if (strcmp (one->received, process->from) >= 0 && strcmp (one->received, process->to) <= 0)
    {
      note_way (process, one);
      note_answer (process, one);
      note_closings (process, one);
    }
  report_handovers_note (process->handovers, one);
  return true;
}

/* --- showing --- */

static gint
by_count (gconstpointer a, gconstpointer b)
{
  const Edge *x = *(Edge *const *)a, *y = *(Edge *const *)b;
  if (x->seconds->len != y->seconds->len)
    return x->seconds->len > y->seconds->len ? -1 : 1;
  gint from = strcmp (x->from, y->from);
  return from != 0 ? from : strcmp (x->to, y->to);
}

static gint
by_cases (gconstpointer a, gconstpointer b)
{
  const Tally *x = *(Tally *const *)a, *y = *(Tally *const *)b;
  if (x->cases != y->cases)
    return x->cases > y->cases ? -1 : 1;
  return strcmp (x->name, y->name);
}

/* The values of @table, sorted; lent. Owned by the caller (the array alone). */
static GPtrArray *
sorted (GHashTable *table, GCompareFunc by)
{
  GPtrArray *values = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    g_ptr_array_add (values, value);
  g_ptr_array_sort (values, by);
  return values;
}

static void
act_cell (ReportTable *table, const char *act)
{
  g_autofree char *label = dk_message (table->language, "cli.case.act", "s", act);
  report_cell_code (table, act, label);
}

/* "worked on → final answer sent" */
static void
way_cell (ReportTable *table, const char *way)
{
  g_auto (GStrv) acts = g_strsplit (way, " ", -1);
  g_autoptr (GString) labels = g_string_new (NULL);
  for (char **act = acts; *act != NULL; act++)
    {
      g_autofree char *label = dk_message (table->language, "cli.case.act", "s", *act);
      g_string_append_printf (labels, "%s%s", act > acts ? " → " : "", label);
    }
  report_cell_code (table, way, labels->str);
}

static void
steps_section (ReportPage *page, const ReportContext *context, const Process *process)
{
  static const ReportKey keys[]
      = { { "step_from", REPORT_CODE }, { "step_to", REPORT_CODE },  { "times", REPORT_COUNT },
          { "p50_s", REPORT_SECONDS },  { "p90_s", REPORT_SECONDS }, { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "steps", keys)->table;
  g_autoptr (GPtrArray) edges = sorted (process->edges, by_count);
  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = edges->pdata[i];
      report_sort (edge->seconds);
      report_row (table, REPORT_ROW);
      act_cell (table, edge->from);
      act_cell (table, edge->to);
      report_cell_count (table, edge->seconds->len);
      report_cell_seconds (table, report_percentile (edge->seconds, 50));
      report_cell_seconds (table, report_percentile (edge->seconds, 90));
    }
  table->counted = process->steps;
}

/* Whole ways, the most taken first; the last row has those that are not shown. */
static void
variants_section (ReportPage *page, const ReportContext *context, const Process *process)
{
  int64_t shown = 0;
  static const ReportKey keys[]
      = { { "variant", REPORT_CODE }, { "cases", REPORT_COUNT }, { "share", REPORT_SHARE }, { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "variants", keys);
  ReportTable *table = section->table;
  g_autoptr (GPtrArray) variants = sorted (process->variants, by_cases);
  for (guint i = 0; i < MIN (variants->len, VARIANTS_MAX); i++)
    {
      const Tally *variant = variants->pdata[i];
      report_row (table, REPORT_ROW);
      way_cell (table, variant->name);
      report_cell_count (table, variant->cases);
      report_cell_share (table, variant->cases, process->cases);
      shown += variant->cases;
    }
  table->counted = process->cases;
  if (process->cases > 0)
    section->finding = dk_message (context->language, "report.variants.finding", "lll", (int64_t)variants->len, shown,
                                   process->cases);
}

static void
repeats_section (ReportPage *page, const ReportContext *context, const Process *process)
{
  static const ReportKey keys[] = {
    { "act", REPORT_CODE }, { "cases", REPORT_COUNT }, { "times", REPORT_COUNT }, { "share", REPORT_SHARE }, { NULL, 0 }
  };
  ReportSection *section = report_page_section (page, context, "repeats", keys);
  ReportTable *table = section->table;
  g_autoptr (GPtrArray) repeats = sorted (process->repeats, by_cases);
  for (guint i = 0; i < repeats->len; i++)
    {
      const Tally *repeat = repeats->pdata[i];
      report_row (table, REPORT_ROW);
      act_cell (table, repeat->name);
      report_cell_count (table, repeat->cases);
      report_cell_count (table, repeat->times);
      report_cell_share (table, repeat->cases, process->cases);
    }
  table->counted = process->cases;
  if (process->cases > 0)
    section->finding
        = dk_message (context->language, "report.repeats.finding", "ll", process->repeating, process->cases);
}

static void
closings_section (ReportPage *page, const ReportContext *context, const Process *process)
{
  static const ReportKey keys[]
      = { { "reason", REPORT_CODE }, { "times", REPORT_COUNT }, { "share", REPORT_SHARE }, { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "closings", keys)->table;
  g_autoptr (GPtrArray) closings = sorted (process->closings, by_cases);
  for (guint i = 0; i < closings->len; i++)
    {
      const Tally *closing = closings->pdata[i];
      g_autofree char *label = dk_message (table->language, "cli.case.reason", "s", closing->name);
      report_row (table, REPORT_ROW);
      report_cell_code (table, closing->name, label);
      report_cell_count (table, closing->cases);
      report_cell_share (table, closing->cases, process->closed);
    }
  table->counted = process->closed;
}

static void
process_tiles (ReportPage *page, const ReportContext *context, const Process *process)
{
  const char *language = context->language;
  if (process->cases == 0)
    return;
  report_page_tile (page, context, "report.tile.acted", REPORT_TILE_PLAIN, report_show_count (language, process->cases),
                    NULL);
  report_sort (process->answered);
  if (process->answered->len > 0)
    {
      int64_t half = (int64_t)report_percentile (process->answered, 50),
              most = (int64_t)report_percentile (process->answered, 90);
      report_page_tile (page, context, "report.tile.to_final", REPORT_TILE_PLAIN,
                        dk_message (language, "report.tile.days", "l", half),
                        dk_message (language, "report.tile.nine_of_ten", "ll", most, (int64_t)process->answered->len));
    }
  report_page_tile (page, context, "report.tile.repeating", REPORT_TILE_PLAIN,
                    report_show_count (language, process->repeating),
                    report_show_share (language, (double)process->repeating / (double)process->cases));
}

ReportPage *
report_process (const ReportContext *context, GError **error)
{
  g_autofree char *from = dk_day_format (context->from), *to = dk_day_format (context->to);
  g_autoptr (ReportHandovers) handovers = report_handovers_new (context);
  g_auto (Process) process = { .from = from,
                               .to = to,
                               .handovers = handovers,
                               .edges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, edge_free),
                               .answered = g_array_new (FALSE, FALSE, sizeof (double)),
                               .variants = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, tally_free),
                               .repeats = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, tally_free),
                               .closings = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, tally_free) };
  if (!store_log_each (context->store, NULL, to, note_case, &process, error))
    return NULL;
  ReportPage *page = report_page_new ("process", context->language);
  process_tiles (page, context, &process);
  steps_section (page, context, &process);
  variants_section (page, context, &process);
  repeats_section (page, context, &process);
  closings_section (page, context, &process);
  report_handovers_show (handovers, page);
  return page;
}
