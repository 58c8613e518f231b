#include "base/config.h"
#include "base/file.h"
#include "base/json.h"
#include "base/messages.h"
#include "tests/unit/fixture.h"
#include <fcntl.h>
#include <string.h>

static void
put (const char *folder, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *whole = g_build_filename (folder, path, NULL);
  g_autofree char *parent = g_path_get_dirname (whole);
  g_assert_true (dk_make_dirs (AT_FDCWD, parent, &error));
  g_assert_true (dk_write_file (AT_FDCWD, whole, text, strlen (text), 0600, &error));
}

static Config *
config_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  put (folder, "docket.yaml", text);
  Config *config = config_read (folder, &error);
  g_assert_no_error (error);
  fixture_remove_folder (folder);
  return config;
}

static void
expect_settings_error (const char *text, const char *message)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of (text);
  g_autoptr (Settings) settings = settings_load (config, &error);
  g_assert_null (settings);
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  if (!g_str_has_prefix (error->message, message))
    g_assert_cmpstr (error->message, ==, message);
}

static void
test_only_yaml_files_of_the_known_folders_are_read (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  put (folder, "docket.yaml", "country: ES\n");
  put (folder, "calendars/FR.yaml", "a: 1\n");
  put (folder, "calendars/ES.yaml", "a: 2\n");
  put (folder, "calendars/.ES.yaml", "{");
  put (folder, "calendars/ES.yaml~", "{");
  put (folder, "calendars/#ES.yaml#", "{");
  put (folder, "inbox/letter.yaml", "{");
  put (folder, "notes.yaml", "{");
  g_autoptr (Config) config = config_read (folder, &error);
  g_assert_no_error (error);
  g_auto (GStrv) paths = config_paths (config, "calendars");
  g_assert_cmpuint (g_strv_length (paths), ==, 2);
  g_assert_cmpstr (paths[0], ==, "calendars/ES.yaml");
  g_assert_cmpstr (yaml_text (yaml_get (yaml_root (config_file (config, paths[1])), "a")), ==, "1");
  g_assert_null (config_file (config, "notes.yaml"));
  fixture_remove_folder (folder);
}

static void
test_kept_bytes_give_the_same_configuration (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("country: ES # tőke\nentity: \"é\"\n");
  g_autoptr (GBytes) bytes = config_bytes (config);
  g_autoptr (Config) again = config_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes_again = config_bytes (again);
  g_assert_true (g_bytes_equal (bytes, bytes_again));
  g_assert_cmpstr (config_digest (config), ==, config_digest (again));
  g_assert_cmpuint (strlen (config_digest (config)), ==, 64);
}

static void
test_files_read_again_are_those_read_before_while_they_are_held (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  put (folder, "docket.yaml", "country: ES\n");
  put (folder, "calendars/ES.yaml", "a: 1\n");
  g_autoptr (Config) first = config_read (folder, &error);
  put (folder, "calendars/ES.yaml", "a: 2\n");
  g_autoptr (Config) second = config_read (folder, &error);
  g_assert_no_error (error);
  g_assert_true (config_file (first, "docket.yaml") == config_file (second, "docket.yaml"));
  g_clear_pointer (&second, config_unref);
  g_assert_cmpstr (yaml_text (yaml_get (yaml_root (config_file (first, "calendars/ES.yaml")), "a")), ==, "1");
  g_autoptr (Config) third = config_read (folder, &error);
  g_assert_cmpstr (yaml_text (yaml_get (yaml_root (config_file (third, "calendars/ES.yaml")), "a")), ==, "2");
  g_assert_cmpstr (config_digest (first), !=, config_digest (third));
  fixture_remove_folder (folder);
}

/* All that can be asked of @config. */
static char *
told_by (const Config *config)
{
  GString *told = g_string_new (config_digest (config));
  g_auto (GStrv) paths = config_paths (config, "vocabulary");
  for (char **path = paths; *path != NULL; path++)
    {
      const YamlNode *root = yaml_root (config_file (config, *path));
      const YamlNode *list = yaml_get (root, "list"), *inner = yaml_get (root, "inner");
      inner = inner != NULL ? yaml_get (inner, "word") : NULL;
      g_autofree char *place = inner != NULL ? yaml_place (inner) : g_strdup ("");
      g_string_append_printf (told, "\n%s %s|%zu|%s|%s|%d", *path, config_text (config, *path), yaml_size (root),
                              inner != NULL ? yaml_text (inner) : "", place,
                              yaml_get (root, "none") != NULL && yaml_is_empty (yaml_get (root, "none")));
      for (size_t i = 0; list != NULL && i < yaml_size (list); i++)
        g_string_append_printf (told, " %s", yaml_text (yaml_at (list, i, NULL)));
    }
  return g_string_free (told, FALSE);
}

static const char rich[] = "none:\ninner: { word: 'two words' }\nlist: [é, ~, \"\"]\n"
                           "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\ng: 7\n";

static void
test_a_configuration_that_was_packed_tells_all_it_told (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  put (folder, "docket.yaml", "entity: Kept\n");
  put (folder, "vocabulary/one.yaml", rich);
  put (folder, "vocabulary/two.yaml", "");
  Config *config = config_read (folder, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) packed = config_pack (config);
  g_autofree char *before = told_by (config);
  config_unref (config);
  g_autoptr (Config) unpacked = config_unpack (packed, &error);
  g_assert_no_error (error);
  g_autofree char *after = told_by (unpacked);
  g_assert_cmpstr (after, ==, before);
  g_autoptr (GBytes) bytes = config_bytes (unpacked);
  g_autoptr (Config) again = config_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config_digest (again), ==, config_digest (unpacked));
  fixture_remove_folder (folder);
}

static void
test_packed_bytes_that_are_cut_or_changed_are_refused_or_harmless (void)
{
  g_autoptr (GError) error = NULL;
  Config *config = config_of (rich);
  g_autoptr (GBytes) packed = config_pack (config);
  config_unref (config);
  gsize size;
  const char *bytes = g_bytes_get_data (packed, &size);
  for (gsize i = 0; i < size; i++)
    {
      g_autofree char *copy = g_memdup2 (bytes, size);
      g_autoptr (GBytes) cut = g_bytes_new (copy, i);
      g_assert_null (config_unpack (cut, NULL));
      copy[i] ^= 0x55;
      g_autoptr (GBytes) changed = g_bytes_new (copy, size);
      g_autoptr (Config) taken = config_unpack (changed, &error);
      g_assert_true (taken != NULL || g_error_matches (error, DK_ERROR, DK_ERROR_INVALID));
      g_clear_error (&error);
    }
}

static void
test_what_was_kept_is_read_as_long_as_the_files_say_it (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  put (folder, "docket.yaml", "entity: Kept\n");
  put (folder, "vocabulary/one.yaml", rich);
  put (folder, "tmp/x", "");
  Config *config = config_read (folder, &error);
  g_assert_true (config_keep (config, folder, &error));
  g_autofree char *before = told_by (config);
  config_unref (config);
  Config *kept = config_read (folder, &error);
  g_autofree char *after = told_by (kept);
  g_assert_cmpstr (after, ==, before);
  config_unref (kept);
  put (folder, "vocabulary/one.yaml", "list: [new]\n");
  Config *changed = config_read (folder, &error);
  g_assert_cmpstr (
      yaml_text (yaml_at (yaml_get (yaml_root (config_file (changed, "vocabulary/one.yaml")), "list"), 0, NULL)), ==,
      "new");
  g_assert_cmpstr (config_text (changed, "docket.yaml"), ==, "entity: Kept\n");
  config_unref (changed);
  put (folder, "tmp/configuration.kept", "rubbish that is longer than a digest, which has thirty-two bytes");
  Config *parsed = config_read (folder, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config_text (parsed, "vocabulary/one.yaml"), ==, "list: [new]\n");
  config_unref (parsed);
  fixture_remove_folder (folder);
}

static void
test_a_damaged_file_is_named_with_its_place (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  put (folder, "docket.yaml", "country: ES\n");
  put (folder, "vocabulary/a.yaml", "a: 1\na: 2\n");
  g_autoptr (Config) config = config_read (folder, &error);
  g_assert_null (config);
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  g_assert_true (g_str_has_prefix (error->message, "vocabulary/a.yaml:2:1: "));
  fixture_remove_folder (folder);
}

static void
test_a_folder_without_docket_yaml_is_not_found (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  g_autoptr (Config) config = config_read (folder, &error);
  g_assert_null (config);
  g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
  fixture_remove_folder (folder);
}

static void
test_a_yml_file_is_not_passed_over_in_silence (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  put (folder, "docket.yaml", "country: ES\n");
  put (folder, "policies/a.yml", "");
  g_autoptr (Config) config = config_read (folder, &error);
  g_assert_null (config);
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  fixture_remove_folder (folder);
}

static void
test_a_value_is_set_and_comments_stay (void)
{
  g_autofree char *set = config_text_with ("# country: no\ncountry: ES  # where\nb: 1", "country", "FR");
  g_assert_cmpstr (set, ==, "# country: no\ncountry: FR  # where\nb: 1");
  g_autofree char *empty = config_text_with ("zone:\nb: 1\n", "zone", "Europe/Paris");
  g_assert_cmpstr (empty, ==, "zone: Europe/Paris\nb: 1\n");
  g_autofree char *added = config_text_with ("b: 1", "entity", "L'été: a");
  g_assert_cmpstr (added, ==, "b: 1\nentity: 'L''été: a'\n");
}

static void
test_a_country_implies_what_is_not_said (void)
{
  static const char *const expected[][5] = {
    { "ES-AN", "es", "Europe/Madrid", "ES-AN", "ES-LEY10-2025" },
    { "FR", "fr", "Europe/Paris", "FR", "FR-ACPR" },
    { "HU", "hu", "Europe/Budapest", "HU", "HU-FGYTV" },
    { "GB", "en", "Europe/London", "GB", "GB-DISP" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strdup_printf ("country: %s\n", expected[i][0]);
      g_autoptr (Config) config = config_of (text);
      g_autoptr (Settings) settings = settings_load (config, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (settings->language, ==, expected[i][1]);
      g_assert_cmpstr (settings->zone, ==, expected[i][2]);
      g_assert_cmpstr (settings->calendar, ==, expected[i][3]);
      g_assert_cmpstr (settings->policy, ==, expected[i][4]);
      g_assert_cmpstr (settings->prefix, ==, "D");
      g_assert_cmpuint (g_strv_length (settings->languages), ==, 4);
      g_assert_cmpuint (settings->profiles->len, ==, 1);
    }
}

static void
test_what_is_said_wins_over_the_country (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config
      = config_of ("country: DE\nlanguage: hu\nzone: Europe/Berlin\nprefix: ACME1\npolicy: OWN\nascii: true\n"
                   "certain: 0.8\npoll_s: 5\nlanguages: [hu]\nown: ['a@b', c]\nprofiles:\n  post:\n    channel: email\n"
                   "    received: file_time\n    keep_taken: true\n    inotify: false\n    urgent: true\n    owner: "
                   "Éva\n    poll_s: 30\n");
  g_autoptr (Settings) settings = settings_load (config, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (settings->zone, ==, "Europe/Berlin");
  g_assert_cmpstr (settings->prefix, ==, "ACME1");
  g_assert_true (settings->ascii);
  g_assert_cmpuint (settings->poll_s, ==, 5);
  g_assert_cmpuint (g_strv_length (settings->own), ==, 2);
  const ConfigProfile *profile = settings_profile (settings, "post");
  g_assert_cmpstr (profile->channel, ==, "email");
  g_assert_cmpstr (profile->languages[0], ==, "hu");
  g_assert_cmpstr (profile->owner, ==, "Éva");
  g_assert_true (profile->keep_taken);
  g_assert_false (profile->inotify);
  g_assert_true (profile->urgent);
  g_assert_false (settings_profile (settings, "default")->urgent);
  g_assert_cmpuint (profile->poll_s, ==, 30);
  g_assert_true (settings_profile (settings, "default")->inotify);
  g_assert_null (settings_profile (settings, "none"));
}

static void
test_wrong_settings_are_named_with_what_is_allowed (void)
{
  static const char *const cases[][2] = {
    { "", "docket.yaml:1:1: the key country is missing here" },
    { "country: UK\n", "docket.yaml:1:10: country is \"UK\"; allowed is a code of ISO 3166" },
    { "country: ES\ncontry: FR\n", "docket.yaml:2:1: unknown key \"contry\"; allowed are entity" },
    { "country: ES\nlanguage: de\n", "docket.yaml:2:11: language is \"de\"; allowed are en, fr, es, hu" },
    { "country: ES\nzone: Europe/Madird\n", "docket.yaml:2:7: zone is" },
    { "country: ES\nprefix: 1A\n", "docket.yaml:2:9: prefix is" },
    { "country: ES\nlanguages: [en, de]\n", "docket.yaml:2:12: languages holds \"de\"" },
    { "country: ES\nlanguages: []\n", "docket.yaml:2:12: languages must name" },
    { "country: ES\ncertain: 60\n", "docket.yaml:2:10: certain is \"60\"; allowed is auto, or a number from 0 to 1" },
    { "country: ES\npoll_s: 0\n", "docket.yaml:2:9: poll_s" },
    { "country: ES\nprofiles:\n  ../x:\n", "docket.yaml:3:3: profile \"../x\"" },
    { "country: ES\nprofiles:\n  a:\n    recieved: ask\n", "docket.yaml:4:5: unknown key" },
    { "country: ES\nprofiles: [a]\n", "docket.yaml:2:11: profiles must be a mapping" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_settings_error (cases[i][0], cases[i][1]);
}

static void
test_wrong_settings_are_told_in_the_language_of_the_process (void)
{
  dk_speak ("fr");
  expect_settings_error ("country: ES\ncontry: FR\n", "docket.yaml:2:1: clé inconnue « contry »");
  dk_speak ("es");
  expect_settings_error ("country: UK\n", "docket.yaml:1:10: country es «UK»; se admite un código ISO 3166");
  dk_speak ("hu");
  expect_settings_error ("country: ES\npoll_s: 0\n",
                         "docket.yaml:2:9: poll_s: „0”; megengedett egy egész szám 1 és 3600 között");
  dk_speak ("en");
}

static void
test_the_shipped_file_is_valid_in_every_country_and_language (void)
{
  static const char *const choices[][2]
      = { { "FR", "fr" }, { "HU", "hu" }, { "ES-AN", "en" }, { "GB", NULL }, { NULL, NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = settings_template (choices[i][0], choices[i][1], &error);
      g_assert_no_error (error);
      g_assert_nonnull (strstr (text, "# The name of the firm"));
      g_autoptr (Config) config = config_of (text);
      g_autoptr (Settings) settings = settings_load (config, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (settings->country, ==, choices[i][0] != NULL ? choices[i][0] : "ES");
      if (choices[i][1] != NULL)
        g_assert_cmpstr (settings->language, ==, choices[i][1]);
      g_assert_nonnull (settings_profile (settings, "default"));
    }
}

static void
test_files_are_added_replaced_and_taken_out (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("entity: Before\n");
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (texts, (char *)"vocabulary/own.yaml", (char *)"scheme: own\n");
  g_autoptr (Config) more = config_with (config, texts, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config_text (more, "vocabulary/own.yaml"), ==, "scheme: own\n");
  g_assert_cmpstr (config_text (more, "docket.yaml"), ==, "entity: Before\n");
  g_assert_null (config_text (config, "vocabulary/own.yaml"));
  g_hash_table_insert (texts, (char *)"vocabulary/own.yaml", NULL);
  g_autoptr (Config) less = config_with (more, texts, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config_digest (less), ==, config_digest (config));
  g_hash_table_insert (texts, (char *)"vocabulary/own.yaml", (char *)"[");
  g_assert_null (config_with (config, texts, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
}

/* --- a store that is older than docket --- */

#define OLD_SIGNS "scheme: sign\nconcepts:\n  negation: {label: {en: not}}\n"

/* A store with @signs beside a vocabulary that docket came with, which is @shipped; read with what completes it. */
static Config *
store_beside (const char *shipped, const char *signs, GError **error)
{
  char *folder = fixture_folder ();
  g_autofree char *data = g_build_filename (folder, "data", NULL), *store = g_build_filename (folder, "store", NULL);
  put (data, "vocabulary/kinds.yaml",
       "# the company's\nscheme: kind\nconcepts:\n  complaint: {label: {en: complaint}}\n");
  put (data, "vocabulary/subjects.yaml", "scheme: subject\nconcepts:\n  delivery: {label: {en: delivery}}\n");
  put (data, "vocabulary/signs.yaml", shipped);
  put (store, "docket.yaml", "country: ES\n");
  put (store, "tmp/x", "");
  if (signs != NULL)
    put (store, "vocabulary/words.yaml", signs);
  g_setenv ("DOCKET_DATA", data, TRUE);
  Config *first = config_read_store (store, error);
  if (first != NULL && config_keep (first, store, error))
    {
      Config *again = config_read_store (store, error);
      g_assert_cmpstr (config_digest (again), ==, config_digest (first));
      config_unref (first);
      first = again;
    }
  g_unsetenv ("DOCKET_DATA");
  fixture_remove_folder (folder);
  return first;
}

static void
test_what_a_store_lacks_of_the_words_that_docket_reads_by_came_with_docket (void)
{
  static const char shipped[] = OLD_SIGNS "  contrast: {label: {en: but}}\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = store_beside (shipped, OLD_SIGNS, &error);
  g_assert_no_error (error);
  g_auto (GStrv) paths = config_paths (config, CONFIG_COMPLETED);
  g_assert_cmpuint (g_strv_length (paths), ==, 1); /* neither kinds nor subjects, which are the company's */
  g_assert_cmpstr (config_text (config, CONFIG_COMPLETED "/signs.yaml"), ==, shipped);
  g_autoptr (GBytes) bytes = config_bytes (config);
  g_autoptr (Config) kept = config_from_bytes (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config_text (kept, CONFIG_COMPLETED "/signs.yaml"), ==, shipped);
}

static void
test_a_store_that_lacks_nothing_is_what_its_files_say (void)
{
  static const char *const own[] = {
    OLD_SIGNS "  contrast: {label: {en: but}}\n",                           /* word for word */
    OLD_SIGNS "  contrast: {label: {en: but}}\n  mine: {label: {en: m}}\n", /* and more */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Config) config = store_beside (OLD_SIGNS "  contrast: {label: {en: but}}\n", own[i], &error);
      g_assert_no_error (error);
      g_auto (GStrv) paths = config_paths (config, CONFIG_COMPLETED);
      g_assert_cmpuint (g_strv_length (paths), ==, 0);
    }
}

static void
test_a_configuration_is_completed_anew_when_its_files_change (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) before = store_beside (OLD_SIGNS "  contrast: {label: {en: but}}\n", NULL, &error);
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_assert_no_error (error);
  g_assert_nonnull (config_text (before, CONFIG_COMPLETED "/signs.yaml"));
  g_hash_table_insert (texts, (char *)"vocabulary/all.yaml", (char *)"scheme: own\nconcepts: {}\n");
  g_autoptr (Config) with = config_with (before, texts, &error);
  g_autoptr (Config) after = config_completed (with, &error); /* by conf/, whose signs are others */
  g_assert_no_error (error);
  g_assert_null (strstr (config_text (after, CONFIG_COMPLETED "/signs.yaml"), "contrast: {label: {en: but}}"));
  g_assert_nonnull (config_text (after, CONFIG_COMPLETED "/fields.yaml"));
  g_assert_nonnull (config_text (after, "vocabulary/all.yaml"));
}

static void
test_a_store_is_not_read_where_the_files_of_docket_cannot_be (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  g_autofree char *none = g_build_filename (folder, "none", NULL);
  put (folder, "docket.yaml", "country: ES\n");
  g_setenv ("DOCKET_DATA", none, TRUE);
  g_assert_null (config_read_store (folder, &error));
  g_unsetenv ("DOCKET_DATA");
  g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "what came with docket"));
  fixture_remove_folder (folder);
}

/* Kept blobs name a configuration by these bytes. */
static void
test_bytes_are_the_canonical_object_of_all_files (void)
{
  static const char *const texts[][2]
      = { { "docket.yaml", "country: GB # \"quoted\" \\ back\ttab \x7F \u0151 \U0001F600\n" },
          { "calendars/a.yaml", "{}\r\n" },
          { "vocabulary/z.yaml", "scheme: kind\n" } };
  g_autofree char *folder = g_dir_make_tmp ("config-XXXXXX", NULL);
  g_autoptr (json_t) object = json_object ();
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      put (folder, texts[i][0], texts[i][1]);
      json_object_set_new (object, texts[i][0], json_string (texts[i][1]));
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_read (folder, &error);
  g_assert_no_error (error);
  g_autofree char *expected = dk_json_canonical (object);
  g_autoptr (GBytes) bytes = config_bytes (config);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected, strlen (expected));
}

/* As jansson writes them. */
static void
test_every_sign_of_a_string_is_escaped_as_in_other_json (void)
{
  for (gunichar c = 1; c < 0x180; c++)
    {
      char text[16] = "a";
      text[1 + g_unichar_to_utf8 (c, text + 1)] = '\0';
      g_autoptr (json_t) value = json_array ();
      json_array_append_new (value, json_string (text));
      g_autofree char *expected = dk_json_canonical (value);
      g_autoptr (GString) written = g_string_new ("[");
      dk_json_append_string (written, text);
      g_string_append_c (written, ']');
      g_assert_cmpstr (written->str, ==, expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/config/older/lacks", test_what_a_store_lacks_of_the_words_that_docket_reads_by_came_with_docket);
  g_test_add_func ("/config/older/lacks-nothing", test_a_store_that_lacks_nothing_is_what_its_files_say);
  g_test_add_func ("/config/older/anew", test_a_configuration_is_completed_anew_when_its_files_change);
  g_test_add_func ("/config/older/no-data", test_a_store_is_not_read_where_the_files_of_docket_cannot_be);
  g_test_add_func ("/config/files", test_only_yaml_files_of_the_known_folders_are_read);
  g_test_add_func ("/config/bytes", test_kept_bytes_give_the_same_configuration);
  g_test_add_func ("/config/again", test_files_read_again_are_those_read_before_while_they_are_held);
  g_test_add_func ("/config/packed", test_a_configuration_that_was_packed_tells_all_it_told);
  g_test_add_func ("/config/packed/damaged", test_packed_bytes_that_are_cut_or_changed_are_refused_or_harmless);
  g_test_add_func ("/config/kept", test_what_was_kept_is_read_as_long_as_the_files_say_it);
  g_test_add_func ("/config/damaged", test_a_damaged_file_is_named_with_its_place);
  g_test_add_func ("/config/missing", test_a_folder_without_docket_yaml_is_not_found);
  g_test_add_func ("/config/yml", test_a_yml_file_is_not_passed_over_in_silence);
  g_test_add_func ("/config/with", test_files_are_added_replaced_and_taken_out);
  g_test_add_func ("/config/set", test_a_value_is_set_and_comments_stay);
  g_test_add_func ("/settings/implied", test_a_country_implies_what_is_not_said);
  g_test_add_func ("/settings/said", test_what_is_said_wins_over_the_country);
  g_test_add_func ("/settings/wrong", test_wrong_settings_are_named_with_what_is_allowed);
  g_test_add_func ("/settings/wrong-language", test_wrong_settings_are_told_in_the_language_of_the_process);
  g_test_add_func ("/settings/shipped", test_the_shipped_file_is_valid_in_every_country_and_language);
  g_test_add_func ("/config/canonical", test_bytes_are_the_canonical_object_of_all_files);
  g_test_add_func ("/config/escapes", test_every_sign_of_a_string_is_escaped_as_in_other_json);
  return g_test_run ();
}
