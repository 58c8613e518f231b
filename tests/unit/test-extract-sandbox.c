/* What the worker does, in a child that may open nothing but fonts and CMaps. */
#include "base/file.h"
#include "base/sandbox.h"
#include "extract/extract.h"
#include "extract/recognise.h"
#include "tests/unit/extract_fonts.h"
#include "tests/unit/extract_read.h"
#include "tests/unit/fixture.h"
#include <omp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>

static const Limits limits = LIMITS_DEFAULT;
static Sandbox *sandbox;
static RecordCost *of_child; /* shared with children: what the last of them took, with what was taken before it */

static void
work_in_child (GBytes *file, const char *name, unsigned no, int out)
{
  char *hints[] = { (char *)"en", (char *)"fr", (char *)"es", (char *)"hu", NULL };
  g_autofree char *media_type = NULL;
  if (!sandbox_enter (sandbox, &limits, NULL))
    _exit (10);
  g_autoptr (RecordFacts) facts = extract_facts (file, name, &limits, &media_type, NULL);
  if (facts == NULL)
    _exit (11);
  g_autoptr (RecordPage) page = read_page_of (file, facts->media_type, no, hints, &limits, NULL);
  if (page == NULL)
    _exit (12);
  g_autoptr (GBytes) frame = record_page_encode (page);
  *of_child = extract_recognise_cost ();
  _exit (dk_write_all (out, g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), NULL) ? 0 : 13);
}

/* The text of page @no, recognised or not, must hold @words. */
static void
assert_reads (const char *name, unsigned no, const char *words)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  g_autoptr (GError) error = NULL;
  int ends[2], status = 0;
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    work_in_child (file, name, no, ends[1]);
  close (ends[1]);
  autofd from = ends[0];
  g_autoptr (GBytes) frame = dk_read_fd (from, limits.output_bytes, &error);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_test_message ("%s: wait status %x", name, (unsigned)status);
  g_assert_cmpint (status, ==, 0);
  g_autoptr (RecordPage) page = record_page_decode (frame, &limits, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (page->text, words));
}

/* Whether the child that reads the page had to load a model for it. */
static bool
child_loads (const char *name, unsigned no, const char *words)
{
  assert_reads (name, no, words);
  return of_child->models_us > extract_recognise_cost ().models_us;
}

/* Whether the worker loads a model before it forks a child for a page like that; NULL: for a page of which nothing is
 * known. */
static bool
worker_loads (const char *media_type, const char *language)
{
  const char *hints[] = { language, NULL };
  uint64_t before_us = extract_recognise_cost ().models_us;
  if (media_type == NULL)
    extract_recognise_prepare ((char *const *)(uintptr_t)(language != NULL ? hints : NULL));
  else
    {
      g_autoptr (GVariant) arguments
          = g_variant_ref_sink (g_variant_new_parsed ("{'media_type': <%s>, 'languages': <%^as>}", media_type, hints));
      extract_read_prepare (arguments);
    }
  return extract_recognise_cost ().models_us > before_us;
}

static void
test_a_model_that_a_child_had_to_load_is_there_for_the_next (void)
{
  g_assert_true (child_loads ("crooked.tif", 1, "Edith Marlowe"));
  g_assert_true (worker_loads (NULL, NULL));
  g_assert_false (child_loads ("crooked.tif", 1, "Edith Marlowe"));
  g_assert_true (worker_loads (NULL, "es"));
  g_assert_false (worker_loads (NULL, "es"));
}

static void
test_only_what_will_be_recognised_has_its_model_loaded (void)
{
  g_assert_false (worker_loads ("text/plain", "fr"));
  g_assert_false (worker_loads ("application/pdf", "fr")); /* it may have a text of its own */
  g_assert_true (worker_loads ("image/tiff", "fr"));
  assert_reads ("mixed.pdf", 1, "214.60 GBP"); /* its first page has text */
  g_assert_false (worker_loads ("application/pdf", "hu"));
  extract_recognise_expect (); /* as the child does that finds a PDF without */
  g_assert_true (worker_loads ("application/pdf", "hu"));
}

static void
test_pictures_are_recognised_shut_in (void)
{
  assert_reads ("crooked.tif", 1, "Edith Marlowe");
  assert_reads ("three-pages.tif", 2, "fauteuil");
  assert_reads ("exif-turned.jpg", 1, "rembourser");
  assert_reads ("alpha.png", 1, "kettle");
  assert_reads ("barcode.tif", 1, "kettle");
}

static void
test_pdf_is_read_and_drawn_shut_in (void)
{
  assert_reads ("mixed.pdf", 1, "214.60 GBP");
  assert_reads ("mixed.pdf", 2, "Quiñones");
  assert_reads ("owner-locked.pdf", 1, "214.60 GBP");
}

/* Helvetica stands in no file of ours: were its stand-in out of reach, the page would be drawn empty, and no error
 * told. */
static void
test_fonts_that_are_not_embedded_are_drawn_shut_in (void)
{
  assert_reads ("outlined.pdf", 1, "washing machine");
}

static void
test_texts_of_old_character_sets_are_read_shut_in (void)
{
  assert_reads ("windows-1250.txt", 1, "küldjék el őket");
  assert_reads ("utf-16.txt", 1, "Quiñones");
}

int
main (int argc, char **argv)
{
  omp_set_max_active_levels (0);
  g_test_init (&argc, &argv, NULL);
  char *languages[] = { (char *)"en", (char *)"fr", (char *)"es", (char *)"hu", NULL };
  g_autoptr (GError) error = NULL;
  if (!extract_warm_up (languages, &error))
    g_error ("%s", error->message);
  of_child = mmap (NULL, sizeof *of_child, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  sandbox = sandbox_new (extract_read_only (), &error);
  if (sandbox == NULL)
    g_error ("%s", error->message);
  g_test_add_func ("/extract/sandbox/models", test_a_model_that_a_child_had_to_load_is_there_for_the_next);
  g_test_add_func ("/extract/sandbox/prepare", test_only_what_will_be_recognised_has_its_model_loaded);
  g_test_add_func ("/extract/sandbox/pictures", test_pictures_are_recognised_shut_in);
  g_test_add_func ("/extract/sandbox/pdf", test_pdf_is_read_and_drawn_shut_in);
  g_test_add_func ("/extract/sandbox/fonts", test_fonts_that_are_not_embedded_are_drawn_shut_in);
  g_test_add_func ("/extract/sandbox/texts", test_texts_of_old_character_sets_are_read_shut_in);
  int result = g_test_run ();
  sandbox_free (sandbox);
  return result;
}
