/* What is told weeks before the calendars end. */
#include "cases/outlook.h"
#include "tests/unit/cases_config.h"

static const char pack[]
    = "pack: OWN\ncalendar: ES\nkinds: [complaint]\nduties:\n"
      "  - {kind: final, rule: 15wd, effective_from: 2025-01-01, source: a law}\n"
      "  - {kind: late, rule: 10wd, start: end final, effective_from: 2025-01-01, source: a law}\n";

static const char *
calendar_text (const char *more)
{
  static char text[400];
  g_snprintf (text, sizeof text,
              "code: ES\nzone: UTC\ncovered_from: 2025-01-01\ncovered_to: 2027-12-31\n%sdays:\n"
              "  - {date: 2025-01-01, names: {en: First}}\n",
              more);
  return text;
}

/* "2027-12-13 OWN/final ES covered_to calendar_missing", one a line. */
static void
expect (const Config *config, const char *policy, const char *country, const char *today, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Policies) policies = policies_load (config, &error);
  const Settings settings = { .policy = (char *)(uintptr_t)policy,
                              .country = (char *)(uintptr_t)country,
                              .calendar = (char *)(uintptr_t)country };
  g_assert_no_error (error);
  g_autoptr (GArray) gaps = outlook_gaps (config, policies, &settings, dk_day_parse (today), &error);
  g_assert_no_error (error);
  g_autoptr (GString) found = g_string_new (NULL);
  for (guint i = 0; i < gaps->len; i++)
    {
      const OutlookGap *gap = &g_array_index (gaps, OutlookGap, i);
      g_autofree char *from = dk_day_format (gap->from), *last = dk_day_format (gap->last);
      g_string_append_printf (found, "%s %s %s %s %s %s\n", from, gap->policy, gap->file, gap->key, last, gap->state);
    }
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_nothing_is_told_while_the_calendar_reaches_far_enough (void)
{
  g_autoptr (Config) config = config_of ("policies/OWN.yaml", pack, "calendars/ES.yaml", calendar_text (""), NULL);
  expect (config, "OWN", "ES", "2027-10-20", "");
}

static void
test_six_weeks_before_it_is_told_from_when_there_is_no_date (void)
{
  g_autoptr (Config) config = config_of ("policies/OWN.yaml", pack, "calendars/ES.yaml", calendar_text (""), NULL);
  expect (config, "OWN", "ES", "2027-11-01", "2027-12-13 OWN/final ES covered_to 2027-12-31 calendar_missing\n");
}

static void
test_dates_that_get_provisional_are_told_apart (void)
{
  g_autoptr (Config) config = config_of ("policies/OWN.yaml", pack, "calendars/ES.yaml",
                                         calendar_text ("published_to: 2027-12-10\ncounted_to: 2027-12-20\n"), NULL);
  expect (config, "OWN", "ES", "2027-11-01",
          "2027-11-30 OWN/final ES counted_to 2027-12-20 calendar_missing\n"
          "2027-11-22 OWN/final ES published_to 2027-12-10 expected\n");
}

static void
test_in_hungary_payments_lose_their_date_first (void)
{
  g_autoptr (Config) config = config_shipped ();
  expect (config, "HU-MNB", "HU", "2026-11-02",
          "2026-12-01 EU-GDPR/final HU published_to 2026-12-31 expected\n"
          "2026-12-10 HU-MNB/final-payments HU counted_to 2026-12-31 calendar_missing\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/cases/outlook/" #name, test_##name)
  TEST (nothing_is_told_while_the_calendar_reaches_far_enough);
  TEST (six_weeks_before_it_is_told_from_when_there_is_no_date);
  TEST (dates_that_get_provisional_are_told_apart);
  TEST (in_hungary_payments_lose_their_date_first);
  return g_test_run ();
}
