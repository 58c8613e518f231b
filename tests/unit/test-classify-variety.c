/* Text that says the same few words again and again. */
#include "tests/unit/classify_letters.h"

#define LETTER                                                                                                         \
  "Dear Sirs,\n\nThe lamp I ordered on 3 May has never arrived. I am still waiting and nobody replies to me.\n"

/* @words @times over, with a blank behind each. Owned by the caller. */
static char *
repeated (const char *words, guint times)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < times; i++)
    g_string_append_printf (text, "%s ", words);
  return g_string_free (text, FALSE);
}

static void
is_undecided (const char *words, guint times, const char *name, bool undecided)
{
  g_autofree char *text = repeated (words, times);
  g_autoptr (RecordFinding) finding = letter_finding (text, name);
  g_assert_nonnull (finding);
  if (finding->undecided != undecided)
    g_error ("%s of %u times “%s” is %s (%.2f)", name, times, words, finding->value, finding->confidence);
}

static void
test_a_few_words_without_end_decide_nothing (void)
{
  is_undecided ("still waiting", 50000, "kind", true);
  is_undecided ("j'attends toujours", 5000, "kind", true);
  is_undecided ("presento una reclamación por la factura", 500, "kind", true);
  is_undecided ("panaszt teszek", 12, "kind", true);
  is_undecided ("never arrived parcel", 50000, "subject", true);
}

static void
test_letters_decide_however_often_they_are_there (void)
{
  is_undecided (LETTER, 1, "kind", false);
  is_undecided (LETTER, 60, "kind", false);
  is_undecided ("I complain.", 1, "kind", false);
  is_undecided ("never arrived parcel", 3, "subject", false);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/variety/none", test_a_few_words_without_end_decide_nothing);
  g_test_add_func ("/variety/letters", test_letters_decide_however_often_they_are_there);
  return g_test_run ();
}
