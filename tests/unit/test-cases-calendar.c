#include "cases/calendar.h"
#include "tests/unit/cases_config.h"
#include <string.h>

#define COUNTRY                                                                                                        \
  "code: XX\nzone: Europe/Madrid\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays:\n"                           \
  "  - {date: 2026-05-01, kind: holiday, names: {es: Fiesta, en: Labour Day}}\n"                                       \
  "  - {date: 2026-05-04, names: {es: Puente}}\n"
#define REGION                                                                                                         \
  "code: XX-A\nparent: XX\ncovered_from: 2026-03-01\ncovered_to: 2027-12-31\ndays:\n"                                  \
  "  - {date: 2026-05-01, kind: extra_work, names: {en: Worked here}}\n"                                               \
  "  - {date: 2026-05-05, kind: holiday, names: {en: Fair}}\n"                                                         \
  "  - {date: 2026-05-09, kind: extra_work, names: {en: Working Saturday}}\n"                                          \
  "  - {date: 2026-05-04, kind: half, names: {en: Half day}}\n"

static Calendar *
load (const Config *config, const char *code)
{
  g_autoptr (GError) error = NULL;
  Calendar *calendar = calendar_load (config, code, &error);
  g_assert_no_error (error);
  return calendar;
}

static void
assert_day (const Calendar *calendar, CalendarDaySet set, const char *day, CalendarDay expected,
            const char *expected_name)
{
  const char *name;
  g_assert_cmpint (calendar_day (calendar, set, dk_day_parse (day), &name), ==, expected);
  g_assert_cmpstr (name, ==, expected_name);
}

static void
test_days_of_a_country_are_holidays_and_all_else_follows_the_week (void)
{
  g_autoptr (Config) config = config_of ("calendars/XX.yaml", COUNTRY, NULL);
  g_autoptr (Calendar) calendar = load (config, "XX");
  assert_day (calendar, CALENDAR_WD, "2026-04-30", CALENDAR_WORKING, NULL);
  assert_day (calendar, CALENDAR_WD, "2026-05-01", CALENDAR_HOLIDAY, "Labour Day");
  assert_day (calendar, CALENDAR_WD, "2026-05-02", CALENDAR_WEEKEND, NULL);
  assert_day (calendar, CALENDAR_OUVRABLES, "2026-05-02", CALENDAR_WORKING, NULL);
  assert_day (calendar, CALENDAR_OUVRABLES, "2026-05-03", CALENDAR_WEEKEND, NULL);
  assert_day (calendar, CALENDAR_WD, "2026-05-04", CALENDAR_HOLIDAY, "Puente");
}

static void
test_a_region_lies_over_its_country (void)
{
  g_autoptr (Config) config = config_of ("calendars/XX.yaml", COUNTRY, "calendars/XX-A.yaml", REGION, NULL);
  g_autoptr (Calendar) calendar = load (config, "XX-A");
  assert_day (calendar, CALENDAR_WD, "2026-05-01", CALENDAR_WORKING, "Worked here");
  assert_day (calendar, CALENDAR_WD, "2026-05-04", CALENDAR_WORKING, NULL);
  assert_day (calendar, CALENDAR_WD, "2026-05-05", CALENDAR_HOLIDAY, "Fair");
  assert_day (calendar, CALENDAR_WD, "2026-05-09", CALENDAR_WORKING, "Working Saturday");
  g_assert_cmpstr (calendar_zone (calendar), ==, "Europe/Madrid");
  g_assert_cmpstr (calendar_code (calendar), ==, "XX-A");
}

static void
test_only_days_covered_by_all_layers_are_known (void)
{
  g_autoptr (Config) config = config_of ("calendars/XX.yaml", COUNTRY, "calendars/XX-A.yaml", REGION, NULL);
  g_autoptr (Calendar) calendar = load (config, "XX-A");
  assert_day (calendar, CALENDAR_WD, "2026-02-27", CALENDAR_UNKNOWN, NULL);
  assert_day (calendar, CALENDAR_WD, "2026-03-02", CALENDAR_WORKING, NULL);
  assert_day (calendar, CALENDAR_WD, "2026-12-31", CALENDAR_WORKING, NULL);
  assert_day (calendar, CALENDAR_WD, "2027-01-04", CALENDAR_UNKNOWN, NULL);
}

static void
test_a_week_pattern_of_its_own_is_followed (void)
{
  static const char text[] = "code: YY\nzone: UTC\nweek: {wd: [sun, mon, tue, wed, thu]}\n"
                             "covered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n";
  g_autoptr (Config) config = config_of ("calendars/YY.yaml", text, NULL);
  g_autoptr (Calendar) calendar = load (config, "YY");
  assert_day (calendar, CALENDAR_WD, "2026-05-01", CALENDAR_WEEKEND, NULL);
  assert_day (calendar, CALENDAR_WD, "2026-05-03", CALENDAR_WORKING, NULL);
}

static void
test_the_version_changes_with_any_day_and_with_nothing_else (void)
{
  g_autoptr (Config) one = config_of ("calendars/XX.yaml", COUNTRY, NULL);
  g_autoptr (Config) same = config_of ("calendars/XX.yaml", "# a comment\n" COUNTRY, NULL);
  g_autoptr (Config) other
      = config_of ("calendars/XX.yaml", COUNTRY "  - {date: 2026-05-06, names: {en: More}}\n", NULL);
  g_autoptr (Calendar) first = load (one, "XX");
  g_autoptr (Calendar) second = load (same, "XX");
  g_autoptr (Calendar) third = load (other, "XX");
  g_assert_cmpstr (calendar_version (first), ==, calendar_version (second));
  g_assert_cmpstr (calendar_version (first), !=, calendar_version (third));
  g_assert_true (g_str_has_prefix (calendar_version (first), "XX@"));
}

static void
test_an_unknown_code_is_not_found_and_the_known_ones_are_named (void)
{
  static const char *const codes[] = { "YY", "", "../XX", "XX-B", "xx" };
  g_autoptr (Config) config = config_of ("calendars/XX.yaml", COUNTRY, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (calendar_load (config, codes[i], &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
      g_assert_nonnull (strstr (error->message, "there are XX"));
    }
}

static void
test_a_wrong_file_is_refused_with_its_line (void)
{
  static const struct
  {
    const char *text, *expected;
  } wrong[] = {
    { "code: YY\n", "calendars/XX.yaml:1:" },
    { "code: XX\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n", "needs a zone" },
    { "code: XX\nzone: Mars/Olympus\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n", "Mars/Olympus" },
    { "code: XX\nzone: UTC\ncovered_from: 2026-02-30\ncovered_to: 2026-12-31\ndays: []\n", ":3:" },
    { "code: XX\nzone: UTC\ncovered_from: 2026-02-03\ncovered_to: 2025-12-31\ndays: []\n", "before covered_from" },
    { "code: XX\nzone: UTC\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\n", "needs days" },
    { "code: XX\nparent: QQ\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n", "no calendar QQ" },
    { "code: XX\nparent: XX\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n", "more than" },
    { COUNTRY "  - {date: 2026-05-01, names: {en: Again}}\n", "twice" },
    { COUNTRY "  - {date: 2027-05-01, names: {en: Late}}\n", ":8:" },
    { COUNTRY "  - {date: 2026-05-07, kind: feast, names: {en: Odd}}\n", "holiday" },
    { COUNTRY "  - {date: 2026-05-07}\n", "names" },
    { COUNTRY "  - {date: 2026-05-07, name: Odd}\n", "name" },
    { "week: {wd: [lundi]}\n" COUNTRY, "lundi" },
    { "hours: {opens: 9, closes: 17}\n" COUNTRY, "no time of day" },
    { "hours: {opens: \"17:00\", closes: \"09:00\"}\n" COUNTRY, "closes after it opens" },
    { "published_to: 2026-02-30\n" COUNTRY, "not a date" },
    { COUNTRY "  - {date: 2026-05-07, kind: expected, names: {en: Odd}}\n", "after published_to" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Config) config = config_of ("calendars/XX.yaml", wrong[i].text, NULL);
      g_assert_null (calendar_load (config, "XX", &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, wrong[i].expected));
    }
}

static void
test_every_shipped_calendar_loads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (GDir) folder = g_dir_open ("conf/calendars", 0, &error);
  g_assert_no_error (error);
  guint loaded = 0;
  for (const char *name; (name = g_dir_read_name (folder)) != NULL; loaded++)
    {
      g_autofree char *code = g_strndup (name, strcspn (name, "."));
      g_autoptr (Calendar) calendar = calendar_load (config, code, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (calendar_code (calendar), ==, code);
    }
  g_assert_cmpuint (loaded, >, 20);
}

static void
test_shipped_cover_ends_where_knowledge_ends (void)
{
  static const struct
  {
    const char *code, *from, *to;
  } covers[] = { { "ES", "2025-01-01", "2028-12-31" },     { "ES-AN", "2025-01-01", "2028-12-31" },
                 { "FR", "2025-01-01", "2028-12-31" },     { "FR-67", "2025-01-01", "2028-12-31" },
                 { "HU", "2025-01-01", "2028-12-31" },     { "GB", "2025-01-01", "2028-12-31" },
                 { "GB-SCT", "2025-01-01", "2028-12-31" }, { "US", "2025-01-01", "2028-12-31" } };
  g_autoptr (Config) config = config_shipped ();
  for (gsize i = 0; i < G_N_ELEMENTS (covers); i++)
    {
      g_autoptr (Calendar) calendar = load (config, covers[i].code);
      DkDay from, to;
      calendar_cover (calendar, &from, &to);
      g_assert_cmpint (from, ==, dk_day_parse (covers[i].from));
      g_assert_cmpint (to, ==, dk_day_parse (covers[i].to));
    }
}

static void
test_in_hungary_days_are_counted_as_far_as_their_decree_reaches (void)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) calendar = load (config, "HU");
  assert_day (calendar, CALENDAR_WD, "2027-03-15", CALENDAR_HOLIDAY, "National Day, 1848");
  assert_day (calendar, CALENDAR_WD, "2027-12-24", CALENDAR_EXPECTED, "Christmas Eve");
  g_assert_cmpint (calendar_counted (calendar), ==, dk_day (2026, 12, 31));
  g_assert_cmpint (calendar_count_day (calendar, CALENDAR_WD, dk_day (2026, 12, 31), NULL), ==, CALENDAR_WORKING);
  g_assert_cmpint (calendar_count_day (calendar, CALENDAR_WD, dk_day (2027, 1, 4), NULL), ==, CALENDAR_UNKNOWN);
  g_assert_cmpstr (calendar_ending (calendar, false), ==, "HU");
}

static void
test_scotland_and_northern_ireland_stand_apart (void)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) england = load (config, "GB");
  g_autoptr (Calendar) scotland = load (config, "GB-SCT");
  g_autoptr (Calendar) ireland = load (config, "GB-NIR");
  assert_day (england, CALENDAR_WD, "2026-04-06", CALENDAR_HOLIDAY, "Easter Monday");
  assert_day (scotland, CALENDAR_WD, "2026-04-06", CALENDAR_WORKING, NULL);
  assert_day (scotland, CALENDAR_WD, "2026-01-02", CALENDAR_HOLIDAY, "2nd January");
  assert_day (ireland, CALENDAR_WD, "2026-07-13", CALENDAR_HOLIDAY, "Battle of the Boyne (substitute)");
}

static void
test_every_spanish_region_is_there_from_2025_to_2028 (void)
{
  static const char *const regions[] = { "AN", "AR", "AS", "CB", "CE", "CL", "CM", "CN", "CT", "EX",
                                         "GA", "IB", "MC", "MD", "ML", "NC", "PV", "RI", "VC" };
  g_autoptr (Config) config = config_shipped ();
  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree char *code = g_strconcat ("ES-", regions[i], NULL);
      g_autoptr (Calendar) calendar = load (config, code);
      DkDay from, to;
      calendar_cover (calendar, &from, &to);
      g_assert_cmpint (from, ==, dk_day (2025, 1, 1));
      g_assert_cmpint (to, ==, dk_day (2028, 12, 31));
      g_assert_cmpint (calendar_published (calendar), >=, dk_day (2026, 12, 31));
      g_assert_cmpint (calendar_published (calendar), <, to);
    }
}

/* Two local days are added by each town, so that the list of a year comes to 14 at most; Catalonia, Navarre, Valencia,
 * Ceuta and Melilla list more. */
static void
test_published_years_of_spanish_regions_have_the_days_of_the_law (void)
{
  static const char *const regions[] = { "AN", "AR", "AS", "CB", "CL", "CM", "EX", "GA", "MC", "MD", "PV", "RI", "IB" };
  g_autoptr (Config) config = config_shipped ();
  for (gsize i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      g_autofree char *code = g_strconcat ("ES-", regions[i], NULL);
      g_autoptr (Calendar) calendar = load (config, code);
      for (int year = 2025; year <= dk_date (calendar_published (calendar)).year; year++)
        {
          int days = 0;
          for (DkDay day = dk_day (year, 1, 1); day <= dk_day (year, 12, 31); day++)
            days += dk_weekday (day) < 7 && calendar_day (calendar, CALENDAR_WD, day, NULL) == CALENDAR_HOLIDAY;
          g_test_message ("%s %d", code, year);
          g_assert_cmpint (days, ==, 12);
        }
    }
}

static void
test_a_town_lies_over_its_region_and_country (void)
{
  static const char town[] = "code: XX-A-TOWN\nparent: XX-A\nzone: UTC\nhours: {opens: \"08:00\", closes: \"14:30\"}\n"
                             "covered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays:\n"
                             "  - {date: 2026-05-06, kind: holiday, names: {en: Town Fair}}\n";
  g_autoptr (Config) config
      = config_of ("calendars/XX.yaml", COUNTRY, "calendars/XX-A.yaml", REGION, "calendars/XX-A-TOWN.yaml", town, NULL);
  g_autoptr (Calendar) calendar = load (config, "XX-A-TOWN");
  int opens, closes;
  calendar_hours (calendar, &opens, &closes);
  assert_day (calendar, CALENDAR_WD, "2026-05-01", CALENDAR_WORKING, "Worked here");
  assert_day (calendar, CALENDAR_WD, "2026-05-05", CALENDAR_HOLIDAY, "Fair");
  assert_day (calendar, CALENDAR_WD, "2026-05-06", CALENDAR_HOLIDAY, "Town Fair");
  g_assert_cmpint (opens, ==, 8 * 60);
  g_assert_cmpint (closes, ==, 14 * 60 + 30);
  g_assert_cmpstr (calendar_zone (calendar), ==, "UTC");
}

static void
test_days_after_the_last_published_list_are_only_expected (void)
{
  static const char text[] = "code: YY\nzone: UTC\ncovered_from: 2026-01-01\ncovered_to: 2027-12-31\n"
                             "published_to: 2026-12-31\ndays:\n"
                             "  - {date: 2027-01-06, kind: expected, names: {en: Epiphany}}\n"
                             "  - {date: 2027-01-09, kind: expected, names: {en: A Saturday}}\n";
  g_autoptr (Config) config = config_of ("calendars/YY.yaml", text, NULL);
  g_autoptr (Calendar) calendar = load (config, "YY");
  assert_day (calendar, CALENDAR_WD, "2027-01-06", CALENDAR_EXPECTED, "Epiphany");
  assert_day (calendar, CALENDAR_WD, "2027-01-09", CALENDAR_WEEKEND, NULL);
  assert_day (calendar, CALENDAR_OUVRABLES, "2027-01-09", CALENDAR_EXPECTED, "A Saturday");
  g_assert_cmpint (calendar_published (calendar), ==, dk_day (2026, 12, 31));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/cases/calendar/" #name, test_##name)
  TEST (days_of_a_country_are_holidays_and_all_else_follows_the_week);
  TEST (a_region_lies_over_its_country);
  TEST (only_days_covered_by_all_layers_are_known);
  TEST (a_week_pattern_of_its_own_is_followed);
  TEST (the_version_changes_with_any_day_and_with_nothing_else);
  TEST (an_unknown_code_is_not_found_and_the_known_ones_are_named);
  TEST (a_wrong_file_is_refused_with_its_line);
  TEST (every_shipped_calendar_loads);
  TEST (shipped_cover_ends_where_knowledge_ends);
  TEST (every_spanish_region_is_there_from_2025_to_2028);
  TEST (published_years_of_spanish_regions_have_the_days_of_the_law);
  TEST (a_town_lies_over_its_region_and_country);
  TEST (days_after_the_last_published_list_are_only_expected);
  TEST (in_hungary_days_are_counted_as_far_as_their_decree_reaches);
  TEST (scotland_and_northern_ireland_stand_apart);
  return g_test_run ();
}
