#include "extract/bind_jp2.h"
#include <stdint.h>
#include <string.h>

enum
{
  SIGNATURE_BYTES = 12,
  BOX_BYTES = 8, /* length and type */
  HEADER_BYTES = 14,
  ENUMERATED = 1, /* a colour space by its number: */
  SRGB = 16,
  GREY = 17,
};

/* A part of the file, or of a box. */
typedef struct
{
  const uint8_t *at;
  gsize size;
} Part;

static uint32_t
get32 (const uint8_t *p)
{
  return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Takes the next box from @rest. */
static bool
next_box (Part *rest, const uint8_t **type, Part *body)
{
  if (rest->size < BOX_BYTES)
    return false;
  gsize length = get32 (rest->at);
  if (length == 0) /* up to the end */
    length = rest->size;
  if (length < BOX_BYTES || length > rest->size)
    return false;
  *type = rest->at + 4;
  *body = (Part){ rest->at + BOX_BYTES, length - BOX_BYTES };
  rest->at += length;
  rest->size -= length;
  return true;
}

static bool
is_a (const uint8_t *type, const char *name)
{
  return memcmp (type, name, 4) == 0;
}

static bool
read_size (const Part *body, BindJp2 *jp2)
{
  if (body->size != HEADER_BYTES || jp2->bits != 0)
    return false;
  *jp2 = (BindJp2){ .width_px = get32 (body->at + 4), .height_px = get32 (body->at), .bits = body->at[10] + 1u };
  jp2->components = (unsigned)(body->at[8] << 8 | body->at[9]);
  return jp2->width_px > 0 && jp2->height_px > 0 && (jp2->bits == 8 || jp2->bits == 16)
         && (jp2->components == 1 || jp2->components == 3);
}

static bool
read_header (Part rest, BindJp2 *jp2)
{
  const uint8_t *type;
  Part body;
  uint32_t colours = 0;
  while (next_box (&rest, &type, &body))
    {
      if (is_a (type, "ihdr") && !read_size (&body, jp2))
        return false;
      if (is_a (type, "pclr") || is_a (type, "cmap") || is_a (type, "cdef") || is_a (type, "bpcc"))
        return false;
      if (!is_a (type, "colr"))
        continue;
      if (colours != 0 || body.size != 7 || body.at[0] != ENUMERATED)
        return false;
      colours = get32 (body.at + 3);
    }
  return jp2->bits != 0 && colours == (jp2->components == 1 ? GREY : SRGB);
}

bool
extract_bind_jp2 (GBytes *bytes, BindJp2 *jp2)
{
  Part rest, body;
  const uint8_t *type;
  bool headed = false, coded = false;
  rest.at = g_bytes_get_data (bytes, &rest.size);
  *jp2 = (BindJp2){ .bits = 0 };
  if (rest.size < SIGNATURE_BYTES || memcmp (rest.at, "\0\0\0\x0CjP  \r\n\x87\n", SIGNATURE_BYTES) != 0)
    return false;
  while (!coded && next_box (&rest, &type, &body))
    {
      if (is_a (type, "jp2h") && (headed || !read_header (body, jp2)))
        return false;
      headed |= is_a (type, "jp2h");
      coded = is_a (type, "jp2c");
    }
  return headed && coded;
}
