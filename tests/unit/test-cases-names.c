#include "cases/names.h"
#include <glib.h>

/* In either order of the two. */
static void
assert_fit (const char *a, const char *b, NamesFit fit)
{
  g_assert_cmpint (names_compare (a, b), ==, fit);
  g_assert_cmpint (names_compare (b, a), ==, fit);
}

static void
test_two_words_in_common_agree_in_any_order (void)
{
  assert_fit ("José García López", "garcia lopez jose", NAMES_AGREE);
  assert_fit ("José García López", "Jose López", NAMES_AGREE);
  assert_fit ("Dr. Kovács László", "László Kovács", NAMES_AGREE);
  assert_fit ("José", "jose", NAMES_AGREE);
}

static void
test_an_initial_stands_for_a_word (void)
{
  assert_fit ("José García López", "J. García", NAMES_AGREE);
  assert_fit ("J. García", "M. García", NAMES_TOUCH);
  assert_fit ("J.", "José", NAMES_DIFFER);
}

static void
test_a_first_name_or_a_family_in_common_is_chance (void)
{
  assert_fit ("José García", "María García", NAMES_TOUCH);
  assert_fit ("Peter Lowe", "Peter Oakes", NAMES_TOUCH);
  assert_fit ("José García López", "José García Ruiz", NAMES_TOUCH);
  assert_fit ("José García", "Kiss Anna", NAMES_DIFFER);
}

static void
test_one_word_alone_is_a_part (void)
{
  assert_fit ("García", "José García", NAMES_PART);
  assert_fit ("Marie Dupont", "Mme Dupont", NAMES_PART);
}

static void
test_a_misread_letter_makes_names_alike_and_no_more (void)
{
  assert_fit ("José Garcla Lopez", "José García López", NAMES_LIKE);
  assert_fit ("Margaret Ellwood", "Margarct Ellwocd", NAMES_LIKE);
  assert_fit ("Ana Gil", "Ane Gil", NAMES_TOUCH); /* so short a word is another name */
}

static void
test_particles_and_legal_forms_count_for_nothing (void)
{
  assert_fit ("María de la Cruz", "Juan de la Fuente", NAMES_DIFFER);
  assert_fit ("Norte Gas S.L.", "Norte Luz, S.L.", NAMES_TOUCH);
  assert_fit ("Iberia S.A.", "Acme, S.A.", NAMES_DIFFER);
  assert_fit ("Ellwood & Sons Ltd", "Ellwood and Sons", NAMES_AGREE);
  assert_fit ("de la", "de la", NAMES_AGREE);
}

static void
test_what_is_no_name_fits_nothing (void)
{
  g_autofree char *long_one = g_strnfill (10000, 'x');
  assert_fit ("", "José", NAMES_DIFFER);
  assert_fit ("…", "…", NAMES_DIFFER);
  assert_fit (long_one, "José", NAMES_DIFFER);
  assert_fit (long_one, long_one, NAMES_AGREE);
  assert_fit ("José\n\"García\"", "José García", NAMES_AGREE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cases/names/agree", test_two_words_in_common_agree_in_any_order);
  g_test_add_func ("/cases/names/initial", test_an_initial_stands_for_a_word);
  g_test_add_func ("/cases/names/touch", test_a_first_name_or_a_family_in_common_is_chance);
  g_test_add_func ("/cases/names/part", test_one_word_alone_is_a_part);
  g_test_add_func ("/cases/names/misread", test_a_misread_letter_makes_names_alike_and_no_more);
  g_test_add_func ("/cases/names/nothing", test_particles_and_legal_forms_count_for_nothing);
  g_test_add_func ("/cases/names/none", test_what_is_no_name_fits_nothing);
  return g_test_run ();
}
