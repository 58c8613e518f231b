/* cases/status.h - the statuses of a case and what moves it from one to the next: pure, so that the same acts from the
 * ledger always give the same status.
 *
 * not_started --any human act--> pending_company --asks, offers, final answer--> pending_customer --customer writes-->
 * pending_company; any open one --close, merge--> closed; closed --customer writes or a person reopens-->
 * pending_company. What is automatic moves nothing. */
#pragma once
#include "base/clock.h"
#include "base/json.h"

typedef enum
{
  CASE_NOT_STARTED,
  CASE_PENDING_COMPANY,
  CASE_PENDING_CUSTOMER,
  CASE_CLOSED,
  CASE_STATUSES,
} CaseStatus;
/* "not_started"; and back, CASE_STATUSES for an unknown word. */
const char *case_status_name (CaseStatus status);
CaseStatus case_status_parse (const char *name);

typedef enum
{
  CASE_OPEN,    /* it was registered; begins a state */
  CASE_WORK,    /* a person did something: classified, noted, assigned; starts the case. Reason: one of pending_company
                   (triage investigating third_party approval), or none */
  CASE_ASK,     /* a message to the customer that asks or offers. Reason: info_requested offer_made */
  CASE_HOLD,    /* a holding letter: reasoned, no final answer */
  CASE_FINAL,   /* the final answer */
  CASE_REMIND,  /* a reminder to a customer who is silent */
  CASE_TELL,    /* another message to the customer, a receipt for example, sent by a person */
  CASE_HEAR,    /* a message from the customer */
  CASE_AUTO,    /* an automatic reply, our automatic acknowledgement: logged, moves nothing. Reason: bounce, of a letter
                   of ours that came back, or none */
  CASE_OUTCOME, /* a person says how it ends. Reason: upheld partly rejected goodwill none */
  CASE_CAUSE,   /* a person says what caused it. Reason: a concept of the vocabulary */
  CASE_CLOSE,   /* Reason: resolved withdrawn no_reply out_of_scope merged spam repeat_no_new_facts no_answer_needed,
                   of the last of which the caller has checked that nothing is owed */
  CASE_REOPEN,  /* a person opens it again */
  CASE_TRANSFER,   /* to another owner; needs a reason in words, which the caller has checked */
  CASE_ESCALATE,   /* the customer, who has our final answer, asks for a review, which goes on as a case of its own */
  CASE_UNESCALATE, /* that was none: what the customer said belongs here again */
  CASE_REFER,      /* the customer went to an outside body */
  CASE_CLOCK,      /* a person says that a duty which not every case has holds here. Reason: its kind */
  CASE_RECEIVED,   /* a person says on which day it came; that day is the event's. Needs words, as a transfer does */
  CASE_NOTE,       /* a person writes something down, in a closed case too; starts the case, and moves nothing else */
  CASE_ACTS,
} CaseAct;
/* "open" "work" …; and back, CASE_ACTS for an unknown word. */
const char *case_act_name (CaseAct act);
CaseAct case_act_parse (const char *name);

/* The reasons of CASE_ASK and of CASE_OUTCOME, NULL-terminated. */
extern const char *const case_ask_reasons[], *const case_outcomes[];

typedef struct
{
  CaseAct act;
  int64_t time_us;
  DkDay day;          /* the civil date of it in the firm's zone */
  const char *reason; /* where the act has one, else "" */
  bool gratitude;     /* CASE_HEAR: it only thanks */
} CaseEvent;

/* A span in which the customer was waited for; the service clock may stop in it, the legal one does not. */
typedef struct
{
  int64_t from_us, to_us; /* to 0: it goes on */
} CasePause;

#define CASE_REASON_BYTES 24
/* How an answered case stood; day is the customer's, who wrote then, DK_DAY_NONE: nobody did. */
typedef struct
{
  CaseStatus status;
  char reason[CASE_REASON_BYTES];
  bool final_sent;
  unsigned round;
  DkDay closed, unanswered, day;
} CaseRest;
typedef struct
{
  CaseStatus status;
  char reason[CASE_REASON_BYTES];
  char outcome[CASE_REASON_BYTES]; /* "" until somebody says */
  bool has_cause;
  bool final_sent; /* in this round */
  unsigned round;  /* 1; one more with each reopening */
  DkDay opened, closed, final, reminded;
  DkDay resumed;     /* on which this round began; DK_DAY_NONE: it is the first */
  DkDay unanswered;  /* of the earliest message of the customer that no person has answered; DK_DAY_NONE: none */
  DkDay told;        /* of our last message by a person; DK_DAY_NONE: none */
  bool escalated;    /* a second stage is open or was */
  CaseRest answered; /* how it rested after the final answer, before the customer wrote again */
  GArray *pauses;    /* of CasePause */
} CaseState;
/* The state of a case that is opened by @event (CASE_OPEN). Owned by the caller. */
CaseState *case_state_new (const CaseEvent *event);
void case_state_free (CaseState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CaseState, case_state_free)

/* How long things may take, in calendar days. */
typedef struct
{
  unsigned reopen_days;  /* within which a message opens a closed case again */
  unsigned silence_days; /* after a reminder, before a case may be closed for want of an answer */
} CaseLimits;
#define CASE_LIMITS_DEFAULT                                                                                            \
  {                                                                                                                    \
    .reopen_days = 30, .silence_days = 14                                                                              \
  }

/* Whether @event may happen now. Fails with USAGE and says what is missing: "a case is closed with an outcome and a
 * cause; missing: outcome, cause". */
bool case_state_allows (const CaseState *state, const CaseEvent *event, const CaseLimits *limits, GError **error);
/* Moves @state by @event, which it allows. */
void case_state_apply (CaseState *state, const CaseEvent *event, const CaseLimits *limits);
/* What a message that the customer sends today does to a case that is closed. */
typedef enum
{
  CASE_INBOUND_JOINS,   /* it is open: the message belongs to it */
  CASE_INBOUND_REOPENS, /* closed, but not for long */
  CASE_INBOUND_FILED,   /* closed, and the message only thanks */
  CASE_INBOUND_NEW,     /* closed for long: a case of its own, that follows it */
} CaseInbound;
CaseInbound case_state_inbound (const CaseState *state, DkDay today, bool gratitude, const CaseLimits *limits);
