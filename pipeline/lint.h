/* pipeline/lint.h - what is probably wrong with a vocabulary that is valid: read by itself, and held against the
 * letters that are here. */
#pragma once
#include "pipeline/labels.h"

/* Letters of a language below which nothing is said about what stands in them. */
#define PIPELINE_LINT_LETTERS 50
/* The code of a concept that no file of the store has: it is the one that came with docket. */
#define PIPELINE_LINT_COMPLETED "completed"

typedef struct
{
  const char *code;       /* the sentence is cli.lint.CODE; doc/man/docket-vocab.1 tells the rules */
  const YamlNode *place;  /* lent by the vocabulary */
  const char *text;       /* the label, or the concept's id; lent */
  const char *other;      /* a second one, or a language; "" where there is none; lent */
  const YamlNode *beside; /* where the second stands, or NULL */
  unsigned count, of;     /* documents */
  double share, usual;    /* of the code "even" */
} PipelineLint;
/* In the order of the files. @languages are those that people write in. @labels: what stands in the letters, NULL: not
 * looked at. Of PipelineLint, owned by the caller. */
GArray *pipeline_lint (const Vocabulary *vocabulary, char **languages, const PipelineLabels *labels);
