/* How Leptonica lays one block of pixels over another, for the ways that most of its work on bilevel pages takes.
 *
 * Opening, closing, thinning and looking for shapes are such layings, hundreds a page: a fourth of what reading costs
 * beside the engine. Leptonica shifts word by word; here the words of a row follow each other so that the compiler
 * takes several at once. It finds this function first, since it stands in the program itself; rare ways, and blocks
 * that lie over themselves, are handed back to its own. */
#include "extract/vectors.h"
#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORD 32

void rasteropLow (l_uint32 *to, l_int32 to_w, l_int32 to_h, l_int32 depth, l_int32 to_wpl, l_int32 x, l_int32 y,
                  l_int32 w, l_int32 h, l_int32 op, l_uint32 *from, l_int32 from_w, l_int32 from_h, l_int32 from_wpl,
                  l_int32 from_x, l_int32 from_y);

/* How the words of a row lie to each other: the same in every row of a block. The first bit is the highest of its word.
 */
typedef struct
{
  ptrdiff_t begin, inner; /* the first word that is written, and how many stand between it and the last */
  uint32_t first, last;   /* bits of the block in these; no word is last where the first holds all */
  ptrdiff_t from;         /* the word of the source with the bit of the highest of begin, -1 where that is before it */
  unsigned shift;
  bool first_low, last_low; /* whether the word behind has bits for them too: nothing else may be read */
} Plan;

typedef void (*Lay) (const Plan *plan, uint32_t *to_row, ptrdiff_t to_words, const uint32_t *from_row,
                     ptrdiff_t from_words, l_int32 rows);

static inline uint32_t
joined (const Plan *plan, const uint32_t *from, bool high, bool low)
{
  return (high ? from[0] << plan->shift : 0) | (low ? from[1] >> (WORD - plan->shift) : 0);
}

/* Lays all rows, which do not meet. */
#define LAY(name, expression)                                                                                          \
  static inline uint32_t name##_word (uint32_t s, uint32_t d)                                                          \
  {                                                                                                                    \
    (void)d;                                                                                                           \
    return expression;                                                                                                 \
  }                                                                                                                    \
  EXTRACT_VECTORS static void name (const Plan *plan, uint32_t *to_row, ptrdiff_t to_words, const uint32_t *from_row,  \
                                    ptrdiff_t from_words, l_int32 rows)                                                \
  {                                                                                                                    \
    unsigned shift = plan->shift;                                                                                      \
    ptrdiff_t n = plan->inner;                                                                                         \
    for (; rows > 0; rows--, to_row += to_words, from_row += from_words)                                               \
      {                                                                                                                \
        uint32_t *to = to_row + plan->begin;                                                                           \
        const uint32_t *from = from_row + plan->from;                                                                  \
        uint32_t s = joined (plan, from++, plan->from >= 0, plan->first_low), d = *to;                                 \
        *to++ = (d & ~plan->first) | (name##_word (s, d) & plan->first);                                               \
        if (plan->last == 0)                                                                                           \
          continue;                                                                                                    \
        _Pragma ("GCC ivdep") for (ptrdiff_t i = 0; shift == 0 && i < n; i++) to[i] = name##_word (from[i], to[i]);    \
        _Pragma ("GCC ivdep") for (ptrdiff_t i = 0; shift != 0 && i < n; i++) to[i]                                    \
            = name##_word (from[i] << shift | from[i + 1] >> (WORD - shift), to[i]);                                   \
        s = joined (plan, from + n, true, plan->last_low);                                                             \
        to[n] = (to[n] & ~plan->last) | (name##_word (s, to[n]) & plan->last);                                         \
      }                                                                                                                \
  }
LAY (lay_source, s)
LAY (lay_paint, s | d)
LAY (lay_mask, s &d)
LAY (lay_subtract, ~s &d)
LAY (lay_xor, s ^ d)

static Lay
lay_of (l_int32 op)
{
  switch (op)
    {
    case PIX_SRC:
      return lay_source;
    case PIX_PAINT:
      return lay_paint;
    case PIX_MASK:
      return lay_mask;
    case PIX_SUBTRACT:
      return lay_subtract;
    case PIX_XOR:
      return lay_xor;
    default:
      return NULL;
    }
}

/* For @n bits, one at least, from bit @from_bit of a row to bit @to_bit of another. */
static Plan
plan_of (ptrdiff_t to_bit, ptrdiff_t from_bit, ptrdiff_t n)
{
  ptrdiff_t begin = to_bit / WORD, end = (to_bit + n - 1) / WORD, source_end = (from_bit + n - 1) / WORD;
  ptrdiff_t bit = from_bit - to_bit % WORD; /* of the source, that comes to the highest of the first word */
  ptrdiff_t from = bit >= 0 ? bit / WORD : -1;
  uint32_t first = UINT32_MAX >> to_bit % WORD, last = UINT32_MAX << (WORD - 1 - (to_bit + n - 1) % WORD);
  unsigned shift = (unsigned)(bit - from * WORD);
  return (Plan){ .begin = begin,
                 .inner = end > begin ? end - begin - 1 : 0,
                 .first = end > begin ? first : first & last,
                 .last = end > begin ? last : 0,
                 .from = from,
                 .shift = shift,
                 .first_low = shift > 0 && from<source_end, .last_low = shift> 0 && from + end - begin < source_end };
}

/* Cuts what lies outside of either picture. */
static void
cut (l_int32 *at, l_int32 *other, l_int32 *n, l_int32 size, l_int32 other_size)
{
  l_int32 before = L_MAX (0, L_MAX (-*at, -*other));
  *at += before;
  *other += before;
  *n = L_MIN (*n - before, L_MIN (size - *at, other_size - *other));
}

static bool
lie_apart (const l_uint32 *to, l_int32 to_words, const l_uint32 *from, l_int32 from_words)
{
  uintptr_t a = (uintptr_t)to, b = (uintptr_t)from;
  return a + (uintptr_t)to_words * sizeof *to <= b || b + (uintptr_t)from_words * sizeof *from <= a;
}

void
rasteropLow (l_uint32 *to, l_int32 to_w, l_int32 to_h, l_int32 depth, l_int32 to_wpl, l_int32 x, l_int32 y, l_int32 w,
             l_int32 h, l_int32 op, l_uint32 *from, l_int32 from_w, l_int32 from_h, l_int32 from_wpl, l_int32 from_x,
             l_int32 from_y)
{
  Lay lay = lay_of (op);
  if (lay == NULL || !lie_apart (to, to_wpl * to_h, from, from_wpl * from_h))
    {
      __typeof__ (&rasteropLow) leptonica;
      *(void **)&leptonica = dlsym (RTLD_NEXT, "rasteropLow");
      leptonica (to, to_w, to_h, depth, to_wpl, x, y, w, h, op, from, from_w, from_h, from_wpl, from_x, from_y);
      return;
    }
  cut (&x, &from_x, &w, to_w, from_w);
  cut (&y, &from_y, &h, to_h, from_h);
  if (w <= 0)
    return;
  const Plan plan = plan_of ((ptrdiff_t)x * depth, (ptrdiff_t)from_x * depth, (ptrdiff_t)w * depth);
  lay (&plan, to + (ptrdiff_t)y * to_wpl, to_wpl, from + (ptrdiff_t)from_y * from_wpl, from_wpl, h);
}
