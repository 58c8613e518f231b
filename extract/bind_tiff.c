#include "extract/bind_tiff.h"
#include "extract/bind_strips.h"
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
  if (page_no == 0 || page_no > UINT16_MAX)
    return NULL;
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
         && !TIFFIsTiled (tiff) && options == 0 && tag16 (tiff, TIFFTAG_BITSPERSAMPLE) == 1
         && tag16 (tiff, TIFFTAG_SAMPLESPERPIXEL) == 1 && tag16 (tiff, TIFFTAG_PHOTOMETRIC) <= PHOTOMETRIC_MINISBLACK;
}

/* A strip as it lies in the file. Owned by the caller. */
static GBytes *
raw_strip (TIFF *tiff, uint32_t no, gsize file_size, bool reversed)
{
  uint64_t size = TIFFRawStripSize64 (tiff, no);
  if (size == 0 || size > file_size)
    return NULL;
  g_autofree guint8 *data = g_malloc (size);
  if (TIFFReadRawStrip (tiff, no, data, (tmsize_t)size) != (tmsize_t)size)
    return NULL;
  if (reversed)
    TIFFReverseBits (data, (tmsize_t)size);
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static bool
read_strip (TIFF *tiff, gsize file_size, BindStrip *strip)
{
  uint32_t width = 0, height = 0;
  TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  bool reversed = tag16 (tiff, TIFFTAG_FILLORDER) == FILLORDER_LSB2MSB;
  GBytes *data = width > 0 && height > 0 ? raw_strip (tiff, 0, file_size, reversed) : NULL;
  *strip = (BindStrip){ .width_px = width,
                        .height_px = height,
                        .black_is_one = tag16 (tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_MINISBLACK,
                        .data = data };
  return data != NULL;
}

/* --- JPEG --- */

static bool
is_jpeg (TIFF *tiff)
{
  unsigned samples = tag16 (tiff, TIFFTAG_SAMPLESPERPIXEL), colours = tag16 (tiff, TIFFTAG_PHOTOMETRIC);
  bool grey = samples == 1 && colours == PHOTOMETRIC_MINISBLACK;
  bool colour = samples == 3 && (colours == PHOTOMETRIC_RGB || colours == PHOTOMETRIC_YCBCR);
  return tag16 (tiff, TIFFTAG_COMPRESSION) == COMPRESSION_JPEG && !TIFFIsTiled (tiff)
         && tag16 (tiff, TIFFTAG_BITSPERSAMPLE) == 8 && (grey || colour)
         && tag16 (tiff, TIFFTAG_PLANARCONFIG) == PLANARCONFIG_CONTIG;
}

static GBytes *
shared_tables (TIFF *tiff)
{
  uint32_t size = 0;
  void *tables = NULL;
  bool has = TIFFGetField (tiff, TIFFTAG_JPEGTABLES, &size, &tables) == 1 && tables != NULL && size > 0;
  return has ? g_bytes_new (tables, size) : NULL;
}

static void
release (gpointer bytes)
{
  g_clear_pointer ((GBytes **)bytes, g_bytes_unref);
}

static GBytes *
join_jpeg (TIFF *tiff, gsize file_size)
{
  uint32_t height = 0, rows = 0, n = TIFFNumberOfStrips (tiff);
  g_autoptr (GArray) strips = g_array_new (FALSE, FALSE, sizeof (GBytes *));
  g_array_set_clear_func (strips, release);
  TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_ROWSPERSTRIP, &rows);
  gsize left = file_size;
  for (uint32_t i = 0; i < n; i++)
    {
      GBytes *strip = raw_strip (tiff, i, left, false);
      if (strip == NULL)
        return NULL;
      g_array_append_val (strips, strip);
      left -= g_bytes_get_size (strip);
    }
  g_autoptr (GBytes) tables = shared_tables (tiff);
  bool rgb = tag16 (tiff, TIFFTAG_PHOTOMETRIC) == PHOTOMETRIC_RGB;
  return extract_bind_strips_join ((GBytes *const *)strips->data, n, tables, height, rows, rgb);
}

/* --- pages --- */

bool
extract_bind_strip (GBytes *bytes, unsigned page_no, BindStrip *strip)
{
  Memory memory = { .size = 0 };
  memory.data = g_bytes_get_data (bytes, &memory.size);
  TIFF *tiff = open_page (&memory, page_no);
  if (tiff == NULL)
    return false;
  bool taken = is_plain (tiff) && read_strip (tiff, memory.size, strip);
  TIFFClose (tiff);
  return taken;
}

GBytes *
extract_bind_tiff_jpeg (GBytes *bytes, unsigned page_no)
{
  Memory memory = { .size = 0 };
  memory.data = g_bytes_get_data (bytes, &memory.size);
  TIFF *tiff = open_page (&memory, page_no);
  if (tiff == NULL)
    return NULL;
  GBytes *jpeg = is_jpeg (tiff) ? join_jpeg (tiff, memory.size) : NULL;
  TIFFClose (tiff);
  return jpeg;
}
