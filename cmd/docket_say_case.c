/* What docket why tells of the case: whose it is, and who works on it. */
#include "cases/contact.h"
#include "cases/names.h"
#include "cmd/command.h"
#include "cmd/say.h"
#include "store/contact.h"
#include "store/decision.h"
#include <string.h>

static bool
collect (const LedgerEntry *entry, void *data, GError **error)
{
  (void)error;
  if (entry->activity != ACTIVITY_CASE_CONTACT_SET && entry->activity != ACTIVITY_CASE_ALLOCATED)
    return true;
  json_t *fact = json_deep_copy (entry->payload);
  json_object_set_new (fact, "fact", json_string (activity_name (entry->activity)));
  json_object_set_new (fact, "name", json_string (entry->activity == ACTIVITY_CASE_ALLOCATED ? "owner" : "contact"));
  json_object_set_new (fact, "seq", json_integer (entry->seq));
  json_object_set_new (fact, "by", json_string (entry->actor));
  g_ptr_array_add (data, fact);
  return true;
}

static bool
is_allocation (const json_t *fact)
{
  return json_object_get (fact, "owner") != NULL;
}

/* Whether another of its sort follows. */
static bool
is_replaced (const GPtrArray *facts, guint i)
{
  for (guint k = i + 1; k < facts->len; k++)
    if (is_allocation (facts->pdata[k]) == is_allocation (facts->pdata[i]))
      return true;
  return false;
}

/* The sender of @document where that is somebody else than @contact, "" where not. Owned by the caller, NULL on error.
 */
static char *
other_sender (Store *store, const StoreDocument *document, const StoreContact *contact, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  for (guint i = 0; decisions != NULL && contact->name != NULL && i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (strcmp (decision->name, "sender") == 0)
        return g_strdup (names_compare (decision->value, contact->name) == NAMES_DIFFER ? decision->value : "");
    }
  return decisions != NULL ? g_strdup ("") : NULL;
}

/* A letter of somebody else joined the case: the contact is that of the case, not of the letter. */
static bool
note_other_sender (Store *store, const StoreDocument *document, json_t *fact, GError **error)
{
  int64_t id = dk_json_int (fact, "contact", 0);
  if (id == 0 || dk_json_int (fact, "document", 0) == document->id)
    return true;
  g_autoptr (StoreContact) contact = store_contact_load (store, id, error);
  g_autofree char *other = contact != NULL ? other_sender (store, document, contact, error) : NULL;
  if (other != NULL && *other != '\0')
    json_object_set_new (fact, "other_sender", json_string (other));
  return other != NULL;
}

/* The words of @document by which it led to its contact. */
static bool
note_evidence (Store *store, const StoreDocument *document, json_t *fact, GError **error)
{
  const char *reason = dk_json_string (fact, "reason", "");
  if (dk_json_int (fact, "document", 0) != document->id)
    return true;
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  json_t *because = json_array ();
  json_object_set_new (fact, "because", because);
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (contact_rests_on (reason, decision->name))
        json_array_extend (because, (json_t *)(uintptr_t)store_decision_because (decision));
    }
  return decisions != NULL;
}

static bool
tell_contact (const char *language, Store *store, const json_t *fact, GError **error)
{
  int64_t id = dk_json_int (fact, "contact", 0);
  g_autofree char *reason = report_label (language, "contact_reason", dk_json_string (fact, "reason", ""));
  g_autoptr (StoreContact) contact = id != 0 ? store_contact_load (store, id, error) : NULL;
  if (id != 0 && contact == NULL)
    return false;
  g_autofree char *name = command_plain (contact != NULL && contact->name != NULL ? contact->name : "–");
  const char *other = dk_json_string (fact, "other_sender", NULL);
  g_autofree char *plain = other != NULL ? command_plain (other) : NULL;
  if (other != NULL)
    say (language, "why.contact_other", "lss", id, name, plain);
  else
    say (language, "why.contact", "lssf", id, name, reason, dk_json_real (fact, "score", 0));
  size_t i;
  const json_t *evidence;
  json_array_foreach (json_object_get (fact, "because"), i, evidence) say_evidence (language, evidence);
  return true;
}

static void
tell_allocation (const char *language, const json_t *fact)
{
  const char *owner = dk_json_string (fact, "owner", "");
  g_autofree char *reason = report_label (language, "allocation_reason", dk_json_string (fact, "reason", ""));
  say (language, *owner != '\0' ? "why.allocated" : "why.unassigned", "sss", owner, reason,
       dk_json_string (fact, "rule", ""));
}

bool
say_case_facts (const char *language, bool json, bool all, Store *store, const StoreDocument *document, GError **error)
{
  g_autoptr (GPtrArray) facts = g_ptr_array_new_with_free_func ((GDestroyNotify)json_decref);
  if (document->case_id == 0)
    return true;
  if (!ledger_each (store, 0, 0, document->case_id, collect, facts, error))
    return false;
  for (guint i = 0; i < facts->len; i++)
    {
      json_t *fact = facts->pdata[i];
      if (!all && is_replaced (facts, i))
        continue;
      if (!is_allocation (fact)
          && (!note_other_sender (store, document, fact, error) || !note_evidence (store, document, fact, error)))
        return false;
      if (json)
        command_print_json (json_incref (fact));
      else if (is_allocation (fact))
        tell_allocation (language, fact);
      else if (!tell_contact (language, store, fact, error))
        return false;
    }
  return true;
}
