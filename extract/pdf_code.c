#include "extract/pdf_code.h"
#include "extract/bind_jpeg.h"
#include "extract/exif.h"
#include "extract/picture.h"
#include "extract/wrap.h"
#include <string.h>

enum
{
  MOST_POPPLER_PIXELS = 36000000, /* of four bytes each */
  /* Of what is coded and packed once more, where a byte a pixel is much. */
  MOST_OVERHEAD = 1 << 20,
  MOST_UNPACKED = 64 << 20,
};

typedef struct
{
  qpdf_data qpdf;
  qpdf_oh stream, dict, parms;
  char filter[32]; /* "" for none */
  ExtractWrap wrap;
  bool packed; /* once more, by Flate */
  bool inverted;
} Code;

/* --- colours --- */

/* Channels of a colour space that gives grey, RGB or CMYK without more ado; 0 for others. */
static unsigned
channels_of (qpdf_data qpdf, qpdf_oh space)
{
  static const struct
  {
    const char *name;
    unsigned channels;
  } spaces[] = { { "/DeviceGray", 1 }, { "/CalGray", 1 }, { "/DeviceRGB", 3 }, { "/CalRGB", 3 }, { "/DeviceCMYK", 4 } };
  bool array = qpdf_oh_is_array (qpdf, space);
  qpdf_oh name = array ? qpdf_oh_get_array_item (qpdf, space, 0) : space;
  for (size_t i = 0; i < G_N_ELEMENTS (spaces); i++)
    if (extract_qpdf_name_is (qpdf, name, spaces[i].name))
      return spaces[i].channels;
  if (!array || !extract_qpdf_name_is (qpdf, name, "/ICCBased"))
    return 0;
  qpdf_oh profile = qpdf_oh_get_array_item (qpdf, space, 1);
  double n
      = qpdf_oh_is_stream (qpdf, profile) ? extract_qpdf_entry (qpdf, qpdf_oh_get_dict (qpdf, profile), "/N", 0) : 0;
  return n == 1 || n == 3 || n == 4 ? (unsigned)n : 0;
}

static GBytes *
lookup_bytes (qpdf_data qpdf, qpdf_oh lookup)
{
  if (qpdf_oh_is_stream (qpdf, lookup))
    return extract_qpdf_unpacked (qpdf, lookup, 4096);
  size_t size = 0;
  const char *bytes = qpdf_oh_is_string (qpdf, lookup) ? qpdf_oh_get_binary_string_value (qpdf, lookup, &size) : NULL;
  return bytes != NULL ? g_bytes_new (bytes, size) : NULL;
}

/* [/Indexed base last colours] as RGB. */
static GBytes *
palette_of (qpdf_data qpdf, qpdf_oh space)
{
  unsigned channels = channels_of (qpdf, qpdf_oh_get_array_item (qpdf, space, 1));
  g_autoptr (GBytes) colours = lookup_bytes (qpdf, qpdf_oh_get_array_item (qpdf, space, 3));
  if (colours == NULL || (channels != 1 && channels != 3))
    return NULL;
  if (channels == 3)
    return g_steal_pointer (&colours);
  gsize size;
  const guint8 *grey = g_bytes_get_data (colours, &size);
  GByteArray *rgb = g_byte_array_new ();
  for (gsize i = 0; i < size; i++)
    for (int c = 0; c < 3; c++)
      g_byte_array_append (rgb, grey + i, 1);
  return g_byte_array_free_to_bytes (rgb);
}

static int
luma (const guint8 *rgb)
{
  return (rgb[0] * 77 + rgb[1] * 150 + rgb[2] * 29) >> 8;
}

/* A palette of black and white is none. */
static void
simplify (Code *code)
{
  gsize size;
  const guint8 *rgb = g_bytes_get_data (code->wrap.palette, &size);
  if (code->wrap.bits != 1 || size < 6)
    return;
  int zero = luma (rgb), one = luma (rgb + 3);
  if (MIN (zero, one) >= 64 || MAX (zero, one) <= 192)
    return;
  code->inverted = zero > one;
  g_clear_pointer (&code->wrap.palette, g_bytes_unref);
}

static bool
read_colours (Code *code)
{
  qpdf_oh space = qpdf_oh_get_key (code->qpdf, code->dict, "/ColorSpace");
  bool array = qpdf_oh_is_array (code->qpdf, space);
  if (array && extract_qpdf_name_is (code->qpdf, qpdf_oh_get_array_item (code->qpdf, space, 0), "/Indexed"))
    {
      code->wrap.channels = 1;
      code->wrap.palette = palette_of (code->qpdf, space);
      if (code->wrap.palette == NULL)
        return false;
      simplify (code);
      return true;
    }
  code->wrap.channels = channels_of (code->qpdf, space);
  return code->wrap.channels > 0;
}

/* --- what the dictionary says --- */

static qpdf_oh
item_or_self (qpdf_data qpdf, qpdf_oh object, int i)
{
  return qpdf_oh_is_array (qpdf, object) ? qpdf_oh_get_array_item (qpdf, object, i) : object;
}

/* The last filter, with its parameters; before it there may be one Flate without any. */
static bool
read_filter (Code *code)
{
  qpdf_data qpdf = code->qpdf;
  qpdf_oh filter = qpdf_oh_get_key (qpdf, code->dict, "/Filter");
  qpdf_oh parms = qpdf_oh_get_key (qpdf, code->dict, "/DecodeParms");
  int n = qpdf_oh_is_array (qpdf, filter) ? qpdf_oh_get_array_n_items (qpdf, filter) : 1;
  code->packed = n == 2;
  if (n > 2 || (n == 2 && !qpdf_oh_is_null (qpdf, parms) && !qpdf_oh_is_array (qpdf, parms)))
    return false;
  if (n == 2
      && (!extract_qpdf_name_is (qpdf, item_or_self (qpdf, filter, 0), "/FlateDecode")
          || !qpdf_oh_is_null (qpdf, item_or_self (qpdf, parms, 0))))
    return false;
  filter = n == 0 ? qpdf_oh_new_null (qpdf) : item_or_self (qpdf, filter, n - 1);
  code->parms = n == 0 ? filter : item_or_self (qpdf, parms, n - 1);
  if (qpdf_oh_is_name (qpdf, filter))
    g_strlcpy (code->filter, qpdf_oh_get_name (qpdf, filter), sizeof code->filter); /* lent until the next name */
  return qpdf_oh_is_name (qpdf, filter) || qpdf_oh_is_null (qpdf, filter);
}

/* Samples may be turned about, or left as they are; more is drawn. */
static bool
read_decode (Code *code)
{
  double n[8];
  qpdf_oh decode = qpdf_oh_get_key (code->qpdf, code->dict, "/Decode");
  if (qpdf_oh_is_null (code->qpdf, decode))
    return true;
  int channels = (int)MAX (code->wrap.channels, 1);
  if (!extract_qpdf_numbers (code->qpdf, decode, n, 2 * channels))
    return false;
  bool indexed = extract_qpdf_is (code->qpdf, code->dict, "/ColorSpace", "/Indexed") || code->wrap.palette != NULL;
  double most = indexed ? (1u << code->wrap.bits) - 1 : 1;
  bool inverted = n[0] == most && n[1] == 0;
  for (int i = 0; i < channels; i++)
    if (n[2 * i] != (inverted ? most : 0) || n[2 * i + 1] != (inverted ? 0 : most))
      return false;
  code->inverted = code->inverted != inverted;
  return !(inverted && code->wrap.palette != NULL);
}

static bool
read_code (Code *code, const ExtractPdfPicture *picture)
{
  code->stream = picture->stream;
  code->dict = qpdf_oh_get_dict (code->qpdf, picture->stream);
  code->wrap.width_px = picture->width_px;
  code->wrap.height_px = picture->height_px;
  code->wrap.bits = (unsigned)extract_qpdf_entry (code->qpdf, code->dict, "/BitsPerComponent", 1);
  if (!read_filter (code))
    return false;
  if (strcmp (code->filter, "/JPXDecode") == 0)
    return true; /* tells its colours itself */
  if (picture->stencil)
    code->wrap.bits = code->wrap.channels = 1;
  else if (!read_colours (code))
    return false;
  unsigned bits = code->wrap.bits;
  return (bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16) && read_decode (code);
}

/* --- decoding --- */

/* The coded bytes as a file of their own. */
static GBytes *
fax_file (Code *code, GBytes *data)
{
  qpdf_data qpdf = code->qpdf;
  double k = extract_qpdf_entry (qpdf, code->parms, "/K", 0);
  bool aligned = extract_qpdf_flag (qpdf, code->parms, "/EncodedByteAlign", false);
  bool fits = extract_qpdf_entry (qpdf, code->parms, "/Columns", 1728) == code->wrap.width_px;
  if (code->wrap.bits != 1 || code->wrap.channels != 1 || code->wrap.palette != NULL || aligned || !fits)
    return NULL;
  if (k >= 0 && !extract_qpdf_flag (qpdf, code->parms, "/EndOfLine", false))
    return NULL;
  code->inverted = code->inverted != extract_qpdf_flag (qpdf, code->parms, "/BlackIs1", false);
  return extract_wrap_tiff (&code->wrap, k < 0 ? EXTRACT_WRAP_GROUP_4 : EXTRACT_WRAP_GROUP_3, k > 0, false, data);
}

static GBytes *
packed_file (Code *code, GBytes *data, ExtractWrapCoding coding, const char **media_type)
{
  qpdf_data qpdf = code->qpdf;
  double predictor = extract_qpdf_entry (qpdf, code->parms, "/Predictor", 1);
  bool fits = extract_qpdf_entry (qpdf, code->parms, "/Columns", 1) == code->wrap.width_px
              && extract_qpdf_entry (qpdf, code->parms, "/Colors", 1) == code->wrap.channels
              && extract_qpdf_entry (qpdf, code->parms, "/BitsPerComponent", 8) == code->wrap.bits;
  bool early = extract_qpdf_entry (qpdf, code->parms, "/EarlyChange", 1) == 1;
  if ((predictor > 1 && !fits) || (coding == EXTRACT_WRAP_LZW && !early))
    return NULL;
  if (predictor < 10)
    return extract_wrap_tiff (&code->wrap, coding, false, predictor == 2, data);
  *media_type = "image/png";
  return coding == EXTRACT_WRAP_FLATE ? extract_wrap_png (&code->wrap, data) : NULL;
}

/* Four inks are turned about by those who mark their JPEG as Adobe's; other mixtures are drawn. */
static GBytes *
jpeg_file (Code *code, GBytes *data)
{
  BindJpeg jpeg;
  bool same = extract_bind_jpeg (data, &jpeg) && jpeg.width_px == code->wrap.width_px
              && jpeg.height_px == code->wrap.height_px && jpeg.components == code->wrap.channels;
  bool inks = code->wrap.channels == 4, colours = code->wrap.channels == 3;
  bool plain
      = code->wrap.channels == 1 || extract_qpdf_entry (code->qpdf, code->parms, "/ColorTransform", colours) == colours;
  gsize size;
  const guint8 *bytes = g_bytes_get_data (data, &size);
  if (!same || !plain || (inks && code->inverted != extract_exif_is_adobe (bytes, size)))
    return NULL;
  code->inverted = code->inverted && !inks;
  return g_bytes_ref (data);
}

static GBytes *
coded_bytes (Code *code)
{
  g_autoptr (GBytes) data = extract_qpdf_raw (code->qpdf, code->stream);
  gsize most = MIN ((gsize)code->wrap.width_px * code->wrap.height_px + MOST_OVERHEAD, MOST_UNPACKED);
  return data != NULL && code->packed ? extract_qpdf_inflate (data, most) : g_steal_pointer (&data);
}

static GBytes *
file_of (Code *code, const char **media_type)
{
  g_autoptr (GBytes) data = coded_bytes (code);
  *media_type = "image/tiff";
  if (data == NULL || g_bytes_get_size (data) == 0)
    return NULL;
  if (strcmp (code->filter, "/CCITTFaxDecode") == 0)
    return fax_file (code, data);
  if (strcmp (code->filter, "/FlateDecode") == 0)
    return packed_file (code, data, EXTRACT_WRAP_FLATE, media_type);
  if (strcmp (code->filter, "/LZWDecode") == 0)
    return packed_file (code, data, EXTRACT_WRAP_LZW, media_type);
  if (*code->filter == '\0')
    return extract_wrap_tiff (&code->wrap, EXTRACT_WRAP_PLAIN, false, false, data);
  if (strcmp (code->filter, "/DCTDecode") == 0)
    {
      *media_type = "image/jpeg";
      return jpeg_file (code, data);
    }
  *media_type = "image/jp2";
  return strcmp (code->filter, "/JPXDecode") == 0 ? g_steal_pointer (&data) : NULL;
}

static PIX *
decode (Code *code, const Limits *limits)
{
  const char *media_type;
  g_autoptr (GBytes) file = file_of (code, &media_type);
  if (file == NULL)
    return NULL;
  ExtractPictureFacts facts;
  g_autoptr (PIX) pix = extract_picture_load_as_stored (file, media_type, 1, limits, &facts, NULL);
  if (pix == NULL || facts.cut || (unsigned)pixGetWidth (pix) != code->wrap.width_px
      || (unsigned)pixGetHeight (pix) != code->wrap.height_px)
    return NULL;
  if (code->inverted)
    pixInvert (pix, pix);
  return g_steal_pointer (&pix);
}

PIX *
extract_pdf_code (qpdf_data qpdf, const ExtractPdfPicture *picture, const Limits *limits)
{
  Code code = { .qpdf = qpdf };
  PIX *pix = read_code (&code, picture) ? decode (&code, limits) : NULL;
  g_clear_pointer (&code.wrap.palette, g_bytes_unref);
  return pix;
}

/* --- by poppler --- */

bool
extract_pdf_code_is_jbig2 (qpdf_data qpdf, const ExtractPdfPicture *picture)
{
  Code code = { .qpdf = qpdf, .dict = qpdf_oh_get_dict (qpdf, picture->stream) };
  return read_filter (&code) && strcmp (code.filter, "/JBIG2Decode") == 0;
}

PIX *
extract_pdf_code_by_poppler (PopplerPage *page, const ExtractPdfPicture *picture, bool bilevel, const Limits *limits)
{
  if ((uint64_t)picture->width_px * picture->height_px > MIN (limits->pixels, MOST_POPPLER_PIXELS))
    return NULL;
  GList *pictures = poppler_page_get_image_mapping (page);
  bool only = pictures != NULL && pictures->next == NULL;
  int id = only ? ((PopplerImageMapping *)pictures->data)->image_id : 0;
  poppler_page_free_image_mapping (pictures);
  cairo_surface_t *surface = only ? poppler_page_get_image (page, id) : NULL;
  if (surface == NULL)
    return NULL;
  cairo_format_t format = cairo_image_surface_get_format (surface); /* opaque with either */
  bool same = cairo_image_surface_get_width (surface) == (int)picture->width_px
              && cairo_image_surface_get_height (surface) == (int)picture->height_px
              && (format == CAIRO_FORMAT_RGB24 || format == CAIRO_FORMAT_ARGB32);
  g_autoptr (PIX) grey = same ? extract_pdf_luma (surface) : NULL;
  cairo_surface_destroy (surface);
  if (grey == NULL || !bilevel)
    return g_steal_pointer (&grey);
  return pixThresholdToBinary (grey, 128);
}
