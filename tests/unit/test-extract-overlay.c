#include "extract/bind_overlay.h"
#include "extract/bind_picture.h"
#include "tests/unit/bound.h"

static const Limits limits = LIMITS_DEFAULT;

/* --- PDFs as scanners and other programs make them --- */

enum
{
  LEFT = 40, /* of the page's box, points */
  BOTTOM = -25,
  ACROSS = WIDTH * 72 / DPI,
  DOWN = HEIGHT * 72 / DPI,
};

/* One page: the keys of its dictionary besides box, picture and resources, and what its contents have before and after
 * the picture. */
typedef struct
{
  const char *keys, *before, *after;
} Scan;

static qpdf_oh
picture_of (BindPdf *pdf, int turn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = stored_picture (8, IFF_JFIF_JPEG, turn);
  g_autoptr (BindPicture) picture = extract_bind_picture (file, "image/jpeg", 1, &limits, &error);
  g_assert_no_error (error);
  return extract_bind_picture_object (picture, pdf);
}

/* Fonts that a page may inherit, under names that ours could be taken for. */
static qpdf_oh
inherited_resources (BindPdf *pdf, qpdf_oh picture)
{
  qpdf_oh resources = extract_bind_pdf_object (
      pdf, "<< /Font << /Docket << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>");
  qpdf_oh objects = extract_bind_pdf_parse (pdf, "<< >>");
  qpdf_oh form = extract_bind_pdf_deflated (
      pdf,
      "<< /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /G << /Type /Font"
      " /Subtype /Type1 /BaseFont /Courier >> >> >> >>",
      "BT /G 9 Tf 3 Tr 50 50 Td (formerly) Tj ET", 41);
  extract_bind_pdf_set (pdf, objects, "/Im", picture);
  extract_bind_pdf_set (pdf, objects, "/OCR", form);
  extract_bind_pdf_set (pdf, resources, "/XObject", objects);
  return resources;
}

static void
add_scan (BindPdf *pdf, const Scan *scan, int turn)
{
  bool side = turn % 180 != 0;
  int width = side ? DOWN : ACROSS, height = side ? ACROSS : DOWN;
  g_autofree char *dict = g_strdup_printf ("<< /Type /Page /MediaBox [-90 -90 2000 2000] /CropBox [%d %d %d %d] %s >>",
                                           LEFT + width, BOTTOM, LEFT, BOTTOM + height, scan->keys);
  g_autofree char *operators = g_strdup_printf ("%s\nq %d 0 0 %d %d %d cm /Im Do Q\n%s", scan->before, width, height,
                                                LEFT, BOTTOM, scan->after);
  qpdf_oh page = extract_bind_pdf_object (pdf, dict);
  extract_bind_pdf_set (pdf, page, "/Contents",
                        extract_bind_pdf_deflated (pdf, "<< >>", operators, strlen (operators)));
  extract_bind_pdf_add_page (pdf, page);
}

static GBytes *
written (BindPdf *pdf)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = extract_bind_pdf_write (pdf, limits.output_bytes, &error);
  g_assert_no_error (error);
  return bytes;
}

/* Two pages with the same picture, which has to be turned by @turn in all, and resources that they inherit. */
static BindPdf *
scanned (const Scan *first, int turn)
{
  g_autoptr (GError) error = NULL;
  BindPdf *pdf = extract_bind_pdf_new (&error);
  g_assert_no_error (error);
  qpdf_oh pages = qpdf_oh_get_key (extract_bind_pdf_data (pdf), extract_bind_pdf_root (pdf), "/Pages");
  add_scan (pdf, first, turn);
  add_scan (pdf, &(Scan){ "", "", "BT /Docket 12 Tf 60 60 Td (second) Tj ET" }, 0);
  extract_bind_pdf_set (pdf, pages, "/Resources", inherited_resources (pdf, picture_of (pdf, turn)));
  return pdf;
}

static GBytes *
scanned_bytes (const char *before, const char *after)
{
  g_autoptr (BindPdf) pdf = scanned (&(Scan){ "", before, after }, 0);
  return written (pdf);
}

/* The first page was read, the second had text of its own. */
static GPtrArray *
two_pages (int rotation)
{
  GPtrArray *pages = one_page (rotation);
  RecordPage *second = record_of_words (2, 0);
  second->origin = RECORD_ORIGIN_EMBEDDED;
  g_ptr_array_add (pages, second);
  return pages;
}

static GBytes *
overlay (GBytes *file, int rotation)
{
  g_autoptr (GPtrArray) pages = two_pages (rotation);
  return extract_bind_overlay (file, pages, &limits);
}

/* The text of page 1. */
static char *
text_of (GBytes *pdf)
{
  g_autofree char *all = run_on (pdf, "pdftotext", "-raw", "-");
  return g_strndup (all, strcspn (all, "\f"));
}

#define READ                                                                                                           \
  "Reclamación número 4711\nőszinte tisztelettel köszönöm\nœuvre £214.60 \U0001F600\nA long-hyphenated-word (see)\n"

/* --- the tests --- */

static void
assert_words_lie_right (int turned, int rotation)
{
  g_autofree char *keys = g_strdup_printf ("/Rotate %d", turned - 360);
  g_autoptr (BindPdf) made = scanned (&(Scan){ keys, "", "" }, (turned + rotation) % 360);
  g_autoptr (GBytes) file = written (made);
  g_autoptr (GBytes) pdf = overlay (file, rotation);
  g_autoptr (RecordPage) page = record_of_words (1, rotation);
  g_assert_nonnull (pdf);
  assert_valid (pdf);
  g_assert_cmpint (dark_corner (pdf, 0), ==, 0);
  g_autoptr (BindPdf) again = extract_bind_pdf_open (pdf, NULL);
  qpdf_data qpdf = extract_bind_pdf_data (again);
  g_assert_cmpint (qpdf_get_num_pages (qpdf), ==, 2);
  qpdf_remove_page (qpdf, qpdf_get_page_n (qpdf, 1));
  qpdf_oh shown = qpdf_get_page_n (qpdf, 0); /* pdftotext measures from the media box */
  extract_bind_pdf_set (again, shown, "/MediaBox", qpdf_oh_get_key (qpdf, shown, "/CropBox"));
  g_autoptr (GBytes) first = written (again);
  assert_words_at_their_place (first, page);
}

static void
test_words_lie_on_the_shown_page_however_it_is_turned (void)
{
  for (int turned = 0; turned < 360; turned += 90)
    for (int rotation = 0; rotation < 360; rotation += 90)
      assert_words_lie_right (turned, rotation);
}

static void
test_a_page_of_another_shape_than_was_read_has_its_words_all_the_same (void)
{
  g_autoptr (GBytes) file = scanned_bytes ("", "");
  g_autoptr (GPtrArray) pages = two_pages (0);
  RecordPage *page = g_ptr_array_index (pages, 0);
  page->width_px *= 2;
  page->dpi = 71;
  for (guint i = 0; i < page->words->len; i++)
    {
      RecordBox *box = &g_array_index (page->words, RecordWord, i).box;
      box->x0 *= 2, box->x1 *= 2;
    }
  g_autoptr (GBytes) pdf = extract_bind_overlay (file, pages, &limits);
  g_autoptr (GBytes) wanted = overlay (file, 0);
  g_autofree char *found = run_on (pdf, "pdftotext", "-bbox", "-"), *right = run_on (wanted, "pdftotext", "-bbox", "-");
  const char *at = found, *right_at = right;
  for (guint i = 0; i < page->words->len; i++)
    {
      double box[4], right_box[4];
      char word[64], right_word[64];
      at = next_word (at, box, word);
      right_at = next_word (right_at, right_box, right_word);
      g_assert_cmpstr (word, ==, right_word);
      for (int side = 0; side < 4; side++)
        g_assert_cmpfloat_with_epsilon (box[side], right_box[side], 2);
    }
}

static void
test_contents_that_leave_the_page_moved_do_not_move_the_words (void)
{
  g_autoptr (GBytes) file = scanned_bytes ("q 0.5 0 0 0.5 9 9 cm", "0.1 0 0 0.1 3 3 cm q q");
  g_autoptr (GBytes) plain_file = scanned_bytes ("", "");
  g_autoptr (GBytes) pdf = overlay (file, 0), plain = overlay (plain_file, 0);
  g_autofree char *boxes = run_on (pdf, "pdftotext", "-bbox", "-"), *right = run_on (plain, "pdftotext", "-bbox", "-");
  g_assert_cmpstr (boxes, ==, right);
}

static void
test_fonts_and_pages_beside_ours_stay_as_they_are (void)
{
  g_autoptr (GBytes) file = scanned_bytes ("", "BT /Docket 12 Tf 60 60 Td (stamped) Tj ET");
  g_autoptr (GBytes) pdf = overlay (file, 0);
  g_autofree char *text = run_on (pdf, "pdftotext", "-raw", "-");
  assert_valid (pdf);
  g_auto (GStrv) parts = g_strsplit (text, "\f", -1);
  g_assert_cmpstr (parts[0], ==, READ "stamped\n");
  g_assert_cmpstr (parts[1], ==, "second\n");
}

static void
test_the_picture_in_it_keeps_its_bytes (void)
{
  g_autoptr (GBytes) jpeg = stored_picture (8, IFF_JFIF_JPEG, 0), file = scanned_bytes ("", ""),
                     pdf = overlay (file, 0);
  g_autoptr (GBytes) picture = first_picture (pdf);
  g_assert_true (g_bytes_equal (picture, jpeg));
}

static void
test_a_fax_in_it_gets_smaller_and_comes_out_as_it_came (void)
{
  g_autoptr (GBytes) tiff = stored_picture (1, IFF_TIFF_G4, 0);
  g_autoptr (BindPicture) fax = extract_bind_picture (tiff, "image/tiff", 1, &limits, NULL);
  g_autofree char *notation = g_strdup_printf ("<< /Subtype /Image /Width %d /Height %d /BitsPerComponent 1"
                                               " /ColorSpace /DeviceGray >>",
                                               WIDTH, HEIGHT);
  for (int listed = 0; listed <= 1; listed++)
    {
      g_autofree char *parms = g_strdup_printf (listed ? "[ %s ]" : "%s", fax->parms);
      g_autoptr (BindPdf) pdf = scanned (&(Scan){ "", "", "" }, 0);
      qpdf_oh pages = qpdf_oh_get_key (extract_bind_pdf_data (pdf), extract_bind_pdf_root (pdf), "/Pages");
      qpdf_oh picture = extract_bind_pdf_stream (pdf, notation, fax->data,
                                                 listed ? "[ /CCITTFaxDecode ]" : "/CCITTFaxDecode", parms);
      extract_bind_pdf_set (pdf, pages, "/Resources", inherited_resources (pdf, picture));
      g_autoptr (GBytes) file = written (pdf);
      g_autoptr (GBytes) laid = overlay (file, 0);
      assert_valid (laid);
      g_autoptr (GBytes) before = first_picture (file), after = first_picture (laid);
      g_assert_true (g_bytes_equal (before, fax->data));
      g_assert_true (g_bytes_equal (after, fax->data));
      g_assert_true (holds (file, g_bytes_get_data (before, NULL), g_bytes_get_size (before)));
      g_assert_false (holds (laid, g_bytes_get_data (after, NULL), g_bytes_get_size (after)));
      g_assert_cmpint (dark_corner (laid, 0), ==, 0);
    }
}

static void
test_an_older_invisible_reading_gives_way (void)
{
  static const char *const olds[] = {
    "BT 3 Tr /Docket 9 Tf 60 60 Td (older) Tj 0 -12 Td [(rea) -10 (ding)] TJ ET",
    "q 3 Tr BT /Docket 9 Tf 12 TL 60 60 Td (older) ' ET Q",
    "/OCR Do",
    "q 3 Tr /OCR Do Q BT /Docket 9 Tf 3 Tr 1 0 0 1 60 60 Tm <6F6C646572> Tj ET % (unbalanced",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (olds); i++)
    {
      g_autoptr (GBytes) before = scanned_bytes (olds[i], ""), behind = scanned_bytes ("", olds[i]);
      g_autoptr (GBytes) first = overlay (before, 0), second = overlay (behind, 0);
      g_autofree char *first_text = text_of (first), *second_text = text_of (second);
      assert_valid (first);
      g_assert_cmpstr (first_text, ==, READ);
      g_assert_cmpstr (second_text, ==, READ);
      g_assert_cmpint (dark_corner (first, 0), ==, 0);
    }
}

static void
test_text_that_can_be_seen_stays_where_it_is (void)
{
  static const char *const mixed[] = {
    "BT /Docket 9 Tf 100 Tz 3 Tr 60 60 Td (older) Tj 0 Tr ( shown) Tj ET",   /* stands behind the other */
    "BT /Docket 9 Tf 3 Tr 60 60 Td (older) Tj 0 Tr 0 -20 Td ( shown) Tj ET", /* does not */
    "BI /W 1 /H 1 /BPC 8 /CS /G ID \x01 EI BT /Docket 9 Tf 0 -2 Td (shown) Tj ET",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (mixed); i++)
    {
      g_autoptr (GBytes) file = scanned_bytes ("", mixed[i]), pdf = overlay (file, 0);
      g_autofree char *text = text_of (pdf);
      assert_valid (pdf);
      g_assert_nonnull (strstr (text, "shown"));
      g_assert_cmpint (strstr (text, "older") != NULL, ==, i == 0);
    }
}

static void
test_a_word_that_the_page_has_as_text_is_not_laid_again (void)
{
  /* In the box of the first word that was read, and elsewhere. */
  const char *shown = "BT /Docket 20 Tf 60 Tz 132 559 Td (number 4711) Tj 0 -400 Td (A) Tj ET";
  g_autoptr (GBytes) file = scanned_bytes ("", shown);
  g_autoptr (GPtrArray) pages = two_pages (0);
  RecordPage *page = g_ptr_array_index (pages, 0);
  g_autoptr (GString) text = g_string_new (NULL);
  g_array_set_size (page->words, 0);
  add_word (page, text, "number", (RecordBox){ 153, 400, 240, 436 }, RECORD_WORD_BEGINS_LINE);
  add_word (page, text, "other", (RecordBox){ 300, 400, 400, 436 }, 0);
  add_word (page, text, "A", (RecordBox){ 150, 460, 170, 496 }, RECORD_WORD_BEGINS_LINE);
  g_free (page->text);
  page->text = g_strdup (text->str);
  g_autoptr (GBytes) pdf = extract_bind_overlay (file, pages, &limits);
  g_autofree char *found = text_of (pdf);
  assert_valid (pdf);
  g_assert_cmpstr (found, ==, "other\nA\nnumber 4711\nA\n");
}

static void
test_equal_files_give_equal_bytes (void)
{
  g_autoptr (GBytes) file = scanned_bytes ("", ""), first = overlay (file, 0), second = overlay (file, 0);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_a_signed_file_stays_as_it_came (void)
{
  static const char *const forms[] = {
    "<< /SigFlags 3 /Fields [ << /FT /Sig /T (a) /V << /Type /Sig >> >> ] >>",
    "<< /Fields [ << /T (a) /FT /Sig /Kids [ << /V << /Type /Sig >> >> ] >> ] >>",
    "<< /Fields [ << /FT /Tx /T (a) /V (text) >> << /FT /Sig /T (to be signed) >> ] >>",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (BindPdf) pdf = scanned (&(Scan){ "", "", "" }, 0);
      extract_bind_pdf_set (pdf, extract_bind_pdf_root (pdf), "/AcroForm", extract_bind_pdf_parse (pdf, forms[i]));
      g_autoptr (GBytes) file = written (pdf), overlaid = overlay (file, 0);
      g_assert_cmpint (overlaid != NULL, ==, i == 2);
    }
}

static void
test_what_cannot_be_written_whole_stays_as_it_came (void)
{
  static const char *const files[] = { "locked.pdf", "owner-locked.pdf", "truncated.pdf" };
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("tests/fixtures/extract/", files[i], NULL);
      char *data;
      gsize size;
      g_assert_true (g_file_get_contents (path, &data, &size, NULL));
      g_autoptr (GBytes) file = g_bytes_new_take (data, size), pdf = overlay (file, 0);
      if (i < 2)
        g_assert_null (pdf);
      else if (pdf != NULL)
        assert_valid (pdf);
    }
}

static void
test_a_file_without_read_pages_or_of_other_pages_stays_as_it_came (void)
{
  g_autoptr (GBytes) file = scanned_bytes ("", "");
  g_autoptr (GPtrArray) pages = two_pages (0);
  RecordPage *first = g_ptr_array_index (pages, 0);
  first->origin = RECORD_ORIGIN_EMBEDDED;
  g_assert_null (extract_bind_overlay (file, pages, &limits));
  first->origin = RECORD_ORIGIN_RECOGNISED;
  g_ptr_array_set_size (pages, 1);
  g_assert_null (extract_bind_overlay (file, pages, &limits));
}

static void
test_a_file_too_large_for_the_limits_stays_as_it_came (void)
{
  g_autoptr (GBytes) file = scanned_bytes ("", "");
  g_autoptr (GPtrArray) pages = two_pages (0);
  Limits little_output = limits, little_memory = limits;
  little_output.output_bytes = 1000;
  little_memory.memory_bytes = 1000;
  g_assert_null (extract_bind_overlay (file, pages, &little_output));
  g_assert_null (extract_bind_overlay (file, pages, &little_memory));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/overlay/turned", test_words_lie_on_the_shown_page_however_it_is_turned);
  g_test_add_func ("/extract/overlay/shape", test_a_page_of_another_shape_than_was_read_has_its_words_all_the_same);
  g_test_add_func ("/extract/overlay/moved", test_contents_that_leave_the_page_moved_do_not_move_the_words);
  g_test_add_func ("/extract/overlay/fonts", test_fonts_and_pages_beside_ours_stay_as_they_are);
  g_test_add_func ("/extract/overlay/picture", test_the_picture_in_it_keeps_its_bytes);
  g_test_add_func ("/extract/overlay/fax", test_a_fax_in_it_gets_smaller_and_comes_out_as_it_came);
  g_test_add_func ("/extract/overlay/older", test_an_older_invisible_reading_gives_way);
  g_test_add_func ("/extract/overlay/seen", test_text_that_can_be_seen_stays_where_it_is);
  g_test_add_func ("/extract/overlay/twice", test_a_word_that_the_page_has_as_text_is_not_laid_again);
  g_test_add_func ("/extract/overlay/equal", test_equal_files_give_equal_bytes);
  g_test_add_func ("/extract/overlay/signed", test_a_signed_file_stays_as_it_came);
  g_test_add_func ("/extract/overlay/whole", test_what_cannot_be_written_whole_stays_as_it_came);
  g_test_add_func ("/extract/overlay/pages", test_a_file_without_read_pages_or_of_other_pages_stays_as_it_came);
  g_test_add_func ("/extract/overlay/limits", test_a_file_too_large_for_the_limits_stays_as_it_came);
  return g_test_run ();
}
