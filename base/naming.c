#include "base/naming.h"
#include <string.h>

#define NAME "{date}[ {kind}][ - {subject}][ - {sender}]"
#define FOLDER "{kind}/{subject}/{year}"
#define FOLDERS_DEEP 8
#define OWN_BYTES 80 /* the rest of a name is for values and what tells equal names apart */
#define REFUSED_IN_FOLDERS "\\:*?\"<>|"
#define REFUSED_IN_NAMES "/" REFUSED_IN_FOLDERS

const TemplateWord naming_words[NAMING_WORDS + 1] = {
  [NAMING_DATE] = { "date", .date = true, .kept = true },
  [NAMING_WRITTEN] = { "written", .date = true, .kept = true },
  [NAMING_RECEIVED] = { "received", .date = true, .kept = true },
  [NAMING_YEAR] = { "year", .kept = true },
  [NAMING_MONTH] = { "month", .kept = true },
  [NAMING_DAY] = { "day", .kept = true },
  [NAMING_KIND] = { "kind" },
  [NAMING_SUBJECT] = { "subject" },
  [NAMING_KIND_CODE] = { "kind_code", .kept = true },
  [NAMING_SUBJECT_CODE] = { "subject_code", .kept = true },
  [NAMING_NUMBER] = { "number", .kept = true, .tells_apart = true },
  [NAMING_CASE] = { "case", .kept = true, .tells_apart = true },
  [NAMING_SENDER] = { "sender", .tells_apart = true },
  [NAMING_EMAIL] = { "email", .tells_apart = true },
  [NAMING_PHONE] = { "phone", .tells_apart = true },
  [NAMING_CUSTOMER_NO] = { "customer_no", .kept = true, .tells_apart = true },
  [NAMING_ORDER_NO] = { "order_no", .kept = true, .tells_apart = true },
  [NAMING_INVOICE_NO] = { "invoice_no", .kept = true, .tells_apart = true },
  [NAMING_REFERENCE_NO] = { "reference_no", .kept = true, .tells_apart = true },
  [NAMING_AMOUNT] = { "amount", .kept = true },
  [NAMING_DEADLINE] = { "deadline", .date = true, .kept = true },
  [NAMING_LANGUAGE] = { "language", .kept = true },
  [NAMING_CHANNEL] = { "channel", .kept = true },
  [NAMING_PROFILE] = { "profile", .kept = true },
  [NAMING_OWNER] = { "owner" },
  [NAMING_ORIGINAL] = { "original", .tells_apart = true },
};

NamingWord
naming_word (const Template *template, unsigned place)
{
  return (NamingWord)(template_place (template, place)->word - naming_words);
}

void
naming_free (Naming *naming)
{
  if (naming == NULL)
    return;
  g_clear_pointer (&naming->name, template_free);
  g_clear_pointer (&naming->folder, template_free);
  g_hash_table_unref (naming->profiles);
  g_free (naming);
}

const Template *
naming_name (const Naming *naming, const char *profile)
{
  const Template *own = profile != NULL ? g_hash_table_lookup (naming->profiles, profile) : NULL;
  return own != NULL ? own : naming->name;
}

Template *
naming_parse_name (const char *text, char **wrong)
{
  g_autoptr (Template) template = template_parse (text, naming_words, REFUSED_IN_NAMES, wrong);
  if (template == NULL || template_own_bytes (template) <= OWN_BYTES)
    return g_steal_pointer (&template);
  *wrong = g_strdup_printf ("what stands outside of placeholders has more than %d bytes", OWN_BYTES);
  return NULL;
}

Template *
naming_parse_folder (const char *text, char **wrong)
{
  g_autoptr (Template) template = template_parse (text, naming_words, REFUSED_IN_FOLDERS, wrong);
  g_auto (GStrv) parts = g_strsplit (text, "/", -1);
  if (template == NULL || g_strv_length (parts) <= FOLDERS_DEEP)
    return g_steal_pointer (&template);
  *wrong = g_strdup_printf ("it has more than %d folders, one within the other", FOLDERS_DEEP);
  return NULL;
}

/* --- the configuration --- */

typedef Template *(*ParseFunc) (const char *text, char **wrong);

static bool
read_template (const YamlNode *node, const char *key, const char *text, ParseFunc parse, Template **template,
               GError **error)
{
  g_autofree char *wrong = NULL;
  Template *read = parse (text, &wrong);
  if (read == NULL)
    return yaml_throw (node, error, "%s: %s", key, wrong);
  g_clear_pointer (template, template_free);
  *template = read;
  return true;
}

/* The template at "name" of @mapping, untouched where there is none. */
static bool
want_name (const YamlNode *mapping, Template **template, GError **error)
{
  const YamlNode *node = yaml_get (mapping, "name");
  if (node == NULL || yaml_is_empty (node))
    return true;
  if (!yaml_is_scalar (node))
    return yaml_throw (node, error, "name must be a text between quotes, such as '{date} {kind}'");
  return read_template (node, "name", yaml_text (node), naming_parse_name, template, error);
}

static bool
read_profiles (Naming *naming, const YamlNode *root, GError **error)
{
  const YamlNode *profiles = yaml_get (root, "profiles");
  for (size_t i = 0; profiles != NULL && yaml_is_mapping (profiles) && i < yaml_size (profiles); i++)
    {
      const char *profile;
      Template *template = NULL;
      if (!want_name (yaml_at (profiles, i, &profile), &template, error))
        return false;
      if (template != NULL)
        g_hash_table_insert (naming->profiles, g_strdup (profile), template);
    }
  return true;
}

/* A list of words is the short way to write a template of them: [kind, year] for '{kind}/{year}'. */
static bool
want_folder (const YamlNode *root, Template **template, GError **error)
{
  g_auto (GStrv) parts = NULL;
  const YamlNode *node = yaml_get (root, "folder");
  if (node == NULL || yaml_is_empty (node))
    return true;
  if (yaml_is_scalar (node) && strpbrk (yaml_text (node), "{}[]") != NULL)
    return read_template (node, "folder", yaml_text (node), naming_parse_folder, template, error);
  if (!yaml_want_list (root, "folder", &parts, error))
    return false;
  if (parts == NULL || parts[0] == NULL)
    return yaml_throw (node, error, "folder needs at least one of kind, subject, year");
  g_autofree char *joined = g_strjoinv ("}/{", parts);
  g_autofree char *text = g_strconcat ("{", joined, "}", NULL);
  return read_template (node, "folder", text, naming_parse_folder, template, error);
}

static bool
read_folders (Naming *naming, const Config *config, GError **error)
{
  g_auto (GStrv) paths = config_paths (config, "taxonomy");
  for (char **path = paths; *path != NULL; path++)
    if (!want_folder (yaml_root (config_file (config, *path)), &naming->folder, error))
      return false;
  return true;
}

Naming *
naming_load (const Config *config, GError **error)
{
  g_autoptr (Naming) naming = g_new0 (Naming, 1);
  g_autofree char *wrong = NULL;
  naming->name = naming_parse_name (NAME, &wrong);
  naming->folder = naming_parse_folder (FOLDER, &wrong);
  naming->profiles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)template_free);
  const YamlNode *root = yaml_root (config_file (config, "docket.yaml"));
  return want_name (root, &naming->name, error) && read_profiles (naming, root, error)
                 && read_folders (naming, config, error)
             ? g_steal_pointer (&naming)
             : NULL;
}
