/* What is mended after the engine: spelling, blanks, rubbish. */
#include "extract/noise.h"
#include "extract/recognise.h"
#include "extract/spaces.h"
#include "extract/spelling.h"
#include <string.h>

/* --- spelling --- */

static bool
is_one_of_ours (const char *word, const char *language, void *data)
{
  (void)language;
  return g_strv_contains (data, word);
}

static void
assert_mends (const char *language, const char *words, bool sure, const char *read, const char *meant)
{
  g_auto (GStrv) known = g_strsplit (words, " ", 0);
  g_autofree char *mended = extract_spelling_mend (read, language, sure, is_one_of_ours, known);
  g_assert_cmpstr (mended, ==, meant);
}

static void
test_lost_accents_come_back_where_only_one_word_has_them (void)
{
  assert_mends ("hu", "mézeskalácsot", false, "mezeskalácsot,", "mézeskalácsot,");
  assert_mends ("hu", "lehetővé", false, "(lehetove", "(lehetővé");
  assert_mends ("fr", "échéance", false, "echéance", "échéance");
  assert_mends ("hu", "kérek kerék", false, "kerek", NULL);
  assert_mends ("en", "café", false, "cafe", NULL);
}

static void
test_letters_that_look_alike_are_exchanged_where_one_word_comes_of_it (void)
{
  assert_mends ("en", "current", false, "eurrent", "current");
  assert_mends ("en", "modern", false, "modem", "modern");
  assert_mends ("es", "entrega", false, "entrcga.", "entrega.");
  assert_mends ("en", "form farm", false, "fcrm", NULL);
}

static void
test_a_word_that_is_known_or_surely_read_stays (void)
{
  assert_mends ("en", "modem modern", false, "modem", NULL);
  assert_mends ("en", "modern", true, "modem", NULL);
  assert_mends ("es", "auto", false, "autó-", NULL);
  assert_mends ("en", "lot", false, "1ot4471", NULL);
  assert_mends ("en", "", false, "", NULL);
  assert_mends ("en", "a", false, "...", NULL);
}

static void
test_what_no_spelling_allows_is_mended_even_where_the_engine_was_sure (void)
{
  assert_mends ("es", "", true, "Argúelles", "Argüelles");
  assert_mends ("es", "", true, "n.*", "n.º");
  assert_mends ("es", "", true, "(n.*", "(n.º");
  assert_mends ("fr", "", true, "N*", "N°");
  assert_mends ("es", "", true, "n.*2", "n.º2"); /* the number may be part of it */
  assert_mends ("fr", "", true, "Schæœffer", "Schœffer");
  assert_mends ("fr", "", true, "sæur", "sœur");
  assert_mends ("fr", "", true, "cæcum", NULL);
  assert_mends ("es", "", true, "*", NULL);
  assert_mends ("es", "", true, "(*", NULL);
  assert_mends ("en", "", true, "N*", NULL);
  assert_mends ("es", "", true, "algún", NULL);
}

/* --- words of a reading --- */

/* Adds @text, ten pixels a letter, behind a blank of ten; @first begins a line. */
static ExtractReadWord *
add (ExtractReading *reading, const char *text, float confidence, bool first)
{
  guint n = reading->words->len;
  int x = first || n == 0 ? 0 : g_array_index (reading->words, ExtractReadWord, n - 1).box.x1 + 10;
  ExtractReadWord word = { .text = g_strdup (text),
                           .box = { x, 0, x + 10 * (int)g_utf8_strlen (text, -1), 20 },
                           .confidence = confidence,
                           .begins = first ? RECORD_WORD_BEGINS_LINE : 0 };
  g_array_append_val (reading->words, word);
  return &g_array_index (reading->words, ExtractReadWord, n);
}

static void
assert_text (const ExtractReading *reading, const char *text)
{
  g_autofree char *all = extract_reading_text (reading, 0, reading->words->len);
  g_assert_cmpstr (all, ==, text);
}

/* A line in which the third word has a gap of @width before its letter @at. */
static ExtractReading *
line_with_gap (const char *word, unsigned at, int width)
{
  ExtractReading *reading = extract_reading_new ("en");
  add (reading, "ask", 90, true);
  add (reading, "them", 90, false);
  ExtractReadWord *third = add (reading, word, 90, false);
  third->gap_at = at;
  third->gap = (ExtractGap){ third->box.x0 + 10, third->box.x0 + 10 + width };
  add (reading, "say", 90, false);
  add (reading, "so", 90, false);
  static const char *const words[] = { "I", "have", "No", "realizado", NULL };
  extract_spaces_mend (reading, is_one_of_ours, (void *)words);
  return reading;
}

static void
test_a_gap_as_wide_as_a_blank_is_one (void)
{
  g_autoptr (ExtractReading) parted = line_with_gap ("Ihave", 1, 9);
  assert_text (parted, "ask them I have say so ");
  const ExtractReadWord *words = &g_array_index (parted->words, ExtractReadWord, 0);
  g_assert_cmpint (words[2].box.x1, ==, 90 + 10);
  g_assert_cmpint (words[3].box.x0, ==, 90 + 19);
  /* Where the letters stand the engine knows only roughly. */
  g_autoptr (ExtractReading) roughly = line_with_gap ("Norealizado", 4, 9);
  assert_text (roughly, "ask them No realizado say so ");
  g_autoptr (ExtractReading) name = line_with_gap ("NOTARY", 1, 9);
  assert_text (name, "ask them NOTARY say so ");
  g_autoptr (ExtractReading) narrow = line_with_gap ("Ihave", 1, 5);
  assert_text (narrow, "ask them Ihave say so ");
}

static void
test_figures_and_closing_signs_are_not_parted (void)
{
  g_autoptr (ExtractReading) figures = line_with_gap ("1145", 1, 9);
  assert_text (figures, "ask them 1145 say so ");
  g_autoptr (ExtractReading) comma = line_with_gap ("f,", 1, 9);
  assert_text (comma, "ask them f, say so ");
  g_autoptr (ExtractReading) euro = line_with_gap ("9€", 1, 9);
  assert_text (euro, "ask them 9 € say so ");
}

static void
test_the_widest_gap_is_found_between_columns_of_ink (void)
{
  PIX *ink = pixCreate (100, 20, 1);
  pixSetPixel (ink, 10, 5, 1);
  pixSetPixel (ink, 14, 9, 1);
  pixSetPixel (ink, 30, 9, 1);
  ExtractGap gap = extract_spaces_gap (ink, (RecordBox){ -5, -5, 200, 200 });
  g_assert_cmpint (gap.x0, ==, 15);
  g_assert_cmpint (gap.x1, ==, 30);
  gap = extract_spaces_gap (ink, (RecordBox){ 40, 0, 60, 20 });
  g_assert_cmpint (gap.x0, ==, gap.x1);
  pixDestroy (&ink);
}

static void
test_lines_of_rubbish_and_unsure_signs_go_and_the_lines_stay_lines (void)
{
  g_autoptr (ExtractReading) reading = extract_reading_new ("en");
  add (reading, "‘", 40, true);
  add (reading, "Dear", 95, false);
  add (reading, "Sir,", 90, false);
  add (reading, "*****,", 20, false);
  add (reading, ".", 20, false);
  add (reading, "gRe", 12, true);
  add (reading, "w*6", 31, false);
  add (reading, "4711", 45, true);
  add (reading, "edithmarlowetexample.org", 0, true);
  extract_noise_drop (reading);
  assert_text (reading, "Dear Sir, *****, 4711 edithmarlowetexample.org ");
  const ExtractReadWord *words = &g_array_index (reading->words, ExtractReadWord, 0);
  g_assert_cmpuint (words[0].begins, ==, RECORD_WORD_BEGINS_LINE);
  g_assert_cmpuint (words[1].begins, ==, 0);
  g_assert_cmpuint (words[3].begins, ==, RECORD_WORD_BEGINS_LINE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/mend/accents", test_lost_accents_come_back_where_only_one_word_has_them);
  g_test_add_func ("/extract/mend/letters", test_letters_that_look_alike_are_exchanged_where_one_word_comes_of_it);
  g_test_add_func ("/extract/mend/known", test_a_word_that_is_known_or_surely_read_stays);
  g_test_add_func ("/extract/mend/impossible", test_what_no_spelling_allows_is_mended_even_where_the_engine_was_sure);
  g_test_add_func ("/extract/mend/blank", test_a_gap_as_wide_as_a_blank_is_one);
  g_test_add_func ("/extract/mend/figures", test_figures_and_closing_signs_are_not_parted);
  g_test_add_func ("/extract/mend/gap", test_the_widest_gap_is_found_between_columns_of_ink);
  g_test_add_func ("/extract/mend/rubbish", test_lines_of_rubbish_and_unsure_signs_go_and_the_lines_stay_lines);
  return g_test_run ();
}
