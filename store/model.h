/* store/model.h - the numbered versions of the model by which the worker judges letters: each a ledger entry and, once
 * it was in force, a blob. Version 0 is the seed model, which lies beside the programs and not in the store. */
#pragma once
#include "base/json.h"
#include "store/store.h"

/* What is known of a model besides its bytes. */
typedef struct
{
  int64_t letters, corrections; /* it was made from: those that came with docket, those that people corrected */
  int64_t through;              /* seq of the newest example that was known to it */
  json_t *figures;              /* what it says of itself, an object; lent */
} StoreModelFacts;

/* The version in force (0: the seed model) and, where @model is not NULL, its bytes (NULL for version 0). */
bool store_model_current (Store *store, int64_t *id, GBytes **model, GError **error);
/* Makes @model the version in force; *@id is its number. Opens its own transaction. After a crash either all of it
 * happened or nothing. */
bool store_model_adopt (Store *store, GBytes *model, const StoreModelFacts *facts, int64_t *id, GError **error);
/* Notes that @model, which was made, judged worse than the one in force and stays out: the examples it was made from
 * are not tried again by themselves. Its bytes are not kept. */
bool store_model_keep_out (Store *store, GBytes *model, const StoreModelFacts *facts, int64_t *id, GError **error);
/* @actor takes the version in force back: the one before it is in force again, *@id, and examples of before now are no
 * reason to make another. Fails with NOT_FOUND when only the seed model is left. */
bool store_model_undo (Store *store, const char *actor, int64_t *id, GError **error);

typedef struct
{
  int64_t id;
  char *state; /* "adopted", "kept_out", "undone" */
  bool in_force;
  char *digest; /* SHA-256 of its bytes, lower-case hex; people and decisions see the first STORE_MODEL_NAME */
  int64_t since_us, letters, corrections, through;
  json_t *figures;
} StoreModel;
#define STORE_MODEL_NAME 12
void store_model_free (StoreModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreModel, store_model_free)
/* All versions, ascending; of StoreModel, owned by the caller. */
GPtrArray *store_models (Store *store, GError **error);
/* The first STORE_MODEL_NAME hex digits of version @id, "seed" for 0 and unknown ones. Owned by the caller. */
char *store_model_name (Store *store, int64_t id, GError **error);

/* --- a person asks for a training, the holder of the pipeline lock answers; work state, not in the ledger --- */

/* *@ticket is the number to wait for. */
bool store_training_ask (Store *store, int64_t *ticket, GError **error);
/* The newest request nobody has answered, 0 when there is none. */
bool store_training_asked (Store *store, int64_t *ticket, GError **error);
/* Answers all requests up to @ticket (0: none, but notes how the last training ended). @outcome: "adopted" "kept_out"
 * "failed" "nothing". */
bool store_training_answer (Store *store, int64_t ticket, const char *outcome, GError **error);
/* A descriptor that says that a training runs, until it is closed or this process ends, however it ends; -1 when that
 * cannot be said. Owned by the caller. */
int store_training_lock (Store *store);
/* Whether anybody holds that, and in *@since_us since when. */
bool store_training_runs (Store *store, int64_t *since_us);
/* *@outcome is NULL while @ticket is not answered; 0: how the last training of all ended, NULL when there was none.
 * Owned by the caller. */
bool store_training_outcome (Store *store, int64_t ticket, char **outcome, GError **error);
