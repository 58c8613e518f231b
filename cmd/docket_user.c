/* docket user - who works here: one file for each, users/NAME.yaml, which people may edit as well. */
#include "base/file.h"
#include "base/limits.h"
#include "cases/handover.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "cmd/values.h"
#include "pipeline/configuration.h"
#include "pipeline/wake.h"
#include "store/versions.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NO_CAPACITY G_MININT /* none was typed */

typedef struct
{
  Command command;
  char *title, *languages, *role, *from, *to, *substitute;
  int capacity;
  Store *store;
  Config *config; /* as the files say */
  Settings *settings;
  Allocation *allocation;
  DkDay today;
} UserCommand;

static void
user_command_clear (UserCommand *user)
{
  char *texts[] = { user->title, user->languages, user->role, user->from, user->to, user->substitute };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&user->allocation, allocation_free);
  g_clear_pointer (&user->settings, settings_free);
  g_clear_pointer (&user->config, config_unref);
  g_clear_pointer (&user->store, store_free);
  command_clear (&user->command);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (UserCommand, user_command_clear)

/* --- list --- */

static const char *
state_of (const UserCommand *command, const User *user)
{
  return user == NULL ? "unknown" : allocation_absence (user, command->today) != NULL ? "absent" : "present";
}

/* Absences of which a day is still to come. Owned by the caller. */
static json_t *
absences_json (const UserCommand *command, const User *user)
{
  json_t *list = json_array ();
  for (guint i = 0; user != NULL && i < user->absences->len; i++)
    {
      const Absence *one = user->absences->pdata[i];
      g_autofree char *from = dk_day_format (one->from), *to = dk_day_format (one->to);
      if (one->to >= command->today)
        json_array_append_new (list,
                               json_pack ("{s:s, s:s, s:s?}", "from", from, "to", to, "substitute", one->substitute));
    }
  return list;
}

static void
add_part (GString *line, char *part)
{
  g_autofree char *plain = command_plain (part);
  g_string_append_printf (line, "%s%s", line->len > 0 ? "; " : "", plain);
  g_free (part);
}

/* What the file of @user says, on a line below; nothing where it says nothing. */
static void
print_details (const UserCommand *command, const User *user)
{
  const char *language = command->command.language;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *languages = user->languages != NULL ? g_strjoinv (", ", user->languages) : g_strdup ("");
  g_autoptr (json_t) absences = absences_json (command, user);
  size_t i;
  const json_t *one;
  if (user->title != NULL)
    add_part (line, g_strdup (user->title));
  if (user->lead)
    add_part (line, say_text (language, "user.lead", ""));
  if (*languages != '\0')
    add_part (line, g_strdup (languages));
  if (user->capacity >= 0)
    add_part (line, say_text (language, "user.capacity", "l", user->capacity));
  json_array_foreach (absences, i, one)
  {
    const char *other = dk_json_string (one, "substitute", "");
    add_part (line, say_text (language, *other != '\0' ? "user.away_for" : "user.away", "sss",
                              dk_json_string (one, "from", ""), dk_json_string (one, "to", ""), other));
  }
  if (line->len > 0)
    printf ("    %s\n", line->str);
}

static void
print_user (const UserCommand *command, const char *name, int64_t open)
{
  const User *user = allocation_user (command->allocation, name);
  const Absence *absence = user != NULL ? allocation_absence (user, command->today) : NULL;
  const User *other = absence != NULL ? allocation_stand_in (command->allocation, user, command->today) : NULL;
  const char *state = state_of (command, user);
  if (command->command.json)
    {
      json_t *languages = json_array ();
      for (char **l = user != NULL ? user->languages : NULL; l != NULL && *l != NULL; l++)
        json_array_append_new (languages, json_string (*l));
      command_print_json (
          json_pack ("{s:s, s:s, s:I, s:s?, s:b, s:I, s:o, s:o, s:s?, s:s?}", "user", name, "state", state, "open",
                     (json_int_t)open, "title", user != NULL ? user->title : NULL, "lead", user != NULL && user->lead,
                     "capacity", (json_int_t)(user != NULL ? user->capacity : -1), "absences",
                     absences_json (command, user), "languages", languages, "substitute",
                     absence != NULL ? absence->substitute : NULL, "stands_in", other != NULL ? other->name : NULL));
      return;
    }
  g_autofree char *word = report_label (command->command.language, "user_state", state);
  g_autofree char *plain = command_plain (*name != '\0' ? name : "–");
  say (command->command.language,
       absence == NULL ? "user.row"
       : other != NULL ? "user.stands_in"
                       : "user.alone",
       "ssls", plain, word, open, other != NULL ? other->name : "");
  if (user != NULL)
    print_details (command, user);
}

static bool
is_listed (const GPtrArray *loads, const char *name)
{
  for (guint i = 0; i < loads->len; i++)
    if (strcmp (((const StoreLoad *)loads->pdata[i])->owner, name) == 0)
      return true;
  return false;
}

/* Whom rules and teams name and who is no user: they get nothing. Those in @unowned are listed already. */
static bool
list_unknown (const UserCommand *command, const GPtrArray *unowned)
{
  g_auto (GStrv) names = allocation_unknown (command->allocation);
  for (char **name = names; *name != NULL; name++)
    if (!is_listed (unowned, *name))
      print_user (command, *name, 0);
  return true;
}

static bool
list (UserCommand *command, GError **error)
{
  const GPtrArray *users = allocation_users (command->allocation);
  if (users->len == 0 && !command->command.json)
    say (command->command.language, "user.none", "");
  for (guint i = 0; i < users->len; i++)
    {
      int64_t open;
      const User *user = users->pdata[i];
      if (!store_load_of (command->store, user->name, &open, error))
        return false;
      print_user (command, user->name, open);
    }
  g_autoptr (GPtrArray) unowned = allocation_unowned (command->store, command->allocation, error);
  for (guint i = 0; unowned != NULL && i < unowned->len; i++)
    print_user (command, ((const StoreLoad *)unowned->pdata[i])->owner, ((const StoreLoad *)unowned->pdata[i])->open);
  return unowned != NULL && list_unknown (command, unowned);
}

/* --- files --- */

/* Makes the files, as they were read, the configuration in force, where they are valid: who is a user is known then,
 * whether docketd runs or not. */
static bool
adopt (UserCommand *command, GError **error)
{
  int64_t id;
  g_autoptr (PipelineConfiguration) valid = pipeline_configuration_load (command->config, error);
  return valid != NULL && store_config_adopt (command->store, command->config, &id, error);
}

/* Whether the file @path still says what it said when it was read: nobody else's change may be lost. */
static bool
is_as_read (const UserCommand *command, const char *path, GError **error)
{
  g_autoptr (GBytes) now = dk_read_file (store_dir (command->store), path, LIMITS_CONFIG_BYTES, NULL);
  const char *read = config_text (command->config, path);
  gsize size = 0;
  const char *text = now != NULL ? g_bytes_get_data (now, &size) : NULL;
  bool same = text == NULL || read == NULL ? text == NULL && read == NULL
                                           : strlen (read) == size && memcmp (read, text, size) == 0;
  return same || dk_refuse (error, DK_ERROR_STALE, "file_stale", "s", path);
}

/* Writes or removes the file; a transaction, of which nothing is kept, keeps others who do the same waiting. */
static bool
put_file (const UserCommand *command, const char *path, const char *text, GError **error)
{
  g_autofree char *actor = command_actor ();
  int dir = store_dir (command->store);
  g_autoptr (StoreTransaction) turn = store_begin (command->store, actor, error);
  if (turn == NULL || !is_as_read (command, path, error))
    return false;
  if (text != NULL)
    return dk_write_file (dir, path, text, strlen (text), 0644, error);
  return unlinkat (dir, path, 0) == 0 || dk_throw_errno (error, "remove %s", path);
}

/* What is @wrong in the file @path that is not written yet stood on the command line. Returns false. */
static bool
blame_typed (const char *path, const GError *wrong, GError **error)
{
  const char *sentence = g_str_has_prefix (wrong->message, path) ? strstr (wrong->message, ": ") : NULL;
  return sentence != NULL ? dk_throw (error, DK_ERROR_USAGE, "%s", sentence + strlen (": "))
                          : dk_throw (error, DK_ERROR_CONFIG, "%s", wrong->message);
}

/* Gives the file of @name the @text (NULL: no file any more), if the configuration is valid then, which is in force at
 * once; whose cases have no owner, or have one again, is told. */
static bool
write_user (UserCommand *command, const char *name, const char *text, GError **error)
{
  g_autofree char *path = g_strconcat ("users/", name, ".yaml", NULL);
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (texts, path, (gpointer)(uintptr_t)text);
  g_autoptr (Config) config = config_with (command->config, texts, error);
  g_autoptr (GError) wrong = NULL;
  g_autoptr (PipelineConfiguration) valid = config != NULL ? pipeline_configuration_load (config, &wrong) : NULL;
  int64_t id;
  if (wrong != NULL)
    return blame_typed (path, wrong, error);
  if (valid == NULL || !dk_make_dirs (store_dir (command->store), "users", error))
    return false;
  if (!put_file (command, path, text, error))
    return false;
  if (!store_config_adopt (command->store, config, &id, error))
    return false;
  g_clear_pointer (&command->allocation, allocation_free);
  command->allocation = allocation_load (config, error);
  pipeline_wake (command->store);
  g_autofree char *actor = command_actor ();
  return command->allocation != NULL
         && allocation_watch (command->store, command->allocation, command->settings, actor, error);
}

static void
append_setting (GString *text, const char *key, const char *value)
{
  if (value != NULL)
    g_string_append_printf (text, "%s: %s\n", key, value);
}

/* @title for between double quotes. */
static char *
quotable (const char *title)
{
  g_autoptr (GString) text = g_string_new (title);
  g_string_replace (text, "\\", "\\\\", 0);
  g_string_replace (text, "\"", "\\\"", 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static bool
check_name (const char *name, GError **error)
{
  g_autofree char *plain = command_plain (name);
  return (strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == strlen (name) && g_ascii_isalnum (*name)
          && strlen (name) <= HANDOVER_OWNER_BYTES)
         || dk_refuse (error, DK_ERROR_USAGE, "user_name", "sd", plain, HANDOVER_OWNER_BYTES);
}

static bool
check_languages (const char *list, GError **error)
{
  g_autofree char *said = g_strdup_printf ("--languages %s", list);
  g_auto (GStrv) languages = g_strsplit (list, ",", -1);
  for (char **language = languages; *language != NULL; language++)
    if (!values_check_language (g_strstrip (*language), said, error))
      return false;
  return true;
}

static bool
add (UserCommand *command, const char *name, GError **error)
{
  if (!check_name (name, error) || (command->languages != NULL && !check_languages (command->languages, error)))
    return false;
  if (allocation_user (command->allocation, name) != NULL)
    return dk_refuse (error, DK_ERROR_EXISTS, "user_exists", "s", name);
  g_autoptr (GString) text = g_string_new ("# A user of docket; see docket-user(1).\n");
  g_autofree char *languages = command->languages != NULL ? g_strdup_printf ("[%s]", command->languages) : NULL;
  g_autofree char *plain = command_plain (command->title != NULL ? command->title : "");
  if (strcmp (plain, command->title != NULL ? command->title : "") != 0)
    return dk_refuse (error, DK_ERROR_USAGE, "user_title", "s", plain);
  g_autofree char *title = command->title != NULL ? quotable (command->title) : NULL;
  g_autofree char *quoted = title != NULL ? g_strdup_printf ("\"%s\"", title) : NULL;
  g_autofree char *capacity = command->capacity != NO_CAPACITY ? g_strdup_printf ("%d", command->capacity) : NULL;
  append_setting (text, "title", quoted);
  append_setting (text, "languages", languages);
  append_setting (text, "role", command->role);
  append_setting (text, "capacity", capacity);
  if (!write_user (command, name, text->str, error))
    return false;
  print_user (command, name, 0);
  return true;
}

static bool
remove_user (UserCommand *command, const char *name, GError **error)
{
  if (allocation_user (command->allocation, name) == NULL)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "user_unknown", "s", name);
  int64_t open;
  if (!adopt (command, error) || !store_load_of (command->store, name, &open, error)
      || !write_user (command, name, NULL, error))
    return false;
  if (!command->command.json)
    say (command->command.language, "user.removed", "sl", name, open);
  else
    command_print_json (json_pack ("{s:s, s:s, s:I}", "user", name, "state", "unknown", "open", (json_int_t)open));
  return true;
}

/* @text with one more absence: behind the line "absences:", which is made where there is none. */
static char *
with_absence (const char *text, const char *item)
{
  g_autoptr (GString) whole = g_string_new (text);
  if (whole->len > 0 && whole->str[whole->len - 1] != '\n')
    g_string_append_c (whole, '\n');
  const char *line = g_str_has_prefix (whole->str, "absences:") ? whole->str : strstr (whole->str, "\nabsences:");
  if (line == NULL)
    g_string_append_printf (whole, "absences:\n%s", item);
  else
    g_string_insert (whole, strchr (line + 1, '\n') - whole->str + 1, item);
  return g_string_free (g_steal_pointer (&whole), FALSE);
}

static bool
absent (UserCommand *command, const char *name, GError **error)
{
  g_autofree char *path = g_strconcat ("users/", name, ".yaml", NULL);
  const char *text = config_text (command->config, path);
  if (text == NULL)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "user_unknown", "s", name);
  if (command->from == NULL || command->to == NULL || dk_day_parse (command->from) == DK_DAY_NONE
      || dk_day_parse (command->to) == DK_DAY_NONE)
    return dk_refuse (error, DK_ERROR_USAGE, "user_days", "");
  if (command->substitute != NULL && allocation_user (command->allocation, command->substitute) == NULL)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "user_unknown", "s", command->substitute);
  g_autofree char *other
      = command->substitute != NULL ? g_strdup_printf (", substitute: %s", command->substitute) : g_strdup ("");
  g_autofree char *item = g_strdup_printf ("  - { from: %s, to: %s%s }\n", command->from, command->to, other);
  g_autofree char *now = with_absence (text, item);
  int64_t open;
  if (!write_user (command, name, now, error) || !store_load_of (command->store, name, &open, error))
    return false;
  print_user (command, name, open);
  return true;
}

/* --- which of them --- */

static bool
open_files (UserCommand *command, GError **error)
{
  command->store = command_open (&command->command, error);
  command->config = command->store != NULL ? config_read_store (store_path (command->store), error) : NULL;
  command->settings = command->config != NULL ? settings_load (command->config, error) : NULL;
  command->allocation = command->settings != NULL ? allocation_load (command->config, error) : NULL;
  return command->allocation != NULL && dk_day_in_zone (dk_now_us (), command->settings->zone, &command->today, error);
}

/* Whether each option that is given is one of @word. */
static bool
check_options (const UserCommand *command, const char *word, GError **error)
{
  const struct
  {
    const char *name, *act;
    bool given;
  } options[] = { { "title", "add", command->title != NULL },
                  { "languages", "add", command->languages != NULL },
                  { "role", "add", command->role != NULL },
                  { "capacity", "add", command->capacity != NO_CAPACITY },
                  { "from", "absent", command->from != NULL },
                  { "to", "absent", command->to != NULL },
                  { "substitute", "absent", command->substitute != NULL } };
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (options[i].given && strcmp (options[i].act, word) != 0)
      return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", options[i].name, word, options[i].act);
  return true;
}

/* @name is NULL for the list alone. */
static bool
run_word (UserCommand *command, const char *word, const char *name, GError **error)
{
  if (!open_files (command, error))
    return false;
  if (name == NULL)
    return list (command, error);
  return strcmp (word, "add") == 0      ? add (command, name, error)
         : strcmp (word, "absent") == 0 ? absent (command, name, error)
                                        : remove_user (command, name, error);
}

static bool
run (UserCommand *command, int argc, char **argv, GError **error)
{
  static const char *const words[] = { "list", "add", "remove", "absent", NULL };
  command->capacity = NO_CAPACITY;
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &command->title, "add: what people call them", "T" },
    { "languages", 0, 0, G_OPTION_ARG_STRING, &command->languages, "add: what they speak, such as es,en; else all",
      "L" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &command->role, "add: handler, or lead, who is alerted", "R" },
    { "capacity", 0, 0, G_OPTION_ARG_INT, &command->capacity, "add: open cases at most", "N" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &command->from, "absent: the first day", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &command->to, "absent: the last day", "DATE" },
    { "substitute", 0, 0, G_OPTION_ARG_STRING, &command->substitute, "absent: who takes their cases", "NAME" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&command->command, entries, "list | add NAME | remove NAME | absent NAME",
                      "Tells who works here, who is away and how many open cases each has; adds and removes users.",
                      &argc, &argv, error))
    return false;
  if (argc < 2 || !g_strv_contains (words, argv[1]))
    return dk_refuse (error, DK_ERROR_USAGE, "act_needed", "ss", "list add remove absent", "user");
  bool lists = strcmp (argv[1], "list") == 0;
  return check_options (command, argv[1], error)
         && command_check_words ("user", argv[1], argv + 2, argc - 2, lists ? 0 : 1, lists ? 0 : 1, error)
         && run_word (command, argv[1], lists ? NULL : argv[2], error);
}

int
docket_user (int argc, char **argv)
{
  g_auto (UserCommand) command = { 0 };
  g_autoptr (GError) error = NULL;
  run (&command, argc, argv, &error);
  return command_end ("user", error);
}
