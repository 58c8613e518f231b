/* Pixels coded as JBIG2 come out of poppler as they went in. */
#include "extract/bind_jbig2.h"
#include "extract/bind_pdf.h"
#include <poppler.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

/* A PDF of one page that shows @coded. */
static GBytes *
pdf_of (GBytes *coded, int width, int height)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BindPdf) pdf = extract_bind_pdf_new (&error);
  g_autofree char *dict = g_strdup_printf ("<< /Type /XObject /Subtype /Image /Width %d /Height %d"
                                           " /ColorSpace /DeviceGray /BitsPerComponent 1 >>",
                                           width, height);
  g_autofree char *page = g_strdup_printf ("<< /Type /Page /MediaBox [ 0 0 %d %d ] >>", width, height);
  g_autofree char *operators = g_strdup_printf ("%d 0 0 %d 0 0 cm /P Do", width, height);
  qpdf_oh object = extract_bind_pdf_object (pdf, page), pictures = extract_bind_pdf_parse (pdf, "<< >>");
  qpdf_oh resources = extract_bind_pdf_parse (pdf, "<< >>");
  extract_bind_pdf_set (pdf, pictures, "/P", extract_bind_pdf_stream (pdf, dict, coded, "/JBIG2Decode", NULL));
  extract_bind_pdf_set (pdf, resources, "/XObject", pictures);
  extract_bind_pdf_set (pdf, object, "/Resources", resources);
  extract_bind_pdf_set (pdf, object, "/Contents",
                        extract_bind_pdf_deflated (pdf, "<< >>", operators, strlen (operators)));
  extract_bind_pdf_add_page (pdf, object);
  GBytes *file = extract_bind_pdf_write (pdf, 1 << 24, &error);
  g_assert_no_error (error);
  return file;
}

/* The only picture of the only page of @file. */
static cairo_surface_t *
picture_of (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PopplerDocument) document = poppler_document_new_from_bytes (file, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (PopplerPage) page = poppler_document_get_page (document, 0);
  GList *pictures = poppler_page_get_image_mapping (page);
  g_assert_cmpuint (g_list_length (pictures), ==, 1);
  cairo_surface_t *surface = poppler_page_get_image (page, ((PopplerImageMapping *)pictures->data)->image_id);
  poppler_page_free_image_mapping (pictures);
  return surface;
}

static void
check (PIX *pix)
{
  g_autoptr (GBytes) coded = extract_bind_jbig2 (pix);
  g_autoptr (GBytes) file = pdf_of (coded, pixGetWidth (pix), pixGetHeight (pix));
  cairo_surface_t *surface = picture_of (file);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, pixGetWidth (pix));
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, pixGetHeight (pix));
  for (int y = 0; y < pixGetHeight (pix); y++)
    {
      const guint32 *row
          = (const void *)(cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface));
      for (int x = 0; x < pixGetWidth (pix); x++)
        {
          l_uint32 ink;
          pixGetPixel (pix, x, y, &ink);
          g_assert_cmphex (row[x] & 0xFFFFFF, ==, ink ? 0 : 0xFFFFFF);
        }
    }
  cairo_surface_destroy (surface);
}

static void
test_rows_of_every_width_come_back (void)
{
  for (int width = 1; width < 200; width += width < 70 ? 1 : 13)
    {
      g_autoptr (PIX) pix = pixCreate (width, 9, 1);
      for (int y = 2; y < 8; y++)
        for (int x = width * y / 9; x < width - width * y / 11; x++)
          pixSetPixel (pix, x, y, y % 3 != 2);
      check (pix);
    }
}

/* From rare specks, which stand at every place of a word, to black. */
static void
test_noise_comes_back (void)
{
  GRand *chance = g_rand_new_with_seed (9);
  for (int width = 1; width < 400; width += 37)
    for (int inked = 0; inked <= 1000; inked = inked < 10 ? inked + 3 : 3 * inked)
      {
        g_autoptr (PIX) pix = pixCreate (width, 90, 1);
        for (int y = 0; y < 90; y++)
          for (int x = 0; x < width; x++)
            pixSetPixel (pix, x, y, g_rand_int_range (chance, 0, 1000) < inked);
        check (pix);
      }
  g_rand_free (chance);
}

static void
test_leaning_strokes_come_back_and_take_few_bytes (void)
{
  GRand *chance = g_rand_new_with_seed (10);
  g_autoptr (PIX) pix = pixCreate (1000, 900, 1);
  for (int stroke = 0; stroke < 120; stroke++)
    {
      int x = g_rand_int_range (chance, 0, 1000), y = g_rand_int_range (chance, 0, 250);
      int thick = g_rand_int_range (chance, 1, 14), lean = g_rand_int_range (chance, -5, 6);
      for (int row = 0; row < 45; row++)
        for (int i = 0; i < thick; i++)
          pixSetPixel (pix, CLAMP (x + i + row * lean / 2, 0, 999), y + row, 1);
    }
  check (pix);
  L_COMP_DATA *fax = NULL;
  g_assert_cmpint (pixGenerateCIData (pix, L_G4_ENCODE, 0, 0, &fax), ==, 0);
  g_autoptr (GBytes) coded = extract_bind_jbig2 (pix);
  g_assert_cmpuint (g_bytes_get_size (coded), <, fax->nbytescomp);
  l_CIDataDestroy (&fax);
  g_rand_free (chance);
}

static void
test_a_black_page_and_a_white_one_take_next_to_nothing (void)
{
  g_autoptr (PIX) pix = pixCreate (2480, 3507, 1);
  g_autoptr (GBytes) white = extract_bind_jbig2 (pix);
  pixSetAll (pix);
  g_autoptr (GBytes) black = extract_bind_jbig2 (pix);
  g_assert_cmpuint (g_bytes_get_size (white), <, 100);
  g_assert_cmpuint (g_bytes_get_size (black), <, 150);
  check (pix);
}

static void
test_what_stands_behind_the_end_of_rows_is_not_coded (void)
{
  g_autoptr (PIX) clean = pixCreate (45, 6, 1), dirty = pixCreate (45, 6, 1);
  pixSetPixel (clean, 44, 3, 1);
  pixSetPixel (dirty, 44, 3, 1);
  pixSetPadBits (dirty, 1);
  g_autoptr (GBytes) coded = extract_bind_jbig2 (clean), same = extract_bind_jbig2 (dirty);
  g_assert_true (g_bytes_equal (coded, same));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bind-jbig2/widths", test_rows_of_every_width_come_back);
  g_test_add_func ("/bind-jbig2/noise", test_noise_comes_back);
  g_test_add_func ("/bind-jbig2/strokes", test_leaning_strokes_come_back_and_take_few_bytes);
  g_test_add_func ("/bind-jbig2/plain", test_a_black_page_and_a_white_one_take_next_to_nothing);
  g_test_add_func ("/bind-jbig2/padding", test_what_stands_behind_the_end_of_rows_is_not_coded);
  return g_test_run ();
}
