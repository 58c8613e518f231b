#include "cases/deadline_set.h"
#include "cases/work.h"
#include "store/blind.h"
#include "store/deadlines.h"
#include "store/decision.h"
#include "store/receipt.h"
#include <string.h>

/* What the document is about: all its kinds, and its subject ("" where there is none). */
typedef struct
{
  GPtrArray *kinds; /* of char *, NULL at the end */
  char *subject;
} About;

static void
about_clear (About *about)
{
  g_clear_pointer (&about->kinds, g_ptr_array_unref);
  g_free (about->subject);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (About, about_clear)

static bool
read_about (Store *store, const StoreDocument *document, About *about, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  if (decisions == NULL)
    return false;
  about->kinds = g_ptr_array_new_with_free_func (g_free);
  about->subject = g_strdup (document->subject != NULL ? document->subject : "");
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      size_t k;
      const json_t *also;
      if (strcmp (decision->name, "kind") != 0)
        continue;
      g_ptr_array_add (about->kinds, g_strdup (decision->value));
      json_array_foreach (decision->also, k, also) g_ptr_array_add (about->kinds, g_strdup (json_string_value (also)));
    }
  g_ptr_array_add (about->kinds, NULL);
  return true;
}

static DeadlineMoment
moment_of (int64_t time_us, const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) at = zone != NULL && utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (at == NULL)
    return (DeadlineMoment){ (DkDay)(time_us / (INT64_C (86400) * G_USEC_PER_SEC)), -1 };
  return (DeadlineMoment){
    dk_day (g_date_time_get_year (at), g_date_time_get_month (at), g_date_time_get_day_of_month (at)),
    g_date_time_get_hour (at) * 60 + g_date_time_get_minute (at),
  };
}

/* When it came: the time is known where it was taken in on the day of receipt. */
static bool
find_received (Store *store, const StoreDocument *document, const char *received, DeadlineMoment *moment,
               GError **error)
{
  *moment = (DeadlineMoment){ dk_day_parse (received), -1 };
  g_autoptr (StoreReceipt) receipt = store_receipt_of (store, document->id, error);
  if (receipt == NULL)
    return false;
  if (strcmp (receipt->received, received) != 0 || strcmp (receipt->received_source, "today") != 0)
    return true;
  DeadlineMoment captured = moment_of (receipt->captured_us, receipt->zone);
  if (captured.day == moment->day)
    *moment = captured;
  return true;
}

/* What a person checks blindly, docket is sure of. */
static bool
is_unsure (const StoreDocument *document)
{
  size_t i;
  const json_t *code;
  json_array_foreach (document->review, i,
                      code) if (g_strcmp0 (json_string_value (code), STORE_REVIEW_BLIND) != 0) return true;
  return false;
}

static const char *
state_of (const Deadline *deadline, const StoreDocument *document)
{
  const char *state = deadline_state (deadline);
  bool dated = deadline->due != DK_DAY_NONE;
  return dated && is_unsure (document) ? "provisional" : state;
}

static const StoreDeadline *
in_force (const GPtrArray *deadlines, const char *kind)
{
  for (guint i = 0; i < deadlines->len; i++)
    if (strcmp (((const StoreDeadline *)deadlines->pdata[i])->kind, kind) == 0)
      return deadlines->pdata[i];
  return NULL;
}

/* Another version of the calendar that changes no day of it says nothing new. */
static bool
same_calendar (const char *a, const char *b)
{
  size_t length = strcspn (a, "@");
  return length == strcspn (b, "@") && strncmp (a, b, length) == 0;
}

static bool
says_the_same (const StoreDeadline *a, const StoreDeadline *b)
{
  return a != NULL && strcmp (a->policy, b->policy) == 0 && same_calendar (a->calendar, b->calendar)
         && strcmp (a->start, b->start) == 0 && g_strcmp0 (a->due, b->due) == 0
         && g_strcmp0 (a->work_by, b->work_by) == 0 && strcmp (a->state, b->state) == 0
         && json_equal (a->trace, b->trace);
}

/* Whether other cases were merged into @case_id. */
static bool
has_merged (Store *store, int64_t case_id, bool *merged, GError **error)
{
  g_autoptr (GArray) ids = store_case_documents (store, case_id, error);
  *merged = false;
  for (guint i = 0; ids != NULL && i < ids->len && !*merged; i++)
    {
      g_autoptr (StoreDocument) other = store_document_load (store, g_array_index (ids, int64_t, i), error);
      if (other == NULL)
        return false;
      *merged = other->case_id != case_id;
    }
  return ids != NULL;
}

/* Whether @before stays in force: it is settled, says the same, or was taken, being earlier, from a case that was
 * merged into this one. */
static bool
is_kept (Store *store, const StoreDeadline *before, const StoreDeadline *now, bool *kept, GError **error)
{
  *kept = before != NULL && (store_deadline_is_answered (before) || says_the_same (before, now));
  bool earlier = before != NULL && strcmp (before->state, STORE_DEADLINE_WITHDRAWN) != 0 && before->due != NULL
                 && (now->due == NULL || strcmp (before->due, now->due) < 0);
  return *kept || !earlier || has_merged (store, now->case_id, kept, error);
}

/* An end of hours is kept as its instant, with the day in front. */
static bool
set_deadline (StoreTransaction *transaction, const StoreDocument *document, const ChainClock *clock,
              const GPtrArray *old, GError **error)
{
  const Deadline *deadline = clock->deadline;
  g_autoptr (json_t) described = deadline_json (deadline, clock->policy, clock->calendar);
  g_autofree char *start = dk_day_format (deadline->start);
  g_autofree char *day = dk_day_format (deadline->due);
  g_autofree char *work_by = dk_day_format (deadline->work_by);
  StoreDeadline row = { .case_id = document->case_id,
                        .kind = (char *)(uintptr_t)clock->policy->kind,
                        .policy = (char *)(uintptr_t)clock->policy->version,
                        .calendar = (char *)(uintptr_t)calendar_version (clock->calendar),
                        .start = start,
                        .due = deadline->due_time != NULL ? deadline->due_time : day,
                        .work_by = work_by,
                        .state = (char *)(uintptr_t)state_of (deadline, document),
                        .trace = json_object_get (described, "trace") };
  bool kept;
  return is_kept (store_of (transaction), in_force (old, row.kind), &row, &kept, error)
         && (kept || store_deadline_set (transaction, &row, error));
}

static bool
has_clock (const GPtrArray *clocks, const char *kind)
{
  for (guint i = 0; i < clocks->len; i++)
    {
      const ChainClock *clock = clocks->pdata[i];
      if (clock->state == CHAIN_RUNNING && strcmp (clock->policy->kind, kind) == 0)
        return true;
    }
  return false;
}

/* Ends the deadlines in force of which there is no clock any more: no complaint, or another pack. */
static bool
withdraw_others (StoreTransaction *transaction, const GPtrArray *old, const GPtrArray *clocks, GError **error)
{
  for (guint i = 0; i < old->len; i++)
    {
      StoreDeadline row = *(const StoreDeadline *)old->pdata[i];
      if (store_deadline_is_over (&row) || has_clock (clocks, row.kind))
        continue;
      row.state = (char *)(uintptr_t)STORE_DEADLINE_WITHDRAWN;
      if (!store_deadline_set (transaction, &row, error))
        return false;
    }
  return true;
}

/* --- what has happened in the case --- */

typedef struct
{
  GArray *events; /* of ChainEvent */
  GArray *pauses; /* of DeadlinePause */
  bool closed;
} Happened;

static void
happened_clear (Happened *happened)
{
  g_clear_pointer (&happened->events, g_array_unref);
  g_clear_pointer (&happened->pauses, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Happened, happened_clear)

/* What an act is to the clocks: a word to the customer acknowledges, a holding letter extends. */
static const char *const *
events_of_act (CaseAct act)
{
  static const char *const none[] = { NULL }, *const word[] = { "ack", "first", NULL },
                           *const holding[] = { "ack", "first", "holding", "extension", NULL },
                           *const final[] = { "ack", "first", "final", NULL };
  switch (act)
    {
    case CASE_ASK:
    case CASE_TELL:
      return word;
    case CASE_HOLD:
      return holding;
    case CASE_FINAL:
      return final;
    default:
      return none;
    }
}

static bool
read_happened (Store *store, int64_t case_id, const char *zone, Happened *happened, GError **error)
{
  const CaseHouse house = { zone, CASE_LIMITS_DEFAULT };
  g_autoptr (CaseState) state = case_state_load (store, case_id, &house, error);
  g_autoptr (GPtrArray) chain = state != NULL ? store_case_chain (store, case_id, 0, error) : NULL;
  if (chain == NULL)
    return false;
  happened->closed = state->status == CASE_CLOSED;
  happened->events = g_array_new (FALSE, FALSE, sizeof (ChainEvent));
  happened->pauses = g_array_new (FALSE, FALSE, sizeof (DeadlinePause));
  for (guint i = 0; i < chain->len; i++)
    {
      const StoreChainEntry *entry = chain->pdata[i];
      DeadlineMoment at = moment_of (entry->time_us, zone);
      DkDay day = dk_day_parse (entry->day);
      if (day != DK_DAY_NONE && day != at.day)
        at = (DeadlineMoment){ day, -1 };
      for (const char *const *name = events_of_act (case_act_parse (entry->act)); *name != NULL; name++)
        {
          ChainEvent event = { *name, at };
          g_array_append_val (happened->events, event);
        }
    }
  for (guint i = 0; i < state->pauses->len; i++)
    {
      const CasePause *span = &g_array_index (state->pauses, CasePause, i);
      DeadlinePause pause = { moment_of (span->from_us, zone), { DK_DAY_NONE, -1 } };
      if (span->to_us != 0)
        pause.to = moment_of (span->to_us, zone);
      g_array_append_val (happened->pauses, pause);
    }
  return true;
}

/* The clocks that run for @document, which was received on @received. NULL on error. */
static GPtrArray *
find_clocks (Store *store, const DeadlineHouse *house, const StoreDocument *document, const char *received,
             const Happened *happened, GError **error)
{
  g_auto (About) about = { 0 };
  const Settings *settings = house->settings;
  ChainFacts facts = { .zone = settings->zone };
  if (!read_about (store, document, &about, error)
      || !find_received (store, document, received, &facts.received, error))
    return NULL;
  facts.subject = about.subject;
  facts.events = (const ChainEvent *)(gpointer)happened->events->data;
  facts.n_events = happened->events->len;
  facts.pauses = (const DeadlinePause *)(gpointer)happened->pauses->data;
  facts.n_pauses = happened->pauses->len;
  const PolicyQuestion question = { settings->policy, settings->country, (const char *const *)about.kinds->pdata,
                                    about.subject, facts.received.day };
  g_autoptr (GPtrArray) policies = policies_for (house->policies, &question);
  return chain_run (policies, &facts, settings->calendar, house->calendar_of, house->data, error);
}

bool
deadline_set_all (StoreTransaction *transaction, const DeadlineHouse *house, const StoreDocument *document,
                  const char *received, GError **error)
{
  Store *store = store_of (transaction);
  g_auto (Happened) happened = { 0 };
  if (!read_happened (store, document->case_id, house->settings->zone, &happened, error))
    return false;
  if (happened.closed)
    return true;
  g_autoptr (GPtrArray) old = store_deadlines (store, document->case_id, error);
  g_autoptr (GPtrArray) clocks = old != NULL ? find_clocks (store, house, document, received, &happened, error) : NULL;
  if (clocks == NULL || !withdraw_others (transaction, old, clocks, error))
    return false;
  for (guint i = 0; i < clocks->len; i++)
    {
      const ChainClock *clock = clocks->pdata[i];
      if (clock->state == CHAIN_RUNNING && !set_deadline (transaction, document, clock, old, error))
        return false;
    }
  return true;
}

/* --- looking at all of them again --- */

/* Whether @row would be computed otherwise now, from its own day 0. Hours, which need their minute, always would. */
static bool
differs (const DeadlineHouse *house, const StoreOpenDeadline *row)
{
  const Policy *policy = policies_by_version (house->policies, row->policy);
  const Calendar *calendar
      = policy != NULL ? house->calendar_of (policy_calendar (policy, house->settings->calendar), house->data) : NULL;
  if (calendar == NULL || row->start == DK_DAY_NONE || policy->terms.rule.unit == DEADLINE_HOURS
      || policy->terms.rule.unit == DEADLINE_WH || !same_calendar (row->calendar, calendar_version (calendar)))
    return true;
  g_autoptr (Deadline) deadline
      = deadline_of (&policy->terms, calendar, (DeadlineMoment){ row->start, -1 }, house->settings->zone, NULL, 0);
  bool provisional = strcmp (row->state, "provisional") == 0 && deadline->due != DK_DAY_NONE;
  return row->due != deadline->due || row->work_by != deadline->work_by
         || (!provisional && strcmp (row->state, deadline_state (deadline)) != 0);
}

GArray *
deadline_recheck (Store *store, const DeadlineHouse *house, int64_t after, int64_t last, unsigned *looked,
                  GError **error)
{
  g_autoptr (StoreOpenDeadlines) rows = store_open_deadlines (store, after, last, error);
  if (rows == NULL)
    return NULL;
  GArray *cases = g_array_new (FALSE, FALSE, sizeof (int64_t));
  *looked = rows->deadlines->len;
  for (guint i = 0; i < rows->deadlines->len; i++)
    {
      const StoreOpenDeadline *row = &g_array_index (rows->deadlines, StoreOpenDeadline, i);
      bool known = cases->len > 0 && g_array_index (cases, int64_t, cases->len - 1) == row->case_id;
      if (!known && differs (house, row))
        g_array_append_val (cases, row->case_id);
    }
  return cases;
}
