/* cases/deadline_set.h - the clocks of a case as rows: computed from its document, its chain and the rules, written as
 * new versions where they say something new. */
#pragma once
#include "base/config.h"
#include "cases/deadline_chain.h"
#include "store/case.h"

/* The kind of the clock that a holding letter starts when it names a day. */
#define DEADLINE_PROMISE "promise"

/* What the firm goes by. */
typedef struct
{
  const Settings *settings;
  const Policies *policies;
  ChainCalendar calendar_of;
  gpointer data; /* for it */
} DeadlineHouse;
/* Whose clocks are set. Lends everything. */
typedef struct
{
  const StoreCase *it;
  const StoreDocument *about;  /* whose kinds and subject decide which there are */
  const StoreDocument *letter; /* that came on @received; NULL: it was said otherwise, when the case was opened */
  const char *received;        /* ISO: day 0 */
} DeadlineCase;
/* Sets the deadlines of a case. What is met or missed stays as it is, and all of a closed case; a clock that does not
 * run any more is withdrawn; what comes out the same is not written again. The owner is alerted when no date can be
 * found since the calendar ends before it, until it can, and when another law ends on another day. */
bool deadline_set_all (StoreTransaction *transaction, const DeadlineHouse *house, const DeadlineCase *the_case,
                       GError **error);

/* The duties of a case whose letter is @about and that came on @day, of const Policy *. Owned by the caller (the array
 * alone). */
GPtrArray *deadline_policies (Store *store, const DeadlineHouse *house, const StoreDocument *about, DkDay day,
                              GError **error);

/* The cases from @after + 1 to @last in which a deadline in force would be computed otherwise now: ids of int64_t,
 * owned by the caller; *@looked counts the deadlines. What needs more than its own day 0, an end of hours or of a clock
 * that stood, is named too, so that deadline_set_all looks at it closely. */
GArray *deadline_recheck (Store *store, const DeadlineHouse *house, int64_t after, int64_t last, unsigned *looked,
                          GError **error);
