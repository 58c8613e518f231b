#include "index/query.h"
#include "index/snippet.h"
#include <string.h>

/* The snippet of @text for @query, hits in brackets. Owned by the caller. */
static char *
snippet (const char *text, const char *language, const char *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IndexLexicon) lexicon = index_lexicon_new ();
  g_autoptr (Query) parsed = query_parse (query, &error);
  g_assert_no_error (error);
  char *shown = index_snippet (text, language, parsed, lexicon);
  return g_strdelimit (g_strdelimit (shown, "\x02", '['), "\x03", ']');
}

static void
expect_at (const char *text, const char *language, const char *query, const char *expected, int line)
{
  g_autofree char *shown = snippet (text, language, query);
  if (strcmp (shown, expected) != 0)
    g_test_fail_printf ("line %d: %s shows\n%s\nnot\n%s", line, query, shown, expected);
}
#define expect(text, language, query, expected) expect_at (text, language, query, expected, __LINE__)

static void
test_words_are_marked_whatever_their_accents_and_endings (void)
{
  expect ("Mi reclamación, no reclamacion.", "es", "RECLAMACION", "Mi [reclamación], no [reclamacion].");
  expect ("A panaszokat és a panaszt.", "hu", "panaszokkal", "A [panaszokat] és a [panaszt].");
  expect ("Két szőnyeg, egy szonyeg.", "hu", "szönyeg", "Két [szőnyeg], egy [szonyeg].");
  expect ("Your parcels", "en", "parcel kind:complaint -other", "Your [parcels]");
  expect ("kártérítést kérek", "hu", "kárt*", "[kártérítést] kérek");
}

static void
test_excluded_words_are_not_marked (void)
{
  expect ("red and blue", "en", "red OR -blue", "[red] and blue");
  expect ("red and blue", "en", "-(blue -red)", "[red] and blue");
}

static void
test_joined_words_are_marked_whole (void)
{
  expect ("le rembourse-\nment complet", "fr", "remboursement", "le [rembourse- ment] complet");
  expect ("A rekla\u00AD\nmációm ügy\u00ADfél", "hu", "reklamáció", "A [rekla- mációm] ügyfél");
  expect ("Order A-\n4711.", "en", "A4711", "Order [A- 4711].");
  expect ("Ref. AB-1234567.", "en", "ab1234567", "Ref. [AB-1234567].");
}

static void
test_control_characters_and_line_ends_are_not_shown (void)
{
  expect ("\x02one\x03\n\n\ttwo \x1b[31m\u202Ethree", "en", "two", "one [two] [31mthree");
}

static void
test_hit_far_down_is_shown_between_whole_words (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < 200; i++)
    g_string_append (text, "előzmény ");
  g_string_append (text, "itt a panasz szövege ");
  for (int i = 0; i < 200; i++)
    g_string_append (text, "következmény ");
  g_autofree char *shown = snippet (text->str, "hu", "panasz");
  g_assert_true (g_str_has_prefix (shown, "… előzmény "));
  g_assert_true (g_str_has_suffix (shown, " következmény …"));
  g_assert_nonnull (strstr (shown, " itt a [panasz] szövege "));
  g_assert_cmpint (g_utf8_strlen (shown, -1), <=, 210);
  g_assert_cmpint (g_utf8_strlen (shown, -1), >=, 150);
}

static void
test_place_with_most_of_the_words_is_chosen (void)
{
  g_autoptr (GString) text = g_string_new ("refund refund refund ");
  for (int i = 0; i < 100; i++)
    g_string_append (text, "filler ");
  g_string_append (text, "the refund of the lamp");
  g_autofree char *shown = snippet (text->str, "en", "refund lamp");
  g_assert_nonnull (strstr (shown, "the [refund] of the [lamp]"));
}

static void
test_page_found_by_a_filter_shows_its_beginning (void)
{
  expect ("", "en", "kind:thanks", "");
  expect ("Dear all, thank you.", "en", "kind:thanks", "Dear all, thank you.");
}

static void
test_page_without_blanks_is_cut_all_the_same (void)
{
  g_autofree char *dashes = g_strnfill (10000, '-');
  g_autofree char *letters = g_strnfill (10000, 'x');
  g_autofree char *both = g_strconcat (dashes, " word ", letters, NULL);
  g_autofree char *shown = snippet (both, "en", "word");
  g_assert_nonnull (strstr (shown, "[word]"));
  g_assert_cmpint (g_utf8_strlen (shown, -1), <=, 300);
  g_autofree char *begin = snippet (letters, "en", "kind:other");
  g_assert_cmpint (g_utf8_strlen (begin, -1), <=, 300);
}

#define add(name) g_test_add_func ("/index/snippet/" #name, test_##name)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add (words_are_marked_whatever_their_accents_and_endings);
  add (excluded_words_are_not_marked);
  add (joined_words_are_marked_whole);
  add (control_characters_and_line_ends_are_not_shown);
  add (hit_far_down_is_shown_between_whole_words);
  add (place_with_most_of_the_words_is_chosen);
  add (page_found_by_a_filter_shows_its_beginning);
  add (page_without_blanks_is_cut_all_the_same);
  return g_test_run ();
}
