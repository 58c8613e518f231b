/* docket contact set, merge, unmerge, apart, assign - what people know better. */
#include "base/limits.h"
#include "base/messages.h"
#include "cmd/contact.h"
#include "cmd/say.h"
#include "cmd/values.h"
#include <string.h>

/* --- set --- */

static bool
check_word (const char *option, const char *value, const char *const *allowed, const char *list, GError **error)
{
  return value == NULL || g_strv_contains (allowed, value)
         || dk_refuse (error, DK_ERROR_USAGE, "one_of", "sss", option, value, list);
}

/* Two capitals, or two capitals, a hyphen and up to three capitals or digits. */
static bool
is_code (const char *text)
{
  size_t length = strlen (text);
  for (size_t i = 0; i < MIN (length, 2); i++)
    if (!g_ascii_isupper (text[i]))
      return false;
  if (length <= 2)
    return length == 2;
  if (text[2] != '-' || length < 4 || length > 6)
    return false;
  for (size_t i = 3; i < length; i++)
    if (!g_ascii_isupper (text[i]) && !g_ascii_isdigit (text[i]))
      return false;
  return true;
}

/* Whether @value, which may be NULL, is a line that is not empty. */
static bool
check_line (const char *option, const char *value, GError **error)
{
  g_autofree char *plain = value != NULL ? command_plain (value) : NULL;
  return value == NULL
         || (strspn (value, " \t") < strlen (value) && strlen (value) <= LIMITS_VALUE_BYTES
             && strcmp (plain, value) == 0)
         || dk_refuse (error, DK_ERROR_USAGE, "line", "ssd", option, plain, LIMITS_VALUE_BYTES);
}

static bool
check_changes (const ContactCommand *contact, GError **error)
{
  static const char *const kinds[] = { "person", "company", NULL };
  if (!check_line ("name", contact->name, error))
    return false;
  for (char **add = contact->add; add != NULL && *add != NULL; add++)
    if (!check_line ("add", *add, error))
      return false;
  if (!check_word ("kind", contact->kind, kinds, "person company", error))
    return false;
  g_autofree char *said = g_strdup_printf ("--language %s", contact->language);
  if (contact->language != NULL && !values_check_language (contact->language, said, error))
    return false;
  if (contact->country != NULL && (!is_code (contact->country) || strlen (contact->country) != 2))
    return dk_refuse (error, DK_ERROR_USAGE, "country", "s", contact->country);
  if (contact->region != NULL && (!is_code (contact->region) || strlen (contact->region) == 2))
    return dk_refuse (error, DK_ERROR_USAGE, "region", "s", contact->region);
  return true;
}

/* Gives *@field the @value, if there is one that differs. */
static bool
change (char **field, const char *value)
{
  if (value == NULL || g_strcmp0 (*field, value) == 0)
    return false;
  g_free (*field);
  *field = g_strdup (value);
  return true;
}

static bool
set_codes (const ContactCommand *contact, StoreTransaction *transaction, int64_t root, GError **error)
{
  g_autoptr (StoreContact) row = store_contact_load (contact->store, root, error);
  if (row == NULL)
    return false;
  bool changed = change (&row->name, contact->name);
  changed |= change (&row->kind, contact->kind);
  changed |= change (&row->lifecycle, contact->lifecycle);
  changed |= change (&row->language, contact->language);
  changed |= change (&row->country, contact->country);
  changed |= change (&row->region, contact->region);
  return !changed || store_contact_set (transaction, row, error);
}

static StorePoint *
read_point (const ContactCommand *contact, const char *text, GError **error)
{
  const char *value = strchr (text, '=');
  g_autofree char *type = g_strndup (text, value != NULL ? (gsize)(value - text) : 0);
  if (value == NULL || !g_strv_contains (contact_types, type))
    {
      dk_refuse (error, DK_ERROR_USAGE, "add_form", "s", text);
      return NULL;
    }
  StorePoint *point = contact_point (contact->settings, type, value + 1);
  if (point == NULL)
    dk_refuse (error, DK_ERROR_USAGE, "add_value", "sss", text, value + 1, type);
  else
    point->shared = contact->shared;
  return point;
}

static bool
add_point (const ContactCommand *contact, StoreTransaction *transaction, int64_t root, const char *text, GError **error)
{
  bool shared;
  g_autoptr (StorePoint) point = read_point (contact, text, error);
  g_autoptr (GPtrArray) known = point != NULL ? store_contact_points (contact->store, root, error) : NULL;
  if (known == NULL)
    return false;
  if (contact_has_point (known, point))
    return true;
  g_autoptr (GArray) others = store_contacts_with (contact->store, point->type, point->normalised, 1, &shared, error);
  if (others == NULL)
    return false;
  bool by_nature = strcmp (point->type, STORE_POINT_NAME) == 0 || strcmp (point->type, STORE_POINT_ADDRESS) == 0;
  if (others->len > 0 && !by_nature && !contact->shared)
    return dk_refuse (error, DK_ERROR_EXISTS, "add_taken", "sl", text, g_array_index (others, int64_t, 0));
  return store_contact_add_point (transaction, root, point, error);
}

bool
docket_contact_set (ContactCommand *contact, char **words, int n, GError **error)
{
  int64_t root;
  (void)n;
  if (!check_changes (contact, error) || !contact_find (contact->store, contact->settings, words[0], &root, error))
    return false;
  StoreTransaction *transaction = docket_contact_begin (contact, error);
  if (transaction == NULL)
    return false;
  bool done = set_codes (contact, transaction, root, error);
  for (char **add = contact->add; done && add != NULL && *add != NULL; add++)
    done = add_point (contact, transaction, root, *add, error);
  return docket_contact_end (transaction, done, error) && docket_contact_print (contact, root, error);
}

/* --- the same, or not --- */

bool
docket_contact_merge (ContactCommand *contact, char **words, int n, GError **error)
{
  int64_t winner, loser;
  (void)n;
  if (!contact_find (contact->store, contact->settings, words[0], &winner, error)
      || !contact_find (contact->store, contact->settings, words[1], &loser, error))
    return false;
  if (winner == loser)
    return dk_refuse (error, DK_ERROR_USAGE, "same_file", "ss", words[0], words[1]);
  StoreTransaction *transaction = docket_contact_begin (contact, error);
  if (transaction == NULL
      || !docket_contact_end (transaction, store_contact_merge (transaction, winner, loser, error), error))
    return false;
  if (!contact->command.json)
    say (contact->command.language, "contact.merged", "ll", loser, winner);
  return docket_contact_print (contact, winner, error);
}

/* The number of "#7" or "7". */
static bool
read_id (const char *text, int64_t *id, GError **error)
{
  guint64 number;
  if (!g_ascii_string_to_unsigned (text[0] == '#' ? text + 1 : text, 10, 1, G_MAXINT64, &number, NULL))
    return dk_refuse (error, DK_ERROR_USAGE, "number", "s", text);
  *id = (int64_t)number;
  return true;
}

bool
docket_contact_unmerge (ContactCommand *contact, char **words, int n, GError **error)
{
  int64_t id;
  (void)n;
  if (!read_id (words[0], &id, error))
    return false;
  g_autoptr (StoreContact) row = store_contact_load (contact->store, id, error);
  StoreTransaction *transaction = row != NULL ? docket_contact_begin (contact, error) : NULL;
  if (transaction == NULL || !docket_contact_end (transaction, store_contact_unmerge (transaction, id, error), error))
    return false;
  if (!contact->command.json)
    say (contact->command.language, "contact.unmerged", "ll", id, row->merged_into);
  return docket_contact_print (contact, id, error);
}

bool
docket_contact_apart (ContactCommand *contact, char **words, int n, GError **error)
{
  int64_t id;
  (void)n;
  if (!read_id (words[0], &id, error))
    return false;
  StoreTransaction *transaction = docket_contact_begin (contact, error);
  if (transaction == NULL
      || !docket_contact_end (transaction, store_contact_tell_apart (transaction, id, error), error))
    return false;
  if (contact->command.json)
    command_print_json (json_pack ("{s:I, s:b}", "proposal", (json_int_t)id, "apart", true));
  return true;
}

static bool
tell_nobody (const ContactCommand *contact, const StoreDocument *document)
{
  if (contact->command.json)
    command_print_json (json_pack ("{s:s, s:n}", "number", document->number, "contact"));
  else
    say (contact->command.language, "contact.of_nobody", "s", document->number);
  return true;
}

bool
docket_contact_assign (ContactCommand *contact, char **words, int n, GError **error)
{
  int64_t root = 0;
  (void)n;
  g_autoptr (StoreDocument) document = say_find_document (contact->command.language, contact->store, words[0], error);
  if (document == NULL
      || (strcmp (words[1], "none") != 0 && !contact_find (contact->store, contact->settings, words[1], &root, error)))
    return false;
  if (document->case_id == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "no_case_yet", "s", words[0]);
  StoreTransaction *transaction = docket_contact_begin (contact, error);
  return transaction != NULL
         && docket_contact_end (
             transaction, store_case_set_contact (transaction, document->case_id, root, 1, "person", 0, error), error)
         && (root == 0 ? tell_nobody (contact, document) : docket_contact_print (contact, root, error));
}
