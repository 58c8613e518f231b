/* classify/classifier.h - the configuration and the model made ready for looking at letters, and one letter looked at:
 * what classify_pages decides by and what a model learns from are the same numbers. */
#pragma once
#include "classify/body.h"
#include "classify/cues.h"
#include "classify/language.h"
#include "classify/model.h"
#include "classify/subject.h"
#include "classify/titles.h"

typedef struct
{
  Config *config;
  Settings *settings;
  Vocabulary *vocabulary;
  ClassifyLanguages *languages;
  ClassifyLexicon *lexicon;
  ClassifySubjects *subjects;
  ClassifyMatcher *titles; /* of forms */
  FieldVocabulary *words;  /* by which fields are told */
  ClassifyModel *model;    /* NULL: the vocabulary decides alone */
} Classifier;
/* @model, or NULL, as classify_model_encode makes it. Fails with CONFIG, or INVALID for the model. */
Classifier *classifier_new (const Config *config, GBytes *model, GError **error);
void classifier_free (Classifier *classifier);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Classifier, classifier_free)

typedef struct
{
  ClassifyWords *words;
  RecordFinding *language;
  ClassifyContext context;
  GArray *lines;             /* of ClassifyLine */
  ClassifyWords *body;       /* of the letter itself, without what was left empty in a form; NULL where these are all */
  const ClassifyWords *said; /* the body, or all words: what follows is of these */
  GArray *matches;           /* of ClassifyMatch: labels of subjects */
  ClassifyCues *cues;
  GArray *features; /* of ClassifyFeature */
} ClassifyLook;
/* Keeps pointers to @classifier and @pages. Owned by the caller. */
ClassifyLook *classifier_look (const Classifier *classifier, const GPtrArray *pages, DkDay received);
void classify_look_free (ClassifyLook *look);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLook, classify_look_free)

/* The finding "kind", never NULL: complaint, suggestion, thanks, question or other, by the title of a form, else by the
 * model, or by the vocabulary alone where there is none. Its reasons are the words that speak most for it. Owned by the
 * caller. */
RecordFinding *classify_kind (const Classifier *classifier, const ClassifyLook *look);
/* The finding "subject", never NULL: "general", undecided, when nothing speaks for any. Owned by the caller. */
RecordFinding *classify_subject (const Classifier *classifier, const ClassifyLook *look);
