/* Whether the text that a PDF page brings with it is trusted: pages typed, scanned, read before, stamped, or lying. */
#include "extract/plausible.h"
#include "tests/unit/extract_fonts.h"
#include "tests/unit/extract_models.h"
#include "tests/unit/extract_pdf.h"
#include "tests/unit/extract_read.h"
#include "tests/unit/fixture.h"
#include <leptonica/allheaders.h>

static const Limits limits = LIMITS_DEFAULT;

static RecordPage *
page_of (GBytes *file, const char *media_type)
{
  char *hints[] = { (char *)"en", NULL };
  g_autoptr (GError) error = NULL;
  RecordPage *page = read_page_of (file, media_type, 1, hints, &limits, &error);
  g_assert_no_error (error);
  return page;
}

static void
assert_decided (GBytes *file, RecordOrigin origin, const char *step, const char *words)
{
  g_autoptr (RecordPage) page = page_of (file, "application/pdf");
  g_test_message ("%s: %s", page->steps, page->text);
  g_assert_cmpint (page->origin, ==, origin);
  g_auto (GStrv) steps = g_strsplit (page->steps, " ", 0);
  g_assert_cmpstr (steps[0], ==, step);
  g_assert_nonnull (strstr (page->text, words));
}

static double
share_of (const char *text)
{
  ExtractPlausible plausible = extract_plausible (text);
  return extract_plausible_share (&plausible);
}

/* --- a scan that somebody has read before --- */

/* The English page of the sample scan, 6 by 5 inches at 300 dpi, as PDF carries it. */
static GBytes *
scan (char **keys)
{
  g_autoptr (GBytes) file = fixture ("extract/three-pages.tif");
  gsize size;
  const l_uint8 *bytes = g_bytes_get_data (file, &size);
  PIX *pix = pixReadMemTiff (bytes, size, 0);
  L_COMP_DATA *data = NULL;
  g_assert_cmpint (pixGenerateCIData (pix, L_G4_ENCODE, 0, 0, &data), ==, 0);
  *keys = g_strdup_printf ("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 1"
                           "/Filter/CCITTFaxDecode/DecodeParms<</K -1/Columns %d/BlackIs1 %s>>",
                           data->w, data->h, data->w, data->minisblack ? "true" : "false");
  GBytes *result = g_bytes_new (data->datacomp, data->nbytescomp);
  l_CIDataDestroy (&data);
  pixDestroy (&pix);
  return result;
}

typedef char *(*Garble) (const char *word);

static char *
as_it_is (const char *word)
{
  return g_strdup (word);
}

/* As a bad recognition of a bad fax has it. */
static char *
misread (const char *word)
{
  static const char from[] = "aeiouslt", to[] = "@c1~u5|+";
  char *bad = g_strdup (word);
  for (char *at = bad; *at != '\0'; at++)
    {
      const char *found = strchr (from, *at);
      *at = found != NULL ? to[found - from] : *at;
    }
  return bad;
}

/* The page with the words that were read of it, invisible, @right and @down points from where they belong. */
static GBytes *
read_before (Garble garble, double right, double down)
{
  g_autoptr (GBytes) tiff = fixture ("extract/three-pages.tif");
  g_autoptr (RecordPage) page = page_of (tiff, "image/tiff");
  g_autoptr (GString) content = g_string_new ("q 432 0 0 360 0 0 cm /I1 Do Q BT 3 Tr /F1 10 Tf\n");
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      g_autofree char *text = g_utf8_substring (page->text, word->from, word->to), *written = garble (text);
      g_string_append_printf (content, "1 0 0 1 %d %d Tm (%s) Tj\n", (int)(word->box.x0 * 0.24 + right),
                              (int)(360 - word->box.y1 * 0.24 - down), written);
    }
  g_string_append (content, "ET");
  g_autofree char *keys = NULL;
  g_autoptr (GBytes) bytes = scan (&keys);
  SomeStream stream = { keys, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  return some_pdf ("/MediaBox[0 0 432 360]", content->str, NULL, &stream, 1);
}

static void
test_good_words_of_an_earlier_recognition_are_kept (void)
{
  g_autoptr (GBytes) file = read_before (as_it_is, 0, 0);
  assert_decided (file, RECORD_ORIGIN_EMBEDDED, "old-text", "kettle");
}

static void
test_words_that_lie_beside_the_ink_are_read_again (void)
{
  g_autoptr (GBytes) file = read_before (as_it_is, 0, 130);
  assert_decided (file, RECORD_ORIGIN_RECOGNISED, "old-text-replaced", "kettle");
}

static void
test_rubbish_of_an_earlier_recognition_is_read_again (void)
{
  g_autoptr (GBytes) file = read_before (misread, 0, 0);
  assert_decided (file, RECORD_ORIGIN_RECOGNISED, "old-text-replaced", "kettle");
}

static void
test_words_of_half_of_the_ink_are_read_again (void)
{
  g_autofree char *keys = NULL;
  g_autoptr (GBytes) bytes = scan (&keys);
  SomeStream stream = { keys, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  g_autoptr (GBytes) file
      = some_pdf ("/MediaBox[0 0 432 360]",
                  "q 432 0 0 360 0 0 cm /I1 Do Q BT 3 Tr /F1 11 Tf 36 316 Td (Dear Sir or Madam, I have been) Tj "
                  "0 -26 Td (waiting for the kettle that was promised for the) Tj ET",
                  NULL, &stream, 1);
  assert_decided (file, RECORD_ORIGIN_RECOGNISED, "old-text-replaced", "Edith Marlowe");
}

static void
test_a_stamp_over_a_scan_is_not_all_there_is_to_read (void)
{
  g_autofree char *keys = NULL;
  g_autoptr (GBytes) bytes = scan (&keys);
  SomeStream stream = { keys, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  g_autoptr (GBytes) file = some_pdf (
      "/MediaBox[0 0 432 360]", "q 432 0 0 360 0 0 cm /I1 Do Q BT /F1 8 Tf 20 345 Td (received 2 March, page 2) Tj ET",
      NULL, &stream, 1);
  assert_decided (file, RECORD_ORIGIN_RECOGNISED, "stamp-over-picture", "Edith Marlowe");
}

static void
test_a_scan_is_read_from_the_pixels_that_are_stored (void)
{
  g_autofree char *keys = NULL;
  g_autoptr (GBytes) bytes = scan (&keys);
  SomeStream stream = { keys, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 432 360]", "432 0 0 360 0 0 cm /I1 Do", NULL, &stream, 1);
  assert_decided (file, RECORD_ORIGIN_RECOGNISED, "as-stored", "Edith Marlowe");
}

/* --- typed pages --- */

#define LETTER                                                                                                         \
  "14 TL 40 320 Td (Dear Customer Service,) Tj T* T* "                                                                 \
  "(The washing machine that you brought on Monday leaks, and the) Tj T* "                                             \
  "(kitchen floor is under water. I ask you to send somebody this week) Tj T* "                                        \
  "(and to pay for the damage, which is 214.60 GBP.) Tj T* T* (Yours sincerely, Nora Whitlock) Tj ET"

static void
test_a_typed_page_keeps_its_words (void)
{
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 432 360]", "BT /F1 11 Tf " LETTER, NULL, NULL, 0);
  assert_decided (file, RECORD_ORIGIN_EMBEDDED, "own-text", "214.60 GBP");
}

/* Two columns, written line by line across both. */
static void
test_two_columns_keep_their_words_column_by_column (void)
{
  static const char *const left[]
      = { "The first column of this page", "tells of a parcel that was", "never brought to the house." };
  static const char *const right[]
      = { "The second one says that the", "money should be paid back to", "the person who had paid it." };
  g_autoptr (GString) content = g_string_new ("BT /F1 11 Tf ");
  for (int i = 0; i < 3; i++)
    g_string_append_printf (content, "1 0 0 1 40 %d Tm (%s) Tj 1 0 0 1 240 %d Tm (%s) Tj ", 300 - 14 * i, left[i],
                            300 - 14 * i, right[i]);
  g_string_append (content, "ET");
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 432 360]", content->str, NULL, NULL, 0);
  assert_decided (file, RECORD_ORIGIN_EMBEDDED, "own-text", "tells of a parcel that was\nnever brought");
}

/* Poppler gives what stands in the cells of a row without a blank between. */
static void
test_words_far_apart_are_words_apart (void)
{
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 432 360]",
                                      "BT /F1 11 Tf 1 0 0 1 40 300 Tm (Ordered) Tj 1 0 0 1 86 300 Tm (Delivered) Tj "
                                      "1 0 0 1 40 280 Tm (Monday) Tj 1 0 0 1 86 280 Tm (Friday) Tj ET",
                                      NULL, NULL, 0);
  g_autoptr (RecordPage) page = page_of (file, "application/pdf");
  g_assert_null (strstr (page->text, "OrderedDelivered"));
  g_assert_null (strstr (page->text, "MondayFriday"));
}

static void
test_a_page_without_anything_is_blank (void)
{
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 432 360]", "q 1 0 0 rg Q", NULL, NULL, 0);
  g_autoptr (RecordPage) page = page_of (file, "application/pdf");
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_BLANK);
  g_assert_cmpuint (page->width_px, ==, 1800);
}

static void
test_a_list_of_contents_is_plausible (void)
{
  g_assert_cmpfloat (share_of ("Heading........................1\nPage 2 Heading.....2\nLast words _____ here"), >,
                     0.95);
}

static void
test_a_logo_beside_the_words_takes_nothing_from_them (void)
{
  g_autofree char *keys = NULL;
  g_autoptr (GBytes) bytes = scan (&keys);
  SomeStream stream = { keys, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) };
  g_autoptr (GBytes) file
      = some_pdf ("/MediaBox[0 0 432 360]", "q 100 0 0 83 300 20 cm /I1 Do Q BT /F1 11 Tf " LETTER, NULL, &stream, 1);
  assert_decided (file, RECORD_ORIGIN_EMBEDDED, "own-text", "214.60 GBP");
}

/* A font of which every code is said to be another letter: each is the one 13 further on. */
static GBytes *
with_wrong_letters (const char *ranges)
{
  g_autofree char *map
      = g_strdup_printf ("/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <ff> "
                         "endcodespacerange %s endcmap end end",
                         ranges);
  SomeStream stream = { "", map, strlen (map) };
  return some_pdf ("/MediaBox[0 0 432 360]", "BT /F2 11 Tf " LETTER,
                   "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding/ToUnicode 7 0 R>>", &stream,
                   1);
}

static void
test_letters_that_stand_for_others_are_read_from_the_drawing (void)
{
  g_autoptr (GBytes) file = with_wrong_letters (
      "4 beginbfrange <41> <4d> <004e> <4e> <5a> <0041> <61> <6d> <006e> <6e> <7a> <0061> endbfrange");
  assert_decided (file, RECORD_ORIGIN_RECOGNISED, "bad-text-replaced", "washing machine");
}

static void
test_letters_for_private_use_are_read_from_the_drawing (void)
{
  g_autoptr (GBytes) file = with_wrong_letters ("1 beginbfrange <00> <ff> <e000> endbfrange");
  assert_decided (file, RECORD_ORIGIN_RECOGNISED, "bad-text-replaced", "washing machine");
}

/* @text as numbers of glyphs of DejaVu, which has the letters of ASCII from 3 on. */
static void
append_glyphs (GString *content, const char *text)
{
  g_string_append_c (content, '<');
  for (; *text != '\0'; text++)
    g_string_append_printf (content, "%04x", *text - 29);
  g_string_append (content, "> Tj T* ");
}

static void
test_glyphs_without_letters_are_read_from_the_drawing (void)
{
  g_autofree char *font = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents ("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", &font, &size, NULL));
  g_autoptr (GString) content = g_string_new ("BT /F2 11 Tf 14 TL 40 320 Td ");
  append_glyphs (content, "Dear Customer Service,");
  append_glyphs (content, "The washing machine that you brought on Monday leaks.");
  g_string_append (content, "ET");
  SomeStream file = { "", font, size };
  g_autoptr (GBytes) pdf = some_pdf (
      "/MediaBox[0 0 432 360]", content->str,
      "<</Type/Font/Subtype/Type0/BaseFont/Some/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
      "/BaseFont/Some/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/DW 620/FontDescriptor<</Type"
      "/FontDescriptor/FontName/Some/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 900/Descent -200/CapHeight "
      "700"
      "/StemV 80/FontFile2 7 0 R>>>>]>>",
      &file, 1);
  assert_decided (pdf, RECORD_ORIGIN_RECOGNISED, "bad-text-replaced", "that you brought on");
}

/* --- plausible text --- */

static void
test_letters_of_any_language_are_plausible (void)
{
  g_assert_cmpfloat (share_of ("Sehr geehrte Damen und Herren, die Waschmaschine ist am Montag ausgelaufen, und der "
                               "Küchenboden steht unter Wasser. Bitte schicken Sie jemanden, der den Schaden ansieht."),
                     >, 0.95);
  g_assert_cmpfloat (share_of ("Kedves Ügyfélszolgálat! A mosógép hétfőn kifolyt, a konyha padlója víz alatt áll, "
                               "kérem, küldjenek valakit."),
                     >, 0.95);
  g_assert_cmpfloat (share_of ("Szanowni Państwo, pralka cieknie, a podłoga w kuchni jest zalana wodą."), >, 0.9);
  g_assert_cmpfloat (share_of ("Уважаемые господа, стиральная машина течёт, и пол на кухне залит."), >, 0.95);
  g_assert_cmpfloat (share_of ("الغسالة تسرب الماء وأرضية المطبخ مغمورة"), >, 0.95);
  g_assert_cmpfloat (share_of ("Customer no. AB-1234/7, IBAN GB33BUKB20201555555555, 214.60 GBP, nora@example.org, "
                               "www.example.org/help, 12.03.2026, the bill was paid."),
                     >, 0.95);
}

static void
test_rubbish_is_not_plausible (void)
{
  g_assert_cmpfloat (share_of ("Gdeu Fxvwrphu Vhuylfh, wkh zdvklqj pdfklqh wkdw brx eurxjkw rq Prqgdb ohdnv, dqg wkh "
                               "nlwfkhq iorru lv xqghu zdwhu. L dvn brx wr vhqg vrphergb wklv zhhn dqg wr sdb iru wkh "
                               "gdpdjh, zklfk lv pxfk."),
                     <, 0.6);
  g_assert_cmpfloat (share_of ("T|-|e w@5h1ng m@ch1nc +h@+ y0u br0ugh+ 0n M0nd@y |c@k5, @nd +hc k1+chcn f|00r 15"), <,
                     0.6);
  g_assert_cmpfloat (share_of ("\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd ab \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd cd"), <,
                     0.6);
  g_assert_cmpfloat (share_of (""), ==, 0);
}

static void
add_tests (void)
{
  g_test_add_func ("/extract/text-layer/plausible", test_letters_of_any_language_are_plausible);
  g_test_add_func ("/extract/text-layer/rubbish", test_rubbish_is_not_plausible);
  g_test_add_func ("/extract/text-layer/old", test_good_words_of_an_earlier_recognition_are_kept);
  g_test_add_func ("/extract/text-layer/shifted", test_words_that_lie_beside_the_ink_are_read_again);
  g_test_add_func ("/extract/text-layer/old-rubbish", test_rubbish_of_an_earlier_recognition_is_read_again);
  g_test_add_func ("/extract/text-layer/half", test_words_of_half_of_the_ink_are_read_again);
  g_test_add_func ("/extract/text-layer/stamp", test_a_stamp_over_a_scan_is_not_all_there_is_to_read);
  g_test_add_func ("/extract/text-layer/scan", test_a_scan_is_read_from_the_pixels_that_are_stored);
  g_test_add_func ("/extract/text-layer/typed", test_a_typed_page_keeps_its_words);
  g_test_add_func ("/extract/text-layer/columns", test_two_columns_keep_their_words_column_by_column);
  g_test_add_func ("/extract/text-layer/cells", test_words_far_apart_are_words_apart);
  g_test_add_func ("/extract/text-layer/blank", test_a_page_without_anything_is_blank);
  g_test_add_func ("/extract/text-layer/contents", test_a_list_of_contents_is_plausible);
  g_test_add_func ("/extract/text-layer/logo", test_a_logo_beside_the_words_takes_nothing_from_them);
  g_test_add_func ("/extract/text-layer/wrong-letters", test_letters_that_stand_for_others_are_read_from_the_drawing);
  g_test_add_func ("/extract/text-layer/private", test_letters_for_private_use_are_read_from_the_drawing);
  g_test_add_func ("/extract/text-layer/no-letters", test_glyphs_without_letters_are_read_from_the_drawing);
}

int
main (int argc, char **argv)
{
  begin_with_models (&argc, &argv, "en");
  add_tests ();
  return g_test_run ();
}
