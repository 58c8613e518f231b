#include "samples/write.h"
#include <glib.h>
#include <stdio.h>

static bool
write_rows (TIFF *tiff, PIX *rows)
{
  bool written = true;
  for (int y = 0; y < pixGetHeight (rows) && written; y++)
    written = TIFFWriteScanline (tiff, pixGetData (rows) + (size_t)y * pixGetWpl (rows), (uint32_t)y, 0) == 1;
  return written;
}

static void
describe (TIFF *tiff, const PIX *pix, const SamplesTiff *how)
{
  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, pixGetWidth (pix));
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, pixGetHeight (pix));
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, how->black_is_zero ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_MINISWHITE);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, how->compression);
  TIFFSetField (tiff, TIFFTAG_XRESOLUTION, (double)pixGetXRes (pix));
  TIFFSetField (tiff, TIFFTAG_YRESOLUTION, (double)pixGetYRes (pix));
  TIFFSetField (tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
  if (how->compression == COMPRESSION_CCITTFAX3)
    TIFFSetField (tiff, TIFFTAG_GROUP3OPTIONS, how->options);
  if (how->low_bit_first)
    TIFFSetField (tiff, TIFFTAG_FILLORDER, FILLORDER_LSB2MSB);
  TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP,
                how->rows != SAMPLES_DEFAULT_ROWS ? how->rows : TIFFDefaultStripSize (tiff, 0));
}

bool
samples_write_tiff (PIX *pix, const SamplesTiff *how, const char *path, const char *mode)
{
  TIFF *tiff = TIFFOpen (path, mode);
  if (tiff == NULL)
    return false;
  describe (tiff, pix, how);
  PIX *levels = how->black_is_zero ? pixInvert (NULL, pix) : pixClone (pix);
  PIX *rows = pixEndianByteSwapNew (levels);
  bool written = write_rows (tiff, rows) && TIFFWriteDirectory (tiff) == 1;
  pixDestroy (&rows);
  pixDestroy (&levels);
  TIFFClose (tiff);
  return written;
}

bool
samples_write_turned_photo (PIX *pix, int quality, const char *path)
{
  static const guint8 exif[] = { 0xFF, 0xD8, 0xFF, 0xE1, 0,    34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0,
                                 8,    0,    1,    0x01, 0x12, 0,  3,   0,   0,   0,   1, 0, 6,   0,   0, 0,  0, 0, 0 };
  l_uint8 *jpeg = NULL;
  size_t size = 0;
  if (pixWriteMemJpeg (&jpeg, &size, pix, quality, 0) != 0)
    return false;
  FILE *file = fopen (path, "wb");
  bool written = file != NULL && fwrite (exif, sizeof exif, 1, file) == 1 && fwrite (jpeg + 2, size - 2, 1, file) == 1;
  lept_free (jpeg);
  return file != NULL && fclose (file) == 0 && written;
}
