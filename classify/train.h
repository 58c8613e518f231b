/* classify/train.h - makes a model of letters. */
#pragma once
#include "classify/classifier.h"
#include "classify/shipped.h"

/* The cost of an error about a kind, as liblinear has it. */
#define CLASSIFY_KIND_COST 0.4
/* Where its solver stops: more gives no better answers. */
#define CLASSIFY_KIND_PRECISION 0.7
/* A model of @letters, measured on letters held out by their groups. The same letters and vocabulary give the same
 * bytes. Fails with INVALID when there are letters of fewer than two kinds. Owned by the caller. */
ClassifyModel *classify_train (const Classifier *classifier, const ClassifyLetters *letters, GError **error);
/* Likewise of what was learnt of the shipped letters, and of the corrected ones among @letters. */
ClassifyModel *classify_train_on (const Classifier *classifier, const ClassifyShipped *shipped,
                                  const ClassifyLetters *letters, GError **error);
