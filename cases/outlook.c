#include "cases/outlook.h"
#include <string.h>

static void
gap_clear (gpointer data)
{
  OutlookGap *gap = data;
  g_free (gap->policy);
  g_free (gap->file);
}

static void
calendar_free_one (gpointer calendar)
{
  calendar_free (calendar);
}

/* The state of the clock of @policy for a letter that comes on @day. */
static const char *
state_on (const Policy *policy, const Calendar *calendar, DkDay day)
{
  g_autoptr (Deadline) deadline = deadline_of (&policy->terms, calendar, (DeadlineMoment){ day, -1 }, NULL, NULL, 0);
  return deadline_state (deadline);
}

/* The first day of receipt from @today on that leads to @state, where @last does. */
static DkDay
first_day (const Policy *policy, const Calendar *calendar, const char *state, DkDay today, DkDay last)
{
  DkDay day = last;
  while (day > today && strcmp (state_on (policy, calendar, day - 1), state) == 0)
    day--;
  return day;
}

/* The gap of the same file and state, or a new one. */
static OutlookGap *
gap_of (GArray *gaps, const char *file, const char *state)
{
  for (guint i = 0; i < gaps->len; i++)
    {
      OutlookGap *gap = &g_array_index (gaps, OutlookGap, i);
      if (strcmp (gap->file, file) == 0 && strcmp (gap->state, state) == 0)
        return gap;
    }
  const OutlookGap gap = { .file = g_strdup (file), .state = state, .from = DK_DAY_NONE };
  g_array_append_val (gaps, gap);
  return &g_array_index (gaps, OutlookGap, gaps->len - 1);
}

static void
note (GArray *gaps, const Policy *policy, const Calendar *calendar, const char *state, DkDay from)
{
  DkDay begins, ends, counted = calendar_counted (calendar);
  bool expected = strcmp (state, "expected") == 0;
  OutlookGap *gap = gap_of (gaps, calendar_ending (calendar, expected), state);
  if (gap->from != DK_DAY_NONE && gap->from <= from)
    return;
  calendar_cover (calendar, &begins, &ends);
  g_free (gap->policy);
  gap->policy = g_strdup_printf ("%s/%s", policy->pack, policy->kind);
  gap->from = from;
  gap->last = expected ? calendar_published (calendar) : counted;
  gap->key = expected ? "published_to" : counted < ends ? "counted_to" : "covered_to";
}

/* What becomes of @policy as the days pass: first provisional, later without a date. */
static void
look_ahead (GArray *gaps, const Policy *policy, const Calendar *calendar, DkDay today)
{
  for (DkDay last = today + OUTLOOK_DAYS; last >= today;)
    {
      const char *state = state_on (policy, calendar, last);
      if (strcmp (state, "ok") == 0)
        return;
      DkDay from = first_day (policy, calendar, state, today, last);
      note (gaps, policy, calendar, state, from);
      last = from - 1;
    }
}

static const Calendar *
calendar_of (GHashTable *calendars, const Config *config, const char *code, GError **error)
{
  Calendar *calendar = g_hash_table_lookup (calendars, code);
  if (calendar != NULL)
    return calendar;
  calendar = calendar_load (config, code, error);
  if (calendar != NULL)
    g_hash_table_insert (calendars, g_strdup (code), calendar);
  return calendar;
}

GArray *
outlook_gaps (const Config *config, const Policies *policies, const Settings *settings, DkDay today, GError **error)
{
  g_autoptr (GHashTable) calendars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, calendar_free_one);
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (OutlookGap));
  g_array_set_clear_func (gaps, gap_clear);
  g_autoptr (GPtrArray) all = policies_of_firm (policies, settings->policy, settings->country, today + OUTLOOK_DAYS);
  for (guint i = 0; i < all->len; i++)
    {
      const Policy *policy = all->pdata[i];
      if (policy->from != NULL || policy->extends != NULL)
        continue; /* does not begin with the receipt of a letter */
      const Calendar *calendar = calendar_of (calendars, config, policy_calendar (policy, settings->calendar), error);
      if (calendar == NULL)
        return NULL;
      look_ahead (gaps, policy, calendar, today);
    }
  return g_steal_pointer (&gaps);
}
