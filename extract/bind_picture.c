#include "extract/bind_picture.h"
#include "extract/bind_deflate.h"
#include "extract/bind_jbig2.h"
#include "extract/bind_jp2.h"
#include "extract/bind_jpeg.h"
#include "extract/bind_pixels.h"
#include "extract/bind_png.h"
#include "extract/bind_tiff.h"
#include "extract/tiff.h"

#define SMALL_JPEG 65536u /* bytes */

void
extract_bind_picture_free (BindPicture *picture)
{
  if (picture == NULL)
    return;
  g_free (picture->colour);
  g_free (picture->parms);
  g_clear_pointer (&picture->data, g_bytes_unref);
  g_free (picture);
}

/* --- bytes that PDF carries as they are --- */

static BindPicture *
from_jpeg (GBytes *file, const BindJpeg *jpeg)
{
  BindPicture *picture = g_new0 (BindPicture, 1);
  *picture = (BindPicture){ .width_px = jpeg->width_px,
                            .height_px = jpeg->height_px,
                            .inverted = jpeg->components == 4 && jpeg->adobe,
                            .bits = 8,
                            .filter = "/DCTDecode",
                            .data = g_bytes_ref (file) };
  if (jpeg->components != 4)
    picture->colour = g_strdup (jpeg->components == 1 ? "/DeviceGray" : "/DeviceRGB");
  if (jpeg->plain_rgb)
    picture->parms = g_strdup ("<< /ColorTransform 0 >>");
  return picture;
}

static BindPicture *
from_jp2 (GBytes *file, const BindJp2 *jp2)
{
  BindPicture *picture = g_new0 (BindPicture, 1);
  *picture = (BindPicture){ .width_px = jp2->width_px,
                            .height_px = jp2->height_px,
                            .bits = jp2->bits,
                            .filter = "/JPXDecode",
                            .data = g_bytes_ref (file) };
  picture->colour = g_strdup (jp2->components == 1 ? "/DeviceGray" : "/DeviceRGB");
  return picture;
}

static BindPicture *
from_strip (const BindStrip *strip)
{
  BindPicture *picture = g_new0 (BindPicture, 1);
  *picture = (BindPicture){ .width_px = strip->width_px,
                            .height_px = strip->height_px,
                            .colour = g_strdup ("/DeviceGray"),
                            .bits = 1,
                            .filter = "/CCITTFaxDecode",
                            .data = strip->data };
  picture->parms = g_strdup_printf ("<< /K -1 /Columns %u /Rows %u%s >>", strip->width_px, strip->height_px,
                                    strip->black_is_one ? " /BlackIs1 true" : "");
  return picture;
}

static char *
palette_notation (const BindPng *png)
{
  GString *all = g_string_new (NULL);
  g_string_append_printf (all, "[ /Indexed /DeviceRGB %u <", png->palette_colours - 1);
  for (unsigned i = 0; i < 3 * png->palette_colours; i++)
    g_string_append_printf (all, "%02x", png->palette[i]);
  g_string_append (all, "> ]");
  return g_string_free (all, FALSE);
}

static BindPicture *
from_png (const BindPng *png)
{
  BindPicture *picture = g_new0 (BindPicture, 1);
  *picture = (BindPicture){ .width_px = png->width_px,
                            .height_px = png->height_px,
                            .bits = png->bits,
                            .filter = "/FlateDecode",
                            .data = png->data };
  picture->colour
      = png->palette != NULL ? palette_notation (png) : g_strdup (png->colours == 1 ? "/DeviceGray" : "/DeviceRGB");
  picture->parms = g_strdup_printf ("<< /Predictor 15 /Colors %u /BitsPerComponent %u /Columns %u >>", png->colours,
                                    png->bits, png->width_px);
  return picture;
}

/* --- pixels coded anew --- */

/* As stored, not turned, with its colours. */
static PIX *
decode (GBytes *file, const char *media_type, unsigned page_no, const ExtractPictureFacts *facts)
{
  gsize size;
  const l_uint8 *data = g_bytes_get_data (file, &size);
  PIX *kept = extract_picture_kept (file, page_no);
  if (kept != NULL)
    return kept;
  setMsgSeverity (L_SEVERITY_NONE);
  return g_str_equal (media_type, "image/tiff") ? extract_tiff_load (file, page_no, facts) : pixReadMem (data, size);
}

/* One bit, eight bits grey or 32 bits colour without palette and transparency, the latter laid on white. */
static PIX *
plain_pixels (PIX *pix)
{
  if (pixGetSpp (pix) == 4 && !extract_bind_pixels_are_opaque (pix))
    return pixAlphaBlendUniform (pix, 0xFFFFFF00);
  g_autoptr (PIX) open = pixRemoveColormap (pix, REMOVE_CMAP_BASED_ON_SRC);
  if (open == NULL || pixGetDepth (open) == 1 || pixGetDepth (open) == 32)
    return g_steal_pointer (&open);
  return pixConvertTo8 (open, FALSE);
}

static BindPicture *
code_bilevel (PIX *pix)
{
  BindPicture *picture = g_new0 (BindPicture, 1);
  *picture = (BindPicture){ .width_px = (unsigned)pixGetWidth (pix),
                            .height_px = (unsigned)pixGetHeight (pix),
                            .colour = g_strdup ("/DeviceGray"),
                            .bits = 1,
                            .filter = "/JBIG2Decode",
                            .data = extract_bind_jbig2 (pix) };
  return picture;
}

static BindPicture *
code_grey_or_colour (PIX *pix)
{
  BindPixels pixels = extract_bind_pixels (pix);
  BindPng rows = { .width_px = (unsigned)pixGetWidth (pix), .height_px = (unsigned)pixGetHeight (pix), .bits = 8 };
  rows.colours = pixels.grey ? 1 : 3;
  rows.data = pixels.data;
  return from_png (&rows);
}

static BindPicture *
code_anew (GBytes *file, const char *media_type, unsigned page_no, const ExtractPictureFacts *facts, GError **error)
{
  g_autoptr (PIX) pix = decode (file, media_type, page_no, facts);
  if (pix == NULL)
    {
      extract_refuse (error, RECORD_CODE_DAMAGED, "decode picture %u of a %s", page_no, media_type);
      return NULL;
    }
  g_autoptr (PIX) plain = plain_pixels (pix);
  BindPicture *picture = NULL;
  if (plain != NULL)
    picture = pixGetDepth (plain) == 1 ? code_bilevel (plain) : code_grey_or_colour (plain);
  if (picture == NULL)
    dk_throw (error, DK_ERROR_FAILED, "code picture %u anew for a PDF", page_no);
  return picture;
}

static BindPicture *
take_jpeg (GBytes *file)
{
  BindJpeg jpeg;
  return file != NULL && extract_bind_jpeg (file, &jpeg) && jpeg.carried ? from_jpeg (file, &jpeg) : NULL;
}

static BindPicture *
take_tiff (GBytes *file, unsigned page_no)
{
  BindStrip strip;
  if (extract_bind_strip (file, page_no, &strip))
    return from_strip (&strip);
  g_autoptr (GBytes) jpeg = extract_bind_tiff_jpeg (file, page_no);
  return take_jpeg (jpeg);
}

static BindPicture *
take_as_it_is (GBytes *file, const char *media_type, unsigned page_no)
{
  BindPng png;
  BindJp2 jp2;
  if (g_str_equal (media_type, "image/tiff"))
    return take_tiff (file, page_no);
  if (g_str_equal (media_type, "image/jpeg"))
    return take_jpeg (file);
  if (g_str_equal (media_type, "image/jp2") && extract_bind_jp2 (file, &jp2))
    return from_jp2 (file, &jp2);
  if (g_str_equal (media_type, "image/png") && extract_bind_png (file, &png))
    return from_png (&png);
  return NULL;
}

/* @png, which is freed, or the same coded anew where that is in black and white and shorter: PNG packs two levels half
 * as well. */
static BindPicture *
shorter_of (BindPicture *png, GBytes *file, const ExtractPictureFacts *facts)
{
  g_autoptr (BindPicture) as_it_is = png;
  g_autoptr (BindPicture) anew = code_anew (file, "image/png", 1, facts, NULL);
  bool shorter = anew != NULL && anew->bits == 1 && g_bytes_get_size (anew->data) < g_bytes_get_size (png->data);
  return shorter ? g_steal_pointer (&anew) : g_steal_pointer (&as_it_is);
}

BindPicture *
extract_bind_picture (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits, GError **error)
{
  ExtractPictureFacts facts;
  if (page_no > 1 && !g_str_equal (media_type, "image/tiff"))
    {
      extract_refuse (error, RECORD_CODE_DAMAGED, "a %s has no picture %u", media_type, page_no);
      return NULL;
    }
  if (!extract_picture_facts (file, media_type, page_no, limits, &facts, error))
    return NULL;
  BindPicture *picture = take_as_it_is (file, media_type, page_no);
  if (picture == NULL)
    picture = code_anew (file, media_type, page_no, &facts, error);
  if (picture == NULL)
    return NULL;
  if (picture->bits == 1 && g_str_equal (picture->filter, "/FlateDecode"))
    picture = shorter_of (picture, file, &facts);
  unsigned way = facts.orientation;
  picture->turn = extract_picture_turn (way);
  picture->mirrored = way == 2 || way == 4 || way == 5 || way == 7;
  return picture;
}

/* Four inks without a profile of their own, as colours of the output intent: the colours that the sixteen full mixtures
 * of common offset inks have, and in between what lies between. */
static qpdf_oh
ink_space (BindPdf *pdf)
{
  static const guint8 mixtures[16][3] = {
    /* the first ink changes fastest */
    { 255, 255, 255 }, { 0, 173, 239 }, { 236, 0, 140 }, { 46, 49, 146 }, { 255, 242, 0 }, { 0, 166, 80 },
    { 237, 28, 36 },   { 54, 54, 57 },  { 35, 31, 32 },  { 0, 15, 36 },   { 36, 0, 0 },    { 0, 0, 2 },
    { 28, 26, 0 },     { 0, 19, 0 },    { 34, 0, 0 },    { 0, 0, 0 },
  };
  qpdf_oh function = extract_bind_pdf_deflated (
      pdf,
      "<< /FunctionType 0 /Domain [ 0 1 0 1 0 1 0 1 ] /Range [ 0 1 0 1 0 1 ] /Size [ 2 2 2 2 ] /BitsPerSample 8 >>",
      mixtures, sizeof mixtures);
  qpdf_oh space = extract_bind_pdf_parse (pdf, "[ /DeviceN [ /Cyan /Magenta /Yellow /Black ] /DeviceRGB ]");
  qpdf_oh_append_item (extract_bind_pdf_data (pdf), space, function);
  return space;
}

/* What PDF carries as it is, deflated once more around the very bytes, where that pays: group 4 fax, which says the
 * same rows with the same bits over and over, and JPEG so small that all else of a page is more than a twentieth of it.
 * Larger JPEG stays where any reader of bytes finds it. NULL where it does not pay. */
static GBytes *
packed_again (const BindPicture *picture)
{
  gsize size;
  const void *data = g_bytes_get_data (picture->data, &size);
  bool fax = g_str_equal (picture->filter, "/CCITTFaxDecode");
  bool small_jpeg = g_str_equal (picture->filter, "/DCTDecode") && size < SMALL_JPEG;
  return fax || small_jpeg ? extract_bind_deflate_again (data, size) : NULL;
}

static qpdf_oh
coded_stream (const BindPicture *picture, BindPdf *pdf, const char *dict)
{
  g_autoptr (GBytes) packed = packed_again (picture);
  if (packed == NULL)
    return extract_bind_pdf_stream (pdf, dict, picture->data, picture->filter, picture->parms);
  g_autofree char *filters = g_strdup_printf ("[ /FlateDecode %s ]", picture->filter);
  g_autofree char *parms = picture->parms != NULL ? g_strdup_printf ("[ null %s ]", picture->parms) : NULL;
  return extract_bind_pdf_stream (pdf, dict, packed, filters, parms);
}

qpdf_oh
extract_bind_picture_object (const BindPicture *picture, BindPdf *pdf)
{
  g_autofree char *dict = g_strdup_printf ("<< /Subtype /Image /Width %u /Height %u"
                                           " /BitsPerComponent %u%s >>",
                                           picture->width_px, picture->height_px, picture->bits,
                                           picture->inverted ? " /Decode [ 1 0 1 0 1 0 1 0 ]" : "");
  qpdf_oh object = coded_stream (picture, pdf, dict);
  qpdf_oh space = picture->colour != NULL ? extract_bind_pdf_parse (pdf, picture->colour) : ink_space (pdf);
  extract_bind_pdf_set (pdf, qpdf_oh_get_dict (extract_bind_pdf_data (pdf), object), "/ColorSpace", space);
  return object;
}
