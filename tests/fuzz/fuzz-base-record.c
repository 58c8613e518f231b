/* Frames from a child: what a decoder takes, it writes so that it takes the same again. */
#include "base/record.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>
#include <zlib.h>

static const Limits limits = LIMITS_DEFAULT;

/* A page's payload is packed, and changed bytes of it never unpack: a frame around the plain bytes. */
static GBytes *
unpacked (GBytes *frame)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (frame, &size);
  guint8 plain[4096];
  uLongf plain_size = sizeof plain;
  g_assert_cmpint (uncompress (plain, &plain_size, data + RECORD_HEADER_BYTES, size - RECORD_HEADER_BYTES), ==, Z_OK);
  g_autoptr (GBytes) payload = g_bytes_new (plain, plain_size);
  return record_frame (RECORD_PAGE, payload);
}

void
fuzz_seeds (GPtrArray *seeds)
{
  g_autoptr (RecordPage) page = record_page_new (2);
  page->dpi = 300;
  page->width_px = 2480;
  page->height_px = 3508;
  g_free (page->text);
  page->text = g_strdup ("Réclamé déjà\n");
  RecordWord word = { .from = 0, .to = 7, .box = { 10, 20, 110, 50 }, .confidence = 95, .begins = 7, .angle = -3 };
  g_array_append_val (page->words, word);
  record_page_add_barcode (page, "CODE-128", "A-1", (RecordBox){ 5, 5, 60, 40 });
  record_page_add_warning (page, RECORD_CODE_LIMIT);
  g_autoptr (GBytes) frame = record_page_encode (page);
  g_ptr_array_add (seeds, g_bytes_ref (frame));
  g_ptr_array_add (seeds, unpacked (frame));

  g_autoptr (RecordFacts) facts = record_facts_new ("image/tiff", 3);
  g_array_append_val (facts->warnings, ((RecordWarning){ RECORD_CODE_DAMAGED, 2 }));
  g_autoptr (GBytes) facts_bytes = record_facts_encode (facts);
  g_ptr_array_add (seeds, record_frame (RECORD_FACTS, facts_bytes));

  g_autoptr (RecordFinding) finding = record_finding_new ("date", "2026-03-12", "12 mars 2026", 0.9);
  record_finding_because (finding, page, 0, 7, "date:day-month-year");
  g_autoptr (GBytes) finding_bytes = record_finding_encode (finding);
  g_ptr_array_add (seeds, record_frame (RECORD_FINDING, finding_bytes));

  g_autoptr (GBytes) refusal = record_refusal_encode (RECORD_CODE_DAMAGED);
  g_ptr_array_add (seeds, record_frame (RECORD_REFUSAL, refusal));
}

static void
look_at_page (GBytes *frame)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordPage) page = record_page_decode (frame, &limits, &error);
  fuzz_told (page != NULL, error);
  if (page == NULL)
    return;
  RecordBox box;
  record_page_box (page, 1, UINT32_MAX, &box);
  g_autoptr (GBytes) once = record_page_encode (page);
  g_autoptr (RecordPage) again = record_page_decode (once, &limits, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) twice = record_page_encode (again);
  g_assert_true (g_bytes_equal (once, twice));
}

static void
look_at_facts (GBytes *payload)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordFacts) facts = record_facts_decode (payload, &limits, &error);
  fuzz_told (facts != NULL, error);
  if (facts == NULL)
    return;
  g_assert_true (facts->pages >= 1 && facts->pages <= limits.pages);
  g_autoptr (GBytes) again = record_facts_encode (facts);
  g_assert_true (g_bytes_equal (payload, again));
}

static void
look_at_finding (GBytes *payload)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordFinding) finding = record_finding_decode (payload, &limits, &error);
  fuzz_told (finding != NULL, error);
  if (finding == NULL)
    return;
  g_assert_true (finding->confidence >= 0 && finding->confidence <= 1);
  g_autoptr (GBytes) again = record_finding_encode (finding);
  g_assert_true (g_bytes_equal (payload, again));
}

static void
look_at_refusal (GBytes *payload)
{
  g_autoptr (GError) error = NULL;
  RecordCode code;
  bool good = record_refusal_decode (payload, &code, &error);
  fuzz_told (good, error);
  g_assert_true (!good || record_code_name (code) != NULL);
}

/* The reverse of unpacked. */
static GBytes *
frame_of_plain (GBytes *plain)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (plain, &size);
  uLongf packed_size = compressBound (size);
  g_autofree guint8 *packed = g_malloc (packed_size);
  g_assert_cmpint (compress2 (packed, &packed_size, data, size, 1), ==, Z_OK);
  g_autoptr (GBytes) payload = g_bytes_new (packed, packed_size);
  return record_frame (RECORD_PAGE, payload);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  RecordType type;
  uint32_t length;
  g_autoptr (GBytes) frame = g_bytes_new (data, size);
  look_at_page (frame);
  if (size < RECORD_HEADER_BYTES)
    return 0;
  bool good = record_header (data, limits.output_bytes, &type, &length, &error);
  fuzz_told (good, error);
  if (!good)
    return 0;
  g_autoptr (GBytes) payload = g_bytes_new (data + RECORD_HEADER_BYTES, size - RECORD_HEADER_BYTES);
  g_autoptr (GBytes) page = frame_of_plain (payload);
  look_at_page (page);
  look_at_facts (payload);
  look_at_finding (payload);
  look_at_refusal (payload);
  return 0;
}
