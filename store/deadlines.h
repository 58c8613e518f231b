/* store/deadlines.h - all deadlines in force of open cases, read fast: what a nightly look needs of them. */
#pragma once
#include "base/clock.h"
#include "store/case.h"

typedef struct
{
  int64_t case_id;
  const char *kind, *policy, *calendar, *state;
  DkDay start, due, work_by; /* of an end of hours its day; DK_DAY_NONE: none */
} StoreOpenDeadline;
typedef struct
{
  GArray *deadlines; /* of StoreOpenDeadline, by case */
  GStringChunk *strings;
} StoreOpenDeadlines;
void store_open_deadlines_free (StoreOpenDeadlines *open);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreOpenDeadlines, store_open_deadlines_free)
/* Those that are neither met, missed nor withdrawn, of the cases from @after + 1 to @last that are not closed. Owned by
 * the caller. */
StoreOpenDeadlines *store_open_deadlines (Store *store, int64_t after, int64_t last, GError **error);
/* The largest id of a case, 0 where there is none. */
bool store_case_last (Store *store, int64_t *id, GError **error);
