#include "cases/register.h"
#include "tests/unit/cases_config.h"
#include "tests/unit/cases_store.h"

/* The shipped configuration with @settings as docket.yaml. */
static Config *
configuration (const char *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) shipped = config_shipped ();
  g_autoptr (GBytes) bytes = config_bytes (shipped);
  g_autoptr (json_t) files = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
  json_object_set_new (files, "docket.yaml", json_string (settings));
  char *text = dk_json_canonical (files);
  g_autoptr (GBytes) changed = g_bytes_new_take (text, strlen (text));
  Config *config = config_from_bytes (changed, &error);
  g_assert_no_error (error);
  return config;
}

static void
expect_refusal (const char *settings, const char *begin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = configuration (settings);
  g_assert_null (register_load (config, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  g_assert_true (g_str_has_prefix (error->message, begin));
}

static void
test_a_pack_that_is_not_there_is_refused_where_it_is_named (void)
{
  expect_refusal ("country: ES\npolicy: ES-NONE\n", "docket.yaml:2:9: there is no policy pack ES-NONE; there are ");
}

static void
test_a_calendar_that_is_not_there_is_refused_where_it_is_named (void)
{
  expect_refusal ("country: ES\ncalendar: ES-ZZ\n", "docket.yaml:2:11: there is no calendar ES-ZZ; there are ");
}

static void
test_a_country_without_calendar_is_refused_where_it_is_named (void)
{
  expect_refusal ("country: DE\ncalendar:\n", "docket.yaml:1:10: there is no calendar DE; there are ");
}

static void
test_a_country_without_pack_may_use_the_calendar_of_another (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("calendars/ES.yaml",
                                         "code: ES\nname: {en: Spain}\nzone: Europe/Madrid\ncovered_from: 2026-01-01\n"
                                         "covered_to: 2026-12-31\nsource: [s]\ndays: []\n",
                                         "docket.yaml", "country: DE\ncalendar: ES\n", NULL);
  g_autoptr (Register) rules = register_load (config, &error);
  g_assert_no_error (error);
}

/* --- numbers and deadlines, at 2026-12-31T20:00:00Z --- */

static Register *
rules_with (const char *settings)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = configuration (settings);
  Register *rules = register_load (config, &error);
  g_assert_no_error (error);
  return rules;
}

static void
expect_number (const Fixture *at, const Register *rules, bool keep, const char *begin)
{
  g_autofree char *number = enter (at, rules, understood (at, "thanks", NULL), "2026-12-31", keep);
  g_assert_true (g_str_has_prefix (number, begin));
}

/* The states of the deadlines in force of the case of @id, joined by blanks, "" where there are none. */
static char *
states (const Fixture *at, int64_t id)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_autoptr (GPtrArray) deadlines = store_deadlines (at->store, document->case_id, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < deadlines->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", ((const StoreDeadline *)deadlines->pdata[i])->state);
  return g_string_free (text, FALSE);
}

static void
expect_states (const Fixture *at, int64_t id, const char *wanted)
{
  g_autofree char *given = states (at, id);
  g_assert_cmpstr (given, ==, wanted);
}

typedef enum
{
  ACCEPT,
  CALL_IT_THANKS,
  CALL_IT_COMPLAINT,
  NOTHING,
} Person;

static void
look_at (const Fixture *at, const Register *rules, int64_t id, Person does)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  if (does == ACCEPT)
    store_review_accept (transaction, id, &error);
  else if (does != NOTHING)
    store_decision_correct (transaction, id, "kind", does == CALL_IT_THANKS ? "thanks" : "complaint", "file", &error);
  register_refresh_deadlines (transaction, rules, document, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

static void
test_numbers_have_no_gaps_over_two_prefixes_and_a_change_of_year (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) sales = rules_with ("country: FR\nprefix: S\n");
  g_autoptr (Register) repairs = rules_with ("country: FR\nprefix: R\n");
  g_autoptr (Register) tomorrow = rules_with ("country: FR\nprefix: S\nzone: Asia/Tokyo\n"); /* already 2027 there */
  expect_number (at, sales, true, "S-2026-000001-");
  expect_number (at, repairs, true, "R-2026-000001-");
  expect_number (at, sales, false, "S-2026-000002-"); /* undone: the number is given to the next */
  expect_number (at, sales, true, "S-2026-000002-");
  expect_number (at, tomorrow, true, "S-2027-000001-");
  expect_number (at, repairs, true, "R-2026-000002-");
  expect_number (at, sales, true, "S-2026-000003-");
  assert_clean (at->store);
}

static void
test_a_complaint_has_deadlines_and_thanks_have_none (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules = rules_with ("country: FR\n");
  int64_t complaint = understood (at, "complaint", NULL), thanks = understood (at, "thanks", NULL);
  int64_t both = understood (at, "thanks", "complaint");
  g_autofree char *a = enter (at, rules, complaint, "2026-12-30", true);
  g_autofree char *b = enter (at, rules, thanks, "2026-12-30", true);
  g_autofree char *c = enter (at, rules, both, "2026-12-30", true);
  expect_states (at, complaint, "provisional provisional");
  expect_states (at, thanks, "");
  expect_states (at, both, "provisional provisional"); /* who thanks and complains is owed an answer */
}

static void
test_deadlines_are_sure_once_a_person_accepted (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules = rules_with ("country: FR\n");
  int64_t id = understood (at, "complaint", NULL);
  g_autofree char *number = enter (at, rules, id, "2026-12-30", true);
  look_at (at, rules, id, ACCEPT);
  expect_states (at, id, "ok ok");
  int64_t versions = count (at->store, "SELECT count(*) FROM deadline");
  look_at (at, rules, id, NOTHING);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM deadline"), ==, versions); /* the same is not said twice */
}

static void
test_deadlines_are_withdrawn_and_come_back_as_a_person_decides (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules = rules_with ("country: FR\n");
  int64_t id = understood (at, "complaint", NULL);
  g_autofree char *number = enter (at, rules, id, "2026-12-30", true);
  look_at (at, rules, id, CALL_IT_THANKS);
  expect_states (at, id, "withdrawn withdrawn");
  look_at (at, rules, id, CALL_IT_COMPLAINT);
  expect_states (at, id, "ok ok");
  assert_clean (at->store);
}

static void
test_deadlines_of_another_pack_are_withdrawn (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) french = rules_with ("country: FR\n");
  g_autoptr (Register) american = rules_with ("country: US\n");
  int64_t id = understood (at, "complaint", NULL);
  g_autofree char *number = enter (at, french, id, "2026-12-30", true);
  look_at (at, american, id, ACCEPT);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM (SELECT kind, policy, state, max (version) FROM deadline"
                                     " GROUP BY kind) WHERE state != 'withdrawn' AND policy NOT LIKE 'US-%'"),
                   ==, 0);
}

static void
test_a_day_beyond_the_calendar_is_said_and_not_guessed (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules = rules_with ("country: FR\n");
  int64_t id = understood (at, "complaint", NULL);
  g_autofree char *number = enter (at, rules, id, "2099-05-05", true);
  expect_states (at, id, "calendar_missing calendar_missing");
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM deadline WHERE due IS NOT NULL"), ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("DOCKET_NOW", "2026-12-31T20:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cases/register/a-pack-that-is-not-there-is-refused-where-it-is-named",
                   test_a_pack_that_is_not_there_is_refused_where_it_is_named);
  g_test_add_func ("/cases/register/a-calendar-that-is-not-there-is-refused-where-it-is-named",
                   test_a_calendar_that_is_not_there_is_refused_where_it_is_named);
  g_test_add_func ("/cases/register/a-country-without-calendar-is-refused-where-it-is-named",
                   test_a_country_without_calendar_is_refused_where_it_is_named);
  g_test_add_func ("/cases/register/a-country-without-pack-may-use-the-calendar-of-another",
                   test_a_country_without_pack_may_use_the_calendar_of_another);
  STORE_TEST ("/cases/register/numbers", test_numbers_have_no_gaps_over_two_prefixes_and_a_change_of_year);
  STORE_TEST ("/cases/register/kinds", test_a_complaint_has_deadlines_and_thanks_have_none);
  STORE_TEST ("/cases/register/accepted", test_deadlines_are_sure_once_a_person_accepted);
  STORE_TEST ("/cases/register/withdrawn", test_deadlines_are_withdrawn_and_come_back_as_a_person_decides);
  STORE_TEST ("/cases/register/pack", test_deadlines_of_another_pack_are_withdrawn);
  STORE_TEST ("/cases/register/uncovered", test_a_day_beyond_the_calendar_is_said_and_not_guessed);
  return g_test_run ();
}
