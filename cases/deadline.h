/* cases/deadline.h - when a clock ends and why: a pure function of rule, calendar and received date. */
#pragma once
#include "base/json.h"
#include "cases/calendar.h"

typedef enum { DEADLINE_HOURS, DEADLINE_CD, DEADLINE_WD, DEADLINE_OUVRABLES, DEADLINE_WEEKS, DEADLINE_MONTHS } DeadlineUnit;
typedef struct
{
  int count; /* 1 to 9999 */
  DeadlineUnit unit;
} DeadlineRule;
/* "48h 30cd 15wd 10ouvrables 8weeks 2months". Fails with USAGE. */
bool deadline_rule_parse (const char *text, DeadlineRule *rule, GError **error);

typedef struct
{
  DkDay day;
  bool counted;
  char *why; /* a code with arguments, "working", "weekend", "holiday:Immaculate Conception", "start" … */
} DeadlineStep;
typedef struct
{
  DkDay start;       /* day 0, not counted */
  DkDay due;         /* DK_DAY_NONE with calendar_missing */
  DkDay work_by;     /* the last wd on or before due */
  char *due_time;    /* hours only: the instant with offset, else NULL */
  bool calendar_missing;
  GArray *trace;     /* of DeadlineStep */
} Deadline;
void deadline_free (Deadline *deadline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deadline, deadline_free)
/* @received_time is minutes after midnight, -1 unknown; it matters to hours only. @zone (IANA) likewise. Never fails: what
 * cannot be known is calendar_missing. */
Deadline *deadline_compute (DeadlineRule rule, const Calendar *calendar, DkDay received, int received_time, const char *zone);

/* One duty of a pack ("ES-LEY10-2025/final"). */
typedef struct Policies Policies;
typedef struct
{
  const char *pack, *kind;  /* kind: ack final holding … */
  const char *version;      /* "ES-LEY10-2025/final@2026-12-28": with the date it took effect */
  const char *calendar;     /* default calendar */
  const char *source;       /* the law */
  DeadlineRule rule;
  bool conditional;         /* only where the case says so (payments, …): not set by itself at registration */
} Policy;
Policies *policies_load (const Config *config, GError **error);
void policies_free (Policies *policies);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Policies, policies_free)
/* The duty "PACK/KIND" in force for a letter received on @day. NOT_FOUND names what there is. Lent. */
const Policy *policies_find (const Policies *policies, const char *name, DkDay day, GError **error);
/* All unconditional duties of @pack in force on @day, of const Policy *. Owned by the caller (the array alone). */
GPtrArray *policies_of_pack (const Policies *policies, const char *pack, DkDay day);

/* The object INTERFACES promises for `docket deadline`: start due work_by state policy calendar trace. @policy may be NULL. */
json_t *deadline_json (const Deadline *deadline, const Policy *policy, const Calendar *calendar);
