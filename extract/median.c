/* The median of nine by a network of exchanges (Paeth 1990, Devillard 1998), written as one loop over a row so that the
 * compiler makes it one over vectors. */
#include "extract/median.h"
#include "extract/vectors.h"
#include <stdint.h>
#include <string.h>

#define AROUND 9 /* pixels */

static inline void
exchange (uint8_t *low, uint8_t *high)
{
  uint8_t least = MIN (*low, *high), most = MAX (*low, *high);
  *low = least;
  *high = most;
}

static inline uint8_t
median (uint8_t *p)
{
  static const uint8_t pairs[][2]
      = { { 1, 2 }, { 4, 5 }, { 7, 8 }, { 0, 1 }, { 3, 4 }, { 6, 7 }, { 1, 2 }, { 4, 5 }, { 7, 8 }, { 0, 3 },
          { 5, 8 }, { 4, 7 }, { 3, 6 }, { 1, 4 }, { 2, 5 }, { 4, 7 }, { 4, 2 }, { 6, 4 }, { 4, 2 } };
#pragma GCC unroll 19
  for (size_t i = 0; i < G_N_ELEMENTS (pairs); i++)
    exchange (&p[pairs[i][0]], &p[pairs[i][1]]);
  return p[4];
}

/* The rows above, at and below, each with one more pixel before and behind it. */
EXTRACT_VECTORS static void
median_row (const uint8_t *restrict above, const uint8_t *restrict at, const uint8_t *restrict below,
            uint8_t *restrict to, size_t width)
{
  for (size_t x = 0; x < width; x++)
    {
      uint8_t p[AROUND]
          = { above[x], above[x + 1], above[x + 2], at[x], at[x + 1], at[x + 2], below[x], below[x + 1], below[x + 2] };
      to[x] = median (p);
    }
}

/* The row @y of @grey in the order of its pixels, the first and last twice. */
static void
take_row (PIX *grey, l_int32 y, uint8_t *to)
{
  l_int32 width = pixGetWidth (grey);
  const uint32_t *words = pixGetData (grey) + (size_t)y * (size_t)pixGetWpl (grey);
  for (l_int32 i = 0; i < pixGetWpl (grey); i++)
    {
      uint32_t pixels = GUINT32_TO_BE (words[i]);
      memcpy (to + 1 + (size_t)i * 4, &pixels, 4);
    }
  to[0] = to[1];
  to[width + 1] = to[width];
}

static void
put_row (PIX *grey, l_int32 y, const uint8_t *from)
{
  uint32_t *words = pixGetData (grey) + (size_t)y * (size_t)pixGetWpl (grey);
  for (l_int32 i = 0; i < pixGetWpl (grey); i++)
    {
      uint32_t pixels;
      memcpy (&pixels, from + (size_t)i * 4, 4);
      words[i] = GUINT32_FROM_BE (pixels);
    }
}

PIX *
extract_median (PIX *grey)
{
  l_int32 width = pixGetWidth (grey), height = pixGetHeight (grey);
  PIX *clean = pixCreate (width, height, 8);
  if (clean == NULL)
    return NULL;
  pixCopyResolution (clean, grey);
  gsize bytes = (gsize)pixGetWpl (grey) * 4 + 8;
  g_autofree uint8_t *rows = g_malloc0 (4 * bytes);
  uint8_t *row[3] = { rows, rows + bytes, rows + 2 * bytes }, *to = rows + 3 * bytes;
  take_row (grey, 0, row[0]);
  take_row (grey, 0, row[1]);
  for (l_int32 y = 0; y < height; y++)
    {
      take_row (grey, MIN (y + 1, height - 1), row[(y + 2) % 3]);
      median_row (row[y % 3], row[(y + 1) % 3], row[(y + 2) % 3], to, (size_t)width);
      put_row (clean, y, to);
    }
  return clean;
}
