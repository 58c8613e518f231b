/* tests/bench/fields.c - finds the fields of letters given as JSON lines, so that a score can be counted.
 *
 * With an argument, a file of letters with their fields: prints how many are found, clean and with 2 and 5 % of the
 * characters misread, three times each. Without one, standard input: {"id","lang","text"[,"received"]} on each line;
 * standard output: {"id","fields":{name:[values…]}}, best first, an amount parted into "amount" and "currency". `make
 * benches` builds it. */
#include "tests/unit/field_score.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
append (json_t *fields, const char *name, const char *value)
{
  json_t *list = json_object_get (fields, name);
  if (list == NULL)
    {
      list = json_array ();
      json_object_set_new (fields, name, list);
    }
  json_array_append_new (list, json_string (value));
}

static json_t *
fields_of (const GPtrArray *findings)
{
  json_t *fields = json_object ();
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      const char *blank = strrchr (finding->value, ' ');
      if (strcmp (finding->name, "amount") != 0 || blank == NULL)
        {
          append (fields, finding->name, finding->value);
          continue;
        }
      g_autofree char *number = g_strndup (finding->value, (gsize)(blank - finding->value));
      append (fields, "amount", number);
      append (fields, "currency", blank + 1);
    }
  return fields;
}

static void
answer (const json_t *letter)
{
  const char *text = json_string_value (json_object_get (letter, "text"));
  const char *received = json_string_value (json_object_get (letter, "received"));
  const char *language = json_string_value (json_object_get (letter, "lang"));
  ClassifyContext context = { .words = shipped_words (),
                              .received = received != NULL ? dk_day_parse (received) : DK_DAY_NONE,
                              .language = language != NULL ? language : "und" };
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup (text != NULL ? text : "");
  g_ptr_array_add (pages, page);
  g_autoptr (GArray) lines = shipped_lines_of_pages (pages, context.language);
  context.lines = lines;
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  json_t *result = json_object ();
  json_object_set (result, "id", json_object_get (letter, "id"));
  json_object_set_new (result, "fields", fields_of (findings));
  json_dumpf (result, stdout, JSON_COMPACT);
  putchar ('\n');
  json_decref (result);
}

#define COPIES 3 /* misread ones, each in its own way */

/* Adds up the letters of @path, of whose characters @share are misread. False when it cannot be read. */
static bool
count_file (const char *path, double share, FieldScore *scores)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return false;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      json_t *letter = *lines[i] == '{' ? json_loads (lines[i], 0, NULL) : NULL;
      for (guint32 copy = 0; letter != NULL && copy < (share > 0 ? COPIES : 1); copy++)
        field_score_letter (scores, letter, share, copy * 1000 + i);
      json_decref (letter);
    }
  return true;
}

static int
score_file (const char *path)
{
  static const double shares[] = { 0, 0.02, 0.05 };
  for (size_t s = 0; s < G_N_ELEMENTS (shares); s++)
    {
      FieldScore scores[G_N_ELEMENTS (field_score_names)] = { 0 };
      if (!count_file (path, shares[s], scores))
        {
          fprintf (stderr, "%s cannot be read\n", path);
          return 1;
        }
      FieldScore sum = field_score_sum (scores);
      printf ("  %.0f %% misread: micro-F1 %.3f, precision %.3f;", 100 * shares[s], field_score_f1 (&sum),
              field_score_precision (&sum));
      for (size_t i = 0; i < G_N_ELEMENTS (field_score_names); i++)
        printf (" %s %.2f/%.2f", field_score_names[i], field_score_precision (&scores[i]),
                field_score_recall (&scores[i]));
      printf ("\n");
    }
  return 0;
}

int
main (int argc, char **argv)
{
  if (argc > 1)
    return score_file (argv[1]);
  char *line = NULL;
  size_t size = 0;
  while (getline (&line, &size, stdin) > 0)
    {
      json_t *letter = json_loads (line, 0, NULL);
      if (letter != NULL)
        answer (letter);
      json_decref (letter);
    }
  free (line);
  return 0;
}
