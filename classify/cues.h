/* classify/cues.h - what the vocabulary's own words say about the kind of a letter, before anything is learnt. */
#pragma once
#include "classify/context.h"
#include "classify/score.h"

/* The kinds of INTERFACES: complaint suggestion thanks question other. NULL-terminated. */
#define CLASSIFY_KINDS 5
extern const char *const classify_kind_ids[CLASSIFY_KINDS + 1];
#define CLASSIFY_KIND_OTHER (CLASSIFY_KINDS - 1)
/* Which of the five the kind @id of @vocabulary is, or the one that it is below. */
guint classify_kind_of (const Vocabulary *vocabulary, const char *id);

typedef struct ClassifyLexicon ClassifyLexicon;
/* Keeps a pointer to @vocabulary, whose scheme "kind" holds the cues and "sign" what changes their weight. */
ClassifyLexicon *classify_lexicon_new (const Vocabulary *vocabulary);
void classify_lexicon_free (ClassifyLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLexicon, classify_lexicon_free)
/* The signs in @words, as classify_matcher_run finds them. Owned by the caller. */
GArray *classify_lexicon_signs (const ClassifyLexicon *lexicon, const ClassifyWords *words, const char *language);

typedef struct
{
  ClassifyScores *scores; /* of the five kinds, in their order */
  GArray *matches;        /* of ClassifyMatch: the labels of kinds that were found */
  bool contrast;          /* "but" stands somewhere */
} ClassifyCues;
/* @subjects are the matches of the subject's labels (of ClassifyMatch), which speak for the kinds that they imply: what
 * never came is a complaint though nobody calls it one. Owned by the caller. */
ClassifyCues *classify_cues_new (const ClassifyLexicon *lexicon, const ClassifyWords *words, const GArray *subjects,
                                 const ClassifyContext *context);
void classify_cues_free (ClassifyCues *cues);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyCues, classify_cues_free)
/* The language whose labels are to be matched in the document: NULL, all of them, when it is none of the vocabulary's
 * or not of one language. */
const char *classify_label_language (const ClassifyContext *context);
