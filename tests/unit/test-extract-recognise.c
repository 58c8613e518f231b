#include "base/clock.h"
#include "extract/recognise.h"
#include "extract/second_look.h"
#include "extract/second_words.h"
#include "tests/unit/extract_page.h"
#include <omp.h>
#include <string.h>

static ExtractReading *
read_page (const char *language, PIX *pix, int64_t milliseconds)
{
  g_autoptr (GError) error = NULL;
  ExtractReading *reading = extract_recognise (language, pix, 300, dk_monotonic_us () + milliseconds * 1000, &error);
  g_assert_no_error (error);
  return reading;
}

static void
test_the_orientation_model_answers_again_and_again (void)
{
  g_autoptr (PIX) upright = page ("three-pages.tif");
  for (int turn = 0; turn < 8; turn++)
    {
      double sure;
      g_autoptr (PIX) turned = pixRotateOrth (upright, turn % 4);
      int answer = extract_recognise_orientation (turned, 300, &sure);
      g_assert_true (sure < 1 || answer == (4 - turn % 4) % 4 * 90);
    }
}

static void
test_words_lie_on_their_ink (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autoptr (ExtractReading) reading = read_page ("en", pix, 20000);
  g_assert_cmpfloat (reading->confidence, >, 85);
  g_assert_cmpuint (reading->words->len, >, 40);
  const ExtractReadWord *first = &g_array_index (reading->words, ExtractReadWord, 0);
  g_assert_cmpstr (first->text, ==, "Dear");
  /* Drawn with a margin of half an inch. */
  g_assert_cmpint (ABS (first->box.x0 - 150), <=, 6);
  g_assert_cmpint (ABS (first->box.y0 - 158), <=, 12);
  g_assert_cmpuint (first->begins & RECORD_WORD_BEGINS_BLOCK, !=, 0);
}

static void
test_a_strip_is_a_part_of_the_page (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autoptr (GError) error = NULL;
  ExtractPrepared prepared = { .pix = pix, .dpi = 300 };
  g_autoptr (ExtractReading) strip
      = extract_recognise_strip ("en", &prepared, 10, dk_monotonic_us () + 20000000, &error);
  pixDestroy (&prepared.ink);
  g_assert_no_error (error);
  g_assert_cmpuint (strip->words->len, >, 5);
  g_assert_cmpuint (strip->words->len, <, 40);
  g_autoptr (ExtractReading) whole = read_page ("en", pix, 20000);
  g_assert_cmpuint (whole->words->len, >, 40);
}

static void
test_sideways_letters_ask_for_a_turn (void)
{
  g_autoptr (PIX) down = page ("turned-left.tif"), up = pixRotateOrth (down, 2);
  g_autoptr (ExtractReading) first = read_page ("es", down, 20000), second = read_page ("es", up, 20000);
  g_assert_true (first->turned == 270 || first->confidence < 75);
  g_assert_true (second->turned == 90 || second->confidence < 75);
}

static void
test_a_passed_deadline_cuts_the_page (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autoptr (ExtractReading) reading = read_page ("en", pix, 0);
  g_assert_true (reading->cut);
}

static void
misread (ExtractReadWord *word, const char *as, float confidence)
{
  g_free (word->text);
  word->text = g_strdup (as);
  word->confidence = confidence;
}

static void
test_a_word_that_was_overlooked_between_two_others_is_found_by_a_second_look (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autoptr (ExtractReading) reading = read_page ("en", pix, 60000);
  ExtractPrepared prepared = { .pix = pix, .dpi = 300 };
  g_autofree char *before = extract_reading_text (reading, 0, reading->words->len);
  guint overlooked = 6;
  while (strlen (g_array_index (reading->words, ExtractReadWord, overlooked).text) < 5
         || g_array_index (reading->words, ExtractReadWord, overlooked).begins != 0
         || g_array_index (reading->words, ExtractReadWord, overlooked + 1).begins != 0)
    overlooked++;
  g_array_remove_index (reading->words, overlooked);
  g_assert_cmpuint (extract_second_look (reading, &prepared, NULL, dk_monotonic_us () + 60000000), ==, 1);
  g_autofree char *after = extract_reading_text (reading, 0, reading->words->len);
  g_assert_cmpstr (after, ==, before);
}

static void
test_a_line_that_says_nothing_is_read_as_the_page_has_it (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif"), worn = pixCopy (NULL, pix);
  g_autoptr (ExtractReading) reading = read_page ("en", pix, 60000);
  g_autofree char *before = extract_reading_text (reading, 0, reading->words->len);
  guint end = extract_reading_line_end (reading, 0);
  RecordBox box = extract_reading_box (reading, 0, end);
  BOX *line = boxCreate (box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0);
  pixClearInRect (worn, line);
  boxDestroy (&line);
  for (guint i = 0; i < end; i++)
    misread (&g_array_index (reading->words, ExtractReadWord, i), "ERO", 5);
  ExtractPrepared prepared = {
    .pix = worn, .dpi = 300, .x_scale = 1, .y_scale = 1, .page_w = pixGetWidth (pix), .page_h = pixGetHeight (pix)
  };
  g_assert_cmpuint (extract_second_look (reading, &prepared, pix, dk_monotonic_us () + 60000000), ==, 1);
  g_autofree char *after = extract_reading_text (reading, 0, reading->words->len);
  g_assert_cmpstr (after, ==, before);
}

/* A word of six letters or more inside a line of @reading. */
static ExtractReadWord *
long_word (ExtractReading *reading)
{
  for (guint i = 1; i + 1 < reading->words->len; i++)
    {
      ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      if (strlen (word->text) > 5 && word->begins == 0 && word[1].begins == 0)
        return word;
    }
  g_assert_not_reached ();
}

static void
test_a_word_in_no_dictionary_is_read_again (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autoptr (ExtractReading) reading = read_page ("en", pix, 60000);
  ExtractPrepared prepared = { .pix = pix, .dpi = 300 };
  ExtractReadWord *word = long_word (reading);
  g_autofree char *before = extract_reading_text (reading, 0, reading->words->len);
  g_autofree char *wrong = g_strdup (word->text);
  wrong[2] = 'x';
  misread (word, wrong, 70);
  g_assert_cmpuint (extract_second_words (reading, &prepared, dk_monotonic_us () + 60000000), ==, 1);
  g_autofree char *after = extract_reading_text (reading, 0, reading->words->len);
  g_assert_cmpstr (after, ==, before);
}

static void
test_two_words_read_as_one_are_parted_by_reading_them_again (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autoptr (ExtractReading) reading = read_page ("en", pix, 60000);
  ExtractPrepared prepared = { .pix = pix, .dpi = 300 };
  g_autofree char *before = extract_reading_text (reading, 0, reading->words->len);
  ExtractReadWord *word = long_word (reading);
  g_autofree char *joined = g_strconcat (word->text, word[1].text, NULL);
  misread (word, joined, 70);
  word->box.x1 = word[1].box.x1;
  g_array_remove_index (reading->words, (guint)(word + 1 - (ExtractReadWord *)(void *)reading->words->data));
  g_assert_cmpuint (extract_second_words (reading, &prepared, dk_monotonic_us () + 60000000), ==, 1);
  g_autofree char *after = extract_reading_text (reading, 0, reading->words->len);
  g_assert_cmpstr (after, ==, before);
}

static void
test_a_sure_name_and_a_passed_deadline_are_left_alone (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autoptr (ExtractReading) reading = read_page ("en", pix, 60000);
  ExtractPrepared prepared = { .pix = pix, .dpi = 300 };
  misread (long_word (reading), "Xqzwvk", 93);
  g_assert_cmpuint (extract_second_words (reading, &prepared, dk_monotonic_us () + 60000000), ==, 0);
  misread (long_word (reading), "Xqzwvk", 50);
  g_assert_cmpuint (extract_second_words (reading, &prepared, dk_monotonic_us ()), ==, 0);
}

static void
test_the_first_hint_with_a_model_comes_first (void)
{
  char *hints[] = { (char *)"de", (char *)"es", (char *)"en", NULL };
  g_assert_cmpstr (extract_recognise_first (hints), ==, "es");
  g_assert_cmpstr (extract_recognise_first (NULL), ==, "en");
  g_assert_false (extract_recognise_knows ("hu"));
}

int
main (int argc, char **argv)
{
  omp_set_max_active_levels (0);
  g_test_init (&argc, &argv, NULL);
  char *languages[] = { (char *)"en", (char *)"es", NULL };
  g_autoptr (GError) error = NULL;
  if (!extract_recognise_warm_up (languages, &error))
    g_error ("%s", error->message);
  g_test_add_func ("/extract/recognise/orientation", test_the_orientation_model_answers_again_and_again);
  g_test_add_func ("/extract/recognise/boxes", test_words_lie_on_their_ink);
  g_test_add_func ("/extract/recognise/strip", test_a_strip_is_a_part_of_the_page);
  g_test_add_func ("/extract/recognise/sideways", test_sideways_letters_ask_for_a_turn);
  g_test_add_func ("/extract/recognise/deadline", test_a_passed_deadline_cuts_the_page);
  g_test_add_func ("/extract/recognise/overlooked",
                   test_a_word_that_was_overlooked_between_two_others_is_found_by_a_second_look);
  g_test_add_func ("/extract/recognise/a line that says nothing is read as the page has it",
                   test_a_line_that_says_nothing_is_read_as_the_page_has_it);
  g_test_add_func ("/extract/recognise/unknown", test_a_word_in_no_dictionary_is_read_again);
  g_test_add_func ("/extract/recognise/joined", test_two_words_read_as_one_are_parted_by_reading_them_again);
  g_test_add_func ("/extract/recognise/sure", test_a_sure_name_and_a_passed_deadline_are_left_alone);
  g_test_add_func ("/extract/recognise/hints", test_the_first_hint_with_a_model_comes_first);
  return g_test_run ();
}
