/* docket contact list, find, show - who is there, and all that is kept of one. */
#include "cmd/contact.h"
#include "cmd/say.h"
#include "store/chain.h"
#include <stdio.h>
#include <string.h>

#define PAGE 500       /* contacts that are read at once */
#define FOUND_MOST 100 /* that a search tells */

/* --- many --- */

static json_t *
row_json (const StoreContact *contact, int64_t cases)
{
  return json_pack ("{s:I, s:s?, s:s, s:s, s:s, s:s, s:s, s:I}", "contact", (json_int_t)contact->id, "name",
                    contact->name, "kind", contact->kind, "lifecycle", contact->lifecycle, "language",
                    contact->language, "country", contact->country, "region", contact->region, "cases",
                    (json_int_t)cases);
}

bool
docket_contact_print (const ContactCommand *contact, int64_t root, GError **error)
{
  const char *language = contact->command.language;
  int64_t cases;
  g_autoptr (StoreContact) row = store_contact_load (contact->store, root, error);
  if (row == NULL || !store_contact_count_cases (contact->store, root, &cases, error))
    return false;
  if (contact->command.json)
    {
      command_print_json (row_json (row, cases));
      return true;
    }
  g_autofree char *name = command_plain (row->name != NULL ? row->name : "–");
  g_autofree char *lifecycle = report_label (language, "lifecycle", row->lifecycle);
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, row->id);
  say (language, "contact.row", "sssl", id, name, lifecycle, cases);
  return true;
}

static bool
print_all (const ContactCommand *contact, const GArray *roots, GError **error)
{
  for (guint i = 0; i < roots->len; i++)
    if (!docket_contact_print (contact, g_array_index (roots, int64_t, i), error))
      return false;
  return true;
}

static json_t *
proposal_json (const StoreProposal *proposal)
{
  return json_pack ("{s:I, s:I, s:I, s:f, s:s}", "proposal", (json_int_t)proposal->id, "contact",
                    (json_int_t)proposal->contact, "other", (json_int_t)proposal->other, "score", proposal->score,
                    "reason", proposal->reason);
}

static bool
print_proposal (const ContactCommand *contact, const StoreProposal *proposal, GError **error)
{
  const char *language = contact->command.language;
  g_autoptr (StoreContact) one = store_contact_load (contact->store, proposal->contact, error);
  g_autoptr (StoreContact) other = one != NULL ? store_contact_load (contact->store, proposal->other, error) : NULL;
  if (other == NULL)
    return false;
  g_autofree char *name = command_plain (one->name != NULL ? one->name : "–");
  g_autofree char *other_name = command_plain (other->name != NULL ? other->name : "–");
  g_autofree char *why = report_label (language, "contact_reason", proposal->reason);
  say (language, "contact.proposal", "llslssf", proposal->id, one->id, name, other->id, other_name, why,
       proposal->score);
  return true;
}

static bool
list_proposals (const ContactCommand *contact, GError **error)
{
  g_autoptr (GPtrArray) proposals = store_proposals (contact->store, 0, 0, error);
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    if (contact->command.json)
      command_print_json (proposal_json (proposals->pdata[i]));
    else if (!print_proposal (contact, proposals->pdata[i], error))
      return false;
  return proposals != NULL;
}

bool
docket_contact_list (ContactCommand *contact, char **words, int n, GError **error)
{
  int64_t after = 0;
  (void)words;
  (void)n;
  if (contact->proposals)
    return list_proposals (contact, error);
  for (;;)
    {
      g_autoptr (GArray) roots = store_contacts (contact->store, contact->lifecycle, after, PAGE, error);
      if (roots == NULL || !print_all (contact, roots, error))
        return false;
      if (roots->len < PAGE)
        return true;
      after = g_array_index (roots, int64_t, roots->len - 1);
    }
}

bool
docket_contact_find (ContactCommand *contact, char **words, int n, GError **error)
{
  g_auto (GStrv) all = g_new0 (char *, n + 1);
  for (int i = 0; i < n; i++)
    all[i] = g_strdup (words[i]);
  g_autofree char *text = g_strjoinv (" ", all);
  g_autoptr (GArray) roots = contact_search (contact->store, contact->settings, text, FOUND_MOST, error);
  return roots != NULL && print_all (contact, roots, error);
}

/* --- one --- */

static bool
add_members (json_t *object, Store *store, int64_t root, GError **error)
{
  g_autoptr (GPtrArray) members = store_contact_members (store, root, error);
  g_autoptr (GPtrArray) points = members != NULL ? store_contact_points (store, root, error) : NULL;
  if (points == NULL)
    return false;
  json_t *merged = json_array (), *list = json_array ();
  for (guint i = 0; i < members->len; i++)
    {
      const StoreContact *member = members->pdata[i];
      if (member->id != root)
        json_array_append_new (merged, json_pack ("{s:I, s:I, s:s?}", "contact", (json_int_t)member->id, "into",
                                                  (json_int_t)member->merged_into, "name", member->name));
    }
  for (guint i = 0; i < points->len; i++)
    {
      const StorePoint *point = points->pdata[i];
      json_array_append_new (list, json_pack ("{s:s, s:s?, s:s?, s:b, s:I}", "type", point->type, "value", point->raw,
                                              "normalised", point->normalised, "shared", point->shared, "contact",
                                              (json_int_t)point->contact));
    }
  json_object_set_new (object, "merged", merged);
  return json_object_set_new (object, "points", list) == 0;
}

/* Whether the act @act is a message, in or out. */
static bool
is_message (const char *act)
{
  static const char *const messages[] = { "hear", "ask", "hold", "final", "remind", "tell", "auto", NULL };
  return g_strv_contains (messages, act);
}

static bool
add_chain (json_t *object, Store *store, const StoreCase *the_case, GError **error)
{
  g_autoptr (GPtrArray) chain = store_case_chain (store, the_case->id, 0, error);
  g_autoptr (GPtrArray) links = chain != NULL ? store_links (store, the_case->id, error) : NULL;
  if (links == NULL)
    return false;
  for (guint i = 0; i < chain->len; i++)
    {
      const StoreChainEntry *entry = chain->pdata[i];
      if (is_message (entry->act))
        json_array_append_new (json_object_get (object, "messages"),
                               json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s?}", "number", the_case->number, "day",
                                          entry->day, "act", entry->act, "channel", entry->channel, "template",
                                          entry->letter, "text", entry->text));
    }
  for (guint i = 0; i < links->len; i++)
    {
      const StoreLink *link = links->pdata[i];
      json_array_append_new (
          json_object_get (object, "pointers"),
          json_pack ("{s:s, s:s, s:s}", "number", the_case->number, "uri", link->uri, "label", link->label));
    }
  return true;
}

static bool
add_cases (json_t *object, Store *store, int64_t root, GError **error)
{
  g_autoptr (GArray) ids = store_contact_cases (store, root, 0, error);
  json_t *list = json_array ();
  json_object_set_new (object, "cases", list);
  json_object_set_new (object, "messages", json_array ());
  json_object_set_new (object, "pointers", json_array ());
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (StoreCase) the_case = store_case_load (store, g_array_index (ids, int64_t, i), error);
      if (the_case == NULL || !add_chain (object, store, the_case, error))
        return false;
      json_array_append_new (list,
                             json_pack ("{s:s, s:s, s:s, s:s}", "number", the_case->number, "status", the_case->status,
                                        "owner", the_case->owner, "received", the_case->received));
    }
  return ids != NULL;
}

static bool
add_documents (json_t *object, Store *store, int64_t root, GError **error)
{
  g_autoptr (GArray) ids = store_contact_documents (store, root, error);
  json_t *list = json_array ();
  json_object_set_new (object, "documents", list);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (StoreDocument) document = store_document_load (store, g_array_index (ids, int64_t, i), error);
      if (document == NULL)
        return false;
      json_array_append_new (list, json_pack ("{s:I, s:s?, s:s?, s:s?, s:s?}", "document", (json_int_t)document->id,
                                              "number", document->number, "kind", document->kind, "subject",
                                              document->subject, "name", document->name));
    }
  return ids != NULL;
}

static bool
add_proposals (json_t *object, Store *store, int64_t root, GError **error)
{
  g_autoptr (GPtrArray) proposals = store_proposals (store, root, 0, error);
  json_t *list = json_array ();
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    json_array_append_new (list, proposal_json (proposals->pdata[i]));
  return json_object_set_new (object, "proposals", list) == 0 && proposals != NULL;
}

static json_t *
file_json (const ContactCommand *contact, int64_t root, GError **error)
{
  Store *store = contact->store;
  g_autoptr (StoreContact) row = store_contact_load (store, root, error);
  if (row == NULL)
    return NULL;
  g_autoptr (json_t) object = row_json (row, 0);
  bool done = add_members (object, store, root, error) && add_cases (object, store, root, error)
              && add_documents (object, store, root, error) && add_proposals (object, store, root, error);
  return done ? g_steal_pointer (&object) : NULL;
}

/* --- as words --- */

static void
print_head (const char *language, const json_t *object)
{
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, dk_json_int (object, "contact", 0));
  g_autofree char *kind = report_label (language, "contact_kind", dk_json_string (object, "kind", ""));
  g_autofree char *lifecycle = report_label (language, "lifecycle", dk_json_string (object, "lifecycle", ""));
  g_autofree char *spoken = say_value (language, "language", dk_json_string (object, "language", ""));
  const char *region = dk_json_string (object, "region", "");
  say_pair (language, "cli.label.contact", id);
  say_pair (language, "cli.label.name", dk_json_string (object, "name", NULL));
  say_pair (language, "cli.label.contact_kind", kind);
  say_pair (language, "cli.label.lifecycle", lifecycle);
  say_pair (language, "field.language", *dk_json_string (object, "language", "") != '\0' ? spoken : NULL);
  say_pair (language, "cli.label.country", *region != '\0' ? region : dk_json_string (object, "country", ""));
}

static void
print_points (const char *language, const json_t *object)
{
  size_t i;
  const json_t *item;
  json_array_foreach (json_object_get (object, "merged"), i, item)
  {
    g_autofree char *text = say_text (language, "contact.merged_row", "ls", dk_json_int (item, "contact", 0),
                                      dk_json_string (item, "name", "–"));
    say_pair (language, "cli.label.merged", text);
  }
  json_array_foreach (json_object_get (object, "points"), i, item)
  {
    const char *type = dk_json_string (item, "type", "");
    g_autofree char *label = strcmp (type, "name") == 0 ? g_strdup ("cli.label.name") : say_field_label (type);
    bool shared = dk_json_bool (item, "shared", false) && strcmp (type, "name") != 0 && strcmp (type, "address") != 0;
    if (strcmp (type, "name") == 0
        && g_strcmp0 (dk_json_string (item, "value", ""), dk_json_string (object, "name", "")) == 0)
      continue;
    g_autofree char *text = shared ? say_text (language, "contact.shared", "s", dk_json_string (item, "value", ""))
                                   : g_strdup (dk_json_string (item, "value", ""));
    say_pair (language, label, text);
  }
}

static void
print_cases (const char *language, const json_t *object)
{
  size_t i;
  const json_t *item;
  json_array_foreach (json_object_get (object, "cases"), i, item)
  {
    const char *owner = dk_json_string (item, "owner", "");
    g_autofree char *status = report_label (language, "status", dk_json_string (item, "status", ""));
    g_autofree char *text
        = g_strdup_printf ("%s, %s, %s%s%s", dk_json_string (item, "number", ""), dk_json_string (item, "received", ""),
                           status, *owner != '\0' ? ", " : "", owner);
    say_pair (language, "cli.label.case", text);
  }
  json_array_foreach (json_object_get (object, "documents"), i, item)
  {
    const char *kind = dk_json_string (item, "kind", NULL), *name = dk_json_string (item, "name", NULL);
    g_autofree char *word = kind != NULL ? report_label (language, "kind", kind) : g_strdup ("");
    g_autofree char *text = g_strdup_printf ("%s, %s%s%s", dk_json_string (item, "number", ""), word,
                                             name != NULL ? ", " : "", name != NULL ? name : "");
    say_pair (language, "cli.label.document", text);
  }
}

/* What was said, on one line: of a letter that was written from a template its subject. Owned by the caller. */
static char *
message_line (const json_t *item)
{
  const char *text = dk_json_string (item, "text", "");
  bool letter = *dk_json_string (item, "template", "") != '\0';
  return g_strchomp (g_strdelimit (letter ? g_strndup (text, strcspn (text, "\n")) : g_strdup (text), "\r\n\t", ' '));
}

static void
print_chain (const char *language, const json_t *object)
{
  size_t i;
  const json_t *item;
  json_array_foreach (json_object_get (object, "messages"), i, item)
  {
    g_autofree char *act = say_text (language, "case.act", "s", dk_json_string (item, "act", ""));
    g_autofree char *said = message_line (item);
    g_autofree char *text = g_strdup_printf ("%s, %s, %s%s%s", dk_json_string (item, "number", ""),
                                             dk_json_string (item, "day", ""), act, *said != '\0' ? " — " : "", said);
    say_pair (language, "cli.label.message", text);
  }
  json_array_foreach (json_object_get (object, "pointers"), i, item)
  {
    const char *label = dk_json_string (item, "label", "");
    g_autofree char *text = g_strdup_printf ("%s, %s%s%s", dk_json_string (item, "number", ""), label,
                                             *label != '\0' ? ": " : "", dk_json_string (item, "uri", ""));
    say_pair (language, "cli.label.pointer", text);
  }
}

bool
docket_contact_show (ContactCommand *contact, char **words, int n, GError **error)
{
  int64_t root;
  (void)n;
  if (!contact_find (contact->store, contact->settings, words[0], &root, error))
    return false;
  g_autoptr (json_t) object = file_json (contact, root, error);
  if (object == NULL)
    return false;
  if (contact->command.json)
    {
      command_print_json (json_incref (object));
      return true;
    }
  print_head (contact->command.language, object);
  print_points (contact->command.language, object);
  print_cases (contact->command.language, object);
  print_chain (contact->command.language, object);
  g_autoptr (GPtrArray) proposals = store_proposals (contact->store, root, 0, error);
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    if (!print_proposal (contact, proposals->pdata[i], error))
      return false;
  return proposals != NULL;
}
