/* pipeline/training.h - docketd learns in the background: when people have said enough since the last model was made,
 * their letters are gathered a few at a time, the worker makes a model of them, and that is in force unless it judges
 * worse than the one before. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

#define PIPELINE_TRAINING_JOB UINT64_MAX /* the number of that piece of work; those of the store are positive int64 */

PipelineTraining *pipeline_training_new (void);
void pipeline_training_free (PipelineTraining *training);
/* One step, where options.learn: begins when it is time, gathers letters, hands them over. *@any is set while there is
 * more to gather at once. Fails only when the store does. */
bool pipeline_train (Pipeline *pipeline, bool *any, GError **error);
/* Whether a child of the worker is at it. */
bool pipeline_training_runs (const Pipeline *pipeline);
/* What came back under PIPELINE_TRAINING_JOB. */
bool pipeline_training_take (Pipeline *pipeline, const PipelineResult *result, GError **error);
/* The worker is about to be ended: what it was making is begun again later. */
void pipeline_training_forget (Pipeline *pipeline);
