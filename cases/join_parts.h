/* cases/join_parts.h - what the rules of join share. Private to cases/. */
#pragma once
#include "cases/join.h"
#include "cases/names.h"
#include "store/decision.h"

/* A case that the letter may belong to, and why. */
typedef struct
{
  int64_t case_id;
  double points;
  json_t *because;  /* evidence, as in the ledger */
  GString *reasons; /* "order_no 0.60 + time 0.08" */
  bool proven;      /* by a number that only this case has */
  bool stranger;    /* proven, but somebody else than those of the case wrote */
} JoinCandidate;

typedef struct
{
  const JoinLetter *letter;
  GPtrArray *candidates; /* of JoinCandidate */
} JoinWork;

/* The candidate for @case_id, made where it is new. Lent. */
JoinCandidate *join_candidate (JoinWork *work, int64_t case_id);
/* Adds @points to @candidate because of @rule. */
void join_points (JoinCandidate *candidate, const char *rule, double points);
/* The same, and the words @from to @to of @page (NULL: none) as evidence. */
void join_add (JoinCandidate *candidate, const char *rule, double points, const RecordPage *page, uint32_t from,
               uint32_t to);
/* Adds points because of a decision about the letter, whose words are its evidence. */
void join_add_decision (JoinCandidate *candidate, double points, const StoreDecision *decision);

/* join_weigh.c: the first decision @name; NULL when there is none. Lent. */
const StoreDecision *join_decision (const GPtrArray *decisions, const char *name);
/* Adds to each candidate that is not proven what else speaks for and against it. */
bool join_weigh (JoinWork *work, GError **error);
/* join_number.c: adds candidates for the docket numbers on the pages and in the bar codes; *@unproven is a case whose
 * number stands there with a digit wrong, 0 for none. */
bool join_numbers (JoinWork *work, int64_t *unproven, GError **error);
/* Whether both say @name and share no value of it. */
bool join_differs (const GPtrArray *mine, const GPtrArray *theirs, const char *name);
/* How the names of the senders fit; AGREE where one is not known. */
NamesFit join_compare_senders (const GPtrArray *mine, const GPtrArray *theirs);
/* copy.c: the letter that says the same as @letter, and the share of their words that are common; 0 when there is none.
 */
bool join_copies (const JoinLetter *letter, int64_t *copy_of, double *share, GError **error);
/* copy.c: the sketch of the words on @pages, of *@members different ones, whose bands are added to @keys (of StoreKey).
 * Owned by the caller. */
char *join_sketch (const GPtrArray *pages, unsigned *members, GPtrArray *keys);
/* join_lines.c: adds candidates for what stands behind "your ref." and is a number of one open case. */
bool join_lines (JoinWork *work, GError **error);
/* Finds the date @iso as people write it in the first pages, elsewhere than at @except (code points of page 1). */
bool join_mentions_date (const JoinLetter *letter, const char *iso, const RecordPage **page, uint32_t *from,
                         uint32_t *to);
/* The form of the value of the field @name for comparing; NULL where it says too little. Owned by the caller. */
char *join_key (const char *name, const char *value);
