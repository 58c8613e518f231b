/* pipeline/labels.h - how often the labels of a vocabulary stand in the letters that are here. */
#pragma once
#include "base/vocabulary.h"
#include "pipeline/pass.h"

typedef struct
{
  const Concept *concept;
  const Label *label;
  unsigned found, counted; /* documents in which it stands; in which it counts, not hidden by a longer one everywhere */
  unsigned own;            /* of the last, those whose kind or subject is the label's own at the top */
  unsigned hider;          /* one more than the number of a label that hid it, 0: none */
} PipelineLabelHits;

typedef struct
{
  GArray *labels;          /* of PipelineLabelHits, by the number of the label */
  unsigned documents;      /* looked at, those that failed left out */
  GHashTable *by_language; /* language ("und") to its number of documents */
  GHashTable *by_value;    /* "kind complaint en", "subject delivery en": of the top and language, to documents */
} PipelineLabels;
/* For @vocabulary without a look at any letter. Keeps a pointer to it. Owned by the caller. */
PipelineLabels *pipeline_labels_new (const Vocabulary *vocabulary);
void pipeline_labels_free (PipelineLabels *labels);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelineLabels, pipeline_labels_free)
/* Adds what stands in @documents, as pipeline_pass; the vocabulary is that of pass->config. */
bool pipeline_labels_look (PipelineLabels *labels, const Vocabulary *vocabulary, Store *store, const GArray *documents,
                           const PipelinePass *pass, GError **error);
/* Documents in @language, and of them those whose @name ("kind" "subject") has @top above its value. */
unsigned pipeline_labels_in (const PipelineLabels *labels, const char *language);
unsigned pipeline_labels_of (const PipelineLabels *labels, const char *name, const char *top, const char *language);
