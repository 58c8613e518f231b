/* A font that draws nothing. Where a document has no more different characters than a byte can tell, which is nearly
 * always, it is a simple one, with a code of one byte each: characters of WinAnsiEncoding keep theirs, others get the
 * free ones. Where all have a name, in that encoding or of their own, readers know them by it.
 *
 * Else codes lead back to their characters by a map (ToUnicode), which is a third of all that a font takes. Where a
 * byte does not suffice it is a composite font whose two-byte codes are the characters themselves, in UTF-16; those
 * beyond 16 bits get the codes that UTF-16 keeps free for halves of them, as they appear.
 *
 * Each code leads to the same empty glyph (cmap or CIDToGIDMap), so the font program stays as small as a TrueType file
 * can be, and no code draws glyph 0, which PDF/A forbids. */
#include "extract/bind_font.h"
#include <string.h>

enum
{
  HALVES = 0xD800,
  MOST_HALVES = 0x800,
  LEAST_NARROW = 0x20, /* codes of one byte */
  MOST_NARROW = 0xFF,
  LEAST_OWN = 0x80, /* WinAnsiEncoding has no Latin 1 there */
  MOST_OWN = 0x9F,
  FIRST_FREE = 0x81,
};

struct BindFont
{
  bool narrow;
  bool named;                             /* readers know all characters by the names of their glyphs */
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

/* The code of @character in WinAnsiEncoding, or 0. The blank that does not break and the hyphen that may are in it, but
 * by the names of the usual ones. */
static unsigned
usual_code (gunichar character)
{
  static const gunichar own[]
      = { 0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
          0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
          0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178 };
  G_STATIC_ASSERT (G_N_ELEMENTS (own) == MOST_OWN - LEAST_OWN + 1);
  if (character < 0x20 || character == 0x7F || character == 0xA0 || character == 0xAD)
    return 0;
  if (character < LEAST_OWN || (character > MOST_OWN && character <= MOST_NARROW))
    return character;
  for (unsigned i = 0; i < G_N_ELEMENTS (own); i++)
    if (own[i] == character)
      return LEAST_OWN + i;
  return 0;
}

/* What the Adobe Glyph List calls a letter of docket's languages that is not in WinAnsiEncoding, or NULL. */
static const char *
glyph_name (gunichar character)
{
  switch (character)
    {
    case 0x150:
      return "Ohungarumlaut";
    case 0x151:
      return "ohungarumlaut";
    case 0x170:
      return "Uhungarumlaut";
    case 0x171:
      return "uhungarumlaut";
    default:
      return NULL;
    }
}

static unsigned
narrow_code (const BindFont *font, gunichar character)
{
  unsigned usual = usual_code (character);
  if (usual != 0 && font->narrow_codes[usual] == character)
    return usual;
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
  unsigned usual = usual_code (character), code = usual != 0 ? usual : FIRST_FREE;
  for (unsigned tried = LEAST_NARROW; tried < MOST_NARROW && font->narrow_codes[code] != 0; tried++)
    code = code < MOST_NARROW ? code + 1 : LEAST_NARROW;
  bool free_one = font->narrow_codes[code] == 0;
  if (free_one)
    font->narrow_codes[code] = character;
  font->named &= code == usual || glyph_name (character) != NULL;
  return free_one;
}

static bool
take_all_narrow (BindFont *font, const GPtrArray *pages)
{
  /* In two rounds, so that characters that have a code find it free. */
  bool taken = take_narrow (font, ' ');
  for (int usual = 1; usual >= 0; usual--)
    for (guint i = 0; taken && i < pages->len; i++)
      {
        const RecordPage *page = g_ptr_array_index (pages, i);
        for (const char *at = page->text; taken && at != NULL && *at != '\0'; at = g_utf8_next_char (at))
          {
            gunichar c = g_utf8_get_char (at);
            taken = (usual_code (c) != 0) != (usual != 0) || take_narrow (font, c);
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
  font->named = true;
  font->narrow = take_all_narrow (font, pages);
  font->named &= font->narrow;
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

/* --- the dictionaries around it --- */

enum
{
  MOST_IN_LIST = 100, /* of a character map */
  FIXED_PITCH = 1,    /* flags of a font */
  SYMBOLS = 4,
  USUAL_LETTERS = 32,
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
descriptor (const BindFont *font, BindPdf *pdf)
{
  g_autoptr (GBytes) file = extract_bind_font_file ();
  g_autofree char *length = g_strdup_printf ("<< /Length1 %" G_GSIZE_FORMAT " >>", g_bytes_get_size (file));
  /* Descent -1 and not 0: readers take 0 as "not said" and put a height of their own below the base line. */
  g_autofree char *notation
      = g_strdup_printf ("<< /Type /FontDescriptor /FontName /Blank /Flags %d /ItalicAngle 0 /FontBBox [ 0 -1 500 800 ]"
                         " /Ascent 800 /Descent -1 /CapHeight 800 /StemV 80 /MissingWidth 500 >>",
                         font->named ? FIXED_PITCH | USUAL_LETTERS : FIXED_PITCH | SYMBOLS);
  qpdf_oh dict = extract_bind_pdf_object (pdf, notation);
  extract_bind_pdf_set (
      pdf, dict, "/FontFile2",
      extract_bind_pdf_deflated (pdf, length, g_bytes_get_data (file, NULL), g_bytes_get_size (file)));
  return dict;
}

/* WinAnsiEncoding, and what else has got a code in it. */
static char *
encoding_of (const BindFont *font)
{
  g_autoptr (GString) others = g_string_new (NULL);
  for (unsigned code = LEAST_NARROW; code <= MOST_NARROW; code++)
    if (font->narrow_codes[code] != 0 && usual_code (font->narrow_codes[code]) != code)
      g_string_append_printf (others, "%u /%s ", code, glyph_name (font->narrow_codes[code]));
  if (others->len == 0)
    return g_strdup ("/WinAnsiEncoding");
  return g_strdup_printf ("<< /BaseEncoding /WinAnsiEncoding /Differences [ %s] >>", others->str);
}

static qpdf_oh
simple_font (const BindFont *font, BindPdf *pdf)
{
  g_autoptr (GString) notation = g_string_new ("<< /Type /Font /Subtype /TrueType /BaseFont /Blank");
  /* Of the width of all others, too, says the descriptor. */
  g_string_append_printf (notation, " /FirstChar %d /LastChar %d /Widths [ 500 ]", LEAST_NARROW, LEAST_NARROW);
  g_autofree char *encoding = font->named ? encoding_of (font) : NULL;
  g_string_append_printf (notation, "%s%s >>", font->named ? " /Encoding " : "", font->named ? encoding : "");
  qpdf_oh dict = extract_bind_pdf_object (pdf, notation->str);
  extract_bind_pdf_set (pdf, dict, "/FontDescriptor", descriptor (font, pdf));
  return dict;
}

static qpdf_oh
composite_font (const BindFont *font, BindPdf *pdf)
{
  qpdf_oh descendant
      = extract_bind_pdf_object (pdf, "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Blank /DW 500 /CIDSystemInfo"
                                      " << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>");
  extract_bind_pdf_set (pdf, descendant, "/CIDToGIDMap", glyph_map (font, pdf));
  extract_bind_pdf_set (pdf, descendant, "/FontDescriptor", descriptor (font, pdf));
  qpdf_oh dict
      = extract_bind_pdf_object (pdf, "<< /Type /Font /Subtype /Type0 /BaseFont /Blank /Encoding /Identity-H >>");
  extract_bind_pdf_set (pdf, dict, "/DescendantFonts", extract_bind_pdf_array (pdf, descendant));
  return dict;
}

qpdf_oh
extract_bind_font_object (const BindFont *font, BindPdf *pdf)
{
  qpdf_oh dict = font->narrow ? simple_font (font, pdf) : composite_font (font, pdf);
  if (font->named)
    return dict;
  g_autofree char *map = unicode_map (font);
  extract_bind_pdf_set (pdf, dict, "/ToUnicode", extract_bind_pdf_deflated (pdf, "<< >>", map, strlen (map)));
  return dict;
}
