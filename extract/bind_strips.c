#include "extract/bind_strips.h"
#include <string.h>

enum
{
  MOST_PADDING = 16, /* bytes behind the end of a strip */
  BLOCK = 8,         /* samples */
  MOST_INTERVAL = 65535,
};

static const guint8 untransformed[] = { 0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0 };

/* A JPEG file in memory. */
typedef struct
{
  const guint8 *bytes;
  gsize size;
  gsize frame;     /* the payload of its frame header: precision, height, width, components; 0: none seen */
  gsize scan;      /* its first scan header */
  gsize data, end; /* the coded data of a file of one scan */
  bool baseline, restarts;
} Strip;

static unsigned
get16 (const guint8 *at)
{
  return (unsigned)(at[0] << 8 | at[1]);
}

static bool
find_end (Strip *strip)
{
  for (gsize i = 2; i <= MOST_PADDING + 2 && strip->data + i <= strip->size; i++)
    {
      const guint8 *at = strip->bytes + strip->size - i;
      if (at[0] == 0xFF && at[1] == 0xD9)
        {
          strip->end = strip->size - i;
          return true;
        }
    }
  strip->end = strip->size; /* some writers leave the marker out */
  return true;
}

static bool
parse (GBytes *bytes, Strip *strip)
{
  *strip = (Strip){ .baseline = false };
  strip->bytes = g_bytes_get_data (bytes, &strip->size);
  if (strip->size < 4 || get16 (strip->bytes) != 0xFFD8)
    return false;
  for (gsize at = 2; at + 4 <= strip->size && strip->bytes[at] == 0xFF;)
    {
      unsigned marker = strip->bytes[at + 1], length = get16 (strip->bytes + at + 2);
      if (length < 2 || length > strip->size - at - 2)
        return false;
      if (marker >= 0xC0 && marker <= 0xC2 && length >= 8 + 3 * 1u)
        {
          strip->frame = at + 4;
          strip->baseline = marker <= 0xC1;
        }
      strip->restarts |= marker == 0xDD;
      if (marker == 0xDA)
        {
          strip->scan = at;
          strip->data = at + 2 + length;
          return strip->frame > 0 && find_end (strip);
        }
      at += 2 + length;
    }
  return false;
}

/* How many coded units a strip of @rows has; 0 when its end is not the end of a row of them. */
static unsigned
units (const Strip *strip, unsigned rows)
{
  const guint8 *frame = strip->bytes + strip->frame;
  unsigned components = frame[5], across = 1, down = 1;
  if (strip->frame + 6 + 3 * (gsize)components > strip->scan)
    return 0;
  for (unsigned i = 0; i < components && components > 1; i++)
    {
      across = MAX (across, frame[7 + 3 * i] >> 4);
      down = MAX (down, frame[7 + 3 * i] & 15u);
    }
  unsigned width = BLOCK * across, height = BLOCK * down;
  return rows % height == 0 ? (get16 (frame + 3) + width - 1) / width * (rows / height) : 0;
}

/* Whether it is coded as the first was: the same but for its height. */
static bool
continues (const Strip *first, const Strip *strip)
{
  gsize height = first->frame + 1;
  if (strip->frame != first->frame || strip->data != first->data || !strip->baseline || strip->restarts)
    return false;
  if (memcmp (first->bytes, strip->bytes, height) != 0
      || memcmp (first->bytes + height + 2, strip->bytes + height + 2, first->data - height - 2) != 0)
    return false;
  for (gsize i = strip->data; i + 1 < strip->end; i++)
    if (strip->bytes[i] == 0xFF && strip->bytes[i + 1] != 0)
      return false;
  return true;
}

static void
append (GByteArray *to, const guint8 *bytes, gsize size)
{
  g_byte_array_append (to, bytes, (guint)size);
}

/* Everything before the coded data. */
static void
append_head (GByteArray *to, const Strip *first, GBytes *tables, unsigned height, unsigned interval, bool rgb)
{
  gsize size = 0;
  const guint8 *shared = tables != NULL ? g_bytes_get_data (tables, &size) : NULL;
  append (to, first->bytes, 2);
  if (rgb)
    append (to, untransformed, sizeof untransformed);
  if (size > 4 && get16 (shared) == 0xFFD8 && get16 (shared + size - 2) == 0xFFD9)
    append (to, shared + 2, size - 4);
  append (to, first->bytes + 2, first->frame + 1 - 2);
  append (to, (const guint8[]){ (guint8)(height >> 8), (guint8)height }, 2);
  append (to, first->bytes + first->frame + 3, first->scan - first->frame - 3);
  if (interval > 0)
    append (to, (const guint8[]){ 0xFF, 0xDD, 0, 4, (guint8)(interval >> 8), (guint8)interval }, 6);
  append (to, first->bytes + first->scan, first->data - first->scan);
}

static bool
append_rest (GByteArray *to, const Strip *first, GBytes *const *strips, unsigned n)
{
  for (unsigned i = 1; i < n; i++)
    {
      Strip strip;
      if (!parse (strips[i], &strip) || !continues (first, &strip))
        return false;
      append (to, (const guint8[]){ 0xFF, (guint8)(0xD0 + (i - 1) % 8) }, 2);
      append (to, strip.bytes + strip.data, strip.end - strip.data);
    }
  return true;
}

GBytes *
extract_bind_strips_join (GBytes *const *strips, unsigned n, GBytes *tables, unsigned height, unsigned rows, bool rgb)
{
  Strip first;
  if (n == 0 || height > 65535 || !parse (strips[0], &first))
    return NULL;
  unsigned interval = n > 1 ? units (&first, rows) : 0;
  if (n > 1 && (interval == 0 || interval > MOST_INTERVAL || !continues (&first, &first)))
    return NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  append_head (all, &first, tables, height, interval, rgb);
  append (all, first.bytes + first.data, first.end - first.data);
  if (!append_rest (all, &first, strips, n))
    return NULL;
  append (all, (const guint8[]){ 0xFF, 0xD9 }, 2);
  return g_byte_array_free_to_bytes (g_steal_pointer (&all));
}
