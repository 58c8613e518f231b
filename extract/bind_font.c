/* A composite font whose two-byte codes are given out as characters appear. Each code leads to the same empty glyph
 * (CIDToGIDMap) and back to its character (ToUnicode), so the font program stays as small as a TrueType file can be,
 * and no code draws glyph 0, which PDF/A forbids. */
#include "extract/bind_font.h"
#include <string.h>

enum
{
  UNITS = 1000, /* per em */
  ASCENT = (int)(UNITS * EXTRACT_BIND_FONT_ASCENT),
  GLYPHS = 2, /* .notdef and the empty one */
  MOST_CODES = 65000,
};

struct BindFont
{
  GHashTable *codes;  /* character → code */
  GArray *characters; /* of gunichar, by code - 1 */
};

BindFont *
extract_bind_font_new (void)
{
  BindFont *font = g_new0 (BindFont, 1);
  font->codes = g_hash_table_new (NULL, NULL);
  font->characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  return font;
}

void
extract_bind_font_free (BindFont *font)
{
  if (font == NULL)
    return;
  g_hash_table_unref (font->codes);
  g_array_unref (font->characters);
  g_free (font);
}

static bool
is_text (gunichar c)
{
  return g_unichar_validate (c) && !g_unichar_iscntrl (c) && c != 0xFEFF && c != 0xFFFE && c != 0xFFFF;
}

guint16
extract_bind_font_code (BindFont *font, gunichar character)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (font->codes, GUINT_TO_POINTER (character)));
  if (known != 0)
    return (guint16)known;
  if (!is_text (character) || font->characters->len >= MOST_CODES)
    return 0;
  g_array_append_val (font->characters, character);
  g_hash_table_insert (font->codes, GUINT_TO_POINTER (character), GUINT_TO_POINTER (font->characters->len));
  return (guint16)font->characters->len;
}

/* --- the font program --- */

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
static const struct
{
  char tag[5];
  const guint16 *words;
  gsize n;
} tables[] = {
  { "glyf", glyf, G_N_ELEMENTS (glyf) }, { "head", head, G_N_ELEMENTS (head) }, { "hhea", hhea, G_N_ELEMENTS (hhea) },
  { "hmtx", hmtx, G_N_ELEMENTS (hmtx) }, { "loca", loca, G_N_ELEMENTS (loca) }, { "maxp", maxp, G_N_ELEMENTS (maxp) },
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
  put32 (to, (guint32)(2 * tables[table].n));
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
      pad (body);
      put_directory_entry (file, i, body, from);
    }
  g_byte_array_append (file, body->data, body->len);
  guint32 adjustment = 0xB1B0AFBA - checksum (file->data, file->len);
  for (guint i = 0; i < 4; i++)
    file->data[head_at + HEAD_ADJUSTMENT + i] = (guint8)(adjustment >> (24 - 8 * i));
  return g_byte_array_free_to_bytes (file);
}

/* --- the dictionaries around it --- */

static void
append_utf16 (GString *to, gunichar c)
{
  if (c < 0x10000)
    g_string_append_printf (to, "%04X", c);
  else
    g_string_append_printf (to, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
}

static char *
unicode_map (const BindFont *font)
{
  GString *map = g_string_new ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                               "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                               "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
  guint n = font->characters->len;
  for (guint i = 0; i < n; i++)
    {
      if (i % 100 == 0) /* the most that one group may hold */
        g_string_append_printf (map, "%u beginbfchar\n", MIN (100, n - i));
      g_string_append_printf (map, "<%04X> <", i + 1);
      append_utf16 (map, g_array_index (font->characters, gunichar, i));
      g_string_append (map, ">\n");
      if (i % 100 == 99 || i + 1 == n)
        g_string_append (map, "endbfchar\n");
    }
  g_string_append (map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
  return g_string_free (map, FALSE);
}

static qpdf_oh
glyph_map (const BindFont *font, BindPdf *pdf)
{
  g_autoptr (GByteArray) map = g_byte_array_new ();
  put16 (map, 0);
  for (guint i = 0; i < font->characters->len; i++)
    put16 (map, 1);
  return extract_bind_pdf_deflated (pdf, "<< >>", map->data, map->len);
}

static qpdf_oh
descriptor (BindPdf *pdf)
{
  g_autoptr (GBytes) file = extract_bind_font_file ();
  g_autofree char *length = g_strdup_printf ("<< /Length1 %" G_GSIZE_FORMAT " >>", g_bytes_get_size (file));
  /* Descent -1 and not 0: readers take 0 as "not said" and put a height of their own below the base line. */
  qpdf_oh dict = extract_bind_pdf_object (pdf, "<< /Type /FontDescriptor /FontName /Invisible /Flags 5 /ItalicAngle 0"
                                               " /FontBBox [ 0 -1 500 800 ] /Ascent 800 /Descent -1 /CapHeight 800"
                                               " /StemV 80 >>");
  extract_bind_pdf_set (
      pdf, dict, "/FontFile2",
      extract_bind_pdf_deflated (pdf, length, g_bytes_get_data (file, NULL), g_bytes_get_size (file)));
  return dict;
}

qpdf_oh
extract_bind_font_object (const BindFont *font, BindPdf *pdf)
{
  qpdf_oh descendant = extract_bind_pdf_object (
      pdf, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Invisible /DW 500 /CIDSystemInfo"
           " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
  extract_bind_pdf_set (pdf, descendant, "/CIDToGIDMap", glyph_map (font, pdf));
  extract_bind_pdf_set (pdf, descendant, "/FontDescriptor", descriptor (pdf));
  qpdf_oh dict
      = extract_bind_pdf_object (pdf, "<< /Type /Font /Subtype /Type0 /BaseFont /Invisible /Encoding /Identity-H >>");
  g_autofree char *map = unicode_map (font);
  extract_bind_pdf_set (pdf, dict, "/DescendantFonts", extract_bind_pdf_array (pdf, descendant));
  extract_bind_pdf_set (pdf, dict, "/ToUnicode", extract_bind_pdf_deflated (pdf, "<< >>", map, strlen (map)));
  return dict;
}
