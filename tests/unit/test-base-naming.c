#include "base/naming.h"
#include "tests/unit/fixture.h"
#include <glib/gstdio.h>

static Template *
good (const char *text)
{
  g_autofree char *wrong = NULL;
  Template *template = naming_parse_name (text, &wrong);
  g_assert_cmpstr (wrong, ==, NULL);
  g_assert_cmpstr (template_text (template), ==, text);
  return template;
}

static void
expect_wrong (const char *text, const char *said)
{
  g_autofree char *wrong = NULL;
  g_autoptr (Template) template = naming_parse_name (text, &wrong);
  g_assert_null (template);
  if (g_strstr_len (wrong, -1, said) == NULL)
    g_error ("“%s” does not say “%s”", wrong, said);
}

/* @template with @values, as they are. */
static void
expect_filled (const char *text, const char *const *values, const char *expected)
{
  g_autoptr (Template) template = good (text);
  unsigned n = template_n_places (template);
  g_autofree char **made = g_new0 (char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    made[i] = template_value (template, i, values[i]);
  g_autofree char *filled = template_fill (template, made);
  g_assert_cmpstr (filled, ==, expected);
  for (unsigned i = 0; i < n; i++)
    g_free (made[i]);
}
#define FILLED(text, expected, ...) expect_filled (text, (const char *const[]){ __VA_ARGS__ }, expected)

static void
test_places_are_filled_in_order (void)
{
  FILLED ("{date} {kind}", "2026-03-12 queja", "2026-03-12", "queja");
  FILLED ("Nr {number} von {sender}", "Nr 7 von Ana", "7", "Ana");
}

static void
test_what_stands_in_brackets_vanishes_without_a_value (void)
{
  FILLED ("{date}[ - {sender}]", "2026-03-12 - Ana", "2026-03-12", "Ana");
  FILLED ("{date}[ - {sender}]", "2026-03-12", "2026-03-12", NULL);
  FILLED ("{date}[ - {sender}, {email}]!", "2026-03-12!", "2026-03-12", "Ana", NULL);
  FILLED ("{date}[ - {sender}]", "2026-03-12", "2026-03-12", "");
}

static void
test_dates_take_a_form (void)
{
  FILLED ("{date:DD.MM.YYYY}", "12.03.2026", "2026-03-12");
  FILLED ("{received:YYMM}_{written:YYYY-MM}", "2603_2025-11", "2026-03-12", "2025-11-30");
  FILLED ("{date:YYYY}", "no date", "no date");
}

static void
test_values_have_a_length_that_ends_with_a_word (void)
{
  FILLED ("{sender:12}", "Asociación", "Asociación de vecinos");
  FILLED ("{sender:13}", "Asociación de", "Asociación de vecinos");
  FILLED ("{sender:4}", "Asoc", "Asociación de vecinos");
  FILLED ("{sender:40}", "Asociación", "Asociación");
  FILLED ("{sender:5}", "Őőűőú", "Őőűőúö és társa");
}

static void
test_letters_and_defaults (void)
{
  FILLED ("{kind:upper} {sender:lower}", "RÉCLAMATION ana", "réclamation", "ANA");
  FILLED ("{kind:capital}", "Élise", "élise");
  FILLED ("{sender:10:upper|unknown}", "unknown", NULL);
  FILLED ("[{sender|unknown} - ]{kind}", "unknown - queja", NULL, "queja");
}

static void
test_doubled_marks_stand_for_themselves (void)
{
  FILLED ("{{[[{kind}]]}}", "{[queja]}", "queja");
  FILLED ("[ [[{kind}]]]", "", NULL);
}

static void
test_what_is_wrong_is_told_with_its_character (void)
{
  expect_wrong ("{date} {knd}", "character 8: unknown placeholder {knd}; allowed are date, written, received");
  expect_wrong ("é{date", "character 2: { is not closed");
  expect_wrong ("{date} [ - {sender}", "character 8: [ is not closed");
  expect_wrong ("{date} ]", "character 8: ] without [");
  expect_wrong ("{date} }", "character 8: } without {");
  expect_wrong ("[a [{date}]]", "character 4: [ stands within another");
  expect_wrong ("{date}[ x ]", "character 7: between [ and ]");
  expect_wrong ("{date}/{kind}", "character 7: “/”");
  expect_wrong ("{date}: {kind}", "character 7: “:”");
  expect_wrong ("{sender:0}", "allowed are a length");
  expect_wrong ("{sender:big}", "allowed are a length");
  expect_wrong ("{date:12}", "a date takes YYYY");
  expect_wrong ("{date:YYYY/MM}", "a date takes YYYY");
  expect_wrong ("{sender|}", "behind |");
  expect_wrong ("{}", "unknown placeholder {}");
  expect_wrong ("letter", "there is no placeholder");
  expect_wrong ("", "there is no placeholder");
  expect_wrong ("a\nb {date}", "control character");
  expect_wrong ("{date} \xff", "no UTF-8");
}

static void
test_a_name_leaves_room_for_its_values (void)
{
  g_autofree char *words = g_strnfill (90, 'w');
  g_autofree char *text = g_strconcat ("{date} ", words, NULL);
  expect_wrong (text, "more than 80 bytes");
}

static void
test_folders_may_be_parted_but_not_for_ever (void)
{
  g_autofree char *wrong = NULL;
  g_autoptr (Template) good_one = naming_parse_folder ("{year}/{month}/[{sender}/]{kind}", &wrong);
  g_assert_nonnull (good_one);
  g_autoptr (Template) deep = naming_parse_folder ("{year}/a/b/c/d/e/f/g/h", &wrong);
  g_assert_null (deep);
  g_assert_nonnull (g_strstr_len (wrong, -1, "more than 8 folders"));
}

/* --- the configuration --- */

static Naming *
naming_of (const char *docket, const char *folders, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  char *folder = fixture_folder ();
  g_autofree char *sub = g_build_filename (folder, "taxonomy", NULL);
  g_autofree char *taxonomy = g_build_filename (sub, "folders.yaml", NULL);
  g_autofree char *settings = g_build_filename (folder, "docket.yaml", NULL);
  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  g_assert_true (g_file_set_contents (taxonomy, folders, -1, &wrong));
  g_assert_true (g_file_set_contents (settings, docket, -1, &wrong));
  g_autoptr (Config) config = config_read (folder, &wrong);
  g_assert_no_error (wrong);
  fixture_remove_folder (folder);
  return naming_load (config, error);
}

static void
test_without_templates_the_shipped_ones_hold (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Naming) naming = naming_of ("country: ES\nname:\n", "", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (template_text (naming->name), ==, "{date}[ {kind}][ - {subject}][ - {sender}]");
  g_assert_cmpstr (template_text (naming->folder), ==, "{kind}/{subject}/{year}");
}

static void
test_a_profile_may_have_a_name_of_its_own (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Naming) naming
      = naming_of ("name: '{date}'\nprofiles:\n  default:\n  fax:\n    name: 'fax {original}'\n", "", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (template_text (naming_name (naming, "default")), ==, "{date}");
  g_assert_cmpstr (template_text (naming_name (naming, "fax")), ==, "fax {original}");
  g_assert_cmpstr (template_text (naming_name (naming, NULL)), ==, "{date}");
}

static void
test_folders_are_a_list_or_a_template (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Naming) list = naming_of ("", "folder: [year, kind]\n", &error);
  g_autoptr (Naming) one = naming_of ("", "folder: kind\n", &error);
  g_autoptr (Naming) text = naming_of ("", "folder: '{year}/{case}'\n", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (template_text (list->folder), ==, "{year}/{kind}");
  g_assert_cmpstr (template_text (one->folder), ==, "{kind}");
  g_assert_cmpstr (template_text (text->folder), ==, "{year}/{case}");
}

static void
expect_refusal (const char *docket, const char *folders, const char *said)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Naming) naming = naming_of (docket, folders, &error);
  g_assert_null (naming);
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  if (!g_str_has_prefix (error->message, said))
    g_error ("%s does not begin with %s", error->message, said);
}

static void
test_a_wrong_template_is_refused_with_its_place (void)
{
  expect_refusal ("country: ES\nname: '{dat}'\n", "", "docket.yaml:2:7: name: character 1: unknown placeholder {dat}");
  expect_refusal ("name: [date]\n", "", "docket.yaml:1:7: name must be a text between quotes");
  expect_refusal ("profiles:\n  fax:\n    name: 'x'\n", "", "docket.yaml:3:11: name: character 1: there is no");
  expect_refusal ("", "folder: [kind, colour]\n",
                  "taxonomy/folders.yaml:1:9: folder: character 8: unknown placeholder");
  expect_refusal ("", "folder: []\n", "taxonomy/folders.yaml:1:9: folder needs at least one");
  expect_refusal ("", "folder: '{kind}\\{year}'\n", "taxonomy/folders.yaml:1:9: folder: character 7");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/base/naming/" #name, test_##name)
  TEST (places_are_filled_in_order);
  TEST (what_stands_in_brackets_vanishes_without_a_value);
  TEST (dates_take_a_form);
  TEST (values_have_a_length_that_ends_with_a_word);
  TEST (letters_and_defaults);
  TEST (doubled_marks_stand_for_themselves);
  TEST (what_is_wrong_is_told_with_its_character);
  TEST (a_name_leaves_room_for_its_values);
  TEST (folders_may_be_parted_but_not_for_ever);
  TEST (without_templates_the_shipped_ones_hold);
  TEST (a_profile_may_have_a_name_of_its_own);
  TEST (folders_are_a_list_or_a_template);
  TEST (a_wrong_template_is_refused_with_its_place);
  return g_test_run ();
}
