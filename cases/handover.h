/* cases/handover.h - a case goes to somebody else: who that may be, and how they come to know. */
#pragma once
#include "cases/allocation.h"
#include "cases/calendar.h"
#include "store/case.h"

#define HANDOVER_OWNER_BYTES 64

/* Whether @owner may have cases: a user, where there are any; else a name on one line. Fails with USAGE and says who
 * the users are. */
bool handover_check (const Allocation *allocation, const char *owner, GError **error);
/* Reminds @owner of the case that @from had: today while the firm is open, else on the next working day on which @owner
 * is not away; but today in any case where the law wants an answer by today. @calendar may be NULL: then every day is
 * one. */
bool handover_tell (StoreTransaction *transaction, const Allocation *allocation, const Calendar *calendar,
                    const Settings *settings, int64_t case_id, const char *from, const char *owner, const char *why,
                    GError **error);
/* Ends the alerts of the case with which docket reminds of what @act has settled: whatever a person does, that the case
 * was handed over; a transfer, that it has no owner; a closing these, and what is wrong with its clocks. */
bool handover_settle (StoreTransaction *transaction, int64_t case_id, const char *act, GError **error);
