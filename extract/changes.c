#include "extract/changes.h"
#include <stdint.h>

enum
{
  WORD = 32, /* pixels in a word, the first in its highest bit */
};

unsigned
extract_changes (const l_uint32 *row, unsigned width, uint32_t *changes)
{
  uint32_t *to = changes, before = 0; /* the last pixel of the word before */
  for (unsigned x = 0; x < width; x += WORD, row++)
    {
      uint32_t word = width - x < WORD ? *row & ~(UINT32_MAX >> (width - x)) : *row;
      for (uint32_t here = word ^ (word >> 1 | before << (WORD - 1)); here != 0;)
        {
          unsigned at = (unsigned)__builtin_clz (here);
          here &= ~(UINT32_C (1) << (WORD - 1 - at));
          *to++ = x + at;
        }
      before = word & 1;
    }
  if ((to - changes) % 2 != 0) /* the row ends black */
    *to++ = width;
  return (unsigned)(to - changes);
}
