#include "extract/picture.h"
#include "extract/exif.h"
#include "extract/jpeg.h"
#include "extract/tiff.h"
#include "extract/wrap.h"
#include <string.h>

static bool
is_tiff (const char *media_type)
{
  return strcmp (media_type, "image/tiff") == 0;
}

bool
extract_picture_pages (GBytes *file, const char *media_type, const Limits *limits, unsigned *pages, GError **error)
{
  *pages = is_tiff (media_type) ? extract_tiff_pages (file, limits->pages + 1) : 1;
  if (*pages == 0)
    return extract_refuse (error, RECORD_CODE_DAMAGED, "open a TIFF: no picture in it");
  if (*pages > limits->pages)
    return extract_refuse (error, RECORD_CODE_LIMIT, "open a TIFF: more than %u pages", limits->pages);
  return true;
}

static bool
header_facts (const l_uint8 *bytes, size_t size, ExtractPictureFacts *facts)
{
  l_int32 format, width, height, bits, samples, palette;
  if (pixReadHeaderMem (bytes, size, &format, &width, &height, &bits, &samples, &palette) != 0 || width <= 0
      || height <= 0)
    return false;
  facts->width_px = (unsigned)width;
  facts->height_px = (unsigned)height;
  facts->bits = (unsigned)(bits * samples);
  facts->orientation = extract_exif_orientation (bytes, size);
  return true;
}

bool
extract_picture_facts (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits,
                       ExtractPictureFacts *facts, GError **error)
{
  size_t size;
  const l_uint8 *bytes = g_bytes_get_data (file, &size);
  *facts = (ExtractPictureFacts){ .orientation = 1 };
  bool known = is_tiff (media_type) ? extract_tiff_facts (file, page_no, facts) : header_facts (bytes, size, facts);
  if (!known)
    return extract_refuse (error, RECORD_CODE_DAMAGED, "read the header of picture %u of a %s", page_no, media_type);
  if (facts->unsupported)
    return extract_refuse (error, RECORD_CODE_UNSUPPORTED, "read picture %u of a %s: its samples are no brightness",
                           page_no, media_type);
  uint64_t pixels = (uint64_t)facts->width_px * facts->height_px;
  uint64_t allowed = facts->bits == 1 ? limits->bilevel_pixels : limits->pixels;
  if (pixels > allowed)
    return extract_refuse (error, RECORD_CODE_LIMIT, "decode picture %u: %ux%u pixels are more than %" G_GUINT64_FORMAT,
                           page_no, facts->width_px, facts->height_px, allowed);
  return true;
}

/* --- decoding --- */

/* Leptonica takes all four inks for Adobe's; libtiff takes them as they are. */
static PIX *
decode_inks (GBytes *file, const ExtractPictureFacts *facts)
{
  ExtractWrap wrap = { .width_px = facts->width_px, .height_px = facts->height_px, .bits = 8, .channels = 4 };
  g_autoptr (GBytes) tiff = extract_wrap_tiff (&wrap, EXTRACT_WRAP_JPEG, false, false, file);
  ExtractPictureFacts inner;
  return tiff != NULL && extract_tiff_facts (tiff, 1, &inner) ? extract_tiff_load (tiff, 1, &inner) : NULL;
}

/* Brightness alone takes a quarter of the memory, but libjpeg does not make it of four inks. Of a file that was cut,
 * what is there. */
static PIX *
decode_jpeg (GBytes *file, ExtractPictureFacts *facts)
{
  size_t size;
  const l_uint8 *bytes = g_bytes_get_data (file, &size);
  if (facts->bits != 32)
    return extract_jpeg_grey (file, &facts->cut);
  PIX *inks = !extract_exif_is_adobe (bytes, size) ? decode_inks (file, facts) : NULL;
  if (inks != NULL)
    return inks;
  PIX *pix = pixReadMemJpeg (bytes, size, 0, 1, NULL, 0);
  facts->cut = pix == NULL;
  return pix != NULL ? pix : pixReadMemJpeg (bytes, size, 0, 1, NULL, L_JPEG_CONTINUE_WITH_BAD_DATA);
}

static PIX *
decode (GBytes *file, const char *media_type, unsigned page_no, ExtractPictureFacts *facts)
{
  size_t size;
  const l_uint8 *bytes = g_bytes_get_data (file, &size);
  if (is_tiff (media_type))
    return extract_tiff_load (file, page_no, facts);
  return strcmp (media_type, "image/jpeg") == 0 ? decode_jpeg (file, facts) : pixReadMem (bytes, size);
}

/* Leptonica 1.82 leaves the bytes of 16-bit samples of a PNM in the order of the file. */
static bool
is_pnm (const char *media_type)
{
  return g_str_has_prefix (media_type, "image/x-portable-");
}

/* The luma of 32 bits a pixel; with @alpha as it looks on white paper. In one pass: photos are large. */
static PIX *
luma_on_paper (PIX *pix, bool alpha)
{
  l_int32 width = pixGetWidth (pix), height = pixGetHeight (pix);
  PIX *grey = pixCreateNoInit (width, height, 8);
  for (l_int32 y = 0; grey != NULL && y < height; y++)
    {
      const l_uint32 *from = pixGetData (pix) + (size_t)y * (size_t)pixGetWpl (pix);
      l_uint32 *to = pixGetData (grey) + (size_t)y * (size_t)pixGetWpl (grey);
      for (l_int32 x = 0; x < width; x++)
        {
          l_uint32 rgba = from[x];
          l_uint32 luma = ((rgba >> 24) * 77 + (rgba >> 16 & 255) * 150 + (rgba >> 8 & 255) * 29 + 128) >> 8;
          l_uint32 opaque = alpha ? rgba & 255 : 255;
          SET_DATA_BYTE (to, x, opaque == 255 ? luma : (luma * opaque + 255 * (255 - opaque)) / 255);
        }
    }
  return grey;
}

/* Palettes and channels become grey; what is transparent shows the paper, white. */
static PIX *
flatten (PIX *pix, const char *media_type)
{
  g_autoptr (PIX) plain = NULL;
  PIXCMAP *palette = pixGetColormap (pix);
  if (palette != NULL)
    {
      l_int32 opaque = 1;
      pixcmapIsOpaque (palette, &opaque);
      plain = pixRemoveColormap (pix, opaque ? REMOVE_CMAP_BASED_ON_SRC : REMOVE_CMAP_WITH_ALPHA);
    }
  else
    plain = pixClone (pix);
  if (plain == NULL || pixGetDepth (plain) == 1)
    return g_steal_pointer (&plain);
  if (pixGetDepth (plain) == 32)
    return luma_on_paper (plain, pixGetSpp (plain) == 4);
  if (pixGetDepth (plain) == 16)
    return pixConvert16To8 (plain, is_pnm (media_type) ? L_LS_BYTE : L_MS_BYTE);
  return pixGetDepth (plain) == 8 ? pixClone (plain) : pixConvertTo8 (plain, 0);
}

int
extract_picture_turn (unsigned orientation)
{
  static const int turns[9] = { 0, 0, 0, 180, 180, 270, 90, 90, 270 };
  return orientation <= 8 ? turns[orientation] : 0;
}

static bool
is_mirrored (unsigned orientation)
{
  return orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
}

PIX *
extract_picture_upright (PIX *pix, unsigned orientation)
{
  if (is_mirrored (orientation))
    pixFlipLR (pix, pix);
  int turn = extract_picture_turn (orientation);
  return turn == 0 ? pixClone (pix) : pixRotateOrth (pix, turn / 90);
}

/* A child has one document. */
static struct
{
  GBytes *file;
  unsigned page_no;
  PIX *pix;
} kept;

/* What is mirrored is so in place. */
static void
keep (GBytes *file, unsigned page_no, PIX *pix, unsigned orientation)
{
  g_clear_pointer (&kept.file, g_bytes_unref);
  pixDestroy (&kept.pix);
  if (pixGetDepth (pix) != 1 || pixGetColormap (pix) != NULL || is_mirrored (orientation))
    return;
  kept.file = g_bytes_ref (file);
  kept.page_no = page_no;
  kept.pix = pixClone (pix);
}

PIX *
extract_picture_kept (GBytes *file, unsigned page_no)
{
  bool same = kept.file != NULL && kept.page_no == page_no && g_bytes_equal (kept.file, file);
  return same ? pixClone (kept.pix) : NULL;
}

PIX *
extract_picture_load_as_stored (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits,
                                ExtractPictureFacts *facts, GError **error)
{
  if (!extract_picture_facts (file, media_type, page_no, limits, facts, error))
    return NULL;
  g_autoptr (PIX) decoded = decode (file, media_type, page_no, facts);
  g_autoptr (PIX) flat = decoded != NULL ? flatten (decoded, media_type) : NULL;
  if (flat == NULL)
    {
      /* The decoders do not tell want of memory from damage; only large pictures want for it. */
      bool large = (uint64_t)facts->width_px * facts->height_px * MAX (facts->bits, 8) / 8 > limits->memory_bytes / 4;
      extract_refuse (error, large ? RECORD_CODE_MEMORY : RECORD_CODE_DAMAGED, "decode picture %u of a %s", page_no,
                      media_type);
      return NULL;
    }
  if (facts->x_dpi == 0 && pixGetXRes (decoded) > 0)
    {
      facts->x_dpi = (unsigned)pixGetXRes (decoded);
      facts->y_dpi = (unsigned)MAX (pixGetYRes (decoded), 0);
    }
  keep (file, page_no, decoded, facts->orientation);
  return g_steal_pointer (&flat);
}

PIX *
extract_picture_load (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits,
                      ExtractPictureFacts *facts, GError **error)
{
  g_autoptr (PIX) stored = extract_picture_load_as_stored (file, media_type, page_no, limits, facts, error);
  return stored != NULL ? extract_picture_upright (stored, facts->orientation) : NULL;
}
