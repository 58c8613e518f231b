#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"
#include "base/messages.h"
#include "base/messages_format.h"
#include "base/record.h"
#include "tests/unit/fixture.h"
#include <fcntl.h>
#include <string.h>

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
  MessageArgument none = { .type = MESSAGE_INTEGER, .integer = 0 };
  MessageArgument two = { .type = MESSAGE_REAL, .real = 2 };
  MessageArgument day = { .type = MESSAGE_DATE, .real = (double)dk_day (2026, 3, 14) * 86400e3 };
  MessageArgument text = { .type = MESSAGE_TEXT, .text = "{0} é" };
  expect_text ("en", plural, none, "0 pages");
  expect_text ("fr", plural, none, "0 page");
  expect_text ("en", plural, two, "2 pages");
  expect_text ("es", "{0,date,long}", day, "14 de marzo de 2026");
  expect_text ("hu", "{0,date,long}", day, "2026. március 14.");
  expect_text ("fr", "« {0} »", text, "« {0} é »");
}

static void
test_an_argument_of_another_type_is_an_error_and_no_crash (void)
{
  g_autoptr (GError) error = NULL;
  MessageArgument text = { .type = MESSAGE_TEXT, .text = "x" };
  g_autofree char *made = dk_format_pattern ("en", "{0,plural,other{#}}", &text, 1, &error);
  g_assert_null (made);
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
}

static void
test_a_wrong_pattern_is_named_with_its_place (void)
{
  static const char *const texts[][2] = {
    { "a:\n  b: 'x {0'\n", ":2:6: a.b: not a message pattern" },
    { "a: it's\n", ":1:4: a has a straight apostrophe" },
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages/complete", test_every_language_has_every_sentence);
  g_test_add_func ("/messages/reasons", test_every_reason_code_has_a_sentence);
  g_test_add_func ("/messages/language", test_sentences_speak_the_language_asked_for);
  g_test_add_func ("/messages/choice", test_the_language_comes_from_the_option_or_the_environment);
  g_test_add_func ("/messages/formats", test_numbers_and_dates_follow_the_language);
  g_test_add_func ("/messages/type", test_an_argument_of_another_type_is_an_error_and_no_crash);
  g_test_add_func ("/messages/wrong", test_a_wrong_pattern_is_named_with_its_place);
  return g_test_run ();
}
