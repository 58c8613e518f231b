#include "extract/tiff.h"
#include <string.h>
#include <tiffio.h>

typedef struct
{
  const uint8_t *bytes;
  toff_t size, at;
} Source;

static tsize_t
source_read (thandle_t handle, tdata_t to, tsize_t size)
{
  Source *source = handle;
  toff_t rest = source->at < source->size ? source->size - source->at : 0;
  tsize_t n = (tsize_t)MIN ((toff_t)size, rest);
  memcpy (to, source->bytes + source->at, (size_t)n);
  source->at += (toff_t)n;
  return n;
}

static tsize_t
source_write (thandle_t handle G_GNUC_UNUSED, tdata_t from G_GNUC_UNUSED, tsize_t size G_GNUC_UNUSED)
{
  return -1;
}

static toff_t
source_seek (thandle_t handle, toff_t to, int whence)
{
  Source *source = handle;
  source->at = whence == SEEK_SET ? to : whence == SEEK_CUR ? source->at + to : source->size + to;
  return source->at;
}

static int
source_close (thandle_t handle G_GNUC_UNUSED)
{
  return 0;
}

static toff_t
source_size (thandle_t handle)
{
  return ((Source *)handle)->size;
}

/* Not mapped: libtiff reads strips through source_read, which bounds them. NULL when @page_no is not there. */
static TIFF *
open_at (Source *source, GBytes *file, unsigned page_no)
{
  size_t size;
  source->bytes = g_bytes_get_data (file, &size);
  source->size = size;
  source->at = 0;
  TIFFSetErrorHandler (NULL);
  TIFFSetWarningHandler (NULL);
  TIFF *tiff = TIFFClientOpen ("memory", "rm", source, source_read, source_write, source_seek, source_close,
                               source_size, NULL, NULL);
  for (unsigned no = 1; tiff != NULL && no < page_no; no++)
    if (!TIFFReadDirectory (tiff))
      {
        TIFFClose (tiff);
        return NULL;
      }
  return tiff;
}

unsigned
extract_tiff_pages (GBytes *file, unsigned most)
{
  Source source;
  TIFF *tiff = open_at (&source, file, 1);
  unsigned pages = tiff != NULL;
  bool whole = tiff != NULL;
  for (; whole && pages < most && !TIFFLastDirectory (tiff); pages++)
    whole = TIFFReadDirectory (tiff) == 1; /* a page that the cut took away counts: it is missing, not unheard of */
  if (tiff != NULL)
    TIFFClose (tiff);
  return pages;
}

static unsigned
resolution (TIFF *tiff, uint32_t tag, unsigned unit)
{
  float value = 0;
  if (!TIFFGetField (tiff, tag, &value) || !(value > 0) || value > 100000)
    return 0;
  return (unsigned)(value * (unit == RESUNIT_CENTIMETER ? 2.54f : 1) + 0.5f);
}

bool
extract_tiff_facts (GBytes *file, unsigned page_no, ExtractPictureFacts *facts)
{
  Source source;
  TIFF *tiff = open_at (&source, file, page_no);
  if (tiff == NULL)
    return false;
  uint32_t width = 0, height = 0;
  uint16_t bits = 1, samples = 1, orientation = 1, unit = RESUNIT_INCH, format = SAMPLEFORMAT_UINT;
  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_ORIENTATION, &orientation);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLEFORMAT, &format);
  *facts = (ExtractPictureFacts){ .width_px = width,
                                  .height_px = height,
                                  .bits = (unsigned)bits * samples,
                                  .x_dpi = resolution (tiff, TIFFTAG_XRESOLUTION, unit),
                                  .y_dpi = resolution (tiff, TIFFTAG_YRESOLUTION, unit),
                                  .unsupported = format != SAMPLEFORMAT_UINT && format != SAMPLEFORMAT_VOID,
                                  .orientation = orientation >= 1 && orientation <= 8 ? orientation : 1 };
  TIFFClose (tiff);
  return width > 0 && height > 0 && width <= INT32_MAX && height <= INT32_MAX;
}

/* --- pixels --- */

/* Rows of one bit, or of one sample of eight bits. A row that cannot be read stays white: a cut fax is read as far as
 * it goes. */
static PIX *
load_rows (TIFF *tiff, const ExtractPictureFacts *facts)
{
  uint16_t photometric = PHOTOMETRIC_MINISWHITE;
  TIFFGetFieldDefaulted (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  g_autoptr (PIX) pix = pixCreateNoInit ((l_int32)facts->width_px, (l_int32)facts->height_px, (l_int32)facts->bits);
  tmsize_t row_bytes = TIFFScanlineSize (tiff);
  tmsize_t wanted = ((tmsize_t)facts->width_px * facts->bits + 7) / 8;
  if (pix == NULL || row_bytes < wanted)
    return NULL;
  g_autofree uint8_t *row = g_try_malloc0 ((size_t)row_bytes);
  if (row == NULL)
    return NULL;
  bool white_is_zero = photometric == PHOTOMETRIC_MINISWHITE;
  /* Leptonica: black is 1 in a bilevel picture, 0 in a grey one. */
  bool invert = white_is_zero != (facts->bits == 1);
  uint8_t *data = (uint8_t *)pixGetData (pix);
  size_t stride = (size_t)pixGetWpl (pix) * 4;
  uint8_t paper = facts->bits == 1 ? 0 : 255;
  memset (data, paper, stride * facts->height_px);
  unsigned read = 0;
  for (uint32_t y = 0; y < facts->height_px && TIFFReadScanline (tiff, row, y, 0) >= 0; y++, read++)
    for (tmsize_t i = 0; i < wanted; i++)
      data[stride * y + (size_t)i] = invert ? (uint8_t)~row[i] : row[i];
  pixEndianByteSwap (pix);
  if (facts->bits == 1)
    pixSetPadBits (pix, 0);
  return read > 0 ? g_steal_pointer (&pix) : NULL;
}

/* Everything else by libtiff's own converter, in the stored orientation (it flips for the caller unless the asked
 * orientation is the file's). */
static PIX *
load_colour (TIFF *tiff, const ExtractPictureFacts *facts)
{
  g_autoptr (PIX) pix = pixCreate ((l_int32)facts->width_px, (l_int32)facts->height_px, 32);
  if (pix == NULL)
    return NULL;
  TIFFSetField (tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  uint32_t *data = pixGetData (pix);
  if (!TIFFReadRGBAImageOriented (tiff, facts->width_px, facts->height_px, data, ORIENTATION_TOPLEFT, 0))
    return NULL;
  size_t n = (size_t)facts->width_px * facts->height_px;
  for (size_t i = 0; i < n; i++)
    {
      /* libtiff multiplied the colours by the opacity; the rest is paper. */
      uint32_t rgba = data[i], paper = 255 - TIFFGetA (rgba);
      data[i] = MIN (TIFFGetR (rgba) + paper, 255) << 24 | MIN (TIFFGetG (rgba) + paper, 255) << 16
                | MIN (TIFFGetB (rgba) + paper, 255) << 8;
    }
  return g_steal_pointer (&pix);
}

PIX *
extract_tiff_load (GBytes *file, unsigned page_no, const ExtractPictureFacts *facts)
{
  Source source;
  TIFF *tiff = open_at (&source, file, page_no);
  if (tiff == NULL)
    return NULL;
  uint16_t photometric = PHOTOMETRIC_MINISWHITE, samples = 1;
  TIFFGetFieldDefaulted (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  bool plain = photometric == PHOTOMETRIC_MINISWHITE || photometric == PHOTOMETRIC_MINISBLACK;
  PIX *pix = NULL;
  if (plain && samples == 1 && (facts->bits == 1 || facts->bits == 8) && !TIFFIsTiled (tiff))
    pix = load_rows (tiff, facts);
  if (pix == NULL)
    pix = load_colour (tiff, facts);
  TIFFClose (tiff);
  return pix;
}
