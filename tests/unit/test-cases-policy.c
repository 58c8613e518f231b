#include "cases/deadline.h"
#include "tests/unit/cases_config.h"
#include <string.h>

#define CALENDAR "code: XX\nzone: UTC\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n"
#define PACK                                                                                                           \
  "pack: P\ncalendar: XX\nduties:\n"                                                                                   \
  "  - {kind: final, rule: 1months, effective_from: 2020-01-01, effective_to: 2026-12-27, source: old law}\n"          \
  "  - {kind: final, rule: 15wd, effective_from: 2026-12-28, roll: none, source: new law}\n"                           \
  "  - {kind: charge, rule: 5wd, effective_from: 2020-01-01, conditional: true, note: charges, source: law}\n"

static Policies *
load (const char *pack)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("calendars/XX.yaml", CALENDAR, "policies/P.yaml", pack, NULL);
  Policies *policies = policies_load (config, &error);
  g_assert_no_error (error);
  return policies;
}

static const Policy *
find (const Policies *policies, const char *name, const char *day)
{
  g_autoptr (GError) error = NULL;
  const Policy *policy = policies_find (policies, name, dk_day_parse (day), &error);
  g_assert_no_error (error);
  return policy;
}

static void
test_the_day_of_receipt_chooses_the_law_in_force (void)
{
  g_autoptr (Policies) policies = load (PACK);
  const Policy *old = find (policies, "P/final", "2026-12-27");
  const Policy *new = find (policies, "P/final", "2026-12-28");
  g_assert_cmpint (old->terms.rule.unit, ==, DEADLINE_MONTHS);
  g_assert_cmpstr (old->version, ==, "P/final@2020-01-01");
  g_assert_cmpint (new->terms.rule.unit, ==, DEADLINE_WD);
  g_assert_cmpint (new->terms.rule.count, ==, 15);
  g_assert_cmpstr (new->version, ==, "P/final@2026-12-28");
  g_assert_cmpstr (new->source, ==, "new law");
  g_assert_cmpstr (new->calendar, ==, "XX");
}

static void
test_conditional_duties_are_known_as_such (void)
{
  g_autoptr (Policies) policies = load (PACK);
  g_assert_false (find (policies, "P/final", "2026-05-01")->conditional);
  g_assert_true (find (policies, "P/charge", "2026-05-01")->conditional);
}

static void
assert_not_found (const char *name, const char *day, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Policies) policies = load (PACK);
  g_assert_null (policies_find (policies, name, dk_day_parse (day), &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, expected));
}

static void
test_what_is_not_there_is_answered_with_what_is (void)
{
  assert_not_found ("Q/final", "2026-05-01", "there are P");
  assert_not_found ("Q", "2026-05-01", "there are P");
  assert_not_found ("P/ack", "2026-05-01", "kinds final charge");
  assert_not_found ("P", "2026-05-01", "kinds final charge");
  assert_not_found ("P/final", "2019-05-01", "took effect on 2020-01-01 2026-12-28");
}

static void
test_the_firms_own_region_refines_the_calendar_of_a_policy (void)
{
  Policy policy = { .calendar = "ES" };
  g_assert_cmpstr (policy_calendar (&policy, "ES-AN"), ==, "ES-AN");
  g_assert_cmpstr (policy_calendar (&policy, "FR"), ==, "ES");
  g_assert_cmpstr (policy_calendar (&policy, "EST"), ==, "ES");
  g_assert_cmpstr (policy_calendar (&policy, NULL), ==, "ES");
  policy.calendar = "ES-AN";
  g_assert_cmpstr (policy_calendar (&policy, "ES"), ==, "ES-AN");
  policy.calendar = NULL;
  g_assert_cmpstr (policy_calendar (&policy, "HU"), ==, "HU");
}

#define DUTY "  - {kind: ack, rule: 1wd, effective_from: 2020-01-01, source: law"

static void
test_a_wrong_pack_is_refused_with_its_line (void)
{
  static const struct
  {
    const char *text, *expected;
  } wrong[] = {
    { "pack: Q\nduties: []\n", "policies/P.yaml:1:7: " },
    { "pack: P\n", "needs duties" },
    { "pack: P\nduties: []\n", "needs duties" },
    { "pack: P\ncalendar: YY\nduties: []\n", "policies/P.yaml:2:11: there is no calendar YY" },
    { PACK "  - {kind: final, rule: 15wd, effective_from: 2027-01-01, source: law}\n", "twice for the same days" },
    { PACK "  - {kind: ack, rule: 15 wd, effective_from: 2027-01-01, source: law}\n", "15 wd is no rule" },
    { PACK "  - {kind: ack, rule: 15wd, effective_from: 2027-01-32, source: law}\n", "not a date" },
    { PACK "  - {kind: ack, rule: 15wd, effective_from: 2027-01-02, effective_to: 2027-01-01, source: law}\n",
      "before" },
    { PACK "  - {kind: Ack!, rule: 15wd, effective_from: 2027-01-02, source: law}\n", "small letters" },
    { PACK "  - {kind: ack, rule: 15wd, effective_from: 2027-01-02}\n", "source" },
    { PACK "  - {kind: ack, rule: 15wd, effective_from: 2027-01-02, source: law, roll: forward}\n", "none" },
    { PACK DUTY ", start: after lunch}\n", "after EVENT" },
    { PACK DUTY ", start: later}\n", "after EVENT" },
    { PACK DUTY ", start: end none}\n", "P has no clock none" },
    { PACK DUTY ", start: end ack}\n", "starts at its own end" },
    { PACK DUTY ", extends: final}\n", "needs when" },
    { PACK DUTY ", extends: gone, when: extension}\n", "has no other clock gone" },
    { PACK DUTY ", when: rain}\n", "allowed are ack, first" },
    { PACK DUTY ", closes: 25h}\n", "no time of day" },
    { PACK DUTY ", clock: alarm}\n", "allowed are legal, service" },
    { "kinds: []\n" PACK, "a pack for no kind needs subjects" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Config) config = config_of ("calendars/XX.yaml", CALENDAR, "policies/P.yaml", wrong[i].text, NULL);
      g_assert_null (policies_load (config, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, wrong[i].expected));
    }
}

static void
test_no_policies_at_all_are_no_error (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of (NULL, NULL);
  g_autoptr (Policies) policies = policies_load (config, &error);
  g_assert_no_error (error);
  g_assert_false (policies_has_pack (policies, "P"));
}

static void
test_shipped_packs_give_the_periods_of_their_law (void)
{
  static const struct
  {
    const char *name, *day, *rule, *calendar;
    bool conditional;
  } duties[] = {
    { "ES-LEY10-2025/final", "2026-11-23", "1months", "ES", false },
    { "ES-LEY10-2025/final", "2026-12-28", "15wd", "ES", false },
    { "ES-LEY10-2025/undue-charge", "2027-01-11", "5cd", "ES", true },
    { "ES-FIN/final", "2026-11-23", "2months", "ES", false },
    { "ES-FIN/final-consumer", "2026-11-23", "1months", "ES", true },
    { "ES-FIN/final-payments", "2026-11-23", "15wd", "ES", true },
    { "ES-HOJAS-AN/final", "2026-11-23", "10wd", "ES-AN", false },
    { "FR-ACPR/ack", "2026-03-14", "10ouvrables", "FR", false },
    { "FR-ACPR/final", "2026-03-14", "2months", "FR", false },
    { "HU-FGYTV/final", "2026-11-12", "30cd", "HU", false },
    { "HU-MNB/final", "2026-11-12", "30cd", "HU", false },
    { "HU-MNB/final-payments", "2026-11-12", "15wd", "HU", true },
    { "HU-MNB/holding-payments", "2026-11-12", "35wd", "HU", true },
    { "GB-DISP/final", "2026-11-06", "8weeks", "GB", false },
    { "GB-DISP/summary", "2026-11-06", "3wd", "GB", true },
    { "GB-DISP/final-payments", "2026-11-06", "15wd", "GB", true },
    { "GB-DISP/holding-payments", "2026-11-06", "35wd", "GB", true },
    { "UK-LG/ack", "2026-11-06", "5wd", "GB", false },
    { "US-CFPB/first", "2026-11-22", "15cd", "US", false },
    { "US-CFPB/final", "2026-11-22", "60cd", "US", false },
    { "EU-GDPR/final", "2026-11-22", "1months", NULL, false },
    { "GB-GDPR/final-extended", "2026-11-22", "3months", "GB", false },
    { "EU-BASE/final-payments", "2026-11-22", "15wd", NULL, true },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Policies) policies = policies_load (config, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (duties); i++)
    {
      const Policy *policy = find (policies, duties[i].name, duties[i].day);
      g_autofree char *rule = deadline_rule_format (policy->terms.rule);
      g_assert_cmpstr (rule, ==, duties[i].rule);
      g_assert_cmpstr (policy->calendar, ==, duties[i].calendar);
      g_assert_cmpint (policy->conditional, ==, duties[i].conditional);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/cases/policy/" #name, test_##name)
  TEST (the_day_of_receipt_chooses_the_law_in_force);
  TEST (conditional_duties_are_known_as_such);
  TEST (what_is_not_there_is_answered_with_what_is);
  TEST (the_firms_own_region_refines_the_calendar_of_a_policy);
  TEST (a_wrong_pack_is_refused_with_its_line);
  TEST (no_policies_at_all_are_no_error);
  TEST (shipped_packs_give_the_periods_of_their_law);
  return g_test_run ();
}
