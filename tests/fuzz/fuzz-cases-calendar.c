/* A file of calendars/ and of policies/: what is taken answers for every day. */
#include "cases/deadline.h"
#include "tests/fuzz/config.h"

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_files (seeds, "conf/calendars", "GB-SCT.yaml");
  fuzz_seed_files (seeds, "conf/calendars", "US.yaml");
  fuzz_seed_files (seeds, "conf/policies", "ES-FIN.yaml");
  fuzz_seed_files (seeds, "conf/policies", "UK-LG.yaml");
}

static void
look_at_calendar (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = fuzz_config ("country: GB\n", "calendars/GB-SCT.yaml", text);
  g_autoptr (Calendar) calendar = config != NULL ? calendar_load (config, "GB-SCT", &error) : NULL;
  if (config == NULL)
    return;
  fuzz_config_told (calendar != NULL, error);
  if (calendar == NULL)
    return;
  DkDay from, to;
  calendar_cover (calendar, &from, &to);
  g_assert_cmpint (from, <=, to);
  g_assert_cmpint (calendar_day (calendar, CALENDAR_WD, from, NULL), !=, CALENDAR_UNKNOWN);
  g_assert_cmpint (calendar_day (calendar, CALENDAR_WD, to + 1, NULL), ==, CALENDAR_UNKNOWN);
  const DeadlineTerms terms = { .rule = { 40, DEADLINE_WD } };
  g_autoptr (Deadline) deadline = deadline_of (&terms, calendar, (DeadlineMoment){ from, -1 }, NULL, NULL, 0);
  g_assert_true (deadline->calendar_missing || deadline->due > from);
}

static void
look_at_policies (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = fuzz_config ("country: ES\n", "policies/ES-FIN.yaml", text);
  g_autoptr (Policies) policies = config != NULL ? policies_load (config, &error) : NULL;
  if (config != NULL)
    fuzz_config_told (policies != NULL, error);
  if (policies == NULL)
    return;
  g_autoptr (GPtrArray) duties = policies_of_firm (policies, "ES-FIN", "-", dk_day (2026, 3, 12));
  for (guint i = 0; i < duties->len; i++)
    g_assert_cmpstr (((const Policy *)duties->pdata[i])->pack, ==, "ES-FIN");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  look_at_calendar (text);
  look_at_policies (text);
  return 0;
}
