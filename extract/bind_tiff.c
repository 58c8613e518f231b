#include "extract/bind_tiff.h"
#include <stdint.h>
#include <string.h>
#include <tiffio.h>

/* A file in memory, as libtiff's client functions want it. */
typedef struct
{
  const uint8_t *data;
  gsize size, at;
} Memory;

static tmsize_t
memory_read (thandle_t handle, void *to, tmsize_t wanted)
{
  Memory *memory = handle;
  gsize left = memory->at < memory->size ? memory->size - memory->at : 0;
  gsize n = MIN ((gsize)wanted, left);
  memcpy (to, memory->data + memory->at, n);
  memory->at += n;
  return (tmsize_t)n;
}

static tmsize_t
memory_write (thandle_t handle, void *from, tmsize_t n)
{
  (void)handle, (void)from, (void)n;
  return 0;
}

static toff_t
memory_seek (thandle_t handle, toff_t offset, int whence)
{
  Memory *memory = handle;
  toff_t base = whence == SEEK_CUR ? memory->at : whence == SEEK_END ? memory->size : 0;
  memory->at = base + offset;
  return memory->at;
}

static int
memory_close (thandle_t handle)
{
  (void)handle;
  return 0;
}

static toff_t
memory_size (thandle_t handle)
{
  return ((Memory *)handle)->size;
}

static TIFF *
open_page (Memory *memory, unsigned page_no)
{
  TIFFSetErrorHandler (NULL);
  TIFFSetWarningHandler (NULL);
  TIFF *tiff = TIFFClientOpen ("page", "rm", memory, memory_read, memory_write, memory_seek, memory_close, memory_size,
                               NULL, NULL);
  if (tiff == NULL || TIFFSetDirectory (tiff, (tdir_t)(page_no - 1)) == 1)
    return tiff;
  TIFFClose (tiff);
  return NULL;
}

static unsigned
tag16 (TIFF *tiff, ttag_t tag)
{
  uint16_t value = 0;
  return TIFFGetFieldDefaulted (tiff, tag, &value) == 1 ? value : 0;
}

static bool
is_plain (TIFF *tiff)
{
  uint32_t options = 0;
  TIFFGetField (tiff, TIFFTAG_GROUP4OPTIONS, &options);
  return tag16 (tiff, TIFFTAG_COMPRESSION) == COMPRESSION_CCITTFAX4 && TIFFNumberOfStrips (tiff) == 1
         && !TIFFIsTiled (tiff) && options == 0 && tag16 (tiff, TIFFTAG_FILLORDER) == FILLORDER_MSB2LSB
         && tag16 (tiff, TIFFTAG_BITSPERSAMPLE) == 1 && tag16 (tiff, TIFFTAG_SAMPLESPERPIXEL) == 1
         && tag16 (tiff, TIFFTAG_PHOTOMETRIC) <= PHOTOMETRIC_MINISBLACK;
}

static bool
read_strip (TIFF *tiff, gsize file_size, BindStrip *strip)
{
  uint32_t width = 0, height = 0;
  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  uint64_t size = TIFFRawStripSize64 (tiff, 0);
  if (width == 0 || height == 0 || size == 0 || size > file_size)
    return false;
  g_autofree guint8 *data = g_malloc (size);
  if (TIFFReadRawStrip (tiff, 0, data, (tmsize_t)size) != (tmsize_t)size)
    return false;
  *strip = (BindStrip){ .width_px = width,
                        .height_px = height,
                        .black_is_one = tag16 (tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_MINISBLACK,
                        .data = g_bytes_new_take (g_steal_pointer (&data), size) };
  return true;
}

bool
extract_bind_strip (GBytes *bytes, unsigned page_no, BindStrip *strip)
{
  Memory memory = { .size = 0 };
  memory.data = g_bytes_get_data (bytes, &memory.size);
  if (page_no == 0 || page_no > UINT16_MAX)
    return false;
  TIFF *tiff = open_page (&memory, page_no);
  if (tiff == NULL)
    return false;
  bool taken = is_plain (tiff) && read_strip (tiff, memory.size, strip);
  TIFFClose (tiff);
  return taken;
}
