/* Sheets that were photographed at an angle. */
#include "extract/flatten.h"
#include "extract/grey.h"
#include "tests/unit/extract_models.h"
#include "tests/unit/extract_read.h"
#include "tests/unit/fixture.h"
#include <math.h>
#include <string.h>

static const Limits limits = LIMITS_DEFAULT;

/* How a photo shows a sheet: from a place of the photo to one of the sheet. */
typedef struct
{
  double across[3], down[3], depth[3];
} View;

static PIX *
sheet_of (const char *name)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  g_autoptr (PIX) two = pixReadMem (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  PIX *grey = pixConvertTo8 (two, 0);
  g_assert_nonnull (grey);
  return grey;
}

/* The sheet with a desk of @shade round it, a fifth of its width on each side. */
static PIX *
on_desk (PIX *sheet, l_uint32 shade)
{
  l_int32 room = pixGetWidth (sheet) / 5;
  return pixAddBorder (sheet, room, shade);
}

/* Leans @pix about its middle: the right side is farther away by @aside, the upper by @back, of the distance. */
static View
leaning (PIX *pix, double aside, double back)
{
  double w = pixGetWidth (pix), h = pixGetHeight (pix);
  View view = { { 1, 0, 0 }, { 0, 1, 0 }, { -aside / w, back / h, 1 + aside / 2 - back / 2 } };
  for (int i = 0; i < 3; i++)
    {
      double at_middle = view.depth[i];
      view.across[i] += w / 2 * (at_middle - (i == 2));
      view.down[i] += h / 2 * (at_middle - (i == 2));
    }
  return view;
}

static PIX *
photo_of (PIX *pix, const View *view)
{
  PIX *photo = extract_grey_project (pix, view->across, view->down, view->depth, pixGetWidth (pix), pixGetHeight (pix));
  g_assert_nonnull (photo);
  return photo;
}

/* @pix without so much of it, as @part of its sides, all round. */
static PIX *
cropped (PIX *pix, double part)
{
  l_int32 w = pixGetWidth (pix), h = pixGetHeight (pix);
  BOX *box = boxCreate ((l_int32)(w * part), (l_int32)(h * part), (l_int32)(w * (1 - 2 * part)),
                        (l_int32)(h * (1 - 2 * part)));
  PIX *inner = pixClipRectangle (pix, box, NULL);
  boxDestroy (&box);
  return inner;
}

static RecordPage *
read_photo (PIX *photo)
{
  g_autoptr (GError) error = NULL;
  l_uint8 *bytes = NULL;
  size_t size = 0;
  pixSetResolution (photo, 200, 200);
  g_assert_cmpint (pixWriteMemTiff (&bytes, &size, photo, IFF_TIFF_LZW), ==, 0);
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);
  lept_free (bytes);
  char *hints[] = { (char *)"en", NULL };
  RecordPage *page = read_page_of (file, "image/tiff", 1, hints, &limits, &error);
  g_assert_no_error (error);
  g_test_message ("%s, confidence %.1f: %s", page->steps, page->confidence, page->text);
  return page;
}

static ExtractFlat *
flat_of (PIX *photo)
{
  g_autoptr (ExtractSurvey) survey = extract_survey_new (photo);
  return extract_flatten (photo, survey);
}

/* Where the middle of @box, on the photo, is on the sheet. */
static void
assert_lies_at (const View *view, RecordBox box, double x, double y, double near)
{
  double px = (box.x0 + box.x1) / 2.0, py = (box.y0 + box.y1) / 2.0;
  double depth = view->depth[0] * px + view->depth[1] * py + view->depth[2];
  g_assert_cmpfloat_with_epsilon ((view->across[0] * px + view->across[1] * py + view->across[2]) / depth, x, near);
  g_assert_cmpfloat_with_epsilon ((view->down[0] * px + view->down[1] * py + view->down[2]) / depth, y, near);
}

static void
test_a_sheet_on_a_desk_seen_from_the_side_and_below_is_read (void)
{
  g_autoptr (PIX) sheet = sheet_of ("letterhead.tif");
  g_autoptr (PIX) desk = on_desk (sheet, 40);
  View view = leaning (desk, 0.35, 0.3);
  g_autoptr (PIX) seen = photo_of (desk, &view);
  g_autoptr (PIX) photo = cropped (seen, 0.09);
  g_autoptr (RecordPage) page = read_photo (photo);
  g_assert_nonnull (strstr (page->steps, "flatten"));
  g_assert_nonnull (strstr (page->text, "We have received your notice about the burst pipe"));
  g_assert_nonnull (strstr (page->text, "Telephone 01632 960 200"));
  /* Words come back to the place where the photo shows them. */
  RecordBox box = word_of (page, "Ashdown")->box;
  l_int32 left = (l_int32)(pixGetWidth (seen) * 0.09), top = (l_int32)(pixGetHeight (seen) * 0.09);
  box = (RecordBox){ box.x0 + left, box.y0 + top, box.x1 + left, box.y1 + top };
  g_autoptr (RecordPage) straight = read_photo (sheet);
  RecordBox there = word_of (straight, "Ashdown")->box;
  l_int32 room = pixGetWidth (sheet) / 5;
  assert_lies_at (&view, box, (there.x0 + there.x1) / 2.0 + room, (there.y0 + there.y1) / 2.0 + room, 8);
}

static void
test_lines_that_run_together_are_enough_where_no_edge_is_seen (void)
{
  g_autoptr (PIX) sheet = sheet_of ("quoted.tif");
  View view = leaning (sheet, 0.3, 0);
  g_autoptr (PIX) seen = photo_of (sheet, &view);
  g_autoptr (ExtractFlat) flat = flat_of (seen);
  g_assert_nonnull (flat);
  /* The lines are level again: none is told to be at an angle. */
  g_autoptr (ExtractFlat) twice = flat_of (flat->pix);
  g_assert_null (twice);
  g_autoptr (RecordPage) page = read_photo (seen);
  g_assert_nonnull (strstr (page->text, "The warehouse says that the chair left our hands"));
}

static void
test_a_photo_that_lies_on_its_side_is_turned_and_flattened (void)
{
  g_autoptr (PIX) sheet = sheet_of ("letterhead.tif");
  g_autoptr (PIX) desk = on_desk (sheet, 40);
  View view = leaning (desk, 0.25, 0.1);
  g_autoptr (PIX) seen = photo_of (desk, &view);
  g_autoptr (PIX) inner = cropped (seen, 0.06);
  g_autoptr (PIX) aside = pixRotateOrth (inner, 1);
  g_autoptr (RecordPage) page = read_photo (aside), upright = read_photo (inner);
  g_assert_cmpint (page->rotation, ==, 270);
  g_assert_cmpuint (page->width_px, ==, upright->width_px);
  RecordBox box = word_of (page, "Ashdown")->box, there = word_of (upright, "Ashdown")->box;
  g_assert_cmpint (ABS (box.x0 - there.x0), <=, 4);
  g_assert_cmpint (ABS (box.y0 - there.y0), <=, 4);
}

static void
test_what_a_scanner_made_stays_as_it_is (void)
{
  static const char *const names[] = { "letterhead.tif", "columns.tif", "table.tif", "quoted.tif", "crooked.tif" };
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (PIX) sheet = sheet_of (names[i]);
      g_autoptr (PIX) crooked = extract_grey_level (sheet, 0.05);
      g_autoptr (PIX) lid = on_desk (sheet, 20);
      g_autoptr (ExtractFlat) flat = flat_of (sheet), turned = flat_of (crooked), framed = flat_of (lid);
      g_assert_null (flat);
      g_assert_null (turned);
      g_assert_null (framed);
    }
}

/* Lines of letters that begin at one margin and end where @end of each says. */
static PIX *
ragged_sheet (const int *end, int n)
{
  enum
  {
    LEFT = 120,
    ADVANCE = 13,
  };
  PIX *sheet = pixCreate (1240, 1754, 8);
  pixSetAllArbitrary (sheet, 245);
  for (int line = 0; line < n; line++)
    for (int i = 0, letters = (end[line] - LEFT) / ADVANCE; i < letters; i++)
      {
        int x = LEFT + (end[line] - LEFT) * (i + 1) / letters, tall = i % 3 == 0 ? 7 : 0;
        BOX *letter = boxCreate (x - 9, 200 + 34 * line - tall, 9, 14 + tall);
        pixSetInRectArbitrary (sheet, letter, 30);
        boxDestroy (&letter);
      }
  return sheet;
}

static void
test_a_ragged_margin_is_no_side_of_a_sheet (void)
{
  /* Half of the lines happen to end a little farther to the left each, as on a sheet whose lower end is farther away.
   */
  static const int end[] = { 1120, 1030, 1114, 1000, 1108, 920, 1102, 1099, 1040, 1093, 960, 1087, 1084, 700, 1078 };
  g_autoptr (PIX) sheet = ragged_sheet (end, G_N_ELEMENTS (end));
  g_autoptr (ExtractFlat) flat = flat_of (sheet);
  g_assert_null (flat);
}

static void
test_a_drawing_without_lines_is_no_sheet_at_an_angle (void)
{
  g_autoptr (PIX) drawing = pixCreate (1400, 1800, 8);
  pixSetAllArbitrary (drawing, 240);
  for (int i = 0; i < 400; i++)
    {
      BOX *spot = boxCreate (g_test_rand_int_range (0, 1300), g_test_rand_int_range (0, 1700), 12, 20);
      pixSetInRectArbitrary (drawing, spot, 30);
      boxDestroy (&spot);
    }
  g_autoptr (ExtractFlat) flat = flat_of (drawing);
  g_assert_null (flat);
}

static void
test_boxes_come_back_through_every_turn (void)
{
  g_autoptr (PIX) sheet = sheet_of ("letterhead.tif");
  g_autoptr (PIX) desk = on_desk (sheet, 40);
  View view = leaning (desk, 0.3, 0.2);
  g_autoptr (PIX) seen = photo_of (desk, &view);
  g_autoptr (PIX) inner = cropped (seen, 0.07);
  g_autoptr (ExtractFlat) flat = flat_of (inner);
  g_assert_nonnull (flat);
  double climb, w = pixGetWidth (flat->pix), h = pixGetHeight (flat->pix);
  RecordBox upright = extract_flat_back (flat, (RecordBox){ 300, 200, 340, 210 }, 0, &climb);
  RecordBox half = { (int)w - 340, (int)h - 210, (int)w - 300, (int)h - 200 };
  RecordBox turned = extract_flat_back (flat, half, 180, &climb);
  g_assert_cmpint (turned.x1, ==, flat->photo_w - upright.x0);
  g_assert_cmpint (turned.y1, ==, flat->photo_h - upright.y0);
  RecordBox quarter = { (int)h - 210, 300, (int)h - 200, 340 };
  turned = extract_flat_back (flat, quarter, 90, &climb);
  g_assert_cmpint (turned.y0, ==, upright.x0);
  g_assert_cmpint (turned.x1, ==, flat->photo_h - upright.y0);
}

int
main (int argc, char **argv)
{
  begin_with_models (&argc, &argv, "en");
  g_test_add_func ("/extract/flatten/desk", test_a_sheet_on_a_desk_seen_from_the_side_and_below_is_read);
  g_test_add_func ("/extract/flatten/lines", test_lines_that_run_together_are_enough_where_no_edge_is_seen);
  g_test_add_func ("/extract/flatten/aside", test_a_photo_that_lies_on_its_side_is_turned_and_flattened);
  g_test_add_func ("/extract/flatten/scans", test_what_a_scanner_made_stays_as_it_is);
  g_test_add_func ("/extract/flatten/ragged", test_a_ragged_margin_is_no_side_of_a_sheet);
  g_test_add_func ("/extract/flatten/drawing", test_a_drawing_without_lines_is_no_sheet_at_an_angle);
  g_test_add_func ("/extract/flatten/turns", test_boxes_come_back_through_every_turn);
  return g_test_run ();
}
