#include "classify/labels.h"
#include "tests/unit/classify_letters.h"
#include "tests/unit/own_config.h"

static const char words_yaml[]
    = "scheme: mood\n"
      "concepts:\n"
      "  glad:\n"
      "    label: {en: glad, fr: content}\n"
      "    cue: {en: {1: [satis*, delighted*, thanks, so * happy], 0: [thanks in advance]}, fr: [parfait*, contrat*]}\n"
      "  keen:\n"
      "    label: {en: keen}\n"
      "    alternative: {en: [eager]}\n"
      "    misspelling: {en: [keeen]}\n"
      "    ocr: {en: [k3en, 'e a9er', '|een']}\n"
      "    abbreviation: {en: [K.N.]}\n"
      "    cue: {en: [can't wait]}\n"
      "  cross:\n"
      "    label: {en: cross, hu: mérges}\n"
      "    cue: {en: {2: [not satis*, n'ai pas]}}\n";

typedef struct
{
  Vocabulary *vocabulary;
  ClassifyMatcher *matcher;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GError) error = NULL;
  const char *const files[][2] = { { "words.yaml", words_yaml } };
  g_autoptr (Config) config = own_config ("", files, G_N_ELEMENTS (files));
  fixture->vocabulary = vocabulary_load (config, &error);
  g_assert_no_error (error);
  fixture->matcher = classify_matcher_new (fixture->vocabulary, "mood");
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  classify_matcher_free (fixture->matcher);
  vocabulary_free (fixture->vocabulary);
}

/* "glad:1 cross:2": the matches in @text and their weights. */
static char *
matches_of (const Fixture *fixture, const char *text, const char *language)
{
  g_autoptr (GPtrArray) pages = letter_pages (text);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (GArray) matches = classify_matcher_run (fixture->matcher, words, language);
  GString *shown = g_string_new (NULL);
  for (guint i = 0; i < matches->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, i);
      g_string_append_printf (shown, "%s%s:%g", i > 0 ? " " : "", match->concept->id, match->weight);
    }
  return g_string_free (shown, FALSE);
}

static void
expect (const Fixture *fixture, const char *text, const char *language, const char *expected)
{
  g_autofree char *found = matches_of (fixture, text, language);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_a_stem_stands_for_every_word_with_that_beginning (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "Satisfied, SATISFACTION, unsatisfied", "en", "glad:1 glad:1");
  expect (fixture, "gladly", "en", "");
}

static void
test_the_longer_phrase_hides_the_shorter (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "I am not satisfied", "en", "cross:2");
  expect (fixture, "Thanks in advance", "en", "glad:0");
  expect (fixture, "Thanks. In advance", "en", "glad:1");
}

static void
test_a_lone_star_is_any_one_word (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "so very happy", "en", "glad:1");
  expect (fixture, "so happy", "en", "");
}

static void
test_elisions_and_accents_and_line_ends_do_not_matter (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "je n’ai pas", "en", "cross:2");
  expect (fixture, "merges MÉRGES mérges", "hu", "cross:1 cross:1 cross:1");
  expect (fixture, "not sat-\nisfied", "en", "cross:2");
}

static void
test_a_word_broken_over_a_line_end_is_one_word_and_two_in_a_label (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "not sat\u00AD\n  isfied", "en", "cross:2");
  expect (fixture, "not sat\u2010\nis\u00ADfied", "en", "cross:2");
  expect (fixture, "NOT SATIS-\nFIED", "en", "cross:2");
  expect (fixture, "not-\nsatisfied", "en", "cross:2");
  expect (fixture, "so-\nvery happy", "en", "glad:1");
  expect (fixture, "sat-\n4isfied sat- isfied", "en", "");
}

static void
test_both_parts_of_a_broken_word_are_its_place (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  (void)fixture;
  g_autoptr (GPtrArray) pages = letter_pages ("é rekla\u00AD\nmáció de-\n2 Anna-\nMaria");
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, 1);
  g_assert_cmpuint (words->words->len, ==, 6);
  g_assert_cmpstr (word->text, ==, "reklamacio");
  g_assert_cmpuint (word->from, ==, 2);
  g_assert_cmpuint (word->to, ==, 14);
  g_assert_cmpstr (word->parts[0], ==, "rekla");
  g_assert_cmpstr (word->parts[1], ==, "macio");
  g_assert_null (word[1].parts[0]);
}

static void
test_a_misread_letter_is_mended_at_a_lower_weight (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "deIighted", "en", "glad:0.8");
  /* Letters that do not look alike are not mended, nor stems of less than seven letters. */
  expect (fixture, "dekighted", "en", "");
  expect (fixture, "sotisfied", "en", "");
}

static void
test_a_word_that_is_right_as_it_stands_is_not_mended (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "parfalt, le contraf", "fr", "glad:0.8 glad:0.8");
  expect (fixture, "Il parlait", "fr", "");
  expect (fixture, "Au contraire", "fr", "");
}

static void
test_a_word_that_the_engine_is_sure_of_is_not_mended (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GPtrArray) pages = letter_pages ("deIighted deIighted");
  RecordPage *page = pages->pdata[0];
  page->origin = RECORD_ORIGIN_RECOGNISED;
  RecordWord sure = { .from = 0, .to = 9, .box = { 0, 0, 90, 10 }, .confidence = 96 };
  RecordWord unsure = { .from = 10, .to = 19, .box = { 100, 0, 190, 10 }, .confidence = 55 };
  g_array_append_val (page->words, sure);
  g_array_append_val (page->words, unsure);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (GArray) matches = classify_matcher_run (fixture->matcher, words, "en");
  g_assert_cmpuint (matches->len, ==, 1);
  g_assert_cmpuint (g_array_index (matches, ClassifyMatch, 0).from, ==, 1);
}

static void
test_only_labels_of_the_language_are_looked_for (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  expect (fixture, "glad content", "fr", "glad:1");
  expect (fixture, "glad content", NULL, "glad:1 glad:1");
}

static void
test_a_match_is_led_back_to_the_page (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GPtrArray) pages = letter_pages ("Ő ﬁne Œuvre mérges");
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (GArray) matches = classify_matcher_run (fixture->matcher, words, "hu");
  g_assert_cmpuint (matches->len, ==, 1);
  const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, 0);
  const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, match->from);
  g_assert_cmpuint (word->from, ==, 12);
  g_assert_cmpuint (word->to, ==, 18);
}

static void
test_a_text_without_end_is_read_to_its_ceiling (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < CLASSIFY_WORDS_MAX + 1000; i++)
    g_string_append (text, "glad ");
  g_autoptr (GPtrArray) pages = letter_pages (text->str);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_assert_cmpuint (words->words->len, <=, CLASSIFY_WORDS_MAX + 1);
  g_autoptr (GArray) matches = classify_matcher_run (fixture->matcher, words, "en");
  g_assert_cmpuint (matches->len, <=, CLASSIFY_MATCHES_MAX);
  g_autofree char *one = g_strnfill (100000, 'a');
  g_autoptr (GPtrArray) long_pages = letter_pages (one);
  g_autoptr (ClassifyWords) long_words = classify_words_new (long_pages);
  g_assert_cmpuint (long_words->words->len, >, 1);
}

static void
test_labels_of_every_type_are_found (Fixture *fixture, gconstpointer unused)
{
  static const char *const texts[]
      = { "Keen", "so eager", "keeen", "k3en there", "e a9er", "a |een", "K. N.", "k.n. today", "I can’t wait" };
  (void)unused;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    expect (fixture, texts[i], "en", "keen:1");
}

/* "glad 2/1<so * happy": found and counted, and what hid it. */
static char *
counts_of (const Fixture *fixture, const char *text)
{
  g_autoptr (ClassifyLabels) labels = classify_labels_new (fixture->vocabulary);
  g_autoptr (GPtrArray) pages = letter_pages (text);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (GArray) hits = classify_labels_count (labels, words, "en");
  const GPtrArray *concepts = vocabulary_concepts (fixture->vocabulary, "mood");
  GString *shown = g_string_new (NULL);
  for (guint i = 0; i < hits->len; i++)
    {
      const ClassifyLabelHits *one = &g_array_index (hits, ClassifyLabelHits, i);
      const char *text_of_hit = "", *hider = "";
      for (guint j = 0; j < concepts->len; j++)
        for (guint k = 0; k < ((const Concept *)concepts->pdata[j])->labels->len; k++)
          {
            const Label *label = &g_array_index (((const Concept *)concepts->pdata[j])->labels, Label, k);
            text_of_hit = label->no == one->no ? label->text : text_of_hit;
            hider = label->no + 1 == one->hider ? label->text : hider;
          }
      g_string_append_printf (shown, "%s%s %u/%u<%s", i > 0 ? ", " : "", text_of_hit, one->found, one->counted, hider);
    }
  return g_string_free (shown, FALSE);
}

static void
test_what_is_found_and_what_counts_are_told_apart (Fixture *fixture, gconstpointer unused)
{
  (void)unused;
  g_autofree char *both = counts_of (fixture, "Thanks in advance. Thanks. I am glad.");
  g_assert_cmpstr (both, ==, "glad 1/1<, thanks 2/1<, thanks in advance 1/1<");
  g_autofree char *hidden = counts_of (fixture, "They are not satisfied.");
  g_assert_cmpstr (hidden, ==, "satis* 1/0<not satis*, not satis* 1/1<");
  g_autofree char *none = counts_of (fixture, "Nothing of that kind.");
  g_assert_cmpstr (none, ==, "");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/matcher/stem", test_a_stem_stands_for_every_word_with_that_beginning);
  ADD ("/matcher/longest", test_the_longer_phrase_hides_the_shorter);
  ADD ("/matcher/star", test_a_lone_star_is_any_one_word);
  ADD ("/matcher/folding", test_elisions_and_accents_and_line_ends_do_not_matter);
  ADD ("/matcher/broken", test_a_word_broken_over_a_line_end_is_one_word_and_two_in_a_label);
  ADD ("/matcher/broken-place", test_both_parts_of_a_broken_word_are_its_place);
  ADD ("/matcher/mended", test_a_misread_letter_is_mended_at_a_lower_weight);
  ADD ("/matcher/real", test_a_word_that_is_right_as_it_stands_is_not_mended);
  ADD ("/matcher/sure", test_a_word_that_the_engine_is_sure_of_is_not_mended);
  ADD ("/matcher/language", test_only_labels_of_the_language_are_looked_for);
  ADD ("/matcher/place", test_a_match_is_led_back_to_the_page);
  ADD ("/matcher/types", test_labels_of_every_type_are_found);
  ADD ("/labels/counts", test_what_is_found_and_what_counts_are_told_apart);
  ADD ("/matcher/ceiling", test_a_text_without_end_is_read_to_its_ceiling);
  return g_test_run ();
}
