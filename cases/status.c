#include "cases/status.h"
#include "base/messages.h"
#include <string.h>

static const char *const statuses[CASE_STATUSES] = { "not_started", "pending_company", "pending_customer", "closed" };
static const char *const acts[CASE_ACTS]
    = { "open",  "work",  "ask",    "hold",     "final",    "remind",     "tell",  "hear",  "auto",     "outcome",
        "cause", "close", "reopen", "transfer", "escalate", "unescalate", "refer", "clock", "received", "note" };
/* The reasons that an act may have; NULL where it takes none or any. */
static const char *const work_reasons[] = { "triage", "investigating", "third_party", "approval", NULL };
const char *const case_ask_reasons[] = { "info_requested", "offer_made", NULL };
const char *const case_outcomes[] = { "upheld", "partly", "rejected", "goodwill", "none", NULL };
static const char *const auto_reasons[] = { "bounce", NULL };
static const char *const closings[]
    = { "resolved",         "withdrawn", "no_reply", "out_of_scope", "merged", "spam", "repeat_no_new_facts",
        "no_answer_needed", NULL };

const char *
case_status_name (CaseStatus status)
{
  return statuses[status];
}

CaseStatus
case_status_parse (const char *name)
{
  CaseStatus status = 0;
  while (status < CASE_STATUSES && strcmp (statuses[status], name) != 0)
    status++;
  return status;
}

const char *
case_act_name (CaseAct act)
{
  return acts[act];
}

CaseAct
case_act_parse (const char *name)
{
  CaseAct act = 0;
  while (act < CASE_ACTS && strcmp (acts[act], name) != 0)
    act++;
  return act;
}

CaseState *
case_state_new (const CaseEvent *event)
{
  CaseState *state = g_new0 (CaseState, 1);
  state->round = 1;
  state->opened = event->day;
  state->unanswered = event->day; /* what opened it came from the customer */
  state->closed = state->final = state->reminded = state->told = state->resumed = state->answered.day = DK_DAY_NONE;
  state->pauses = g_array_new (FALSE, FALSE, sizeof (CasePause));
  return state;
}

void
case_state_free (CaseState *state)
{
  if (state == NULL)
    return;
  g_array_unref (state->pauses);
  g_free (state);
}

/* --- what is allowed --- */

/* "info_requested (information asked for), …": what is typed, and what it means. Owned by the caller. */
static char *
explained (const char *const *codes, const char *words)
{
  GString *list = g_string_new (NULL);
  for (; *codes != NULL; codes++)
    {
      if (strcmp (*codes, "merged") == 0)
        continue; /* by merging alone */
      g_autofree char *word = dk_message (dk_spoken (), words, "s", *codes);
      bool same = strcmp (word, *codes) == 0;
      g_string_append_printf (list, "%s%s%s%s%s", list->len > 0 ? ", " : "", *codes, same ? "" : " (", same ? "" : word,
                              same ? "" : ")");
    }
  return g_string_free (list, FALSE);
}

static bool
need_reason (const CaseEvent *event, const char *const *allowed, bool may_be_empty, GError **error)
{
  if ((may_be_empty && *event->reason == '\0') || g_strv_contains (allowed, event->reason))
    return true;
  bool outcome = event->act == CASE_OUTCOME;
  g_autofree char *list = explained (allowed, outcome ? "cli.case.outcome" : "cli.case.reason");
  if (*event->reason == '\0')
    return dk_refuse (error, DK_ERROR_USAGE, "needs_reason", "ss", case_act_name (event->act), list);
  return outcome
             ? dk_refuse (error, DK_ERROR_USAGE, "bad_outcome", "ss", event->reason, list)
             : dk_refuse (error, DK_ERROR_USAGE, "bad_reason", "sss", event->reason, case_act_name (event->act), list);
}

/* Adds refuse.lack.@what, where @n is for how many days of silence. */
static void
add_missing (GString *missing, bool is_there, const char *what, unsigned n)
{
  g_autofree char *key = g_strconcat ("refuse.lack.", what, NULL);
  g_autofree char *words = dk_message (dk_spoken (), key, "d", (int)n);
  if (!is_there)
    g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", words);
}

/* Resolved: with an outcome, a cause and the final answer; for want of a reply: after a reminder and a time of silence.
 * The other reasons stand for themselves. */
static bool
may_close (const CaseState *state, const CaseEvent *event, const CaseLimits *limits, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  if (!need_reason (event, closings, false, error))
    return false;
  if (strcmp (event->reason, "resolved") == 0)
    {
      add_missing (missing, *state->outcome != '\0', "outcome", 0);
      add_missing (missing, state->has_cause, "cause", 0);
      add_missing (missing, state->final_sent, "final", 0);
    }
  if (strcmp (event->reason, "no_reply") == 0)
    {
      add_missing (missing, state->status == CASE_PENDING_CUSTOMER, "question", 0);
      add_missing (missing, state->reminded != DK_DAY_NONE, "reminder", 0);
      bool silent = state->reminded != DK_DAY_NONE && event->day - state->reminded >= (DkDay)limits->silence_days;
      add_missing (missing, silent, "silence", limits->silence_days);
    }
  return missing->len == 0 || dk_refuse (error, DK_ERROR_USAGE, "cannot_close", "ss", event->reason, missing->str);
}

/* What the customer asks to be looked at again is a final answer, and it is looked at once. */
static bool
may_escalate (const CaseState *state, GError **error)
{
  if (state->escalated)
    return dk_refuse (error, DK_ERROR_USAGE, "escalated", "");
  return state->final != DK_DAY_NONE || dk_refuse (error, DK_ERROR_USAGE, "escalate_early", "");
}

static bool
refuse_closed (const CaseState *state, GError **error)
{
  g_autofree char *reason = dk_message (dk_spoken (), "cli.case.reason", "s", state->reason);
  return dk_refuse (error, DK_ERROR_USAGE, "is_closed", "s", reason);
}

bool
case_state_allows (const CaseState *state, const CaseEvent *event, const CaseLimits *limits, GError **error)
{
  bool closed = state->status == CASE_CLOSED;
  if (event->act == CASE_OPEN)
    return dk_refuse (error, DK_ERROR_USAGE, "is_open", "");
  if (event->act == CASE_REOPEN)
    return closed || dk_refuse (error, DK_ERROR_USAGE, "reopen_open", "");
  if (event->act == CASE_ESCALATE)
    return may_escalate (state, error);
  if (event->act == CASE_UNESCALATE)
    return state->escalated || dk_refuse (error, DK_ERROR_USAGE, "not_escalated", "");
  if (event->act == CASE_AUTO)
    return need_reason (event, auto_reasons, true, error);
  if (closed && event->act != CASE_HEAR && event->act != CASE_REFER && event->act != CASE_NOTE)
    return refuse_closed (state, error);
  switch (event->act)
    {
    case CASE_WORK:
      return need_reason (event, work_reasons, true, error);
    case CASE_ASK:
      return need_reason (event, case_ask_reasons, false, error);
    case CASE_OUTCOME:
      return need_reason (event, case_outcomes, false, error);
    case CASE_CAUSE:
      return *event->reason != '\0' || dk_refuse (error, DK_ERROR_USAGE, "cause_subject", "");
    case CASE_CLOCK:
      return *event->reason != '\0' || dk_refuse (error, DK_ERROR_USAGE, "name_duty", "");
    case CASE_REMIND:
      return state->status == CASE_PENDING_CUSTOMER || dk_refuse (error, DK_ERROR_USAGE, "nothing_asked", "");
    case CASE_CLOSE:
      return may_close (state, event, limits, error);
    default:
      return true;
    }
}

/* --- what it does --- */

static void
set_status (CaseState *state, const CaseEvent *event, CaseStatus status, const char *reason)
{
  bool waited = state->status == CASE_PENDING_CUSTOMER, waits = status == CASE_PENDING_CUSTOMER;
  if (waits && !waited)
    {
      const CasePause pause = { .from_us = event->time_us };
      g_array_append_val (state->pauses, pause);
    }
  if (waited && !waits)
    g_array_index (state->pauses, CasePause, state->pauses->len - 1).to_us = event->time_us;
  state->status = status;
  g_strlcpy (state->reason, reason, sizeof state->reason);
}

/* A person wrote to the customer: what the customer wrote is answered. */
static void
tell (CaseState *state, const CaseEvent *event)
{
  state->unanswered = DK_DAY_NONE;
  state->told = event->day;
}

/* It goes on: in a new round, whose final answer is still to be given. */
static void
next_round (CaseState *state, const CaseEvent *event)
{
  state->round++;
  state->resumed = event->day;
  state->final_sent = false;
  state->closed = DK_DAY_NONE;
}

static void
note_rest (CaseState *state, const CaseEvent *event)
{
  state->answered = (CaseRest){ .status = state->status,
                                .final_sent = state->final_sent,
                                .round = state->round,
                                .closed = state->closed,
                                .unanswered = state->unanswered,
                                .day = event->day };
  g_strlcpy (state->answered.reason, state->reason, sizeof state->answered.reason);
}

static void
hear (CaseState *state, const CaseEvent *event, const CaseLimits *limits)
{
  CaseInbound inbound = case_state_inbound (state, event->day, event->gratitude, limits);
  if (inbound == CASE_INBOUND_FILED || inbound == CASE_INBOUND_NEW)
    return;
  if (state->final_sent && state->answered.day == DK_DAY_NONE) /* this may be what asks for a review */
    note_rest (state, event);
  if (state->unanswered == DK_DAY_NONE)
    state->unanswered = event->day;
  state->reminded = DK_DAY_NONE;
  if (inbound == CASE_INBOUND_REOPENS)
    next_round (state, event);
  if (state->status != CASE_NOT_STARTED)
    set_status (state, event, CASE_PENDING_COMPANY, state->status == CASE_PENDING_COMPANY ? state->reason : "triage");
}

/* A person acted, and nothing is asked of the customer by it. */
static void
work (CaseState *state, const CaseEvent *event)
{
  if (state->status == CASE_NOT_STARTED)
    set_status (state, event, CASE_PENDING_COMPANY, "triage");
  if (event->act == CASE_WORK && *event->reason != '\0')
    set_status (state, event, CASE_PENDING_COMPANY, event->reason);
}

/* It came on another day; who wrote then has waited since. */
static void
receive (CaseState *state, const CaseEvent *event)
{
  if (state->unanswered == state->opened)
    state->unanswered = event->day;
  state->opened = event->day;
  work (state, event);
}

static void
reopen (CaseState *state, const CaseEvent *event)
{
  next_round (state, event);
  state->answered.day = DK_DAY_NONE;
  set_status (state, event, CASE_PENDING_COMPANY, "triage");
}

/* What the customer wrote goes on elsewhere: the case rests as it did when it was answered. */
static void
escalate (CaseState *state, const CaseEvent *event)
{
  const CaseRest *rest = &state->answered;
  if (rest->day == DK_DAY_NONE)
    note_rest (state, event);
  state->escalated = true;
  set_status (state, event, rest->status, rest->reason);
  state->round = rest->round;
  state->closed = rest->closed;
  state->unanswered = rest->unanswered;
  state->final_sent = rest->final_sent;
}

static void
unescalate (CaseState *state, const CaseEvent *event)
{
  state->escalated = false;
  state->unanswered = state->answered.day;
  if (state->status == CASE_CLOSED)
    next_round (state, event);
  set_status (state, event, CASE_PENDING_COMPANY, "triage");
}

void
case_state_apply (CaseState *state, const CaseEvent *event, const CaseLimits *limits)
{
  switch (event->act)
    {
    case CASE_HEAR:
      hear (state, event, limits);
      return;
    case CASE_ASK:
      tell (state, event);
      set_status (state, event, CASE_PENDING_CUSTOMER, event->reason);
      return;
    case CASE_FINAL:
      tell (state, event);
      state->final_sent = true;
      state->final = event->day;
      state->answered.day = DK_DAY_NONE;
      set_status (state, event, CASE_PENDING_CUSTOMER, "final_sent");
      return;
    case CASE_HOLD:
    case CASE_TELL:
      tell (state, event);
      work (state, event);
      return;
    case CASE_REMIND:
      state->told = state->reminded = event->day;
      return;
    case CASE_OUTCOME:
      g_strlcpy (state->outcome, event->reason, sizeof state->outcome);
      work (state, event);
      return;
    case CASE_CAUSE:
      state->has_cause = true;
      work (state, event);
      return;
    case CASE_CLOSE:
      set_status (state, event, CASE_CLOSED, event->reason);
      state->closed = event->day;
      state->unanswered = state->answered.day = DK_DAY_NONE;
      return;
    case CASE_REOPEN:
      reopen (state, event);
      return;
    case CASE_ESCALATE:
      escalate (state, event);
      return;
    case CASE_UNESCALATE:
      unescalate (state, event);
      return;
    case CASE_RECEIVED:
      receive (state, event);
      return;
    case CASE_WORK:
    case CASE_TRANSFER:
    case CASE_CLOCK:
    case CASE_NOTE:
      work (state, event);
      return;
    default: /* what is automatic, or happens elsewhere */
      return;
    }
}

CaseInbound
case_state_inbound (const CaseState *state, DkDay today, bool gratitude, const CaseLimits *limits)
{
  if (state->status != CASE_CLOSED)
    return CASE_INBOUND_JOINS;
  if (gratitude)
    return CASE_INBOUND_FILED;
  return today - state->closed <= (DkDay)limits->reopen_days ? CASE_INBOUND_REOPENS : CASE_INBOUND_NEW;
}
