/* extract/engine_objects.h - how objects of Tesseract's networks lie in memory, which holds for one version. Only what
 * stands in for functions of that library includes this. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENGINE_KNOWN_VERSION "5.3.0"

enum
{
  ENGINE_BATCH,
  ENGINE_HEIGHT,
  ENGINE_WIDTH,
  ENGINE_DIMENSIONS,
};

typedef struct
{
  const int32_t *begin, *end, *room;
} EngineVector;

/* tesseract::StrideMap: how the pixels of several pictures lie in one array. */
typedef struct
{
  int32_t shape[ENGINE_DIMENSIONS], steps[ENGINE_DIMENSIONS];
  EngineVector heights, widths; /* by picture */
} EngineMap;

/* tesseract::StrideMap::Index: a place in it. */
typedef struct
{
  const EngineMap *map;
  int32_t at;
  int32_t indices[ENGINE_DIMENSIONS];
} EnginePlace;

/* tesseract::GENERIC_2D_ARRAY */
typedef struct
{
  void *methods, *values;
  int32_t empty, rows, columns, room;
} EngineArray;

/* tesseract::NetworkIO: values as floats or as bytes, a row for each pixel or step of time. */
typedef struct
{
  EngineArray floats, bytes;
  bool is_bytes;
  EngineMap map;
} EngineValues;

/* tesseract::Network: what all layers have. */
typedef struct
{
  void *methods;
  int32_t type, training, needs_to_learn, flags;
  int32_t inputs, outputs;
  unsigned char name_and_windows[0x38];
  void *randomizer;
} EngineLayer;

/* tesseract::Convolve */
typedef struct
{
  EngineLayer layer;
  int32_t half_x, half_y;
} EngineConvolve;

_Static_assert(offsetof (EngineMap, heights) == 0x18 && offsetof (EngineMap, widths) == 0x30,
               "as in Tesseract " ENGINE_KNOWN_VERSION);
_Static_assert(offsetof (EnginePlace, indices) == 0xC, "as in Tesseract " ENGINE_KNOWN_VERSION);
_Static_assert(offsetof (EngineValues, bytes.values) == 0x28 && offsetof (EngineValues, bytes.columns) == 0x38
                   && offsetof (EngineValues, is_bytes) == 0x40 && offsetof (EngineValues, map) == 0x48,
               "as in Tesseract " ENGINE_KNOWN_VERSION);
_Static_assert(offsetof (EngineLayer, inputs) == 0x18 && offsetof (EngineLayer, randomizer) == 0x58,
               "as in Tesseract " ENGINE_KNOWN_VERSION);
_Static_assert(offsetof (EngineConvolve, half_x) == 0x60, "as in Tesseract " ENGINE_KNOWN_VERSION);

/* Whether the library is of that version. */
bool engine_is_known (void);
