#include "cases/work.h"
#include "base/messages.h"
#include <string.h>

#define PROMISE_MONTHS_MOST 24 /* no law gives half as much */

/* --- the state of a case --- */

static DkDay
day_of (int64_t time_us, const char *zone)
{
  DkDay day;
  return dk_day_in_zone (time_us, zone, &day, NULL) ? day : (DkDay)(time_us / (INT64_C (86400) * G_USEC_PER_SEC));
}

/* Begins with the day on which the case came, ends with its newest act; a merge and its undoing leave no trace in it.
 */
static CaseState *
fold (const GPtrArray *chain, DkDay received, const CaseHouse *house)
{
  const CaseEvent open = { .act = CASE_OPEN, .day = received, .reason = "" };
  CaseState *state = case_state_new (&open);
  for (guint i = 0; i < chain->len; i++)
    {
      const StoreChainEntry *entry = chain->pdata[i];
      CaseEvent event = { .act = case_act_parse (entry->act),
                          .time_us = entry->time_us,
                          .day = dk_day_parse (entry->day),
                          .reason = entry->reason,
                          .gratitude = entry->gratitude };
      if (event.day == DK_DAY_NONE)
        event.day = day_of (entry->time_us, house->zone);
      if (event.act != CASE_ACTS)
        case_state_apply (state, &event, &house->limits);
    }
  return state;
}

/* The place of the entry @seq in @chain; @chain->len where it is not there. */
static guint
place_of (const GPtrArray *chain, int64_t seq)
{
  guint i = 0;
  while (i < chain->len && ((const StoreChainEntry *)chain->pdata[i])->seq != seq)
    i++;
  return i;
}

/* Drops each merge that was taken back, what undid it, and what stands between the two. */
static void
drop_undone (GPtrArray *chain)
{
  for (guint i = 0; i < chain->len; i++)
    {
      int64_t merge = ((const StoreChainEntry *)chain->pdata[i])->undoes;
      guint from = merge != 0 ? place_of (chain, merge) : chain->len;
      if (from >= i)
        continue;
      g_ptr_array_remove_range (chain, from, i - from + 1);
      i = from - 1;
    }
}

CaseState *
case_state_load (Store *store, int64_t case_id, const CaseHouse *house, GError **error)
{
  g_autoptr (StoreCase) the_case = store_case_load (store, case_id, error);
  g_autoptr (GPtrArray) chain = the_case != NULL ? store_case_chain (store, case_id, 0, error) : NULL;
  if (chain == NULL)
    return NULL;
  drop_undone (chain);
  return fold (chain, dk_day_parse (the_case->received), house);
}

static void
set_text (char **place, char *text)
{
  g_free (*place);
  *place = text;
}

/* Writes @state into @the_case, as it will be noted. */
static void
show_state (StoreCase *the_case, const CaseState *state)
{
  set_text (&the_case->status, g_strdup (case_status_name (state->status)));
  set_text (&the_case->reason, g_strdup (state->reason));
  set_text (&the_case->outcome, g_strdup (state->outcome));
  set_text (&the_case->unanswered, dk_day_format (state->unanswered));
  set_text (&the_case->told, dk_day_format (state->told));
  set_text (&the_case->closed, dk_day_format (state->closed));
  the_case->round = state->round;
}

/* --- clocks --- */

/* Whether an act settles deadlines of @kind: the final answer all but what an outside body started, a holding letter or
 * any word to the customer those that ask for one. */
static bool
settles (CaseAct act, const char *kind)
{
  static const char *const words[] = { "ack", "first", "stage2-ack", NULL };
  bool word = g_strv_contains (words, kind);
  switch (act)
    {
    case CASE_FINAL:
      return !g_str_has_prefix (kind, "referral");
    case CASE_HOLD:
      return word || strcmp (kind, "holding") == 0;
    case CASE_ASK:
    case CASE_TELL:
      return word;
    default:
      return false;
    }
}

/* Whether what was sent by @event was in time: by its day, of hours by its instant where that is known. */
static bool
is_in_time (const StoreDeadline *deadline, const CaseEvent *event, const CaseHouse *house)
{
  g_autoptr (GDateTime) end
      = strchr (deadline->due, 'T') != NULL ? g_date_time_new_from_iso8601 (deadline->due, NULL) : NULL;
  if (end == NULL || day_of (event->time_us, house->zone) != event->day)
    return event->day <= store_deadline_day (deadline->due);
  return event->time_us <= g_date_time_to_unix (end) * G_USEC_PER_SEC;
}

/* What the act settles is met or missed; what has no date stays open. */
static bool
settle_deadlines (StoreTransaction *transaction, int64_t case_id, const CaseEvent *event, const CaseHouse *house,
                  GError **error)
{
  g_autoptr (GPtrArray) deadlines = store_deadlines (store_of (transaction), case_id, error);
  if (deadlines == NULL)
    return false;
  for (guint i = 0; i < deadlines->len; i++)
    {
      StoreDeadline *deadline = deadlines->pdata[i];
      if (store_deadline_is_over (deadline) || store_deadline_day (deadline->due) == DK_DAY_NONE
          || !settles (event->act, deadline->kind))
        continue;
      set_text (&deadline->state,
                g_strdup (is_in_time (deadline, event, house) ? STORE_DEADLINE_MET : STORE_DEADLINE_MISSED));
      if (!store_deadline_set (transaction, deadline, error))
        return false;
    }
  return true;
}

/* --- acts --- */

bool
case_is_at (const StoreCase *the_case, int64_t version, GError **error)
{
  return version == 0 || version == the_case->version
         || dk_refuse (error, DK_ERROR_STALE, "stale", "sll", the_case->number, version, the_case->version);
}

/* The civil date of @work: neither later than today nor before @the_case came. What a letter says was said when that
 * came, which may be earlier; and the day of receipt is what is set right. */
static bool
find_day (const StoreCase *the_case, const CaseWork *work, const CaseHouse *house, DkDay *day, GError **error)
{
  DkDay today, came = dk_day_parse (the_case->received);
  if (!dk_day_in_zone (dk_now_us (), house->zone, &today, error))
    return false;
  *day = work->day != DK_DAY_NONE ? work->day : today;
  g_autofree char *text = dk_day_format (*day);
  if (*day > today)
    return dk_refuse (error, DK_ERROR_USAGE, "act_future", "s", text);
  if (work->act == CASE_RECEIVED)
    return dk_day_is_arrival (*day, today, error);
  return work->day == DK_DAY_NONE || work->document != 0 || *day >= came
         || dk_refuse (error, DK_ERROR_USAGE, "before_arrival", "sss", the_case->number, the_case->received, text);
}

static bool
check_transfer (Store *store, const StoreCase *the_case, const CaseWork *work, GError **error)
{
  if (work->act != CASE_TRANSFER)
    return true;
  if (work->owner == NULL || *work->owner == '\0')
    return dk_refuse (error, DK_ERROR_USAGE, "transfer_to", "");
  if (strcmp (work->owner, the_case->owner) == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "transfer_same", "s", the_case->owner);
  if (work->text == NULL || *work->text == '\0')
    return dk_refuse (error, DK_ERROR_USAGE, "transfer_why", "");
  g_autofree char *former = case_former_owner (store, the_case, error);
  return former != NULL
         && (strcmp (former, work->owner) != 0 || dk_refuse (error, DK_ERROR_USAGE, "former_owner", "s", former));
}

char *
case_former_owner (Store *store, const StoreCase *the_case, GError **error)
{
  if (the_case->stage < 2 || the_case->parent == 0)
    return g_strdup ("");
  g_autoptr (StoreCase) parent = store_case_load (store, the_case->parent, error);
  return parent != NULL ? g_steal_pointer (&parent->owner) : NULL;
}

/* What an act concerns, as it is noted. Owned by the caller. */
static char *
subject_of (const CaseWork *work)
{
  switch (work->act)
    {
    case CASE_TRANSFER:
    case CASE_REFER:
      return g_strdup (work->owner != NULL ? work->owner : "");
    case CASE_ESCALATE:
    case CASE_UNESCALATE:
      return g_strdup (work->other != NULL ? work->other : "");
    case CASE_HOLD:
      return work->until > 0 ? dk_day_format (work->until) : g_strdup ("");
    case CASE_CLOCK:
      return g_strdup (work->off ? "off" : "");
    default:
      return g_strdup ("");
    }
}

static bool
note (StoreTransaction *transaction, StoreCase *the_case, const CaseEvent *event, const CaseWork *work,
      const char *subject, int64_t undoes, GError **error)
{
  g_autofree char *day = dk_day_format (event->day);
  const StoreAct act = { .act = case_act_name (event->act),
                         .reason = event->reason,
                         .day = day,
                         .channel = work->channel != NULL ? work->channel : "",
                         .gratitude = event->gratitude,
                         .document = work->document,
                         .text = work->text,
                         .letter = work->letter,
                         .language = work->language,
                         .blocks = work->blocks,
                         .attachments = work->attachments,
                         .subject = subject,
                         .undoes = undoes,
                         .now = the_case };
  return store_case_act (transaction, the_case->id, &act, error);
}

/* Does @event in @the_case and notes it. */
static bool
act (StoreTransaction *transaction, StoreCase *the_case, const CaseEvent *event, const CaseWork *work,
     const char *subject, const CaseHouse *house, GError **error)
{
  g_autoptr (CaseState) state = case_state_load (store_of (transaction), the_case->id, house, error);
  if (state == NULL || !case_state_allows (state, event, &house->limits, error))
    return false;
  case_state_apply (state, event, &house->limits);
  show_state (the_case, state);
  if (event->act == CASE_CAUSE)
    set_text (&the_case->cause, g_strdup (event->reason));
  if (event->act == CASE_RECEIVED)
    set_text (&the_case->received, dk_day_format (event->day));
  if (event->act == CASE_TRANSFER)
    set_text (&the_case->owner, g_strdup (work->owner));
  return note (transaction, the_case, event, work, subject, 0, error)
         && settle_deadlines (transaction, the_case->id, event, house, error);
}

bool
case_work (StoreTransaction *transaction, int64_t case_id, const CaseWork *work, const CaseHouse *house, GError **error)
{
  g_autoptr (StoreCase) the_case = store_case_load (store_of (transaction), case_id, error);
  CaseEvent event = { .act = work->act,
                      .time_us = dk_now_us (),
                      .reason = work->reason != NULL ? work->reason : "",
                      .gratitude = work->gratitude };
  if (the_case == NULL || !case_is_at (the_case, work->version, error)
      || !find_day (the_case, work, house, &event.day, error)
      || !check_transfer (store_of (transaction), the_case, work, error))
    return false;
  if (work->act == CASE_RECEIVED && (work->day == DK_DAY_NONE || work->text == NULL || *work->text == '\0'))
    return dk_refuse (error, DK_ERROR_USAGE, "received_why", "");
  if (work->act == CASE_REFER && (work->owner == NULL || *work->owner == '\0'))
    return dk_refuse (error, DK_ERROR_USAGE, "body", "");
  if (work->act == CASE_HOLD && work->until > 0 && work->until < event.day)
    return dk_refuse (error, DK_ERROR_USAGE, "promise_past", "");
  if (work->act == CASE_HOLD && work->until > dk_day_add_months (event.day, PROMISE_MONTHS_MOST))
    return dk_refuse (error, DK_ERROR_USAGE, "promise_far", "d", PROMISE_MONTHS_MOST);
  if (strcmp (event.reason, "merged") == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "by_merging", "");
  g_autofree char *subject = subject_of (work);
  return act (transaction, the_case, &event, work, subject, house, error);
}

/* --- merging --- */

/* Whether @own (NULL: none) is answered, or ends no later than @theirs. */
static bool
stays (const StoreDeadline *own, const StoreDeadline *theirs)
{
  if (own == NULL || store_deadline_is_answered (own))
    return own != NULL;
  return !store_deadline_is_over (own) && own->due != NULL && strcmp (own->due, theirs->due) <= 0;
}

/* The winner's deadlines become the loser's where those are earlier. */
static bool
take_earlier (StoreTransaction *transaction, int64_t loser, int64_t winner, GError **error)
{
  g_autoptr (GPtrArray) theirs = store_deadlines (store_of (transaction), loser, error);
  g_autoptr (GPtrArray) ours = theirs != NULL ? store_deadlines (store_of (transaction), winner, error) : NULL;
  for (guint i = 0; ours != NULL && i < theirs->len; i++)
    {
      StoreDeadline row = *(const StoreDeadline *)theirs->pdata[i];
      if (store_deadline_is_over (&row) || row.due == NULL || stays (store_deadline_of (ours, row.kind), &row))
        continue;
      row.case_id = winner;
      if (!store_deadline_set (transaction, &row, error))
        return false;
    }
  return ours != NULL;
}

static bool
is_open (const StoreCase *the_case, GError **error)
{
  return strcmp (the_case->status, "closed") != 0
         || dk_refuse (error, DK_ERROR_USAGE, "merge_closed", "s", the_case->number);
}

/* @lost ends as merged and goes on in @won. */
static bool
go_into (StoreTransaction *transaction, StoreCase *lost, const StoreCase *won, const char *text, const CaseHouse *house,
         GError **error)
{
  const CaseWork work = { .act = CASE_CLOSE, .text = text, .day = DK_DAY_NONE };
  CaseEvent event = { .act = CASE_CLOSE, .time_us = dk_now_us (), .reason = "merged" };
  lost->merged_into = won->id;
  return find_day (lost, &work, house, &event.day, error)
         && act (transaction, lost, &event, &work, won->number, house, error);
}

bool
case_merge (StoreTransaction *transaction, int64_t loser, int64_t winner, const char *text, const CaseHouse *house,
            GError **error)
{
  g_autoptr (StoreCase) lost = store_case_load (store_of (transaction), loser, error);
  g_autoptr (StoreCase) won = lost != NULL ? store_case_load (store_of (transaction), winner, error) : NULL;
  if (won == NULL || !is_open (lost, error) || !is_open (won, error))
    return false;
  if (loser == winner)
    return dk_refuse (error, DK_ERROR_USAGE, "merge_itself", "");
  if (lost->stage != won->stage)
    return dk_refuse (error, DK_ERROR_USAGE, "merge_stages", "");
  return take_earlier (transaction, loser, winner, error) && go_into (transaction, lost, won, text, house, error);
}

bool
case_merge_back (StoreTransaction *transaction, int64_t second, int64_t first, const char *text, const CaseHouse *house,
                 GError **error)
{
  g_autoptr (StoreCase) lost = store_case_load (store_of (transaction), second, error);
  g_autoptr (StoreCase) won = lost != NULL ? store_case_load (store_of (transaction), first, error) : NULL;
  return won != NULL && go_into (transaction, lost, won, text, house, error);
}

/* Leaves in @chain what was before the act by which the case went into @winner; *@merge is its seq. */
static bool
cut_at_merge (GPtrArray *chain, int64_t winner, int64_t *merge, GError **error)
{
  guint i = chain->len;
  while (i > 0 && ((const StoreChainEntry *)chain->pdata[i - 1])->merged_into != winner)
    i--;
  if (i == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "joined_singly", "");
  *merge = ((const StoreChainEntry *)chain->pdata[i - 1])->seq;
  g_ptr_array_set_size (chain, (gint)i - 1);
  return true;
}

bool
case_unmerge (StoreTransaction *transaction, int64_t loser, const CaseHouse *house, GError **error)
{
  g_autoptr (StoreCase) lost = store_case_load (store_of (transaction), loser, error);
  const CaseWork work = { .act = CASE_REOPEN, .day = DK_DAY_NONE };
  CaseEvent event = { .act = CASE_REOPEN, .time_us = dk_now_us (), .reason = "unmerged" };
  if (lost == NULL || !find_day (lost, &work, house, &event.day, error))
    return false;
  if (lost->merged_into == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "not_merged", "s", lost->number);
  if (lost->documents == 0 && lost->stage == 1)
    return dk_refuse (error, DK_ERROR_USAGE, "no_letter_left", "s", lost->number);
  g_autoptr (StoreCase) won = store_case_load (store_of (transaction), lost->merged_into, error);
  g_autoptr (GPtrArray) chain = won != NULL ? store_case_chain (store_of (transaction), loser, 0, error) : NULL;
  int64_t merge = 0;
  if (chain == NULL || !cut_at_merge (chain, won->id, &merge, error))
    return false;
  drop_undone (chain);
  g_autoptr (CaseState) before = fold (chain, dk_day_parse (lost->received), house);
  show_state (lost, before);
  lost->merged_into = 0;
  const CaseWork again = { .act = CASE_ESCALATE, .day = DK_DAY_NONE, .other = lost->number };
  bool second = lost->stage > 1 && lost->parent == won->id;
  return note (transaction, lost, &event, &work, won->number, merge, error)
         && (!second || case_work (transaction, won->id, &again, house, error));
}
