#include "classify/frame.h"
#include <string.h>

static void
test_a_message_gets_a_greeting_and_an_ending_in_its_language (void)
{
  static const struct
  {
    const char *language, *greeting;
  } expected[]
      = { { "en-0001", "Dear" }, { "fr-b0002", "Madame" }, { "es-m0003", "señores" }, { "hu-0004", "Tisztelt" } };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *letter = classify_frame ("The lamp is broken.", expected[i].language, 0);
      const char *text = strstr (letter, "The lamp is broken.");
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (letter, expected[i].greeting));
      g_assert_true (strstr (letter, expected[i].greeting) < text);
      g_assert_cmpuint (strlen (text), >, strlen ("The lamp is broken.") + 10);
    }
}

static void
test_frames_differ (void)
{
  g_autofree char *one = classify_frame ("The lamp is broken.", "en", 1);
  g_autofree char *other = classify_frame ("The lamp is broken.", "en", 2);
  g_assert_cmpstr (one, !=, other);
}

static void
test_a_letter_with_lines_or_in_another_language_stays (void)
{
  g_autofree char *letter = classify_frame ("Dear Sirs,\nThe lamp is broken.", "en", 3);
  g_autofree char *foreign = classify_frame ("Die Lampe ist kaputt.", "de", 3);
  g_autofree char *corrected = classify_frame ("The lamp is broken.", "", 3);
  g_assert_cmpstr (letter, ==, "Dear Sirs,\nThe lamp is broken.");
  g_assert_cmpstr (foreign, ==, "Die Lampe ist kaputt.");
  g_assert_cmpstr (corrected, ==, "The lamp is broken.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classify/frame/languages", test_a_message_gets_a_greeting_and_an_ending_in_its_language);
  g_test_add_func ("/classify/frame/seeds", test_frames_differ);
  g_test_add_func ("/classify/frame/stays", test_a_letter_with_lines_or_in_another_language_stays);
  return g_test_run ();
}
