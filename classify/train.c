#include "classify/train.h"
#include "base/digest.h"
#include "classify/calibrate.h"
#include "classify/learn.h"
#include "classify/misread.h"
#include <math.h>
#include <string.h>

#define FOLDS 5
#define KIND_COST 0.3
#define SUBJECT_COST 0.3
#define CORRECTED_TIMES 2 /* a letter of the company counts like two that are shipped */
#define MISREAD 0.05      /* of every letter a copy with so many characters misread is learnt too */
#define PRECISION 0.95    /* of what is filed without a person */
#define TAUGHT 50         /* corrected letters of a subject from which the model is heard more than the words */
#define NONE G_MAXUINT

/* A letter looked at, as it is and misread. */
typedef struct
{
  const ClassifyLetter *letter;
  guint fold, kind, top; /* indices of classes; NONE where not known */
  GArray *features;      /* of ClassifyFeature */
  double *words;         /* what the words say for each top concept */
  bool misread;
} Sample;

typedef struct
{
  const Classifier *classifier;
  GArray *samples; /* of Sample */
  GPtrArray *tops; /* ids of the top concepts, NULL-terminated; lent */
} Training;

static void
sample_clear (Sample *sample)
{
  g_array_unref (sample->features);
  g_free (sample->words);
}

static void
training_clear (Training *training)
{
  g_clear_pointer (&training->samples, g_array_unref);
  g_clear_pointer (&training->tops, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Training, training_clear)

/* --- looking at the letters --- */

static guint
index_of (const char *const *ids, const char *id)
{
  for (guint i = 0; id != NULL && ids[i] != NULL; i++)
    if (g_str_equal (ids[i], id))
      return i;
  return NONE;
}

static GPtrArray *
pages_of (const char *text)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup_printf ("%s\n", text);
  g_ptr_array_add (pages, page);
  return pages;
}

static double *
words_for_tops (const Training *training, const ClassifyLook *look)
{
  double *words = g_new0 (double, training->tops->len);
  g_autoptr (ClassifyScores) leaves = NULL;
  g_autoptr (ClassifyScores) tops
      = classify_subject_count (training->classifier->subjects, look->words, look->matches, &leaves);
  for (guint i = 0; i < tops->answers->len; i++)
    {
      const ClassifyScore *score = tops->answers->pdata[i];
      guint top = index_of ((const char *const *)training->tops->pdata, score->id);
      if (top != NONE)
        words[top] = score->score;
    }
  return words;
}

static void
add_sample (Training *training, const ClassifyLetter *letter, const char *text, bool misread)
{
  static const char *const kinds[] = { "complaint", "suggestion", "thanks", "question", "other", NULL };
  g_autoptr (GPtrArray) pages = pages_of (text);
  g_autoptr (ClassifyLook) look = classifier_look (training->classifier, pages, DK_DAY_NONE);
  const Concept *top
      = letter->subject == NULL ? NULL : classify_subject_top (training->classifier->subjects, letter->subject);
  const char *group = *letter->group != '\0' ? letter->group : letter->id;
  Sample sample = { .letter = letter,
                    .fold = g_str_hash (group) % FOLDS,
                    .kind = index_of (kinds, letter->kind),
                    .top = top == NULL ? NONE : index_of ((const char *const *)training->tops->pdata, top->id),
                    .features = g_steal_pointer (&look->features),
                    .words = words_for_tops (training, look),
                    .misread = misread };
  g_array_append_val (training->samples, sample);
}

static void
look_at_letters (Training *training, const Classifier *classifier, const ClassifyLetters *letters)
{
  training->classifier = classifier;
  training->samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_array_set_clear_func (training->samples, (GDestroyNotify)sample_clear);
  training->tops = g_ptr_array_new ();
  const GPtrArray *concepts = vocabulary_concepts (classifier->vocabulary, "subject");
  for (guint i = 0; i < concepts->len; i++)
    if (((const Concept *)concepts->pdata[i])->broader == NULL)
      g_ptr_array_add (training->tops, (gpointer)((const Concept *)concepts->pdata[i])->id);
  g_ptr_array_add (training->tops, NULL);
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      g_autofree char *bad = classify_misread (letter->text, MISREAD, i);
      add_sample (training, letter, letter->text, false);
      add_sample (training, letter, bad, true);
    }
}

/* --- learning and holding out --- */

/* What is learnt from all samples but those of @held (NONE: from all). @labels gives a sample's class. */
static ClassifyLinear *
learn (const Training *training, guint held, guint (*label_of) (const Sample *), const char *const *classes,
       double cost)
{
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      ClassifyExample example = { .features = sample->features, .label = label_of (sample) };
      example.times = example.label == NONE || sample->fold == held ? 0
                      : sample->letter->corrected                   ? CORRECTED_TIMES
                                                                    : 1;
      g_array_append_val (examples, example);
    }
  return classify_learn (examples, classes, cost);
}

static guint
kind_of (const Sample *sample)
{
  return sample->kind;
}

static guint
top_of (const Sample *sample)
{
  return sample->top;
}

/* The values of every sample by a model that has not seen its fold; n * classes. Owned by the caller. */
static double *
hold_out (const Training *training, guint (*label_of) (const Sample *), const char *const *classes, double cost)
{
  guint n = g_strv_length ((char **)classes);
  double *values = g_new0 (double, (gsize)training->samples->len *n);
  for (guint fold = 0; fold < FOLDS; fold++)
    {
      g_autoptr (ClassifyLinear) linear = learn (training, fold, label_of, classes, cost);
      for (guint i = 0; i < training->samples->len; i++)
        {
          const Sample *sample = &g_array_index (training->samples, Sample, i);
          if (sample->fold == fold)
            classify_linear_values (linear, sample->features, values + (gsize)i * n);
        }
    }
  return values;
}

static guint
greatest (const double *values, guint n)
{
  guint best = 0;
  for (guint k = 1; k < n; k++)
    best = values[k] > values[best] ? k : best;
  return best;
}

static void
train_kinds (const Training *training, ClassifyModel *model)
{
  const char *kinds[CLASSIFY_KINDS + 1] = { NULL };
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    kinds[k] = classify_kind_ids[k];
  g_autofree double *values = hold_out (training, kind_of, kinds, KIND_COST);
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      ClassifyHeldOut one = { .truth = sample->kind };
      memcpy (one.values, values + (gsize)i * CLASSIFY_KINDS, sizeof one.values);
      if (sample->kind != NONE)
        g_array_append_val (held, one);
    }
  model->kind_scale = classify_fit_kind_scale (held);
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      double p[CLASSIFY_KINDS];
      classify_kind_scale_apply (&model->kind_scale, values + (gsize)i * CLASSIFY_KINDS, p);
      ClassifyAnswer answer = { .truth = sample->kind, .answer = greatest (p, CLASSIFY_KINDS) };
      answer.confidence = p[answer.answer];
      if (sample->kind != NONE && !sample->misread)
        g_array_append_val (answers, answer);
    }
  model->kind = classify_measure (answers, CLASSIFY_KINDS, PRECISION);
  model->kinds = learn (training, NONE, kind_of, kinds, KIND_COST);
}

/* --- subjects --- */

static guint
corrected_of (const Training *training, guint top)
{
  guint n = 0;
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      n += sample->top == top && sample->letter->corrected && !sample->misread ? 1 : 0;
    }
  return n;
}

static void
train_subjects (const Training *training, ClassifyModel *model)
{
  const char *const *tops = (const char *const *)training->tops->pdata;
  guint n = training->tops->len - 1;
  g_autofree double *values = hold_out (training, top_of, tops, SUBJECT_COST);
  g_autoptr (GStrvBuilder) taught = g_strv_builder_new ();
  for (guint t = 0; t < n; t++)
    if (corrected_of (training, t) >= TAUGHT)
      g_strv_builder_add (taught, tops[t]);
  model->taught = g_strv_builder_end (taught);
  model->subjects = learn (training, NONE, top_of, tops, SUBJECT_COST);
  model->subject_scale = (ClassifySubjectScale){ .words = 0.9, .learnt = 0.5, .taught_words = 0.5, .taught = 2 };
}

static char *
digest_of (const ClassifyLetters *letters)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      dk_digest_add_text (digest, letter->kind == NULL ? "-" : letter->kind);
      dk_digest_add_text (digest, letter->subject == NULL ? "-" : letter->subject);
      dk_digest_add_text (digest, letter->corrected ? "corrected" : "shipped");
      dk_digest_add_text (digest, letter->text);
    }
  return dk_digest_end_hex (digest);
}

static bool
has_two_kinds (const Training *training)
{
  guint first = NONE;
  for (guint i = 0; i < training->samples->len; i++)
    {
      guint kind = g_array_index (training->samples, Sample, i).kind;
      if (kind != NONE && first != NONE && kind != first)
        return true;
      first = kind != NONE ? kind : first;
    }
  return false;
}

ClassifyModel *
classify_train (const Classifier *classifier, const ClassifyLetters *letters, GError **error)
{
  g_auto (Training) training = { 0 };
  look_at_letters (&training, classifier, letters);
  if (!has_two_kinds (&training))
    {
      dk_throw (error, DK_ERROR_INVALID, "a model needs letters of at least two kinds");
      return NULL;
    }
  ClassifyModel *model = g_new0 (ClassifyModel, 1);
  for (guint i = 0; i < letters->letters->len; i++)
    if (g_array_index (letters->letters, ClassifyLetter, i).corrected)
      model->corrections++;
  model->letters = letters->letters->len - model->corrections;
  model->made_from = digest_of (letters);
  train_kinds (&training, model);
  train_subjects (&training, model);
  return model;
}
