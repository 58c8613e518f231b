#include "cmd/docket_deadline.h"
#include "cmd/say.h"
#include <stdio.h>
#include <string.h>

/* As many columns as the longest label of the language needs, and one between. */
static int
label_columns (const char *language)
{
  static const char *const keys[]
      = { "due", "work_by", "received", "rule", "policy", "source", "calendar", "counted", "skipped" };
  glong columns = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *key = g_strconcat ("deadline.", keys[i], NULL);
      g_autofree char *label = say_text (language, key, "");
      columns = MAX (columns, g_utf8_strlen (label, -1));
    }
  return (int)columns + 2;
}

void
deadline_say_row (const char *language, const char *key, const char *text)
{
  g_autofree char *full = g_strconcat ("deadline.", key, NULL);
  g_autofree char *label = *key != '\0' ? say_text (language, full, "") : g_strdup ("");
  int blanks = label_columns (language) - (int)g_utf8_strlen (label, -1);
  printf ("%s%*s%s\n", label, blanks, "", text);
}

/* "Tue 2026-12-15". Owned by the caller. */
static char *
day_text (const char *language, DkDay day)
{
  g_autofree char *date = dk_day_format (day);
  return say_text (language, "deadline.day", "Ds", day, date);
}

/* Where the days it rests on are not all decreed yet. */
static void
print_provisional (const char *language, const DeadlineQuestion *question, const Deadline *deadline)
{
  if (!deadline->expected)
    return;
  g_autofree char *from = day_text (language, calendar_published (question->calendar) + 1);
  g_autofree char *text = say_text (language, "deadline.expected", "s", from);
  deadline_say_row (language, "", text);
}

/* That there is no date, and who mends it where. */
static void
print_missing (const char *language, const DeadlineQuestion *question, const Deadline *deadline)
{
  DkDay lacking = DK_DAY_NONE, from, to, counted = calendar_counted (question->calendar);
  const char *code = calendar_code (question->calendar), *file = calendar_ending (question->calendar, false);
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      if (strcmp (step->why, "uncovered") == 0)
        lacking = step->day;
    }
  bool late = lacking == DK_DAY_NONE;
  g_autofree char *day = late ? say_text (language, "deadline.late", "") : day_text (language, lacking);
  g_autofree char *none = say_text (language, "deadline.none", "ss", code, day);
  deadline_say_row (language, "due", none);
  if (late)
    return;
  calendar_cover (question->calendar, &from, &to);
  const char *key = lacking < from ? "covered_from" : counted < to ? "counted_to" : "covered_to";
  g_autofree char *enter = say_text (language, "deadline.enter", "lss", (int64_t)dk_date (lacking).year, file, key);
  deadline_say_row (language, "", enter);
}

static void
print_end (const char *language, const DeadlineQuestion *question, const Deadline *deadline)
{
  if (deadline->suspended)
    {
      g_autofree char *text = say_text (language, "deadline.suspended", "");
      deadline_say_row (language, "due", text);
      return;
    }
  if (deadline->calendar_missing)
    {
      print_missing (language, question, deadline);
      return;
    }
  g_autofree char *day = day_text (language, deadline->due);
  g_autofree char *due
      = deadline->due_time != NULL ? g_strconcat (day, ", ", deadline->due_time, NULL) : g_strdup (day);
  g_autofree char *work_by = day_text (language, deadline->work_by);
  deadline_say_row (language, "due", due);
  deadline_say_row (language, "work_by", work_by);
  print_provisional (language, question, deadline);
}

static void
print_start (const char *language, const Deadline *deadline)
{
  const DeadlineStep *start = &g_array_index (deadline->trace, DeadlineStep, 0);
  bool hours = g_str_has_prefix (start->why, "start:");
  g_autofree char *day = hours ? g_strdup (start->why + strlen ("start:")) : day_text (language, deadline->start);
  g_autofree char *text = say_text (language, hours ? "deadline.from_hour" : "deadline.from_day", "s", day);
  deadline_say_row (language, "received", text);
}

static void
print_rule (const char *language, const DeadlineQuestion *question)
{
  g_autofree char *rule = deadline_rule_format (question->terms.rule);
  DkDay from, to;
  calendar_cover (question->calendar, &from, &to);
  g_autofree char *first = dk_day_format (from);
  g_autofree char *last = dk_day_format (to);
  g_autofree char *covers
      = say_text (language, "deadline.covers", "sss", calendar_version (question->calendar), first, last);
  deadline_say_row (language, "rule", rule);
  if (question->policy != NULL)
    {
      const Policy *policy = question->policy;
      g_autofree char *version = policy->conditional ? say_text (language, "deadline.conditional", "s", policy->version)
                                                     : g_strdup (policy->version);
      deadline_say_row (language, "policy", version);
      if (*policy->note != '\0')
        deadline_say_row (language, "", policy->note);
      deadline_say_row (language, "source", policy->source);
      g_autofree char *never = say_text (language, "deadline.never_stops", "");
      if (!policy->stops && question->pauses->len > 0)
        deadline_say_row (language, "", never);
    }
  deadline_say_row (language, "calendar", covers);
}

void
deadline_say_days (const char *language, const char *label, const char *key, int days)
{
  g_autofree char *text = say_text (language, key, "d", days);
  deadline_say_row (language, label, text);
}

/* The days counted and the weekends as numbers, every holiday and every decreed working day by name. */
static void
print_trace (const char *language, const DeadlineQuestion *question, const Deadline *deadline)
{
  DeadlineUnit unit = question->terms.rule.unit;
  bool walked = unit == DEADLINE_WD || unit == DEADLINE_OUVRABLES;
  int counted = 0, weekend = 0, paused = 0;
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      counted += step->counted;
      weekend += strcmp (step->why, "weekend") == 0;
      paused += strcmp (step->why, "paused") == 0;
    }
  if (walked)
    deadline_say_days (language, "counted", "deadline.days", counted);
  if (weekend > 0)
    deadline_say_days (language, "skipped", walked ? "deadline.weekends" : "deadline.weekends_work", weekend);
  if (paused > 0)
    deadline_say_days (language, "skipped", "deadline.paused", paused);
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      bool extra = g_str_has_prefix (step->why, "extra_work:"), expected = g_str_has_prefix (step->why, "expected:"),
           open = g_str_has_prefix (step->why, "open:");
      g_autofree char *day = day_text (language, step->day);
      if (!extra && !expected && !open && !g_str_has_prefix (step->why, "holiday:"))
        continue;
      g_autofree char *text = say_text (language, "deadline.named", "ss", day, strchr (step->why, ':') + 1);
      deadline_say_row (language, extra || open || (expected && walked) ? "counted" : "skipped", text);
    }
}

void
deadline_say (const char *language, const DeadlineQuestion *question, const Deadline *deadline)
{
  print_end (language, question, deadline);
  print_start (language, deadline);
  print_rule (language, question);
  print_trace (language, question, deadline);
}
