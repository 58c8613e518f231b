/* What docket puts in the place of Tesseract's own functions does what they do. */
#include <dlfcn.h>
#include <glib.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define ADD_OFFSET "_ZN9tesseract9StrideMap5Index9AddOffsetEiNS_14FlexDimensionsE"
#define WRITE_PART "_ZN9tesseract9NetworkIO17WriteTimeStepPartEiiiPKf"

typedef struct
{
  int32_t shape[3], steps[3];
  const int32_t *heights[3], *widths[3]; /* begin, end, end of room */
} Map;
typedef struct
{
  const Map *map;
  int32_t at, indices[3];
} Place;
typedef struct
{
  void *methods, *values;
  int32_t empty, rows, columns, room;
} Array;
typedef struct
{
  Array floats, bytes;
  bool is_bytes;
} Values;

bool our_add_offset (Place *place, int offset, int dimension) __asm__(ADD_OFFSET);
void our_write_part (Values *values, int row, int from, int n, const float *input) __asm__(WRITE_PART);

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
  bool (*own) (Place *, int, int);
  *(void **)&own = own_of_library (ADD_OFFSET);
  g_assert_true (own != our_add_offset);
  const int32_t heights[] = { 36, 30 }, widths[] = { 40, 90 };
  const Map map = { .shape = { 3, 36, 80 },
                    .steps = { 36 * 80, 80, 1 },
                    .heights = { heights, heights + 2, heights + 2 },
                    .widths = { widths, widths + 2, widths + 2 } };
  for (int i = 0; i < 100000; i++)
    {
      Place ours = { .map = &map,
                     .indices = { g_test_rand_int_range (0, 3), g_test_rand_int_range (-2, 38),
                                  g_test_rand_int_range (-2, 95) } };
      Place theirs = ours;
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
  void (*own) (Values *, int, int, int, const float *);
  *(void **)&own = own_of_library (WRITE_PART);
  float input[COLUMNS], ours[ROWS * COLUMNS], theirs[ROWS * COLUMNS];
  for (int round = 0; round < 5000; round++)
    {
      memset (ours, 0, sizeof ours);
      memset (theirs, 0, sizeof theirs);
      Values our = { .floats = { .values = ours, .columns = COLUMNS },
                     .bytes = { .values = ours, .columns = COLUMNS },
                     .is_bytes = is_bytes };
      Values their = our;
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/engine/places", test_the_same_places_are_on_a_picture);
  g_test_add_func ("/extract/engine/rounded", test_values_are_rounded_alike);
  g_test_add_func ("/extract/engine/copied", test_values_are_copied_alike);
  return g_test_run ();
}
