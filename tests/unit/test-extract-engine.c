/* What docket puts in the place of Tesseract's own functions does what they do. */
#include "extract/cleanup.h"
#include "extract/engine_objects.h"
#include "tests/unit/extract_page.h"
#include <dlfcn.h>
#include <glib/gstdio.h>
#include <omp.h>
#include <string.h>
#include <tesseract/capi.h>
#include <unistd.h>

#define ADD_OFFSET "_ZN9tesseract9StrideMap5Index9AddOffsetEiNS_14FlexDimensionsE"
#define WRITE_PART "_ZN9tesseract9NetworkIO17WriteTimeStepPartEiiiPKf"

bool our_add_offset (EnginePlace *place, int offset, int dimension) __asm__(ADD_OFFSET);
void our_write_part (EngineValues *values, int row, int from, int n, const float *input) __asm__(WRITE_PART);

static void *
own_of_library (const char *name)
{
  void *library = dlopen ("libtesseract.so.5", RTLD_NOW);
  g_assert_nonnull (library);
  void *found = dlsym (library, name);
  g_assert_nonnull (found);
  return found;
}

static void
test_the_same_places_are_on_a_picture (void)
{
  bool (*own) (EnginePlace *, int, int);
  *(void **)&own = own_of_library (ADD_OFFSET);
  g_assert_true (own != our_add_offset);
  const int32_t heights[] = { 36, 30 }, widths[] = { 40, 90 };
  const EngineMap map = { .shape = { 3, 36, 80 },
                          .steps = { 36 * 80, 80, 1 },
                          .heights = { heights, heights + 2, heights + 2 },
                          .widths = { widths, widths + 2, widths + 2 } };
  for (int i = 0; i < 100000; i++)
    {
      EnginePlace ours = { .map = &map,
                           .indices = { g_test_rand_int_range (0, 3), g_test_rand_int_range (-2, 38),
                                        g_test_rand_int_range (-2, 95) } };
      EnginePlace theirs = ours;
      int offset = g_test_rand_int_range (-3, 4), dimension = g_test_rand_int_range (0, 3);
      g_assert_true (our_add_offset (&ours, offset, dimension) == own (&theirs, offset, dimension));
      g_assert_cmpmem (&ours, sizeof ours, &theirs, sizeof theirs);
    }
}

static void
check_values (bool is_bytes)
{
  enum
  {
    COLUMNS = 50,
    ROWS = 3,
  };
  void (*own) (EngineValues *, int, int, int, const float *);
  *(void **)&own = own_of_library (WRITE_PART);
  float input[COLUMNS], ours[ROWS * COLUMNS], theirs[ROWS * COLUMNS];
  for (int round = 0; round < 5000; round++)
    {
      memset (ours, 0, sizeof ours);
      memset (theirs, 0, sizeof theirs);
      EngineValues our = { .floats = { .values = ours, .columns = COLUMNS },
                           .bytes = { .values = ours, .columns = COLUMNS },
                           .is_bytes = is_bytes };
      EngineValues their = our;
      their.floats.values = their.bytes.values = theirs;
      for (int i = 0; i < COLUMNS; i++)
        input[i] = i % 5 == 0 ? (float)g_test_rand_int_range (-260, 260) / 254.0F
                              : (float)g_test_rand_double_range (-1.5, 1.5);
      input[0] = -0.0F;
      int from = g_test_rand_int_range (0, COLUMNS), n = g_test_rand_int_range (0, COLUMNS - from + 1);
      our_write_part (&our, 2, from, n, input);
      own (&their, 2, from, n, input);
      g_assert_cmpmem (ours, sizeof ours, theirs, sizeof theirs);
    }
}

static void
test_values_are_rounded_alike (void)
{
  check_values (true);
}

static void
test_values_are_copied_alike (void)
{
  check_values (false);
}

/* All that the program tesseract, which has its own functions, says of the picture at @path. */
static void
read_by_program (const char *path, char **said)
{
  g_autoptr (GError) error = NULL;
  const char *const command[] = { "tesseract", path, "-", "--dpi", "300", "-l", "eng", "tsv", NULL };
  int status;
  g_spawn_sync (NULL, (char **)(uintptr_t)command, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                said, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
test_a_page_is_read_as_by_the_program_tesseract (void)
{
  g_autoptr (PIX) pix = page ("three-pages.tif");
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "docket-engine-XXXXXX.png", NULL);
  close (g_mkstemp (path));
  g_assert_cmpint (pixWrite (path, pix, IFF_PNG), ==, 0);
  g_autofree char *theirs = NULL;
  read_by_program (path, &theirs);
  g_unlink (path);
  TessBaseAPI *engine = TessBaseAPICreate ();
  g_assert_cmpint (TessBaseAPIInit2 (engine, NULL, "eng", OEM_LSTM_ONLY), ==, 0);
  TessBaseAPISetPageSegMode (engine, PSM_AUTO);
  TessBaseAPISetImage2 (engine, pix);
  TessBaseAPISetSourceResolution (engine, 300);
  char *ours = TessBaseAPIGetTsvText (engine, 0);
  const char *rows = strchr (theirs, '\n'); /* behind the names of the columns */
  g_assert_nonnull (rows);
  g_assert_true (strlen (ours) > 1000 && strlen (rows) > strlen (ours));
  g_assert_cmpmem (ours, strlen (ours), rows + 1, strlen (ours));
  TessDeleteText (ours);
  TessBaseAPIDelete (engine);
}

int
main (int argc, char **argv)
{
  omp_set_max_active_levels (0);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/engine/places", test_the_same_places_are_on_a_picture);
  g_test_add_func ("/extract/engine/rounded", test_values_are_rounded_alike);
  g_test_add_func ("/extract/engine/copied", test_values_are_copied_alike);
  g_test_add_func ("/extract/engine/page", test_a_page_is_read_as_by_the_program_tesseract);
  return g_test_run ();
}
