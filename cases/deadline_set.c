#include "cases/deadline_set.h"
#include "base/messages.h"
#include "cases/deadline_happened.h"
#include "cases/work.h"
#include "store/blind.h"
#include "store/chain.h"
#include "store/deadlines.h"
#include "store/decision.h"
#include "store/receipt.h"
#include <string.h>

/* When it came: the time is known where it was taken in, or told, on the day of receipt. */
static bool
find_received (Store *store, const DeadlineCase *the_case, const char *zone, DeadlineMoment *moment, GError **error)
{
  *moment = (DeadlineMoment){ dk_day_parse (the_case->received), -1 };
  DeadlineMoment noted = deadline_moment_of (the_case->it->opened_us, zone);
  if (the_case->letter != NULL)
    {
      g_autoptr (StoreReceipt) receipt = store_receipt_of (store, the_case->letter->id, error);
      if (receipt == NULL)
        return false;
      if (strcmp (receipt->received, the_case->received) != 0 || strcmp (receipt->received_source, "today") != 0)
        return true;
      noted = deadline_moment_of (receipt->captured_us, receipt->zone);
    }
  if (noted.day == moment->day)
    *moment = noted;
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
state_of (const Deadline *deadline, const StoreDocument *letter)
{
  const char *state = deadline_state (deadline);
  bool dated = deadline->due != DK_DAY_NONE;
  return dated && letter != NULL && is_unsure (letter) ? "provisional" : state;
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

/* Deadlines in force of the cases that were merged, with their letters, into @the_case: none of a second stage that was
 * taken back. Of StoreDeadline, owned by the caller. */
static GPtrArray *
read_merged (Store *store, const StoreCase *the_case, GError **error)
{
  g_autoptr (GArray) ids = store_case_merged (store, the_case->id, error);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)store_deadline_free);
  if (ids == NULL)
    return NULL;
  for (guint i = 0; i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (StoreCase) one = store_case_load (store, id, error);
      g_autoptr (GPtrArray) some = one != NULL ? store_deadlines (store, id, error) : NULL;
      if (some == NULL)
        return NULL;
      if (one->documents > 0 && one->stage == the_case->stage)
        g_ptr_array_extend_and_steal (all, g_steal_pointer (&some));
    }
  return g_steal_pointer (&all);
}

/* Whether @before was taken from a case that was merged into this one, as case_merge does. */
static bool
is_taken (const GPtrArray *merged, const StoreDeadline *before)
{
  for (guint i = 0; before != NULL && i < merged->len; i++)
    {
      const StoreDeadline *one = merged->pdata[i];
      if (!store_deadline_is_over (one) && strcmp (one->kind, before->kind) == 0
          && strcmp (one->start, before->start) == 0 && one->due != NULL && g_strcmp0 (one->due, before->due) == 0)
        return true;
    }
  return false;
}

/* Whether @before stays in force: it is settled, says the same, or was taken, being earlier, from a case that was
 * merged into this one. */
static bool
is_kept (const GPtrArray *merged, const StoreDeadline *before, const StoreDeadline *now)
{
  if (before == NULL || store_deadline_is_answered (before) || says_the_same (before, now))
    return before != NULL;
  bool earlier = strcmp (before->state, STORE_DEADLINE_WITHDRAWN) != 0 && before->due != NULL
                 && (now->due == NULL || strcmp (before->due, now->due) < 0);
  return earlier && is_taken (merged, before);
}

/* --- what the owner should know --- */

typedef struct
{
  StoreTransaction *transaction;
  const DeadlineHouse *house;
  const DeadlineCase *the_case;
  const GPtrArray *old;    /* of StoreDeadline: the versions so far */
  const GPtrArray *merged; /* of StoreDeadline: of cases that were merged into it */
} Setting;

static bool
has_step (const StoreDeadline *deadline, const char *why)
{
  size_t i;
  const json_t *step;
  if (deadline != NULL)
    json_array_foreach (deadline->trace, i, step) if (strcmp (dk_json_string (step, "why", ""), why) == 0) return true;
  return false;
}

/* Alerts the owner today, about the deadline @kind. */
static bool
alert (const Setting *setting, const char *reason, const char *kind, const char *text, GError **error)
{
  DkDay today;
  int64_t id;
  const StoreCase *it = setting->the_case->it;
  if (!dk_day_in_zone (dk_now_us (), setting->house->settings->zone, &today, error))
    return false;
  g_autofree char *day = dk_day_format (today);
  const StoreReminder reminder
      = { .case_id = it->id, .due = day, .owner = it->owner, .text = text, .reason = reason, .about = kind };
  return store_alert_set (setting->transaction, &reminder, &id, error);
}

/* Ends the alerts for @reason about the deadline @kind. */
static bool
end_alerts (const Setting *setting, const char *reason, const char *kind, GError **error)
{
  const StoreAlertsFilter filter = { .case_id = setting->the_case->it->id };
  g_autoptr (GPtrArray) alerts = store_alerts (store_of (setting->transaction), &filter, error);
  for (guint i = 0; alerts != NULL && i < alerts->len; i++)
    {
      const StoreAlert *one = alerts->pdata[i];
      if (strcmp (one->reason, reason) == 0 && strcmp (one->about, kind) == 0
          && !store_alert_move (setting->transaction, one->id, NULL, error))
        return false;
    }
  return alerts != NULL;
}

/* A date that cannot be found is called for until it can. */
static bool
tell_missing (const Setting *setting, const StoreDeadline *before, const StoreDeadline *now, GError **error)
{
  static const char missing[] = "calendar_missing";
  bool was = before != NULL && strcmp (before->state, missing) == 0, is = strcmp (now->state, missing) == 0;
  if (was && !is)
    return end_alerts (setting, STORE_ALERT_NO_DATE, now->kind, error);
  if (was == is)
    return true;
  g_autofree char *policy = g_strndup (now->policy, strcspn (now->policy, "@"));
  g_autofree char *calendar = g_strndup (now->calendar, strcspn (now->calendar, "@"));
  g_autofree char *text = dk_message (setting->house->settings->language, "clocks.no_calendar", "ss", policy, calendar);
  return alert (setting, STORE_ALERT_NO_DATE, now->kind, text, error);
}

/* Another law that ends on another day is told of once. */
static bool
tell_beside (const Setting *setting, const StoreDeadline *before, const Deadline *deadline, const StoreDeadline *now,
             GError **error)
{
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      if (!g_str_has_prefix (step->why, "beside:") || step->day == deadline->due || has_step (before, step->why))
        continue;
      const char *policy = step->why + strlen ("beside:");
      g_autofree char *one = g_strndup (now->policy, strcspn (now->policy, "@"));
      g_autofree char *other = g_strndup (policy, strcspn (policy, "@"));
      g_autofree char *day = dk_day_format (step->day);
      g_autofree char *text = dk_message (setting->house->settings->language, "clocks.two_laws", "ssss", one,
                                          now->due != NULL ? now->due : "?", other, day);
      if (!alert (setting, STORE_ALERT_TWO_LAWS, now->kind, text, error))
        return false;
    }
  return true;
}

/* --- writing --- */

/* Writes the end @deadline of @clock as @kind. An end of hours is kept as its instant, with the day in front. */
static bool
set_deadline (const Setting *setting, const ChainClock *clock, const Deadline *deadline, const char *kind, bool service,
              GError **error)
{
  g_autoptr (json_t) described = deadline_json (deadline, clock->policy, clock->calendar);
  g_autofree char *start = dk_day_format (deadline->start);
  g_autofree char *day = dk_day_format (deadline->due);
  g_autofree char *work_by = dk_day_format (deadline->work_by);
  StoreDeadline row = { .case_id = setting->the_case->it->id,
                        .kind = (char *)(uintptr_t)kind,
                        .policy = (char *)(uintptr_t)clock->policy->version,
                        .calendar = (char *)(uintptr_t)calendar_version (clock->calendar),
                        .start = start,
                        .due = deadline->due_time != NULL ? deadline->due_time : day,
                        .work_by = work_by,
                        .state = (char *)(uintptr_t)state_of (deadline, setting->the_case->letter),
                        .clock = (char *)(uintptr_t)(service ? "service" : "legal"),
                        .trace = json_object_get (described, "trace") };
  const StoreDeadline *before = store_deadline_of (setting->old, row.kind);
  return is_kept (setting->merged, before, &row)
         || (store_deadline_set (setting->transaction, &row, error) && tell_missing (setting, before, &row, error)
             && tell_beside (setting, before, deadline, &row, error));
}

/* The day that a holding letter named is the firm's own word: a clock without a rule. */
static bool
set_promise (const Setting *setting, DkDay told, DkDay until, GError **error)
{
  const Settings *settings = setting->house->settings;
  const Calendar *calendar = setting->house->calendar_of (settings->calendar, setting->house->data);
  DkDay by = until;
  while (calendar != NULL && by > told && calendar_day (calendar, CALENDAR_WD, by, NULL) != CALENDAR_WORKING)
    by--;
  g_autofree char *start = dk_day_format (told), *due = dk_day_format (until), *work_by = dk_day_format (by);
  g_autoptr (json_t) trace = json_pack ("[{s:s, s:b, s:s}, {s:s, s:b, s:s}]", "date", start, "counted", false, "why",
                                        "start", "date", due, "counted", true, "why", "end");
  StoreDeadline row = { .case_id = setting->the_case->it->id,
                        .kind = (char *)(uintptr_t)DEADLINE_PROMISE,
                        .policy = (char *)(uintptr_t) "letter/promise",
                        .calendar = (char *)(uintptr_t)(calendar != NULL ? calendar_version (calendar) : ""),
                        .start = start,
                        .due = due,
                        .work_by = work_by,
                        .state = (char *)(uintptr_t) "ok",
                        .clock = (char *)(uintptr_t) "service",
                        .trace = trace };
  return is_kept (setting->merged, store_deadline_of (setting->old, row.kind), &row)
         || store_deadline_set (setting->transaction, &row, error);
}

/* The clock of the final answer; NULL where there is none. */
static const ChainClock *
final_clock (const GPtrArray *clocks)
{
  for (guint i = 0; i < clocks->len; i++)
    {
      const ChainClock *clock = clocks->pdata[i];
      const char *kind = clock->policy->kind;
      bool last = g_str_has_prefix (kind, "final") || g_str_has_prefix (kind, "stage");
      if (last && (clock->state == CHAIN_RUNNING || clock->state == CHAIN_EXTENDED) && !g_str_has_suffix (kind, "-ack")
          && !g_str_has_suffix (kind, "-extended"))
        return clock;
    }
  return NULL;
}

/* "final-2", of the second round. Owned by the caller. */
static char *
again_kind (const ChainClock *clock, const Happened *happened)
{
  return g_strdup_printf ("%s-%u", clock->policy->kind, happened->round);
}

/* A case that was opened again is owed another final answer: the law's clock was answered for good, so the firm's own
 * runs, as long, from the day on which it was opened again. */
static bool
set_again (const Setting *setting, const GPtrArray *clocks, const Happened *happened, GError **error)
{
  const ChainClock *clock = happened->resumed != DK_DAY_NONE ? final_clock (clocks) : NULL;
  const StoreDeadline *first = clock != NULL ? store_deadline_of (setting->old, clock->policy->kind) : NULL;
  if (first == NULL || !store_deadline_is_answered (first))
    return true;
  g_autofree char *kind = again_kind (clock, happened);
  g_autoptr (Deadline) end
      = deadline_of (&clock->policy->terms, clock->calendar, (DeadlineMoment){ happened->resumed, -1 },
                     setting->house->settings->zone, NULL, 0);
  return set_deadline (setting, clock, end, kind, true, error);
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

/* Ends the deadlines in force of which there is no clock any more: no complaint, another pack, or a merge that was
 * taken back. A promise of its own and the answer that is owed again are none of those. */
static bool
withdraw_others (const Setting *setting, const GPtrArray *clocks, const Happened *happened, GError **error)
{
  const ChainClock *last = happened->resumed != DK_DAY_NONE ? final_clock (clocks) : NULL;
  g_autofree char *again = last != NULL ? again_kind (last, happened) : NULL;
  bool promised = happened->promised != DK_DAY_NONE;
  for (guint i = 0; i < setting->old->len; i++)
    {
      StoreDeadline row = *(const StoreDeadline *)setting->old->pdata[i];
      if (store_deadline_is_over (&row) || has_clock (clocks, row.kind) || is_taken (setting->merged, &row)
          || (promised && strcmp (row.kind, DEADLINE_PROMISE) == 0) || g_strcmp0 (row.kind, again) == 0)
        continue;
      row.state = (char *)(uintptr_t)STORE_DEADLINE_WITHDRAWN;
      if (!store_deadline_set (setting->transaction, &row, error))
        return false;
    }
  return true;
}

static const char *
subject_of (const StoreDocument *document)
{
  return document->subject != NULL ? document->subject : "";
}

GPtrArray *
deadline_policies (Store *store, const DeadlineHouse *house, const StoreDocument *document, DkDay day, GError **error)
{
  g_auto (GStrv) kinds = store_decided_kinds (store, document->id, error);
  const PolicyQuestion question
      = { house->settings->policy, house->settings->country, (const char *const *)kinds, subject_of (document), day };
  return kinds != NULL ? policies_for (house->policies, &question) : NULL;
}

/* The clocks that run. NULL on error. */
static GPtrArray *
find_clocks (Store *store, const DeadlineHouse *house, const DeadlineCase *the_case, Happened *happened, GError **error)
{
  const Settings *settings = house->settings;
  ChainFacts facts = { .zone = settings->zone };
  if (!find_received (store, the_case, settings->zone, &facts.received, error))
    return NULL;
  const ChainEvent asked = { "review", facts.received };
  if (the_case->it->stage > 1)
    g_array_prepend_val (happened->events, asked);
  facts.stage = MAX (the_case->it->stage, 1);
  facts.conditions = (const char *const *)happened->conditions->pdata;
  facts.subject = subject_of (the_case->about);
  facts.events = (const ChainEvent *)(gpointer)happened->events->data;
  facts.n_events = happened->events->len;
  facts.pauses = (const DeadlinePause *)(gpointer)happened->pauses->data;
  facts.n_pauses = happened->pauses->len;
  g_autoptr (GPtrArray) policies = deadline_policies (store, house, the_case->about, facts.received.day, error);
  return policies != NULL ? chain_run (policies, &facts, settings->calendar, house->calendar_of, house->data, error)
                          : NULL;
}

bool
deadline_set_all (StoreTransaction *transaction, const DeadlineHouse *house, const DeadlineCase *the_case,
                  GError **error)
{
  Store *store = store_of (transaction);
  g_auto (Happened) happened = { 0 };
  if (!happened_read (store, the_case->it, house->settings->zone, &happened, error))
    return false;
  if (happened.closed)
    return true;
  g_autoptr (GPtrArray) old = store_deadlines (store, the_case->it->id, error);
  g_autoptr (GPtrArray) clocks = old != NULL ? find_clocks (store, house, the_case, &happened, error) : NULL;
  g_autoptr (GPtrArray) merged = clocks != NULL ? read_merged (store, the_case->it, error) : NULL;
  const Setting setting = { transaction, house, the_case, old, merged };
  bool promised = happened.promised != DK_DAY_NONE;
  if (merged == NULL || !withdraw_others (&setting, clocks, &happened, error))
    return false;
  for (guint i = 0; i < clocks->len; i++)
    {
      const ChainClock *clock = clocks->pdata[i];
      if (clock->state == CHAIN_RUNNING
          && !set_deadline (&setting, clock, clock->deadline, clock->policy->kind, clock->policy->service, error))
        return false;
    }
  return set_again (&setting, clocks, &happened, error)
         && (!promised || set_promise (&setting, happened.told, happened.promised, error));
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
