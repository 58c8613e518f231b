#include "base/messages.h"
#include "cases/calendar.h"
#include "reports/format.h"
#include "reports/lifecycle.h"
#include "store/case.h"
#include <string.h>

#define NEXT_DAYS 3

typedef enum
{
  DUE_OVERDUE,
  DUE_TODAY,
  DUE_NEXT, /* and NEXT_DAYS - 1 more */
  DUE_LATER = DUE_NEXT + NEXT_DAYS,
  DUE_NO_DATE,
  DUE_PROVISIONAL,
  N_DUE,
} DueBucket;

typedef struct
{
  int64_t deadlines[N_DUE], cases[N_DUE];
  int64_t if_confirmed;  /* provisional and past */
  DkDay next[NEXT_DAYS]; /* the working days after today */
} Due;

/* Monday to Friday where the firm's calendar is missing or does not reach. */
static bool
is_working (const Calendar *calendar, DkDay day)
{
  CalendarDay what = calendar != NULL ? calendar_day (calendar, CALENDAR_WD, day, NULL) : CALENDAR_UNKNOWN;
  return what == CALENDAR_UNKNOWN ? dk_weekday (day) <= 5 : what == CALENDAR_WORKING;
}

static void
find_next_days (const ReportContext *context, Due *due)
{
  g_autoptr (Calendar) calendar
      = context->config != NULL ? calendar_load (context->config, context->settings->calendar, NULL) : NULL;
  DkDay day = context->today;
  for (int i = 0; i < NEXT_DAYS; i++)
    {
      do
        day++;
      while (!is_working (calendar, day));
      due->next[i] = day;
    }
}

/* What is due on a free day is to be done before it, so days to come go by work_by; late is only what is past due. */
static DueBucket
bucket_of (const ReportContext *context, const Due *due, const FactDeadline *deadline)
{
  if (strcmp (deadline->state, "provisional") == 0)
    return DUE_PROVISIONAL;
  if (deadline->due == DK_DAY_NONE)
    return DUE_NO_DATE;
  if (deadline->due < context->today)
    return DUE_OVERDUE;
  DkDay by = deadline->work_by != DK_DAY_NONE ? deadline->work_by : deadline->due;
  if (by <= context->today)
    return DUE_TODAY;
  for (int i = 0; i < NEXT_DAYS; i++)
    if (by <= due->next[i])
      return (DueBucket)(DUE_NEXT + i);
  return DUE_LATER;
}

static void
count_due (const ReportContext *context, Due *due)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  find_next_days (context, due);
  for (guint i = 0; i < context->facts->deadlines->len; i++)
    {
      const FactDeadline *deadline = &g_array_index (context->facts->deadlines, FactDeadline, i);
      DueBucket bucket = bucket_of (context, due, deadline);
      gint64 *key = g_new (gint64, 1);
      *key = deadline->case_id * N_DUE + bucket;
      due->deadlines[bucket]++;
      due->if_confirmed += bucket == DUE_PROVISIONAL && deadline->due != DK_DAY_NONE && deadline->due < context->today;
      due->cases[bucket] += g_hash_table_add (seen, key);
    }
}

static char *
bucket_label (const ReportContext *context, const Due *due, int bucket)
{
  if (bucket >= DUE_NEXT && bucket < DUE_LATER)
    return dk_message (context->language, "report.due.until", "D", due->next[bucket - DUE_NEXT]);
  static const char *const codes[N_DUE] = { [DUE_OVERDUE] = "overdue",
                                            [DUE_TODAY] = "today",
                                            [DUE_LATER] = "later",
                                            [DUE_NO_DATE] = "no_date",
                                            [DUE_PROVISIONAL] = "provisional" };
  return report_label (context->language, "report.due", codes[bucket]);
}

static char *
due_finding (const ReportContext *context, const Due *due)
{
  for (guint i = 0; i < context->facts->deadlines->len; i++) /* ordered by due date */
    {
      const FactDeadline *deadline = &g_array_index (context->facts->deadlines, FactDeadline, i);
      if (bucket_of (context, due, deadline) == DUE_OVERDUE)
        return dk_message (context->language, "report.due.late", "llDs", due->deadlines[DUE_OVERDUE],
                           due->cases[DUE_OVERDUE], deadline->due, deadline->number);
    }
  return dk_message (context->language, "report.due.none_late", "");
}

static void
due_section (ReportPage *page, const ReportContext *context, const Due *due)
{
  static const char *const codes[N_DUE]
      = { "overdue", "today", "next_1", "next_2", "next_3", "later", "no_date", "provisional" };
  const char *language = context->language;
  static const ReportKey keys[]
      = { { "when", REPORT_CODE }, { "deadlines", REPORT_COUNT }, { "cases", REPORT_COUNT }, { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "due", keys);
  ReportTable *table = section->table;
  g_autoptr (GArray) bars = chart_bars_new ();
  for (int i = 0; i < N_DUE; i++)
    {
      g_autofree char *label = bucket_label (context, due, i);
      bool late = i == DUE_OVERDUE && due->deadlines[i] > 0;
      report_row (table, late ? REPORT_ROW_LATE : REPORT_ROW);
      report_cell_code (table, codes[i], label);
      report_cell_count (table, due->deadlines[i]);
      report_cell_count (table, due->cases[i]);
      chart_bars_add (bars, g_strdup (label), report_show_count (language, due->deadlines[i]),
                      (double)due->deadlines[i],
                      late                   ? CHART_ALERT
                      : i == DUE_PROVISIONAL ? CHART_REST
                                             : CHART_MAIN);
    }
  table->counted = context->facts->deadlines->len;
  section->heading = dk_message (language, "report.part.now", "");
  section->finding = due_finding (context, due);
  report_section_bars (section, bars, N_DUE);
}

/* --- age --- */

static const struct
{
  const char *code;
  int from, to; /* calendar days, both included */
} bands[] = { { "0-3", 0, 3 },     { "4-7", 4, 7 },     { "8-15", 8, 15 },
              { "16-30", 16, 30 }, { "31-56", 31, 56 }, { "57-", 57, G_MAXINT } };

static void
age_row (ReportTable *table, GArray *bars, const ReportContext *context, guint band)
{
  const char *language = context->language;
  const GArray *open = context->facts->open;
  const FactCase *oldest = NULL;
  int64_t n = 0;
  for (guint i = 0; i < open->len; i++) /* ordered by date of receipt */
    {
      const FactCase *the_case = &g_array_index (open, FactCase, i);
      int age = MAX (0, context->today - the_case->received);
      if (age < bands[band].from || age > bands[band].to)
        continue;
      oldest = n++ == 0 ? the_case : oldest;
    }
  g_autofree char *label = bands[band].to == G_MAXINT
                               ? dk_message (language, "report.age.over", "d", bands[band].from - 1)
                               : dk_message (language, "report.age.band", "dd", bands[band].from, bands[band].to);
  report_row (table, REPORT_ROW);
  report_cell_code (table, bands[band].code, label);
  report_cell_count (table, n);
  report_cell_share (table, n, open->len);
  report_cell_docket (table, oldest != NULL ? oldest->number : NULL, NULL);
  report_cell_day (table, oldest != NULL ? oldest->received : DK_DAY_NONE);
  chart_bars_add (bars, g_strdup (label), report_show_count (language, n), (double)n, CHART_MAIN);
}

static void
age_section (ReportPage *page, const ReportContext *context)
{
  const char *language = context->language;
  const GArray *open = context->facts->open;
  g_autoptr (GArray) bars = chart_bars_new ();
  static const ReportKey keys[] = { { "age", REPORT_CODE },      { "cases", REPORT_COUNT },  { "share", REPORT_SHARE },
                                    { "oldest", REPORT_DOCKET }, { "received", REPORT_DAY }, { NULL, 0 } };
  ReportSection *section = report_page_section (page, context, "age", keys);
  ReportTable *table = section->table;
  for (guint band = 0; band < G_N_ELEMENTS (bands); band++)
    age_row (table, bars, context, band);
  table->counted = open->len;
  if (open->len > 0)
    {
      const FactCase *oldest = &g_array_index (open, FactCase, 0);
      section->finding
          = dk_message (language, "report.age.finding", "lsD", (int64_t)open->len, oldest->number, oldest->received);
    }
  report_section_bars (section, bars, G_N_ELEMENTS (bands));
}

/* --- review --- */

typedef struct
{
  const char *code;
  int64_t n;
  DkDay oldest;
} Doubt;

static Doubt *
doubt_of (GArray *doubts, const char *code)
{
  for (guint i = 0; i < doubts->len; i++)
    if (strcmp (g_array_index (doubts, Doubt, i).code, code) == 0)
      return &g_array_index (doubts, Doubt, i);
  Doubt doubt = { code, 0, G_MAXINT32 };
  g_array_append_val (doubts, doubt);
  return &g_array_index (doubts, Doubt, doubts->len - 1);
}

static gint
compare_doubts (gconstpointer a, gconstpointer b)
{
  const Doubt *x = a, *y = b;
  return x->n != y->n ? (x->n < y->n) - (x->n > y->n) : strcmp (x->code, y->code);
}

static int64_t
documents_to_review (const GArray *reviews)
{
  int64_t n = 0, last = 0;
  for (guint i = 0; i < reviews->len; i++)
    {
      int64_t document = g_array_index (reviews, FactReview, i).document;
      n += document != last;
      last = document;
    }
  return n;
}

static void
review_section (ReportPage *page, const ReportContext *context)
{
  const GArray *reviews = context->facts->reviews;
  g_autoptr (GArray) doubts = g_array_new (FALSE, FALSE, sizeof (Doubt));
  for (guint i = 0; i < reviews->len; i++)
    {
      const FactReview *review = &g_array_index (reviews, FactReview, i);
      Doubt *doubt = doubt_of (doubts, review->code);
      doubt->n++;
      doubt->oldest = MIN (doubt->oldest, review->received);
    }
  g_array_sort (doubts, compare_doubts);
  static const ReportKey keys[]
      = { { "doubt", REPORT_CODE }, { "documents", REPORT_COUNT }, { "oldest_received", REPORT_DAY }, { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "review", keys)->table;
  for (guint i = 0; i < doubts->len; i++)
    {
      const Doubt *doubt = &g_array_index (doubts, Doubt, i);
      report_row (table, REPORT_ROW);
      report_cell_labelled (table, "report.doubt", doubt->code);
      report_cell_count (table, doubt->n);
      report_cell_day (table, doubt->oldest);
    }
  table->counted = documents_to_review (reviews);
}

/* --- deadlines whose date nobody can tell, because a calendar does not reach it --- */

/* Whether a deadline's calendar ends, begins or is missing, in words. */
static char *
calendar_words (const ReportContext *context, const char *code, DkDay received)
{
  g_autoptr (Calendar) calendar = context->config != NULL ? calendar_load (context->config, code, NULL) : NULL;
  DkDay from, to;
  if (calendar == NULL)
    return dk_message (context->language, "report.tile.calendar_gone", "s", code);
  calendar_cover (calendar, &from, &to);
  bool early = received < from;
  to = MIN (to, calendar_counted (calendar));
  return dk_message (context->language, early ? "report.tile.calendar_begins" : "report.tile.calendar_ends", "sD", code,
                     early ? from : to);
}

/* Adds to @words what keeps @deadline from having a date, unless they have it. */
static bool
add_calendar (const ReportContext *context, const FactDeadline *deadline, GString *words, GError **error)
{
  g_autoptr (GPtrArray) versions = store_deadlines (context->store, deadline->case_id, error);
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      const StoreDeadline *version = versions->pdata[i];
      if (strcmp (version->kind, deadline->kind) != 0 || version->calendar == NULL)
        continue;
      g_autofree char *code = g_strndup (version->calendar, strcspn (version->calendar, "@"));
      g_autofree char *more = calendar_words (context, code, deadline->received);
      if (strstr (words->str, more) == NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", more);
    }
  return versions != NULL;
}

static bool
undated_tile (ReportPage *page, const ReportContext *context, GError **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  int64_t n = 0;
  for (guint i = 0; i < context->facts->deadlines->len; i++)
    {
      const FactDeadline *deadline = &g_array_index (context->facts->deadlines, FactDeadline, i);
      if (strcmp (deadline->state, "calendar_missing") != 0)
        continue;
      n++;
      if (!add_calendar (context, deadline, words, error))
        return false;
    }
  if (n > 0)
    report_page_tile (page, context, "report.tile.undated", REPORT_TILE_CARE, report_show_count (context->language, n),
                      g_strdup (words->str));
  return true;
}

/* "in 3 cases; 2 more if confirmed" */
static char *
late_note (const ReportContext *context, const Due *due)
{
  const char *language = context->language;
  g_autofree char *cases = due->deadlines[DUE_OVERDUE] > 0
                               ? dk_message (language, "report.tile.cases", "l", due->cases[DUE_OVERDUE])
                               : NULL;
  g_autofree char *more
      = due->if_confirmed > 0 ? dk_message (language, "report.tile.if_confirmed", "l", due->if_confirmed) : NULL;
  if (cases == NULL || more == NULL)
    return g_strdup (cases != NULL ? cases : more);
  return g_strconcat (cases, "; ", more, NULL);
}

static bool
backlog_tiles (ReportPage *page, const ReportContext *context, const Due *due, GError **error)
{
  const char *language = context->language;
  int64_t late = due->deadlines[DUE_OVERDUE], today = due->deadlines[DUE_TODAY], soon = 0,
          review = documents_to_review (context->facts->reviews);
  for (int i = 0; i < NEXT_DAYS; i++)
    soon += due->deadlines[DUE_NEXT + i];
  report_page_tile (page, context, "report.tile.overdue", late > 0 ? REPORT_TILE_ALARM : REPORT_TILE_PLAIN,
                    report_show_count (language, late), late_note (context, due));
  if (!undated_tile (page, context, error))
    return false;
  report_page_tile (page, context, "report.tile.today", today > 0 ? REPORT_TILE_CARE : REPORT_TILE_PLAIN,
                    report_show_count (language, today), NULL);
  report_page_tile (page, context, "report.tile.soon", REPORT_TILE_PLAIN, report_show_count (language, soon),
                    dk_message (language, "report.due.until", "D", due->next[NEXT_DAYS - 1]));
  report_page_tile (page, context, "report.tile.open", REPORT_TILE_PLAIN,
                    report_show_count (language, context->facts->open->len), NULL);
  report_page_tile (page, context, "report.tile.review", review > 0 ? REPORT_TILE_CARE : REPORT_TILE_PLAIN,
                    report_show_count (language, review), NULL);
  return true;
}

bool
report_backlog (ReportPage *page, const ReportContext *context, GError **error)
{
  Due due = { 0 };
  count_due (context, &due);
  if (!backlog_tiles (page, context, &due, error))
    return false;
  due_section (page, context, &due);
  if (!report_waiting (page, context, error))
    return false;
  review_section (page, context);
  if (!report_blind (page, context, error))
    return false;
  age_section (page, context);
  return true;
}
