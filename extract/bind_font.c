/* A font that draws nothing. Where a document has no more different characters than a byte can tell, which is nearly
 * always, it is a simple one, with a code of one byte each: Latin characters keep theirs, others get the free ones.
 *
 * Else it is a composite font whose two-byte codes are the characters themselves, in UTF-16; those beyond 16 bits get
 * the codes that UTF-16 keeps free for halves of them, as they appear.
 *
 * Each code leads to the same empty glyph (cmap or CIDToGIDMap) and back to its character (ToUnicode), so the font
 * program stays as small as a TrueType file can be, and no code draws glyph 0, which PDF/A forbids. */
#include "extract/bind_font.h"
#include <string.h>

enum
{
  UNITS = 1000, /* per em */
  ASCENT = (int)(UNITS * EXTRACT_BIND_FONT_ASCENT),
  GLYPHS = 2, /* .notdef and the empty one */
  HALVES = 0xD800,
  MOST_HALVES = 0x800,
  LEAST_NARROW = 0x20, /* codes of one byte */
  MOST_NARROW = 0xFF,
};

struct BindFont
{
  bool narrow;
  gunichar narrow_codes[MOST_NARROW + 1]; /* their characters, 0: free */
  bool blocks[256];                       /* that have a code in use, by its upper byte */
  guint16 last;                           /* code in use */
  GHashTable *codes;                      /* character beyond 16 bits → code */
  GArray *characters;                     /* of gunichar: those, by code - HALVES */
};

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

/* --- codes of one byte --- */

static unsigned
narrow_code (const BindFont *font, gunichar character)
{
  if (character >= LEAST_NARROW && character <= MOST_NARROW && font->narrow_codes[character] == character)
    return character;
  for (unsigned code = LEAST_NARROW; code <= MOST_NARROW; code++)
    if (font->narrow_codes[code] == character)
      return code;
  return 0;
}

/* False when there is no code left. */
static bool
take_narrow (BindFont *font, gunichar character)
{
  if (!is_text (character) || narrow_code (font, character) != 0)
    return true;
  unsigned code = character >= LEAST_NARROW && character <= MOST_NARROW ? character : 0x7F;
  for (unsigned tried = LEAST_NARROW; font->narrow_codes[code] != 0 && tried <= MOST_NARROW; tried++)
    code = code < MOST_NARROW ? code + 1 : LEAST_NARROW;
  bool free_one = font->narrow_codes[code] == 0;
  if (free_one)
    font->narrow_codes[code] = character;
  return free_one;
}

static bool
take_all_narrow (BindFont *font, const GPtrArray *pages)
{
  /* In two rounds, so that Latin characters find their own codes free. */
  bool taken = take_narrow (font, ' ');
  for (int latin = 1; latin >= 0; latin--)
    for (guint i = 0; taken && i < pages->len; i++)
      {
        const RecordPage *page = g_ptr_array_index (pages, i);
        for (const char *at = page->text; taken && at != NULL && *at != '\0'; at = g_utf8_next_char (at))
          {
            gunichar c = g_utf8_get_char (at);
            taken = (c <= MOST_NARROW) != (latin != 0) || take_narrow (font, c);
          }
      }
  return taken;
}

BindFont *
extract_bind_font_new (const GPtrArray *pages)
{
  BindFont *font = g_new0 (BindFont, 1);
  font->codes = g_hash_table_new (NULL, NULL);
  font->characters = g_array_new (FALSE, FALSE, sizeof (gunichar));
  font->narrow = take_all_narrow (font, pages);
  return font;
}

int
extract_bind_font_digits (const BindFont *font)
{
  return font->narrow ? 2 : 4;
}

/* --- codes of two bytes --- */

static guint16
code_beyond (BindFont *font, gunichar character)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (font->codes, GUINT_TO_POINTER (character)));
  if (known != 0 || font->characters->len >= MOST_HALVES)
    return (guint16)known;
  guint code = HALVES + font->characters->len;
  g_array_append_val (font->characters, character);
  g_hash_table_insert (font->codes, GUINT_TO_POINTER (character), GUINT_TO_POINTER (code));
  return (guint16)code;
}

guint16
extract_bind_font_code (BindFont *font, gunichar character)
{
  if (!is_text (character))
    return 0;
  if (font->narrow)
    return (guint16)narrow_code (font, character);
  guint16 code = character < 0x10000 ? (guint16)character : code_beyond (font, character);
  if (code != 0)
    font->blocks[code >> 8] = true;
  font->last = MAX (font->last, code);
  return code;
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
/* Of 256 codes to glyph 1 each, for readers of the simple font. */
#define SIXTEEN 0x0101, 0x0101, 0x0101, 0x0101, 0x0101, 0x0101, 0x0101, 0x0101
#define ALL_CODES                                                                                                      \
  SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, SIXTEEN, \
      SIXTEEN, SIXTEEN, SIXTEEN
static const guint16 cmap[] = { 0, 1, 1, 0, 0, 12, 0, 262, 0, ALL_CODES };
static const struct
{
  char tag[5];
  const guint16 *words;
  gsize n;
} tables[] = {
  { "cmap", cmap, G_N_ELEMENTS (cmap) }, { "glyf", glyf, G_N_ELEMENTS (glyf) }, { "head", head, G_N_ELEMENTS (head) },
  { "hhea", hhea, G_N_ELEMENTS (hhea) }, { "hmtx", hmtx, G_N_ELEMENTS (hmtx) }, { "loca", loca, G_N_ELEMENTS (loca) },
  { "maxp", maxp, G_N_ELEMENTS (maxp) },
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

enum
{
  MOST_IN_LIST = 100, /* of a character map */
};

static bool
is_half (unsigned code)
{
  return code >= HALVES && code < HALVES + MOST_HALVES;
}

/* A range is of codes with the same upper byte; 0, FEFF and FFFE may not be led to. */
static void
append_block (GString *map, unsigned block)
{
  unsigned from = block == 0 ? 0x20 : block << 8, to = (block << 8) + (block >= 0xFE ? 0xFD : 0xFF);
  g_string_append_printf (map, "1 beginbfrange\n<%04X> <%04X> <%04X>\nendbfrange\n", from, to, from);
}

static void
append_character (GString *map, int digits, unsigned code, gunichar c)
{
  g_string_append_printf (map, "<%0*X> <%04X", digits, code, c < 0x10000 ? c : 0xD800 + ((c - 0x10000) >> 10));
  if (c >= 0x10000)
    g_string_append_printf (map, "%04X", 0xDC00 + ((c - 0x10000) & 0x3FF));
  g_string_append (map, ">\n");
}

/* The @n characters at @characters, whose codes count from @first, but for those that are 0 or their own code. */
static void
append_characters (GString *map, int digits, unsigned first, const gunichar *characters, guint n)
{
  g_autoptr (GString) list = g_string_new (NULL);
  for (guint i = 0, listed = 0; i < n; i++)
    {
      if (characters[i] != 0 && characters[i] != first + i)
        {
          append_character (list, digits, first + i, characters[i]);
          listed++;
        }
      if (listed == MOST_IN_LIST || (listed > 0 && i + 1 == n))
        {
          g_string_append_printf (map, "%u beginbfchar\n%sendbfchar\n", listed, list->str);
          g_string_truncate (list, 0);
          listed = 0;
        }
    }
}

/* What differs from the Latin characters. */
static void
append_narrow (GString *map, const BindFont *font)
{
  g_string_append (map, "1 beginbfrange\n<20> <FF> <0020>\nendbfrange\n");
  append_characters (map, 2, LEAST_NARROW, font->narrow_codes + LEAST_NARROW, MOST_NARROW + 1 - LEAST_NARROW);
}

static void
append_wide (GString *map, const BindFont *font)
{
  for (unsigned block = 0; block < G_N_ELEMENTS (font->blocks); block++)
    if (font->blocks[block] && !is_half (block << 8))
      append_block (map, block);
  append_characters (map, 4, HALVES, (const gunichar *)font->characters->data, font->characters->len);
}

static char *
unicode_map (const BindFont *font)
{
  GString *map = g_string_new ("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                               "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                               "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n");
  g_string_append_printf (map, "1 begincodespacerange\n<%0*X> <%s>\nendcodespacerange\n",
                          extract_bind_font_digits (font), 0, font->narrow ? "FF" : "FFFF");
  if (font->narrow)
    append_narrow (map, font);
  else
    append_wide (map, font);
  g_string_append (map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
  return g_string_free (map, FALSE);
}

/* Glyph 1 for every code but 0. */
static qpdf_oh
glyph_map (const BindFont *font, BindPdf *pdf)
{
  gsize n = 2 * ((gsize)font->last + 1);
  g_autofree guint8 *map = g_malloc0 (n);
  for (gsize i = 3; i < n; i += 2)
    map[i] = 1;
  return extract_bind_pdf_deflated (pdf, "<< >>", map, n);
}

static qpdf_oh
descriptor (BindPdf *pdf)
{
  g_autoptr (GBytes) file = extract_bind_font_file ();
  g_autofree char *length = g_strdup_printf ("<< /Length1 %" G_GSIZE_FORMAT " >>", g_bytes_get_size (file));
  /* Descent -1 and not 0: readers take 0 as "not said" and put a height of their own below the base line. */
  qpdf_oh dict = extract_bind_pdf_object (pdf, "<< /Type /FontDescriptor /FontName /Blank /Flags 5 /ItalicAngle 0"
                                               " /FontBBox [ 0 -1 500 800 ] /Ascent 800 /Descent -1 /CapHeight 800"
                                               " /StemV 80 >>");
  extract_bind_pdf_set (
      pdf, dict, "/FontFile2",
      extract_bind_pdf_deflated (pdf, length, g_bytes_get_data (file, NULL), g_bytes_get_size (file)));
  return dict;
}

static qpdf_oh
simple_font (BindPdf *pdf)
{
  g_autoptr (GString) notation = g_string_new ("<< /Type /Font /Subtype /TrueType /BaseFont /Blank");
  g_string_append_printf (notation, " /FirstChar %d /LastChar %d /Widths [", LEAST_NARROW, MOST_NARROW);
  for (int code = LEAST_NARROW; code <= MOST_NARROW; code++)
    g_string_append (notation, " 500");
  g_string_append (notation, " ] >>");
  qpdf_oh dict = extract_bind_pdf_object (pdf, notation->str);
  extract_bind_pdf_set (pdf, dict, "/FontDescriptor", descriptor (pdf));
  return dict;
}

static qpdf_oh
composite_font (const BindFont *font, BindPdf *pdf)
{
  qpdf_oh descendant
      = extract_bind_pdf_object (pdf, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Blank /DW 500 /CIDSystemInfo"
                                      " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
  extract_bind_pdf_set (pdf, descendant, "/CIDToGIDMap", glyph_map (font, pdf));
  extract_bind_pdf_set (pdf, descendant, "/FontDescriptor", descriptor (pdf));
  qpdf_oh dict
      = extract_bind_pdf_object (pdf, "<< /Type /Font /Subtype /Type0 /BaseFont /Blank /Encoding /Identity-H >>");
  extract_bind_pdf_set (pdf, dict, "/DescendantFonts", extract_bind_pdf_array (pdf, descendant));
  return dict;
}

qpdf_oh
extract_bind_font_object (const BindFont *font, BindPdf *pdf)
{
  qpdf_oh dict = font->narrow ? simple_font (pdf) : composite_font (font, pdf);
  g_autofree char *map = unicode_map (font);
  extract_bind_pdf_set (pdf, dict, "/ToUnicode", extract_bind_pdf_deflated (pdf, "<< >>", map, strlen (map)));
  return dict;
}
