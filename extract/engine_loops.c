/* The innermost steps of Tesseract's networks, with the same results in less time.
 *
 * For every pixel of a line and each of its eight neighbours Tesseract asks by four calls between libraries whether
 * such a pixel exists: a seventh of the time of a page. And it rounds every output of a layer by a branch that no
 * processor can foretell. The library finds these functions first, since they stand in the program itself. They know
 * how two of its objects lie in memory, which holds for one version; to any other its own functions are handed back. */
#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <tesseract/capi.h>

#define KNOWN_VERSION "5.3.0"
#define MOST 127.0F /* of a value as a whole number */

enum
{
  BATCH,
  HEIGHT,
  WIDTH,
  DIMENSIONS,
};

typedef struct
{
  const int32_t *begin, *end, *room;
} Vector;

/* tesseract::StrideMap: how the pixels of several pictures lie in one array. */
typedef struct
{
  int32_t shape[DIMENSIONS], steps[DIMENSIONS];
  Vector heights, widths; /* by picture */
} Map;

/* tesseract::StrideMap::Index: a place in it. */
typedef struct
{
  const Map *map;
  int32_t at;
  int32_t indices[DIMENSIONS];
} Place;

/* tesseract::NetworkIO as far as it is needed: values as floats or as bytes, a row for each step of time. */
typedef struct
{
  struct
  {
    void *methods, *values;
    int32_t empty, rows, columns, room;
  } floats, bytes;
  bool is_bytes;
} Values;

_Static_assert(offsetof (Map, heights) == 0x18 && offsetof (Map, widths) == 0x30, "as in Tesseract " KNOWN_VERSION);
_Static_assert(offsetof (Place, indices) == 0xC, "as in Tesseract " KNOWN_VERSION);
_Static_assert(offsetof (Values, bytes.values) == 0x28 && offsetof (Values, bytes.columns) == 0x38
                   && offsetof (Values, is_bytes) == 0x40,
               "as in Tesseract " KNOWN_VERSION);

static bool
is_known_version (void)
{
  static int known = -1;
  if (known < 0)
    known = strcmp (TessVersion (), KNOWN_VERSION) == 0;
  return known != 0;
}

#define ADD_OFFSET "_ZN9tesseract9StrideMap5Index9AddOffsetEiNS_14FlexDimensionsE"
#define WRITE_PART "_ZN9tesseract9NetworkIO17WriteTimeStepPartEiiiPKf"
bool engine_add_offset (Place *place, int offset, int dimension) __asm__(ADD_OFFSET);
void engine_write_part (Values *values, int row, int from, int n, const float *input) __asm__(WRITE_PART);

static bool
library_add_offset (Place *place, int offset, int dimension)
{
  bool (*own) (Place *, int, int);
  *(void **)&own = dlsym (RTLD_NEXT, ADD_OFFSET);
  return own (place, offset, dimension);
}

static void
library_write_part (Values *values, int row, int from, int n, const float *input)
{
  void (*own) (Values *, int, int, int, const float *);
  *(void **)&own = dlsym (RTLD_NEXT, WRITE_PART);
  own (values, row, from, n, input);
}

/* Of a picture that is smaller than the largest its own size counts. */
static inline int32_t
size_of (int32_t largest, const Vector *sizes, size_t picture)
{
  if (picture >= (size_t)(sizes->end - sizes->begin))
    return largest;
  return sizes->begin[picture] < largest ? sizes->begin[picture] : largest;
}

/* Moves @place by @offset along @dimension. Whether there is a pixel. */
bool
engine_add_offset (Place *place, int offset, int dimension)
{
  if (!is_known_version ())
    return library_add_offset (place, offset, dimension);
  const Map *map = place->map;
  int32_t *at = place->indices;
  at[dimension] += offset;
  place->at = at[BATCH] * map->steps[BATCH] + at[HEIGHT] * map->steps[HEIGHT] + at[WIDTH] * map->steps[WIDTH];
  if ((at[BATCH] | at[HEIGHT] | at[WIDTH]) < 0 || at[BATCH] >= map->shape[BATCH])
    return false;
  return at[HEIGHT] < size_of (map->shape[HEIGHT], &map->heights, (size_t)at[BATCH])
         && at[WIDTH] < size_of (map->shape[WIDTH], &map->widths, (size_t)at[BATCH]);
}

/* Values from -1 to 1 as whole numbers from -127 to 127, rounded to the nearest, halves away from zero. */
static void
round_all (int8_t *restrict to, const float *restrict input, int n)
{
  for (int i = 0; i < n; i++)
    {
      float value = input[i] * MOST;
      value = MOST < value ? MOST : value;
      value = -MOST > value ? -MOST : value;
      to[i] = (int8_t)(int32_t)(value + copysignf (0.5F, value));
    }
}

void
engine_write_part (Values *values, int row, int from, int n, const float *input)
{
  if (!is_known_version ())
    library_write_part (values, row, from, n, input);
  else if (values->is_bytes)
    round_all ((int8_t *)values->bytes.values + (ptrdiff_t)row * values->bytes.columns + from, input, n);
  else if (n > 0)
    memcpy ((float *)values->floats.values + (ptrdiff_t)row * values->floats.columns + from, input,
            (size_t)n * sizeof *input);
}
