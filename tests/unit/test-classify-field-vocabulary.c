#include "classify/field_places.h"
#include "classify/field_vocabulary.h"
#include "tests/unit/shipped_vocabulary.h"
#include <string.h>

static void
test_words_of_all_languages_are_one_plain_list (void)
{
  g_autofree char *desks = field_vocabulary_list (shipped_vocabulary (), "desk");
  g_auto (GStrv) words = g_strsplit (desks, " ", -1);
  static const char *const wanted[] = { "complaints", "reclamations", "atencion", "ugyfelszolgalat" };
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_true (g_strv_contains ((const char *const *)words, wanted[i]));
  for (char **word = words; *word != NULL; word++)
    g_assert_cmpuint (strspn (*word, "abcdefghijklmnopqrstuvwxyz"), ==, strlen (*word));
}

static void
test_no_word_stands_twice_in_a_list (void)
{
  static const char *const ids[] = { "desk", "mailbox", "street-word", "town" };
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *list = field_vocabulary_list (shipped_vocabulary (), ids[i]);
      g_auto (GStrv) words = g_strsplit (list, " ", -1);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      g_assert_cmpuint (g_strv_length (words), >, 20);
      for (char **word = words; *word != NULL; word++)
        g_assert_true (g_hash_table_add (seen, *word));
    }
}

static void
test_without_such_a_concept_there_are_no_words (void)
{
  g_autofree char *none = field_vocabulary_list (NULL, "desk");
  g_autofree char *unknown = field_vocabulary_list (shipped_vocabulary (), "no-such-concept");
  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (unknown, ==, "");
}

static void
test_streets_and_towns_are_mended_as_the_vocabulary_has_them (void)
{
  static const char misread[] = "4 calie Mayor, Barceiona";
  g_autofree char *mended = field_places_repaired (misread, shipped_vocabulary ());
  g_autofree char *left = field_places_repaired (misread, NULL);
  g_assert_cmpstr (mended, ==, "4 calle Mayor, Barcelona");
  g_assert_cmpstr (left, ==, misread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field-vocabulary/plain", test_words_of_all_languages_are_one_plain_list);
  g_test_add_func ("/field-vocabulary/once", test_no_word_stands_twice_in_a_list);
  g_test_add_func ("/field-vocabulary/none", test_without_such_a_concept_there_are_no_words);
  g_test_add_func ("/field-vocabulary/mended", test_streets_and_towns_are_mended_as_the_vocabulary_has_them);
  return g_test_run ();
}
