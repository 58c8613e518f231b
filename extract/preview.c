#include "extract/preview.h"
#include "extract/extract.h"
#include "extract/media.h"
#include "extract/picture.h"
#include "extract/tiff.h"
#include <math.h>
#include <string.h>

#define MOST_HEIGHTS 4 /* of the width: a till slip is shown narrower */
#define GREY_SPREAD 12 /* colours that are no farther apart are the noise of a scanner */
#define JPEG_QUALITY 80
#define PIECE_BYTES (1u << 20)

/* --- size and turn --- */

static bool
lies_on_its_side (const ExtractPreview *wanted)
{
  return wanted->rotation > 0 && wanted->rotation % 180 != 0;
}

void
extract_preview_size (const ExtractPreview *wanted, double width, double height, unsigned *width_px,
                      unsigned *height_px)
{
  bool side = lies_on_its_side (wanted);
  double shape = side ? width / height : height / width; /* of the upright page */
  if (wanted->sheet_width_px > 0 && wanted->sheet_height_px > 0)
    shape = (double)wanted->sheet_height_px / wanted->sheet_width_px;
  double across = MIN (wanted->width_px, MOST_HEIGHTS * wanted->width_px / shape);
  double down = across * shape;
  *width_px = (unsigned)MAX (1, lround (side ? down : across));
  *height_px = (unsigned)MAX (1, lround (side ? across : down));
}

/* --- pictures --- */

/* A JPEG can be decoded at a part of its size: never below twice the size it is wanted in. */
static l_int32
reduction_of (const ExtractPictureFacts *facts, const ExtractPreview *wanted)
{
  unsigned least_px = MIN (facts->width_px, facts->height_px) / 2;
  l_int32 reduction = 1;
  while (reduction < 8 && least_px / (unsigned)(reduction * 2) >= wanted->width_px)
    reduction *= 2;
  return reduction;
}

static PIX *
decode (GBytes *file, const char *media_type, const ExtractPreview *wanted, const ExtractPictureFacts *facts)
{
  size_t size;
  const l_uint8 *bytes = g_bytes_get_data (file, &size);
  if (strcmp (media_type, "image/tiff") == 0)
    return extract_tiff_load (file, wanted->page, facts);
  if (strcmp (media_type, "image/jpeg") == 0)
    return pixReadMemJpeg (bytes, size, 0, reduction_of (facts, wanted), NULL, L_JPEG_CONTINUE_WITH_BAD_DATA);
  return pixReadMem (bytes, size);
}

/* 1, 8 or 32 bits without palette; what is transparent shows the paper, white. */
static PIX *
flatten (PIX *pix, const char *media_type)
{
  g_autoptr (PIX) plain = NULL;
  PIXCMAP *palette = pixGetColormap (pix);
  l_int32 opaque = 1;
  if (palette != NULL)
    {
      pixcmapIsOpaque (palette, &opaque);
      plain = pixRemoveColormap (pix, opaque ? REMOVE_CMAP_BASED_ON_SRC : REMOVE_CMAP_WITH_ALPHA);
    }
  else
    plain = pixClone (pix);
  l_int32 depth = plain != NULL ? pixGetDepth (plain) : 0;
  if (depth == 32 && pixGetSpp (plain) == 4)
    return pixAlphaBlendUniform (plain, 0xffffff00);
  if (depth == 16) /* of a PNM the bytes are in the order of the file */
    return pixConvert16To8 (plain, g_str_has_prefix (media_type, "image/x-portable-") ? L_LS_BYTE : L_MS_BYTE);
  return depth == 0 || depth == 1 || depth == 32 ? g_steal_pointer (&plain) : pixConvertTo8 (plain, 0);
}

/* Lines of one bit become grey while they shrink. One number for both ways is enough after the sampling that a fax
 * with lines half as dense needs. */
static PIX *
shrink_bilevel (PIX *pix, unsigned width_px, unsigned height_px)
{
  double across = (double)width_px / pixGetWidth (pix), down = (double)height_px / pixGetHeight (pix);
  g_autoptr (PIX) grey = NULL;
  if (across < 1 && down < 1)
    {
      double least = MIN (across, down);
      g_autoptr (PIX) square = pixScaleBySampling (pix, (l_float32)(across / least), (l_float32)(down / least));
      grey = square != NULL ? pixScaleToGray (square, (l_float32)least) : NULL;
    }
  if (grey == NULL) /* nothing to smooth, or a strip too thin for it */
    grey = pixConvertTo8 (pix, 0);
  return grey != NULL ? pixScaleToSize (grey, (l_int32)width_px, (l_int32)height_px) : NULL;
}

static PIX *
shrink (PIX *pix, unsigned width_px, unsigned height_px)
{
  if (pixGetDepth (pix) == 1)
    return shrink_bilevel (pix, width_px, height_px);
  bool much = width_px * 10 < (unsigned)pixGetWidth (pix) * 7 && height_px * 10 < (unsigned)pixGetHeight (pix) * 7;
  return much ? pixScaleAreaMapToSize (pix, (l_int32)width_px, (l_int32)height_px)
              : pixScaleToSize (pix, (l_int32)width_px, (l_int32)height_px);
}

/* The record's rotation is that of the mirrored picture where the file says that it is mirrored. */
static bool
is_mirrored (unsigned orientation)
{
  return orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
}

static PIX *
draw_picture (GBytes *file, const char *media_type, ExtractPreview *wanted, const Limits *limits, GError **error)
{
  ExtractPictureFacts facts;
  if (!extract_picture_facts (file, media_type, wanted->page, limits, &facts, error))
    return NULL;
  if (wanted->rotation < 0)
    wanted->rotation = extract_picture_turn (facts.orientation);
  wanted->width_px = MIN (wanted->width_px, lies_on_its_side (wanted) ? facts.height_px : facts.width_px);
  unsigned width_px, height_px;
  extract_preview_size (wanted, facts.width_px, facts.height_px, &width_px, &height_px);
  g_autoptr (PIX) decoded = decode (file, media_type, wanted, &facts);
  g_autoptr (PIX) flat = decoded != NULL ? flatten (decoded, media_type) : NULL;
  g_autoptr (PIX) small = flat != NULL ? shrink (flat, width_px, height_px) : NULL;
  if (small == NULL)
    {
      bool large = (uint64_t)facts.width_px * facts.height_px * 4 > limits->memory_bytes / 4;
      extract_refuse (error, large ? RECORD_CODE_MEMORY : RECORD_CODE_DAMAGED, "decode picture %u of a %s",
                      wanted->page, media_type);
      return NULL;
    }
  if (is_mirrored (facts.orientation))
    pixFlipLR (small, small);
  return g_steal_pointer (&small);
}

/* --- colour --- */

static bool
is_grey (PIX *pix)
{
  for (l_int32 y = 0; y < pixGetHeight (pix); y++)
    {
      const l_uint32 *line = pixGetData (pix) + (size_t)y * (size_t)pixGetWpl (pix);
      for (l_int32 x = 0; x < pixGetWidth (pix); x++)
        {
          int red = line[x] >> 24, green = line[x] >> 16 & 255, blue = line[x] >> 8 & 255;
          if (MAX (red, MAX (green, blue)) - MIN (red, MIN (green, blue)) > GREY_SPREAD)
            return false;
        }
    }
  return true;
}

PIX *
extract_preview_draw (GBytes *file, const char *media_type, const ExtractPreview *wanted, const Limits *limits,
                      GError **error)
{
  ExtractPreview turned = *wanted;
  g_autoptr (PIX) drawn = NULL;
  if (extract_media_is_pdf (media_type))
    drawn = extract_preview_pdf (file, wanted, limits, error);
  else if (extract_media_is_picture (media_type))
    drawn = draw_picture (file, media_type, &turned, limits, error);
  else
    extract_refuse (error, RECORD_CODE_UNSUPPORTED, "draw a %s: it has no pixels", media_type);
  if (drawn == NULL)
    return NULL;
  g_autoptr (PIX) plain = pixGetDepth (drawn) == 32 && is_grey (drawn)
                              ? pixConvertRGBToGray (drawn, 0.299f, 0.587f, 0.114f)
                              : pixClone (drawn);
  PIX *upright = plain != NULL ? pixRotateOrth (plain, MAX (turned.rotation, 0) / 90 % 4) : NULL;
  if (upright == NULL)
    extract_refuse (error, RECORD_CODE_MEMORY, "turn page %u", wanted->page);
  return upright;
}

/* --- the worker's side --- */

static bool
emit_picture (PIX *pix, bool jpeg, ServeOut *out, GError **error)
{
  l_uint8 *data = NULL;
  size_t size = 0;
  int failed = jpeg ? pixWriteMemJpeg (&data, &size, pix, JPEG_QUALITY, 0) : pixWriteMemPng (&data, &size, pix, 0);
  g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (data, size, (GDestroyNotify)lept_free, data);
  if (failed || size == 0)
    return dk_throw (error, DK_ERROR_FAILED, "write a preview");
  for (size_t at = 0; at < size; at += PIECE_BYTES)
    {
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (bytes, at, MIN (PIECE_BYTES, size - at));
      if (!serve_emit (out, RECORD_BYTES, piece, error))
        return false;
    }
  return true;
}

static bool
read_wanted (const ServeRequest *request, ExtractPreview *wanted, GError **error)
{
  int64_t page = serve_int (request, "page", 1), width = serve_int (request, "width", 800);
  int64_t rotation = serve_int (request, "rotation", -1);
  int64_t sheet_width = serve_int (request, "sheet_width", 0), sheet_height = serve_int (request, "sheet_height", 0);
  bool sane = page >= 1 && page <= request->limits.pages && width >= LIMITS_PREVIEW_LEAST_PX
              && width <= LIMITS_PREVIEW_MOST_PX && rotation <= 270 && (rotation < 0 || rotation % 90 == 0)
              && sheet_width >= 0 && sheet_height >= 0 && sheet_width <= G_MAXINT32 && sheet_height <= G_MAXINT32;
  *wanted = (ExtractPreview){ (unsigned)page, (unsigned)width, (int)rotation, (unsigned)sheet_width,
                              (unsigned)sheet_height };
  return sane || dk_throw (error, DK_ERROR_INVALID, "preview: a page, width or turn that cannot be");
}

bool
extract_preview (const ServeRequest *request, ServeOut *out, GError **error)
{
  ExtractPreview wanted;
  g_autoptr (GError) why = NULL;
  g_autoptr (GBytes) file = read_wanted (request, &wanted, error) ? serve_input (request, 0, error) : NULL;
  if (file == NULL)
    return false;
  const char *media_type = serve_media_type (request);
  g_autoptr (PIX) pix = extract_preview_draw (file, media_type, &wanted, &request->limits, &why);
  if (pix != NULL)
    return emit_picture (pix, strcmp (serve_text (request, "format", "png"), "jpeg") == 0, out, error);
  RecordCode code = extract_fault_code (why);
  if (code == RECORD_CODE_NONE)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      return false;
    }
  g_autoptr (GBytes) refusal = record_refusal_encode (code);
  return serve_emit (out, RECORD_REFUSAL, refusal, error);
}
