/* store/decision.h - every automatic value with its reasons, and people's corrections above them (DESIGN P7). */
#pragma once
#include "store/document.h"

typedef struct
{
  int64_t id, document, seq;
  char *name, *value, *raw;
  double confidence;
  bool undecided, human;
  json_t *also;    /* ["thanks"] */
  char *reasons;   /* as text, most of which nobody reads */
  json_t *because; /* NULL until store_decision_because was asked */
  char *actor;
  int64_t config, model, supersedes;
} StoreDecision;
void store_decision_free (StoreDecision *decision);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreDecision, store_decision_free)
/* [{"page","from","to","box":[x0,y0,x1,y1],"text","rule"}]; box all 0 where there is none. Lent by @decision. */
const json_t *store_decision_because (const StoreDecision *decision);
/* The decisions about @document in the order they were made: the current ones (of a name the latest human value, else
 * those of the newest run), or all. Of StoreDecision, owned by the caller. */
GPtrArray *store_decisions (Store *store, int64_t document, bool current, GError **error);
/* The current ones, and those by which a person said that there is no such value, as no sender: theirs is "". */
GPtrArray *store_decisions_said (Store *store, int64_t document, GError **error);
/* The kinds of letter that @document is: what was decided, then what it is besides. NULL-terminated, owned by the
 * caller. */
GStrv store_decided_kinds (Store *store, int64_t document, GError **error);
/* A person's value for @name, "" where there is none, which no machine overwrites. A document that is findable, or
 * about to be, goes to @next, to be named anew; one on its way or in quarantine stays where it is. Fails with INVALID
 * when it is no UTF-8.
 */
bool store_decision_correct (StoreTransaction *transaction, int64_t document, const char *name, const char *value,
                             const char *next, GError **error);
/* The last word of a person about kind and subject of @document, or of another that says the same, holds for all of
 * these of which nobody said anything, as long as they are copies. They go to @next as above. For when something was
 * said, and when a copy is found. */
bool store_decision_copy (StoreTransaction *transaction, int64_t document, const char *next, GError **error);
/* The document of which a person said what holds for this copy of it too; 0 for what was said of this one. */
int64_t store_decision_copied_of (const StoreDecision *decision);
/* A person looked and agrees with everything. Fails with USAGE for a blind check, whose answer is a kind. */
bool store_review_accept (StoreTransaction *transaction, int64_t document, GError **error);
/* Whether a person agreed with all that the newest run of the machine decided. */
bool store_review_is_accepted (Store *store, int64_t document, bool *accepted, GError **error);
