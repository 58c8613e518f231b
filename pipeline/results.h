/* pipeline/results.h - what becomes of a piece of work. Private to pipeline/. */
#pragma once
#include "pipeline/stage.h"

/* What every stage's jobs are keyed by; as many as pipeline_n_stages. Owned by the caller (g_free). */
StorePlan *pipeline_plans (Pipeline *pipeline);
/* Publishes @result, or gives the job back, or gives the piece up. Fails only when the store itself fails. */
bool pipeline_take_result (Pipeline *pipeline, const Piece *piece, const PipelineResult *result, GError **error);
/* Gives the job back because of @why (NULL: nothing happened). */
bool pipeline_put_off (Pipeline *pipeline, const Piece *piece, bool failed, const GError *why, GError **error);
/* A job that was leased many times without an end: whoever took it died. */
bool pipeline_is_worn_out (const StoreJob *job);
bool pipeline_wear_out (Pipeline *pipeline, const Piece *piece, GError **error);
