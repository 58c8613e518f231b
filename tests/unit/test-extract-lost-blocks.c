/* Paragraphs that the engine's layout left out. */
#include "base/clock.h"
#include "extract/lost_blocks.h"
#include "extract/recognise.h"
#include "tests/unit/extract_models.h"
#include "tests/unit/extract_page.h"

#define BUDGET_US (60 * G_USEC_PER_SEC)

typedef struct
{
  ExtractPrepared *prepared;
  ExtractReading *reading;
} Letter;

static void
letter_clear (Letter *letter)
{
  extract_prepared_free (letter->prepared);
  extract_reading_free (letter->reading);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Letter, letter_clear)

static Letter
letter_read (void)
{
  g_autoptr (GError) error = NULL;
  PIX *pix = page ("three-pages.tif");
  g_autoptr (ExtractSurvey) survey = extract_survey_new (pix);
  Letter letter = { .prepared = extract_prepare (pix, 300, survey, &(ExtractPlan){ .turn = 0 }) };
  pixDestroy (&pix);
  letter.reading
      = extract_recognise ("en", letter.prepared->pix, letter.prepared->dpi, dk_monotonic_us () + BUDGET_US, &error);
  g_assert_no_error (error);
  return letter;
}

static char *
text_of (const Letter *letter)
{
  return extract_reading_text (letter->reading, 0, letter->reading->words->len);
}

static void
test_a_paragraph_that_was_left_out_is_read_in_its_place (void)
{
  g_auto (Letter) letter = letter_read ();
  g_autofree char *whole = text_of (&letter);
  guint first = extract_reading_line_end (letter.reading, 0), end = first;
  for (int i = 0; i < 3; i++)
    end = extract_reading_line_end (letter.reading, end);
  g_array_remove_range (letter.reading->words, first, end - first);
  g_assert_cmpuint (extract_lost_blocks_read (letter.reading, letter.prepared, dk_monotonic_us () + BUDGET_US), ==, 1);
  g_autofree char *text = text_of (&letter);
  g_assert_cmpstr (text, ==, whole);
}

static void
test_a_page_that_was_read_whole_is_not_read_again (void)
{
  g_auto (Letter) letter = letter_read ();
  guint words = letter.reading->words->len;
  g_assert_cmpuint (extract_lost_blocks_read (letter.reading, letter.prepared, dk_monotonic_us () + BUDGET_US), ==, 0);
  g_assert_cmpuint (letter.reading->words->len, ==, words);
}

static void
test_a_picture_is_no_paragraph (void)
{
  g_auto (Letter) letter = letter_read ();
  g_autoptr (PIX) pix = pixConvertTo8 (letter.prepared->pix, 0);
  int width = pixGetWidth (pix), height = pixGetHeight (pix);
  for (int i = 0; i < 400; i++)
    {
      BOX *box = boxCreate (width / 4 + g_test_rand_int_range (0, width / 2), height * 2 / 3 + i, 60, 2);
      pixClearInRect (pix, box);
      boxDestroy (&box);
    }
  pixDestroy (&letter.prepared->pix);
  letter.prepared->pix = pixClone (pix);
  g_assert_cmpuint (extract_lost_blocks_read (letter.reading, letter.prepared, dk_monotonic_us () + BUDGET_US), ==, 0);
}

int
main (int argc, char **argv)
{
  begin_with_models (&argc, &argv, "en");
  g_test_add_func ("/extract/lost-blocks/paragraph", test_a_paragraph_that_was_left_out_is_read_in_its_place);
  g_test_add_func ("/extract/lost-blocks/whole", test_a_page_that_was_read_whole_is_not_read_again);
  g_test_add_func ("/extract/lost-blocks/picture", test_a_picture_is_no_paragraph);
  return g_test_run ();
}
