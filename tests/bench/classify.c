/* tests/bench/classify.c - reads lines "id<TAB>text", with \n for a line break, and prints
 * "id<TAB>answer<TAB>confidence" of the kind, the subject or the language; with "all" it does what is done for a
 * letter, and prints the kind. Usage: classify kind|subject|language|all CONFIGURATION [MODEL] < LINES. The share
 * MISREAD (0 to 1) of the characters is misread. */
#include "base/file.h"
#include "classify/classifier.h"
#include "classify/fields.h"
#include "classify/letters.h"
#include "classify/misread.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *question;
  bool why; /* show the words that decided */
  double misread;
  Classifier *classifier;
} Bench;

static bool
prepare (Bench *bench, const char *path, const char *model, GError **error)
{
  g_autoptr (Config) config = config_read (path, error);
  g_autoptr (GBytes) bytes = NULL;
  if (config == NULL || (model != NULL && (bytes = dk_read_file (AT_FDCWD, model, 64 << 20, error)) == NULL))
    return false;
  bench->classifier = classifier_new (config, bytes, error);
  return bench->classifier != NULL;
}

static RecordFinding *
answer (const Bench *bench, const char *line)
{
  g_auto (GStrv) lines = g_strsplit (line, "\\n", -1);
  g_autofree char *text = g_strjoinv ("\n", lines);
  g_autofree char *read = classify_misread (text, bench->misread, g_str_hash (text));
  g_autoptr (GPtrArray) pages = classify_letter_pages (read);
  g_autoptr (ClassifyLook) look = classifier_look (bench->classifier, pages, DK_DAY_NONE);
  if (g_str_equal (bench->question, "language"))
    return g_steal_pointer (&look->language);
  if (g_str_equal (bench->question, "subject"))
    return classify_subject (bench->classifier, look);
  if (g_str_equal (bench->question, "all"))
    {
      g_autoptr (RecordFinding) subject = classify_subject (bench->classifier, look);
      g_autoptr (GPtrArray) fields = classify_fields (pages, &look->context);
    }
  return classify_kind (bench->classifier, look);
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
  if (argc != 3 && argc != 4)
    {
      fprintf (stderr, "usage: %s kind|subject|language|all CONFIGURATION [MODEL] < LINES\n", argv[0]);
      return 64;
    }
  g_autoptr (GError) error = NULL;
  Bench bench = { .question = argv[1], .why = g_getenv ("WHY") != NULL };
  bench.misread = g_getenv ("MISREAD") != NULL ? g_ascii_strtod (g_getenv ("MISREAD"), NULL) : 0;
  if (!prepare (&bench, argv[2], argv[3], &error))
    {
      fprintf (stderr, "%s\n", error->message);
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
  classifier_free (bench.classifier);
  return 0;
}
