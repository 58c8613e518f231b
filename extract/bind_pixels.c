/* PNG's encoder tries five filters on every row and searches long for matches. Pages need neither: one filter is best
 * for the whole page, and libdeflate's fastest level leaves fewer bytes than zlib's middle one in a quarter of the
 * time. */
#include "extract/bind_pixels.h"
#include "base/deflate.h"
#include <string.h>

enum
{
  TRIAL_ROWS = 48,
};

/* As they are numbered in PNG. */
typedef enum
{
  FILTER_NONE,
  FILTER_LEFT,
  FILTER_UP,
} Filter;

typedef struct
{
  PIX *pix;
  bool grey;
  unsigned width, height;
  gsize row_bytes;      /* of samples */
  guint8 *row, *before; /* samples of a row and the one above */
} Rows;

static const l_uint32 *
line_of (PIX *pix, unsigned y)
{
  return pixGetData (pix) + (gsize)y * (gsize)pixGetWpl (pix);
}

bool
extract_bind_pixels_are_opaque (PIX *pix)
{
  int width = pixGetWidth (pix), height = pixGetHeight (pix);
  l_uint32 all = 0xFF;
  for (int y = 0; y < height; y++)
    {
      const l_uint32 *line = line_of (pix, (unsigned)y);
      for (int x = 0; x < width; x++)
        all &= line[x];
    }
  return all == 0xFF;
}

static bool
is_grey (PIX *pix)
{
  int width = pixGetWidth (pix), height = pixGetHeight (pix);
  l_uint32 differences = 0;
  if (pixGetDepth (pix) != 32)
    return true;
  for (int y = 0; y < height && differences == 0; y++)
    {
      const l_uint32 *line = line_of (pix, (unsigned)y);
      for (int x = 0; x < width; x++)
        differences |= ((line[x] >> 8) ^ line[x]) & 0xFFFF00; /* red with green, green with blue */
    }
  return differences == 0;
}

static void
fetch (Rows *rows, unsigned y)
{
  const l_uint32 *line = line_of (rows->pix, y);
  guint8 *swap = rows->before;
  rows->before = rows->row;
  rows->row = swap;
  if (pixGetDepth (rows->pix) == 8)
    for (unsigned x = 0; x < rows->width; x++)
      swap[x] = (guint8)GET_DATA_BYTE (line, x);
  else if (rows->grey)
    for (unsigned x = 0; x < rows->width; x++)
      swap[x] = (guint8)(line[x] >> 24);
  else
    for (unsigned x = 0; x < rows->width; x++)
      {
        swap[3 * x] = (guint8)(line[x] >> 24);
        swap[3 * x + 1] = (guint8)(line[x] >> 16);
        swap[3 * x + 2] = (guint8)(line[x] >> 8);
      }
}

static void
apply (const Rows *rows, Filter filter, guint8 *filtered)
{
  const guint8 *row = rows->row, *above = rows->before;
  guint8 *to = filtered + 1;
  gsize step = rows->grey ? 1 : 3, n = rows->row_bytes;
  filtered[0] = (guint8)filter;
  memcpy (to, row, filter == FILTER_LEFT ? MIN (step, n) : n);
  if (filter == FILTER_LEFT)
    for (gsize i = step; i < n; i++)
      to[i] = (guint8)(row[i] - row[i - step]);
  else if (filter == FILTER_UP)
    for (gsize i = 0; i < n; i++)
      to[i] = (guint8)(row[i] - above[i]);
}

/* Rows @from to before @to, each with the number of @filter before it, deflated. */
static GBytes *
pack (Rows *rows, unsigned from, unsigned to, Filter filter, DkDeflateLevel level)
{
  gsize row_size = rows->row_bytes + 1;
  g_autofree guint8 *filtered = g_malloc (row_size * (to - from));
  memset (rows->row, 0, rows->row_bytes);
  for (unsigned y = from; y < to; y++)
    {
      fetch (rows, y);
      apply (rows, filter, filtered + row_size * (y - from));
    }
  return dk_deflate (filtered, row_size * (to - from), level);
}

/* By rows from the middle of the page. */
static Filter
best_filter (Rows *rows)
{
  static const Filter filters[] = { FILTER_NONE, FILTER_UP, FILTER_LEFT };
  unsigned n = MIN (TRIAL_ROWS, rows->height), from = (rows->height - n) / 2;
  Filter best = FILTER_NONE;
  gsize least = G_MAXSIZE;
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GBytes) packed = pack (rows, from, from + n, filters[i], DK_DEFLATE_FAST);
      if (g_bytes_get_size (packed) < least)
        {
          least = g_bytes_get_size (packed);
          best = filters[i];
        }
    }
  return best;
}

BindPixels
extract_bind_pixels (PIX *pix)
{
  Rows rows = { .pix = pix, .grey = is_grey (pix) };
  rows.width = (unsigned)pixGetWidth (pix);
  rows.height = (unsigned)pixGetHeight (pix);
  rows.row_bytes = (gsize)rows.width * (rows.grey ? 1 : 3);
  g_autofree guint8 *one = g_malloc0 (rows.row_bytes), *other = g_malloc0 (rows.row_bytes);
  rows.row = one;
  rows.before = other;
  return (BindPixels){ .grey = rows.grey, .data = pack (&rows, 0, rows.height, best_filter (&rows), DK_DEFLATE_FAST) };
}
