#include "extract/barcode.h"
#include "extract/prepare.h"
#include "extract/writer.h"
#include <math.h>
#include <string.h>
#include <zbar.h>

enum
{
  /* In pixels of half the survey, 50 to 100 to the inch. */
  WIDEST_GAP = 11, /* between two bars */
  LEAST_GAP = 5,
  LEAST_PATCH = 8, /* a code is higher than that, and than two small letters */
  MOST_PATCH = 20,
  QUIET = 12, /* white round a code */
};

/* Symbologies with a check sum, or (Code 39) read the same several times: the others see codes in ruled tables. */
static const struct
{
  zbar_symbol_type_t type;
  int least_quality;
} symbologies[]
    = { { ZBAR_CODE128, 1 }, { ZBAR_QRCODE, 0 }, { ZBAR_EAN13, 3 }, { ZBAR_CODE39, 4 }, { ZBAR_CODABAR, 4 } };

/* ZBar wants rows without gaps; Leptonica keeps them in big-endian words. */
static uint8_t *
rows_of (PIX *grey)
{
  l_int32 width = pixGetWidth (grey), height = pixGetHeight (grey), words = pixGetWpl (grey);
  uint8_t *rows = g_try_malloc ((size_t)width * (size_t)height);
  if (rows == NULL)
    return NULL;
  for (l_int32 y = 0; y < height; y++)
    {
      l_uint32 *line = pixGetData (grey) + (size_t)y * (size_t)words;
      uint8_t *row = rows + (size_t)y * (size_t)width;
      for (l_int32 x = 0; x < width; x++)
        row[x] = GET_DATA_BYTE (line, x);
    }
  return rows;
}

/* ZBar tells where its scan lines left the bars. The symbol is the patch of ink these points touch, once the gaps
 * between bars are closed. */
static RecordBox
grow (PIX *grey, RecordBox seen)
{
  int reach = 400;
  BOX *around = boxCreate (MAX (seen.x0 - reach, 0), MAX (seen.y0 - reach, 0), seen.x1 - seen.x0 + 2 * reach,
                           seen.y1 - seen.y0 + 2 * reach);
  g_autoptr (PIX) part = pixClipRectangle (grey, around, NULL);
  l_int32 left = MAX (seen.x0 - reach, 0), top = MAX (seen.y0 - reach, 0);
  boxDestroy (&around);
  g_autoptr (PIX) binary = part != NULL ? extract_survey_binary (part) : NULL;
  g_autoptr (PIX) closed = binary != NULL ? pixCloseSafeBrick (NULL, binary, 17, 5) : NULL;
  g_autoptr (BOXA) patches = closed != NULL ? pixConnCompBB (closed, 8) : NULL;
  RecordBox grown = seen;
  for (l_int32 i = 0; patches != NULL && i < boxaGetCount (patches); i++)
    {
      l_int32 x, y, w, h;
      boxaGetBoxGeometry (patches, i, &x, &y, &w, &h);
      RecordBox patch = { x + left, y + top, x + left + w, y + top + h };
      bool touches = patch.x0 <= seen.x1 && patch.x1 >= seen.x0 && patch.y0 <= seen.y1 && patch.y1 >= seen.y0;
      if (!touches || w * h < 200)
        continue;
      grown.x0 = MIN (grown.x0, patch.x0);
      grown.y0 = MIN (grown.y0, patch.y0);
      grown.x1 = MAX (grown.x1, patch.x1);
      grown.y1 = MAX (grown.y1, patch.y1);
    }
  return grown;
}

static RecordBox
box_of (const zbar_symbol_t *symbol, PIX *grey)
{
  RecordBox box = { G_MAXINT32, G_MAXINT32, 0, 0 };
  for (unsigned i = 0; i < zbar_symbol_get_loc_size (symbol); i++)
    {
      int x = zbar_symbol_get_loc_x (symbol, i), y = zbar_symbol_get_loc_y (symbol, i);
      box = (RecordBox){ MIN (box.x0, x), MIN (box.y0, y), MAX (box.x1, x + 1), MAX (box.y1, y + 1) };
    }
  if (box.x1 <= box.x0)
    return (RecordBox){ 0, 0, 1, 1 };
  return zbar_symbol_get_type (symbol) == ZBAR_QRCODE ? box : grow (grey, box);
}

static bool
is_credible (const zbar_symbol_t *symbol)
{
  for (size_t i = 0; i < G_N_ELEMENTS (symbologies); i++)
    if (symbologies[i].type == zbar_symbol_get_type (symbol))
      return zbar_symbol_get_quality (symbol) >= symbologies[i].least_quality
             && zbar_symbol_get_data_length (symbol) >= 3;
  return false;
}

static int
by_place (gconstpointer a, gconstpointer b)
{
  const RecordBarcode *left = *(RecordBarcode *const *)a, *right = *(RecordBarcode *const *)b;
  return left->box.y0 != right->box.y0 ? (left->box.y0 > right->box.y0) - (left->box.y0 < right->box.y0)
                                       : (left->box.x0 > right->box.x0) - (left->box.x0 < right->box.x0);
}

/* --- where a code may be --- */

/* Bars stand so close that closing their gaps makes one patch, thicker than any line of text; so do the modules of a
 * square code. Pictures do so too, and are scanned for nothing. */
static PIX *
patches_along (PIX *ink, int width, int height, int least)
{
  g_autoptr (PIX) closed = pixCloseSafeBrick (NULL, ink, width, height);
  return closed != NULL ? pixOpenBrick (NULL, closed, least, least) : NULL;
}

/* Boxes of @ink in which codes may stand, bars upright or lying. No gap as wide as @x_height is closed upwards, or
 * lines of text would run together. NULL when memory is short. */
static BOXA *
places_of_codes (PIX *ink, int x_height)
{
  int least = CLAMP (2 * x_height, LEAST_PATCH, MOST_PATCH);
  int gap = x_height > 0 ? CLAMP (x_height, LEAST_GAP, WIDEST_GAP) : WIDEST_GAP;
  g_autoptr (PIX) along = patches_along (ink, WIDEST_GAP, 1, least);
  g_autoptr (PIX) across = patches_along (ink, 1, gap, least);
  if (along == NULL || across == NULL)
    return NULL;
  pixOr (along, along, across);
  return pixConnCompBB (along, 8);
}

/* --- scanning --- */

/* A part of the upright page as ZBar sees it. */
typedef struct
{
  PIX *grey;
  int left, top; /* of the part, in page pixels */
  double scale;  /* pixels of @grey a page pixel */
} Part;

/* Places may overlap: the same code is seen in both. */
static bool
is_known (const RecordPage *page, const char *type, const char *value, const RecordBox *box)
{
  for (guint i = 0; i < page->barcodes->len; i++)
    {
      const RecordBarcode *other = page->barcodes->pdata[i];
      if (strcmp (other->type, type) == 0 && strcmp (other->value, value) == 0 && other->box.x0 < box->x1
          && other->box.x1 > box->x0 && other->box.y0 < box->y1 && other->box.y1 > box->y0)
        return true;
    }
  return false;
}

static void
add_symbol (RecordPage *page, const zbar_symbol_t *symbol, const Part *part)
{
  /* Data may hold NUL or bytes of any character set: what is not UTF-8 is shown as such. */
  g_autofree char *raw = g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
  g_autofree char *value = g_utf8_make_valid (raw, -1);
  RecordBox box = box_of (symbol, part->grey);
  box = (RecordBox){ part->left + (int32_t)(box.x0 / part->scale), part->top + (int32_t)(box.y0 / part->scale),
                     part->left + (int32_t)ceil (box.x1 / part->scale),
                     part->top + (int32_t)ceil (box.y1 / part->scale) };
  box = extract_box_clip (box, page->width_px, page->height_px);
  const char *type = zbar_get_symbol_name (zbar_symbol_get_type (symbol));
  if (!is_known (page, type, value, &box))
    record_page_add_barcode (page, type, value, box);
}

static zbar_image_scanner_t *
scanner_new (void)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (symbologies); i++)
    zbar_image_scanner_set_config (scanner, symbologies[i].type, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_X_DENSITY, 2);
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_Y_DENSITY, 2);
  return scanner;
}

/* The page that is looked at: @pix turned clockwise by @turn. */
typedef struct
{
  PIX *pix;
  int turn;
  l_int32 width, height; /* once turned */
} Upright;

static Upright
upright_of (PIX *pix, int turn)
{
  l_int32 width = pixGetWidth (pix), height = pixGetHeight (pix);
  return turn % 180 == 0 ? (Upright){ pix, turn, width, height } : (Upright){ pix, turn, height, width };
}

static PIX *
clip_upright (const Upright *page, BOX *place)
{
  BOX *lying = boxRotateOrth (place, page->width, page->height, (360 - page->turn) % 360 / 90);
  g_autoptr (PIX) clip = lying != NULL ? pixClipRectangle (page->pix, lying, NULL) : NULL;
  boxDestroy (&lying);
  return clip != NULL ? pixRotateOrth (clip, page->turn / 90) : NULL;
}

/* Scans @place of @upright. False when memory is short. */
static bool
scan (const Upright *upright, BOX *place, unsigned most, RecordPage *page)
{
  Part part = { .scale = 1 };
  boxGetGeometry (place, &part.left, &part.top, NULL, NULL);
  g_autoptr (PIX) clip = clip_upright (upright, place);
  g_autoptr (PIX) fit = clip != NULL ? extract_prepare_fit (clip, &part.scale) : NULL;
  g_autoptr (PIX) grey = fit != NULL ? pixConvertTo8 (fit, 0) : NULL;
  g_autofree uint8_t *rows = grey != NULL ? rows_of (grey) : NULL;
  if (rows == NULL)
    return false;
  part.grey = grey;
  zbar_image_scanner_t *scanner = scanner_new ();
  zbar_image_t *image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned)pixGetWidth (grey), (unsigned)pixGetHeight (grey));
  zbar_image_set_data (image, rows, (unsigned long)pixGetWidth (grey) * (unsigned long)pixGetHeight (grey), NULL);
  if (zbar_scan_image (scanner, image) > 0)
    for (const zbar_symbol_t *s = zbar_image_first_symbol (image); s != NULL && page->barcodes->len < most;
         s = zbar_symbol_next (s))
      if (is_credible (s))
        add_symbol (page, s, &part);
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  return true;
}

/* @place of the small copy, with the white round a code, in page pixels. */
static BOX *
place_on_page (BOX *place, int factor, const Upright *page)
{
  l_int32 x, y, w, h;
  boxGetGeometry (place, &x, &y, &w, &h);
  l_int32 left = MAX (x - QUIET, 0) * factor, top = MAX (y - QUIET, 0) * factor;
  return boxCreate (left, top, MIN ((x + w + QUIET) * factor, page->width) - left,
                    MIN ((y + h + QUIET) * factor, page->height) - top);
}

bool
extract_barcodes (PIX *pix, ExtractSurvey *survey, int turn, unsigned most, RecordPage *page)
{
  if (MIN (pixGetWidth (survey->ink), pixGetHeight (survey->ink)) < 2 * LEAST_PATCH)
    return true;
  g_autoptr (PIX) half = pixReduceRankBinary2 (survey->ink, 1, NULL);
  g_autoptr (PIX) ink = half != NULL ? pixRotateOrth (half, turn / 90) : NULL;
  int x_height = (int)extract_survey_lines (survey, turn)->x_height / 2;
  g_autoptr (BOXA) places = ink != NULL ? places_of_codes (ink, x_height) : NULL;
  if (places == NULL)
    return false;
  Upright upright = upright_of (pix, turn);
  bool scanned = true;
  l_int32 n = boxaGetCount (places);
  for (l_int32 i = 0; scanned && i < n && page->barcodes->len < most; i++)
    {
      BOX *small = boxaGetBox (places, i, L_CLONE), *place = place_on_page (small, 2 * survey->factor, &upright);
      scanned = scan (&upright, place, most, page);
      boxDestroy (&place);
      boxDestroy (&small);
    }
  g_ptr_array_sort (page->barcodes, by_place);
  return scanned;
}
