/* What a file is: always a media type that docketd takes. */
#include "base/record.h"
#include "extract/media.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  g_autoptr (GError) error = NULL;
  extract_media_warm_up (&error);
  g_assert_no_error (error);
  fuzz_seed_files (seeds, "tests/fixtures/extract", "");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  g_autofree char *type = extract_media_type (file, size % 2 == 0 ? "scan.pdf" : "scan", &error);
  g_assert_no_error (error);
  g_autoptr (RecordFacts) facts = record_facts_new (type, 1);
  g_autoptr (GBytes) sent = record_facts_encode (facts);
  g_autoptr (RecordFacts) read = record_facts_decode (sent, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpint (extract_media_is_picture (type) + extract_media_is_text (type) + extract_media_is_pdf (type), <=, 1);
  return 0;
}
