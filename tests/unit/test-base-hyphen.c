#include "base/hyphen.h"
#include <string.h>

/* What the first hyphen of @text says that says anything. */
static DkHyphen
judge (const char *text)
{
  const char *next = NULL;
  DkHyphen said = DK_HYPHEN_NONE;
  for (const char *at = text; *at != '\0' && said == DK_HYPHEN_NONE; at = g_utf8_next_char (at))
    said = dk_hyphen (text, at, &next);
  return said;
}

static void
expect_all (const char *const *texts, DkHyphen expected)
{
  for (; *texts != NULL; texts++)
    if (judge (*texts) != expected)
      g_test_fail_printf ("\"%s\" says %d, not %d", *texts, judge (*texts), expected);
}

static void
test_a_word_broken_over_a_line_end_is_joined_in_the_four_languages (void)
{
  static const char *const texts[] = { "A számlával kapcsolatos rekla-\nmációmat elküldtem.",
                                       "Ma récla-\nmation est restée sans réponse.",
                                       "Presento esta recla-  \r\n   mación por escrito.",
                                       "The refri-\ngerator was never delivered.",
                                       "Az ügyfél\u00ADszolgálat nem vála\u00AD\nszolt.",
                                       "Je demande le rembour\u2010\nsement.",
                                       "el ele\u0301c\u00AC\ntrico",
                                       NULL };
  for (guint i = 0; i < 4; i++)
    g_assert_cmpint (judge (texts[i]), ==, DK_HYPHEN_JOINS);
  expect_all (texts + 5, DK_HYPHEN_JOINS);
  g_autofree char *soft = dk_hyphen_without (texts[4]);
  g_assert_cmpstr (soft, ==, "Az ügyfél\u00ADszolgálat nem válaszolt.");
}

static void
test_a_hyphen_that_is_written_is_kept (void)
{
  static const char *const texts[] = { "rendelés A-\n4711", "le 2026-\n03-12", "2026-\nban", "Kovács-\nNagy Éva",
                                       "Saint-\nDenis",     "an e-\nmail",     "AB12-\nxy",  NULL };
  expect_all (texts, DK_HYPHEN_KEPT);
}

static void
test_what_may_be_one_word_or_two_is_unsure (void)
{
  static const char *const texts[] = { "RÉCLA-\nMATION",
                                       "RENDEZ-\nVOUS",
                                       "lundi\u2013\nvendredi",
                                       "rekla-\n\nmáció",
                                       "Lussan-\nsur-Mer",
                                       "Saint-Jean-\nde Luz",
                                       NULL };
  expect_all (texts, DK_HYPHEN_UNSURE);
}

static void
test_a_hyphen_elsewhere_breaks_no_word (void)
{
  static const char *const texts[] = { "an e-mail",      "- first point\nsecond", "yes -\nno",        "well-",
                                       "well-\n",        "well-\n\n\nknown",      "Smith-\n\nMany",   "well-\f\nknown",
                                       "well-\n(known)", "co\u00ADoperation",     "broken- off here", NULL };
  expect_all (texts, DK_HYPHEN_NONE);
}

static void
test_a_slice_is_read_without_the_hyphens_that_join (void)
{
  g_autofree char *plain = dk_hyphen_without ("Ver-\nsiche-\nrung, self-made, A-\n4711,\nKovács-\nNagy 😀-\nx");
  g_assert_cmpstr (plain, ==, "Versicherung, self-made, A-4711,\nKovács-Nagy 😀-\nx");
}

static void
expect_over (const char *page, const char *following, const char *word)
{
  g_autofree char *found = dk_hyphen_over (page, following);
  g_assert_cmpstr (found, ==, word);
}

static void
test_a_word_broken_over_a_page_end_is_found (void)
{
  expect_over ("Kérem a javí-\n", "\n  tást mielőbb.\n", "javítást");
  expect_over ("le rembour\u00AD\n\f", "sement", "remboursement");
  expect_over ("order A-\n", "4711", NULL);
  expect_over ("page 1 -\n", "of 2", NULL);
  expect_over ("-", "x", NULL);
  expect_over ("", "", NULL);
  expect_over ("ends well", "known", NULL);
}

static void
test_a_word_without_end_is_looked_at_for_a_while_only (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (text, 'a');
  g_string_append (text, "-\nb");
  g_assert_cmpint (judge (text->str), ==, DK_HYPHEN_KEPT);
  expect_over (text->str, text->str, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hyphen/joins", test_a_word_broken_over_a_line_end_is_joined_in_the_four_languages);
  g_test_add_func ("/hyphen/kept", test_a_hyphen_that_is_written_is_kept);
  g_test_add_func ("/hyphen/unsure", test_what_may_be_one_word_or_two_is_unsure);
  g_test_add_func ("/hyphen/none", test_a_hyphen_elsewhere_breaks_no_word);
  g_test_add_func ("/hyphen/slice", test_a_slice_is_read_without_the_hyphens_that_join);
  g_test_add_func ("/hyphen/page", test_a_word_broken_over_a_page_end_is_found);
  g_test_add_func ("/hyphen/long", test_a_word_without_end_is_looked_at_for_a_while_only);
  return g_test_run ();
}
