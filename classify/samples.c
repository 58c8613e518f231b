#include "classify/samples.h"
#include "classify/misread.h"
#include <string.h>

#define MISREAD_EVERY 2 /* of so many letters one is learnt from as a bad scan has it, too */
#define MISREAD 0.05    /* of its characters */
#define LETTERS_LEAST 5 /* in which a feature must stand */

void
classify_samples_free (ClassifySamples *samples)
{
  if (samples == NULL)
    return;
  g_clear_pointer (&samples->letters, g_array_unref);
  g_clear_pointer (&samples->misread, g_array_unref);
  g_clear_pointer (&samples->kept, g_ptr_array_unref);
  g_clear_pointer (&samples->known, classify_feature_set_free);
  g_strfreev (samples->tops);
  g_free (samples);
}

guint
classify_index_of (const char *const *ids, const char *id)
{
  for (guint i = 0; id != NULL && ids[i] != NULL; i++)
    if (g_str_equal (ids[i], id))
      return i;
  return CLASSIFY_NONE;
}

char **
classify_samples_tops (const Vocabulary *vocabulary)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const GPtrArray *concepts = vocabulary_concepts (vocabulary, "subject");
  for (guint i = 0; i < concepts->len; i++)
    if (((const Concept *)concepts->pdata[i])->broader == NULL)
      g_strv_builder_add (builder, ((const Concept *)concepts->pdata[i])->id);
  return g_strv_builder_end (builder);
}

/* What the words say for each of @tops. Owned by the caller. */
static double *
words_for_tops (const Classifier *classifier, const char *const *tops, const ClassifyLook *look)
{
  double *words = g_new0 (double, g_strv_length ((char **)tops) + 1);
  g_autoptr (ClassifyScores) leaves = NULL;
  g_autoptr (ClassifyScores) scores = classify_subject_count (classifier->subjects, look->said, look->matches, &leaves);
  for (guint i = 0; i < scores->answers->len; i++)
    {
      const ClassifyScore *score = scores->answers->pdata[i];
      guint top = classify_index_of (tops, score->id);
      if (top != CLASSIFY_NONE)
        words[top] = score->score;
    }
  return words;
}

/* Letters of one trade are held out together, so that the trade is no help in telling the kind. */
static guint
kind_fold (const ClassifyLetter *letter)
{
  return g_str_hash (*letter->group != '\0' ? letter->group : letter->id) % CLASSIFY_FOLDS;
}

/* Shipped letters of one number are of one content in several languages. */
static guint
subject_fold (const ClassifyLetter *letter)
{
  const char *mark = letter->corrected ? NULL : strchr (letter->id, '-');
  return g_str_hash (mark != NULL ? mark : letter->id) % CLASSIFY_FOLDS;
}

/* Adds @letter, which reads @text, to @list of @samples. */
static void
add_sample (ClassifySamples *samples, const Classifier *classifier, GArray *list, const ClassifyLetter *letter,
            const char *text)
{
  const char *const *tops = (const char *const *)samples->tops;
  g_autoptr (GPtrArray) pages = classify_letter_pages (text);
  g_autoptr (ClassifyLook) look = classifier_look (classifier, pages, DK_DAY_NONE);
  const Concept *top = letter->subject == NULL ? NULL : classify_subject_top (classifier->subjects, letter->subject);
  ClassifySample sample = { .n = look->features->len,
                            .kind = letter->page ? CLASSIFY_NONE : classify_index_of (classify_kind_ids, letter->kind),
                            .top = top == NULL ? CLASSIFY_NONE : classify_index_of (tops, top->id),
                            .kind_fold = kind_fold (letter),
                            .subject_fold = subject_fold (letter),
                            .hard = letter->hard,
                            .on_subject = letter->on_subject,
                            .page = letter->page };
  ClassifyFeature *features = g_memdup2 (look->features->data, look->features->len * sizeof (ClassifyFeature));
  sample.features = features;
  g_ptr_array_add (samples->kept, features);
  if (letter->unseen && list == samples->letters)
    {
      double *words = words_for_tops (classifier, tops, look);
      sample.words = words;
      g_ptr_array_add (samples->kept, words);
    }
  g_array_append_val (list, sample);
}

/* --- features that are known --- */

static ClassifyFeatureSet *
known_features (const ClassifySamples *samples, const ClassifySamples *others)
{
  ClassifyFeatureSet *known = classify_feature_set_new ();
  g_autofree guint8 *letters = g_new0 (guint8, CLASSIFY_FEATURES);
  if (others != NULL)
    memcpy (known->bits, others->known->bits, CLASSIFY_FEATURE_WORDS_OF_BITS * sizeof *known->bits);
  for (guint i = 0; i < samples->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      for (guint j = 0; j < sample->n; j++)
        {
          guint8 *n = &letters[sample->features[j].index];
          *n = MIN (*n, LETTERS_LEAST) + 1;
          if (*n >= LETTERS_LEAST)
            classify_feature_set_add (known, sample->features[j].index);
        }
    }
  classify_feature_set_count (known);
  return known;
}

/* What stands in one letter alone tells nothing of others: such features are taken out, which halves the work. */
static void
keep_known_features (GArray *list, const ClassifyFeatureSet *known)
{
  for (guint i = 0; i < list->len; i++)
    {
      ClassifySample *sample = &g_array_index (list, ClassifySample, i);
      ClassifyFeature *features = (ClassifyFeature *)(uintptr_t)sample->features;
      guint kept = 0;
      for (guint j = 0; j < sample->n; j++)
        if (classify_feature_set_row (known, features[j].index) != CLASSIFY_NO_ROW)
          features[kept++] = features[j];
      sample->n = kept;
    }
}

ClassifySamples *
classify_samples_new (const Classifier *classifier, const ClassifyLetters *letters, bool corrected,
                      const ClassifySamples *others)
{
  ClassifySamples *samples = g_new0 (ClassifySamples, 1);
  *samples = (ClassifySamples){ .letters = g_array_new (FALSE, FALSE, sizeof (ClassifySample)),
                                .misread = g_array_new (FALSE, FALSE, sizeof (ClassifySample)),
                                .tops = classify_samples_tops (classifier->vocabulary),
                                .kept = g_ptr_array_new_with_free_func (g_free) };
  for (guint i = 0, of_kind = 0, of_pages = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      if (letter->corrected != corrected)
        continue;
      add_sample (samples, classifier, samples->letters, letter, letter->text);
      guint *counted = letter->page ? &of_pages : &of_kind;
      if (letter->kind == NULL || (*counted)++ % MISREAD_EVERY != 0)
        continue;
      guint no = *counted / MISREAD_EVERY;
      g_autofree char *framed = classify_letters_framed (letters, letter, no);
      g_autofree char *misread = classify_misread (framed, MISREAD, MISREAD_EVERY * no);
      add_sample (samples, classifier, samples->misread, letter, misread);
    }
  samples->known = known_features (samples, others);
  keep_known_features (samples->letters, samples->known);
  keep_known_features (samples->misread, samples->known);
  return samples;
}
