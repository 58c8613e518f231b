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
  png->palette = colour == 3 ? header : NULL; /* until it comes */
  bool has_bits
      = png->bits == 1 || png->bits == 2 || png->bits == 4 || png->bits == 8 || (png->bits == 16 && colour != 3);
  return has_bits && png->width_px > 0 && png->height_px > 0 && (colour == 0 || colour == 2 || colour == 3)
         && interlaced == 0;
}

typedef struct
{
  const uint8_t *type, *body;
  uint32_t length;
} Chunk;

static bool
is_a (const Chunk *chunk, const char *type)
{
  return memcmp (chunk->type, type, 4) == 0;
}

/* False for what cannot be taken. */
static bool
take (const Chunk *chunk, BindPng *png, GByteArray *rows)
{
  if (is_a (chunk, "IHDR"))
    return png->bits == 0 && read_header (chunk->body, chunk->length, png);
  if (png->bits == 0 || is_a (chunk, "tRNS"))
    return false;
  if (is_a (chunk, "PLTE") && png->palette != NULL)
    {
      png->palette = chunk->body;
      png->palette_colours = MIN (chunk->length / 3, 1u << png->bits);
    }
  if (is_a (chunk, "IDAT"))
    g_byte_array_append (rows, chunk->body, chunk->length);
  return true;
}

bool
extract_bind_png (GBytes *bytes, BindPng *png)
{
  gsize size;
  const uint8_t *data = g_bytes_get_data (bytes, &size);
  *png = (BindPng){ .bits = 0 };
  if (size < SIGNATURE_BYTES || memcmp (data, "\x89PNG\r\n\x1a\n", SIGNATURE_BYTES) != 0)
    return false;
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  bool ended = false;
  for (gsize at = SIGNATURE_BYTES; !ended && size - at >= AROUND_BYTES;)
    {
      Chunk chunk = { .type = data + at + 4, .body = data + at + 8, .length = get32 (data + at) };
      if (chunk.length > size - at - AROUND_BYTES || !take (&chunk, png, rows))
        return false;
      ended = is_a (&chunk, "IEND");
      at += AROUND_BYTES + (gsize)chunk.length;
    }
  if (!ended || rows->len == 0 || (png->palette != NULL && png->palette_colours == 0))
    return false;
  png->data = g_byte_array_free_to_bytes (g_steal_pointer (&rows));
  return true;
}
