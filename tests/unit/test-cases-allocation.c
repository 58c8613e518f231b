#include "base/clock.h"
#include "cases/allocation.h"
#include "tests/unit/cases_config.h"
#include "tests/unit/fixture.h"
#include <string.h>

static void
assert_refused (const char *rules, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("allocation/rules.yaml", rules, NULL);
  g_autoptr (Allocation) allocation = allocation_load (config, &error);
  g_assert_null (allocation);
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  g_assert_nonnull (strstr (error->message, why));
}

static void
test_a_store_without_users_and_rules_has_none (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of (NULL, NULL);
  g_autoptr (Allocation) allocation = allocation_load (config, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (allocation_users (allocation)->len, ==, 0);
  g_autoptr (Config) shipped = config_shipped ();
  g_autoptr (Allocation) empty = allocation_load (shipped, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (allocation_teams (empty)->len, ==, 0);
}

static void
test_an_absence_has_a_first_and_a_last_day (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config
      = config_of ("users/eva.yaml", "absences:\n  - { from: 2026-12-21, to: 2027-01-08, substitute: luis }\n", NULL);
  g_autoptr (Allocation) allocation = allocation_load (config, &error);
  g_assert_no_error (error);
  const User *eva = allocation_user (allocation, "eva");
  g_assert_null (allocation_absence (eva, dk_day (2026, 12, 20)));
  g_assert_cmpstr (allocation_absence (eva, dk_day (2026, 12, 21))->substitute, ==, "luis");
  g_assert_nonnull (allocation_absence (eva, dk_day (2027, 1, 8)));
  g_assert_null (allocation_absence (eva, dk_day (2027, 1, 9)));
}

static void
test_what_contradicts_itself_is_refused_at_its_place (void)
{
  assert_refused ("rules:\n  - { name: a, user: eva }\n  - { name: b, kind: complaint, user: pal }\n",
                  "rules.yaml:3:5: rule b can never apply: rule a");
  assert_refused ("rules:\n  - { name: a, region: ES, user: eva }\n  - { name: b, region: ES-CN, user: pal }\n",
                  "can never apply");
  assert_refused ("rules:\n  - { name: a, kind: thanks, user: eva }\n  - { name: a, user: pal }\n", "two rules a");
  assert_refused ("rules:\n  - { name: a }\n", "one of user, team and existing_owner");
  assert_refused ("rules:\n  - { name: a, user: eva, existing_owner: true }\n", "one of user, team");
  assert_refused ("rules:\n  - { name: a, team: x }\n", "there is no team x");
  assert_refused ("rules:\n  - { name: a, user: eva, method: round_robin }\n", "fixed goes with user");
  assert_refused ("rules:\n  - { name: a, user: eva, kind: nonsense }\n", "nonsense");
  assert_refused ("teams:\n  x: { lead: eva }\n", "no users");
  assert_refused ("teams: [x]\n", "teams is a mapping");
}

static void
test_a_wrong_user_is_refused (void)
{
  static const char *const users[]
      = { "absences:\n  - { from: 2026-12-21, to: 2026-12-20 }\n", "absences:\n  - { from: soon, to: 2026-12-20 }\n",
          "capacity: -1\n", "role: chief\n", "absences: never\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (users); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Config) config = config_of ("users/eva.yaml", users[i], NULL);
      g_autoptr (Allocation) allocation = allocation_load (config, &error);
      g_assert_null (allocation);
      g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
    }
}

static void
test_rules_that_overlap_in_part_stand_beside_each_other (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config
      = config_of ("allocation/rules.yaml",
                   "rules:\n  - { name: a, region: ES-CN, user: eva }\n  - { name: b, region: ES, user: pal }\n"
                   "  - { name: c, kind: complaint, user: pal }\n  - { name: d, subject: bill, user: pal }\n"
                   "  - { name: e, subject: billing, user: pal }\n  - { name: f, user: nobody }\n",
                   NULL);
  g_autoptr (Allocation) allocation = allocation_load (config, &error);
  g_assert_no_error (error);
  g_assert_nonnull (allocation);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cases/allocation/none", test_a_store_without_users_and_rules_has_none);
  g_test_add_func ("/cases/allocation/absence", test_an_absence_has_a_first_and_a_last_day);
  g_test_add_func ("/cases/allocation/contradiction", test_what_contradicts_itself_is_refused_at_its_place);
  g_test_add_func ("/cases/allocation/user", test_a_wrong_user_is_refused);
  g_test_add_func ("/cases/allocation/overlap", test_rules_that_overlap_in_part_stand_beside_each_other);
  return g_test_run ();
}
