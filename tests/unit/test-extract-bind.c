#include "extract/bind.h"
#include "extract/bind_font.h"
#include "extract/refuse.h"
#include "tests/unit/bound.h"
#include <math.h>

static const Limits limits = LIMITS_DEFAULT;

static GBytes *
bind (GBytes *file, const char *media_type, const GPtrArray *pages)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = extract_bind_pdf (file, media_type, pages, &limits, &error);
  g_assert_no_error (error);
  return pdf;
}

/* --- the tests --- */

static void
test_words_lie_in_their_boxes_whichever_way_the_page_was_fed (void)
{
  for (int rotation = 0; rotation < 360; rotation += 90)
    {
      g_autoptr (GBytes) file = stored_picture (8, IFF_JFIF_JPEG, rotation);
      g_autoptr (GPtrArray) pages = one_page (rotation);
      g_autoptr (GBytes) pdf = bind (file, "image/jpeg", pages);
      assert_valid (pdf);
      assert_words_at_their_place (pdf, g_ptr_array_index (pages, 0));
      g_assert_cmpint (dark_corner (pdf, 0), ==, 0);
    }
}

static void
test_lines_and_blanks_come_out_as_read (void)
{
  g_autoptr (GBytes) file = stored_picture (1, IFF_TIFF_G4, 0);
  g_autoptr (GPtrArray) pages = one_page (0);
  g_autoptr (GBytes) pdf = bind (file, "image/tiff", pages);
  g_autofree char *text = run_on (pdf, "pdftotext", "-raw", "-");
  g_assert_cmpstr (text, ==,
                   "Reclamación número 4711\nőszinte tisztelettel köszönöm\nœuvre £214.60 \U0001F600\n"
                   "A long-hyphenated-word (see)\n\f");
}

/* Of several hundred kilobytes. */
static GBytes *
noisy_jpeg (void)
{
  g_autoptr (PIX) pix = upright_picture (8);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  l_uint8 *data;
  size_t size;
  for (int y = 400; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      pixSetPixel (pix, x, y, g_rand_int (random) & 0xFF);
  g_assert_cmpint (pixWriteMem (&data, &size, pix, IFF_JFIF_JPEG), ==, 0);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static void
test_a_jpeg_goes_in_as_it_came (void)
{
  g_autoptr (GBytes) file = noisy_jpeg ();
  g_autoptr (GPtrArray) pages = one_page (90);
  g_autoptr (GBytes) pdf = bind (file, "image/jpeg", pages);
  g_assert_true (holds (pdf, g_bytes_get_data (file, NULL), g_bytes_get_size (file)));
}

static void
test_a_small_jpeg_gets_smaller_and_comes_out_as_it_came (void)
{
  g_autoptr (GBytes) file = stored_picture (8, IFF_JFIF_JPEG, 90);
  g_autoptr (GPtrArray) pages = one_page (90);
  g_autoptr (GBytes) pdf = bind (file, "image/jpeg", pages);
  g_autoptr (GBytes) picture = first_picture (pdf);
  g_assert_true (g_bytes_equal (picture, file));
  g_assert_cmpuint (g_bytes_get_size (pdf), <, g_bytes_get_size (file));
}

/* An Exif segment with nothing but the orientation. */
static GBytes *
with_orientation (GBytes *jpeg, guint8 orientation)
{
  guint8 exif[] = { 0xFF, 0xD8, 0xFF, 0xE1, 0,    34, 'E', 'x', 'i', 'f', 0, 0, 'M',         'M', 0, 42, 0, 0, 0,
                    8,    0,    1,    0x01, 0x12, 0,  3,   0,   0,   0,   1, 0, orientation, 0,   0, 0,  0, 0, 0 };
  GByteArray *all = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  g_byte_array_append (all, exif, sizeof exif);
  g_byte_array_append (all, data + 2, (guint)size - 2);
  return g_byte_array_free_to_bytes (all);
}

static void
test_a_photo_that_nobody_read_is_turned_as_it_says (void)
{
  /* Where the upright page's top left corner lies when a reader ignores the orientation, by orientation; undone by it.
   */
  static const int turns[9] = { 0, 0, 0, 180, 180, 270, 90, 90, 270 };
  for (guint8 orientation = 1; orientation <= 8; orientation++)
    {
      g_autoptr (PIX) upright = upright_picture (8);
      g_autoptr (PIX) stored = pixRotateOrth (upright, (360 - turns[orientation]) / 90 % 4);
      if (orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7)
        pixFlipLR (stored, stored);
      l_uint8 *data;
      size_t size;
      g_assert_cmpint (pixWriteMem (&data, &size, stored, IFF_JFIF_JPEG), ==, 0);
      g_autoptr (GBytes) plain = g_bytes_new_with_free_func (data, size, free, data);
      g_autoptr (GBytes) file = with_orientation (plain, orientation);
      g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
      g_ptr_array_add (pages, record_page_new (1));
      g_autoptr (GBytes) pdf = bind (file, "image/jpeg", pages);
      g_assert_cmpint (dark_corner (pdf, 0), ==, 0);
      g_autofree char *text = run_on (pdf, "pdftotext", "-raw", "-");
      g_assert_cmpstr (text, ==, "\f");
    }
}

static void
test_every_kind_of_picture_is_shown (void)
{
  static const struct
  {
    int depth, format;
    const char *media_type;
  } kinds[] = {
    { 1, IFF_TIFF_G4, "image/tiff" },
    { 1, IFF_TIFF_G3, "image/tiff" },
    { 8, IFF_TIFF_LZW, "image/tiff" },
    { 32, IFF_TIFF_ZIP, "image/tiff" },
    { 1, IFF_PNG, "image/png" },
    { 8, IFF_PNG, "image/png" },
    { 32, IFF_PNG, "image/png" },
    { 8, IFF_BMP, "image/bmp" },
    { 32, IFF_WEBP, "image/webp" },
    { 8, IFF_GIF, "image/gif" },
    { 1, IFF_PNM, "image/x-portable-bitmap" },
    { 32, IFF_JFIF_JPEG, "image/jpeg" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) file = stored_picture (kinds[i].depth, kinds[i].format, 180);
      g_autoptr (GPtrArray) pages = one_page (180);
      g_autoptr (GBytes) pdf = bind (file, kinds[i].media_type, pages);
      assert_valid (pdf);
      g_assert_cmpint (dark_corner (pdf, 0), ==, 0);
    }
}

static void
test_transparent_parts_are_white_paper (void)
{
  g_autoptr (PIX) pix = upright_picture (32);
  pixSetSpp (pix, 4);
  g_autoptr (PIX) opaque = upright_picture (8);
  pixSetRGBComponent (pix, opaque, L_ALPHA_CHANNEL);
  l_uint8 *data;
  size_t size;
  g_assert_cmpint (pixWriteMemPng (&data, &size, pix, 0), ==, 0);
  g_autoptr (GBytes) file = g_bytes_new_with_free_func (data, size, free, data);
  g_autoptr (GPtrArray) pages = one_page (0);
  g_autoptr (GBytes) pdf = bind (file, "image/png", pages);
  assert_valid (pdf);
}

static GBytes *
three_page_tiff (void)
{
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "three.tif", NULL);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (PIX) pix = upright_picture (i == 1 ? 8 : 1);
      g_assert_cmpint (pixWriteTiff (path, pix, i == 1 ? IFF_TIFF_ZIP : IFF_TIFF_G4, i == 0 ? "w" : "a"), ==, 0);
    }
  char *data;
  gsize size;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  fixture_remove_folder (folder);
  return g_bytes_new_take (data, size);
}

static void
test_every_page_of_a_tiff_is_bound_and_a_missing_one_is_a_picture (void)
{
  g_autoptr (GBytes) file = three_page_tiff ();
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  g_ptr_array_add (pages, record_of_words (1, 0));
  g_ptr_array_add (pages, record_page_new (2));
  g_ptr_array_add (pages, record_of_words (3, 0));
  g_autoptr (GBytes) pdf = bind (file, "image/tiff", pages);
  assert_valid (pdf);
  for (int i = 0; i < 3; i++)
    g_assert_cmpint (dark_corner (pdf, i), ==, 0);
  g_autofree char *text = run_on (pdf, "pdftotext", "-raw", "-");
  g_auto (GStrv) parts = g_strsplit (text, "\f", -1);
  g_assert_true (g_str_has_prefix (parts[0], "Reclamación número"));
  g_assert_cmpstr (parts[1], ==, "");
  g_assert_cmpstr (parts[2], ==, parts[0]);
}

/* All its letters lie in its box; their order is the reader's business where the word is turned. */
static void
assert_found_at_a_slant_of (double degrees)
{
  g_autoptr (GBytes) file = stored_picture (8, IFF_JFIF_JPEG, 0);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_of_words (1, 0);
  g_ptr_array_add (pages, page);
  RecordWord *word = &g_array_index (page->words, RecordWord, 0);
  double angle = degrees * G_PI / 180, length = 300, height = 36;
  word->angle = (int16_t)(10 * degrees);
  word->box.x1 = word->box.x0 + (int)(length * cos (angle) + height * sin (fabs (angle)));
  word->box.y1 = word->box.y0 + (int)(length * sin (fabs (angle)) + height * cos (angle));
  g_array_set_size (page->words, 1);
  g_autoptr (GBytes) pdf = bind (file, "image/jpeg", pages);
  PopplerPage *shown = open_page (pdf, 0);
  double scale = 72.0 / DPI;
  PopplerRectangle area = { (word->box.x0 - 2) * scale, (word->box.y0 - 2) * scale, (word->box.x1 + 2) * scale,
                            (word->box.y1 + 2) * scale };
  g_autofree char *selected = poppler_page_get_text_for_area (shown, &area);
  g_strdelimit (selected, "\n", ' ');
  g_auto (GStrv) parts = g_strsplit (selected, " ", -1);
  g_autofree char *letters = g_strjoinv ("", parts);
  g_assert_cmpint (g_utf8_strlen (letters, -1), ==, 11);
  if (fabs (degrees) < 7)
    g_assert_cmpstr (letters, ==, "Reclamación");
  g_object_unref (shown);
}

static void
test_a_slanted_word_is_found_where_it_stands (void)
{
  assert_found_at_a_slant_of (3);
  assert_found_at_a_slant_of (-6);
  assert_found_at_a_slant_of (9);
  assert_found_at_a_slant_of (-9);
}

typedef struct
{
  const char *word;
  RecordBox box;
} Placed;

/* The text of a page, bound, whose one line is @words. Owned by the caller. */
static char *
text_of_line (const Placed *words, gsize n)
{
  g_autoptr (GBytes) file = stored_picture (1, IFF_TIFF_G4, 0);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_of_words (1, 0);
  g_ptr_array_add (pages, page);
  g_array_set_size (page->words, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  for (gsize i = 0; i < n; i++)
    add_word (page, text, words[i].word, words[i].box, i == 0 ? RECORD_WORD_BEGINS_LINE : 0);
  g_free (page->text);
  page->text = g_strdup (text->str);
  g_autoptr (GBytes) pdf = bind (file, "image/tiff", pages);
  return run_on (pdf, "pdftotext", "-raw", "-");
}

static void
test_words_of_one_line_stay_one_line_and_apart (void)
{
  static const Placed words[] = {
    { "one", { 200, 510, 260, 530 } },     { "good", { 262, 500, 340, 540 } },  { "-", { 350, 518, 362, 522 } },
    { "Apple", { 370, 498, 460, 539 } },   { "a", { 459, 490, 475, 540 } },     { "\"", { 485, 500, 497, 508 } },
    { "quince,", { 510, 500, 620, 540 } }, { "eaten", { 640, 505, 720, 530 } },
  };
  g_autofree char *read = text_of_line (words, G_N_ELEMENTS (words));
  g_assert_cmpstr (read, ==, "one good - Apple a \" quince, eaten\n\f");
}

static void
test_signs_that_strings_of_a_pdf_escape_come_out_as_read (void)
{
  static const char *const signs[] = { "a\\b", "((x", "y)", "\\", "\u201Cq\u201D", "5\u20AC", "\\n", "\u2026" };
  Placed words[G_N_ELEMENTS (signs)];
  for (int i = 0; i < (int)G_N_ELEMENTS (signs); i++)
    words[i] = (Placed){ signs[i], { 100 + 100 * i, 500, 160 + 100 * i, 540 } };
  g_autofree char *read = text_of_line (words, G_N_ELEMENTS (words));
  g_assert_cmpstr (read, ==, "a\\b ((x y) \\ \u201Cq\u201D 5\u20AC \\n \u2026\n\f");
}

/* A line of all characters of Windows 1252 but blanks, in words of eight, and @more. */
static char *
western_text (GPtrArray *pages, const char *more)
{
  RecordPage *page = record_of_words (1, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  GString *expected = g_string_new (NULL);
  g_ptr_array_add (pages, page);
  g_array_set_size (page->words, 0);
  for (int first = 0x20, y = 100; first <= 0x100; first += 8, y += 40)
    {
      g_autoptr (GString) word = g_string_new (first == 0x100 ? more : NULL);
      for (int code = first; code < first + 8 && code < 0x100; code++)
        {
          char byte = (char)code;
          g_autofree char *utf8 = g_convert (&byte, 1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
          if (utf8 != NULL && code != 0x20 && code != 0x7F && code != 0xA0 && code != 0xAD)
            g_string_append (word, utf8);
        }
      add_word (page, text, word->str, (RecordBox){ 100, y, 400, y + 30 }, RECORD_WORD_BEGINS_LINE);
      g_string_append_printf (expected, "%s\n", word->str);
    }
  g_free (page->text);
  page->text = g_strdup (text->str);
  g_string_append_c (expected, '\f');
  return g_string_free (expected, FALSE);
}

static void
check_western (const char *more, bool mapped, const char *encoding)
{
  g_autoptr (GBytes) file = stored_picture (1, IFF_TIFF_G4, 0);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  g_autofree char *expected = western_text (pages, more);
  g_autoptr (GBytes) pdf = bind (file, "image/tiff", pages);
  assert_valid (pdf);
  g_autofree char *objects = run_on (pdf, "qpdf", "--json", NULL);
  g_assert_cmpint (strstr (objects, "/ToUnicode") != NULL, ==, mapped);
  g_assert_cmpint (strstr (objects, encoding) != NULL, ==, !mapped);
  g_assert_nonnull (strstr (objects, "/FontFile2"));
  g_autofree char *read = run_on (pdf, "pdftotext", "-raw", "-");
  g_assert_cmpstr (read, ==, expected);
}

static void
test_western_and_hungarian_letters_are_known_by_name_and_others_by_a_map (void)
{
  check_western ("Tessék", false, "\"/WinAnsiEncoding\"");
  check_western ("bőrű ŐŰ", false, "\"/uhungarumlaut\"");
  check_western ("Γειά", true, "\"/Differences\"");
  check_western ("soft\u00ADhyphen", true, "\"/Differences\"");
}

/* Thirty different characters a line, those of the last one beyond 16 bits. */
static void
check_characters (int n_lines, bool wide)
{
  g_autoptr (GBytes) file = stored_picture (1, IFF_TIFF_G4, 0);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_of_words (1, 0);
  g_ptr_array_add (pages, page);
  g_array_set_size (page->words, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) expected = g_string_new (NULL);
  for (int line = 0; line < n_lines; line++)
    {
      g_autoptr (GString) word = g_string_new (NULL);
      for (gunichar c = 0; c < 30; c++)
        g_string_append_unichar (word, line == n_lines - 1 ? 0x1F600 + c : 0x4E00 + 30 * (gunichar)line + c);
      add_word (page, text, word->str, (RecordBox){ 100, 100 + 60 * line, 1000, 140 + 60 * line },
                RECORD_WORD_BEGINS_LINE);
      g_string_append_printf (expected, "%s\n", word->str);
    }
  g_free (page->text);
  page->text = g_strdup (text->str);
  g_string_append_c (expected, '\f');
  g_autoptr (GBytes) pdf = bind (file, "image/tiff", pages);
  assert_valid (pdf);
  g_autofree char *objects = run_on (pdf, "qpdf", "--json", NULL);
  g_assert_cmpint (strstr (objects, "/CIDToGIDMap") != NULL, ==, wide);
  g_autofree char *read = run_on (pdf, "pdftotext", "-raw", "-");
  g_assert_cmpstr (read, ==, expected->str);
}

static void
test_as_many_characters_as_a_byte_tells_come_out_as_read (void)
{
  check_characters (5, false);
}

/* Codes of one byte do not suffice, and characters beyond 16 bits have codes of their own. */
static void
test_more_characters_than_a_byte_tells_come_out_as_read (void)
{
  check_characters (10, true);
}

/* As far as they can be told by looking: ISO 19005-2. */
static void
test_rules_for_archives_are_kept (void)
{
  static const char *const plain[] = { "pdfaid:part=\"2\"", "pdfaid:conformance=\"B\"" };
  static const char *const wanted[]
      = { "\"/GTS_PDFA1\"", "\"/DestOutputProfile\"", "\"/FontFile2\"", "\"/ToUnicode\"", "\"/TrueType\"", "\"/ID\"",
          "\"u:es\"" };
  static const char *const unwanted[] = { "\"/Encrypt\"", "\"/LZWDecode\"",  "\"/Interpolate\"", "\"/SMask\"",
                                          "\"/AA\"",      "\"/DeviceCMYK\"", "\"/JavaScript\"",  "\"/CreationDate\"" };
  g_autoptr (GBytes) file = stored_picture (32, IFF_PNG, 0);
  g_autoptr (GPtrArray) pages = one_page (0);
  g_autoptr (GBytes) pdf = bind (file, "image/png", pages);
  g_autofree char *objects = run_on (pdf, "qpdf", "--json", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (plain); i++)
    g_assert_true (holds (pdf, plain[i], strlen (plain[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_nonnull (strstr (objects, wanted[i]));
  for (gsize i = 0; i < G_N_ELEMENTS (unwanted); i++)
    g_assert_null (strstr (objects, unwanted[i]));
}

static void
test_equal_input_gives_equal_bytes (void)
{
  g_autoptr (GBytes) file = stored_picture (32, IFF_PNG, 270);
  g_autoptr (GPtrArray) pages = one_page (270);
  g_autoptr (GBytes) first = bind (file, "image/png", pages);
  g_autoptr (GBytes) second = bind (file, "image/png", pages);
  g_assert_cmpmem (g_bytes_get_data (first, NULL), g_bytes_get_size (first), g_bytes_get_data (second, NULL),
                   g_bytes_get_size (second));
}

static void
test_a_file_without_any_picture_is_refused (void)
{
  g_autoptr (GBytes) file = g_bytes_new_static ("II*\0nothing", 11);
  g_autoptr (GPtrArray) pages = one_page (0);
  g_autoptr (GError) error = NULL;
  g_assert_null (extract_bind_pdf (file, "image/tiff", pages, &limits, &error));
  g_assert_cmpint (extract_fault_code (error), ==, RECORD_CODE_DAMAGED);
}

static void
test_a_picture_above_the_limit_of_bytes_is_refused (void)
{
  g_autoptr (GBytes) file = stored_picture (8, IFF_JFIF_JPEG, 0);
  g_autoptr (GPtrArray) pages = one_page (0);
  g_autoptr (GError) error = NULL;
  Limits small = limits;
  small.output_bytes = 1000;
  g_assert_null (extract_bind_pdf (file, "image/jpeg", pages, &small, &error));
  g_assert_cmpint (extract_fault_code (error), ==, RECORD_CODE_LIMIT);
}

static void
test_the_font_has_the_check_sum_of_a_true_type_file (void)
{
  g_autoptr (GBytes) file = extract_bind_font_file ();
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  guint32 sum = 0;
  g_assert_cmpuint (size % 4, ==, 0);
  for (gsize i = 0; i < size; i += 4)
    sum += (guint32)data[i] << 24 | (guint32)data[i + 1] << 16 | (guint32)data[i + 2] << 8 | data[i + 3];
  g_assert_cmphex (sum, ==, 0xB1B0AFBA);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/bind/boxes", test_words_lie_in_their_boxes_whichever_way_the_page_was_fed);
  g_test_add_func ("/extract/bind/text", test_lines_and_blanks_come_out_as_read);
  g_test_add_func ("/extract/bind/jpeg", test_a_jpeg_goes_in_as_it_came);
  g_test_add_func ("/extract/bind/small-jpeg", test_a_small_jpeg_gets_smaller_and_comes_out_as_it_came);
  g_test_add_func ("/extract/bind/exif", test_a_photo_that_nobody_read_is_turned_as_it_says);
  g_test_add_func ("/extract/bind/kinds", test_every_kind_of_picture_is_shown);
  g_test_add_func ("/extract/bind/alpha", test_transparent_parts_are_white_paper);
  g_test_add_func ("/extract/bind/pages", test_every_page_of_a_tiff_is_bound_and_a_missing_one_is_a_picture);
  g_test_add_func ("/extract/bind/slanted", test_a_slanted_word_is_found_where_it_stands);
  g_test_add_func ("/extract/bind/line", test_words_of_one_line_stay_one_line_and_apart);
  g_test_add_func ("/extract/bind/archive", test_rules_for_archives_are_kept);
  g_test_add_func ("/extract/bind/equal", test_equal_input_gives_equal_bytes);
  g_test_add_func ("/extract/bind/nothing", test_a_file_without_any_picture_is_refused);
  g_test_add_func ("/extract/bind/limit", test_a_picture_above_the_limit_of_bytes_is_refused);
  g_test_add_func ("/extract/bind/escaped", test_signs_that_strings_of_a_pdf_escape_come_out_as_read);
  g_test_add_func ("/extract/bind/other-characters", test_as_many_characters_as_a_byte_tells_come_out_as_read);
  g_test_add_func ("/extract/bind/western", test_western_and_hungarian_letters_are_known_by_name_and_others_by_a_map);
  g_test_add_func ("/extract/bind/many-characters", test_more_characters_than_a_byte_tells_come_out_as_read);
  g_test_add_func ("/extract/bind/font", test_the_font_has_the_check_sum_of_a_true_type_file);
  return g_test_run ();
}
