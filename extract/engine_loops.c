/* Two of the innermost steps of Tesseract's networks, with the same results in less time.
 *
 * Whether there is a pixel is asked by four calls between libraries, and every output of a layer is rounded behind a
 * branch that no processor can foretell. The library finds these functions first, since they stand in the program
 * itself. They know how its objects lie in memory; to any version but that one its own functions are handed back. */
#include "extract/engine_objects.h"
#include <dlfcn.h>
#include <math.h>
#include <string.h>

#define ADD_OFFSET "_ZN9tesseract9StrideMap5Index9AddOffsetEiNS_14FlexDimensionsE"
#define WRITE_PART "_ZN9tesseract9NetworkIO17WriteTimeStepPartEiiiPKf"
#define MOST 127.0F /* of a value as a whole number */
bool engine_add_offset (EnginePlace *place, int offset, int dimension) __asm__(ADD_OFFSET);
void engine_write_part (EngineValues *values, int row, int from, int n, const float *input) __asm__(WRITE_PART);

static bool
library_add_offset (EnginePlace *place, int offset, int dimension)
{
  bool (*own) (EnginePlace *, int, int);
  *(void **)&own = dlsym (RTLD_NEXT, ADD_OFFSET);
  return own (place, offset, dimension);
}

static void
library_write_part (EngineValues *values, int row, int from, int n, const float *input)
{
  void (*own) (EngineValues *, int, int, int, const float *);
  *(void **)&own = dlsym (RTLD_NEXT, WRITE_PART);
  own (values, row, from, n, input);
}

/* Of a picture that is smaller than the largest its own size counts. */
static inline int32_t
size_of (int32_t largest, const EngineVector *sizes, size_t picture)
{
  if (picture >= (size_t)(sizes->end - sizes->begin))
    return largest;
  return sizes->begin[picture] < largest ? sizes->begin[picture] : largest;
}

/* Moves @place by @offset along @dimension. Whether there is a pixel. */
bool
engine_add_offset (EnginePlace *place, int offset, int dimension)
{
  if (!engine_is_known ())
    return library_add_offset (place, offset, dimension);
  const EngineMap *map = place->map;
  int32_t *at = place->indices;
  at[dimension] += offset;
  place->at = at[ENGINE_BATCH] * map->steps[ENGINE_BATCH] + at[ENGINE_HEIGHT] * map->steps[ENGINE_HEIGHT]
              + at[ENGINE_WIDTH] * map->steps[ENGINE_WIDTH];
  if ((at[ENGINE_BATCH] | at[ENGINE_HEIGHT] | at[ENGINE_WIDTH]) < 0 || at[ENGINE_BATCH] >= map->shape[ENGINE_BATCH])
    return false;
  return at[ENGINE_HEIGHT] < size_of (map->shape[ENGINE_HEIGHT], &map->heights, (size_t)at[ENGINE_BATCH])
         && at[ENGINE_WIDTH] < size_of (map->shape[ENGINE_WIDTH], &map->widths, (size_t)at[ENGINE_BATCH]);
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
engine_write_part (EngineValues *values, int row, int from, int n, const float *input)
{
  if (!engine_is_known ())
    library_write_part (values, row, from, n, input);
  else if (values->is_bytes)
    round_all ((int8_t *)values->bytes.values + (ptrdiff_t)row * values->bytes.columns + from, input, n);
  else if (n > 0)
    memcpy ((float *)values->floats.values + (ptrdiff_t)row * values->floats.columns + from, input,
            (size_t)n * sizeof *input);
}
