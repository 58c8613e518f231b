/* store/chain.h - what was done in a case, in order: acts with where they lead, alerts, pointers to outside systems.
 * What an act means and whether it may happen stands in cases/. */
#pragma once
#include "store/case.h"

/* A file that was sent or came with an act, kept as it is. */
typedef struct
{
  int64_t id, seq; /* its own; of the act */
  char *name;      /* of the file, escaped (dk_escape_name) */
  StoreBlob blob;
} StoreAttachment;
void store_attachment_free (StoreAttachment *attachment);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreAttachment, store_attachment_free)
/* Those of the case and of cases that were merged into it, in the order they came. Owned by the caller. */
GPtrArray *store_attachments (Store *store, int64_t case_id, GError **error);

typedef struct
{
  const char *act, *reason; /* codes of cases/status.h */
  const char *day;          /* ISO: the civil date of it */
  const char *channel;      /* "phone" "counter" "paper" …, or "" */
  bool gratitude;
  int64_t document;    /* what it is about or was sent, 0: none */
  const char *text;    /* what was said or why; personal; NULL: nothing */
  const char *subject; /* who or what it concerns: the new owner, the case merged into, the day promised …; "" */
  int64_t undoes;      /* seq of the merge that it takes back, 0: none */
  /* Of a letter that was written from a template: its name, the language, its blocks with blanks between; else NULL. */
  const char *letter, *language, *blocks;
  const GPtrArray *attachments; /* of StoreAttachment, whose bytes are durable already; NULL: none */
  const StoreCase *now; /* where it leads: status, reason, outcome, cause, owner, received, round, unanswered, told,
                           closed, merged_into are noted with it */
} StoreAct;
/* Appends the act to the case @case_id. */
bool store_case_act (StoreTransaction *transaction, int64_t case_id, const StoreAct *act, GError **error);

/* An entry of the chain; of ledger entries about the case that are no acts, act is the activity's name. */
typedef struct
{
  int64_t seq, time_us, document;
  int64_t case_id;     /* in whose chain it stands */
  int64_t merged_into; /* of an act that leaves the case merged into another, else 0 */
  int64_t undoes;      /* seq of the merge that it takes back, else 0 */
  char *actor, *act, *reason, *day, *channel, *text, *subject;
  char *letter, *language, *blocks; /* of an act with such a letter, else "" */
  char *status;                     /* that it led to; "" for what is no act */
  char *due, *kind, *state, *owner; /* of a deadline or an alert that was set; "" for anything else */
  bool gratitude;
} StoreChainEntry;
/* In order, those after the entry @after; of StoreChainEntry, owned by the caller. */
GPtrArray *store_case_chain (Store *store, int64_t case_id, int64_t after, GError **error);

typedef struct
{
  int64_t id, case_id;
  char *number; /* of the case */
  char *due, *owner, *text;
  char *reason, *about; /* as in StoreReminder, "" where there is none */
  bool done;
} StoreAlert;
void store_alert_free (StoreAlert *alert);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreAlert, store_alert_free)
/* Why docket itself reminds of a case. */
#define STORE_ALERT_UNALLOCATED "unallocated"       /* no rule found anybody for it */
#define STORE_ALERT_OWNER_GONE "owner_gone"         /* its owner, whom it is about, is no user any more */
#define STORE_ALERT_TRANSFERRED "transferred"       /* somebody has it now; it is about who had it */
#define STORE_ALERT_NO_DATE "no_date"               /* the calendar ends before the deadline that it is about */
#define STORE_ALERT_BOUNCED "bounced"               /* a letter of ours came back */
#define STORE_ALERT_TOO_MANY "too_many"             /* automatic messages in a row */
#define STORE_ALERT_NO_END "no_end"                 /* answered long ago, without outcome or cause */
#define STORE_ALERT_PERHAPS_REVIEW "perhaps_review" /* a complaint about an answer: does it ask for a review? */
#define STORE_ALERT_TWO_LAWS "two_laws"             /* two packs differ about the deadline that it is about */
typedef struct
{
  int64_t case_id;
  const char *due;    /* ISO */
  const char *owner;  /* who is reminded */
  const char *text;   /* of what */
  const char *reason; /* one of the above; NULL: a person wants to be reminded */
  const char *about;  /* a user's name, or the kind of a deadline; NULL: nobody's */
} StoreReminder;
/* Reminds of a case; *@id is the alert's. */
bool store_alert_set (StoreTransaction *transaction, const StoreReminder *reminder, int64_t *id, GError **error);
/* Moves an alert to @due, or ends it where that is NULL. Fails with NOT_FOUND for one that is done or never was. */
bool store_alert_move (StoreTransaction *transaction, int64_t alert, const char *due, GError **error);
/* Alerts with @reason that are not done, of all cases, at most @limit (0: all) of those behind the alert @after. Owned
 * by the caller. */
GPtrArray *store_alerts_for (Store *store, const char *reason, unsigned limit, int64_t after, GError **error);
typedef struct
{
  int64_t case_id;   /* 0: of all */
  bool whole;        /* of cases that were merged into it, too */
  const char *owner; /* who is reminded; NULL: anybody */
  unsigned limit;    /* 0: all */
  int64_t after;     /* the alert that the page before ended with, 0: from the first */
} StoreAlertsFilter;
/* Alerts that are not done, by due date. Owned by the caller. */
GPtrArray *store_alerts (Store *store, const StoreAlertsFilter *filter, GError **error);

typedef struct
{
  int64_t id;
  char *uri, *label;
} StoreLink;
void store_link_free (StoreLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLink, store_link_free)
bool store_link_add (StoreTransaction *transaction, int64_t case_id, const char *uri, const char *label,
                     GError **error);
/* Of the case, or of one that was merged into it; so are those that are listed. */
bool store_link_remove (StoreTransaction *transaction, int64_t case_id, int64_t link, GError **error);
GPtrArray *store_links (Store *store, int64_t case_id, GError **error);
