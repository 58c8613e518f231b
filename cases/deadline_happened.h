/* cases/deadline_happened.h - what has happened in a case, as its clocks see it. Private to cases/deadline_*.c. */
#pragma once
#include "cases/deadline_chain.h"
#include "store/case.h"

typedef struct
{
  GArray *events;        /* of ChainEvent */
  GArray *pauses;        /* of DeadlinePause */
  GPtrArray *conditions; /* of char *, NULL at the end: kinds that a person says hold here */
  DkDay told, promised;  /* by the last holding letter; DK_DAY_NONE: no day */
  DkDay resumed; /* when this round began, whose final answer is still to be given; DK_DAY_NONE: it is the first */
  unsigned round;
  bool closed;
} Happened;
void happened_clear (Happened *happened);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Happened, happened_clear)
/* Reads the chain of @the_case into @happened, in the zone @zone (IANA). */
bool happened_read (Store *store, const StoreCase *the_case, const char *zone, Happened *happened, GError **error);
/* The day and minute of an instant in the zone @name; of a zone that there is none, the day alone in UTC. */
DeadlineMoment deadline_moment_of (int64_t time_us, const char *name);
