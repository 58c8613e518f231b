#include "base/file.h"
#include "pipeline/lint.h"
#include "tests/unit/fixture.h"
#include <fcntl.h>
#include <string.h>

static const char words_yaml[] = "scheme: subject\n"
                                 "concepts:\n"
                                 "  late:\n"
                                 "    label: {en: late}\n"
                                 "    cue: {en: [overdue, soon, tardy, behind, slow]}\n"
                                 "  lost:\n"
                                 "    label: {en: lost}\n"
                                 "    cue: {en: [gone, a1, b1, c1, d1, e1, f1]}\n";

typedef struct
{
  Vocabulary *vocabulary;
  PipelineLabels *labels;
} Fixture;

static void
set_up (Fixture *at, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  g_autofree char *sub = g_build_filename (folder, "vocabulary", NULL);
  g_autofree char *words = g_build_filename (sub, "words.yaml", NULL);
  g_autofree char *docket = g_build_filename (folder, "docket.yaml", NULL);
  (void)unused;
  g_assert_true (dk_make_dirs (AT_FDCWD, sub, &error));
  g_assert_true (dk_write_file (AT_FDCWD, words, words_yaml, strlen (words_yaml), 0600, &error));
  g_assert_true (dk_write_file (AT_FDCWD, docket, "", 0, 0600, &error));
  g_autoptr (Config) config = config_read (folder, &error);
  g_assert_no_error (error);
  at->vocabulary = vocabulary_load (config, &error);
  g_assert_no_error (error);
  at->labels = pipeline_labels_new (at->vocabulary);
  fixture_remove_folder (folder);
}

static void
tear_down (Fixture *at, gconstpointer unused)
{
  (void)unused;
  pipeline_labels_free (at->labels);
  vocabulary_free (at->vocabulary);
}

/* @letters in English, of them @late about "late" and the others about "lost". */
static void
letters_are (Fixture *at, unsigned letters, unsigned late)
{
  g_hash_table_insert (at->labels->by_language, g_strdup ("en"), GUINT_TO_POINTER (letters));
  g_hash_table_insert (at->labels->by_value, g_strdup ("subject late en"), GUINT_TO_POINTER (late));
  g_hash_table_insert (at->labels->by_value, g_strdup ("subject lost en"), GUINT_TO_POINTER (letters - late));
}

static PipelineLabelHits *
hits_of (Fixture *at, const char *text)
{
  for (guint i = 0; i < at->labels->labels->len; i++)
    {
      PipelineLabelHits *hits = &g_array_index (at->labels->labels, PipelineLabelHits, i);
      if (strcmp (hits->label->text, text) == 0)
        return hits;
    }
  g_assert_not_reached ();
}

static void
stands (Fixture *at, const char *text, unsigned found, unsigned counted, unsigned own)
{
  PipelineLabelHits *hits = hits_of (at, text);
  hits->found = found;
  hits->counted = counted;
  hits->own = own;
}

/* "dead overdue, even soon": codes and labels. */
static void
expect (Fixture *at, const char *expected)
{
  char *languages[] = { (char *)(uintptr_t) "en", NULL };
  g_autoptr (GArray) found = pipeline_lint (at->vocabulary, languages, at->labels);
  g_autoptr (GString) shown = g_string_new (NULL);
  for (guint i = 0; i < found->len; i++)
    {
      const PipelineLint *one = &g_array_index (found, PipelineLint, i);
      g_string_append_printf (shown, "%s%s %s", i > 0 ? ", " : "", one->code, one->text);
    }
  g_assert_cmpstr (shown->str, ==, expected);
}

static void
all_stand (Fixture *at)
{
  for (guint i = 0; i < at->labels->labels->len; i++)
    {
      PipelineLabelHits *hits = &g_array_index (at->labels->labels, PipelineLabelHits, i);
      hits->found = hits->counted = hits->own = 1;
    }
}

static void
test_below_fifty_letters_nothing_is_said_about_them (Fixture *at, gconstpointer unused)
{
  (void)unused;
  letters_are (at, 49, 20);
  expect (at, "");
}

static void
test_few_labels_that_stand_nowhere_are_told_each_and_many_together (Fixture *at, gconstpointer unused)
{
  (void)unused;
  letters_are (at, 100, 50);
  stands (at, "soon", 1, 1, 1);
  expect (at, "dead overdue, dead tardy, dead behind, dead slow, dead_many gone");
}

static void
test_a_label_that_is_as_frequent_elsewhere_does_not_point_to_its_own (Fixture *at, gconstpointer unused)
{
  (void)unused;
  letters_are (at, 200, 100);
  all_stand (at);
  stands (at, "overdue", 40, 40, 24); /* 60 % where 50 % are usual: just enough */
  stands (at, "soon", 40, 40, 23);
  stands (at, "tardy", 19, 19, 0); /* too few to tell */
  expect (at, "even soon");
}

static void
test_what_nearly_all_letters_are_about_is_no_fault_of_its_labels (Fixture *at, gconstpointer unused)
{
  (void)unused;
  letters_are (at, 200, 190);
  all_stand (at);
  stands (at, "overdue", 40, 40, 38);
  expect (at, "");
}

static void
test_a_label_of_many_letters_is_broad_unless_they_are_its_own (Fixture *at, gconstpointer unused)
{
  (void)unused;
  letters_are (at, 200, 100);
  all_stand (at);
  stands (at, "overdue", 51, 51, 46);
  stands (at, "soon", 51, 51, 45);
  stands (at, "tardy", 50, 50, 40);
  expect (at, "broad soon");
}

static void
test_a_label_that_always_lies_in_a_longer_one_never_counts (Fixture *at, gconstpointer unused)
{
  (void)unused;
  letters_are (at, 200, 100);
  all_stand (at);
  stands (at, "overdue", 5, 0, 0);
  stands (at, "soon", 4, 0, 0);
  hits_of (at, "overdue")->hider = hits_of (at, "soon")->hider = hits_of (at, "gone")->label->no + 1;
  expect (at, "hidden overdue");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/lint/few", test_below_fifty_letters_nothing_is_said_about_them);
  ADD ("/lint/dead", test_few_labels_that_stand_nowhere_are_told_each_and_many_together);
  ADD ("/lint/even", test_a_label_that_is_as_frequent_elsewhere_does_not_point_to_its_own);
  ADD ("/lint/usual", test_what_nearly_all_letters_are_about_is_no_fault_of_its_labels);
  ADD ("/lint/broad", test_a_label_of_many_letters_is_broad_unless_they_are_its_own);
  ADD ("/lint/hidden", test_a_label_that_always_lies_in_a_longer_one_never_counts);
  return g_test_run ();
}
