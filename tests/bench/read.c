/* tests/bench/read.c - reads files as the worker does, without the sandbox, and writes their text beside each other.
 *
 * read OUT LANGUAGES FILE…   OUT/<stem>.txt for each file; LANGUAGES are the hints ("en,fr,es,hu"), or "name" to take
 * the hint from a file name such as syn_fr03_fax.tif. A line a page: file, page, origin, language, rotation, dpi, mean
 * confidence, words, bar codes, milliseconds of CPU, steps. */
#include "extract/extract.h"
#include "extract/page.h"
#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double
cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static char **
hints_of (const char *languages, const char *stem)
{
  if (strcmp (languages, "name") != 0)
    return g_strsplit (languages, ",", 0);
  static const char *const known[] = { "en", "fr", "es", "hu" };
  for (size_t i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *mark = g_strconcat ("_", known[i], NULL);
      if (strstr (stem, mark) != NULL)
        return g_strsplit (known[i], ",", 0);
    }
  return g_strsplit (strstr (stem, "tapus") != NULL ? "fr" : "en", ",", 0);
}

static char *
stem_of (const char *path)
{
  char *stem = g_path_get_basename (path);
  char *dot = strrchr (stem, '.');
  if (dot != NULL)
    *dot = '\0';
  return stem;
}

static bool
read_file (const char *out, const char *languages, const char *path, GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
  char *data = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &data, &size, error))
    return false;
  g_autoptr (GBytes) file = g_bytes_new_take (data, size);
  g_autofree char *media_type = NULL, *stem = stem_of (path);
  g_autoptr (RecordFacts) facts = extract_facts (file, path, &limits, &media_type, error);
  if (facts == NULL)
    return false;
  g_auto (GStrv) hints = hints_of (languages, stem);
  g_autoptr (GString) text = g_string_new (NULL);
  for (unsigned no = 1; no <= facts->pages; no++)
    {
      double before = cpu_ms ();
      g_autoptr (RecordPage) page = extract_page (file, media_type, no, hints, &limits, error);
      if (page == NULL)
        return false;
      printf ("%s %u %s %s %d %u %.1f %u %u %.0f %.2f [%s]\n", stem, no, record_origin_name (page->origin),
              page->language, page->rotation, page->dpi, page->confidence, page->words->len, page->barcodes->len,
              cpu_ms () - before, page->skew, page->steps);
      g_string_append (text, page->text);
    }
  g_autofree char *to = g_strdup_printf ("%s/%s.txt", out, stem);
  return g_file_set_contents (to, text->str, (gssize)text->len, error);
}

int
main (int argc, char **argv)
{
  omp_set_max_active_levels (0);
  if (argc < 4)
    return 64;
  int status = 0;
  g_autoptr (GError) error = NULL;
  char *all[] = { (char *)"en", (char *)"fr", (char *)"es", (char *)"hu", NULL };
  if (!extract_warm_up (all, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  for (int i = 3; i < argc; i++)
    {
      g_autoptr (GError) why = NULL;
      if (!read_file (argv[1], argv[2], argv[i], &why))
        {
          fprintf (stderr, "%s: %s\n", argv[i], why->message);
          status = 1;
        }
    }
  fflush (NULL);
  _Exit (status);
}
