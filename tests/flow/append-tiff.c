/* append-tiff FILE FROM PAGE - appends page PAGE (from 0) of the TIFF FROM to FILE as scanners do: opens it, writes the
 * page, links it to the one before, closes it. The strips are copied as they are. */
#include <stdio.h>
#include <stdlib.h>
#include <tiffio.h>

static void
copy_tags (TIFF *from, TIFF *to)
{
  static const uint32_t longs[]
      = { TIFFTAG_IMAGEWIDTH, TIFFTAG_IMAGELENGTH, TIFFTAG_ROWSPERSTRIP, TIFFTAG_GROUP3OPTIONS };
  static const uint32_t shorts[] = { TIFFTAG_COMPRESSION, TIFFTAG_BITSPERSAMPLE, TIFFTAG_SAMPLESPERPIXEL,
                                     TIFFTAG_PHOTOMETRIC, TIFFTAG_FILLORDER,     TIFFTAG_PLANARCONFIG,
                                     TIFFTAG_PREDICTOR,   TIFFTAG_ORIENTATION,   TIFFTAG_RESOLUTIONUNIT };
  uint16_t number;
  uint32_t wide;
  float resolution;
  for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++)
    if (TIFFGetField (from, shorts[i], &number))
      TIFFSetField (to, shorts[i], number);
  for (size_t i = 0; i < sizeof longs / sizeof *longs; i++)
    if (TIFFGetField (from, longs[i], &wide))
      TIFFSetField (to, longs[i], wide);
  if (TIFFGetField (from, TIFFTAG_XRESOLUTION, &resolution))
    TIFFSetField (to, TIFFTAG_XRESOLUTION, resolution);
  if (TIFFGetField (from, TIFFTAG_YRESOLUTION, &resolution))
    TIFFSetField (to, TIFFTAG_YRESOLUTION, resolution);
}

static int
copy_strips (TIFF *from, TIFF *to)
{
  for (uint32_t strip = 0; strip < TIFFNumberOfStrips (from); strip++)
    {
      tmsize_t size = (tmsize_t)TIFFRawStripSize64 (from, strip);
      void *bytes = malloc ((size_t)size);
      int done = bytes != NULL && TIFFReadRawStrip (from, strip, bytes, size) == size
                 && TIFFWriteRawStrip (to, strip, bytes, size) == size;
      free (bytes);
      if (!done)
        return 0;
    }
  return 1;
}

int
main (int argc, char **argv)
{
  TIFFSetWarningHandler (NULL);
  TIFF *from = argc == 4 ? TIFFOpen (argv[2], "r") : NULL;
  TIFF *to = from != NULL && TIFFSetDirectory (from, (tdir_t)atoi (argv[3])) ? TIFFOpen (argv[1], "a") : NULL;
  if (to == NULL)
    return 1;
  copy_tags (from, to);
  int done = copy_strips (from, to) && TIFFWriteDirectory (to);
  TIFFClose (to);
  TIFFClose (from);
  return !done;
}
