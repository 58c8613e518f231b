/* classify/train.h - makes a model of letters. */
#pragma once
#include "classify/classifier.h"
#include "classify/letters.h"

/* The cost of an error about a kind, as liblinear has it. */
#define CLASSIFY_KIND_COST 0.4
/* A model of @letters, measured on letters held out by their groups. The same letters and vocabulary give the same
 * bytes. Fails with INVALID when there are letters of fewer than two kinds. Owned by the caller. */
ClassifyModel *classify_train (const Classifier *classifier, const ClassifyLetters *letters, GError **error);
