/* Whatever is laid over is a PDF again that libqpdf reads without mending, with as many pages. */
#include "extract/bind_overlay.h"
#include "extract/bind_pdf.h"
#include "tests/fuzz/fuzz.h"

enum
{
  MOST_PAGES = 5,
};

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_files (seeds, "tests/fixtures/extract", ".pdf");
}

static GPtrArray *
pages_with_a_word (unsigned n)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  for (unsigned i = 1; i <= n; i++)
    {
      RecordPage *page = record_page_new (i);
      const RecordWord word = { .to = 4, .box = { 30, 40, 90, 60 } };
      page->origin = RECORD_ORIGIN_RECOGNISED;
      page->rotation = 90 * (int)(i % 4);
      page->dpi = page->width_px = page->height_px = 150;
      g_free (page->text);
      page->text = g_strdup ("word\n");
      g_array_append_val (page->words, word);
      g_ptr_array_add (pages, page);
    }
  return pages;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  for (unsigned n = 1; n <= MOST_PAGES; n++)
    {
      g_autoptr (GPtrArray) pages = pages_with_a_word (n);
      g_autoptr (GBytes) laid = extract_bind_overlay (file, pages, &limits);
      if (laid == NULL)
        continue;
      g_autoptr (BindPdf) again = extract_bind_pdf_open (laid, NULL);
      g_assert_nonnull (again);
      g_assert_false (extract_bind_pdf_was_mended (again));
      return 0;
    }
  return 0;
}
