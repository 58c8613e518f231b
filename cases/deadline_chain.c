#include "cases/deadline_chain.h"
#include <string.h>

typedef struct
{
  GPtrArray *clocks; /* of ChainClock */
  const ChainFacts *facts;
  GArray *begun; /* of bool, by clock: looked at already */
} Chain;

static void
clock_free (gpointer data)
{
  ChainClock *clock = data;
  deadline_free (clock->deadline);
  g_free (clock);
}

static const ChainEvent *
event_of (const ChainFacts *facts, const char *name)
{
  for (size_t i = 0; i < facts->n_events; i++)
    if (strcmp (facts->events[i].name, name) == 0)
      return &facts->events[i];
  return NULL;
}

static bool
holds (const Policy *policy, const ChainFacts *facts)
{
  if (facts->stage != 0 && policy->stage != facts->stage)
    return false;
  if (policy->when != NULL && event_of (facts, policy->when) == NULL)
    return false;
  return !policy->conditional || (facts->conditions != NULL && g_strv_contains (facts->conditions, policy->kind))
         || (facts->subject != NULL && policy_has_subject (policy->duty_subjects, facts->subject));
}

static void run_clock (Chain *chain, guint index);

/* The clock @kind of the pack of @policy, run; NULL where there is none. */
static ChainClock *
sister (Chain *chain, const Policy *policy, const char *kind)
{
  for (guint i = 0; i < chain->clocks->len; i++)
    {
      ChainClock *clock = chain->clocks->pdata[i];
      if (strcmp (clock->policy->pack, policy->pack) == 0 && strcmp (clock->policy->kind, kind) == 0)
        {
          run_clock (chain, i);
          return clock;
        }
    }
  return NULL;
}

static bool
find_start (Chain *chain, const Policy *policy, DeadlineMoment *start)
{
  *start = chain->facts->received;
  if (policy->from == NULL)
    return true;
  if (policy->from_end)
    {
      const ChainClock *before = sister (chain, policy, policy->from);
      *start = (DeadlineMoment){ before != NULL && before->deadline != NULL ? before->deadline->due : DK_DAY_NONE, -1 };
      return start->day != DK_DAY_NONE;
    }
  const ChainEvent *event = event_of (chain->facts, policy->from);
  if (event != NULL)
    *start = event->at;
  return event != NULL;
}

/* An extension counts only where it was told before the end that it extends. */
static bool
extends_in_time (Chain *chain, const Policy *policy)
{
  ChainClock *before = sister (chain, policy, policy->extends);
  const ChainEvent *event = event_of (chain->facts, policy->when);
  if (before == NULL || before->deadline == NULL || event->at.day > before->deadline->due)
    return false;
  before->state = CHAIN_EXTENDED;
  return true;
}

static void
run_clock (Chain *chain, guint index)
{
  bool *begun = &g_array_index (chain->begun, bool, index);
  if (*begun)
    return;
  *begun = true;
  ChainClock *clock = chain->clocks->pdata[index];
  const Policy *policy = clock->policy;
  const ChainFacts *facts = chain->facts;
  DeadlineMoment start;
  clock->state = CHAIN_OFF;
  if (!holds (policy, facts) || (policy->extends != NULL && !extends_in_time (chain, policy)))
    return;
  clock->state = CHAIN_WAITING;
  if (!find_start (chain, policy, &start))
    return;
  clock->state = CHAIN_RUNNING;
  clock->deadline = deadline_of (&policy->terms, clock->calendar, start, facts->zone, facts->pauses,
                                 policy->stops ? facts->n_pauses : 0);
}

/* Notes in @winner that @loser ends later. */
static void
set_beside (ChainClock *winner, ChainClock *loser)
{
  DkDay day = loser->deadline->due != DK_DAY_NONE ? loser->deadline->due : loser->deadline->start;
  DeadlineStep step = { day, false, g_strconcat ("beside:", loser->policy->version, NULL) };
  loser->state = CHAIN_BESIDE;
  g_array_append_val (winner->deadline->trace, step);
}

/* One without a date may end first: it stays until its date is known. */
static bool
ends_first (const ChainClock *one, const ChainClock *other)
{
  return one->deadline->due == DK_DAY_NONE
         || (other->deadline->due != DK_DAY_NONE && one->deadline->due <= other->deadline->due);
}

static void
settle (Chain *chain)
{
  for (guint i = 0; i < chain->clocks->len; i++)
    for (guint k = i + 1; k < chain->clocks->len; k++)
      {
        ChainClock *one = chain->clocks->pdata[i], *other = chain->clocks->pdata[k];
        if (one->state != CHAIN_RUNNING || other->state != CHAIN_RUNNING
            || strcmp (one->policy->kind, other->policy->kind) != 0)
          continue;
        if (ends_first (one, other))
          set_beside (one, other);
        else
          set_beside (other, one);
      }
}

GPtrArray *
chain_run (const GPtrArray *policies, const ChainFacts *facts, const char *own, ChainCalendar calendar_of,
           gpointer data, GError **error)
{
  g_autoptr (GPtrArray) clocks = g_ptr_array_new_with_free_func (clock_free);
  g_autoptr (GArray) begun = g_array_new (FALSE, TRUE, sizeof (bool));
  g_array_set_size (begun, policies->len);
  for (guint i = 0; i < policies->len; i++)
    {
      ChainClock *clock = g_new0 (ChainClock, 1);
      g_ptr_array_add (clocks, clock);
      clock->policy = policies->pdata[i];
      const char *code = policy_calendar (clock->policy, own);
      clock->calendar = calendar_of (code, data);
      if (clock->calendar == NULL)
        {
          dk_throw (error, DK_ERROR_CONFIG, "policy %s: there is no calendar %s", clock->policy->version, code);
          return NULL;
        }
    }
  Chain chain = { clocks, facts, begun };
  for (guint i = 0; i < clocks->len; i++)
    run_clock (&chain, i);
  settle (&chain);
  return g_steal_pointer (&clocks);
}
