/* Text of any character set: good UTF-8 without control characters, whose pages add up. */
#include "extract/charset.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_files (seeds, "tests/fixtures/extract", ".txt");
  fuzz_seed_files (seeds, "tests/fixtures/extract", ".eml");
  fuzz_seed_bytes (seeds, "\0\0\0a\0\0\0b\0\0\0\n", 12);
  fuzz_seed_text (seeds, "\xEF\xBB\xBF"
                         "déjà\r\nvu\r");
}

/* Bytes that are not blank. */
static gsize
ink (const char *text)
{
  gsize count = 0;
  for (; *text != '\0'; text++)
    count += strchr (" \t\n\f", *text) == NULL;
  return count;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  const char *charset = NULL;
  extract_charset_looks_like_text ((const char *)data, size);
  g_autofree char *text = extract_charset_text (file, &charset, &error);
  fuzz_told (text != NULL, error);
  if (text == NULL)
    return 0;
  g_assert_true (charset != NULL && g_utf8_validate (text, -1, NULL));
  for (const char *at = text; *at != '\0'; at++)
    g_assert_true ((guchar)*at >= 0x20 || strchr ("\n\t\f", *at) != NULL);
  unsigned pages = extract_charset_pages (text);
  g_assert_cmpuint (pages, >=, 1);
  gsize found = 0;
  for (unsigned no = 1; no <= MIN (pages, 64); no++)
    {
      g_autofree char *page = extract_charset_page (text, no);
      g_assert_true (page != NULL && strchr (page, '\f') == NULL);
      found += ink (page);
    }
  g_autofree char *beyond = extract_charset_page (text, pages + 1);
  g_assert_true (beyond == NULL && (pages > 64 || found == ink (text)));
  return 0;
}
