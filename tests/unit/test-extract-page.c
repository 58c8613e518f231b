#include "extract/prepare.h"
#include "tests/unit/extract_fonts.h"
#include "tests/unit/extract_models.h"
#include "tests/unit/extract_read.h"
#include "tests/unit/fixture.h"
#include <leptonica/allheaders.h>
#include <string.h>

static const Limits limits = LIMITS_DEFAULT;

static GBytes *
sample (const char *name)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  return fixture (path);
}

static RecordFacts *
facts_of (const char *name)
{
  g_autoptr (GBytes) file = sample (name);
  g_autoptr (GError) error = NULL;
  g_autofree char *media_type = NULL;
  RecordFacts *facts = extract_facts (file, name, &limits, &media_type, &error);
  g_assert_no_error (error);
  return facts;
}

/* Reads and checks what holds for every page: it survives its own wire, and each word is its slice of the text. */
static RecordPage *
page_of (const char *name, unsigned no, const char *hint)
{
  g_autoptr (GBytes) file = sample (name);
  g_autoptr (RecordFacts) facts = facts_of (name);
  char *hints[] = { (char *)hint, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordPage) page = read_page_of (file, facts->media_type, no, hints, &limits, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) frame = record_page_encode (page);
  RecordPage *again = record_page_decode (frame, &limits, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < again->words->len; i++)
    {
      const RecordWord *word = &g_array_index (again->words, RecordWord, i);
      g_autofree char *slice = g_utf8_substring (again->text, word->from, word->to);
      g_assert_cmpuint (strcspn (slice, " \n\t"), ==, strlen (slice));
      g_assert_cmpint (word->box.x0, <, word->box.x1);
      g_assert_cmpint (word->box.y1, <=, (int)again->height_px);
    }
  return again;
}

static void
assert_refused (const char *name, RecordCode code, const char *media_type)
{
  g_autoptr (GBytes) file = sample (name);
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;
  g_autoptr (RecordFacts) facts = extract_facts (file, name, &limits, &told, &error);
  g_assert_null (facts);
  g_assert_error (error, EXTRACT_FAULT, (int)code);
  g_assert_cmpstr (told, ==, media_type);
}

static void
test_facts_name_type_and_pages (void)
{
  g_autoptr (RecordFacts) pdf = facts_of ("mixed.pdf");
  g_assert_cmpstr (pdf->media_type, ==, "application/pdf");
  g_assert_cmpuint (pdf->pages, ==, 4);
  g_assert_true (pdf->paged && !pdf->picture);
  g_autoptr (RecordFacts) tiff = facts_of ("three-pages.tif");
  g_assert_cmpuint (tiff->pages, ==, 3);
  g_assert_true (tiff->paged && tiff->picture);
  g_autoptr (RecordFacts) text = facts_of ("form-feed.txt");
  g_assert_cmpuint (text->pages, ==, 2);
  g_assert_true (!text->paged && !text->picture);
}

static void
test_refusals_tell_what_is_wrong (void)
{
  assert_refused ("locked.pdf", RECORD_CODE_NEEDS_PASSWORD, "application/pdf");
  assert_refused ("truncated.pdf", RECORD_CODE_DAMAGED, "application/pdf");
  assert_refused ("truncated.jpg", RECORD_CODE_DAMAGED, "image/jpeg");
  assert_refused ("bomb.png", RECORD_CODE_LIMIT, "image/png");
  assert_refused ("letter.eml", RECORD_CODE_UNSUPPORTED, "message/rfc822");
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autofree char *media_type = NULL;
  g_assert_null (extract_facts (nothing, NULL, &limits, &media_type, &error));
  g_assert_error (error, EXTRACT_FAULT, RECORD_CODE_EMPTY);
}

static void
test_typed_pdf_pages_keep_their_own_words (void)
{
  g_autoptr (RecordPage) page = page_of ("mixed.pdf", 1, "en");
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_EMBEDDED);
  g_assert_cmpuint (page->width_px, ==, 1800);
  g_assert_true (g_str_has_prefix (page->text, "Dear Customer Service,\nThe washing machine"));
  const RecordWord *dear = word_of (page, "Dear");
  /* 40 points from the left, base line 320 points from the bottom of 360, 300 dpi. */
  g_assert_cmpint (abs (dear->box.x0 - 40 * 300 / 72), <=, 6);
  g_assert_cmpint (dear->box.y0, <, 40 * 300 / 72);
  g_assert_cmpint (dear->box.y1, >=, 40 * 300 / 72);
  g_assert_cmpuint (dear->confidence, ==, 100);
}

static void
test_a_scan_with_a_stamp_in_a_pdf_is_recognised (void)
{
  g_autoptr (RecordPage) page = page_of ("mixed.pdf", 2, "es");
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_RECOGNISED);
  g_assert_cmpstr (page->language, ==, "es");
  g_assert_nonnull (strstr (page->text, "compré una lámpara"));
}

static void
test_a_turned_and_cropped_pdf_page_is_measured_as_it_is_shown (void)
{
  g_autoptr (RecordPage) page = page_of ("mixed.pdf", 3, "en");
  g_assert_cmpuint (page->width_px, ==, 1500);
  g_assert_cmpuint (page->height_px, ==, 1717);
  g_assert_nonnull (strstr (page->text, "214.60 GBP"));
  const RecordWord *dear = word_of (page, "Dear");
  /* Turned clockwise, the left margin of 20 points is above, and the upper margin of 40 is at the right. */
  g_assert_cmpint (abs (dear->box.y0 - 20 * 300 / 72), <=, 8);
  g_assert_cmpint (dear->box.x1, >, (int)page->width_px - 45 * 300 / 72);
}

static void
test_an_empty_pdf_page_is_blank (void)
{
  g_autoptr (RecordPage) page = page_of ("mixed.pdf", 4, "en");
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_BLANK);
  g_assert_cmpstr (page->text, ==, "");
}

static void
test_an_owner_password_does_not_hinder_reading (void)
{
  g_autoptr (RecordPage) page = page_of ("owner-locked.pdf", 1, "en");
  g_assert_nonnull (strstr (page->text, "washing machine"));
}

static void
test_a_turned_scan_is_read_upright (void)
{
  g_autoptr (RecordPage) page = page_of ("turned-left.tif", 1, "es");
  g_assert_cmpint (page->rotation, ==, 270);
  g_assert_cmpuint (page->width_px, ==, 1800);
  g_assert_nonnull (strstr (page->text, "Ramón Quiñones"));
}

static void
test_a_short_page_that_was_fed_sideways_is_read_upright (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = sample ("table.tif");
  PIX *upright = pixReadMem (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  for (int quarter = 1; quarter <= 3; quarter += 2)
    {
      char *hints[] = { (char *)"en", NULL };
      PIX *turned = pixRotateOrth (upright, quarter);
      l_uint8 *bytes = NULL;
      size_t size = 0;
      g_assert_cmpint (pixWriteMemTiff (&bytes, &size, turned, IFF_TIFF_G4), ==, 0);
      g_autoptr (GBytes) fed = g_bytes_new_with_free_func (bytes, size, lept_free, bytes);
      g_autoptr (RecordPage) page = read_page_of (fed, "image/tiff", 1, hints, &limits, &error);
      g_assert_no_error (error);
      g_assert_cmpint (page->rotation, ==, 360 - 90 * quarter);
      g_assert_cmpfloat (page->confidence, >, 80);
      pixDestroy (&turned);
    }
  pixDestroy (&upright);
}

static void
test_the_turn_asked_for_by_exif_or_tiff_is_part_of_the_rotation (void)
{
  g_autoptr (RecordPage) photo = page_of ("exif-turned.jpg", 1, "fr");
  g_assert_cmpint (photo->rotation, ==, 90);
  g_assert_cmpuint (photo->dpi, ==, 150);
  g_assert_nonnull (strstr (photo->text, "fauteuil"));
  g_autoptr (RecordPage) scan = page_of ("tagged.tif", 1, "fr");
  g_assert_cmpint (scan->rotation, ==, 90);
  g_assert_nonnull (strstr (scan->text, "fauteuil"));
}

static void
test_words_of_a_crooked_page_lie_where_they_are_printed (void)
{
  g_autoptr (RecordPage) page = page_of ("crooked.tif", 1, "en");
  g_assert_cmpfloat_with_epsilon (page->skew, -2.5, 0.2);
  const RecordWord *first = word_of (page, "Dear"), *last = word_of (page, "Marlowe");
  /* Drawn at 150 px from the left and top, then turned clockwise by 2.5 degrees about the middle. */
  g_assert_cmpint (abs (first->box.x0 - 177), <=, 12);
  g_assert_cmpint (abs (first->box.y0 - 124), <=, 16);
  g_assert_cmpint (last->box.y0, >, first->box.y1 + 300);
  g_assert_cmpint (abs (first->angle + 25), <=, 2);
}

static void
test_a_step_that_a_measurement_leaves_out_is_not_done (void)
{
  g_autoptr (GBytes) file = sample ("crooked.tif");
  char *hints[] = { (char *)"en", NULL };
  g_autoptr (GError) error = NULL;
  const ExtractPageJob how = { .languages = hints, .limits = &limits, .without = EXTRACT_STEP_DESKEW };
  g_autoptr (RecordPage) page = extract_page_job (file, "image/tiff", 1, &how, &error);
  g_assert_no_error (error);
  g_autoptr (RecordPage) whole = page_of ("crooked.tif", 1, "en");
  g_assert_nonnull (strstr (whole->steps, "deskew"));
  g_assert_null (strstr (page->steps, "deskew"));
  g_assert_cmpfloat (page->skew, ==, 0);
}

static void
test_a_wrong_hint_is_corrected_by_the_words (void)
{
  g_autoptr (RecordPage) page = page_of ("three-pages.tif", 3, "en");
  g_assert_cmpstr (page->language, ==, "hu");
  g_assert_nonnull (strstr (page->text, "küldjék el őket"));
}

static void
test_a_bar_code_is_found_with_its_box (void)
{
  g_autoptr (RecordPage) page = page_of ("barcode.tif", 1, "en");
  g_assert_cmpuint (page->barcodes->len, ==, 1);
  const RecordBarcode *code = page->barcodes->pdata[0];
  g_assert_cmpstr (code->type, ==, "EAN-13");
  g_assert_cmpstr (code->value, ==, "4006381333931");
  g_assert_cmpint (abs (code->box.x0 - 400), <=, 20);
  g_assert_cmpint (abs (code->box.x1 - 780), <=, 20);
  g_assert_cmpint (abs (code->box.y0 - 1150), <=, 20);
}

static void
test_transparent_pictures_are_read_on_paper (void)
{
  g_autoptr (RecordPage) page = page_of ("alpha.png", 1, "en");
  g_assert_nonnull (strstr (page->text, "Edith Marlowe"));
}

static void
test_texts_have_characters_instead_of_boxes (void)
{
  g_autoptr (RecordPage) page = page_of ("windows-1250.txt", 1, "en");
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_EMBEDDED);
  g_assert_cmpuint (page->dpi, ==, 0);
  g_assert_cmpuint (page->words->len, ==, 0);
  g_assert_cmpstr (page->language, ==, "hu");
}

static void
test_what_was_read_before_the_time_was_up_is_kept (void)
{
  g_autoptr (GBytes) file = sample ("three-pages.tif");
  Limits hasty = limits;
  hasty.wall_s = 0;
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordPage) page = read_page_of (file, "image/tiff", 1, NULL, &hasty, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->warnings->len, ==, 1);
  g_assert_cmpint (g_array_index (page->warnings, RecordWarning, 0).code, ==, RECORD_CODE_TIMEOUT);
}

static void
test_a_page_that_a_cut_took_from_a_tiff_is_missing (void)
{
  g_autoptr (GBytes) whole = sample ("three-pages.tif");
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, 16000); /* the directory of the third begins at 18048 */
  g_autoptr (GError) error = NULL;
  g_autofree char *media_type = NULL;
  g_autoptr (RecordFacts) facts = extract_facts (cut, "cut.tif", &limits, &media_type, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (facts->pages, ==, 3);
  g_autoptr (RecordPage) page = read_page_of (cut, media_type, 3, NULL, &limits, &error);
  g_assert_true (page == NULL || page->origin == RECORD_ORIGIN_MISSING);
}

static void
add_tests (void)
{
  g_test_add_func ("/extract/page/cut-tiff", test_a_page_that_a_cut_took_from_a_tiff_is_missing);
  g_test_add_func ("/extract/page/facts", test_facts_name_type_and_pages);
  g_test_add_func ("/extract/page/refusals", test_refusals_tell_what_is_wrong);
  g_test_add_func ("/extract/page/typed-pdf", test_typed_pdf_pages_keep_their_own_words);
  g_test_add_func ("/extract/page/stamped-scan", test_a_scan_with_a_stamp_in_a_pdf_is_recognised);
  g_test_add_func ("/extract/page/turned-pdf", test_a_turned_and_cropped_pdf_page_is_measured_as_it_is_shown);
  g_test_add_func ("/extract/page/empty-pdf", test_an_empty_pdf_page_is_blank);
  g_test_add_func ("/extract/page/owner-password", test_an_owner_password_does_not_hinder_reading);
  g_test_add_func ("/extract/page/turned", test_a_turned_scan_is_read_upright);
  g_test_add_func ("/extract/page/sideways", test_a_short_page_that_was_fed_sideways_is_read_upright);
  g_test_add_func ("/extract/page/tags", test_the_turn_asked_for_by_exif_or_tiff_is_part_of_the_rotation);
  g_test_add_func ("/extract/page/left-out", test_a_step_that_a_measurement_leaves_out_is_not_done);
  g_test_add_func ("/extract/page/crooked", test_words_of_a_crooked_page_lie_where_they_are_printed);
  g_test_add_func ("/extract/page/wrong-hint", test_a_wrong_hint_is_corrected_by_the_words);
  g_test_add_func ("/extract/page/bar-code", test_a_bar_code_is_found_with_its_box);
  g_test_add_func ("/extract/page/transparent", test_transparent_pictures_are_read_on_paper);
  g_test_add_func ("/extract/page/text", test_texts_have_characters_instead_of_boxes);
  g_test_add_func ("/extract/page/hasty", test_what_was_read_before_the_time_was_up_is_kept);
}

/* Two letters side by side on one sheet, each crooked in its own way. */
static GBytes *
open_book (float left_degrees, float right_degrees)
{
  g_autoptr (GBytes) file = fixture ("extract/three-pages.tif");
  PIX *letter = pixReadMem (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  l_int32 width = pixGetWidth (letter), height = pixGetHeight (letter);
  PIX *sheet = pixCreate (2 * width, height, 1);
  float degrees[] = { left_degrees, right_degrees };
  for (int i = 0; i < 2; i++)
    {
      PIX *crooked = pixRotate (letter, degrees[i] * (float)G_PI / 180, L_ROTATE_SHEAR, L_BRING_IN_WHITE, 0, 0);
      pixRasterop (sheet, i * width, 0, width, height, PIX_SRC, crooked, 0, 0);
      pixDestroy (&crooked);
    }
  pixSetResolution (sheet, 300, 300);
  l_uint8 *bytes = NULL;
  size_t size = 0;
  g_assert_cmpint (pixWriteMemTiff (&bytes, &size, sheet, IFF_TIFF_G4), ==, 0);
  GBytes *tiff = g_bytes_new (bytes, size);
  lept_free (bytes);
  pixDestroy (&sheet);
  pixDestroy (&letter);
  return tiff;
}

static void
test_facing_pages_are_read_one_after_the_other_each_level (void)
{
  g_autoptr (GBytes) book = open_book (1.5f, -1.5f);
  g_autoptr (GError) error = NULL;
  char *hints[] = { (char *)"en", NULL };
  g_autoptr (RecordPage) page = read_page_of (book, "image/tiff", 1, hints, &limits, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (page->steps, "facing-pages"));
  const char *first = strstr (page->text, "Dear"), *second = first != NULL ? strstr (first + 4, "Dear") : NULL;
  g_assert_nonnull (second);
  /* Words of the right page stand in the right half, turned their own way. */
  const RecordWord *last = &g_array_index (page->words, RecordWord, page->words->len - 1);
  const RecordWord *begin = &g_array_index (page->words, RecordWord, 0);
  g_assert_cmpint (last->box.x0, >, (int)page->width_px / 2);
  g_assert_cmpint (begin->box.x0, <, (int)page->width_px / 2);
  g_assert_cmpint (begin->angle * last->angle, <, 0);
  g_autoptr (GBytes) level = open_book (0, 0);
  g_autoptr (RecordPage) flat = read_page_of (level, "image/tiff", 1, hints, &limits, &error);
  g_assert_no_error (error);
  g_assert_null (strstr (flat->steps, "facing-pages"));
}

static void
test_a_trusted_language_that_is_wrong_is_found_out_by_what_was_read (void)
{
  char *data = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents ("samples/mail/szkennelt_0004.tif", &data, &size, &error));
  g_autoptr (GBytes) file = g_bytes_new_take (data, size);
  char *hints[] = { (char *)"en", (char *)"hu", NULL };
  const ExtractPageJob how = { .languages = hints, .limits = &limits, .trusted = true };
  g_autoptr (RecordPage) page = extract_page_job (file, "image/tiff", 1, &how, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (page->language, ==, "hu");
  g_assert_nonnull (strstr (page->text, "ő"));
}

int
main (int argc, char **argv)
{
  begin_with_models (&argc, &argv, "en,fr,es,hu");
  add_tests ();
  g_test_add_func ("/extract/page/facing", test_facing_pages_are_read_one_after_the_other_each_level);
  g_test_add_func ("/extract/page/trusted", test_a_trusted_language_that_is_wrong_is_found_out_by_what_was_read);
  return g_test_run ();
}
