#include "cases/register.h"
#include "tests/unit/cases_config.h"
#include <string.h>

static void
expect_refusal (const char *settings, const char *begin)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) files = NULL;
  g_autoptr (Config) shipped = config_shipped ();
  g_autoptr (GBytes) bytes = config_bytes (shipped);
  files = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
  json_object_set_new (files, "docket.yaml", json_string (settings));
  char *text = dk_json_canonical (files);
  g_autoptr (GBytes) changed = g_bytes_new_take (text, strlen (text));
  g_autoptr (Config) config = config_from_bytes (changed, &error);
  g_assert_no_error (error);
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cases/register/a-pack-that-is-not-there-is-refused-where-it-is-named",
                   test_a_pack_that_is_not_there_is_refused_where_it_is_named);
  g_test_add_func ("/cases/register/a-calendar-that-is-not-there-is-refused-where-it-is-named",
                   test_a_calendar_that_is_not_there_is_refused_where_it_is_named);
  g_test_add_func ("/cases/register/a-country-without-calendar-is-refused-where-it-is-named",
                   test_a_country_without_calendar_is_refused_where_it_is_named);
  g_test_add_func ("/cases/register/a-country-without-pack-may-use-the-calendar-of-another",
                   test_a_country_without_pack_may_use_the_calendar_of_another);
  return g_test_run ();
}
