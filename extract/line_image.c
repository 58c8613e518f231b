/* What Tesseract 5 does with each line before it reads it, without the detour.
 *
 * It hands the picture of a line from one of its parts to the next as a PNG, which is packed and unpacked at once and
 * stored nowhere: a thirtieth of the time of a page. It asks Leptonica for that by this name, and finds this function
 * first, since it stands in the program itself; the reader tells formats by their first bytes. Whoever in docket wants
 * a PNG calls pixWriteMemPng; every other format is left to Leptonica. */
#include <dlfcn.h>
#include <leptonica/allheaders.h>

l_ok
pixWriteMem (l_uint8 **bytes, size_t *size, PIX *pix, l_int32 format)
{
  if (format == IFF_PNG)
    return pixWriteMemSpix (bytes, size, pix);
  l_ok (*leptonica) (l_uint8 **, size_t *, PIX *, l_int32);
  *(void **)&leptonica = dlsym (RTLD_NEXT, "pixWriteMem");
  return leptonica != NULL ? leptonica (bytes, size, pix, format) : 1;
}
