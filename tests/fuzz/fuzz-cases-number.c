/* Docket numbers and rules as people write them: what is taken has one form, which is taken again. */
#include "cases/deadline.h"
#include "cases/number.h"
#include "tests/fuzz/config.h"

static Calendar *calendar;

void
fuzz_seeds (GPtrArray *seeds)
{
  static const char *const rules[]
      = { "48h 2026-03-12",    "30cd 2026-12-31",    "15wd 2026-04-01",      "10ouvrables 2026-08-01",
          "8weeks 2027-01-04", "2months 2026-12-31", "9999months 2026-03-12" };
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_read ("conf", &error);
  calendar = config != NULL ? calendar_load (config, "ES-AN", &error) : NULL;
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    fuzz_seed_text (seeds, rules[i]);
  g_autofree char *number = number_format ("D", 2026, 1), *long_number = number_format ("QUEJAS", 2026, 1234567);
  fuzz_seed_text (seeds, number);
  fuzz_seed_text (seeds, long_number);
}

static void
look_at_number (const char *text)
{
  g_autofree char *canonical = NULL, *again = NULL;
  if (!number_parse (text, &canonical))
    return;
  g_assert_true (number_parse (canonical, &again));
  g_assert_cmpstr (canonical, ==, again);
}

static void
look_at_rule (const char *text, DkDay received)
{
  g_autoptr (GError) error = NULL;
  DeadlineRule rule;
  bool good = deadline_rule_parse (text, &rule, &error);
  fuzz_told (good, error);
  if (!good)
    return;
  g_autofree char *formatted = deadline_rule_format (rule);
  DeadlineRule again;
  g_assert_true (deadline_rule_parse (formatted, &again, NULL) && again.count == rule.count && again.unit == rule.unit);
  if (received == DK_DAY_NONE)
    return;
  g_autoptr (Deadline) deadline
      = deadline_of (&(DeadlineTerms){ .rule = rule }, calendar, (DeadlineMoment){ received, -1 }, NULL, NULL, 0);
  if (deadline->calendar_missing)
    g_assert_true (deadline->due == DK_DAY_NONE && deadline->work_by == DK_DAY_NONE);
  else
    g_assert_true (deadline->due >= deadline->start && deadline->work_by <= deadline->due);
  for (guint i = 1; i < deadline->trace->len; i++)
    g_assert_cmpint (g_array_index (deadline->trace, DeadlineStep, i).day, >=,
                     g_array_index (deadline->trace, DeadlineStep, 0).day);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  look_at_number (text);
  char *blank = strchr (text, ' ');
  DkDay received = blank != NULL ? dk_day_parse (blank + 1) : DK_DAY_NONE;
  if (blank != NULL)
    *blank = '\0';
  look_at_rule (text, received);
  if (received == DK_DAY_NONE)
    return 0;
  g_autofree char *day = dk_day_format (received);
  g_assert_cmpint (dk_day_parse (day), ==, received);
  return 0;
}
