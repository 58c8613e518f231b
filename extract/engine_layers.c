/* How Tesseract's networks gather the neighbours of each pixel of a line, with the same results in a tenth of the time.
 *
 * For every pixel and each of its eight neighbours Tesseract asks by four calls between libraries whether there is such
 * a pixel, and copies one byte: a seventh of the time of a page. The library finds this function first, since it stands
 * in the program itself. It knows how the library's objects lie in memory; what it does not know, other versions,
 * training, several pictures at once, goes to the library's own function. */
#include "extract/engine_objects.h"
#include <dlfcn.h>
#include <glib.h>
#include <string.h>
#include <tesseract/capi.h>

#define FORWARD "7ForwardEbRKNS_9NetworkIOEPKNS_15TransposedArrayEPNS_14NetworkScratchEPS1_"
#define CONVOLVE "_ZN9tesseract8Convolve" FORWARD
#define TRAINING 1

/* Memory of the library's own, which is used nowhere here. */
typedef struct EngineScratch EngineScratch;
typedef void Forward (void *layer, bool debug, const EngineValues *input, const void *transposed,
                      EngineScratch *scratch, EngineValues *output);
Forward engine_convolve __asm__(CONVOLVE);

void library_resize (EngineValues *values, bool are_bytes, const EngineMap *map,
                     int features) __asm__("_ZN9tesseract9NetworkIO11ResizeToMapEbRKNS_9StrideMapEi");
void library_randomize (EngineValues *values, int row, int from, int n,
                        void *randomizer) __asm__("_ZN9tesseract9NetworkIO9RandomizeEiiiPNS_5TRandE");

bool
engine_is_known (void)
{
  static int known = -1;
  if (known < 0)
    known = strcmp (TessVersion (), ENGINE_KNOWN_VERSION) == 0;
  return known != 0;
}

/* Whether @layer reads one picture in bytes, as it does when it reads. */
static bool
is_ours (const EngineLayer *layer, bool debug, const EngineValues *input)
{
  return engine_is_known () && !debug && layer->training != TRAINING && input->is_bytes
         && input->map.shape[ENGINE_BATCH] == 1;
}

/* Lets the library do it by its own function @name. */
static void
hand_back (const char *name, void *layer, bool debug, const EngineValues *input, const void *transposed,
           EngineScratch *scratch, EngineValues *output)
{
  Forward *own;
  *(void **)&own = dlsym (RTLD_NEXT, name);
  own (layer, debug, input, transposed, scratch, output);
}

static inline int8_t *
row_of (const EngineValues *values, int row)
{
  return (int8_t *)values->bytes.values + (ptrdiff_t)row * values->bytes.columns;
}

/* Neighbours of a pixel at the edge: what is outside of the picture is chance, drawn in the order of the library. */
static void
gather_at_edge (const EngineConvolve *layer, const EngineValues *input, EngineValues *output, int y, int x)
{
  int height = input->map.shape[ENGINE_HEIGHT], width = input->map.shape[ENGINE_WIDTH], n = layer->layer.inputs;
  int column = (2 * layer->half_y + 1) * n, at = y * width + x, to = 0;
  for (int from = x - layer->half_x; from <= x + layer->half_x; from++, to += column)
    if (from < 0 || from >= width)
      library_randomize (output, at, to, column, layer->layer.randomizer);
    else
      for (int k = 0; k <= 2 * layer->half_y; k++)
        {
          int row = y - layer->half_y + k;
          if (row < 0 || row >= height)
            library_randomize (output, at, to + k * n, n, layer->layer.randomizer);
          else
            memcpy (row_of (output, at) + to + k * n, row_of (input, row * width + from), (size_t)n);
        }
}

/* The pixels of row @y and of those about it, column by column: the neighbours of a pixel stand in a row there. */
static void
lay_columns (const EngineConvolve *layer, const EngineValues *input, int y, int8_t *columns)
{
  int width = input->map.shape[ENGINE_WIDTH], n = layer->layer.inputs, rows = 2 * layer->half_y + 1;
  for (int k = 0; k < rows; k++)
    {
      const int8_t *from = row_of (input, (y - layer->half_y + k) * width);
      int8_t *to = columns + k * n;
      for (int x = 0; x < width; x++, from += n, to += rows * n)
        if (n == 1)
          *to = *from;
        else
          memcpy (to, from, (size_t)n);
    }
}

static void
gather_inside (const EngineConvolve *layer, EngineValues *output, int y, const int8_t *columns)
{
  enum
  {
    USUAL = 9, /* one value of each of nine pixels */
  };
  int width = output->map.shape[ENGINE_WIDTH], n = layer->layer.outputs;
  int step = (2 * layer->half_y + 1) * layer->layer.inputs;
  int8_t *to = row_of (output, y * width + layer->half_x);
  for (int x = 2 * layer->half_x; x < width; x++, columns += step, to += n)
    if (n == USUAL)
      memcpy (to, columns, USUAL);
    else
      memcpy (to, columns, (size_t)n);
}

void
engine_convolve (void *object, bool debug, const EngineValues *input, const void *transposed, EngineScratch *scratch,
                 EngineValues *output)
{
  const EngineConvolve *layer = object;
  if (!is_ours (&layer->layer, debug, input))
    {
      hand_back (CONVOLVE, object, debug, input, transposed, scratch, output);
      return;
    }
  library_resize (output, true, &input->map, layer->layer.outputs);
  int height = input->map.shape[ENGINE_HEIGHT], width = input->map.shape[ENGINE_WIDTH];
  g_autofree int8_t *columns = g_malloc ((gsize)width * (gsize)((2 * layer->half_y + 1) * layer->layer.inputs));
  for (int y = 0; y < height; y++)
    {
      bool inside = y >= layer->half_y && y < height - layer->half_y && width > 2 * layer->half_x;
      int edge = inside ? layer->half_x : width;
      for (int x = 0; x < edge; x++)
        gather_at_edge (layer, input, output, y, x);
      if (!inside)
        continue;
      lay_columns (layer, input, y, columns);
      gather_inside (layer, output, y, columns);
      for (int x = width - layer->half_x; x < width; x++)
        gather_at_edge (layer, input, output, y, x);
    }
}
