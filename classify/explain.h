/* classify/explain.h - the words of a letter that made a model think so. */
#pragma once
#include "classify/classifier.h"

/* Adds to @finding, until it has @most reasons, the words that add most to class @k of @linear, each as
 * "model:<version>"; words that are shown already are passed over. */
void classify_explain (const ClassifyModel *model, const ClassifyLinear *linear, guint k, const ClassifyLook *look,
                       guint most, RecordFinding *finding);
