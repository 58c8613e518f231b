/* tests/bench/learn.c - what learning is worth: docket's model beside naive Bayes, a plain n-gram support vector
 * machine and the vocabulary alone. Usage: learn folds CONFIGURATION LETTERS…            letters of docket's own, each
 * trade told by a model of the others learn corrected CONFIGURATION TEXTS LETTERS…  texts with truth (id, language,
 * kind, text, … by tabs): before and after a part of them was corrected, told by what was not */
#include "classify/learn.h"
#include "base/file.h"
#include "classify/calibrate.h"
#include "classify/misread.h"
#include "classify/samples.h"
#include "classify/train.h"
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define FOLDS 5
#define PARTS 3
#define CORRECTIONS 200 /* that are made at most */
#define PRECISION 0.95  /* of what is filed without a person */
#define BYTES (64 << 20)
#define MISREAD 0.05
#define SMOOTH 0.1 /* added to every count by naive Bayes */

/* A letter with what each method needs of it. */
typedef struct
{
  guint kind, fold;
  bool hard;                /* written to be hard: no measure of mail */
  GArray *features, *grams; /* of ClassifyFeature; grams without counts and labels */
  double words[CLASSIFY_KINDS];
} Row;

typedef struct
{
  const char *name;
  /* Learns from those of @rows that are not of fold @held; what it then says for each kind of @row. */
  void (*prepare) (const GArray *rows, guint held);
  void (*tell) (const Row *row, double *values);
} Method;

static ClassifyLinear *linear;
static GArray *misread; /* of Row: some letters again, as docket learns from them */
static double *bayes;   /* by class and feature, then the prior of each class */

static void
row_clear (Row *row)
{
  g_array_unref (row->features);
  g_clear_pointer (&row->grams, g_array_unref);
}

/* --- docket's model, and grams alone --- */

static void
add_examples (const GArray *rows, guint held, bool grams_alone, GArray *examples)
{
  for (guint i = 0; i < rows->len; i++)
    {
      const Row *row = &g_array_index (rows, Row, i);
      const GArray *features = grams_alone ? row->grams : row->features;
      ClassifyExample example = { .features = (const ClassifyFeature *)(const void *)features->data,
                                  .n = features->len,
                                  .label = row->kind,
                                  .times = 1 };
      if (row->fold != held)
        g_array_append_val (examples, example);
    }
}

static void
learn_from (const GArray *rows, guint held, bool grams_alone)
{
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  add_examples (rows, held, grams_alone, examples);
  if (!grams_alone)
    add_examples (misread, held, false, examples);
  g_clear_pointer (&linear, classify_linear_free);
  linear = classify_learn (examples, classify_kind_ids, CLASSIFY_KIND_COST, CLASSIFY_KIND_PRECISION);
}

static void
prepare_docket (const GArray *rows, guint held)
{
  learn_from (rows, held, false);
}

static void
prepare_grams (const GArray *rows, guint held)
{
  learn_from (rows, held, true);
}

static void
tell_docket (const Row *row, double *values)
{
  classify_linear_values (linear, row->features, values);
}

static void
tell_grams (const Row *row, double *values)
{
  classify_linear_values (linear, row->grams, values);
}

/* --- naive Bayes over the same grams --- */

/* How often each gram stands in the letters of kind @k, without fold @held; the number of letters is the last. */
static void
count_grams (const GArray *rows, guint held, guint k, double *counts)
{
  for (guint r = 0; r < rows->len; r++)
    {
      const Row *row = &g_array_index (rows, Row, r);
      if (row->kind != k || row->fold == held)
        continue;
      counts[CLASSIFY_FEATURES]++;
      for (guint i = 0; i < row->grams->len; i++)
        {
          const ClassifyFeature *feature = &g_array_index (row->grams, ClassifyFeature, i);
          counts[feature->index] += feature->times;
        }
    }
}

/* Whether a letter of any kind has the gram: of others nothing is known. */
static bool
is_known (guint gram)
{
  bool known = false;
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    known |= bayes[(gsize)k * (CLASSIFY_FEATURES + 1) + gram] > 0;
  return known;
}

/* Multinomial, with Lidstone's smoothing over the grams that are known. */
static void
prepare_bayes (const GArray *rows, guint held)
{
  double all[CLASSIFY_KINDS] = { 0 };
  g_free (bayes);
  bayes = g_new0 (double, (gsize)CLASSIFY_KINDS *(CLASSIFY_FEATURES + 1));
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    count_grams (rows, held, k, bayes + (gsize)k * (CLASSIFY_FEATURES + 1));
  for (guint i = 0; i < CLASSIFY_FEATURES; i++)
    for (guint k = 0; is_known (i) && k < CLASSIFY_KINDS; k++)
      all[k] += bayes[(gsize)k * (CLASSIFY_FEATURES + 1) + i] + SMOOTH;
  for (guint i = 0; i < CLASSIFY_FEATURES; i++)
    {
      bool known = is_known (i);
      for (guint k = 0; known && k < CLASSIFY_KINDS; k++)
        {
          double *weight = &bayes[(gsize)k * (CLASSIFY_FEATURES + 1) + i];
          *weight = log ((*weight + SMOOTH) / all[k]);
        }
    }
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    bayes[(gsize)k * (CLASSIFY_FEATURES + 1) + CLASSIFY_FEATURES]
        = log (bayes[(gsize)k * (CLASSIFY_FEATURES + 1) + CLASSIFY_FEATURES] + 1);
}

static void
tell_bayes (const Row *row, double *values)
{
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    {
      const double *weights = bayes + (gsize)k * (CLASSIFY_FEATURES + 1);
      values[k] = weights[CLASSIFY_FEATURES];
      for (guint i = 0; i < row->grams->len; i++)
        {
          const ClassifyFeature *feature = &g_array_index (row->grams, ClassifyFeature, i);
          values[k] += feature->times * weights[feature->index];
        }
    }
}

/* --- the vocabulary alone --- */

static void
prepare_words (const GArray *rows, guint held)
{
  (void)rows;
  (void)held;
}

static void
tell_words (const Row *row, double *values)
{
  memcpy (values, row->words, sizeof row->words);
}

/* --- folds --- */

/* Takes out what docket does not learn from. */
static void
keep_known (GArray *features, const ClassifyFeatureSet *known)
{
  guint kept = 0;
  for (guint i = 0; i < features->len; i++)
    {
      const ClassifyFeature feature = g_array_index (features, ClassifyFeature, i);
      if (classify_feature_set_row (known, feature.index) != CLASSIFY_NO_ROW)
        g_array_index (features, ClassifyFeature, kept++) = feature;
    }
  g_array_set_size (features, kept);
}

static GArray *
grams_of (const GArray *features)
{
  GArray *grams = g_array_new (FALSE, FALSE, sizeof (ClassifyFeature));
  for (guint i = 0; i < features->len; i++)
    if (g_array_index (features, ClassifyFeature, i).index >= CLASSIFY_WORDS_FROM)
      g_array_append_val (grams, g_array_index (features, ClassifyFeature, i));
  return grams;
}

static guint
kind_index (const char *kind)
{
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    if (kind != NULL && g_str_equal (classify_kind_ids[k], kind))
      return k;
  return CLASSIFY_KINDS;
}

static GArray *
rows_new (void)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (rows, (GDestroyNotify)row_clear);
  return rows;
}

static guint
fold_of (const ClassifyLetter *letter)
{
  return g_str_hash (letter->group) % FOLDS;
}

static GArray *
misread_rows_of (const ClassifySamples *samples)
{
  GArray *rows = rows_new ();
  for (guint i = 0; i < samples->misread->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->misread, ClassifySample, i);
      if (sample->page)
        continue;
      Row row = { .kind = sample->kind,
                  .fold = sample->kind_fold,
                  .features = g_array_new (FALSE, FALSE, sizeof (ClassifyFeature)) };
      if (sample->n > 0)
        g_array_append_vals (row.features, sample->features, sample->n);
      g_array_append_val (rows, row);
    }
  return rows;
}

/* @letters with a @share of their characters read as others, by what is @known. */
static GArray *
rows_of (const Classifier *classifier, const ClassifyLetters *letters, const ClassifyFeatureSet *known, double share)
{
  GArray *rows = rows_new ();
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      if (letter->kind == NULL || letter->page) /* it teaches a subject only, or is no letter */
        continue;
      g_autofree char *text = classify_misread (letter->text, share, i);
      g_autoptr (GPtrArray) pages = classify_letter_pages (text);
      g_autoptr (ClassifyLook) look = classifier_look (classifier, pages, DK_DAY_NONE);
      Row row = { .kind = kind_index (letter->kind), .fold = fold_of (letter), .hard = letter->hard };
      for (guint k = 0; k < CLASSIFY_KINDS; k++)
        row.words[k] = ((const ClassifyScore *)look->cues->scores->answers->pdata[k])->score;
      keep_known (look->features, known);
      row.grams = grams_of (look->features);
      row.features = g_steal_pointer (&look->features);
      g_array_append_val (rows, row);
    }
  return rows;
}

/* What @method says of @asked after learning from @rows of other folds, under @name. Every method is calibrated in the
 * same way, on its own values. */
static void
measure (const Method *method, const GArray *rows, const GArray *asked, const char *name)
{
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  g_autoptr (GArray) mail = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  for (guint fold = 0; fold < FOLDS; fold++)
    {
      method->prepare (rows, fold);
      for (guint i = 0; i < asked->len; i++)
        {
          const Row *row = &g_array_index (asked, Row, i);
          ClassifyHeldOut one = { .truth = row->kind };
          if (row->fold != fold)
            continue;
          method->tell (row, one.values);
          g_array_append_val (all, one);
          if (!row->hard)
            g_array_append_val (mail, one);
        }
    }
  const ClassifyKindScale of_all = classify_fit_kind_scale (all), of_mail = classify_fit_kind_scale (mail);
  const ClassifyFigures a = classify_measure_kinds (&of_all, all, PRECISION),
                        m = classify_measure_kinds (&of_mail, mail, PRECISION);
  printf ("  %-34s %9.3f %8.3f %6.2f %14.3f %8.3f %6.2f\n", name, m.f1, m.ece, m.alone, a.f1, a.ece, a.alone);
}

static int
folds (const Classifier *classifier, const ClassifyLetters *letters)
{
  static const Method methods[] = { { "docket", prepare_docket, tell_docket },
                                    { "n-gram support vector machine", prepare_grams, tell_grams },
                                    { "naive Bayes", prepare_bayes, tell_bayes },
                                    { "vocabulary alone", prepare_words, tell_words } };
  g_autoptr (GError) error = NULL;
  clock_t start = clock ();
  g_autoptr (ClassifyModel) model = classify_train (classifier, letters, &error);
  double seconds = (double)(clock () - start) / CLOCKS_PER_SEC;
  if (model == NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  g_autoptr (ClassifySamples) samples = classify_samples_new (classifier, letters, false, NULL);
  g_autoptr (GArray) rows = rows_of (classifier, letters, samples->known, 0);
  misread = misread_rows_of (samples);
  printf ("  %-34s %25s %30s\n", "", "of ordinary letters", "of all, hard ones too");
  printf ("  %-34s %9s %8s %6s %14s %8s %6s\n", "method", "macro-F1", "error", "alone", "macro-F1", "error", "alone");
  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    measure (&methods[i], rows, rows, methods[i].name);
  g_autoptr (GArray) worn = rows_of (classifier, letters, samples->known, MISREAD);
  measure (&methods[0], rows, worn, "docket, 5 % of characters misread");
  printf ("  training on %u letters, with all its folds: %.2f s of CPU\n", letters->letters->len, seconds);
  g_clear_pointer (&misread, g_array_unref);
  g_clear_pointer (&linear, classify_linear_free);
  g_clear_pointer (&bayes, g_free);
  return 0;
}

/* --- corrections --- */

typedef struct
{
  char *text;
  guint kind, part;
} Truth;

static void
truth_clear (Truth *truth)
{
  g_free (truth->text);
}

/* Lines "id, language, kind, text, …" after a heading. */
static GArray *
read_truth (const char *path, GError **error)
{
  g_autofree char *all = NULL;
  if (!g_file_get_contents (path, &all, NULL, error))
    return NULL;
  GArray *truths = g_array_new (FALSE, FALSE, sizeof (Truth));
  g_array_set_clear_func (truths, (GDestroyNotify)truth_clear);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  for (char **line = lines + 1; *line != NULL; line++)
    {
      g_auto (GStrv) columns = g_strsplit (*line, "\t", -1);
      Truth truth = { .part = g_str_hash (*line) % PARTS };
      if (g_strv_length (columns) < 4 || (truth.kind = kind_index (columns[2])) == CLASSIFY_KINDS)
        continue;
      truth.text = g_strdup (columns[3]);
      g_array_append_val (truths, truth);
    }
  return truths;
}

/* Adds to @letters, as corrected, at most CORRECTIONS of @truths of other parts than @part, evenly. */
static void
add_corrections (const GArray *truths, guint part, ClassifyLetters *letters)
{
  guint others = 0, at = 0;
  for (guint i = 0; i < truths->len; i++)
    others += g_array_index (truths, Truth, i).part != part ? 1 : 0;
  guint taught = MIN (others, CORRECTIONS);
  for (guint i = 0; i < truths->len; i++)
    {
      const Truth *truth = &g_array_index (truths, Truth, i);
      ClassifyLetter letter = {
        .id = truth->text, .kind = classify_kind_ids[truth->kind], .group = "", .text = truth->text, .corrected = true
      };
      if (truth->part == part)
        continue;
      if ((at + 1) * taught / others > at * taught / others)
        g_array_append_val (letters->letters, letter);
      at++;
    }
}

/* Adds to @answers what a model says about part @part, which if @taught has learnt the corrections of other parts. It
 * adds their number to *@corrections. */
static bool
answer_part (const Config *config, const Classifier *untaught, const ClassifyShipped *shipped, const GArray *truths,
             guint part, bool taught, GArray *answers, guint *corrections, GError **error)
{
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  if (taught)
    add_corrections (truths, part, letters);
  *corrections += letters->letters->len;
  g_autoptr (ClassifyModel) model = classify_train_on (untaught, shipped, letters, error);
  g_autoptr (GBytes) bytes = model != NULL ? classify_model_encode (model) : NULL;
  g_autoptr (Classifier) classifier = bytes != NULL ? classifier_new (config, bytes, error) : NULL;
  for (guint i = 0; classifier != NULL && i < truths->len; i++)
    {
      const Truth *truth = &g_array_index (truths, Truth, i);
      if (truth->part != part)
        continue;
      g_autoptr (GPtrArray) pages = classify_letter_pages (truth->text);
      g_autoptr (ClassifyLook) look = classifier_look (classifier, pages, DK_DAY_NONE);
      g_autoptr (RecordFinding) found = classify_kind (classifier, look);
      ClassifyAnswer answer
          = { .truth = truth->kind, .answer = kind_index (found->value), .confidence = found->confidence };
      g_array_append_val (answers, answer);
    }
  return classifier != NULL;
}

static int
corrected (const Config *config, const Classifier *classifier, const char *path, const ClassifyLetters *letters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) truths = read_truth (path, &error);
  g_autoptr (ClassifyShipped) shipped = classify_shipped_of (classifier, letters);
  for (int taught = 0; truths != NULL && taught < 2; taught++)
    {
      clock_t start = clock ();
      g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
      guint corrections = 0;
      for (guint part = 0; part < PARTS && error == NULL; part++)
        answer_part (config, classifier, shipped, truths, part, taught == 1, answers, &corrections, &error);
      ClassifyFigures figures = classify_measure (answers, CLASSIFY_KINDS, PRECISION);
      double seconds = (double)(clock () - start) / CLOCKS_PER_SEC / PARTS;
      printf (
          "  after %3u corrections: macro-F1 %.3f, calibration error %.3f, alone at 95 %% precision %.2f, learnt in "
          "%.1f s of CPU\n",
          corrections / PARTS, figures.f1, figures.ece, figures.alone, seconds);
    }
  if (error != NULL)
    fprintf (stderr, "%s\n", error->message);
  return error != NULL;
}

int
main (int argc, char **argv)
{
  bool by_folds = argc > 3 && g_str_equal (argv[1], "folds");
  if (!by_folds && (argc < 5 || !g_str_equal (argv[1], "corrected")))
    {
      fprintf (stderr, "usage: %s folds CONFIGURATION LETTERS… | corrected CONFIGURATION TEXTS LETTERS…\n", argv[0]);
      return 64;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  g_autoptr (Config) config = config_read (argv[2], &error);
  g_autoptr (Classifier) classifier = config != NULL ? classifier_new (config, NULL, &error) : NULL;
  for (int i = by_folds ? 3 : 4; classifier != NULL && error == NULL && i < argc; i++)
    {
      g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, argv[i], BYTES, &error);
      if (bytes != NULL)
        classify_letters_add (letters, bytes, false, &error);
    }
  if (error != NULL)
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  return by_folds ? folds (classifier, letters) : corrected (config, classifier, argv[3], letters);
}
