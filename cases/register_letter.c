/* cases/register_letter.c - letters: each opens a case, joins one, or opens the second stage of one. */
#include "base/messages.h"
#include "cases/automatic.h"
#include "cases/contact.h"
#include "cases/register_internal.h"
#include "store/chain.h"
#include "store/decision.h"
#include "store/receipt.h"
#include <string.h>

/* Opens a case for @letter that follows the case @follows, which is closed for long; 0: none. */
static bool
open_document (StoreTransaction *transaction, const Register *rules, const RegisterLetter *letter, int64_t follows,
               GError **error)
{
  const StoreDocument *document = letter->document;
  g_autoptr (StoreCase) the_case = register_new_case (transaction, rules, letter->received, letter->owner, error);
  if (the_case == NULL)
    return false;
  the_case->parent = follows;
  return store_case_open (transaction, the_case, document->id, letter->next, error)
         && register_set_deadlines (transaction, rules, the_case->id, error)
         && contact_note_document (transaction, rules->settings, document, the_case->id, error)
         && allocation_apply (transaction, rules->allocation, rules->settings, document, the_case->id, error);
}

bool
register_document (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                   const char *received, const char *owner, const char *next, GError **error)
{
  const RegisterLetter letter = { .document = document, .received = received, .owner = owner, .next = next };
  return open_document (transaction, rules, &letter, 0, error);
}

static StoreJoin
as_kept (const Join *join, int64_t config)
{
  return (StoreJoin){ .case_id = join->case_id,
                      .copy_of = join->copy_of,
                      .score = join->score,
                      .unsure = join->outcome != JOIN_SURE,
                      .finding = join->finding,
                      .config = config };
}

/* The letter is in the case @number; what was found before is named behind it. */
static void
lead_to (const Join *join, const char *number)
{
  json_array_insert_new (json_object_get (join->finding, "also"), 0,
                         json_string (dk_json_string (join->finding, "value", "")));
  json_object_set_new (join->finding, "value", json_string (number));
}

/* What is so, and what may be: the case it has and the one it may belong to. */
static bool
propose (StoreTransaction *transaction, const Join *join, int64_t document, int64_t config, GError **error)
{
  g_autoptr (StoreDocument) now = store_document_load (store_of (transaction), document, error);
  g_autoptr (StoreCase) own = now != NULL ? store_case_load (store_of (transaction), now->case_id, error) : NULL;
  if (own == NULL)
    return false;
  const StoreJoin kept = as_kept (join, config);
  lead_to (join, own->number);
  return store_case_propose (transaction, &kept, document, error);
}

/* What the letter goes on with, as far as its words say; "" where they do not. Owned by the caller, NULL on error. */
static char *
follow_up_of (Store *store, int64_t document, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document, true, error);
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    if (strcmp (((const StoreDecision *)decisions->pdata[i])->name, "follow_up") == 0)
      return g_strdup (((const StoreDecision *)decisions->pdata[i])->value);
  return decisions != NULL ? g_strdup ("") : NULL;
}

static bool
is_automatic (const char *follow_up)
{
  return strcmp (follow_up, "automatic") == 0 || strcmp (follow_up, "bounce") == 0;
}

/* What a letter that joins its case does there: the customer said something, and it is our turn. A letter that says the
 * same again says nothing, and what a machine wrote moves nothing. */
static bool
hear (StoreTransaction *transaction, const Register *rules, const StoreDocument *document, int64_t case_id,
      const char *received, int64_t copy_of, GError **error)
{
  const CaseHouse house = { .zone = rules->settings->zone, .limits = CASE_LIMITS_DEFAULT };
  DkDay today, day = dk_day_parse (received);
  if (!dk_day_in_zone (dk_now_us (), house.zone, &today, error))
    return false;
  g_autofree char *follow_up = follow_up_of (store_of (transaction), document->id, error);
  if (follow_up == NULL)
    return false;
  bool automatic = is_automatic (follow_up), bounce = strcmp (follow_up, "bounce") == 0;
  const CaseWork work = { .act = automatic ? CASE_AUTO : CASE_HEAR,
                          .reason = bounce ? follow_up : "",
                          .day = day == DK_DAY_NONE ? today : MIN (day, today),
                          .gratitude = g_strcmp0 (document->kind, "thanks") == 0,
                          .document = document->id };
  return copy_of != 0
         || (case_work (transaction, case_id, &work, &house, error)
             && (!automatic || automatic_watch (transaction, rules->settings, case_id, work.reason, error)));
}

/* --- letters that go on with a case whose answer is being reviewed, or that ask for it --- */

/* Whether the letter surely goes on with @first, asks for a review, and one may be opened. */
static bool
opens_review (Store *store, const Register *rules, const RegisterLetter *letter, const StoreCase *first,
              const char *follow_up)
{
  const Join *join = letter->join;
  g_autoptr (GError) refused = NULL;
  bool sure = join->outcome == JOIN_SURE || join->over;
  return sure && join->copy_of == 0 && strcmp (follow_up, "review") == 0
         && register_may_escalate (store, rules, first, dk_day_parse (letter->received), &refused);
}

/* Whether the letter complains in a case that was answered, without words that surely ask for a review of the answer,
 * but may ask for it all the same: people say it in a thousand ways. */
static bool
may_ask_for_review (Store *store, const Register *rules, const RegisterLetter *letter, const StoreCase *first,
                    const char *follow_up)
{
  g_autoptr (GError) refused = NULL;
  return letter->join->copy_of == 0 && !is_automatic (follow_up) && g_strcmp0 (letter->document->kind, "complaint") == 0
         && register_may_escalate (store, rules, first, dk_day_parse (letter->received), &refused);
}

/* Tells the owner of @case_id, once, that @letter may ask for a review. */
static bool
tell_of_review (StoreTransaction *transaction, const Register *rules, const RegisterLetter *letter, int64_t case_id,
                GError **error)
{
  const Settings *settings = rules->settings;
  const StoreAlertsFilter filter = { .case_id = case_id };
  DkDay today;
  int64_t id;
  g_autoptr (GPtrArray) alerts = store_alerts (store_of (transaction), &filter, error);
  g_autoptr (StoreCase) it = alerts != NULL ? store_case_load (store_of (transaction), case_id, error) : NULL;
  g_autoptr (StoreDocument) document
      = it != NULL ? store_document_load (store_of (transaction), letter->document->id, error) : NULL;
  if (document == NULL || !dk_day_in_zone (dk_now_us (), settings->zone, &today, error))
    return false;
  for (guint i = 0; i < alerts->len; i++)
    if (strcmp (((const StoreAlert *)alerts->pdata[i])->reason, STORE_ALERT_PERHAPS_REVIEW) == 0)
      return true;
  g_autofree char *day = dk_day_format (today);
  g_autofree char *text = dk_message (settings->language, "clocks.perhaps_review", "s", document->number);
  const StoreReminder reminder
      = { .case_id = case_id, .due = day, .owner = it->owner, .text = text, .reason = STORE_ALERT_PERHAPS_REVIEW };
  return store_alert_set (transaction, &reminder, &id, error);
}

/* The decision "case" of a letter names the case that it is in, and the one that led there. */
static bool
note_way (StoreTransaction *transaction, const RegisterLetter *letter, const char *number, GError **error)
{
  StoreJoin kept = as_kept (letter->join, letter->config);
  kept.unsure = false;
  lead_to (letter->join, number);
  return store_case_propose (transaction, &kept, letter->document->id, error);
}

static bool
open_review (StoreTransaction *transaction, const Register *rules, const RegisterLetter *letter, GError **error)
{
  int64_t id;
  const RegisterReview review = { .first = letter->join->case_id,
                                  .letter = letter->document,
                                  .asked = dk_day_parse (letter->received),
                                  .next = letter->next };
  if (!register_escalate (transaction, rules, &review, &id, error))
    return false;
  g_autoptr (StoreCase) second = store_case_load (store_of (transaction), id, error);
  return second != NULL && note_way (transaction, letter, second->number, error);
}

/* The case that goes on with what @case_id was about: its second stage where it has one, else itself. */
static bool
going_on (Store *store, int64_t case_id, StoreCase **the_case, GError **error)
{
  int64_t review;
  if (!store_case_review (store, case_id, &review, error))
    return false;
  *the_case = store_case_load (store, review != 0 ? review : case_id, error);
  return *the_case != NULL;
}

static bool
open_case (StoreTransaction *transaction, const Register *rules, const RegisterLetter *letter, GError **error)
{
  const Join *join = letter->join;
  const StoreDocument *document = letter->document;
  int64_t follows = join->over ? join->case_id : 0;
  return open_document (transaction, rules, letter, follows, error)
         && (join->outcome == JOIN_NEW
             || (propose (transaction, join, document->id, letter->config, error)
                 && register_refresh_deadlines (transaction, rules, document, error)));
}

static bool
join_case (StoreTransaction *transaction, const Register *rules, const RegisterLetter *letter, const StoreCase *into,
           GError **error)
{
  const Join *join = letter->join;
  const StoreDocument *document = letter->document;
  StoreJoin kept = as_kept (join, letter->config);
  kept.case_id = into->id;
  kept.unsure &= !join->over;
  if (into->id != join->case_id)
    lead_to (join, into->number);
  return store_case_join (transaction, &kept, document->id, letter->next, error)
         && (join->copy_of == 0 || store_decision_copy (transaction, document->id, letter->next, error))
         && hear (transaction, rules, document, into->id, letter->received, join->copy_of, error)
         && register_set_deadlines (transaction, rules, into->id, error)
         && contact_note_document (transaction, rules->settings, document, into->id, error);
}

bool
register_letter (StoreTransaction *transaction, const Register *rules, const RegisterLetter *letter, GError **error)
{
  const Join *join = letter->join;
  if (join->outcome == JOIN_NEW)
    return open_case (transaction, rules, letter, error);
  Store *store = store_of (transaction);
  g_autoptr (StoreCase) into = NULL;
  g_autofree char *follow_up = follow_up_of (store, letter->document->id, error);
  if (follow_up == NULL || !going_on (store, join->case_id, &into, error))
    return false;
  if (opens_review (store, rules, letter, into, follow_up))
    return open_review (transaction, rules, letter, error);
  bool goes_on = into->id != join->case_id || is_automatic (follow_up); /* however long the first is closed */
  bool joins = join->outcome != JOIN_PROPOSED || (join->over && goes_on);
  bool asks = joins && may_ask_for_review (store, rules, letter, into, follow_up);
  if (!joins)
    return open_case (transaction, rules, letter, error);
  return join_case (transaction, rules, letter, into, error)
         && (!asks || tell_of_review (transaction, rules, letter, into->id, error));
}

/* The letter that asked for a review goes back to its first stage with all of it, or not at all. */
static bool
stays_a_review (Store *store, const StoreDocument *document, int64_t into, GError **error)
{
  g_autoptr (StoreCase) own = store_case_load (store, document->case_id, error);
  if (own == NULL)
    return false;
  return own->stage < 2 || own->parent != into || own->documents > 1
         || dk_refuse (error, DK_ERROR_USAGE, "opened_second", "ss", document->number, own->number);
}

bool
register_join (StoreTransaction *transaction, const Register *rules, const StoreDocument *document, int64_t case_id,
               const char *next, GError **error)
{
  const StoreJoin join = { .case_id = case_id, .score = 1 };
  if (!stays_a_review (store_of (transaction), document, case_id, error))
    return false;
  g_autoptr (StoreReceipt) receipt = store_receipt_of (store_of (transaction), document->id, error);
  return receipt != NULL && store_case_join (transaction, &join, document->id, next, error)
         && hear (transaction, rules, document, case_id, receipt->received, 0, error)
         && register_set_deadlines (transaction, rules, document->case_id, error)
         && register_set_deadlines (transaction, rules, case_id, error);
}

bool
register_split (StoreTransaction *transaction, const Register *rules, const StoreDocument *document, const char *next,
                GError **error)
{
  g_autoptr (StoreReceipt) receipt = store_receipt_of (store_of (transaction), document->id, error);
  g_autoptr (StoreCase) old
      = receipt != NULL ? store_case_load (store_of (transaction), document->case_id, error) : NULL;
  g_autoptr (StoreCase) the_case
      = old != NULL ? register_new_case (transaction, rules, receipt->received, old->owner, error) : NULL;
  return the_case != NULL && store_case_split (transaction, the_case, document->id, next, error)
         && register_set_deadlines (transaction, rules, the_case->id, error)
         && register_set_deadlines (transaction, rules, old->id, error)
         && contact_note_document (transaction, rules->settings, document, the_case->id, error)
         && allocation_split (transaction, rules->allocation, rules->settings, document, the_case->id, old->owner,
                              error);
}
