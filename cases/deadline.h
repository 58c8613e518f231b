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
  DEADLINE_WH, /* hours within those in which the calendar is open */
} DeadlineUnit;
typedef struct
{
  int count; /* 1 to 9999 */
  DeadlineUnit unit;
} DeadlineRule;
/* "48h 16wh 30cd 15wd 10ouvrables 8weeks 2months". Fails with USAGE. */
bool deadline_rule_parse (const char *text, DeadlineRule *rule, GError **error);
/* The same text. Owned by the caller. */
char *deadline_rule_format (DeadlineRule rule);

/* What becomes of an end that is no working day. */
typedef enum
{
  DEADLINE_ROLL_NONE,
  DEADLINE_ROLL_NEXT,
  DEADLINE_ROLL_PREVIOUS,
} DeadlineRoll;
typedef struct
{
  DeadlineRule rule;
  DeadlineRoll roll;
  bool after_hours; /* what comes on a day off or after closing has come on the next working day */
  int closes;       /* that hour, minutes after midnight; 0: the calendar's */
} DeadlineTerms;
typedef struct
{
  DkDay day;
  int minutes; /* after midnight, -1 unknown */
} DeadlineMoment;
/* "2026-11-23" or "2026-11-23T09:30". Fails with USAGE. */
bool deadline_moment_parse (const char *text, DeadlineMoment *moment, GError **error);
/* A time in which the clock stands: of the days, those strictly between. to.day DK_DAY_NONE: it stands still. */
typedef struct
{
  DeadlineMoment from, to;
} DeadlinePause;

/* Why a day counts or does not, a code with its argument after a colon:
 *   start | start:INSTANT       day 0; the instant where hours are counted from
 *   after_hours                 the day of arrival, where it was after closing: day 0 is the next working day
 *   working | extra_work:NAME   counts
 *   expected:NAME               counts, since nobody has decreed the holiday yet
 *   open:FROM-TO                hours that count
 *   weekend | holiday:NAME      does not count
 *   paused                      does not count: the clock stands
 *   suspended                   the clock stands, and nobody knows until when
 *   uncovered                   outside the calendar: the reason of calendar_missing
 *   end | end:month_end | end:INSTANT   the last day where days need no calendar (month_end: no such day number)
 *   rolled                      the day that the end has moved to
 *   work_by                     the last wd on or before it
 *   beside:POLICY               another law would end here, later: this one goes first
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
  DkDay due;      /* DK_DAY_NONE with calendar_missing and suspended */
  DkDay work_by;  /* the last wd on or before due; likewise */
  char *due_time; /* h and wh only: the instant with offset, "2026-03-30T11:00:00+02:00", else NULL */
  bool calendar_missing, suspended;
  bool expected; /* rests on days whose holidays are not all decreed: it may become later, never earlier */
  GArray *trace; /* of DeadlineStep, by day */
} Deadline;
void deadline_free (Deadline *deadline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Deadline, deadline_free)
/* Never fails: what cannot be known is calendar_missing, whatever the unit, when the calendar does not reach the days
 * that the end or work_by rests on. An unknown time of receipt counts as the first minute of the day, the cautious
 * reading. @zone (IANA) is that of hours; NULL is the calendar's. */
Deadline *deadline_of (const DeadlineTerms *terms, const Calendar *calendar, DeadlineMoment received, const char *zone,
                       const DeadlinePause *pauses, size_t n_pauses);
/* "ok" "expected" "calendar_missing" "suspended". Static. */
const char *deadline_state (const Deadline *deadline);

/* One duty of a pack ("ES-LEY10-2025/final"). */
typedef struct Policies Policies;
typedef struct
{
  const char *pack, *kind; /* kind: ack first holding final … */
  const char *version;     /* "ES-LEY10-2025/final@2026-12-28": with the date it took effect */
  const char *calendar;    /* default calendar; NULL: the firm's own */
  const char *source;      /* the law */
  const char *note;        /* when it holds, what to know; "" */
  DeadlineTerms terms;
  bool conditional;           /* only where the case says so (payments, …): not set by itself at registration */
  bool service;               /* a target of the firm's own, no law */
  bool stops;                 /* stands while the customer is waited for */
  unsigned stage;             /* 2: of the review of an answer, since it hangs on its being asked for; else 1 */
  bool from_end;              /* day 0 is the end of the clock @from, else the day of the event @from */
  const char *from;           /* NULL: day 0 is the day of receipt */
  const char *when;           /* the event that makes it run, NULL */
  const char *extends;        /* the kind in whose place it stands once @when has come in time, NULL */
  DeadlineRule review_within; /* of its pack: for so long after the final answer a review may be asked for; 0: ever */
  char **kinds; /* of documents its pack is for; of subjects, none for all; of both, NULL-terminated, lent */
  char **subjects;
  char **countries;     /* where its pack holds without being named; none for nowhere */
  char **duty_subjects; /* that make a conditional duty run by themselves */
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
/* All duties, conditional ones too, that letters of @day may bring to a firm with the pack @pack in @country, of const
 * Policy *. Owned by the caller (the array alone). */
GPtrArray *policies_of_firm (const Policies *policies, const char *pack, const char *country, DkDay day);
/* What decides which duties there are. */
typedef struct
{
  const char *pack;         /* the firm's own, "" none */
  const char *country;      /* of the firm, "ES-AN" */
  const char *const *kinds; /* of the document, NULL-terminated */
  const char *subject;      /* "" unknown */
  DkDay received;
} PolicyQuestion;
/* All duties, conditional ones too, of the packs for such a document, of const Policy *: the firm's own pack where the
 * kind is one of its kinds, and every pack that holds in the country of itself for the subject. Owned by the caller
 * (the array alone). */
GPtrArray *policies_for (const Policies *policies, const PolicyQuestion *question);
/* What may happen in a case, and start or extend a clock. */
#define POLICY_EVENTS "ack first holding final extension review review-ack review-extension referral"
bool policy_is_event (const char *word);
/* Whether @subject is one of @subjects (NULL-terminated) or lies below one. */
bool policy_has_subject (char *const *subjects, const char *subject);
/* The duty with that version ("ES-LEY10-2025/final@2026-12-28"), NULL where there is none any more. Lent. */
const Policy *policies_by_version (const Policies *policies, const char *version);
/* The calendar to count @policy with in a firm whose own calendar is @own: that one where the policy has none or where
 * it is a region of the policy's ("ES-AN" for "ES"), else the policy's. Lent. */
const char *policy_calendar (const Policy *policy, const char *own);

/* The object INTERFACES promises for `docket deadline`: start due work_by state policy calendar trace, and the versions
 * of policy and calendar. @policy may be NULL. */
json_t *deadline_json (const Deadline *deadline, const Policy *policy, const Calendar *calendar);
