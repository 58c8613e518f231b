#include "extract/exif.h"
#include <string.h>

typedef struct
{
  const guint8 *bytes;
  gsize size;
  gboolean big_endian;
} Tiff;

static unsigned
number (const Tiff *tiff, gsize at, unsigned length)
{
  unsigned value = 0;
  if (at > tiff->size || tiff->size - at < length)
    return 0;
  for (unsigned i = 0; i < length; i++)
    value |= (unsigned)tiff->bytes[at + i] << 8 * (tiff->big_endian ? length - 1 - i : i);
  return value;
}

/* The tag stands in the first directory, or nowhere. */
static unsigned
orientation_of (const Tiff *tiff)
{
  gsize directory = number (tiff, 4, 4);
  unsigned entries = number (tiff, directory, 2);
  for (unsigned i = 0; i < entries; i++)
    {
      gsize entry = directory + 2 + 12 * (gsize)i;
      if (number (tiff, entry, 2) == 0x0112)
        {
          unsigned value = number (tiff, entry + 8, 2);
          return value >= 1 && value <= 8 ? value : 1;
        }
    }
  return 1;
}

static unsigned
orientation_of_segment (const guint8 *segment, gsize size)
{
  if (size < 14 || memcmp (segment, "Exif\0\0", 6) != 0)
    return 0;
  Tiff tiff = { .bytes = segment + 6, .size = size - 6, .big_endian = segment[6] == 'M' };
  return orientation_of (&tiff);
}

unsigned
extract_exif_orientation (const guint8 *bytes, gsize size)
{
  gsize at = 2;
  while (at + 4 <= size && bytes[at] == 0xff && bytes[at + 1] != 0xda)
    {
      gsize length = (gsize)bytes[at + 2] << 8 | bytes[at + 3];
      if (length < 2 || length > size - at - 2)
        return 1;
      if (bytes[at + 1] == 0xe1)
        {
          unsigned found = orientation_of_segment (bytes + at + 4, length - 2);
          if (found != 0)
            return found;
        }
      at += 2 + length;
    }
  return 1;
}
