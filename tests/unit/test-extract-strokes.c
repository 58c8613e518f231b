/* Letters that are a stroke each: the word I, and the figures of Roman numerals. */
#include "extract/numerals.h"
#include "extract/pronoun.h"
#include <leptonica/allheaders.h>
#include <string.h>

/* --- lines that are drawn --- */

/* A line on white paper, and what the engine made of it. */
typedef struct
{
  PIX *pix;
  ExtractReading *reading;
  int x;
} Line;

enum
{
  TOP = 20,
  HIGH = 30, /* a capital letter */
  SMALL = 20,
  STROKE = 5,
  BROAD = 26,
  BLANK = 10,
};

static void
line_clear (Line *line)
{
  pixDestroy (&line->pix);
  extract_reading_free (line->reading);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Line, line_clear)

static Line
line_new (const char *language)
{
  Line line = { .pix = pixCreate (800, 80, 8), .reading = extract_reading_new (language), .x = BLANK };
  pixSetAll (line.pix);
  return line;
}

static void
blacken (PIX *pix, int x, int y, int width, int height)
{
  BOX *box = boxCreate (x, y, width, height);
  pixClearInRect (pix, box);
  boxDestroy (&box);
}

/* Draws @shapes: I a stroke, | one that reaches below the line, - something as high and broad, o a small letter, a
 * point a point. The engine reads @text. */
static void
add (Line *line, const char *shapes, const char *text)
{
  ExtractReadWord word = { .text = g_strdup (text),
                           .confidence = 90,
                           .box = { line->x, TOP, 0, TOP + HIGH },
                           .language = line->reading->language,
                           .begins = line->reading->words->len == 0 ? RECORD_WORD_BEGINS_LINE : 0 };
  for (const char *shape = shapes; *shape != '\0'; shape++)
    {
      int width = strchr ("I|.", *shape) != NULL ? STROKE : *shape == 'o' ? SMALL : BROAD;
      int height = *shape == '.' ? STROKE : *shape == 'o' ? SMALL : HIGH, below = *shape == '|' ? HIGH / 3 : 0;
      blacken (line->pix, line->x, TOP + HIGH - height, width, height + below);
      word.box.y1 = MAX (word.box.y1, TOP + HIGH + below);
      line->x += width + 3;
    }
  word.box.x1 = line->x - 3;
  line->x += BLANK;
  g_array_append_val (line->reading->words, word);
}

static void
assert_words (const Line *line, const char *words)
{
  g_autofree char *text = extract_reading_text (line->reading, 0, line->reading->words->len);
  g_assert_cmpstr (g_strstrip (text), ==, words);
}

/* --- the word I --- */

static void
test_a_stroke_between_the_words_of_a_sentence_is_the_word_i (void)
{
  g_auto (Line) line = line_new ("en");
  add (&line, "I", "|");
  add (&line, "oo", "am");
  add (&line, "-oo.", "sorry,");
  add (&line, "I", "l");
  add (&line, "ooo", "was");
  add (&line, "oo", "so");
  add (&line, "I", "|");
  extract_pronoun_mend (line.reading, line.pix);
  assert_words (&line, "I am sorry, I was so I");
}

static void
test_a_sign_between_two_names_reaches_below_the_line_and_stays (void)
{
  g_auto (Line) line = line_new ("en");
  add (&line, "-oooo", "Leeds");
  add (&line, "|", "|");
  add (&line, "ooo", "near");
  add (&line, "|", "|");
  extract_pronoun_mend (line.reading, line.pix);
  assert_words (&line, "Leeds | near |");
}

static void
test_a_rule_of_a_table_stands_apart_and_stays (void)
{
  g_auto (Line) line = line_new ("en");
  add (&line, "oooo", "meter");
  line.x += 2 * HIGH;
  add (&line, "I", "|");
  line.x += 2 * HIGH;
  add (&line, "oooo", "reading");
  line.x += 2 * HIGH;
  add (&line, "I", "|");
  add (&line, "--", "12");
  extract_pronoun_mend (line.reading, line.pix);
  assert_words (&line, "meter | reading | 12");
}

static void
test_no_other_language_has_a_word_of_one_stroke (void)
{
  g_auto (Line) line = line_new ("fr");
  add (&line, "ooo", "nous");
  add (&line, "I", "|");
  add (&line, "oo", "le");
  extract_pronoun_mend (line.reading, line.pix);
  assert_words (&line, "nous | le");
}

/* The figure 1 between @before and @behind becomes @meant. */
static void
assert_one (const char *before, const char *behind, const char *meant)
{
  g_auto (Line) line = line_new ("en");
  add (&line, "oooo", "so");
  add (&line, "oooo", before);
  add (&line, "I", "1");
  add (&line, "oooo", behind);
  extract_pronoun_mend (line.reading, line.pix);
  g_assert_cmpstr (g_array_index (line.reading->words, ExtractReadWord, 2).text, ==, meant);
}

static void
test_a_one_with_a_verb_of_the_first_person_is_the_word_i (void)
{
  assert_one ("that", "have", "I");
  assert_one ("sorry,", "am", "I");
  assert_one ("Monday.", "haven't", "I");
}

static void
test_a_one_that_counts_or_is_a_name_stays (void)
{
  assert_one ("that", "was", "1");
  assert_one ("and", "item", "1");
  assert_one ("step", "have", "1");
  assert_one ("No.", "have", "1");
  g_auto (Line) first = line_new ("en");
  add (&first, "I", "1");
  add (&first, "oooo", "have");
  extract_pronoun_mend (first.reading, first.pix);
  assert_words (&first, "1 have");
}

/* --- Roman numerals --- */

static void
assert_numeral (const char *shapes, const char *read, const char *meant)
{
  g_auto (Line) line = line_new ("en");
  add (&line, shapes, read);
  extract_numerals_mend (line.reading, line.pix);
  assert_words (&line, meant);
}

static void
test_strokes_that_the_engine_left_out_of_a_numeral_are_counted (void)
{
  assert_numeral ("-III", "XI", "XIII");
  assert_numeral ("-III.", "VII.", "VIII.");
  assert_numeral ("II", "I", "II");
  assert_numeral ("---I", "XX", "XX"); /* one figure more than was read: neither may be right */
}

static void
test_other_letters_in_a_numeral_become_the_strokes_that_they_are (void)
{
  assert_numeral ("-III", "XU", "XIII");
  assert_numeral ("--II.", "XXl!,", "XXII,");
  assert_numeral ("-IIIo", "VIIle", "VIIIe");
  assert_numeral ("-I-", "VIH", "VIH"); /* not a stroke, and no numeral */
}

static void
test_words_that_consist_of_the_letters_of_numerals_stay (void)
{
  assert_numeral ("-II", "MI", "MI");
  assert_numeral ("III", "Ill", "Ill");
  assert_numeral ("-I", "Cl", "Cl");
  assert_numeral ("-II", "VIN2", "VIN2");
}

static void
test_figures_that_touch_are_never_counted_as_fewer (void)
{
  assert_numeral ("-I", "VII", "VII");
  assert_numeral ("-IIII", "XIII", "XIII"); /* not a numeral as it is written today */
}

static void
test_strokes_of_the_next_line_or_word_are_not_counted (void)
{
  g_auto (Line) line = line_new ("en");
  add (&line, "I", "I");
  add (&line, "-I", "XI");
  ExtractReadWord *words = (ExtractReadWord *)(void *)line.reading->words->data;
  words[0].box.x1 += 3 * STROKE; /* a box that reaches into the next line */
  words[0].box.y1 += HIGH + BLANK;
  blacken (line.pix, words[0].box.x0 + 2 * STROKE, TOP + HIGH + STROKE, STROKE, HIGH - STROKE);
  words[1].box.x1 += HIGH + STROKE; /* and into the next word */
  blacken (line.pix, words[1].box.x1 - STROKE, TOP, STROKE, HIGH);
  extract_numerals_mend (line.reading, line.pix);
  assert_words (&line, "I XI");
}

static void
test_numerals_are_told_from_other_words (void)
{
  static const char *const are[] = { "I", "IV", "IX", "XIII", "XLIX", "XC", "CDXLIV", "MCMXCIX", "MMMCMXCIX" };
  static const char *const are_not[] = { "", "IIII", "VX", "IC", "MIL", "XIX.", "xi", "MMMM", "VIV" };
  for (size_t i = 0; i < G_N_ELEMENTS (are); i++)
    g_assert_true (extract_numerals_is_roman (are[i]));
  for (size_t i = 0; i < G_N_ELEMENTS (are_not); i++)
    g_assert_false (extract_numerals_is_roman (are_not[i]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/strokes/pronoun", test_a_stroke_between_the_words_of_a_sentence_is_the_word_i);
  g_test_add_func ("/extract/strokes/sign", test_a_sign_between_two_names_reaches_below_the_line_and_stays);
  g_test_add_func ("/extract/strokes/rule", test_a_rule_of_a_table_stands_apart_and_stays);
  g_test_add_func ("/extract/strokes/language", test_no_other_language_has_a_word_of_one_stroke);
  g_test_add_func ("/extract/strokes/one", test_a_one_with_a_verb_of_the_first_person_is_the_word_i);
  g_test_add_func ("/extract/strokes/counts", test_a_one_that_counts_or_is_a_name_stays);
  g_test_add_func ("/extract/strokes/numeral", test_strokes_that_the_engine_left_out_of_a_numeral_are_counted);
  g_test_add_func ("/extract/strokes/letters", test_other_letters_in_a_numeral_become_the_strokes_that_they_are);
  g_test_add_func ("/extract/strokes/words", test_words_that_consist_of_the_letters_of_numerals_stay);
  g_test_add_func ("/extract/strokes/touching", test_figures_that_touch_are_never_counted_as_fewer);
  g_test_add_func ("/extract/strokes/next", test_strokes_of_the_next_line_or_word_are_not_counted);
  g_test_add_func ("/extract/strokes/roman", test_numerals_are_told_from_other_words);
  return g_test_run ();
}
