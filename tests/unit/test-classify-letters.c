#include "classify/letters.h"
#include <string.h>

#define MESSAGE "The lamp is broken."

/* Those of @lines. */
static ClassifyLetters *
letters_of (const char *lines)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (lines, strlen (lines));
  ClassifyLetters *letters = classify_letters_new ();
  g_assert_true (classify_letters_add (letters, bytes, false, &error));
  g_assert_no_error (error);
  return letters;
}

static ClassifyLetters *
shipped_frames (const char *language)
{
  g_autofree char *path = g_strdup_printf ("conf/letters/%s-frames.tsv", language), *lines = NULL;
  g_assert_true (g_file_get_contents (path, &lines, NULL, NULL));
  return letters_of (lines);
}

static char *
framed (const ClassifyLetters *letters, const char *id, const char *text, bool corrected, guint32 seed)
{
  return classify_letters_framed (letters, &(ClassifyLetter){ .id = id, .text = text, .corrected = corrected }, seed);
}

static void
test_a_message_gets_a_greeting_and_an_ending_in_its_language (void)
{
  static const struct
  {
    const char *id, *language, *greeting;
  } expected[] = { { "en-0001", "en", "Dear" },
                   { "fr-b0002", "fr", "Madame" },
                   { "es-m0003", "es", "señores" },
                   { "hu-0004", "hu", "Tisztelt" } };
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autoptr (ClassifyLetters) frames = shipped_frames (expected[i].language);
      g_autofree char *letter = framed (frames, expected[i].id, MESSAGE, false, 0);
      const char *text = strstr (letter, MESSAGE);
      g_assert_nonnull (text);
      g_assert_nonnull (strstr (letter, expected[i].greeting));
      g_assert_true (strstr (letter, expected[i].greeting) < text);
      g_assert_cmpuint (strlen (text), >, strlen (MESSAGE) + 10);
    }
}

static void
test_frames_differ_and_are_no_letters (void)
{
  g_autoptr (ClassifyLetters) frames = shipped_frames ("en");
  g_autofree char *one = framed (frames, "en-1", MESSAGE, false, 1);
  g_autofree char *other = framed (frames, "en-1", MESSAGE, false, 2);
  g_autofree char *again = framed (frames, "en-1", MESSAGE, false, 1 + frames->frames->len);
  g_assert_cmpstr (one, !=, other);
  g_assert_cmpstr (one, ==, again);
  g_assert_cmpuint (frames->letters->len, ==, 0);
}

static void
test_a_letter_with_lines_in_another_language_or_corrected_stays (void)
{
  g_autoptr (ClassifyLetters) frames = shipped_frames ("en");
  g_autofree char *letter = framed (frames, "en-1", "Dear Sirs,\n" MESSAGE, false, 3);
  g_autofree char *foreign = framed (frames, "de-1", "Die Lampe ist kaputt.", false, 3);
  g_autofree char *corrected = framed (frames, "en-1", MESSAGE, true, 3);
  g_assert_cmpstr (letter, ==, "Dear Sirs,\n" MESSAGE);
  g_assert_cmpstr (foreign, ==, "Die Lampe ist kaputt.");
  g_assert_cmpstr (corrected, ==, MESSAGE);
}

static void
test_a_frame_without_its_one_place_is_refused (void)
{
  static const char *const wrong[] = { "en-f\t-\t-\t-\t-\t-\tframe\tHello,\\n\\nBye\n",
                                       "en-f\t-\t-\t-\t-\t-\tframe\tHello, {message} and {message}\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ClassifyLetters) letters = classify_letters_new ();
      g_autoptr (GBytes) bytes = g_bytes_new_static (wrong[i], strlen (wrong[i]));
      g_assert_false (classify_letters_add (letters, bytes, false, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classify/letters/languages", test_a_message_gets_a_greeting_and_an_ending_in_its_language);
  g_test_add_func ("/classify/letters/seeds", test_frames_differ_and_are_no_letters);
  g_test_add_func ("/classify/letters/stays", test_a_letter_with_lines_in_another_language_or_corrected_stays);
  g_test_add_func ("/classify/letters/place", test_a_frame_without_its_one_place_is_refused);
  return g_test_run ();
}
