/* tests/bench/classify.c - reads lines "id<TAB>text" and prints "id<TAB>answer<TAB>confidence" of the kind, the subject
 * or the language. Usage: classify kind|subject|language CONFIGURATION < LINES */
#include "classify/kind.h"
#include "classify/language.h"
#include "classify/subject.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *question;
  bool why; /* show the words that decided */
  Config *config;
  Settings *settings;
  Vocabulary *vocabulary;
  ClassifyLanguages *languages;
  ClassifyKinds *kinds;
  ClassifySubjects *subjects;
} Bench;

static bool
prepare (Bench *bench, const char *path, GError **error)
{
  bench->config = config_read (path, error);
  bench->settings = bench->config == NULL ? NULL : settings_load (bench->config, error);
  bench->vocabulary = bench->settings == NULL ? NULL : vocabulary_load (bench->config, error);
  if (bench->vocabulary == NULL)
    return false;
  bench->languages = classify_languages_new (bench->vocabulary);
  bench->kinds = classify_kinds_new (bench->vocabulary);
  bench->subjects = classify_subjects_new (bench->vocabulary);
  return true;
}

static void
put_down (Bench *bench)
{
  g_clear_pointer (&bench->languages, classify_languages_free);
  g_clear_pointer (&bench->kinds, classify_kinds_free);
  g_clear_pointer (&bench->subjects, classify_subjects_free);
  g_clear_pointer (&bench->vocabulary, vocabulary_free);
  g_clear_pointer (&bench->settings, settings_free);
  g_clear_pointer (&bench->config, config_unref);
}

static RecordFinding *
answer (const Bench *bench, const char *text)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup_printf ("%s\n", text);
  g_ptr_array_add (pages, page);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (RecordFinding) language = classify_language (bench->languages, pages, words, bench->settings->certain);
  if (g_str_equal (bench->question, "language"))
    return g_steal_pointer (&language);
  const ClassifyContext context = { .config = bench->config,
                                    .settings = bench->settings,
                                    .vocabulary = bench->vocabulary,
                                    .received = DK_DAY_NONE,
                                    .language = language->value };
  g_autoptr (GArray) matches = classify_subject_matches (bench->subjects, words, &context);
  if (g_str_equal (bench->question, "subject"))
    return classify_subject (bench->subjects, words, matches, &context);
  return classify_kind (bench->kinds, words, matches, &context);
}

static void
print_answer (const Bench *bench, const char *id, const char *text)
{
  g_autoptr (RecordFinding) found = answer (bench, text);
  printf ("%s\t%s\t%.3f", id, found->value, found->confidence);
  for (guint i = 0; bench->why && i < found->evidence->len; i++)
    {
      const RecordEvidence *evidence = found->evidence->pdata[i];
      printf ("\t%s [%s]", evidence->text, evidence->rule);
    }
  printf ("\n");
}

int
main (int argc, char **argv)
{
  if (argc != 3)
    {
      fprintf (stderr, "usage: %s kind|subject|language CONFIGURATION < LINES\n", argv[0]);
      return 64;
    }
  g_autoptr (GError) error = NULL;
  Bench bench = { .question = argv[1], .why = g_getenv ("WHY") != NULL };
  if (!prepare (&bench, argv[2], &error))
    {
      fprintf (stderr, "%s\n", error->message);
      put_down (&bench);
      return 78;
    }
  char *line = NULL;
  size_t size = 0;
  while (getline (&line, &size, stdin) > 0)
    {
      char *tab = strchr (line, '\t');
      if (tab == NULL)
        continue;
      *tab = '\0';
      print_answer (&bench, line, g_strchomp (tab + 1));
    }
  free (line);
  put_down (&bench);
  return 0;
}
