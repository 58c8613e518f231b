/* cases/deadline.h - when a clock ends and why: a pure function of rule, calendar and received date. */
#pragma once
#include "base/json.h"
#include "cases/calendar.h"

typedef enum
{
  DEADLINE_HOURS,
  DEADLINE_CD,
  DEADLINE_WD,
  DEADLINE_OUVRABLES,
  DEADLINE_WEEKS,
  DEADLINE_MONTHS,
} DeadlineUnit;
typedef struct
{
  int count; /* 1 to 9999 */
  DeadlineUnit unit;
} DeadlineRule;
/* "48h 30cd 15wd 10ouvrables 8weeks 2months". Fails with USAGE. */
bool deadline_rule_parse (const char *text, DeadlineRule *rule, GError **error);
/* The same text. Owned by the caller. */
char *deadline_rule_format (DeadlineRule rule);

/* Why a day counts or does not, a code with its argument after a colon:
 *   start | start:INSTANT       day 0; the instant where hours are counted from
 *   working | extra_work:NAME   counts
 *   weekend | holiday:NAME      does not count
 *   uncovered                   outside the calendar: the reason of calendar_missing
 *   end | end:month_end | end:INSTANT   the last day where days need no calendar (month_end: no such day number)
 *   work_by                     the last wd on or before it
 * With wd and ouvrables each day from the start to the end has one step. With the others there are the start, then from
 * work_by to the end the days that work_by passes over, in their order; a day may have two steps, "end" and what it is.
 */
typedef struct
{
  DkDay day;
  bool counted;
  char *why;
} DeadlineStep;
typedef struct
{
  DkDay start;    /* day 0, not counted */
  DkDay due;      /* DK_DAY_NONE with calendar_missing */
  DkDay work_by;  /* the last wd on or before due; DK_DAY_NONE with calendar_missing */
  char *due_time; /* hours only: the instant with offset, "2026-03-30T11:00:00+02:00", else NULL */
  bool calendar_missing;
  GArray *trace; /* of DeadlineStep */
} Deadline;
void deadline_free (Deadline *deadline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deadline, deadline_free)
/* @received_time is minutes after midnight, -1 unknown; it matters to hours only, which then run from the first minute
 * of the day, the cautious reading. @zone (IANA) likewise; NULL is the calendar's. Never fails: what cannot be known is
 * calendar_missing, whatever the unit, when the calendar does not reach the days that the end or work_by rests on. */
Deadline *deadline_compute (DeadlineRule rule, const Calendar *calendar, DkDay received, int received_time,
                            const char *zone);

/* One duty of a pack ("ES-LEY10-2025/final"). */
typedef struct Policies Policies;
typedef struct
{
  const char *pack, *kind; /* kind: ack first holding final … */
  const char *version;     /* "ES-LEY10-2025/final@2026-12-28": with the date it took effect */
  const char *calendar;    /* default calendar; NULL: the firm's own */
  const char *source;      /* the law */
  const char *note;        /* when it holds, what to know; "" */
  DeadlineRule rule;
  bool conditional; /* only where the case says so (payments, …): not set by itself at registration */
} Policy;
/* Reads and checks all of policies/, and that the calendars it names are there. Fails with CONFIG. Owned by the caller.
 */
Policies *policies_load (const Config *config, GError **error);
void policies_free (Policies *policies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Policies, policies_free)
/* Whether there is a pack of that name at all. */
bool policies_has_pack (const Policies *policies, const char *pack);
/* The duty "PACK/KIND" in force for a letter received on @day. NOT_FOUND names what there is. Lent. */
const Policy *policies_find (const Policies *policies, const char *name, DkDay day, GError **error);
/* All unconditional duties of @pack in force on @day, of const Policy *. Owned by the caller (the array alone). */
GPtrArray *policies_of_pack (const Policies *policies, const char *pack, DkDay day);
/* The calendar to count @policy with in a firm whose own calendar is @own: that one where the policy has none or where
 * it is a region of the policy's ("ES-AN" for "ES"), else the policy's. Lent. */
const char *policy_calendar (const Policy *policy, const char *own);

/* The object INTERFACES promises for `docket deadline`: start due work_by state policy calendar trace, and the versions
 * of policy and calendar. @policy may be NULL. */
json_t *deadline_json (const Deadline *deadline, const Policy *policy, const Calendar *calendar);
