#include "extract/bind_png.h"
#include <stdint.h>
#include <string.h>

enum
{
  SIGNATURE_BYTES = 8,
  HEADER_BYTES = 13,
  AROUND_BYTES = 12, /* length, type and check sum of a chunk */
};

static uint32_t
get32 (const uint8_t *p)
{
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static bool
read_header (const uint8_t *header, uint32_t length, BindPng *png)
{
  if (length != HEADER_BYTES)
    return false;
  unsigned colour = header[9], interlaced = header[12];
  *png = (BindPng){ .width_px = get32 (header), .height_px = get32 (header + 4), .bits = header[8] };
  png->colours = colour == 2 ? 3 : 1;
  return png->width_px > 0 && png->height_px > 0 && (colour == 0 || colour == 2) && png->bits <= 8 && interlaced == 0;
}

bool
extract_bind_png (GBytes *bytes, BindPng *png)
{
  gsize size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  if (size < SIGNATURE_BYTES || memcmp (data, "\x89PNG\r\n\x1a\n", SIGNATURE_BYTES) != 0)
    return false;
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  bool headed = false, ended = false;
  for (gsize at = SIGNATURE_BYTES; !ended && size - at >= AROUND_BYTES;)
    {
      uint32_t length = get32 (data + at);
      const uint8_t *type = data + at + 4, *body = type + 4;
      if (length > size - at - AROUND_BYTES)
        return false;
      if (memcmp (type, "IHDR", 4) == 0)
        headed = read_header (body, length, png);
      if (!headed || memcmp (type, "tRNS", 4) == 0)
        return false;
      if (memcmp (type, "IDAT", 4) == 0)
        g_byte_array_append (rows, body, length);
      ended = memcmp (type, "IEND", 4) == 0;
      at += AROUND_BYTES + (gsize)length;
    }
  if (!ended || rows->len == 0)
    return false;
  png->data = g_byte_array_free_to_bytes (g_steal_pointer (&rows));
  return true;
}
