/* classify/lesson.h - a question that is learnt from letters: first from the shipped ones and from all parts of them
 * but one, which takes a while and is kept, then once from these and those that the company corrected. */
#pragma once
#include "classify/samples.h"

/* What is to be learnt. */
typedef struct ClassifyQuestion ClassifyQuestion;
struct ClassifyQuestion
{
  const char *const *classes;
  /* The index of its class; another where it is of none of them; CLASSIFY_NONE where that is not known. */
  guint (*class_of) (const ClassifyQuestion *, const ClassifySample *);
  guint (*fold_of) (const ClassifySample *); /* which part it is held out with, below CLASSIFY_FOLDS */
  const guint *places;                       /* of the top concepts among the classes; NULL for kinds */
  double cost, precision;                    /* as classify_learn has them */
  guint times;                               /* that a corrected letter counts */
  guint32 from;                              /* the first feature that is looked at */
  bool misread;                              /* whether it is learnt from misread letters too */
  double bayes;                              /* share of naive Bayes */
};

/* What was learnt of the shipped letters. */
typedef struct
{
  ClassifyLinear *linear;
  GBytes *bytes; /* in which its weights lie; NULL where it was just made */
  float *shifts; /* of letter i and class k at i * classes + k: what its value would be more, had it been held out */
  guint letters;
} ClassifyLesson;
/* Learns @question of @shipped, and from all parts of them but one. Owned by the caller. */
ClassifyLesson *classify_lesson_new (const ClassifySamples *shipped, const ClassifyQuestion *question);
void classify_lesson_free (ClassifyLesson *lesson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLesson, classify_lesson_free)

/* What is learnt of @shipped and of @corrected. Owned by the caller. */
ClassifyLinear *classify_lesson_learn (const ClassifyQuestion *question, const ClassifySamples *shipped,
                                       const ClassifySamples *corrected);
/* The values of every letter, those of @shipped first, as said by one who had not seen it, where @linear was learnt of
 * all: of letter i and class k at i * classes + k. Owned by the caller. */
double *classify_lesson_hold_out (const ClassifyLesson *lesson, const ClassifyQuestion *question,
                                  const ClassifySamples *shipped, const ClassifySamples *corrected,
                                  const ClassifyLinear *linear);
