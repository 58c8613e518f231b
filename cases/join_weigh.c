/* One candidate after the other against the letters of its case: what they share besides keys, and what sets them
 * apart. */
#include "cases/join_parts.h"
#include "store/receipt.h"
#include <string.h>

#define LOOKED_AT 4 /* letters of a case */

const StoreDecision *
join_decision (const GPtrArray *decisions, const char *name)
{
  for (guint i = 0; i < decisions->len; i++)
    if (strcmp (((const StoreDecision *)decisions->pdata[i])->name, name) == 0)
      return decisions->pdata[i];
  return NULL;
}

/* What is known of the case's letters. */
typedef struct
{
  GPtrArray *decisions; /* of StoreDecision */
  GPtrArray *owners;    /* the arrays that own them */
  int days;             /* between the letter and the nearest of them */
} Known;

static void
known_clear (Known *known)
{
  g_clear_pointer (&known->decisions, g_ptr_array_unref);
  g_clear_pointer (&known->owners, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Known, known_clear)

static bool
know (const JoinLetter *letter, int64_t case_id, Known *known, GError **error)
{
  g_autoptr (GArray) ids = store_case_documents (letter->store, case_id, error);
  DkDay day = dk_day_parse (letter->received);
  known->decisions = g_ptr_array_new ();
  known->owners = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  known->days = G_MAXINT;
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (StoreReceipt) receipt = store_receipt_of (letter->store, id, error);
      if (receipt == NULL)
        return false;
      known->days = MIN (known->days, ABS (day - dk_day_parse (receipt->received)));
      if (i >= LOOKED_AT && i + 1 < ids->len)
        continue;
      GPtrArray *decisions = store_decisions (letter->store, id, true, error);
      if (decisions == NULL)
        return false;
      g_ptr_array_add (known->owners, decisions);
      for (guint k = 0; k < decisions->len; k++)
        g_ptr_array_add (known->decisions, decisions->pdata[k]);
    }
  return ids != NULL;
}

static bool
has_value (const Known *known, const char *name, const char *value)
{
  for (guint i = 0; i < known->decisions->len; i++)
    {
      const StoreDecision *decision = known->decisions->pdata[i];
      if (strcmp (decision->name, name) == 0 && strcmp (decision->value, value) == 0)
        return true;
    }
  return false;
}

/* Whether both say @name and share no value of it. */
bool
join_differs (const GPtrArray *mine, const GPtrArray *theirs, const char *name)
{
  bool has = false, shares = false;
  for (guint i = 0; i < mine->len; i++)
    {
      const StoreDecision *decision = mine->pdata[i];
      g_autofree char *key = strcmp (decision->name, name) == 0 ? join_key (decision->name, decision->value) : NULL;
      has |= key != NULL;
      for (guint k = 0; key != NULL && k < theirs->len; k++)
        {
          const StoreDecision *other = theirs->pdata[k];
          g_autofree char *other_key = strcmp (other->name, name) == 0 ? join_key (name, other->value) : NULL;
          shares |= other_key != NULL && strcmp (key, other_key) == 0;
        }
    }
  for (guint k = 0; has && k < theirs->len; k++)
    if (strcmp (((const StoreDecision *)theirs->pdata[k])->name, name) == 0)
      return !shares;
  return false;
}

NamesFit
join_compare_senders (const GPtrArray *mine, const GPtrArray *theirs)
{
  const StoreDecision *one = join_decision (mine, "sender"), *other = join_decision (theirs, "sender");
  return one != NULL && other != NULL ? names_compare (one->value, other->value) : NAMES_AGREE;
}

static void
weigh_writer (const JoinLetter *letter, const Known *known, JoinCandidate *candidate)
{
  NamesFit fit = join_compare_senders (letter->decisions, known->decisions);
  if (fit == NAMES_DIFFER)
    join_points (candidate, "join:other-sender", -0.35);
  if (fit == NAMES_TOUCH) /* of the family, who may well write about the same, or of the same first name */
    join_points (candidate, "join:another-name", -0.20);
  if (join_differs (letter->decisions, known->decisions, "customer_no"))
    join_points (candidate, "join:other-customer", -0.40);
}

/* Whether @subject is @wide or below it: "billing/double-charge" is within "billing". */
static bool
is_within (const char *subject, const char *wide)
{
  size_t length = strlen (wide);
  return strncmp (subject, wide, length) == 0 && (subject[length] == '\0' || subject[length] == '/');
}

static void
weigh_matter (const JoinLetter *letter, const Known *known, JoinCandidate *candidate)
{
  const StoreDecision *subject = join_decision (letter->decisions, "subject");
  const StoreDecision *amount = join_decision (letter->decisions, "amount");
  const StoreDecision *theirs = join_decision (known->decisions, "subject");
  if (join_differs (letter->decisions, known->decisions, "order_no"))
    join_points (candidate, "join:other-order", -0.30);
  if (amount != NULL && has_value (known, "amount", amount->value))
    join_add_decision (candidate, 0.15, amount);
  if (subject == NULL || subject->undecided || theirs == NULL || strcmp (subject->value, "general") == 0)
    return;
  if (has_value (known, "subject", subject->value))
    join_add_decision (candidate, 0.12, subject);
  else if (!theirs->undecided && !is_within (subject->value, theirs->value)
           && !is_within (theirs->value, subject->value))
    join_points (candidate, "join:other-subject", -0.10);
}

static void
weigh_time (const Known *known, JoinCandidate *candidate)
{
  double points = known->days <= 14   ? 0.10
                  : known->days <= 30 ? 0.08
                  : known->days <= 90 ? 0.04
                  : known->days > 365 ? -0.20
                                      : 0;
  if (points != 0)
    join_points (candidate, "join:time", points);
}

/* "In answer to your letter of 3 May": that it goes on with something, and with a letter of that day. */
static void
weigh_wording (const JoinLetter *letter, const Known *known, JoinCandidate *candidate)
{
  const StoreDecision *own = join_decision (letter->decisions, "letter_date");
  const StoreDecision *follow_up = join_decision (letter->decisions, "follow_up");
  if (follow_up != NULL)
    join_add_decision (candidate, 0.20, follow_up);
  for (guint i = 0; i < known->decisions->len; i++)
    {
      const StoreDecision *date = known->decisions->pdata[i];
      const RecordPage *page;
      uint32_t from, to;
      if (strcmp (date->name, "letter_date") != 0 || (own != NULL && strcmp (own->value, date->value) == 0)
          || !join_mentions_date (letter, date->value, &page, &from, &to))
        continue;
      join_add (candidate, "join:date-of-letter", follow_up != NULL ? 0.20 : 0.10, page, from, to);
      return;
    }
}

/* A number can be copied: who is surely called otherwise than all who wrote in the case is not taken for them. What a
 * machine wrote has the name of nobody. */
static bool
is_stranger (const JoinLetter *letter, const Known *known)
{
  const StoreDecision *sender = join_decision (letter->decisions, "sender");
  const StoreDecision *follow_up = join_decision (letter->decisions, "follow_up");
  bool automatic
      = follow_up != NULL && (strcmp (follow_up->value, "automatic") == 0 || strcmp (follow_up->value, "bounce") == 0);
  bool named = false;
  if (sender == NULL || sender->undecided || automatic)
    return false;
  for (guint i = 0; i < known->decisions->len; i++)
    {
      const StoreDecision *other = known->decisions->pdata[i];
      if (strcmp (other->name, "sender") != 0)
        continue;
      if (names_compare (sender->value, other->value) != NAMES_DIFFER)
        return false;
      named = true;
    }
  return named;
}

bool
join_weigh (JoinWork *work, GError **error)
{
  for (guint i = 0; i < work->candidates->len; i++)
    {
      JoinCandidate *candidate = work->candidates->pdata[i];
      g_auto (Known) known = { 0 };
      if (!know (work->letter, candidate->case_id, &known, error))
        return false;
      candidate->stranger = candidate->proven && is_stranger (work->letter, &known);
      if (candidate->stranger)
        join_points (candidate, "join:other-sender", 0);
      if (candidate->proven)
        continue;
      weigh_writer (work->letter, &known, candidate);
      weigh_matter (work->letter, &known, candidate);
      weigh_time (&known, candidate);
      weigh_wording (work->letter, &known, candidate);
    }
  return true;
}
