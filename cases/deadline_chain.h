/* cases/deadline_chain.h - the clocks of a case: which of its duties run, and from where each is counted. */
#pragma once
#include "cases/deadline.h"

/* What has happened in the case: what was sent or asked for, by the events of policies. */
typedef struct
{
  const char *name;
  DeadlineMoment at;
} ChainEvent;
typedef struct
{
  DeadlineMoment received;
  const char *zone; /* IANA, NULL: that of each calendar */
  const char *subject;
  unsigned stage;           /* the clocks of this stage alone; 0: of both */
  const ChainEvent *events; /* in the order in which they happened */
  size_t n_events;
  const DeadlinePause *pauses; /* while the customer is waited for */
  size_t n_pauses;
  const char *const *conditions; /* kinds of conditional duties that hold here, NULL-terminated; may be NULL */
} ChainFacts;

typedef enum
{
  CHAIN_RUNNING,
  CHAIN_WAITING,  /* for the event that it starts at, or for the end it starts at */
  CHAIN_OFF,      /* its condition does not hold */
  CHAIN_EXTENDED, /* another stands in its place */
  CHAIN_BESIDE,   /* another law has a clock of this kind that ends no later */
} ChainState;
typedef struct
{
  const Policy *policy;
  const Calendar *calendar; /* lent */
  Deadline *deadline;       /* NULL while it waits or is off */
  ChainState state;
} ChainClock;

/* Lends the calendar of @code, NULL where there is none. */
typedef const Calendar *(*ChainCalendar) (const char *code, gpointer data);
/* The clocks of @policies (of const Policy *, as policies_for gives them), of ChainClock in the same order; owned by
 * the caller. @own is the firm's calendar. Where two packs have a clock of one kind, the earlier end wins and says
 * beside which; one without a date wins over none. Fails with CONFIG when a calendar is not there. */
GPtrArray *chain_run (const GPtrArray *policies, const ChainFacts *facts, const char *own, ChainCalendar calendar_of,
                      gpointer data, GError **error);
