/* tests/bench/read.c - reads files as the worker does, each in a child of its own that finds the model loaded, but
 * without the sandbox, and writes their text beside each other.
 *
 * read [--steps] OUT LANGUAGES FILE…   OUT/<stem>.txt for each file; LANGUAGES are the hints ("en,fr,es,hu"), or "name"
 * to take the hint from a file name such as syn_fr03_fax.tif. A line a page: file, page, origin, language, rotation,
 * dpi, mean confidence, words, bar codes, milliseconds of CPU, those of them in the engine, skew, steps.
 *
 * With --steps every page is read with all steps and then with each of them left out in turn: OUT/all/<stem>.txt,
 * OUT/deskew/<stem>.txt and so on. A line a reading: file, step left out or "all", milliseconds, those of the engine,
 * 1 where the step is named in the page's steps, 1 where it made the page another. */
#include "extract/extract.h"
#include "extract/page.h"
#include "extract/prepare.h"
#include "extract/recognise.h"
#include <malloc.h>
#include <omp.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1e6;
}

static double
engine_ms (void)
{
  return (double)extract_recognise_cost ().engine_us / 1000;
}

/* --- files --- */

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

typedef struct
{
  GBytes *bytes;
  char *stem, *media_type;
  char **hints;
  RecordFacts *facts;
} File;

static void
file_free (File *file)
{
  g_clear_pointer (&file->bytes, g_bytes_unref);
  g_free (file->stem);
  g_free (file->media_type);
  g_strfreev (file->hints);
  g_clear_pointer (&file->facts, record_facts_free);
  g_free (file);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (File, file_free)

static const Limits limits = LIMITS_DEFAULT;

static File *
file_open (const char *path, const char *languages, GError **error)
{
  g_autoptr (File) file = g_new0 (File, 1);
  char *data = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &data, &size, error))
    return NULL;
  file->bytes = g_bytes_new_take (data, size);
  file->stem = g_path_get_basename (path);
  char *dot = strrchr (file->stem, '.');
  if (dot != NULL)
    *dot = '\0';
  file->hints = hints_of (languages, file->stem);
  file->facts = extract_facts (file->bytes, path, &limits, &file->media_type, error);
  return file->facts != NULL ? g_steal_pointer (&file) : NULL;
}

static RecordPage *
read_page (const File *file, unsigned no, unsigned without, GError **error)
{
  const ExtractPageJob how = { .languages = file->hints, .limits = &limits, .without = without };
  return extract_page_job (file->bytes, file->media_type, no, &how, error);
}

static bool
write_text (const char *out, const char *folder, const char *stem, const char *text, GError **error)
{
  g_autofree char *dir = g_build_filename (out, folder, NULL);
  g_autofree char *to = g_strdup_printf ("%s/%s.txt", dir, stem);
  g_mkdir_with_parents (dir, 0777);
  return g_file_set_contents (to, text, -1, error);
}

static bool
read_file (const File *file, const char *out, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (unsigned no = 1; no <= file->facts->pages; no++)
    {
      double before = cpu_ms (), engine_before = engine_ms ();
      g_autoptr (RecordPage) page = read_page (file, no, 0, error);
      if (page == NULL)
        return false;
      printf ("%s %u %s %s %d %u %.1f %u %u %.0f %.0f %.2f [%s]\n", file->stem, no, record_origin_name (page->origin),
              page->language, page->rotation, page->dpi, page->confidence, page->words->len, page->barcodes->len,
              cpu_ms () - before, engine_ms () - engine_before, page->skew, page->steps);
      g_string_append (text, page->text);
    }
  return write_text (out, "", file->stem, text->str, error);
}

/* In a process of its own, for which nothing is warm but what the worker has warmed too. */
static bool
read_apart (const File *file, const char *out, GError **error)
{
  int status = 0;
  extract_recognise_prepare (file->hints);
  fflush (NULL);
  pid_t pid = fork ();
  if (pid == 0)
    {
      g_autoptr (GError) why = NULL;
      bool done = read_file (file, out, &why);
      if (!done)
        fprintf (stderr, "%s: %s\n", file->stem, why->message);
      fflush (NULL);
      _Exit (done ? 0 : 1);
    }
  if (pid < 0 || waitpid (pid, &status, 0) < 0 || status != 0)
    return dk_throw (error, DK_ERROR_FAILED, "no record came of it");
  return true;
}

/* --- each step left out --- */

typedef struct
{
  unsigned step;
  const char *name;  /* of the step */
  const char *words; /* of page->steps that tell of it, or NULL */
} Step;

static const Step all_steps[] = {
  { 0, "all", NULL },
  { EXTRACT_STEP_TURN, "turn", NULL },
  { EXTRACT_STEP_BORDER, "border", "border" },
  { EXTRACT_STEP_DESPECKLE, "despeckle", "despeckle" },
  { EXTRACT_STEP_THICKEN, "thicken", "thicken" },
  { EXTRACT_STEP_SCALE, "scale", "shrink|enlarge" },
  { EXTRACT_STEP_WHITEN, "whiten", "whiten" },
  { EXTRACT_STEP_EVEN, "even", "even" },
  { EXTRACT_STEP_DESKEW, "deskew", "deskew" },
  { EXTRACT_STEP_SECOND, "second", NULL },
  { EXTRACT_STEP_SPACES, "spaces", NULL },
  { EXTRACT_STEP_SPELLING, "spelling", NULL },
  { EXTRACT_STEP_NOISE, "noise", NULL },
  { EXTRACT_STEP_PARAGRAPHS, "paragraphs", "other-language" },
  { EXTRACT_STEP_FLATTEN, "flatten", "flatten" },
  { EXTRACT_STEP_ORDER, "order", "rows|columns" },
  { EXTRACT_STEP_LOST, "lost", NULL },
  { EXTRACT_STEP_STROKES, "strokes", NULL },
  { 0, "all", NULL }, /* at both ends: what runs later runs on a warmer machine */
};

static bool
names_step (const RecordPage *page, const Step *step)
{
  g_auto (GStrv) done = g_strsplit (page->steps, " ", -1);
  g_auto (GStrv) words = g_strsplit (step->words != NULL ? step->words : "", "|", -1);
  for (char **word = words; *word != NULL; word++)
    if (g_strv_contains ((const char *const *)done, *word))
      return true;
  return false;
}

static bool
read_steps (const File *file, const char *out, GError **error)
{
  /* Once more than counted: the first reading of a page is the slowest. */
  g_autoptr (RecordPage) whole = read_page (file, 1, 0, error);
  for (size_t i = 0; whole != NULL && i < G_N_ELEMENTS (all_steps); i++)
    {
      const Step *step = &all_steps[i];
      double before = cpu_ms (), engine_before = engine_ms ();
      g_autoptr (RecordPage) page = read_page (file, 1, step->step, error);
      double after = cpu_ms (), engine = engine_ms () - engine_before;
      if (page == NULL || !write_text (out, step->name, file->stem, page->text, error))
        return false;
      printf ("%s %s %.1f %.1f %d %d\n", file->stem, step->name, after - before, engine, names_step (whole, step),
              strcmp (whole->text, page->text) != 0);
    }
  return whole != NULL;
}

int
main (int argc, char **argv)
{
  omp_set_max_active_levels (0);
  mallopt (M_MMAP_THRESHOLD, 32 << 20); /* this and the next two as docket-worker does */
  mallopt (M_TRIM_THRESHOLD, 512 << 20);
  mallopt (M_TOP_PAD, 4 << 20);
  bool steps = argc > 1 && strcmp (argv[1], "--steps") == 0;
  char **rest = argv + 1 + steps;
  if (argc - steps < 4)
    return 64;
  int status = 0;
  g_autoptr (GError) error = NULL;
  char *all[] = { (char *)"en", (char *)"fr", (char *)"es", (char *)"hu", NULL };
  if (!extract_warm_up (all, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  for (char **path = rest + 2; *path != NULL; path++)
    {
      g_autoptr (GError) why = NULL;
      g_autoptr (File) file = file_open (*path, rest[1], &why);
      if (file == NULL || !(steps ? read_steps (file, rest[0], &why) : read_apart (file, rest[0], &why)))
        {
          fprintf (stderr, "%s: %s\n", *path, why->message);
          status = 1;
        }
    }
  fflush (NULL);
  _Exit (status);
}
