/* tests/unit/bound.h - pictures, what was read on them, and what other programs find in the PDFs made of both. */
#pragma once
#include "base/record.h"
#include "extract/cleanup.h"
#include "tests/unit/fixture.h"
#include <poppler.h>
#include <string.h>

enum
{
  WIDTH = 1000, /* of the upright page */
  HEIGHT = 1400,
  DPI = 120,
  COLUMNS = 3,
};
static const char *const lines[][COLUMNS] = { { "Reclamación", "número", "4711" },
                                              { "őszinte", "tisztelettel", "köszönöm" },
                                              { "œuvre", "£214.60", "\U0001F600" },
                                              { "A", "long-hyphenated-word", "(see)" } };

/* --- pictures --- */

/* White paper with a dark square in the upright page's top left corner and a bar for each word. */
static inline PIX *
upright_picture (int depth)
{
  PIX *pix = pixCreate (WIDTH, HEIGHT, depth);
  pixSetAllArbitrary (pix, depth == 1 ? 0 : depth == 8 ? 255 : 0xFFFFFF00);
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 100; x++)
      pixSetPixel (pix, x, y, depth == 1 ? 1 : 0);
  for (int y = 300; y < 310; y++)
    for (int x = 0; x < WIDTH; x++)
      pixSetPixel (pix, x, y, depth == 1 ? 1 : depth == 8 ? (l_uint32)x / 8 : 0x30609000);
  return pix;
}

/* As a scanner stores a page that has to be turned clockwise by @rotation to be upright. */
static inline GBytes *
stored_picture (int depth, int format, int rotation)
{
  g_autoptr (PIX) upright = upright_picture (depth);
  g_autoptr (PIX) stored = pixRotateOrth (upright, (360 - rotation) / 90 % 4);
  pixSetResolution (stored, DPI, DPI);
  l_uint8 *data;
  size_t size;
  g_assert_cmpint (
      format == IFF_PNG ? pixWriteMemPng (&data, &size, stored, 0) : pixWriteMem (&data, &size, stored, format), ==, 0);
  return g_bytes_new_with_free_func (data, size, free, data);
}

/* --- records --- */

static inline void
add_word (RecordPage *page, GString *text, const char *word, RecordBox box, unsigned begins)
{
  uint32_t from = (uint32_t)g_utf8_strlen (text->str, -1);
  g_string_append_printf (text, "%s ", word);
  RecordWord added = { .from = from, .to = from + (uint32_t)g_utf8_strlen (word, -1), .box = box, .confidence = 90 };
  added.begins = (uint8_t)begins;
  g_array_append_val (page->words, added);
}

static inline RecordPage *
record_of_words (unsigned no, int rotation)
{
  RecordPage *page = record_page_new (no);
  g_autoptr (GString) text = g_string_new (NULL);
  page->origin = RECORD_ORIGIN_RECOGNISED;
  g_strlcpy (page->language, "es", sizeof page->language);
  page->rotation = rotation;
  page->dpi = DPI;
  page->width_px = WIDTH;
  page->height_px = HEIGHT;
  for (int y = 0; y < (int)G_N_ELEMENTS (lines); y++)
    for (int x = 0, left = 150; x < COLUMNS; x++)
      {
        int width = 20 * (int)g_utf8_strlen (lines[y][x], -1), top = 400 + 60 * y;
        add_word (page, text, lines[y][x], (RecordBox){ left, top, left + width, top + 36 },
                  x == 0 ? RECORD_WORD_BEGINS_LINE : 0);
        left += width + 15;
      }
  g_free (page->text);
  page->text = g_strdup (text->str);
  return page;
}

static inline GPtrArray *
one_page (int rotation)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  g_ptr_array_add (pages, record_of_words (1, rotation));
  return pages;
}

/* --- what others read in the PDF --- */

/* Runs @program with the PDF as file and gives what it printed. */
static inline char *
run_on (GBytes *pdf, const char *program, const char *option, const char *last)
{
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "bound.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *out = NULL;
  int status;
  g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), &error);
  g_assert_no_error (error);
  const char *arguments[] = { program, option, path, last, NULL };
  g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  if (status != 0)
    g_test_message ("%s: %s", program, out);
  g_assert_cmpint (status, ==, 0);
  fixture_remove_folder (folder);
  return out;
}

static inline void
assert_valid (GBytes *pdf)
{
  g_autofree char *said = run_on (pdf, "qpdf", "--check", NULL);
  g_assert_nonnull (strstr (said, "PDF Version: 1.7"));
}

static inline double
share (const RecordBox *box, const double found[4])
{
  double x0 = MAX (box->x0, found[0]), y0 = MAX (box->y0, found[1]), x1 = MIN (box->x1, found[2]),
         y1 = MIN (box->y1, found[3]);
  double common = MAX (0, x1 - x0) * MAX (0, y1 - y0);
  double first = (double)(box->x1 - box->x0) * (box->y1 - box->y0),
         second = (found[2] - found[0]) * (found[3] - found[1]);
  return common / (first + second - common);
}

/* Reads the next <word> of pdftotext -bbox into @found (pixels of the upright page). */
static inline const char *
next_word (const char *at, double found[4], char word[64])
{
  at = strstr (at, "<word ");
  g_assert_nonnull (at);
  g_assert_cmpint (sscanf (at, "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%63[^<]", &found[0],
                           &found[1], &found[2], &found[3], word),
                   ==, 5);
  for (int i = 0; i < 4; i++)
    found[i] *= DPI / 72.0;
  return at + 1;
}

static inline void
assert_words_at_their_place (GBytes *pdf, const RecordPage *page)
{
  g_autofree char *boxes = run_on (pdf, "pdftotext", "-bbox", "-");
  const char *at = boxes;
  double sum = 0;
  for (guint i = 0; i < page->words->len; i++)
    {
      double found[4];
      char word[64];
      at = next_word (at, found, word);
      g_assert_cmpstr (word, ==, lines[i / COLUMNS][i % COLUMNS]);
      sum += share (&g_array_index (page->words, RecordWord, i).box, found);
    }
  g_assert_null (strstr (at, "<word "));
  g_assert_cmpfloat (sum / page->words->len, >, 0.95);
}

static inline PopplerPage *
open_page (GBytes *pdf, int index)
{
  g_autoptr (GError) error = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (pdf, NULL, &error);
  g_assert_no_error (error);
  PopplerPage *page = poppler_document_get_page (document, index); /* keeps the document */
  g_object_unref (document);
  return page;
}

/* The dark corner of page @index as a viewer shows it: 0 top left, 1 top right, 2 bottom left, 3 bottom right. */
static inline int
dark_corner (GBytes *pdf, int index)
{
  PopplerPage *page = open_page (pdf, index);
  double width, height;
  poppler_page_get_size (page, &width, &height);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width, (int)height);
  cairo_t *cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  poppler_page_render (page, cairo);
  cairo_surface_flush (surface);
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface), found = -1, n = 0;
  for (int corner = 0; corner < 4; corner++)
    {
      int x = corner % 2 == 0 ? 20 : (int)width - 20, y = corner / 2 == 0 ? 20 : (int)height - 20;
      if (data[y * stride + 4 * x + 1] < 64)
        found = corner, n++;
    }
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  g_object_unref (page);
  g_assert_cmpint (n, ==, 1);
  return found;
}

static inline bool
holds (GBytes *whole, const void *part, gsize size)
{
  return memmem (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole), part, size) != NULL;
}

/* The first picture in the PDF as it was before it came in, however often it was packed. Owned by the caller. */
static inline GBytes *
first_picture (GBytes *pdf)
{
  static const char *const endings[] = { "jpg", "ccitt" };
  char *folder = fixture_folder (), *data = NULL;
  g_autofree char *path = g_build_filename (folder, "bound.pdf", NULL);
  g_autofree char *root = g_build_filename (folder, "p", NULL);
  const char *arguments[] = { "pdfimages", "-all", path, root, NULL };
  gsize size = 0;
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (pdf, NULL), (gssize)g_bytes_get_size (pdf), NULL));
  g_assert_true (
      g_spawn_sync (NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (endings) && data == NULL; i++)
    {
      g_autofree char *picture = g_strdup_printf ("%s-000.%s", root, endings[i]);
      g_file_get_contents (picture, &data, &size, NULL);
    }
  g_assert_nonnull (data);
  fixture_remove_folder (folder);
  return g_bytes_new_take (data, size);
}
