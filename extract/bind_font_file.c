/* A TrueType file of two glyphs, .notdef and an empty one, which every code and every character that a simple font may
 * show leads to. */
#include "extract/bind_font.h"

enum
{
  UNITS = 1000, /* per em */
  ASCENT = (int)(UNITS * EXTRACT_BIND_FONT_ASCENT),
  GLYPHS = 2,
};

static void
put16 (GByteArray *to, unsigned value)
{
  g_byte_array_append (to, (const guint8[]){ (guint8)(value >> 8), (guint8)value }, 2);
}

static void
put32 (GByteArray *to, guint32 value)
{
  put16 (to, value >> 16);
  put16 (to, value & 0xFFFF);
}

static void
put_all (GByteArray *to, const guint16 *values, gsize n)
{
  for (gsize i = 0; i < n; i++)
    put16 (to, values[i]);
}

/* Tables in words of 16 bits, as they stand in the file. */
static const guint16 head[]
    = { 1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, UNITS, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0 };
static const guint16 hhea[] = { 1, 0, ASCENT, 0, 0, UNITS / 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, GLYPHS };
static const guint16 maxp[] = { 1, 0, GLYPHS, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
static const guint16 hmtx[] = { UNITS / 2, 0, UNITS / 2, 0 };
static const guint16 loca[] = { 0, 0, 0 };
static const guint16 glyf[] = { 0 };
/* Two encodings, (3,0) for codes and (3,1) for characters, share one subtable of format 4: three ranges, of SPAN each,
 * and the end. The glyphs behind it, 1 for every one, serve all three. */
#define SPAN 0x2E0
/* clang-format off */
static const guint16 cmap[] = {
  0, 2, /* encodings */
  3, 0, 0, 20,
  3, 1, 0, 20,
  4, 2 * (24 + SPAN), 0, 8, 8, 2, 0,
  0x1F + SPAN, 0x1FFF + SPAN, 0xEFFF + SPAN, 0xFFFF, 0, /* last characters */
  0x20, 0x2000, 0xF000, 0xFFFF,                         /* first ones */
  0, 0, 0, 1, /* differences, added to the glyph, and bytes from here to the glyphs */
  8, 6, 4, 0,
};
/* clang-format on */
static const struct
{
  char tag[5];
  const guint16 *words;
  gsize n;
  gsize ones; /* words behind those, each a 1 */
} tables[] = {
  { "cmap", cmap, G_N_ELEMENTS (cmap), SPAN }, { "glyf", glyf, G_N_ELEMENTS (glyf), 0 },
  { "head", head, G_N_ELEMENTS (head), 0 },    { "hhea", hhea, G_N_ELEMENTS (hhea), 0 },
  { "hmtx", hmtx, G_N_ELEMENTS (hmtx), 0 },    { "loca", loca, G_N_ELEMENTS (loca), 0 },
  { "maxp", maxp, G_N_ELEMENTS (maxp), 0 },
};
enum
{
  DIRECTORY_BYTES = 12 + 16 * G_N_ELEMENTS (tables),
  HEAD_ADJUSTMENT = 8, /* offset of checkSumAdjustment in head */
};

static void
pad (GByteArray *to)
{
  while (to->len % 4 != 0)
    g_byte_array_append (to, (const guint8[]){ 0 }, 1);
}

static guint32
checksum (const guint8 *bytes, gsize size)
{
  guint32 sum = 0;
  for (gsize i = 0; i + 3 < size; i += 4)
    sum += (guint32)bytes[i] << 24 | (guint32)bytes[i + 1] << 16 | (guint32)bytes[i + 2] << 8 | bytes[i + 3];
  return sum;
}

static void
put_directory_entry (GByteArray *to, gsize table, const GByteArray *body, guint from)
{
  g_byte_array_append (to, (const guint8 *)tables[table].tag, 4);
  put32 (to, checksum (body->data + from, body->len - from));
  put32 (to, DIRECTORY_BYTES + from);
  put32 (to, (guint32)(2 * (tables[table].n + tables[table].ones)));
}

GBytes *
extract_bind_font_file (void)
{
  static const guint16 header[] = { 1, 0, G_N_ELEMENTS (tables), 64, 2, 16 * G_N_ELEMENTS (tables) - 64 };
  GByteArray *file = g_byte_array_new ();
  g_autoptr (GByteArray) body = g_byte_array_new ();
  guint head_at = 0;
  put_all (file, header, G_N_ELEMENTS (header));
  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      guint from = body->len;
      if (tables[i].words == head)
        head_at = DIRECTORY_BYTES + from;
      put_all (body, tables[i].words, tables[i].n);
      for (gsize n = 0; n < tables[i].ones; n++)
        put16 (body, 1);
      pad (body);
      put_directory_entry (file, i, body, from);
    }
  g_byte_array_append (file, body->data, body->len);
  guint32 adjustment = 0xB1B0AFBA - checksum (file->data, file->len);
  for (guint i = 0; i < 4; i++)
    file->data[head_at + HEAD_ADJUSTMENT + i] = (guint8)(adjustment >> (24 - 8 * i));
  return g_byte_array_free_to_bytes (file);
}
