/* cases/deadline_set.h - the clocks of a case as rows: computed from its document, its chain and the rules, written as
 * new versions where they say something new. */
#pragma once
#include "base/config.h"
#include "cases/deadline_chain.h"
#include "store/case.h"

/* What the firm goes by. */
typedef struct
{
  const Settings *settings;
  const Policies *policies;
  ChainCalendar calendar_of;
  gpointer data; /* for it */
} DeadlineHouse;
/* Sets the deadlines of the case of @document, which was received on @received (ISO). What is met or missed stays as it
 * is, and all of a closed case; a clock that does not run any more is withdrawn; what comes out the same is not written
 * again. */
bool deadline_set_all (StoreTransaction *transaction, const DeadlineHouse *house, const StoreDocument *document,
                       const char *received, GError **error);

/* The cases from @after + 1 to @last in which a deadline in force would be computed otherwise now: ids of int64_t,
 * owned by the caller; *@looked counts the deadlines. What needs more than its own day 0, an end of hours or of a clock
 * that stood, is named too, so that deadline_set_all looks at it closely. */
GArray *deadline_recheck (Store *store, const DeadlineHouse *house, int64_t after, int64_t last, unsigned *looked,
                          GError **error);
