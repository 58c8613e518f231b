/* Letters become a model: it learns what it is shown, is the same twice, and says how sure it is. */
#include "classify/train.h"
#include "tests/unit/classify_letters.h"

static Classifier *
shipped_classifier (GBytes *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_read ("conf", &error);
  g_assert_no_error (error);
  Classifier *classifier = classifier_new (config, model, &error);
  g_assert_no_error (error);
  return classifier;
}

static void
add (ClassifyLetters *letters, const char *lines, bool corrected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (lines, strlen (lines));
  g_assert_true (classify_letters_add (letters, bytes, corrected, &error));
  g_assert_no_error (error);
}

static const char *const ends[] = { "on Monday", "by the river", "for grandmother", "in a blue bowl", "at noon" };

/* Letters that the vocabulary knows nothing about: plums are complained of, pears are thanked for. Two of each in turn,
 * since every second letter is learnt from twice. */
static ClassifyLetters *
letters_about_fruit (void)
{
  static const char *const trades[] = { "shop", "post", "bank", "rail", "hotel", "gym" };
  ClassifyLetters *letters = classify_letters_new ();
  for (guint i = 0; i < 60; i++)
    {
      bool plum = i / 2 % 2 == 0;
      g_autofree char *line = g_strdup_printf (
          "en-%u\t%s\t-\tproduct\t%s\tshort\t-\t%s %s, %s.\n", i, plum ? "complaint" : "thanks", trades[i % 6],
          plum ? "The plums lay there" : "The pears lay there", ends[i % 5], ends[i / 5 % 5]);
      add (letters, line, false);
    }
  return letters;
}

static GBytes *
model_of (const ClassifyLetters *letters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  g_autoptr (ClassifyModel) model = classify_train (classifier, letters, &error);
  g_assert_no_error (error);
  return classify_model_encode (model);
}

static RecordFinding *
decide (GBytes *model, const char *text, RecordFinding *(*question) (const Classifier *, const ClassifyLook *))
{
  g_autoptr (Classifier) classifier = shipped_classifier (model);
  g_autoptr (GPtrArray) pages = letter_pages (text);
  g_autoptr (ClassifyLook) look = classifier_look (classifier, pages, DK_DAY_NONE);
  return question (classifier, look);
}

static void
test_a_model_learns_words_that_no_vocabulary_knows (void)
{
  g_autoptr (ClassifyLetters) letters = letters_about_fruit ();
  g_autoptr (GBytes) model = model_of (letters);
  g_autoptr (RecordFinding) plums = decide (model, "Plums lay on the table.\n", classify_kind);
  g_autoptr (RecordFinding) pears = decide (model, "Pears lay on the table.\n", classify_kind);
  g_assert_cmpstr (plums->value, ==, "complaint");
  g_assert_cmpstr (pears->value, ==, "thanks");
}

static void
test_a_decision_shows_the_word_that_the_model_went_by (void)
{
  g_autoptr (ClassifyLetters) letters = letters_about_fruit ();
  g_autoptr (GBytes) model = model_of (letters);
  g_autoptr (RecordFinding) plums = decide (model, "Plums lay on the table.\n", classify_kind);
  g_assert_cmpuint (plums->evidence->len, >, 0);
  const RecordEvidence *first = plums->evidence->pdata[0];
  g_assert_cmpstr (first->text, ==, "Plums");
  g_assert_true (g_str_has_prefix (first->rule, "model:"));
  g_assert_cmpuint (strlen (first->rule), ==, strlen ("model:") + 12);
}

/* By itself the last word tells nothing: it is shown for the place in which it stands. */
static void
test_a_decision_shows_the_words_of_a_skeleton (void)
{
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  for (guint i = 0; i < 60; i++)
    {
      bool plum = i / 2 % 2 == 0;
      g_autofree char *line
          = g_strdup_printf ("en-%u\t%s\t-\tproduct\tsort%u\tshort\t-\tSeen %s, %s quinces.\n", i,
                             plum ? "complaint" : "thanks", i % 6, ends[i % 5], plum ? "pears plums" : "plums pears");
      add (letters, line, false);
    }
  g_autoptr (GBytes) model = model_of (letters);
  g_autoptr (RecordFinding) found = decide (model, "Seen at noon, pears plums quinces.\n", classify_kind);
  g_assert_cmpstr (found->value, ==, "complaint");
  bool shown = false;
  for (guint i = 0; i < found->evidence->len; i++)
    shown |= g_str_equal (((const RecordEvidence *)found->evidence->pdata[i])->text, "quinces");
  g_assert_true (shown);
}

/* Pages about quinces besides, which speak of plums too. */
static ClassifyLetters *
letters_and_pages (void)
{
  ClassifyLetters *letters = letters_about_fruit ();
  for (guint i = 0; i < 60; i++)
    {
      g_autofree char *line = g_strdup_printf ("en-p%u\tother\t-\t-\tsort%u\tpage\tpage\tQuinces, plums: %s, %s.\n", i,
                                               i % 6, ends[i % 5], ends[i / 5 % 5]);
      add (letters, line, false);
    }
  return letters;
}

static void
test_a_page_that_is_no_letter_is_of_no_kind (void)
{
  g_autoptr (ClassifyLetters) letters = letters_and_pages ();
  g_autoptr (GBytes) model = model_of (letters);
  g_autoptr (RecordFinding) page = decide (model, "Quinces, plums.\n", classify_kind);
  g_autoptr (RecordFinding) plums = decide (model, "The plums lay there on Monday.\n", classify_kind);
  g_assert_cmpstr (page->value, ==, "other");
  g_assert_cmpstr (plums->value, ==, "complaint");
  const RecordEvidence *first = page->evidence->pdata[0];
  g_assert_cmpstr (first->text, ==, "Quinces");
}

static void
test_pages_teach_nothing_of_kinds (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  g_autoptr (ClassifyLetters) letters = letters_and_pages ();
  g_autoptr (ClassifySamples) samples = classify_samples_new (classifier, letters, false, NULL);
  for (guint i = 0; i < samples->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      g_assert_true (sample->page == (sample->kind == CLASSIFY_NONE));
    }
}

static void
test_the_same_letters_make_the_same_bytes (void)
{
  g_autoptr (ClassifyLetters) letters = letters_about_fruit ();
  g_autoptr (GBytes) once = model_of (letters), twice = model_of (letters);
  g_assert_true (g_bytes_equal (once, twice));
}

static void
test_corrections_outweigh_what_was_shipped (void)
{
  g_autoptr (ClassifyLetters) letters = letters_about_fruit ();
  for (guint i = 0; i < 90; i++)
    {
      g_autofree char *line = g_strdup_printf ("c%u\tsuggestion\t-\t-\t-\t-\t-\tThe plums lay there %s, %s.\n", i,
                                               ends[i % 5], ends[i / 5 % 5]);
      add (letters, line, true);
    }
  g_autoptr (GBytes) model = model_of (letters);
  g_autoptr (RecordFinding) plums = decide (model, "The plums lay there on Monday, at noon.\n", classify_kind);
  g_assert_cmpstr (plums->value, ==, "suggestion");
}

static void
test_a_subject_is_learnt_once_enough_letters_were_corrected (void)
{
  g_autoptr (ClassifyLetters) few = letters_about_fruit (), many = letters_about_fruit ();
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *line = g_strdup_printf ("c%u\tcomplaint\t-\t%s\t-\t-\t-\t%s stood there, number %u.\n", i,
                                               i % 2 ? "contract" : "privacy", i % 2 ? "A quince" : "A medlar", i % 11);
      if (i < 20)
        add (few, line, true);
      add (many, line, true);
    }
  g_autoptr (GBytes) little = model_of (few), much = model_of (many);
  g_autoptr (RecordFinding) before = decide (little, "A quince stood there.\n", classify_subject);
  g_autoptr (RecordFinding) after = decide (much, "A quince stood there.\n", classify_subject);
  g_assert_cmpstr (before->value, ==, "general");
  g_assert_true (before->undecided);
  g_assert_cmpstr (after->value, ==, "contract");
}

/* --- what is kept of the shipped letters --- */

static GBytes *
model_beside (const Classifier *classifier, const ClassifyShipped *shipped, const ClassifyLetters *corrected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ClassifyModel) model = classify_train_on (classifier, shipped, corrected, &error);
  g_assert_no_error (error);
  return classify_model_encode (model);
}

/* Lines of shipped letters on @fruits, two by two. */
static GBytes *
lines_about (const char *one, const char *other)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  for (guint i = 0; i < 120; i++)
    g_string_append_printf (lines, "en-%u\t%s\t-\tproduct\tshop%u\tshort\tunseen\tThe %s lay there %s, %s.\n", i,
                            i / 2 % 2 ? "complaint" : "thanks", i % 7, i / 2 % 2 ? one : other, ends[i % 5],
                            ends[i / 5 % 5]);
  gsize length = lines->len;
  return g_bytes_new_take (g_string_free (g_steal_pointer (&lines), FALSE), length);
}

static ClassifyLetters *
corrections_about_plums (void)
{
  ClassifyLetters *letters = classify_letters_new ();
  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *line
          = g_strdup_printf ("%u\tsuggestion\t-\tbilling\t-\t-\t-\tMore plums and plums %s.\n", i, ends[i % 5]);
      add (letters, line, true);
    }
  return letters;
}

static void
test_what_was_kept_of_the_shipped_letters_makes_the_same_model (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  g_autoptr (GBytes) lines = lines_about ("plums", "pears");
  g_autoptr (ClassifyLetters) corrected = corrections_about_plums ();
  g_autoptr (ClassifyShipped) shipped = classify_shipped_new (classifier, lines, &error);
  g_assert_no_error (error);
  g_autofree char *key = classify_shipped_key (classifier, lines);
  g_autoptr (GBytes) bytes = classify_shipped_encode (shipped);
  g_autoptr (ClassifyShipped) kept = classify_shipped_decode (bytes, key);
  g_assert_nonnull (kept);
  g_autoptr (GBytes) model = model_beside (classifier, shipped, corrected);
  g_autoptr (GBytes) again = model_beside (classifier, kept, corrected);
  g_assert_true (g_bytes_equal (model, again));
  g_autoptr (RecordFinding) plums = decide (again, "More plums and plums at noon.\n", classify_kind);
  g_assert_cmpstr (plums->value, ==, "suggestion");
}

static void
test_what_was_kept_of_other_letters_or_is_damaged_is_made_anew (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  g_autoptr (GBytes) lines = lines_about ("plums", "pears"), others = lines_about ("figs", "pears");
  g_autoptr (ClassifyShipped) shipped = classify_shipped_new (classifier, lines, &error);
  g_autoptr (GBytes) bytes = classify_shipped_encode (shipped);
  g_autofree char *key = classify_shipped_key (classifier, lines);
  g_autofree char *other = classify_shipped_key (classifier, others);
  g_assert_null (classify_shipped_decode (bytes, other));
  gsize size = g_bytes_get_size (bytes);
  const gsize lengths[] = { 0, 10, 60, 200, size / 2, size - 1 };
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, lengths[i]);
      g_assert_null (classify_shipped_decode (part, key));
    }
}

/* A classifier of the shipped configuration with @value at @path of it. */
static Classifier *
classifier_with (const char *path, char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) shipped = config_read ("conf", &error);
  g_autoptr (GHashTable) other = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (other, g_strdup (path), value);
  g_autoptr (Config) config = config_with (shipped, other, &error);
  g_assert_no_error (error);
  Classifier *classifier = classifier_new (config, NULL, &error);
  g_assert_no_error (error);
  return classifier;
}

static void
test_what_was_kept_is_of_one_vocabulary (void)
{
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  const Config *config = classifier->config;
  g_autoptr (Classifier) settings
      = classifier_with ("docket.yaml", config_text_with (config_text (config, "docket.yaml"), "poll_s", "3"));
  g_autoptr (Classifier) vocabulary = classifier_with (
      "vocabulary/forms.yaml", g_strconcat (config_text (config, "vocabulary/forms.yaml"), "# a remark\n", NULL));
  g_autoptr (GBytes) lines = lines_about ("plums", "pears");
  g_autofree char *before = classify_shipped_key (classifier, lines);
  g_autofree char *with_settings = classify_shipped_key (settings, lines);
  g_autofree char *with_words = classify_shipped_key (vocabulary, lines);
  g_assert_cmpstr (with_settings, ==, before);
  g_assert_cmpstr (with_words, !=, before);
}

/* The same letters and vocabulary, but other counts of the same words, as of a program that looks otherwise at them. */
static void
test_what_was_kept_is_of_one_way_of_looking_at_letters (void)
{
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  g_autoptr (GBytes) lines = lines_about ("plums", "pears");
  g_autofree char *before = classify_shipped_key (classifier, lines);
  g_autoptr (Classifier) other
      = classifier_with ("vocabulary/plums.yaml",
                         g_strdup ("scheme: kind\nconcepts:\n  plums: {broader: complaint, label: {en: plums}}\n"));
  ClassifyLexicon *own = classifier->lexicon;
  classifier->lexicon = other->lexicon;
  g_autofree char *after = classify_shipped_key (classifier, lines);
  classifier->lexicon = own;
  g_assert_cmpstr (after, !=, before);
}

static void
test_letters_of_one_kind_make_no_model (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  add (letters, "# a remark\nid\tkind\talso\tsubject\ttrade\ttone\tuse\ttext\na\tthanks\t-\t-\t-\t-\t-\tFine pears.\n",
       false);
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  g_assert_cmpuint (letters->letters->len, ==, 1);
  g_assert_null (classify_train (classifier, letters, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
}

static void
test_a_line_that_is_no_letter_is_named_without_its_text (void)
{
  static const char *const wrong[]
      = { "a\tthanks\t-\t-\tsecret\n", "a\tpraise\t-\t-\t-\t-\t-\tsecret\n", "a\tthanks\t-\t-\t-\t-\t-\tsecret \xff\n",
          "a\tthanks\t-\t-\t-\t-\tnonsense\tsecret\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ClassifyLetters) letters = classify_letters_new ();
      g_autoptr (GBytes) bytes = g_bytes_new (wrong[i], strlen (wrong[i]));
      g_assert_false (classify_letters_add (letters, bytes, true, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "line 1"));
      g_assert_null (strstr (error->message, "secret"));
    }
}

static void
test_a_model_that_is_cut_short_or_foreign_is_refused (void)
{
  g_autoptr (ClassifyLetters) letters = letters_about_fruit ();
  g_autoptr (GBytes) model = model_of (letters);
  gsize size = g_bytes_get_size (model);
  const gsize lengths[] = { 0, 10, 15, 200, size / 2, size - 1 };
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (model, 0, lengths[i]);
      g_assert_null (classify_model_decode (part, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) foreign = g_bytes_new_static ("docket-model 2\n{}\n", 18);
  g_assert_null (classify_model_decode (foreign, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
}

static void
test_the_shipped_letters_make_a_model_that_is_mostly_right (void)
{
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  static const char *const languages[] = { "en", "es", "fr", "hu" };
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *path = g_strdup_printf ("conf/letters/%s.tsv", languages[i]), *text = NULL;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      add (letters, text, false);
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (Classifier) classifier = shipped_classifier (NULL);
  g_autoptr (ClassifyModel) model = classify_train (classifier, letters, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (model->kind.n, ==, letters->letters->len);
  g_assert_cmpfloat (model->kind.f1, >, 0.70);
  g_assert_cmpfloat (model->kind.ece, <, 0.08);
  g_assert_cmpfloat (model->kind.threshold, <, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/train/learns", test_a_model_learns_words_that_no_vocabulary_knows);
  g_test_add_func ("/train/shows", test_a_decision_shows_the_word_that_the_model_went_by);
  g_test_add_func ("/train/shows skeletons", test_a_decision_shows_the_words_of_a_skeleton);
  g_test_add_func ("/train/page", test_a_page_that_is_no_letter_is_of_no_kind);
  g_test_add_func ("/train/page-alone", test_pages_teach_nothing_of_kinds);
  g_test_add_func ("/train/same", test_the_same_letters_make_the_same_bytes);
  g_test_add_func ("/train/corrections", test_corrections_outweigh_what_was_shipped);
  g_test_add_func ("/train/subject", test_a_subject_is_learnt_once_enough_letters_were_corrected);
  g_test_add_func ("/train/kept", test_what_was_kept_of_the_shipped_letters_makes_the_same_model);
  g_test_add_func ("/train/kept-of-others", test_what_was_kept_of_other_letters_or_is_damaged_is_made_anew);
  g_test_add_func ("/train/kept-of-words", test_what_was_kept_is_of_one_vocabulary);
  g_test_add_func ("/train/kept-of-program", test_what_was_kept_is_of_one_way_of_looking_at_letters);
  g_test_add_func ("/train/one-kind", test_letters_of_one_kind_make_no_model);
  g_test_add_func ("/train/bad-line", test_a_line_that_is_no_letter_is_named_without_its_text);
  g_test_add_func ("/train/bad-model", test_a_model_that_is_cut_short_or_foreign_is_refused);
  g_test_add_func ("/train/shipped", test_the_shipped_letters_make_a_model_that_is_mostly_right);
  return g_test_run ();
}
