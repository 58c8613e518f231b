#include "extract/wrap.h"
#include <string.h>
#include <zlib.h>

static void
put (GByteArray *to, unsigned value, unsigned bytes)
{
  for (unsigned i = 0; i < bytes; i++)
    {
      guint8 byte = (guint8)(value >> 8 * (bytes - 1 - i));
      g_byte_array_append (to, &byte, 1);
    }
}

static void
put_bytes (GByteArray *to, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  if (size > 0)
    g_byte_array_append (to, data, (guint)size);
}

/* --- TIFF --- */

enum
{
  SHORT = 3,
  LONG = 4,
  MOST_TAGS = 13,
  DIRECTORY = 8, /* its place in the file */
  EXTRA = DIRECTORY + 2 + 12 * MOST_TAGS + 4,
};

typedef struct
{
  GByteArray *tags;
  GByteArray *extra; /* values of more than four bytes */
  unsigned n;
} Directory;

static void
tag (Directory *directory, unsigned id, unsigned type, unsigned value)
{
  put (directory->tags, id, 2);
  put (directory->tags, type, 2);
  put (directory->tags, 1, 4);
  put (directory->tags, type == SHORT ? value << 16 : value, 4);
  directory->n++;
}

/* @n short values, which stand apart. */
static void
tag_list (Directory *directory, unsigned id, const guint16 *values, unsigned n)
{
  put (directory->tags, id, 2);
  put (directory->tags, SHORT, 2);
  put (directory->tags, n, 4);
  put (directory->tags, EXTRA + directory->extra->len, 4);
  for (unsigned i = 0; i < n; i++)
    put (directory->extra, values[i], 2);
  directory->n++;
}

static void
tag_palette (Directory *directory, const ExtractWrap *wrap)
{
  guint16 values[3 * 256] = { 0 };
  gsize size;
  const guint8 *rgb = g_bytes_get_data (wrap->palette, &size);
  unsigned n = 1u << wrap->bits;
  for (unsigned i = 0; i < n && i * 3 + 2 < size; i++)
    for (unsigned c = 0; c < 3; c++)
      values[c * n + i] = (guint16)(rgb[i * 3 + c] * 257);
  tag_list (directory, 320, values, 3 * n);
}

static unsigned
photometric (const ExtractWrap *wrap, ExtractWrapCoding coding)
{
  if (wrap->palette != NULL)
    return 3;
  if (wrap->channels > 1)
    return wrap->channels == 3 ? 2 : 5;
  return coding == EXTRACT_WRAP_GROUP_3 || coding == EXTRACT_WRAP_GROUP_4 ? 0 : 1;
}

/* In the order of their numbers, as TIFF asks. */
static void
fill (Directory *directory, const ExtractWrap *wrap, ExtractWrapCoding coding, bool two_dimensional, bool differences,
      gsize size)
{
  guint16 bits[4] = { (guint16)wrap->bits, (guint16)wrap->bits, (guint16)wrap->bits, (guint16)wrap->bits };
  tag (directory, 256, LONG, wrap->width_px);
  tag (directory, 257, LONG, wrap->height_px);
  if (wrap->channels == 1)
    tag (directory, 258, SHORT, wrap->bits);
  else
    tag_list (directory, 258, bits, wrap->channels);
  tag (directory, 259, SHORT, coding);
  tag (directory, 262, SHORT, photometric (wrap, coding));
  guint place = directory->tags->len;
  tag (directory, 273, LONG, 0);
  tag (directory, 277, SHORT, wrap->channels);
  tag (directory, 278, LONG, wrap->height_px);
  tag (directory, 279, LONG, (unsigned)size);
  if (coding == EXTRACT_WRAP_GROUP_3)
    tag (directory, 292, LONG, two_dimensional);
  if (differences)
    tag (directory, 317, SHORT, 2);
  if (wrap->palette != NULL)
    tag_palette (directory, wrap);
  guint32 data_at = GUINT32_TO_BE (EXTRA + directory->extra->len);
  memcpy (directory->tags->data + place + 8, &data_at, 4);
}

GBytes *
extract_wrap_tiff (const ExtractWrap *wrap, ExtractWrapCoding coding, bool two_dimensional, bool differences,
                   GBytes *data)
{
  gsize size = g_bytes_get_size (data);
  if (size > G_MAXINT32 || (wrap->palette != NULL && wrap->bits > 8))
    return NULL;
  g_autoptr (GByteArray) file = g_byte_array_sized_new ((guint)size + 4096);
  Directory directory = { .tags = g_byte_array_new (), .extra = g_byte_array_new () };
  fill (&directory, wrap, coding, two_dimensional, differences, size);
  g_byte_array_append (file, (const guint8 *)"MM\0*", 4);
  put (file, DIRECTORY, 4);
  put (file, directory.n, 2);
  g_byte_array_append (file, directory.tags->data, directory.tags->len);
  while (file->len < EXTRA)
    put (file, 0, 1);
  if (directory.extra->len > 0)
    g_byte_array_append (file, directory.extra->data, directory.extra->len);
  put_bytes (file, data);
  g_byte_array_unref (directory.tags);
  g_byte_array_unref (directory.extra);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}

/* --- PNG --- */

static void
chunk (GByteArray *to, const char *type, GBytes *data)
{
  gsize size = g_bytes_get_size (data);
  put (to, (unsigned)size, 4);
  guint from = to->len;
  g_byte_array_append (to, (const guint8 *)type, 4);
  put_bytes (to, data);
  put (to, (unsigned)crc32 (0, to->data + from, to->len - from), 4);
}

static GBytes *
png_header (const ExtractWrap *wrap)
{
  GByteArray *header = g_byte_array_new ();
  put (header, wrap->width_px, 4);
  put (header, wrap->height_px, 4);
  put (header, wrap->bits, 1);
  put (header, wrap->palette != NULL ? 3 : wrap->channels == 3 ? 2 : 0, 1);
  put (header, 0, 3);
  return g_byte_array_free_to_bytes (header);
}

GBytes *
extract_wrap_png (const ExtractWrap *wrap, GBytes *data)
{
  bool none = wrap->channels == 4 || (wrap->channels == 3 && wrap->bits < 8);
  if (none || (wrap->palette != NULL && wrap->bits > 8) || g_bytes_get_size (data) > G_MAXINT32)
    return NULL;
  g_autoptr (GByteArray) file = g_byte_array_sized_new ((guint)g_bytes_get_size (data) + 1024);
  g_autoptr (GBytes) header = png_header (wrap), nothing = g_bytes_new (NULL, 0);
  g_byte_array_append (file, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  chunk (file, "IHDR", header);
  if (wrap->palette != NULL)
    {
      g_autoptr (GBytes) palette
          = g_bytes_new_from_bytes (wrap->palette, 0, MIN (g_bytes_get_size (wrap->palette) / 3, 256) * 3);
      chunk (file, "PLTE", palette);
    }
  chunk (file, "IDAT", data);
  chunk (file, "IEND", nothing);
  return g_byte_array_free_to_bytes (g_steal_pointer (&file));
}
