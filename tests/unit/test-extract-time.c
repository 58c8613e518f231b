/* A page with more on it than its time allows: what was read so far is kept, and the page says so. */
#include "tests/unit/extract_models.h"
#include "tests/unit/extract_read.h"
#include "tests/unit/fixture.h"
#include <leptonica/allheaders.h>

#define ACROSS 6
#define DOWN 10
#define MOST_S 60

/* One sheet with sixty letters on it, as TIFF. */
static GBytes *
wall_of_letters (void)
{
  g_autoptr (GBytes) letter = fixture ("extract/crooked.tif");
  PIX *pix = pixReadMem (g_bytes_get_data (letter, NULL), g_bytes_get_size (letter));
  l_int32 width = pixGetWidth (pix), height = pixGetHeight (pix);
  PIX *sheet = pixCreate (ACROSS * width, DOWN * height, 1);
  for (int i = 0; i < ACROSS * DOWN; i++)
    pixRasterop (sheet, i % ACROSS * width, i / ACROSS * height, width, height, PIX_SRC, pix, 0, 0);
  pixSetResolution (sheet, 300, 300);
  l_uint8 *bytes = NULL;
  size_t size = 0;
  g_assert_cmpint (pixWriteMemTiff (&bytes, &size, sheet, IFF_TIFF_G4), ==, 0);
  GBytes *file = g_bytes_new (bytes, size);
  lept_free (bytes);
  pixDestroy (&sheet);
  pixDestroy (&pix);
  return file;
}

static bool
has_warning (const RecordPage *page, RecordCode code)
{
  for (guint i = 0; i < page->warnings->len; i++)
    if (g_array_index (page->warnings, RecordWarning, i).code == code)
      return true;
  return false;
}

/* The sheet takes one machine a second and another, busy and sanitized, half a minute: the shortest budget in which
 * there is a word at all ends before the last one. */
static void
test_a_page_that_takes_too_long_keeps_what_was_read_in_its_time (void)
{
  g_autoptr (GBytes) file = wall_of_letters ();
  g_autoptr (RecordPage) page = NULL;
  char *hints[] = { (char *)"en", NULL };
  Limits limits = LIMITS_DEFAULT;
  for (unsigned budget_s = 1; (page == NULL || page->words->len == 0) && budget_s <= MOST_S; budget_s++)
    {
      g_autoptr (GError) error = NULL;
      limits.wall_s = limits.cpu_s = budget_s;
      g_clear_pointer (&page, record_page_free);
      page = read_page_of (file, "image/tiff", 1, hints, &limits, &error);
      g_assert_no_error (error);
      g_test_message ("%u words in %u s", page->words->len, budget_s);
    }
  g_assert_cmpuint (page->words->len, >, 0);
  g_assert_true (has_warning (page, RECORD_CODE_TIMEOUT));
}

int
main (int argc, char **argv)
{
  begin_with_models (&argc, &argv, "en");
  g_test_add_func ("/extract/time/cut", test_a_page_that_takes_too_long_keeps_what_was_read_in_its_time);
  return g_test_run ();
}
