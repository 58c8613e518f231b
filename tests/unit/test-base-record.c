#include "base/record.h"
#include <math.h>
#include <string.h>
#include <zlib.h>

static const Limits limits = LIMITS_DEFAULT;

static RecordPage *
sample_page (void)
{
  RecordPage *page = record_page_new (2);
  page->origin = RECORD_ORIGIN_RECOGNISED;
  g_strlcpy (page->language, "fr", sizeof page->language);
  page->rotation = 90;
  page->dpi = 300;
  page->width_px = 2480;
  page->height_px = 3508;
  page->confidence = 93.5;
  page->skew = -0.7;
  g_free (page->steps);
  page->steps = g_strdup ("deskew");
  g_free (page->text);
  page->text = g_strdup ("Réclamé déjà\n");
  RecordWord words[] = {
    { .from = 0, .to = 7, .box = { 10, 20, 110, 50 }, .confidence = 95, .begins = 7, .angle = -3 },
    { .from = 8, .to = 12, .box = { 120, 18, 200, 52 }, .confidence = 92 },
  };
  g_array_append_vals (page->words, words, 2);
  record_page_add_barcode (page, "CODE-128", "A-1", (RecordBox){ 5, 5, 60, 40 });
  record_page_add_warning (page, RECORD_CODE_LIMIT);
  return page;
}

static void
assert_refused (const RecordPage *page, DkErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) frame = record_page_encode (page);
  g_autoptr (RecordPage) read = record_page_decode (frame, &limits, &error);
  g_assert_null (read);
  g_assert_error (error, DK_ERROR, (int)code);
}

static void
test_a_page_comes_back_as_it_was (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordPage) page = sample_page ();
  g_autoptr (GBytes) frame = record_page_encode (page);
  g_autoptr (RecordPage) read = record_page_decode (frame, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->text, ==, page->text);
  g_assert_cmpstr (read->language, ==, "fr");
  g_assert_cmpstr (read->steps, ==, "deskew");
  g_assert_cmpint (read->rotation, ==, 90);
  g_assert_cmpfloat (read->skew, ==, -0.7);
  g_assert_cmpmem (read->words->data, read->words->len * sizeof (RecordWord), page->words->data,
                   page->words->len * sizeof (RecordWord));
  const RecordBarcode *barcode = read->barcodes->pdata[0];
  g_assert_cmpstr (barcode->value, ==, "A-1");
  g_assert_cmpint (barcode->box.x1, ==, 60);
  g_assert_cmpint (g_array_index (read->warnings, RecordWarning, 0).code, ==, RECORD_CODE_LIMIT);
  g_autoptr (GBytes) again = record_page_encode (read);
  g_assert_true (g_bytes_equal (frame, again));
}

static void
test_a_page_without_anything_comes_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordPage) page = record_page_new (1);
  g_autoptr (GBytes) frame = record_page_encode (page);
  g_autoptr (RecordPage) read = record_page_decode (frame, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpint (read->origin, ==, RECORD_ORIGIN_MISSING);
  g_assert_cmpstr (read->text, ==, "");
}

static void
test_a_word_outside_its_page_or_text_is_refused (void)
{
  RecordWord broken[] = {
    { .from = 8, .to = 12, .box = { 120, 18, 2481, 52 } },
    { .from = 8, .to = 12, .box = { -1, 18, 200, 52 } },
    { .from = 8, .to = 12, .box = { 200, 18, 120, 52 } },
    { .from = 8, .to = 12, .box = { 120, 18, 200, 3509 } },
    { .from = 8, .to = 14, .box = { 120, 18, 200, 52 } },
    { .from = 6, .to = 12, .box = { 120, 18, 200, 52 } },
    { .from = 8, .to = 8, .box = { 120, 18, 200, 52 } },
    { .from = 8, .to = 12, .confidence = 101 },
    { .from = 8, .to = 12, .begins = 8 },
    { .from = 8, .to = 12, .angle = 1801 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autoptr (RecordPage) page = sample_page ();
      g_array_index (page->words, RecordWord, 1) = broken[i];
      assert_refused (page, DK_ERROR_INVALID);
    }
}

static void
test_a_page_with_impossible_facts_is_refused (void)
{
#define REFUSED(change, code)                                                                                          \
  {                                                                                                                    \
    g_autoptr (RecordPage) page = sample_page ();                                                                      \
    change;                                                                                                            \
    assert_refused (page, code);                                                                                       \
  }
  REFUSED (page->no = 0, DK_ERROR_INVALID)
  REFUSED (page->no = 2001, DK_ERROR_LIMIT)
  REFUSED (page->origin = 4, DK_ERROR_INVALID)
  REFUSED (g_strlcpy (page->language, "FR", 4), DK_ERROR_INVALID)
  REFUSED (g_strlcpy (page->language, "fra", 4), DK_ERROR_INVALID)
  REFUSED (page->rotation = 45, DK_ERROR_INVALID)
  REFUSED (page->rotation = -90, DK_ERROR_INVALID)
  REFUSED (page->dpi = 0, DK_ERROR_INVALID)
  REFUSED (page->width_px = 0, DK_ERROR_INVALID)
  REFUSED (page->width_px = 3000000000, DK_ERROR_INVALID)
  REFUSED (page->confidence = NAN, DK_ERROR_INVALID)
  REFUSED (page->confidence = 100.5, DK_ERROR_INVALID)
  REFUSED (page->skew = INFINITY, DK_ERROR_INVALID)
  REFUSED (page->dpi = page->width_px = page->height_px = 0, DK_ERROR_INVALID)
  REFUSED (g_array_index (page->warnings, RecordWarning, 0).code = 99, DK_ERROR_INVALID)
  REFUSED (((RecordBarcode *)page->barcodes->pdata[0])->box.x1 = 2481, DK_ERROR_INVALID)
#undef REFUSED
}

static void
test_a_page_beyond_the_limits_is_refused (void)
{
  g_autoptr (RecordPage) page = sample_page ();
  g_autoptr (GBytes) frame = record_page_encode (page);
  Limits tight[] = { limits, limits, limits };
  tight[0].words = 1;
  tight[1].text_bytes = 5;
  tight[2].barcodes = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (tight); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (record_page_decode (frame, &tight[i], &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_LIMIT);
    }
}

static GBytes *
frame_of (RecordType type, const void *plain, gsize size)
{
  uLongf packed_size = compressBound (size);
  g_autofree guint8 *packed = g_malloc (packed_size);
  g_assert_cmpint (compress (packed, &packed_size, plain, size), ==, Z_OK);
  g_autoptr (GBytes) payload = g_bytes_new (packed, packed_size);
  return record_frame (type, payload);
}

static void
assert_frame_refused (GBytes *frame, DkErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (record_page_decode (frame, &limits, &error));
  g_assert_error (error, DK_ERROR, (int)code);
}

static void
test_a_frame_cut_short_or_too_long_is_refused (void)
{
  g_autoptr (RecordPage) page = sample_page ();
  g_autoptr (GBytes) frame = record_page_encode (page);
  gsize size;
  const guint8 *data = g_bytes_get_data (frame, &size);
  for (gsize length = 0; length < size; length++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (data, length);
      assert_frame_refused (cut, DK_ERROR_INVALID);
      if (length < RECORD_HEADER_BYTES)
        continue;
      g_autoptr (GBytes) payload = g_bytes_new (data + RECORD_HEADER_BYTES, length - RECORD_HEADER_BYTES);
      g_autoptr (GBytes) honest = record_frame (RECORD_PAGE, payload);
      assert_frame_refused (honest, DK_ERROR_INVALID);
    }
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_byte_array_append (longer, data, (guint)size);
  g_byte_array_append (longer, (const guint8 *)"x", 1);
  g_autoptr (GBytes) tail = g_bytes_new (longer->data, longer->len);
  assert_frame_refused (tail, DK_ERROR_INVALID);
  g_autoptr (GBytes) payload = g_bytes_new (longer->data + RECORD_HEADER_BYTES, longer->len - RECORD_HEADER_BYTES);
  g_autoptr (GBytes) trailing = record_frame (RECORD_PAGE, payload);
  assert_frame_refused (trailing, DK_ERROR_INVALID);
}

static void
test_a_frame_of_another_type_or_version_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  RecordType type;
  uint32_t length;
  const uint8_t unknown[] = { 1, 0, 0, 0, 10, 0, 1, 0 }, newer[] = { 1, 0, 0, 0, 2, 0, 2, 0 },
                lying[] = { 255, 255, 255, 255, 2, 0, 1, 0 }, good[] = { 1, 2, 0, 0, 2, 0, 1, 0 };
  g_assert_false (record_header (unknown, 100, &type, &length, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (record_header (newer, 100, &type, &length, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (record_header (lying, 100, &type, &length, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_true (record_header (good, 513, &type, &length, &error));
  g_assert_cmpint (type, ==, RECORD_PAGE);
  g_assert_cmpuint (length, ==, 513);
  g_autoptr (GBytes) finding = frame_of (RECORD_FINDING, "abc", 3);
  assert_frame_refused (finding, DK_ERROR_INVALID);
}

static void
test_a_bomb_stops_at_the_ceiling (void)
{
  gsize size = (gsize)64 << 20;
  g_autofree guint8 *zeros = g_malloc0 (size);
  g_autoptr (GBytes) frame = frame_of (RECORD_PAGE, zeros, size);
  g_assert_cmpuint (g_bytes_get_size (frame), <, 100000);
  assert_frame_refused (frame, DK_ERROR_LIMIT);
}

static void
test_a_text_that_is_not_utf8_is_refused (void)
{
  RecordPage *page = sample_page ();
  g_autoptr (GBytes) frame = record_page_encode (page);
  record_page_free (page);
  gsize size;
  const guint8 *data = g_bytes_get_data (frame, &size);
  guint8 plain[4096];
  uLongf plain_size = sizeof plain;
  g_assert_cmpint (uncompress (plain, &plain_size, data + RECORD_HEADER_BYTES, (uLong)(size - RECORD_HEADER_BYTES)), ==,
                   Z_OK);
  guint8 *accent = memmem (plain, plain_size, "\xc3\xa9", 2);
  g_assert_nonnull (accent);
  accent[1] = 'A';
  g_autoptr (GBytes) invalid = frame_of (RECORD_PAGE, plain, plain_size);
  assert_frame_refused (invalid, DK_ERROR_INVALID);
  accent[0] = 'A';
  accent[1] = '\0';
  g_autoptr (GBytes) with_nul = frame_of (RECORD_PAGE, plain, plain_size);
  assert_frame_refused (with_nul, DK_ERROR_INVALID);
}

static void
test_bytes_that_are_not_in_normal_form_are_refused (void)
{
  g_autoptr (GBytes) frame = frame_of (RECORD_PAGE, "no page at all", 14);
  assert_frame_refused (frame, DK_ERROR_INVALID);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) payload = g_bytes_new ("text/plain", 10);
  g_assert_null (record_facts_decode (payload, &limits, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (record_finding_decode (payload, &limits, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
}

static void
test_facts_come_back_and_lies_are_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordFacts) facts = record_facts_new ("image/svg+xml", 3);
  facts->picture = true;
  g_array_append_val (facts->warnings, ((RecordWarning){ .code = RECORD_CODE_DAMAGED, .page = 3 }));
  g_autoptr (GBytes) payload = record_facts_encode (facts);
  g_autoptr (RecordFacts) read = record_facts_decode (payload, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->media_type, ==, "image/svg+xml");
  g_assert_true (read->paged && read->picture && read->pages == 3 && read->warnings->len == 1);
  const char *types[] = { "", "image", "image/", "Image/png", "image/png; x", "image/p\nng", "a/b/c" };
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (RecordFacts) lie = record_facts_new (types[i], 1);
      g_autoptr (GBytes) bytes = record_facts_encode (lie);
      g_assert_null (record_facts_decode (bytes, &limits, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
      g_clear_error (&error);
    }
  facts->pages = 2001;
  g_autoptr (GBytes) many = record_facts_encode (facts);
  g_assert_null (record_facts_decode (many, &limits, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_LIMIT);
}

static RecordFinding *
sample_finding (void)
{
  g_autoptr (RecordPage) page = sample_page ();
  RecordFinding *finding = record_finding_new ("letter_date", "2026-03-12", "12 mars 2026", 0.97);
  finding->undecided = true;
  g_strfreev (finding->also);
  finding->also = g_strsplit ("2026-03-13 2026-03-14", " ", 0);
  record_finding_because (finding, page, 3, 9, "date:numeric");
  return finding;
}

static void
test_a_finding_comes_back_with_its_reasons (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordFinding) finding = sample_finding ();
  g_autoptr (GBytes) payload = record_finding_encode (finding);
  g_autoptr (RecordFinding) read = record_finding_decode (payload, &limits, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (read->name, ==, "letter_date");
  g_assert_cmpstr (read->raw, ==, "12 mars 2026");
  g_assert_cmpstr (read->also[1], ==, "2026-03-14");
  g_assert_true (read->undecided);
  const RecordEvidence *because = read->evidence->pdata[0];
  g_assert_cmpstr (because->text, ==, "lamé d");
  g_assert_cmpint (because->box.x0, ==, 10);
  g_assert_cmpint (because->box.y1, ==, 52);
  g_assert_cmpuint (because->page, ==, 2);
}

static void
test_a_finding_that_cannot_be_is_refused (void)
{
  for (int i = 0; i < 7; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RecordFinding) finding = sample_finding ();
      RecordEvidence *because = finding->evidence->pdata[0];
      finding->confidence = i == 0 ? 1.5 : i == 1 ? NAN : 0.5;
      finding->name[0] = i == 2 ? ' ' : 'l';
      because->page = i == 3 ? 0 : 1;
      because->from = i == 4 ? 20 : 3;
      because->box.x0 = i == 5 ? 5000 : 10;
      because->rule[0] = i == 6 ? '\0' : 'd';
      g_autoptr (GBytes) payload = record_finding_encode (finding);
      g_assert_null (record_finding_decode (payload, &limits, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
    }
}

static void
test_codes_have_the_words_of_the_contract (void)
{
  g_assert_cmpstr (record_code_name (RECORD_CODE_TOO_LARGE), ==, "too_large");
  g_assert_null (record_code_name (RECORD_CODE_NONE));
  for (RecordCode code = RECORD_CODE_EMPTY; code <= RECORD_CODE_NEEDS_PASSWORD; code++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (record_code_parse (record_code_name (code)), ==, code);
      g_autoptr (GBytes) payload = record_refusal_encode (code);
      RecordCode read;
      g_assert_true (record_refusal_decode (payload, &read, &error));
      g_assert_cmpint (read, ==, code);
    }
  g_assert_cmpint (record_code_parse ("nonsense"), ==, RECORD_CODE_NONE);
}

static void
test_boxes_of_code_points_are_the_union_of_their_words (void)
{
  g_autoptr (RecordPage) page = sample_page ();
  RecordBox box;
  g_assert_true (record_page_box (page, 7, 9, &box));
  g_assert_cmpint (box.x0, ==, 120);
  g_assert_true (record_page_box (page, 0, 100, &box));
  g_assert_cmpint (box.x0, ==, 10);
  g_assert_cmpint (box.x1, ==, 200);
  g_assert_cmpint (box.y0, ==, 18);
  g_assert_false (record_page_box (page, 7, 8, &box));
  g_assert_false (record_page_box (page, 12, 13, &box));
}

/* Changes one to four bytes of @bytes, or cuts it. */
static GBytes *
mutate (GRand *random, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *copy = g_memdup2 (data, size);
  for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
    copy[g_rand_int_range (random, 0, (gint32)size)] = (guint8)g_rand_int (random);
  return g_bytes_new (copy,
                      g_rand_int_range (random, 0, 8) == 0 ? (gsize)g_rand_int_range (random, 0, (gint32)size) : size);
}

static void
test_no_mutation_of_a_record_crashes_a_decoder (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (4711);
  g_autoptr (RecordPage) page = sample_page ();
  g_autoptr (RecordFinding) finding = sample_finding ();
  g_autoptr (RecordFacts) facts = record_facts_new ("image/tiff", 7);
  g_autoptr (GBytes) frame = record_page_encode (page);
  g_autoptr (GBytes) finding_bytes = record_finding_encode (finding);
  g_autoptr (GBytes) facts_bytes = record_facts_encode (facts);
  guint8 plain[4096];
  uLongf plain_size = sizeof plain;
  uncompress (plain, &plain_size, (const guint8 *)g_bytes_get_data (frame, NULL) + RECORD_HEADER_BYTES,
              g_bytes_get_size (frame) - RECORD_HEADER_BYTES);
  g_autoptr (GBytes) plain_bytes = g_bytes_new (plain, plain_size);
  for (int i = 0; i < 20000; i++)
    {
      g_autoptr (GBytes) mutated = mutate (random, i % 4 == 0   ? frame
                                                   : i % 4 == 1 ? plain_bytes
                                                   : i % 4 == 2 ? finding_bytes
                                                                : facts_bytes);
      gsize size;
      const void *data = g_bytes_get_data (mutated, &size);
      g_autoptr (GBytes) inner = i % 4 == 1 ? frame_of (RECORD_PAGE, data, size) : g_bytes_ref (mutated);
      g_autoptr (RecordPage) a = i % 4 < 2 ? record_page_decode (inner, &limits, NULL) : NULL;
      g_autoptr (RecordFinding) b = i % 4 == 2 ? record_finding_decode (mutated, &limits, NULL) : NULL;
      g_autoptr (RecordFacts) c = i % 4 == 3 ? record_facts_decode (mutated, &limits, NULL) : NULL;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/base/record/" #name, test_##name)
  TEST (a_page_comes_back_as_it_was);
  TEST (a_page_without_anything_comes_back);
  TEST (a_word_outside_its_page_or_text_is_refused);
  TEST (a_page_with_impossible_facts_is_refused);
  TEST (a_page_beyond_the_limits_is_refused);
  TEST (a_frame_cut_short_or_too_long_is_refused);
  TEST (a_frame_of_another_type_or_version_is_refused);
  TEST (a_bomb_stops_at_the_ceiling);
  TEST (a_text_that_is_not_utf8_is_refused);
  TEST (bytes_that_are_not_in_normal_form_are_refused);
  TEST (facts_come_back_and_lies_are_refused);
  TEST (a_finding_comes_back_with_its_reasons);
  TEST (a_finding_that_cannot_be_is_refused);
  TEST (codes_have_the_words_of_the_contract);
  TEST (boxes_of_code_points_are_the_union_of_their_words);
  TEST (no_mutation_of_a_record_crashes_a_decoder);
  return g_test_run ();
}
