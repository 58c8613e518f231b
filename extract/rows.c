/* How Leptonica copies a picture and counts the ink of a row, with the same results in less time.
 *
 * It clears the memory of a copy before it is written, and looks each byte of a row up in a table. It finds these
 * functions first, since they stand in the program itself; what is rarely asked of them is handed back to its own. */
#include "extract/vectors.h"
#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <stdint.h>
#include <string.h>

#define WORD 32 /* pixels of two levels in a word, the first in its highest bit */

PIX *
pixCopy (PIX *to, const PIX *from)
{
  if (to != NULL || from == NULL)
    {
      __typeof__ (&pixCopy) leptonica;
      *(void **)&leptonica = dlsym (RTLD_NEXT, "pixCopy");
      return leptonica (to, from);
    }
  PIX *source = (PIX *)(uintptr_t)from; /* only looked at */
  PIX *copy = pixCreateTemplateNoInit (source);
  if (copy != NULL)
    memcpy (pixGetData (copy), pixGetData (source), 4 * (size_t)pixGetWpl (source) * (size_t)pixGetHeight (source));
  return copy;
}

EXTRACT_VECTORS static int
ink_of (const l_uint32 *words, unsigned n)
{
  int ink = 0;
  for (unsigned i = 0; i < n; i++)
    ink += __builtin_popcount (words[i]);
  return ink;
}

l_ok
pixCountPixelsInRow (PIX *pix, l_int32 row, l_int32 *count, l_int32 *table)
{
  if (pix == NULL || count == NULL || pixGetDepth (pix) != 1 || row < 0 || row >= pixGetHeight (pix))
    {
      __typeof__ (&pixCountPixelsInRow) leptonica;
      *(void **)&leptonica = dlsym (RTLD_NEXT, "pixCountPixelsInRow");
      return leptonica (pix, row, count, table);
    }
  const l_uint32 *words = pixGetData (pix) + (size_t)row * (size_t)pixGetWpl (pix);
  unsigned width = (unsigned)pixGetWidth (pix), whole = width / WORD, rest = width % WORD;
  int last = rest > 0 ? __builtin_popcount (words[whole] & ~(UINT32_MAX >> rest)) : 0;
  *count = ink_of (words, whole) + last;
  return 0;
}
