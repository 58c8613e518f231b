/* cases/join.h - whether a letter belongs to a case that is there: by a docket number, by a reference line, by who
 * wrote when about what, or since it says the same as a letter of the case. Each answer has a score and the words that
 * it rests on. */
#pragma once
#include "store/case.h"
#include "store/trace.h"

/* What is known of a letter that is not registered yet. Lends everything. */
typedef struct
{
  Store *store;
  const char *prefix; /* of new docket numbers */
  const StoreDocument *document;
  const char *received;
  const GPtrArray *pages;     /* of RecordPage, the first of them where there are many */
  const GPtrArray *decisions; /* of StoreDecision, the current ones */
} JoinLetter;

typedef enum
{
  JOIN_NEW,      /* it opens a case */
  JOIN_PROPOSED, /* it opens a case, but a person should look whether it belongs to another */
  JOIN_UNSURE,   /* it joins, but a person should look: the number on it cannot be proven, or somebody else wrote */
  JOIN_SURE,
} JoinOutcome;

typedef struct
{
  JoinOutcome outcome;
  bool over;       /* it would join surely, had the case not been closed for long */
  int64_t case_id; /* 0 where it is new */
  int64_t copy_of; /* the document of that case that says the same, 0: none */
  double score;    /* 0 to 1 */
  json_t *finding; /* the decision "case", of JSON as in the ledger; its value is still to be set where proposed */
} Join;
void join_clear (Join *join);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Join, join_clear)
/* Finds the case of @letter. Nothing is written. */
bool join_find (const JoinLetter *letter, Join *join, GError **error);
/* Keeps what @letter will be known again by. */
bool join_note (StoreTransaction *transaction, const JoinLetter *letter, GError **error);
