#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"
#include "base/messages.h"
#include "base/messages_pattern.h"
#include "base/record.h"
#include "tests/unit/fixture.h"
#include <fcntl.h>
#include <string.h>
#include <time.h>

static GHashTable *
shipped (const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = config_shipped_path ();
  g_autofree char *path = g_strdup_printf ("%s/messages/%s.yaml", folder, language);
  GHashTable *catalogue = dk_messages_read (path, language, &error);
  g_assert_no_error (error);
  return catalogue;
}

static void
expect_keys_of (GHashTable *wanted, GHashTable *catalogue, const char *language)
{
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (g_hash_table_lookup (catalogue, key) == NULL)
      g_error ("conf/messages/%s.yaml lacks the key %s", language, (char *)key);
}

static void
test_every_language_has_every_sentence (void)
{
  g_autoptr (GHashTable) english = shipped ("en");
  g_assert_cmpuint (g_hash_table_size (english), >, 40);
  for (const char *const *language = dk_languages; *language != NULL; language++)
    {
      g_autoptr (GHashTable) catalogue = shipped (*language);
      expect_keys_of (english, catalogue, *language);
      expect_keys_of (catalogue, english, "en");
    }
}

static void
test_every_reason_code_has_a_sentence (void)
{
  for (int code = RECORD_CODE_EMPTY; code <= RECORD_CODE_NEEDS_PASSWORD; code++)
    {
      g_autofree char *key = g_strconcat ("reason.", record_code_name ((RecordCode)code), NULL);
      g_assert_true (dk_message_exists ("hu", key));
    }
}

static void
test_sentences_speak_the_language_asked_for (void)
{
  g_autofree char *spanish = dk_message ("es", "kind.complaint", "");
  g_autofree char *hungarian = dk_message ("hu", "kind.complaint", "");
  g_autofree char *unknown = dk_message ("fr", "kind.nothing", "s", "x");
  g_assert_cmpstr (spanish, ==, "reclamación");
  g_assert_cmpstr (hungarian, ==, "panasz");
  g_assert_cmpstr (unknown, ==, "kind.nothing");
  g_assert_false (dk_message_exists ("fr", "kind.nothing"));
}

static void
test_the_language_comes_from_the_option_or_the_environment (void)
{
  g_unsetenv ("LC_ALL");
  g_unsetenv ("LC_MESSAGES");
  g_setenv ("LANG", "es_ES.UTF-8", TRUE);
  g_assert_cmpstr (dk_language ("hu"), ==, "hu");
  g_assert_cmpstr (dk_language (NULL), ==, "es");
  g_assert_cmpstr (dk_language ("de"), ==, "es");
  g_setenv ("LANG", "C.UTF-8", TRUE);
  g_assert_cmpstr (dk_language (NULL), ==, "en");
  g_unsetenv ("LANG");
  g_assert_cmpstr (dk_language (NULL), ==, "en");
  g_assert_false (dk_language_known ("de"));
}

static void
test_lc_all_is_heard_before_lc_messages_and_that_before_lang (void)
{
  g_setenv ("LANG", "es_ES.UTF-8", TRUE);
  g_setenv ("LC_MESSAGES", "fr_FR.UTF-8", TRUE);
  g_setenv ("LC_ALL", "", TRUE);
  g_assert_cmpstr (dk_language (NULL), ==, "fr");
  g_setenv ("LC_ALL", "hu_HU.UTF-8", TRUE);
  g_assert_cmpstr (dk_language (NULL), ==, "hu");
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_assert_cmpstr (dk_language (NULL), ==, "en");
  g_unsetenv ("LC_ALL");
  g_unsetenv ("LC_MESSAGES");
  g_unsetenv ("LANG");
}

static void
expect_text (const char *language, const char *pattern, MessageArgument argument, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = dk_format_pattern (language, pattern, &argument, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_numbers_and_dates_follow_the_language (void)
{
  static const char plural[] = "{0,plural,one{# page} other{# pages}}";
  MessageArgument none = { .type = MESSAGE_NUMBER, .number = 0 };
  MessageArgument two = { .type = MESSAGE_NUMBER, .number = 2 };
  MessageArgument many = { .type = MESSAGE_NUMBER, .number = 12345.678 };
  MessageArgument day = { .type = MESSAGE_DATE, .number = (double)dk_day (2026, 3, 14) * 86400e3 };
  MessageArgument text = { .type = MESSAGE_TEXT, .text = "{0} é" };
  expect_text ("en", plural, none, "0 pages");
  expect_text ("fr", plural, none, "0 page");
  expect_text ("en", plural, two, "2 pages");
  expect_text ("es", "{0,date,long}", day, "14 de marzo de 2026");
  expect_text ("hu", "{0,date,long}", day, "2026. március 14.");
  expect_text ("fr", "{0,date,::yMMMM}", day, "mars 2026");
  expect_text ("en", "{0,date,yyyy/MM/dd} {0,time,HH:mm}", day, "2026/03/14 00:00");
  expect_text ("fr", "« {0} »", text, "« {0} é »");
  expect_text ("en", "{0} {0, number ,integer } {0,number,percent}", many, "12,345.678 12,346 1,234,568%");
  expect_text ("en", "{0} {0,plural,one{} other{{0,number,integer} #}}", two, "2 2 2");
  g_assert_true (dk_check_pattern ("en", "{0} {0,plural,one{} other{{0,number,integer} #}}", NULL));
  expect_text ("en", "{0,select,other{{0}}}", text, "{0} é");
}

/* A catalogue in which the two numbers, the text and the dates of one sentence stand in another order than the
 * arguments do. */
static const struct
{
  const char *language, *pattern, *one, *many;
} mixed[] = {
  { "en", "{2,date,long}: {1,plural,=0{no page}one{# page of “{0}”}other{# pages of “{0}”}}, {3,number,percent}, {4}",
    "March 14, 2026: 1 page of “Añil {1}”, 50%, Mar 1, 2026",
    "March 14, 2026: 1,234 pages of “Añil {1}”, 50%, Mar 1, 2026" },
  { "fr", "Le {2,date,long} : {1,plural,one{# page de « {0} »}other{# pages de « {0} »}}, {3,number,percent}, {4}",
    "Le 14 mars 2026 : 1 page de « Añil {1} », 50\u00a0%, 1 mars 2026",
    "Le 14 mars 2026 : 1\u202f234 pages de « Añil {1} », 50\u00a0%, 1 mars 2026" },
  { "es", "{1,plural,one{# página}other{# páginas}} de «{0}» ({2,date,long}), {3,number,percent}, {4}",
    "1 página de «Añil {1}» (14 de marzo de 2026), 50\u00a0%, 1 mar 2026",
    "1.234 páginas de «Añil {1}» (14 de marzo de 2026), 50\u00a0%, 1 mar 2026" },
  { "hu", "„{0}”: {1,plural,other{# oldal}}, {2,date,long}, {3,number,percent}, {4}",
    "„Añil {1}”: 1 oldal, 2026. március 14., 50%, 2026. márc. 1.",
    "„Añil {1}”: 1\u00a0234 oldal, 2026. március 14., 50%, 2026. márc. 1." },
};

static void
test_plurals_texts_and_dates_mix_in_every_language (void)
{
  for (gsize i = 0; i < 2 * G_N_ELEMENTS (mixed); i++)
    {
      g_autoptr (GError) error = NULL;
      const MessageArgument arguments[] = {
        { .type = MESSAGE_TEXT, .text = "Añil {1}" },
        { .type = MESSAGE_NUMBER, .number = i % 2 == 0 ? 1 : 1234 },
        { .type = MESSAGE_DATE, .number = (double)dk_day (2026, 3, 14) * 86400e3 },
        { .type = MESSAGE_NUMBER, .number = 0.5 },
        { .type = MESSAGE_DATE, .number = (double)dk_day (2026, 3, 1) * 86400e3 },
      };
      g_assert_true (dk_check_pattern (mixed[i / 2].language, mixed[i / 2].pattern, &error));
      g_autofree char *text = dk_format_pattern (mixed[i / 2].language, mixed[i / 2].pattern, arguments,
                                                 G_N_ELEMENTS (arguments), &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, i % 2 == 0 ? mixed[i / 2].one : mixed[i / 2].many);
    }
}

static void
test_a_sentence_may_be_long (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *expected = g_strconcat (long_text, long_text, NULL);
  expect_text ("en", "{0}{0}", (MessageArgument){ .type = MESSAGE_TEXT, .text = long_text }, expected);
}

static void
test_dates_are_shown_in_utc_whatever_the_zone (void)
{
  g_setenv ("TZ", "America/Los_Angeles", TRUE);
  tzset ();
  MessageArgument day = { .type = MESSAGE_DATE, .number = (double)dk_day (2026, 3, 14) * 86400e3 };
  expect_text ("es", "{0,date,short} {0,time,short}", day, "14/3/26 0:00");
  g_unsetenv ("TZ");
}

static void
test_an_argument_of_another_type_is_an_error_and_no_crash (void)
{
  static const char *const patterns[] = {
    "{0,plural,other{#}}", "{0,date,long}", "{1}", "{0,choice,0#x}", "{name}", "{0", "it's {0}", "{0}{", "{99999}"
  };
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    {
      g_autoptr (GError) error = NULL;
      MessageArgument text = { .type = MESSAGE_TEXT, .text = "x" };
      g_autofree char *made = dk_format_pattern ("en", patterns[i], &text, 1, &error);
      g_assert_null (made);
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
    }
}

static void
test_a_wrong_pattern_is_named_with_its_place (void)
{
  static const char *const texts[][2] = {
    { "a:\n  b: 'x {0'\n", ":2:6: a.b: not a message pattern" },
    { "a: it's\n", ":1:4: a: message pattern: a straight apostrophe" },
    { "a: '{name}'\n", ":1:4: a: message pattern: a brace" },
    { "a: '{0,date,::yyyyQQQQQQQQ}{0,duration}'\n", ":1:4: a: message pattern: {0,duration}" },
    { "a: [b]\n", ":1:4: here must be a mapping" },
    { "a.b: x\na:\n  b: y\n", ":3:6: a.b stands twice" },
  };
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "en.yaml", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_true (dk_write_file (AT_FDCWD, path, texts[i][0], strlen (texts[i][0]), 0600, NULL));
      g_assert_null (dk_messages_read (path, "en", &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
      if (strstr (error->message, texts[i][1]) == NULL)
        g_assert_cmpstr (error->message, ==, texts[i][1]);
    }
  fixture_remove_folder (folder);
}

static void
test_any_language_has_a_name_in_the_four (void)
{
  static const char *const names[][3] = {
    { "en", "ar", "Arabic" }, { "fr", "nl", "néerlandais" }, { "es", "ro", "rumano" }, { "hu", "sk", "szlovák" }
  };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = dk_language_name (names[i][0], names[i][1]);
      g_assert_cmpstr (name, ==, names[i][2]);
    }
  g_autofree char *none = dk_language_name ("en", "qq");
  g_assert_cmpstr (none, ==, "qq");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages/complete", test_every_language_has_every_sentence);
  g_test_add_func ("/messages/reasons", test_every_reason_code_has_a_sentence);
  g_test_add_func ("/messages/language", test_sentences_speak_the_language_asked_for);
  g_test_add_func ("/messages/choice", test_the_language_comes_from_the_option_or_the_environment);
  g_test_add_func ("/messages/lc-all", test_sentences_speak_the_language_asked_for);
  g_test_add_func ("/messages/posix", test_lc_all_is_heard_before_lc_messages_and_that_before_lang);
  g_test_add_func ("/messages/formats", test_numbers_and_dates_follow_the_language);
  g_test_add_func ("/messages/mixed", test_plurals_texts_and_dates_mix_in_every_language);
  g_test_add_func ("/messages/long", test_a_sentence_may_be_long);
  g_test_add_func ("/messages/utc", test_dates_are_shown_in_utc_whatever_the_zone);
  g_test_add_func ("/messages/type", test_an_argument_of_another_type_is_an_error_and_no_crash);
  g_test_add_func ("/messages/languages", test_any_language_has_a_name_in_the_four);
  g_test_add_func ("/messages/wrong", test_a_wrong_pattern_is_named_with_its_place);
  return g_test_run ();
}
