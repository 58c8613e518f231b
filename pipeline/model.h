/* pipeline/model.h - what a model says of itself, without knowing how it judges: the line "docket-model 2", a line of
 * JSON, then bytes that only the worker reads. */
#pragma once
#include "base/json.h"

#define PIPELINE_MODEL_BYTES (UINT64_C (64) << 20)

/* letters, corrections, made_from, and of kind and subject the figures on letters held out: f1 ece threshold alone n.
 * Fails with INVALID for anything that is no model. Owned by the caller. */
json_t *pipeline_model_facts (GBytes *model, GError **error);
/* Those of the seed model beside the programs; NULL without an error where there is none. Owned by the caller. */
json_t *pipeline_model_seed_facts (void);
/* The held-out F1 of the kinds of such facts, negative where it is not known. */
double pipeline_model_f1 (const json_t *facts);
