#include "extract/bind_picture.h"
#include "extract/bind_jpeg.h"
#include "extract/bind_png.h"
#include "extract/bind_tiff.h"
#include "extract/tiff.h"

void
extract_bind_picture_free (BindPicture *picture)
{
  if (picture == NULL)
    return;
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
                            .colour = jpeg->components == 1 ? "/DeviceGray" : "/DeviceRGB",
                            .bits = 8,
                            .filter = "/DCTDecode",
                            .data = g_bytes_ref (file) };
  return picture;
}

static BindPicture *
from_strip (const BindStrip *strip)
{
  BindPicture *picture = g_new0 (BindPicture, 1);
  *picture = (BindPicture){ .width_px = strip->width_px,
                            .height_px = strip->height_px,
                            .colour = "/DeviceGray",
                            .bits = 1,
                            .filter = "/CCITTFaxDecode",
                            .data = strip->data };
  picture->parms = g_strdup_printf ("<< /K -1 /Columns %u /Rows %u /BlackIs1 %s >>", strip->width_px, strip->height_px,
                                    strip->black_is_one ? "true" : "false");
  return picture;
}

static BindPicture *
from_png (const BindPng *png)
{
  BindPicture *picture = g_new0 (BindPicture, 1);
  *picture = (BindPicture){ .width_px = png->width_px,
                            .height_px = png->height_px,
                            .colour = png->colours == 1 ? "/DeviceGray" : "/DeviceRGB",
                            .bits = png->bits,
                            .filter = "/FlateDecode",
                            .data = png->data };
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
  setMsgSeverity (L_SEVERITY_NONE);
  return g_str_equal (media_type, "image/tiff") ? extract_tiff_load (file, page_no, facts) : pixReadMem (data, size);
}

/* One bit, eight bits grey or 32 bits colour without palette and transparency, the latter laid on white. */
static PIX *
plain_pixels (PIX *pix)
{
  if (pixGetSpp (pix) == 4)
    return pixAlphaBlendUniform (pix, 0xFFFFFF00);
  g_autoptr (PIX) open = pixRemoveColormap (pix, REMOVE_CMAP_BASED_ON_SRC);
  if (open == NULL || pixGetDepth (open) == 1 || pixGetDepth (open) == 32)
    return g_steal_pointer (&open);
  return pixConvertTo8 (open, FALSE);
}

static BindPicture *
code_bilevel (PIX *pix)
{
  g_autofree l_uint8 *tiff = NULL;
  size_t size;
  if (pixWriteMemTiff (&tiff, &size, pix, IFF_TIFF_G4) != 0)
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (tiff, size);
  BindStrip strip;
  return extract_bind_strip (bytes, 1, &strip) ? from_strip (&strip) : NULL;
}

static BindPicture *
code_grey_or_colour (PIX *pix)
{
  g_autofree l_uint8 *file = NULL;
  size_t size;
  if (pixWriteMemPng (&file, &size, pix, 0) != 0)
    return NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (file, size);
  BindPng png;
  return extract_bind_png (bytes, &png) ? from_png (&png) : NULL;
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
take_as_it_is (GBytes *file, const char *media_type, unsigned page_no)
{
  BindJpeg jpeg;
  BindStrip strip;
  BindPng png;
  if (g_str_equal (media_type, "image/jpeg") && extract_bind_jpeg (file, &jpeg) && jpeg.carried)
    return from_jpeg (file, &jpeg);
  if (g_str_equal (media_type, "image/tiff") && extract_bind_strip (file, page_no, &strip))
    return from_strip (&strip);
  if (g_str_equal (media_type, "image/png") && extract_bind_png (file, &png))
    return from_png (&png);
  return NULL;
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
  unsigned way = facts.orientation;
  picture->turn = extract_picture_turn (way);
  picture->mirrored = way == 2 || way == 4 || way == 5 || way == 7;
  return picture;
}

qpdf_oh
extract_bind_picture_object (const BindPicture *picture, BindPdf *pdf)
{
  g_autofree char *dict = g_strdup_printf (
      "<< /Type /XObject /Subtype /Image /Width %u /Height %u /ColorSpace %s /BitsPerComponent %u >>",
      picture->width_px, picture->height_px, picture->colour, picture->bits);
  return extract_bind_pdf_stream (pdf, dict, picture->data, picture->filter, picture->parms);
}
