/* cases/indicator.h - the numbers and colours that show how a case stands on a day: computed, never stored. */
#pragma once
#include "cases/calendar.h"
#include "cases/status.h"

/* Calendar days since it was opened; what it was on the day it was closed. */
int indicator_days_elapsed (const CaseState *state, DkDay today);
/* Days that somebody has waited: of the customer since the earliest message that no person has answered (not_started,
 * pending_company); of us since our last message (pending_customer); else 0. */
int indicator_waiting_days (const CaseState *state, DkDay today);

/* How the alerts of a case call. */
typedef enum
{
  INDICATOR_NONE,
  INDICATOR_FUTURE,
  INDICATOR_TODAY,
  INDICATOR_OVERDUE,
} IndicatorAlert;
/* "none" "upcoming" "today" "overdue"; and back, -1 for an unknown word. */
const char *indicator_alert_name (IndicatorAlert alert);
int indicator_alert_parse (const char *name);
/* By the day @first of the earliest alert that is not done; DK_DAY_NONE: there is none. */
IndicatorAlert indicator_alert (DkDay first, DkDay today);

typedef enum
{
  INDICATOR_FINE,
  INDICATOR_NEAR, /* three working days or fewer are left, the last one included */
  INDICATOR_OVER,
} IndicatorDeadline;
/* How near @due is, a legal one that is not met; FINE for DK_DAY_NONE. Days outside the calendar's cover count as
 * working days: the cautious reading. */
IndicatorDeadline indicator_deadline (DkDay due, const Calendar *calendar, DkDay today);
/* "fine" "near" "over". */
const char *indicator_deadline_name (IndicatorDeadline state);

/* The hours in which the office works, in minutes after midnight of its zone. */
typedef struct
{
  int open_min, close_min; /* 0 <= open < close <= 1440 */
} OfficeHours;
/* Working minutes between two instants, by the calendar's working days and @hours in its zone: what a pause from one to
 * the other adds to the service clock. */
int64_t indicator_working_minutes (const Calendar *calendar, OfficeHours hours, int64_t from_us, int64_t to_us);
/* Working minutes in which the customer was waited for, up to @now_us. */
int64_t indicator_paused_minutes (const CaseState *state, const Calendar *calendar, OfficeHours hours, int64_t now_us);
