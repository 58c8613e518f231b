#include "base/align.h"
#include "base/sketch.h"

static guint
common (const char *a, const char *b, gboolean mend, guint *longest)
{
  g_autoptr (GArray) left = dk_words (a, 100), right = dk_words (b, 100);
  g_auto (DkAlignment) alignment = { 0 };
  dk_align (left, right, mend, &alignment);
  *longest = alignment.longest;
  return alignment.common;
}

static void
test_words_have_their_places (void)
{
  g_autoptr (GArray) words = dk_words ("Été, à l’œuvre: 42!", 100);
  static const char *const wanted[] = { "ete", "a", "l", "oeuvre", "42" };
  static const guint from[] = { 0, 5, 7, 9, 16 };
  g_assert_cmpuint (words->len, ==, G_N_ELEMENTS (wanted));
  for (guint i = 0; i < words->len; i++)
    {
      g_assert_cmpstr (g_array_index (words, DkWord, i).folded, ==, wanted[i]);
      g_assert_cmpuint (g_array_index (words, DkWord, i).from, ==, from[i]);
    }
}

static void
test_words_in_order_are_common (void)
{
  guint longest;
  g_assert_cmpuint (common ("the lamp arrived broken today", "the lamp arrived today", FALSE, &longest), ==, 4);
  g_assert_cmpuint (longest, ==, 1);
  g_assert_cmpuint (common ("one two three", "three two one", FALSE, &longest), ==, 1);
  g_assert_cmpuint (common ("", "one", FALSE, &longest), ==, 0);
  g_assert_cmpuint (common ("", "", TRUE, &longest), ==, 0);
}

static void
test_misread_words_are_mended_but_no_numbers (void)
{
  guint longest;
  g_assert_cmpuint (common ("the broken lampshade 214.60", "the brokcn lampshabc 214.80", TRUE, &longest), ==, 4);
  g_assert_cmpuint (common ("the broken lampshade 214.60", "the brokcn lampshabc 214.80", FALSE, &longest), ==, 2);
  g_assert_cmpuint (common ("our car", "her cat", TRUE, &longest), ==, 0);
}

static void
test_sketches_tell_how_much_is_common (void)
{
  DkSketch a, b, c;
  dk_sketch_init (&a);
  dk_sketch_init (&b);
  dk_sketch_init (&c);
  for (int i = 0; i < 200; i++)
    {
      g_autofree char *word = g_strdup_printf ("word%d", i), *other = g_strdup_printf ("other%d", i);
      dk_sketch_add (&a, word);
      dk_sketch_add (&a, word);
      dk_sketch_add (&b, i < 160 ? word : other);
      dk_sketch_add (&c, other);
    }
  g_assert_cmpuint (dk_sketch_common (&a, &a), ==, DK_SKETCH_VALUES);
  g_assert_cmpuint (dk_sketch_common (&a, &b), >, 30); /* two thirds */
  g_assert_cmpuint (dk_sketch_common (&a, &b), <, 55);
  g_assert_cmpuint (dk_sketch_common (&a, &c), <, 5);
  g_assert_cmpuint (dk_sketch_band (&a, 3, 4), !=, dk_sketch_band (&c, 3, 4));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/align/words", test_words_have_their_places);
  g_test_add_func ("/align/order", test_words_in_order_are_common);
  g_test_add_func ("/align/mended", test_misread_words_are_mended_but_no_numbers);
  g_test_add_func ("/align/sketch", test_sketches_tell_how_much_is_common);
  return g_test_run ();
}
