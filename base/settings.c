#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/messages.h"
#include "base/settings_numbers.h"
#include <fcntl.h>
#include <string.h>
#include <unicode/uloc.h>

#define PREFIX_LENGTH 8
#define PROFILE_NAME_LENGTH 64
#define POLL_S_MAX 3600

static const char *const languages[] = { "en", "fr", "es", "hu", NULL };
const char *const settings_channels[] = { "paper", "email", "file", "form", "fax", "counter", "phone", "social", NULL };
static const char *const received_words[] = { "today", "file_time", "previous_working_day", "ask", NULL };

/* What a country implies where docket.yaml says nothing. */
static const struct
{
  const char *country, *language, *zone, *policy;
} implied[] = {
  { "ES", "es", "Europe/Madrid", "ES-LEY10-2025" },
  { "FR", "fr", "Europe/Paris", "FR-ACPR" },
  { "HU", "hu", "Europe/Budapest", "HU-FGYTV" },
  { "GB", "en", "Europe/London", "GB-DISP" },
  { "US", "en", NULL, "US-CFPB" },
};

static void
profile_free (ConfigProfile *profile)
{
  g_free (profile->name);
  g_free (profile->channel);
  g_strfreev (profile->languages);
  g_free (profile->owner);
  g_free (profile->received);
  g_free (profile);
}

void
settings_free (Settings *settings)
{
  if (settings == NULL)
    return;
  g_free (settings->entity);
  g_free (settings->country);
  g_free (settings->language);
  g_free (settings->zone);
  g_free (settings->calendar);
  g_free (settings->prefix);
  g_free (settings->policy);
  g_strfreev (settings->languages);
  g_strfreev (settings->own);
  g_ptr_array_unref (settings->numbers);
  g_free (settings->customers);
  g_free (settings->outside_body);
  g_clear_pointer (&settings->profiles, g_ptr_array_unref);
  g_free (settings);
}

const ConfigProfile *
settings_profile (const Settings *settings, const char *name)
{
  for (guint i = 0; i < settings->profiles->len; i++)
    {
      const ConfigProfile *profile = g_ptr_array_index (settings->profiles, i);
      if (strcmp (profile->name, name) == 0)
        return profile;
    }
  return NULL;
}

/* --- words with a shape --- */

static bool
is_country (const char *text)
{
  g_autofree char *country = g_strndup (text, strcspn (text, "-"));
  bool known = false;
  for (const char *const *iso = uloc_getISOCountries (); *iso != NULL && !known; iso++)
    known = strcmp (*iso, country) == 0;
  const char *region = text + strlen (country);
  gsize length = strlen (region);
  return known
         && (length == 0
             || (length >= 2 && length <= 4 && strspn (region + 1, G_CSET_A_2_Z G_CSET_DIGITS) == length - 1));
}

/* A country, its region, a town: ES-AN-SEVILLA. */
static bool
is_calendar (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "-", -1);
  for (char **part = parts + 1; parts[0] != NULL && *part != NULL; part++)
    if (**part == '\0' || strspn (*part, G_CSET_A_2_Z G_CSET_DIGITS) != strlen (*part))
      return false;
  return parts[0] != NULL && is_country (parts[0]);
}

static bool
is_prefix (const char *text)
{
  gsize length = strlen (text);
  return length >= 1 && length <= PREFIX_LENGTH && g_ascii_isupper (text[0])
         && strspn (text, G_CSET_A_2_Z G_CSET_DIGITS) == length;
}

static bool
is_policy (const char *text)
{
  return text[0] != '\0' && strspn (text, G_CSET_A_2_Z G_CSET_DIGITS "-_") == strlen (text);
}

/* Names of a person or firm; anything on one line. */
static bool
is_line (const char *text)
{
  g_autofree char *escaped = dk_escape_name (text);
  return strcmp (escaped, text) == 0;
}

/* Reads the text at @key into *@value, if it is there, and checks it with @is_good. What is allowed is
 * the message refuse.yaml.@allowed. */
static bool
want_shaped (const YamlNode *mapping, const char *key, bool (*is_good) (const char *), const char *allowed,
             char **value, GError **error)
{
  const char *text = NULL;
  if (!yaml_want_text (mapping, key, &text, error))
    return false;
  if (text == NULL)
    return true;
  if (is_good (text))
    {
      g_free (*value);
      *value = g_strdup (text);
      return true;
    }
  g_autofree char *shown = yaml_shown (text), *name = g_strconcat ("refuse.yaml.", allowed, NULL);
  g_autofree char *form = dk_message (dk_spoken (), name, "");
  return yaml_refuse (yaml_get (mapping, key), error, "shape", "sss", key, shown, form);
}

/* A name alone: it never leads out of the folder. */
static bool
is_customer_file (const char *text)
{
  return strlen (text) <= 255 && g_str_has_suffix (text, ".csv") && strlen (text) > 4 && *text != '.'
         && strchr (text, '/') == NULL && g_utf8_validate (text, -1, NULL);
}

static bool
want_word (const YamlNode *mapping, const char *key, const char *const *allowed, char **value, GError **error)
{
  const char *word = NULL;
  if (!yaml_want_word (mapping, key, allowed, &word, error))
    return false;
  if (word != NULL)
    {
      g_free (*value);
      *value = g_strdup (word);
    }
  return true;
}

static bool
want_languages (const YamlNode *mapping, char ***value, GError **error)
{
  if (!yaml_want_list (mapping, "languages", value, error))
    return false;
  if (*value != NULL && **value == NULL)
    return yaml_refuse (yaml_get (mapping, "languages"), error, "no_language", "");
  for (char **language = *value; language != NULL && *language != NULL; language++)
    if (!g_strv_contains (languages, *language))
      {
        g_autofree char *shown = yaml_shown (*language);
        return yaml_refuse (yaml_get (mapping, "languages"), error, "bad_language", "s", shown);
      }
  return true;
}

static bool
want_unsigned (const YamlNode *mapping, const char *key, int64_t low, int64_t high, unsigned *value, GError **error)
{
  int64_t number = *value;
  if (!yaml_want_int (mapping, key, low, high, &number, error))
    return false;
  *value = (unsigned)number;
  return true;
}

/* --- profiles --- */

static bool
is_profile_name (const char *name)
{
  return strlen (name) <= PROFILE_NAME_LENGTH && (g_ascii_islower (name[0]) || g_ascii_isdigit (name[0]))
         && strspn (name, G_CSET_a_2_z G_CSET_DIGITS "_-") == strlen (name);
}

static ConfigProfile *
profile_new (const char *name)
{
  ConfigProfile *profile = g_new0 (ConfigProfile, 1);
  profile->name = g_strdup (name);
  profile->channel = g_strdup ("paper");
  profile->owner = g_strdup ("");
  profile->received = g_strdup ("today");
  profile->inotify = true;
  return profile;
}

static bool
read_profile (ConfigProfile *profile, const YamlNode *node, GError **error)
{
  static const char *const keys[]
      = { "channel", "languages", "owner", "poll_s", "received", "keep_taken", "inotify", "urgent", "name", NULL };
  return yaml_is_empty (node)
         || (yaml_check_keys (node, keys, error)
             && want_word (node, "channel", settings_channels, &profile->channel, error)
             && want_languages (node, &profile->languages, error)
             && want_shaped (node, "owner", is_line, "a_line", &profile->owner, error)
             && want_unsigned (node, "poll_s", 0, POLL_S_MAX, &profile->poll_s, error)
             && want_word (node, "received", received_words, &profile->received, error)
             && yaml_want_bool (node, "keep_taken", &profile->keep_taken, error)
             && yaml_want_bool (node, "inotify", &profile->inotify, error)
             && yaml_want_bool (node, "urgent", &profile->urgent, error));
}

static bool
read_profiles (Settings *settings, const YamlNode *root, GError **error)
{
  const YamlNode *profiles = yaml_get (root, "profiles");
  if (profiles != NULL && !yaml_is_mapping (profiles) && !yaml_is_empty (profiles))
    return yaml_refuse (profiles, error, "profiles", "");
  for (size_t i = 0; profiles != NULL && i < yaml_size (profiles); i++)
    {
      const char *name;
      const YamlNode *node = yaml_at (profiles, i, &name);
      g_autofree char *shown = yaml_shown (name);
      if (!is_profile_name (name))
        return yaml_refuse (yaml_key (profiles, i), error, "profile_name", "sd", shown, PROFILE_NAME_LENGTH);
      ConfigProfile *profile = profile_new (name);
      g_ptr_array_add (settings->profiles, profile);
      if (!read_profile (profile, node, error))
        return false;
    }
  if (settings_profile (settings, "default") == NULL)
    g_ptr_array_insert (settings->profiles, 0, profile_new ("default"));
  for (guint i = 0; i < settings->profiles->len; i++)
    {
      ConfigProfile *profile = g_ptr_array_index (settings->profiles, i);
      if (profile->languages == NULL)
        profile->languages = g_strdupv (settings->languages);
    }
  return true;
}

/* --- docket.yaml --- */

static void
set_default (char **value, const char *otherwise)
{
  if (*value == NULL)
    *value = g_strdup (otherwise);
}

const char *
settings_law (const char *country)
{
  for (gsize i = 0; i < G_N_ELEMENTS (implied); i++)
    if (strncmp (country, implied[i].country, 2) == 0)
      return implied[i].policy;
  return "";
}

static void
fill_in_what_the_country_implies (Settings *settings)
{
  g_autofree char *local_zone = dk_local_zone ();
  const char *language = "en", *zone = local_zone;
  for (gsize i = 0; i < G_N_ELEMENTS (implied); i++)
    if (strncmp (settings->country, implied[i].country, 2) == 0)
      {
        language = implied[i].language;
        zone = implied[i].zone != NULL ? implied[i].zone : local_zone;
      }
  set_default (&settings->language, language);
  set_default (&settings->zone, zone);
  set_default (&settings->policy, settings_law (settings->country));
  set_default (&settings->calendar, settings->country);
  set_default (&settings->prefix, "D");
  set_default (&settings->entity, "");
  set_default (&settings->customers, "");
  set_default (&settings->outside_body, "");
  if (settings->languages == NULL)
    settings->languages = g_strdupv ((char **)languages);
  if (settings->own == NULL)
    settings->own = g_new0 (char *, 1);
}

static bool
want_certain (Settings *settings, const YamlNode *root, GError **error)
{
  const YamlNode *node = yaml_get (root, "certain");
  g_autoptr (GError) wrong = NULL;
  if (node == NULL || g_strcmp0 (yaml_text (node), "auto") == 0)
    return true;
  settings->certain_auto = false;
  if (yaml_want_real (root, "certain", 0, 1, &settings->certain, &wrong))
    return true;
  g_autofree char *shown = yaml_shown (yaml_text (node));
  return yaml_refuse (node, error, "certain", "s", shown);
}

static bool
read_settings (Settings *settings, const YamlNode *root, GError **error)
{
  static const char *const keys[]
      = { "entity", "country", "language",  "zone",         "calendar",         "prefix",       "policy",
          "own",    "ascii",   "languages", "poll_s",       "certain",          "blind_check",  "profiles",
          "name",   "numbers", "customers", "second_stage", "close_after_days", "outside_body", NULL };
  const char *country;
  return yaml_check_keys (root, keys, error) && yaml_need_text (root, "country", &country, error)
         && want_shaped (root, "country", is_country, "a_country", &settings->country, error)
         && want_shaped (root, "entity", is_line, "a_line", &settings->entity, error)
         && want_shaped (root, "outside_body", is_line, "a_body", &settings->outside_body, error)
         && want_word (root, "language", languages, &settings->language, error)
         && want_shaped (root, "zone", dk_zone_is_known, "a_zone", &settings->zone, error)
         && want_shaped (root, "calendar", is_calendar, "a_calendar", &settings->calendar, error)
         && want_shaped (root, "prefix", is_prefix, "a_prefix", &settings->prefix, error)
         && want_shaped (root, "policy", is_policy, "a_pack", &settings->policy, error)
         && want_languages (root, &settings->languages, error) && yaml_want_list (root, "own", &settings->own, error)
         && settings_numbers_read (settings->numbers, root, error)
         && want_shaped (root, "customers", is_customer_file, "a_csv", &settings->customers, error)
         && yaml_want_bool (root, "ascii", &settings->ascii, error)
         && yaml_want_bool (root, "second_stage", &settings->second_stage, error)
         && want_unsigned (root, "close_after_days", 0, 3650, &settings->close_after_days, error)
         && want_unsigned (root, "poll_s", 1, POLL_S_MAX, &settings->poll_s, error)
         && want_certain (settings, root, error)
         && yaml_want_real (root, "blind_check", 0, 1, &settings->blind_check, error);
}

Settings *
settings_load (const Config *config, GError **error)
{
  g_autoptr (Settings) settings = g_new0 (Settings, 1);
  settings->poll_s = 2;
  settings->close_after_days = 30;
  settings->certain = 0.60;
  settings->certain_auto = true;
  settings->blind_check = 0.02;
  settings->numbers = g_ptr_array_new_with_free_func ((GDestroyNotify)settings_number_free);
  settings->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify)profile_free);
  const YamlNode *root = yaml_root (config_file (config, "docket.yaml"));
  if (!read_settings (settings, root, error))
    return NULL;
  fill_in_what_the_country_implies (settings);
  return read_profiles (settings, root, error) ? g_steal_pointer (&settings) : NULL;
}

char *
settings_template (const char *country, const char *language, GError **error)
{
  g_autofree char *folder = config_shipped_path ();
  g_autofree char *path = g_build_filename (folder, "docket.yaml", NULL);
  g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, LIMITS_CONFIG_BYTES, error);
  if (bytes == NULL)
    return NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  char *text = g_strndup (data != NULL ? data : "", size);
  const char *const pairs[][2] = { { "country", country }, { "language", language } };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (pairs[i][1] == NULL)
        continue;
      char *changed = config_text_with (text, pairs[i][0], pairs[i][1]);
      g_free (text);
      text = changed;
    }
  return text;
}
