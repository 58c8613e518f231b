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

/* @exif begins with its byte order. 0 when it is none. */
static unsigned
orientation_of_exif (const guint8 *exif, gsize size)
{
  if (size < 8 || (memcmp (exif, "MM", 2) != 0 && memcmp (exif, "II", 2) != 0))
    return 0;
  Tiff tiff = { .bytes = exif, .size = size, .big_endian = exif[0] == 'M' };
  return orientation_of (&tiff);
}

/* The payload of the first segment of the JPEG with that @marker that begins with @mark. NULL when there is none. */
static const guint8 *
segment_of (const guint8 *bytes, gsize size, guint8 marker, const char *mark, gsize mark_length, gsize *length)
{
  gsize at = 2;
  while (at + 4 <= size && bytes[at] == 0xff && bytes[at + 1] != 0xda)
    {
      gsize whole = (gsize)bytes[at + 2] << 8 | bytes[at + 3];
      if (whole < 2 || whole > size - at - 2)
        return NULL;
      *length = whole - 2;
      if (bytes[at + 1] == marker && *length >= mark_length && memcmp (bytes + at + 4, mark, mark_length) == 0)
        return bytes + at + 4;
      at += 2 + whole;
    }
  return NULL;
}

static unsigned
orientation_of_jpeg (const guint8 *bytes, gsize size)
{
  gsize length;
  const guint8 *segment = segment_of (bytes, size, 0xe1, "Exif\0\0", 6, &length);
  return segment != NULL ? orientation_of_exif (segment + 6, length - 6) : 0;
}

/* Chunks of a PNG are counted from their length, those of WebP from their name. */
static unsigned
orientation_of_chunks (const guint8 *bytes, gsize size, gboolean png)
{
  Tiff file = { .bytes = bytes, .size = size, .big_endian = png };
  gsize at = png ? 8 : 12;
  while (at + 8 <= size)
    {
      gsize length = number (&file, png ? at : at + 4, 4);
      const guint8 *name = bytes + (png ? at + 4 : at);
      if (length > size - at - 8)
        return 0;
      if (memcmp (name, png ? "eXIf" : "EXIF", 4) == 0)
        {
          gboolean marked = length >= 6 && memcmp (bytes + at + 8, "Exif\0\0", 6) == 0;
          gsize before = marked ? 6 : 0;
          return orientation_of_exif (bytes + at + 8 + before, length - before);
        }
      at += 8 + length + (png ? 4 : length % 2);
    }
  return 0;
}

unsigned
extract_exif_orientation (const guint8 *bytes, gsize size)
{
  unsigned found = 0;
  if (size > 4 && bytes[0] == 0xff && bytes[1] == 0xd8)
    found = orientation_of_jpeg (bytes, size);
  else if (size > 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    found = orientation_of_chunks (bytes, size, TRUE);
  else if (size > 12 && memcmp (bytes, "RIFF", 4) == 0 && memcmp (bytes + 8, "WEBP", 4) == 0)
    found = orientation_of_chunks (bytes, size, FALSE);
  return found > 0 ? found : 1;
}

gboolean
extract_exif_is_adobe (const guint8 *bytes, gsize size)
{
  gsize length;
  return segment_of (bytes, size, 0xee, "Adobe", 5, &length) != NULL;
}
