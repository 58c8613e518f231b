/* cases/work.h - what people do in a case: each act checked against its status, written into its chain, with what it
 * does to status, owner and clocks. */
#pragma once
#include "cases/status.h"
#include "store/chain.h"

typedef struct
{
  CaseAct act;
  const char *reason;  /* of the act, or "" */
  const char *text;    /* what was said or why; NULL: nothing */
  const char *channel; /* "phone" "counter" …, or "" */
  const char *owner;   /* CASE_TRANSFER: the new one; CASE_REFER: the outside body */
  const char *other;   /* CASE_ESCALATE, CASE_UNESCALATE: the number of the second stage */
  DkDay until;         /* CASE_HOLD: the day by which the answer was promised; 0: no day */
  bool off;            /* CASE_CLOCK: the duty does not hold after all */
  DkDay day;           /* when it was; DK_DAY_NONE: today. Not after today, nor before the case came */
  bool gratitude;
  int64_t document; /* 0: none */
  /* A letter is written from this template, in this language (NULL: that of the case); NULL: none. register_work writes
   * it, and text is what it says then; blocks are those in it. */
  const char *letter, *language, *blocks;
  const GPtrArray *attachments; /* of StoreAttachment, NULL: none */
  int64_t version;              /* the case's as the writer saw it; 0: whatever it is */
} CaseWork;
/* What the firm goes by. */
typedef struct
{
  const char *zone; /* IANA */
  CaseLimits limits;
} CaseHouse;

/* Fails with STALE when somebody acted in @the_case since @version; 0: whatever it is. */
bool case_is_at (const StoreCase *the_case, int64_t version, GError **error);
/* The state of the case, from its chain. Owned by the caller. */
CaseState *case_state_load (Store *store, int64_t case_id, const CaseHouse *house, GError **error);
/* Does @work in the case @case_id. Fails with STALE when somebody acted since @work's version, USAGE when it may not
 * happen and what is missing. A final answer meets what is due as first, final and acknowledgement, a holding letter
 * what is due as holding; late ones are missed. */
bool case_work (StoreTransaction *transaction, int64_t case_id, const CaseWork *work, const CaseHouse *house,
                GError **error);
/* Who had the case whose review @the_case is, and may not have this one: "" for nobody, or where it is none. Owned by
 * the caller. */
char *case_former_owner (Store *store, const StoreCase *the_case, GError **error);
/* @loser ends as merged and goes on in @winner, whose deadlines become the earlier ones of both. Both are open. */
bool case_merge (StoreTransaction *transaction, int64_t loser, int64_t winner, const char *text, const CaseHouse *house,
                 GError **error);
/* The second stage @second goes on in @first again, whose clocks stay as they are. */
bool case_merge_back (StoreTransaction *transaction, int64_t second, int64_t first, const char *text,
                      const CaseHouse *house, GError **error);
/* Takes a merge back: both stand as before it, with what happened since left to the winner. Their clocks are to be set
 * anew, by which the winner loses what it took. */
bool case_unmerge (StoreTransaction *transaction, int64_t loser, const CaseHouse *house, GError **error);
