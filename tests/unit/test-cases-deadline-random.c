/* 100,000 random clocks against a walk written another way: a table with a character a day, in which each day and each
 * minute is looked at one after the other. The seed is printed; DOCKET_TEST_SEED chooses another. */
#include "cases/deadline.h"
#include "tests/unit/cases_config.h"
#include <string.h>

#define TABLE_DAYS 1095 /* 2025 to 2027 */
#define PUBLISHED 900   /* the last day whose list is out */
#define COUNTED 1000    /* the last day up to which days may be counted */
#define ROUNDS 100
#define A_ROUND 1000
#define MAX_PAUSES 3

typedef struct
{
  char kind[TABLE_DAYS]; /* ' ' ordinary, 'h' holiday, 'x' extra work, '/' half, 'e' expected */
} Table;

/* A random clock, days and pauses as indices of the table. */
typedef struct
{
  DeadlineTerms terms;
  int start, minutes;
  int n_pauses;
  struct
  {
    int from, from_minutes, to, to_minutes; /* to -1: lasts */
  } pauses[MAX_PAUSES];
} Draw;

typedef enum
{
  DATED,
  MISSING,
  SUSPENDED,
} Outcome;
typedef struct
{
  Outcome outcome;
  int start, due, minute, work_by, last; /* last: the latest day the date rests on */
} Answer;

static DkDay
first_day (void)
{
  return dk_day (2025, 1, 1);
}

static Config *
random_calendar (GRand *rand, Table *table)
{
  static const char kinds[] = "hxh/";
  static const char *const names[] = { "holiday", "extra_work", "holiday", "half" };
  g_autoptr (GString) text = g_string_new ("code: XX\nzone: UTC\ncovered_from: 2025-01-01\ncovered_to: 2027-12-31\n"
                                           "hours: {opens: \"08:30\", closes: \"16:00\"}\ncounted_to: ");
  g_autofree char *counted = dk_day_format (first_day () + COUNTED);
  g_autofree char *published = dk_day_format (first_day () + PUBLISHED);
  g_string_append_printf (text, "%s\npublished_to: %s\ndays:\n  - {date: 2025-01-01, names: {en: First}}\n", counted,
                          published);
  memset (table->kind, ' ', sizeof table->kind);
  table->kind[0] = 'h';
  for (int i = 1; i < TABLE_DAYS - 1; i++)
    {
      int draw = g_rand_int_range (rand, 0, 24);
      bool expected = i > PUBLISHED && draw == 0;
      if (draw > 3)
        continue;
      g_autofree char *day = dk_day_format (first_day () + i);
      table->kind[i] = expected ? 'e' : kinds[draw];
      g_string_append_printf (text, "  - {date: %s, kind: %s, names: {en: Day}}\n", day,
                              expected ? "expected" : names[draw]);
    }
  return config_of ("calendars/XX.yaml", text->str, NULL);
}

static void
draw_pauses (GRand *rand, Draw *draw)
{
  draw->n_pauses = g_rand_int_range (rand, 0, 3) == 0 ? g_rand_int_range (rand, 1, MAX_PAUSES + 1) : 0;
  for (int i = 0; i < draw->n_pauses; i++)
    {
      int length = g_rand_int_range (rand, 0, 12);
      draw->pauses[i].from = draw->start + g_rand_int_range (rand, -5, 30);
      draw->pauses[i].from_minutes = g_rand_int_range (rand, -1, 24 * 60);
      draw->pauses[i].to = g_rand_int_range (rand, 0, 12) == 0 ? -1 : MAX (draw->pauses[i].from, 0) + length;
      draw->pauses[i].to_minutes = g_rand_int_range (rand, -1, 24 * 60);
      draw->pauses[i].from = MAX (draw->pauses[i].from, 0);
    }
}

static Draw
draw_clock (GRand *rand)
{
  static const DeadlineUnit units[] = { DEADLINE_CD,    DEADLINE_WD,    DEADLINE_WD,     DEADLINE_OUVRABLES,
                                        DEADLINE_WEEKS, DEADLINE_HOURS, DEADLINE_MONTHS, DEADLINE_WH };
  static const int most[]
      = { [DEADLINE_HOURS] = 30, [DEADLINE_WH] = 20, [DEADLINE_MONTHS] = 7,    [DEADLINE_WEEKS] = 30,
          [DEADLINE_CD] = 90,    [DEADLINE_WD] = 60, [DEADLINE_OUVRABLES] = 60 };
  Draw draw = { .start = g_rand_int_range (rand, 0, TABLE_DAYS), .minutes = g_rand_int_range (rand, -1, 24 * 60) };
  draw.terms.rule.unit = units[g_rand_int_range (rand, 0, G_N_ELEMENTS (units))];
  draw.terms.rule.count = g_rand_int_range (rand, 1, most[draw.terms.rule.unit]);
  draw.terms.roll = (DeadlineRoll)g_rand_int_range (rand, 0, 3);
  draw.terms.after_hours = g_rand_int_range (rand, 0, 3) == 0;
  draw.terms.closes = g_rand_boolean (rand) ? 0 : 15 * 60;
  draw_pauses (rand, &draw);
  return draw;
}

/* --- the plain walk --- */

static bool
counts (const Table *table, int index, int days_a_week)
{
  int weekday = (index + 2) % 7; /* 2025-01-01 was a Wednesday: 0 is Monday */
  return table->kind[index] == 'x' || (table->kind[index] != 'h' && weekday < days_a_week);
}

/* Like a working day, but not one that is a holiday in all likelihood. */
static bool
certain (const Table *table, int index)
{
  return counts (table, index, 5) && table->kind[index] != 'e';
}

/* 0 the clock runs on the whole day, 1 it stands, 2 it stands for good. */
static int
stands (const Draw *draw, int day)
{
  int found = 0;
  for (int i = 0; i < draw->n_pauses; i++)
    if (day > draw->pauses[i].from && (draw->pauses[i].to < 0 || day < draw->pauses[i].to))
      found = MAX (found, draw->pauses[i].to < 0 ? 2 : 1);
  return found;
}

static int
minute_stands (const Draw *draw, int64_t minute)
{
  int found = 0;
  for (int i = 0; i < draw->n_pauses; i++)
    {
      int64_t from = (int64_t)draw->pauses[i].from * 1440
                     + (draw->pauses[i].from_minutes < 0 ? 1440 : draw->pauses[i].from_minutes);
      int64_t to = (int64_t)draw->pauses[i].to * 1440 + MAX (draw->pauses[i].to_minutes, 0);
      if (minute >= from && draw->pauses[i].to < 0)
        return 2;
      if (minute >= from && minute < to)
        found = 1;
    }
  return found;
}

static bool
open_minute (const Table *table, int day, int minute)
{
  int closes = table->kind[day] == '/' ? 8 * 60 + 30 + 225 : 16 * 60;
  return counts (table, day, 5) && minute >= 8 * 60 + 30 && minute < closes;
}

/* Minute by minute; the end is the one after the last that counts. */
static Answer
plain_minutes (const Table *table, const Draw *draw, Answer answer)
{
  bool all = draw->terms.rule.unit == DEADLINE_HOURS;
  int left = draw->terms.rule.count * 60;
  int64_t minute = (int64_t)answer.start * 1440 + answer.minute, end = minute;
  for (; left > 0; minute++)
    {
      int day = (int)(minute / 1440);
      if (day > COUNTED && !all)
        return (Answer){ .outcome = MISSING };
      if (!all && !open_minute (table, day, (int)(minute % 1440)))
        continue;
      int standing = minute_stands (draw, minute);
      if (standing == 2)
        return (Answer){ .outcome = SUSPENDED };
      left -= standing == 0;
      end = minute + 1;
    }
  answer.due = answer.last = (int)(end / 1440);
  answer.minute = (int)(end % 1440);
  return answer;
}

static Answer
plain_working_days (const Table *table, const Draw *draw, Answer answer)
{
  int counted = 0, week = draw->terms.rule.unit == DEADLINE_WD ? 5 : 6;
  for (int day = answer.start + 1; day <= COUNTED; day++)
    {
      int standing = stands (draw, day);
      if (standing == 2)
        return (Answer){ .outcome = SUSPENDED };
      counted += standing == 0 && counts (table, day, week);
      if (counted < draw->terms.rule.count)
        continue;
      answer.due = answer.last = day;
      return answer;
    }
  return (Answer){ .outcome = MISSING };
}

/* The date so many months on, found by going there a day at a time. */
static int
plain_months (int start, int months)
{
  DkDate from = dk_date (first_day () + start);
  int month = from.year * 12 + from.month + months, day = start;
  for (;; day++)
    {
      DkDate at = dk_date (first_day () + day), after = dk_date (first_day () + day + 1);
      if (at.year * 12 + at.month == month && (at.day == from.day || after.day == 1))
        return day;
    }
}

/* The end is the last of so many days on which the clock runs; then it moves where it must. */
static Answer
plain_days (const Table *table, const Draw *draw, Answer answer)
{
  int count = draw->terms.rule.count, unit = (int)draw->terms.rule.unit, day = answer.start;
  int days = unit == DEADLINE_MONTHS ? plain_months (answer.start, count) - answer.start
                                     : count * (unit == DEADLINE_WEEKS ? 7 : 1);
  for (int run = 0; run < days;)
    {
      int standing = stands (draw, ++day);
      if (standing == 2)
        return (Answer){ .outcome = SUSPENDED };
      run += standing == 0;
    }
  answer.last = day;
  if (day >= TABLE_DAYS)
    return (Answer){ .outcome = MISSING };
  while (draw->terms.roll == DEADLINE_ROLL_NEXT && day <= COUNTED && !counts (table, day, 5))
    day++;
  for (; draw->terms.roll == DEADLINE_ROLL_PREVIOUS && !certain (table, day); day--)
    if (day == 0)
      return (Answer){ .outcome = MISSING };
  answer.due = day;
  answer.last = MAX (answer.last, day);
  return answer;
}

static bool
plain_start (const Table *table, const Draw *draw, Answer *answer)
{
  int closes = draw->terms.closes > 0 ? draw->terms.closes : 16 * 60, day = draw->start;
  answer->start = day;
  answer->minute = MAX (draw->minutes, 0);
  if (!draw->terms.after_hours)
    return true;
  if (day <= COUNTED && counts (table, day, 5) && draw->minutes < closes)
    return true;
  if (counts (table, day, 5))
    day++;
  while (day <= COUNTED && !counts (table, day, 5))
    day++;
  answer->start = day;
  answer->minute = 8 * 60 + 30;
  return day <= COUNTED;
}

static Answer
plain_answer (const Table *table, const Draw *draw)
{
  Answer answer = { 0 };
  if (!plain_start (table, draw, &answer))
    return (Answer){ .outcome = MISSING };
  switch (draw->terms.rule.unit)
    {
    case DEADLINE_HOURS:
    case DEADLINE_WH:
      answer = plain_minutes (table, draw, answer);
      break;
    case DEADLINE_WD:
    case DEADLINE_OUVRABLES:
      answer = plain_working_days (table, draw, answer);
      break;
    default:
      answer = plain_days (table, draw, answer);
    }
  if (answer.outcome != DATED)
    return answer;
  if (answer.due >= TABLE_DAYS)
    return (Answer){ .outcome = MISSING };
  for (answer.work_by = answer.due; answer.work_by >= 0 && !certain (table, answer.work_by); answer.work_by--)
    ;
  return answer.work_by >= 0 ? answer : (Answer){ .outcome = MISSING };
}

/* --- the comparison --- */

static Deadline *
engine_answer (const Calendar *calendar, const Draw *draw)
{
  DeadlinePause pauses[MAX_PAUSES];
  for (int i = 0; i < draw->n_pauses; i++)
    pauses[i] = (DeadlinePause){
      { first_day () + draw->pauses[i].from, draw->pauses[i].from_minutes },
      { draw->pauses[i].to < 0 ? DK_DAY_NONE : first_day () + draw->pauses[i].to, draw->pauses[i].to_minutes },
    };
  return deadline_of (&draw->terms, calendar, (DeadlineMoment){ first_day () + draw->start, draw->minutes }, NULL,
                      pauses, (size_t)draw->n_pauses);
}

/* Says which clock went wrong. */
static void
tell (const Draw *draw, const Answer *answer)
{
  g_autofree char *rule = deadline_rule_format (draw->terms.rule);
  g_test_message ("%s from day %d, minute %d; roll %d, after hours %d, closes %d; walked: outcome %d, due %d, last %d",
                  rule, draw->start, draw->minutes, (int)draw->terms.roll, draw->terms.after_hours, draw->terms.closes,
                  (int)answer->outcome, answer->due, answer->last);
  for (int i = 0; i < draw->n_pauses; i++)
    g_test_message ("pause from day %d, minute %d to day %d, minute %d", draw->pauses[i].from,
                    draw->pauses[i].from_minutes, draw->pauses[i].to, draw->pauses[i].to_minutes);
}

static void
check_trace (const Draw *draw, const Answer *answer, const Deadline *deadline)
{
  int counted = 0;
  DkDay before = INT32_MIN;
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      g_assert_cmpint (step->day, >=, before);
      before = step->day;
      counted += step->counted;
    }
  DeadlineUnit unit = draw->terms.rule.unit;
  if (unit != DEADLINE_WD && unit != DEADLINE_OUVRABLES)
    return;
  g_assert_cmpint (counted, ==, draw->terms.rule.count);
  g_assert_cmpint ((int)deadline->trace->len, ==, answer->due - draw->start + 1);
}

static void
check (const Table *table, const Calendar *calendar, const Draw *draw)
{
  g_autoptr (Deadline) deadline = engine_answer (calendar, draw);
  Answer answer = plain_answer (table, draw);
  if (deadline->calendar_missing != (answer.outcome == MISSING)
      || (answer.outcome == DATED && deadline->due - first_day () != answer.due))
    tell (draw, &answer);
  g_assert_cmpint (deadline->calendar_missing, ==, answer.outcome == MISSING);
  g_assert_cmpint (deadline->suspended, ==, answer.outcome == SUSPENDED);
  if (answer.outcome != DATED)
    {
      g_assert_cmpint (deadline->due, ==, DK_DAY_NONE);
      g_assert_cmpint (deadline->work_by, ==, DK_DAY_NONE);
      return;
    }
  g_assert_cmpint (deadline->start - first_day (), ==, answer.start);
  g_assert_cmpint (deadline->due - first_day (), ==, answer.due);
  g_assert_cmpint (deadline->work_by - first_day (), ==, answer.work_by);
  g_assert_cmpint (deadline->expected, ==, answer.last > PUBLISHED);
  int hour, minute;
  if (deadline->due_time != NULL && sscanf (deadline->due_time, "%*[^T]T%d:%d", &hour, &minute) == 2)
    g_assert_cmpint (hour * 60 + minute, ==, answer.minute);
  check_trace (draw, &answer, deadline);
}

static void
test_a_hundred_thousand_random_clocks_agree_with_a_plain_walk (void)
{
  const char *chosen = g_getenv ("DOCKET_TEST_SEED");
  guint32 seed = chosen != NULL ? (guint32)g_ascii_strtoull (chosen, NULL, 10) : 20261122;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  int dated = 0;
  g_test_message ("DOCKET_TEST_SEED=%u", seed);
  for (int round = 0; round < ROUNDS; round++)
    {
      Table table;
      g_autoptr (GError) error = NULL;
      g_autoptr (Config) config = random_calendar (rand, &table);
      g_autoptr (Calendar) calendar = calendar_load (config, "XX", &error);
      g_assert_no_error (error);
      for (int i = 0; i < A_ROUND; i++)
        {
          Draw draw = draw_clock (rand);
          check (&table, calendar, &draw);
          dated += plain_answer (&table, &draw).outcome == DATED;
        }
    }
  g_test_message ("%d of %d have a date", dated, ROUNDS * A_ROUND);
  g_assert_cmpint (dated, >, ROUNDS * A_ROUND / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cases/deadline-random/a_hundred_thousand_random_clocks_agree_with_a_plain_walk",
                   test_a_hundred_thousand_random_clocks_agree_with_a_plain_walk);
  return g_test_run ();
}
