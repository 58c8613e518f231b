/* The payload of a page record is a zlib stream of the GVariant
 *   (u no, y origin, s language, u rotation, u dpi, u width_px, u height_px, d confidence, d skew, s steps, s text,
 *    a(uuiiiiyyn) words, a(ss(iiii)) barcodes, a(yu) warnings)
 * with the members in the order and meaning of RecordPage. A word has no padding, so that the array of words is the
 * array of RecordWord as it lies in memory. */
#include "base/deflate.h"
#include "base/record_wire.h"
#include <math.h>
#include <string.h>
#include <zlib.h>

#define PAGE_TYPE "(uysuuuuddssa(uuiiiiyyn)a(ss(iiii))a(yu))"
#define WORD_TYPE "(uuiiiiyyn)"
#define STEPS_BYTES 1024
#define BARCODE_TYPE_BYTES 64
#define BARCODE_VALUE_BYTES 32768 /* the densest symbol holds 7089 digits, each at most four bytes as UTF-8 */
#define MAX_DPI 65535
G_STATIC_ASSERT (sizeof (RecordWord) == 28);

const char *
record_origin_name (RecordOrigin origin)
{
  static const char *const names[] = { "embedded", "recognised", "blank", "missing" };
  return (guint)origin < G_N_ELEMENTS (names) ? names[origin] : NULL;
}

static void
barcode_free (gpointer data)
{
  RecordBarcode *barcode = data;
  g_free (barcode->type);
  g_free (barcode->value);
  g_free (barcode);
}

RecordPage *
record_page_new (unsigned no)
{
  RecordPage *page = g_new0 (RecordPage, 1);
  page->no = no;
  page->origin = RECORD_ORIGIN_MISSING;
  g_strlcpy (page->language, "und", sizeof page->language);
  page->confidence = -1;
  page->steps = g_strdup ("");
  page->text = g_strdup ("");
  page->words = g_array_new (FALSE, FALSE, sizeof (RecordWord));
  page->barcodes = g_ptr_array_new_with_free_func (barcode_free);
  page->warnings = g_array_new (FALSE, FALSE, sizeof (RecordWarning));
  return page;
}

void
record_page_free (RecordPage *page)
{
  if (page == NULL)
    return;
  g_free (page->steps);
  g_free (page->text);
  g_array_unref (page->words);
  g_ptr_array_unref (page->barcodes);
  g_array_unref (page->warnings);
  g_free (page);
}

void
record_page_add_barcode (RecordPage *page, const char *type, const char *value, RecordBox box)
{
  RecordBarcode *barcode = g_new0 (RecordBarcode, 1);
  barcode->type = g_strdup (type);
  barcode->value = g_strdup (value);
  barcode->box = box;
  g_ptr_array_add (page->barcodes, barcode);
}

void
record_page_add_warning (RecordPage *page, RecordCode code)
{
  g_array_append_val (page->warnings, ((RecordWarning){ .code = code, .page = page->no }));
}

static GVariant *
barcodes_variant (const RecordPage *page)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss(iiii))"));
  for (guint i = 0; i < page->barcodes->len; i++)
    {
      const RecordBarcode *barcode = page->barcodes->pdata[i];
      g_variant_builder_add (&builder, "(@s@s(iiii))", record_wire_text (barcode->type),
                             record_wire_text (barcode->value), barcode->box.x0, barcode->box.y0, barcode->box.x1,
                             barcode->box.y1);
    }
  return g_variant_builder_end (&builder);
}

GBytes *
record_page_encode (const RecordPage *page)
{
  GVariant *words = g_variant_new_fixed_array (G_VARIANT_TYPE (WORD_TYPE), page->words->data, page->words->len,
                                               sizeof (RecordWord));
  g_autoptr (GBytes) plain = record_wire_bytes (g_variant_new (
      "(uy@suuuudd@s@s@a" WORD_TYPE "@a(ss(iiii))@a(yu))", page->no, (guchar)page->origin,
      record_wire_text (page->language), (guint32)page->rotation, page->dpi, page->width_px, page->height_px,
      page->confidence, page->skew, record_wire_text (page->steps), record_wire_text (page->text), words,
      barcodes_variant (page), record_wire_warnings (page->warnings)));
  gsize size;
  const void *data = g_bytes_get_data (plain, &size);
  g_autoptr (GBytes) packed = dk_deflate (data, size, DK_DEFLATE_COMMON);
  return record_frame (RECORD_PAGE, packed);
}

/* What a page within the limits can take at most, framing included. */
static uint64_t
plain_ceiling (const Limits *limits)
{
  uint64_t barcode = BARCODE_TYPE_BYTES + BARCODE_VALUE_BYTES + 64;
  return limits->text_bytes + limits->words * sizeof (RecordWord) + limits->barcodes * barcode
         + ((uint64_t)limits->pages + 1) * RECORD_CODE_NEEDS_PASSWORD * 8 + STEPS_BYTES + 4096;
}

/* Inflates all of @packed, growing with what is really there. Trailing bytes are refused: equal pages, equal frames. */
static GBytes *
inflate_bytes (const guint8 *packed, gsize size, uint64_t ceiling, GError **error)
{
  z_stream stream = { .next_in = (guint8 *)packed, .avail_in = (uInt)size };
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  if (inflateInit (&stream) != Z_OK)
    {
      dk_throw (error, DK_ERROR_FAILED, "start of zlib");
      return NULL;
    }
  guint8 chunk[16384];
  int status = Z_OK;
  while (status == Z_OK && plain->len <= ceiling)
    {
      stream.next_out = chunk;
      stream.avail_out = sizeof chunk;
      status = inflate (&stream, Z_NO_FLUSH);
      g_byte_array_append (plain, chunk, (guint)(sizeof chunk - stream.avail_out));
    }
  bool rest = stream.avail_in > 0;
  inflateEnd (&stream);
  if (plain->len > ceiling)
    dk_throw (error, DK_ERROR_LIMIT, "page record: inflates to more than %" G_GUINT64_FORMAT " bytes", ceiling);
  else if (status != Z_STREAM_END || rest)
    dk_throw (error, DK_ERROR_INVALID, "page record: not a whole zlib stream");
  else
    return g_byte_array_free_to_bytes (g_steal_pointer (&plain));
  return NULL;
}

static bool
is_language (const char *text)
{
  return strcmp (text, "und") == 0 || (strlen (text) == 2 && g_ascii_islower (text[0]) && g_ascii_islower (text[1]));
}

static bool
is_sane_sheet (const RecordPage *page)
{
  bool textual = page->dpi == 0 && page->width_px == 0 && page->height_px == 0;
  bool pictured = page->dpi > 0 && page->dpi <= MAX_DPI && page->width_px > 0 && page->height_px > 0
                  && page->width_px <= RECORD_WIRE_MAX_PX && page->height_px <= RECORD_WIRE_MAX_PX;
  bool turned = page->rotation == 0 || page->rotation == 90 || page->rotation == 180 || page->rotation == 270;
  bool measured = isfinite (page->confidence) && page->confidence >= -1 && page->confidence <= 100
                  && isfinite (page->skew) && fabs (page->skew) <= 180;
  return (textual || pictured) && turned && measured && record_origin_name (page->origin) != NULL;
}

static bool
read_sheet (RecordPage *page, GVariant *value, const Limits *limits, GError **error)
{
  guchar origin;
  const char *language;
  guint32 rotation;
  g_variant_get_child (value, 0, "u", &page->no);
  g_variant_get_child (value, 1, "y", &origin);
  g_variant_get_child (value, 2, "&s", &language);
  g_variant_get_child (value, 3, "u", &rotation);
  g_variant_get_child (value, 4, "u", &page->dpi);
  g_variant_get_child (value, 5, "u", &page->width_px);
  g_variant_get_child (value, 6, "u", &page->height_px);
  g_variant_get_child (value, 7, "d", &page->confidence);
  g_variant_get_child (value, 8, "d", &page->skew);
  page->origin = origin;
  page->rotation = rotation <= 270 ? (int)rotation : -1;
  if (page->no == 0 || !is_language (language) || !is_sane_sheet (page))
    return dk_throw (error, DK_ERROR_INVALID, "page record: a number, language, size or angle that cannot be");
  g_strlcpy (page->language, language, sizeof page->language);
  return page->no <= limits->pages
         || dk_throw (error, DK_ERROR_LIMIT, "page record: page %u, where %u are allowed", page->no, limits->pages);
}

static bool
read_text (RecordPage *page, GVariant *value, const Limits *limits, GError **error)
{
  g_autofree char *steps = NULL;
  g_autofree char *text = NULL;
  g_variant_get_child (value, 9, "s", &steps);
  g_variant_get_child (value, 10, "s", &text);
  if (strlen (steps) > STEPS_BYTES || strlen (text) > limits->text_bytes)
    return dk_throw (error, DK_ERROR_LIMIT, "page record: text longer than %" G_GUINT64_FORMAT " bytes",
                     limits->text_bytes);
  g_free (page->steps);
  g_free (page->text);
  page->steps = g_steal_pointer (&steps);
  page->text = g_steal_pointer (&text);
  return true;
}

static bool
is_sane_word (const RecordWord *word, const RecordPage *page, uint32_t from, uint32_t end)
{
  return word->from >= from && word->from < word->to && word->to <= end && word->confidence <= 100 && word->begins <= 7
         && word->angle >= -1800 && word->angle <= 1800
         && record_wire_box_fits (&word->box, page->width_px, page->height_px);
}

static bool
read_words (RecordPage *page, GVariant *value, const Limits *limits, GError **error)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (value, 11);
  gsize count;
  const RecordWord *words = g_variant_get_fixed_array (array, &count, sizeof (RecordWord));
  if (count > limits->words)
    return dk_throw (error, DK_ERROR_LIMIT, "page record: %" G_GSIZE_FORMAT " words", count);
  if (count > 0 && page->dpi == 0)
    return dk_throw (error, DK_ERROR_INVALID, "page record: words with boxes on a text without pages");
  uint32_t end = (uint32_t)g_utf8_strlen (page->text, -1);
  for (gsize i = 0; i < count; i++)
    if (!is_sane_word (&words[i], page, i > 0 ? words[i - 1].to : 0, end))
      return dk_throw (error, DK_ERROR_INVALID, "page record: word %" G_GSIZE_FORMAT " is out of its text or page", i);
  if (count > 0)
    g_array_append_vals (page->words, words, (guint)count);
  return true;
}

static bool
read_barcodes (RecordPage *page, GVariant *value, const Limits *limits, GError **error)
{
  g_autoptr (GVariant) array = g_variant_get_child_value (value, 12);
  gsize count = g_variant_n_children (array);
  if (count > limits->barcodes)
    return dk_throw (error, DK_ERROR_LIMIT, "page record: %" G_GSIZE_FORMAT " bar codes", count);
  for (gsize i = 0; i < count; i++)
    {
      const char *type, *text;
      RecordBox box;
      g_autoptr (GVariant) item = g_variant_get_child_value (array, i);
      g_variant_get (item, "(&s&s(iiii))", &type, &text, &box.x0, &box.y0, &box.x1, &box.y1);
      if (strlen (type) > BARCODE_TYPE_BYTES || strlen (text) > BARCODE_VALUE_BYTES)
        return dk_throw (error, DK_ERROR_LIMIT, "page record: a bar code too long to be one");
      if (*type == '\0' || page->dpi == 0 || !record_wire_box_fits (&box, page->width_px, page->height_px))
        return dk_throw (error, DK_ERROR_INVALID, "page record: a bar code without type or out of its page");
      record_page_add_barcode (page, type, text, box);
    }
  return true;
}

static RecordPage *
read_page (GVariant *value, const Limits *limits, GError **error)
{
  g_autoptr (RecordPage) page = record_page_new (0);
  g_autoptr (GVariant) warnings = g_variant_get_child_value (value, 13);
  bool good = read_sheet (page, value, limits, error) && read_text (page, value, limits, error)
              && read_words (page, value, limits, error) && read_barcodes (page, value, limits, error)
              && record_wire_read_warnings (warnings, limits, page->warnings, error);
  return good ? g_steal_pointer (&page) : NULL;
}

RecordPage *
record_page_decode (GBytes *frame, const Limits *limits, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (frame, &size);
  RecordType type;
  uint32_t length;
  if (size < RECORD_HEADER_BYTES)
    dk_throw (error, DK_ERROR_INVALID, "page record: %" G_GSIZE_FORMAT " bytes are no frame", size);
  else if (!record_header (data, UINT32_MAX, &type, &length, error))
    return NULL;
  else if (type != RECORD_PAGE || length != size - RECORD_HEADER_BYTES)
    dk_throw (error, DK_ERROR_INVALID, "page record: the frame is of another type or length");
  else
    {
      g_autoptr (GBytes) plain = inflate_bytes (data + RECORD_HEADER_BYTES, length, plain_ceiling (limits), error);
      g_autoptr (GVariant) value = plain != NULL ? record_wire_load (plain, PAGE_TYPE, "page", error) : NULL;
      return value != NULL ? read_page (value, limits, error) : NULL;
    }
  return NULL;
}

/* Index of the first word that ends after code point @from; words are in order of the text. */
static guint
first_word_after (const RecordPage *page, uint32_t from)
{
  guint low = 0, high = page->words->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (page->words, RecordWord, middle).to <= from)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

bool
record_page_box (const RecordPage *page, uint32_t from, uint32_t to, RecordBox *box)
{
  guint first = first_word_after (page, from);
  for (guint i = first; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      if (word->from >= to)
        return i > first;
      if (i == first)
        *box = word->box;
      box->x0 = MIN (box->x0, word->box.x0);
      box->y0 = MIN (box->y0, word->box.y0);
      box->x1 = MAX (box->x1, word->box.x1);
      box->y1 = MAX (box->y1, word->box.y1);
    }
  return first < page->words->len;
}
