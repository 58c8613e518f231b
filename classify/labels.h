/* classify/labels.h - which labels of a vocabulary stand in a letter, whatever they mean. */
#pragma once
#include "classify/matcher.h"

typedef struct ClassifyLabels ClassifyLabels;
/* Keeps a pointer to @vocabulary. Owned by the caller. */
ClassifyLabels *classify_labels_new (const Vocabulary *vocabulary);
void classify_labels_free (ClassifyLabels *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLabels, classify_labels_free)

typedef struct
{
  guint no;             /* of the label */
  guint found, counted; /* times it stands there; those not hidden by a longer one */
  guint hider;          /* one more than the number of such a longer one, 0: none */
} ClassifyLabelHits;
/* For every label of @language (NULL: of all) that stands in @words, by number. Owned by the caller. */
GArray *classify_labels_count (const ClassifyLabels *labels, const ClassifyWords *words, const char *language);
