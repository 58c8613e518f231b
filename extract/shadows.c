#include "extract/shadows.h"
#include "extract/vectors.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum
{
  SIDE = 16,      /* pixels of a tile: two to three millimetres, which no stroke fills */
  FEW_TILES = 12, /* with letters on dark paper: a few words */
};
/* Paper is dark where it is above the threshold by less than that part of what separates bright paper from it; and ink
 * on it is darker by that part of it. */
#define DARK 0.33
#define INK 0.25

/* The darkest and the brightest pixel of each tile. */
typedef struct
{
  int across, down;
  uint8_t *darkest, *brightest;
} Tiles;

static void
tiles_clear (Tiles *tiles)
{
  g_free (tiles->darkest);
  g_free (tiles->brightest);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Tiles, tiles_clear)

EXTRACT_VECTORS static void
extremes (const uint8_t *restrict row, uint8_t *restrict darkest, uint8_t *restrict brightest, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      darkest[i] = MIN (darkest[i], row[i]);
      brightest[i] = MAX (brightest[i], row[i]);
    }
}

/* Of whole tiles only. Tiles are as broad as whole words, so that the order of bytes in these does not matter. */
static Tiles
tiles_of (PIX *grey)
{
  Tiles tiles = { .across = pixGetWidth (grey) / SIDE, .down = pixGetHeight (grey) / SIDE };
  size_t row_bytes = (size_t)tiles.across * SIDE, n = (size_t)tiles.across * (size_t)tiles.down;
  g_autofree uint8_t *darkest = g_malloc (row_bytes + 1), *brightest = g_malloc (row_bytes + 1);
  tiles.darkest = g_malloc (n + 1);
  tiles.brightest = g_malloc (n + 1);
  for (int y = 0; y < tiles.down; y++)
    {
      memset (darkest, 255, row_bytes);
      memset (brightest, 0, row_bytes);
      for (int i = 0; i < SIDE; i++)
        extremes ((const uint8_t *)(pixGetData (grey) + (size_t)(y * SIDE + i) * (size_t)pixGetWpl (grey)), darkest,
                  brightest, row_bytes);
      for (int x = 0; x < tiles.across; x++)
        {
          uint8_t low = 255, high = 0;
          for (int i = 0; i < SIDE; i++)
            {
              low = MIN (low, darkest[x * SIDE + i]);
              high = MAX (high, brightest[x * SIDE + i]);
            }
          tiles.darkest[y * tiles.across + x] = low;
          tiles.brightest[y * tiles.across + x] = high;
        }
    }
  return tiles;
}

/* The middle of the brightest pixels of all tiles. */
static int
paper_of (const Tiles *tiles)
{
  int counts[256] = { 0 }, n = tiles->across * tiles->down, sum = 0, level = 0;
  for (int i = 0; i < n; i++)
    counts[tiles->brightest[i]]++;
  while (level < 255 && (sum += counts[level]) * 2 < n)
    level++;
  return level;
}

PIX *
extract_shadows (PIX *grey, int threshold)
{
  g_auto (Tiles) tiles = tiles_of (grey);
  int n = tiles.across * tiles.down, written = 0;
  double dark = threshold + DARK * (paper_of (&tiles) - threshold);
  g_autoptr (PIX) parts = pixCreate (MAX (tiles.across, 1), MAX (tiles.down, 1), 1);
  for (int i = 0; parts != NULL && i < n; i++)
    if (tiles.brightest[i] < dark)
      {
        pixSetPixel (parts, i % tiles.across, i / tiles.across, 1);
        written += tiles.darkest[i] < (1 - INK) * tiles.brightest[i];
      }
  return written >= FEW_TILES ? pixExpandBinaryReplicate (parts, SIDE, SIDE) : NULL;
}
