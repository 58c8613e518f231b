/* The pixels of PDF pages whose picture lies somewhere, is not alone, or lies. */
#include "tests/unit/extract_fonts.h"
#include "tests/unit/extract_squares.h"

/* --- places --- */

static void
test_turns_and_mirrors_are_exact (void)
{
  assert_painted (BOX, "144 0 0 96 0 0 cm /I1 Do", true, UPRIGHT);
  assert_painted (BOX, "-144 0 0 96 144 0 cm /I1 Do", true, "#....# ....## ...... .....#");
  assert_painted (BOX, "-144 0 0 -96 144 96 cm /I1 Do", true, ".....# ...... ....## #....#");
  assert_painted (BOX, "144 0 0 -96 0 96 cm /I1 Do", true, "#..... ...... ##.... #....#");
  /* A quarter: a page on end. */
  assert_painted ("/MediaBox[0 0 96 144]", "0 -144 96 0 0 144 cm /I1 Do", true, "#.## ..#. .... .... .... ...#");
  assert_painted ("/MediaBox[0 0 96 144]", "0 144 -96 0 96 0 cm /I1 Do", true, "#... .... .... .... .#.. ##.#");
  assert_painted ("/MediaBox[0 0 96 144]", "0 144 96 0 0 0 cm /I1 Do", true, "...# .... .... .... ..#. #.##");
  assert_painted ("/MediaBox[0 0 96 144]", "0 -144 -96 0 96 144 cm /I1 Do", true, "##.# .#.. .... .... .... #...");
}

static void
test_the_turn_of_the_page_is_added (void)
{
  assert_painted (BOX "/Rotate 90", PAINT, true, "#.## ..#. .... .... .... ...#");
  assert_painted (BOX "/Rotate 180", PAINT, true, ".....# ...... ....## #....#");
  assert_painted (BOX "/Rotate 270", PAINT, true, "#... .... .... .... .#.. ##.#");
  assert_painted ("/MediaBox[0 0 96 144]/Rotate -90", "0 -144 96 0 0 144 cm /I1 Do", true, UPRIGHT);
}

static void
test_what_is_cropped_is_cut_off (void)
{
  /* Without the left column, and without the lowest row. */
  Seen page = plain_picture_on (BOX "/CropBox[24 24 144 96]", PAINT);
  g_assert_true (page.as_stored);
  g_assert_cmpint (pixGetWidth (page.pix), ==, 5 * SQUARE);
  g_assert_cmpint (pixGetHeight (page.pix), ==, 3 * SQUARE);
  assert_squares (page.pix, "....# #.... .....");
  pixDestroy (&page.pix);
  assert_painted (BOX "/CropBox[24 24 144 96]/Rotate 90", PAINT, true, ".#. ... ... ... ..#");
}

static void
test_a_narrow_margin_becomes_paper (void)
{
  /* A page one point larger on every side. */
  Seen page = plain_picture_on ("/MediaBox[-1 -1 145 97]", PAINT);
  g_assert_true (page.as_stored);
  g_assert_cmpint (pixGetWidth (page.pix), ==, 304);
  g_assert_cmpint (pixGetHeight (page.pix), ==, 204);
  l_uint32 corner = 1, inside = 0;
  pixGetPixel (page.pix, 1, 1, &corner);
  pixGetPixel (page.pix, 3, 3, &inside);
  g_assert_cmpuint (corner, ==, 0);
  g_assert_cmpuint (inside, ==, 1);
  pixDestroy (&page.pix);
}

static void
test_a_fax_with_flat_pixels_is_stretched (void)
{
  Seen page = plain_picture_on ("/MediaBox[0 0 144 192]", "144 0 0 192 0 0 cm /I1 Do");
  g_assert_true (page.as_stored);
  g_assert_cmpint (pixGetHeight (page.pix), ==, 2 * HEIGHT);
  g_assert_cmpuint (page.dpi, ==, 150);
  assert_squares (page.pix, UPRIGHT);
  pixDestroy (&page.pix);
}

static void
test_a_form_around_the_picture_makes_no_difference (void)
{
  static const char form[] = "q 72 0 0 48 0 0 cm /I1 Do Q";
  g_autoptr (GBytes) bytes = samples (1, 1, false, false);
  g_autofree char *all = picture_keys (PLAIN);
  SomeStream streams[] = { stream_of (all, bytes),
                           { "/Type/XObject/Subtype/Form/BBox[0 0 72 48]/Matrix[2 0 0 2 0 0]", form, strlen (form) } };
  g_autoptr (GBytes) file = some_pdf (BOX, "/I2 Do", NULL, streams, 2);
  Seen page = seen (file);
  g_assert_true (page.as_stored);
  assert_squares (page.pix, UPRIGHT);
  pixDestroy (&page.pix);
}

/* --- when a page is more than its picture --- */

static void
test_a_page_that_shows_more_is_drawn (void)
{
  assert_painted (BOX, PAINT " 1 1 1 rg 0 72 24 24 re f", false, ".....# ##.... ...... #.....");
  assert_painted (BOX, PAINT " 2 w 24 0 m 24 96 l S", false, UPRIGHT);
  assert_painted (BOX, PAINT " BT /F1 4 Tf 50 50 Td (seen) Tj ET", false, UPRIGHT);
  assert_painted (BOX, "q 24 0 120 96 re W n 144 0 0 96 0 0 cm /I1 Do Q", false, ".....# .#.... ...... ......");
  assert_painted (BOX "/Annots[<</Type/Annot/Subtype/Square/Rect[0 72 24 96]/AP<</N 7 0 R>>>>]", PAINT, false, UPRIGHT);
  assert_painted (BOX, "72 0 0 96 0 0 cm /I1 Do", false, "#....#...... ##.......... ............ #...........");
}

static void
test_what_cannot_be_seen_makes_no_difference (void)
{
  assert_painted (BOX, PAINT " BT 3 Tr /F1 4 Tf 50 50 Td (not seen) Tj ET", true, UPRIGHT);
  assert_painted (BOX, "1 0 0 rg 0 0 144 96 re f BT /F1 40 Tf 0 0 Td (below) Tj ET " PAINT, true, UPRIGHT);
  assert_painted (BOX, "0 0 144 96 re W n " PAINT, true, UPRIGHT);
}

static void
test_a_slanted_picture_is_drawn (void)
{
  Seen page = plain_picture_on (BOX, "143 5 -5 95 2 0 cm /I1 Do");
  g_assert_false (page.as_stored);
  pixDestroy (&page.pix);
}

static void
test_a_see_through_picture_is_drawn (void)
{
  Seen page = plain_picture_on (BOX, "/G1 gs " PAINT);
  g_assert_false (page.as_stored);
  pixDestroy (&page.pix);
}

static void
test_strips_are_drawn_at_their_own_resolution (void)
{
  g_autoptr (GBytes) bytes = samples (1, 1, false, false);
  g_autofree char *all = picture_keys (PLAIN);
  SomeStream streams[] = { stream_of (all, bytes), stream_of (all, bytes) };
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 108 144]",
                                      "q 108 0 0 72 0 72 cm /I1 Do Q q 108 0 0 72 0 0 cm /I2 Do Q", NULL, streams, 2);
  Seen page = seen (file);
  g_assert_false (page.as_stored);
  g_assert_cmpuint (page.dpi, ==, 200);
  g_assert_cmpint (pixGetWidth (page.pix), ==, WIDTH);
  assert_squares (page.pix, UPRIGHT " " UPRIGHT);
  pixDestroy (&page.pix);
}

/* --- lies --- */

static void
test_a_picture_that_lies_of_its_size_is_drawn (void)
{
  g_autoptr (PIX) pix = picture (), grey = pixConvertTo8 (pix, 0);
  l_uint8 *coded = NULL;
  size_t size;
  g_assert_cmpint (pixWriteMemJpeg (&coded, &size, grey, 80, 0), ==, 0);
  SomeStream stream = { "/Type/XObject/Subtype/Image/Width 30000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 8"
                        "/Filter/DCTDecode",
                        coded, size };
  g_autoptr (GBytes) file = some_pdf (BOX, PAINT, NULL, &stream, 1);
  Seen page = seen (file);
  g_assert_false (page.as_stored);
  pixDestroy (&page.pix);
  lept_free (coded);
}

static void
test_a_cut_picture_is_drawn (void)
{
  g_autoptr (PIX) pix = picture (), grey = pixConvertTo8 (pix, 0);
  l_uint8 *coded = NULL;
  size_t size;
  g_assert_cmpint (pixWriteMemJpeg (&coded, &size, grey, 80, 0), ==, 0);
  g_autofree char *keys = picture_keys ("/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode");
  SomeStream stream = { keys, coded, size / 2 };
  g_autoptr (GBytes) file = some_pdf (BOX, PAINT, NULL, &stream, 1);
  Seen page = seen (file);
  g_assert_false (page.as_stored);
  pixDestroy (&page.pix);
  lept_free (coded);
}

static void
test_a_bomb_is_not_unpacked (void)
{
  g_autofree guint8 *zeros = g_malloc0 (1 << 24);
  g_autoptr (GBytes) much = g_bytes_new_static (zeros, 1 << 24);
  g_autoptr (GBytes) packed = flated (much);
  SomeStream picture_stream = stream_of ("/Type/XObject/Subtype/Image/Width 30000/Height 30000/ColorSpace/DeviceGray"
                                         "/BitsPerComponent 8/Filter/FlateDecode",
                                         packed);
  g_autoptr (GBytes) file = some_pdf (BOX, "72 0 0 48 0 0 cm /I2 Do", NULL, &picture_stream, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &limits, &error);
  ExtractPdfLook look;
  g_assert_true (extract_pdf_look (pdf, 1, &limits, &look, &error));
  /* A form whose operators are a bomb is left alone. */
  SomeStream form = stream_of ("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", packed);
  g_autoptr (GBytes) other = some_pdf (BOX, "/I1 Do", NULL, &form, 1);
  g_autoptr (ExtractPdf) bomb = extract_pdf_open (other, &limits, &error);
  g_assert_true (extract_pdf_look (bomb, 1, &limits, &look, &error));
  g_assert_false (look.understood);
}

static void
test_forms_that_call_themselves_come_to_an_end (void)
{
  static const char form[] = "/I1 Do /I1 Do /I1 Do";
  SomeStream stream = { "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", form, strlen (form) };
  g_autoptr (GBytes) file = some_pdf (BOX, "/I1 Do", NULL, &stream, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &limits, &error);
  ExtractPdfLook look;
  g_assert_true (extract_pdf_look (pdf, 1, &limits, &look, &error));
  g_assert_false (look.understood);
}

static void
test_a_picture_of_too_many_pixels_is_not_decoded (void)
{
  g_autoptr (GBytes) bytes = samples (8, 1, false, false);
  g_autofree char *all = picture_keys ("/ColorSpace/DeviceGray/BitsPerComponent 8");
  SomeStream stream = stream_of (all, bytes);
  g_autoptr (GBytes) file = some_pdf (BOX, PAINT, NULL, &stream, 1);
  Limits small = limits;
  small.pixels = WIDTH * HEIGHT - 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &small, &error);
  unsigned dpi;
  bool as_stored = true;
  g_autoptr (PIX) pix = extract_pdf_pixels (pdf, 1, &small, &dpi, &as_stored, &error);
  g_assert_no_error (error);
  g_assert_false (as_stored);
  g_assert_cmpint (pixGetWidth (pix) * pixGetHeight (pix), <, WIDTH * HEIGHT);
}

static void
add_tests (void)
{
  g_test_add_func ("/extract/pdf-places/turns", test_turns_and_mirrors_are_exact);
  g_test_add_func ("/extract/pdf-places/page-turn", test_the_turn_of_the_page_is_added);
  g_test_add_func ("/extract/pdf-places/cropped", test_what_is_cropped_is_cut_off);
  g_test_add_func ("/extract/pdf-places/margin", test_a_narrow_margin_becomes_paper);
  g_test_add_func ("/extract/pdf-places/flat", test_a_fax_with_flat_pixels_is_stretched);
  g_test_add_func ("/extract/pdf-places/form", test_a_form_around_the_picture_makes_no_difference);
  g_test_add_func ("/extract/pdf-places/more", test_a_page_that_shows_more_is_drawn);
  g_test_add_func ("/extract/pdf-places/hidden", test_what_cannot_be_seen_makes_no_difference);
  g_test_add_func ("/extract/pdf-places/slanted", test_a_slanted_picture_is_drawn);
  g_test_add_func ("/extract/pdf-places/see-through", test_a_see_through_picture_is_drawn);
  g_test_add_func ("/extract/pdf-places/strips", test_strips_are_drawn_at_their_own_resolution);
  g_test_add_func ("/extract/pdf-places/lies", test_a_picture_that_lies_of_its_size_is_drawn);
  g_test_add_func ("/extract/pdf-places/cut", test_a_cut_picture_is_drawn);
  g_test_add_func ("/extract/pdf-places/bomb", test_a_bomb_is_not_unpacked);
  g_test_add_func ("/extract/pdf-places/endless", test_forms_that_call_themselves_come_to_an_end);
  g_test_add_func ("/extract/pdf-places/too-many", test_a_picture_of_too_many_pixels_is_not_decoded);
}

int
main (int argc, char **argv)
{
  return pdf_tests (argc, argv, add_tests);
}
