#include "classify/samples.h"
#include "classify/misread.h"

#define MISREAD_EVERY 2 /* of so many letters one is learnt from as a bad scan has it, too */
#define MISREAD 0.05    /* of its characters */
#define LETTERS_LEAST 5 /* in which a feature must stand */

static void
sample_clear (ClassifySample *sample)
{
  g_array_unref (sample->features);
  g_free (sample->words);
}

void
classify_samples_free (ClassifySamples *samples)
{
  if (samples == NULL)
    return;
  g_array_unref (samples->letters);
  g_array_unref (samples->misread);
  g_ptr_array_unref (samples->tops);
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

static double *
words_for_tops (const ClassifySamples *samples, const ClassifyLook *look)
{
  double *words = g_new0 (double, samples->tops->len);
  g_autoptr (ClassifyScores) leaves = NULL;
  g_autoptr (ClassifyScores) tops
      = classify_subject_count (samples->classifier->subjects, look->said, look->matches, &leaves);
  for (guint i = 0; i < tops->answers->len; i++)
    {
      const ClassifyScore *score = tops->answers->pdata[i];
      guint top = classify_index_of ((const char *const *)samples->tops->pdata, score->id);
      if (top != CLASSIFY_NONE)
        words[top] = score->score;
    }
  return words;
}

/* Adds @letter, which reads @text, to @list of @samples. */
static void
add_sample (const ClassifySamples *samples, GArray *list, const ClassifyLetter *letter, const char *text)
{
  g_autoptr (GPtrArray) pages = classify_letter_pages (text);
  g_autoptr (ClassifyLook) look = classifier_look (samples->classifier, pages, DK_DAY_NONE);
  const Concept *top
      = letter->subject == NULL ? NULL : classify_subject_top (samples->classifier->subjects, letter->subject);
  ClassifySample sample
      = { .letter = letter,
          .kind = classify_index_of (classify_kind_ids, letter->kind),
          .top = top == NULL ? CLASSIFY_NONE : classify_index_of ((const char *const *)samples->tops->pdata, top->id),
          .features = g_array_ref (look->features),
          .words = words_for_tops (samples, look) };
  g_array_append_val (list, sample);
}

static GArray *
list_new (void)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (ClassifySample));
  g_array_set_clear_func (list, (GDestroyNotify)sample_clear);
  return list;
}

static GPtrArray *
ids_of_tops (const Vocabulary *vocabulary)
{
  GPtrArray *tops = g_ptr_array_new ();
  const GPtrArray *concepts = vocabulary_concepts (vocabulary, "subject");
  for (guint i = 0; i < concepts->len; i++)
    if (((const Concept *)concepts->pdata[i])->broader == NULL)
      g_ptr_array_add (tops, (gpointer)((const Concept *)concepts->pdata[i])->id);
  g_ptr_array_add (tops, NULL);
  return tops;
}

static void
keep_features (GArray *features, const guint16 *letters)
{
  guint kept = 0;
  for (guint j = 0; j < features->len; j++)
    if (letters[g_array_index (features, ClassifyFeature, j).index] >= LETTERS_LEAST)
      g_array_index (features, ClassifyFeature, kept++) = g_array_index (features, ClassifyFeature, j);
  g_array_set_size (features, kept);
}

static void
keep_features_of_all (const GArray *list, const guint16 *letters)
{
  for (guint i = 0; i < list->len; i++)
    {
      keep_features (g_array_index (list, ClassifySample, i).features, letters);
    }
}

/* What stands in one letter alone tells nothing of others: such features are taken out, which halves the work. */
static void
drop_rare_features (ClassifySamples *samples)
{
  g_autofree guint16 *letters = g_new0 (guint16, CLASSIFY_FEATURES);
  for (guint i = 0; i < samples->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      for (guint j = 0; j < sample->features->len; j++)
        {
          guint16 *n = &letters[g_array_index (sample->features, ClassifyFeature, j).index];
          *n = MIN (*n, G_MAXUINT16 - 1) + 1;
        }
    }
  keep_features_of_all (samples->letters, letters);
  keep_features_of_all (samples->misread, letters);
}

ClassifySamples *
classify_samples_new (const Classifier *classifier, const ClassifyLetters *letters)
{
  ClassifySamples *samples = g_new0 (ClassifySamples, 1);
  *samples = (ClassifySamples){ .classifier = classifier,
                                .letters = list_new (),
                                .misread = list_new (),
                                .tops = ids_of_tops (classifier->vocabulary) };
  for (guint i = 0, of_kind = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      add_sample (samples, samples->letters, letter, letter->text);
      if (letter->kind == NULL || of_kind++ % MISREAD_EVERY != 0)
        continue;
      guint no = of_kind / MISREAD_EVERY;
      g_autofree char *framed = classify_letters_framed (letters, letter, no);
      g_autofree char *misread = classify_misread (framed, MISREAD, MISREAD_EVERY * no);
      add_sample (samples, samples->misread, letter, misread);
    }
  drop_rare_features (samples);
  return samples;
}
