/* Leptonica keeps four pixels in a word, the first in its highest byte, so that on most machines the bytes of a row lie
 * in the order 3 2 1 0 7 6 5 4… Loops over whole rows do not mind the order, and are written so that the compiler makes
 * them into loops over vectors; where a place matters it is looked up with byte_of. */
#include "extract/grey.h"
#include "extract/vectors.h"
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum
{
  ONE = 256,    /* the sum of the weights of the pixels that make one */
  FINE = 65536, /* parts of a pixel, of a place in a turned picture */
  WHITE = 255,
  LEAST_TAPS = 4,     /* of a span: as many as are added at once */
  BORDER = 1,         /* white pixels round a picture that is turned */
  MOST_ROW = 1 << 24, /* pixels of a row, as many as places can count */
};

static inline l_int32
byte_of (l_int32 x)
{
  return G_BYTE_ORDER == G_LITTLE_ENDIAN ? x ^ 3 : x;
}

static inline uint8_t *
row_of (PIX *pix, l_int32 y)
{
  return (uint8_t *)(pixGetData (pix) + (size_t)y * (size_t)pixGetWpl (pix));
}

static PIX *
new_like (PIX *grey, l_int32 width, l_int32 height)
{
  PIX *pix = pixCreateNoInit (width, height, 8); /* every pixel is written */
  if (pix != NULL)
    pixCopyInputFormat (pix, grey);
  return pix;
}

/* --- exactly half --- */

/* Two pixels a word, in its halves: the means of two pairs of @upper and @lower each. */
static inline uint32_t
means (uint32_t upper, uint32_t lower)
{
  const uint32_t low = 0x00FF00FF;
  uint32_t sums = (upper >> 8 & low) + (upper & low) + (lower >> 8 & low) + (lower & low);
  return sums >> 2 & low;
}

EXTRACT_VECTORS static void
halve_rows (const uint32_t *restrict upper, const uint32_t *restrict lower, uint32_t *restrict to, size_t words)
{
  for (size_t i = 0; i < words; i++)
    {
      uint32_t left = means (upper[2 * i], lower[2 * i]), right = means (upper[2 * i + 1], lower[2 * i + 1]);
      to[i] = (left << 8 & 0xFF000000) | (left << 16 & 0x00FF0000) | (right >> 8 & 0x0000FF00) | (right & 0x000000FF);
    }
}

PIX *
extract_grey_halve (PIX *grey)
{
  l_int32 width = pixGetWidth (grey) / 2, height = pixGetHeight (grey) / 2;
  PIX *half = new_like (grey, width, height);
  size_t from_words = (size_t)pixGetWpl (grey), whole = from_words / 2;
  for (l_int32 y = 0; half != NULL && y < height; y++)
    {
      const uint32_t *upper = (const uint32_t *)row_of (grey, 2 * y),
                     *lower = (const uint32_t *)row_of (grey, 2 * y + 1);
      uint32_t *to = (uint32_t *)row_of (half, y);
      halve_rows (upper, lower, to, MIN (whole, (size_t)pixGetWpl (half)));
      if (whole < (size_t)pixGetWpl (half))
        {
          uint32_t left = means (upper[2 * whole], lower[2 * whole]);
          to[whole] = (left << 8 & 0xFF000000) | (left << 16 & 0x00FF0000);
        }
    }
  if (half != NULL)
    pixSetResolution (half, pixGetXRes (grey) / 2, pixGetYRes (grey) / 2);
  return half;
}

/* --- smaller --- */

/* Which pixels of a row or column make each of fewer: @taps of them from @first on, with their weights. */
typedef struct
{
  int taps;
  int32_t *first;
  uint16_t *weights; /* taps each */
} Spans;

static void
spans_clear (Spans *spans)
{
  g_free (spans->first);
  g_free (spans->weights);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Spans, spans_clear)

/* How much of the span that begins at @start lies before @at, of ONE. */
static int
part_before (double start, double at, double step)
{
  return (int)lround (CLAMP ((at - start) / step, 0, 1) * ONE);
}

static Spans
spans_of (l_int32 from, l_int32 to)
{
  double step = (double)from / to;
  Spans spans = { .taps = MIN (MAX ((int)ceil (step) + 1, LEAST_TAPS), from) };
  spans.first = g_new (int32_t, (gsize)to);
  spans.weights = g_new0 (uint16_t, (gsize)to * (gsize)spans.taps);
  for (l_int32 i = 0; i < to; i++)
    {
      double start = i * step;
      spans.first[i] = MIN ((int32_t)start, from - spans.taps);
      for (int k = 0; k < spans.taps; k++)
        {
          int place = spans.first[i] + k;
          spans.weights[i * spans.taps + k]
              = (uint16_t)(part_before (start, place + 1, step) - part_before (start, place, step));
        }
    }
  return spans;
}

EXTRACT_VECTORS static void
add_row (uint16_t *restrict sums, const uint8_t *restrict row, uint16_t weight, size_t n)
{
  for (size_t i = 0; i < n; i++)
    sums[i] = (uint16_t)(sums[i] + row[i] * weight);
}

/* From the order of bytes to that of pixels. */
EXTRACT_VECTORS static void
order (uint16_t *sums, size_t n)
{
  for (size_t i = 0; i < n && byte_of (0) != 0; i += 4)
    {
      uint16_t first = sums[i], second = sums[i + 1];
      sums[i] = sums[i + 3];
      sums[i + 1] = sums[i + 2];
      sums[i + 2] = second;
      sums[i + 3] = first;
    }
}

#ifdef __SSE2__
/* Four pixels at once, where each is made of LEAST_TAPS; how many were. Products are of signed numbers: from each sum
 * the half of its range is taken, and added again with the weights, which make ONE. */
static l_int32
write_fours (const Spans *across, const uint16_t *sums, uint32_t *to, l_int32 width)
{
  const __m128i half = _mm_set1_epi16 (INT16_MIN), again = _mm_set1_epi32 (-INT16_MIN * ONE + ONE * ONE / 2);
  const int32_t *first = across->first;
  l_int32 x = 0;
  for (; across->taps == LEAST_TAPS && x + 4 <= width; x += 4)
    {
      const __m128i *weights = (const __m128i *)(const void *)(across->weights + LEAST_TAPS * x);
      __m128i left = _mm_unpacklo_epi64 (_mm_loadu_si64 (sums + first[x]), _mm_loadu_si64 (sums + first[x + 1]));
      __m128i right = _mm_unpacklo_epi64 (_mm_loadu_si64 (sums + first[x + 2]), _mm_loadu_si64 (sums + first[x + 3]));
      __m128 a = _mm_castsi128_ps (_mm_madd_epi16 (_mm_xor_si128 (left, half), _mm_loadu_si128 (weights)));
      __m128 b = _mm_castsi128_ps (_mm_madd_epi16 (_mm_xor_si128 (right, half), _mm_loadu_si128 (weights + 1)));
      __m128i even = _mm_castps_si128 (_mm_shuffle_ps (a, b, _MM_SHUFFLE (2, 0, 2, 0)));
      __m128i odd = _mm_castps_si128 (_mm_shuffle_ps (a, b, _MM_SHUFFLE (3, 1, 3, 1)));
      __m128i values = _mm_srli_epi32 (_mm_add_epi32 (_mm_add_epi32 (even, odd), again), 16);
      values = _mm_packs_epi32 (values, values);
      to[x / 4] = GUINT32_SWAP_LE_BE ((uint32_t)_mm_cvtsi128_si32 (_mm_packus_epi16 (values, values)));
    }
  return x;
}
#else
static l_int32
write_fours (const Spans *across, const uint16_t *sums, uint32_t *to, l_int32 width)
{
  (void)across, (void)sums, (void)to, (void)width;
  return 0;
}
#endif

static void
write_row (const Spans *across, const uint16_t *sums, uint8_t *to, l_int32 width)
{
  const int taps = across->taps;
  for (l_int32 x = write_fours (across, sums, (uint32_t *)(void *)to, width); x < width; x++)
    {
      uint32_t sum = ONE * ONE / 2;
      for (int k = 0; k < taps; k++)
        sum += (uint32_t)sums[across->first[x] + k] * across->weights[taps * x + k];
      to[byte_of (x)] = (uint8_t)(sum / (ONE * ONE));
    }
}

PIX *
extract_grey_shrink (PIX *grey, double by)
{
  l_int32 width = MAX ((l_int32)(pixGetWidth (grey) * by + 0.5), 1);
  l_int32 height = MAX ((l_int32)(pixGetHeight (grey) * by + 0.5), 1);
  g_auto (Spans) across = spans_of (pixGetWidth (grey), width);
  g_auto (Spans) down = spans_of (pixGetHeight (grey), height);
  size_t bytes = 4 * (size_t)pixGetWpl (grey);
  g_autofree uint16_t *sums = g_new (uint16_t, bytes);
  PIX *small = new_like (grey, width, height);
  for (l_int32 y = 0; small != NULL && y < height; y++)
    {
      memset (sums, 0, bytes * sizeof *sums);
      for (int k = 0; k < down.taps; k++)
        if (down.weights[y * down.taps + k] > 0)
          add_row (sums, row_of (grey, down.first[y] + k), down.weights[y * down.taps + k], bytes);
      order (sums, bytes);
      write_row (&across, sums, row_of (small, y), width);
    }
  if (small != NULL)
    pixSetResolution (small, (l_int32)(pixGetXRes (grey) * by + 0.5), (l_int32)(pixGetYRes (grey) * by + 0.5));
  return small;
}

/* --- turned a little --- */

/* A copy in the order of the page, with white round it. */
typedef struct
{
  l_int32 width, height; /* with the border */
  uint8_t *bytes;
} Sheet;

static Sheet
sheet_of (PIX *grey)
{
  Sheet sheet = { pixGetWidth (grey) + 2 * BORDER, pixGetHeight (grey) + 2 * BORDER, NULL };
  size_t row = (size_t)sheet.width, words = (size_t)pixGetWpl (grey);
  sheet.bytes = g_try_malloc (row * (size_t)sheet.height + 4); /* the last word may reach behind the last row */
  if (sheet.bytes == NULL)
    return sheet;
  memset (sheet.bytes, WHITE, row);
  for (l_int32 y = 0; y < pixGetHeight (grey); y++)
    {
      uint8_t *to = sheet.bytes + (size_t)(y + BORDER) * row;
      const uint32_t *from = (const uint32_t *)row_of (grey, y);
      to[0] = WHITE;
      for (size_t i = 0; i < words; i++)
        {
          uint32_t word = GUINT32_TO_BE (from[i]);
          memcpy (to + BORDER + 4 * i, &word, sizeof word);
        }
      to[row - 1] = WHITE;
    }
  memset (sheet.bytes + row * (size_t)(sheet.height - 1), WHITE, row);
  return sheet;
}

/* A walk over the pixels of a turned row: where they lie in @sheet, in FINE parts of a pixel. */
typedef struct
{
  int64_t x, y, step_x, step_y;
} Walk;

/* How many steps from @at, at most @most, until the whole pixel is no longer as many from the first as there were steps
 * of @whole. */
static l_int32
steps_within (int64_t at, int64_t step, int64_t whole, l_int32 most)
{
  int64_t drift = step - whole * FINE, part = at & (FINE - 1);
  if (drift == 0)
    return most;
  int64_t steps = drift > 0 ? (FINE - 1 - part) / drift : part / -drift;
  return (l_int32)MIN (steps + 1, most);
}

/* @n pixels that lie side by side, each between four of two rows. */
EXTRACT_VECTORS static void
mix (const uint8_t *restrict upper, const uint8_t *restrict lower, const Walk *walk, uint8_t *restrict to, l_int32 n)
{
  uint32_t right = (uint32_t)(walk->x & (FINE - 1)), low = (uint32_t)(walk->y & (FINE - 1));
  uint32_t more_right = (uint32_t)(walk->step_x - FINE), more_low = (uint32_t)walk->step_y;
  for (l_int32 i = 0; i < n; i++)
    {
      uint16_t r = (uint16_t)((right + (uint32_t)i * more_right) >> 8),
               l = (uint16_t)((low + (uint32_t)i * more_low) >> 8);
      uint16_t above = (uint16_t)(upper[i] * (ONE - r) + upper[i + 1] * r) >> 8;
      uint16_t below = (uint16_t)(lower[i] * (ONE - r) + lower[i + 1] * r) >> 8;
      to[i] = (uint8_t)((uint16_t)(above * (ONE - l) + below * l + ONE / 2) >> 8);
    }
}

static void
walk_row (const Sheet *sheet, Walk walk, uint8_t *to, l_int32 width)
{
  for (l_int32 i = 0, n; i < width; i += n, walk.x += n * walk.step_x, walk.y += n * walk.step_y)
    {
      int64_t left = walk.x >> 16, top = walk.y >> 16;
      n = steps_within (walk.y, walk.step_y, 0, steps_within (walk.x, walk.step_x, 1, width - i));
      int64_t before = CLAMP (-left, 0, n), within = CLAMP (sheet->width - 1 - left, before, n) - before;
      if (top < 0 || top >= sheet->height - 1)
        within = 0;
      memset (to + i, WHITE, (size_t)n);
      if (within == 0)
        continue;
      const uint8_t *upper = sheet->bytes + top * sheet->width + left + before;
      Walk here = { walk.x + before * walk.step_x, walk.y + before * walk.step_y, walk.step_x, walk.step_y };
      mix (upper, upper + sheet->width, &here, to + i + before, (l_int32)within);
    }
}

static void
store_row (const uint8_t *row, uint32_t *to, size_t words)
{
  for (size_t i = 0; i < words; i++)
    {
      uint32_t word;
      memcpy (&word, row + 4 * i, sizeof word);
      to[i] = GUINT32_FROM_BE (word);
    }
}

PIX *
extract_grey_level (PIX *grey, double radians)
{
  double c = cos (radians), s = sin (radians), w = pixGetWidth (grey), h = pixGetHeight (grey);
  l_int32 width = (l_int32)ceil (w * c + h * fabs (s)), height = (l_int32)ceil (h * c + w * fabs (s));
  if (width > MOST_ROW || height > MOST_ROW)
    return NULL;
  PIX *level = new_like (grey, width, height);
  Sheet sheet = level != NULL ? sheet_of (grey) : (Sheet){ 0 };
  g_autofree uint8_t *row = g_malloc ((size_t)width + sizeof (uint32_t));
  for (l_int32 y = 0; sheet.bytes != NULL && y < height; y++)
    {
      double dx = 0.5 - width / 2.0, dy = y + 0.5 - height / 2.0;
      Walk walk = { .x = llround ((c * dx + s * dy + w / 2 - 0.5 + BORDER) * FINE),
                    .y = llround ((c * dy - s * dx + h / 2 - 0.5 + BORDER) * FINE),
                    .step_x = llround (c * FINE),
                    .step_y = llround (-s * FINE) };
      walk_row (&sheet, walk, row, width);
      store_row (row, (uint32_t *)row_of (level, y), (size_t)pixGetWpl (level));
    }
  if (sheet.bytes == NULL)
    pixDestroy (&level);
  else
    pixCopyResolution (level, grey);
  g_free (sheet.bytes);
  return level;
}

/* --- seen from elsewhere --- */

/* What lies at (@x, @y), between the middles of four pixels. */
static uint8_t
shade_at (const Sheet *sheet, double x, double y)
{
  x += BORDER - 0.5;
  y += BORDER - 0.5;
  if (!(x >= 0 && y >= 0 && x < sheet->width - 1 && y < sheet->height - 1))
    return WHITE;
  int32_t left = (int32_t)x, top = (int32_t)y;
  uint32_t r = (uint32_t)((x - left) * ONE), l = (uint32_t)((y - top) * ONE);
  const uint8_t *upper = sheet->bytes + (size_t)top * (size_t)sheet->width + left, *lower = upper + sheet->width;
  uint32_t above = upper[0] * (ONE - r) + upper[1] * r, below = lower[0] * (ONE - r) + lower[1] * r;
  return (uint8_t)((above * (ONE - l) + below * l + ONE * ONE / 2) / (ONE * ONE));
}

PIX *
extract_grey_project (PIX *grey, const double across[3], const double down[3], const double depth[3], l_int32 width,
                      l_int32 height)
{
  PIX *seen = new_like (grey, width, height);
  Sheet sheet = seen != NULL ? sheet_of (grey) : (Sheet){ 0 };
  for (l_int32 y = 0; sheet.bytes != NULL && y < height; y++)
    {
      uint8_t *to = row_of (seen, y);
      double down_y = y + 0.5, x0 = across[1] * down_y + across[2], y0 = down[1] * down_y + down[2];
      double z0 = depth[1] * down_y + depth[2];
      for (l_int32 x = 0; x < width; x++)
        {
          double right = x + 0.5, z = 1 / (depth[0] * right + z0);
          to[byte_of (x)] = shade_at (&sheet, (across[0] * right + x0) * z, (down[0] * right + y0) * z);
        }
    }
  if (sheet.bytes == NULL)
    pixDestroy (&seen);
  else
    pixCopyResolution (seen, grey);
  g_free (sheet.bytes);
  return seen;
}

/* --- turned by quarters --- */

static PIX *
turn_half (PIX *grey)
{
  l_int32 width = pixGetWidth (grey), height = pixGetHeight (grey);
  PIX *turned = new_like (grey, width, height);
  for (l_int32 y = 0; turned != NULL && y < height; y++)
    {
      const uint8_t *from = row_of (grey, height - 1 - y);
      uint8_t *to = row_of (turned, y);
      for (l_int32 x = 0; x < width; x++)
        to[byte_of (x)] = from[byte_of (width - 1 - x)];
    }
  if (turned != NULL)
    pixCopyResolution (turned, grey);
  return turned;
}

/* Four pixels of each of four rows become four of each of four columns. */
static inline void
cross (const uint32_t from[4], uint32_t to[4])
{
  uint32_t upper = (from[0] & 0xFF00FF00) | (from[1] >> 8 & 0x00FF00FF);
  uint32_t upper_odd = (from[0] << 8 & 0xFF00FF00) | (from[1] & 0x00FF00FF);
  uint32_t lower = (from[2] & 0xFF00FF00) | (from[3] >> 8 & 0x00FF00FF);
  uint32_t lower_odd = (from[2] << 8 & 0xFF00FF00) | (from[3] & 0x00FF00FF);
  to[0] = (upper & 0xFFFF0000) | lower >> 16;
  to[1] = (upper_odd & 0xFFFF0000) | lower_odd >> 16;
  to[2] = upper << 16 | (lower & 0xFFFF);
  to[3] = upper_odd << 16 | (lower_odd & 0xFFFF);
}

/* One column of words: that of the four rows @row, the first of which comes to lie at the left. */
static void
turn_rows (const uint32_t *const row[4], PIX *turned, l_int32 column, bool clockwise)
{
  l_int32 height = pixGetHeight (turned);
  ptrdiff_t words = pixGetWpl (turned);
  uint32_t *to = pixGetData (turned) + column + (clockwise ? 0 : words * (height - 1));
  for (l_int32 y = 0; y < height; y += 4)
    {
      const uint32_t from[4] = { row[0][y / 4], row[1][y / 4], row[2][y / 4], row[3][y / 4] };
      uint32_t crossed[4];
      cross (from, crossed);
      for (l_int32 i = 0; i < MIN (4, height - y); i++, to += clockwise ? words : -words)
        *to = crossed[i];
    }
}

static PIX *
turn_quarter (PIX *grey, bool clockwise)
{
  l_int32 width = pixGetHeight (grey), height = pixGetWidth (grey);
  PIX *turned = new_like (grey, width, height);
  g_autofree uint32_t *none = g_new0 (uint32_t, (gsize)pixGetWpl (grey)); /* behind the end of a row */
  for (l_int32 x = 0; turned != NULL && x < width; x += 4)
    {
      const uint32_t *row[4];
      for (l_int32 i = 0; i < 4; i++)
        row[i] = x + i < width ? (const uint32_t *)row_of (grey, clockwise ? width - 1 - x - i : x + i) : none;
      turn_rows (row, turned, x / 4, clockwise);
    }
  if (turned != NULL)
    pixSetResolution (turned, pixGetYRes (grey), pixGetXRes (grey));
  return turned;
}

PIX *
extract_grey_turn (PIX *grey, int quarters)
{
  switch (quarters)
    {
    case 1:
    case 3:
      return turn_quarter (grey, quarters == 1);
    case 2:
      return turn_half (grey);
    default:
      return pixCopy (NULL, grey);
    }
}
