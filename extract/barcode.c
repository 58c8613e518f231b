#include "extract/barcode.h"
#include "extract/prepare.h"
#include "extract/writer.h"
#include <math.h>
#include <zbar.h>

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
  g_autoptr (PIX) binary = part != NULL ? extract_prepare_binary (part) : NULL;
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

static void
add_symbol (RecordPage *page, const zbar_symbol_t *symbol, PIX *grey, double scale)
{
  /* Data may hold NUL or bytes of any character set: what is not UTF-8 is shown as such. */
  g_autofree char *raw = g_strndup (zbar_symbol_get_data (symbol), zbar_symbol_get_data_length (symbol));
  g_autofree char *value = g_utf8_make_valid (raw, -1);
  RecordBox box = box_of (symbol, grey);
  box = (RecordBox){ (int32_t)(box.x0 / scale), (int32_t)(box.y0 / scale), (int32_t)ceil (box.x1 / scale),
                     (int32_t)ceil (box.y1 / scale) };
  record_page_add_barcode (page, zbar_get_symbol_name (zbar_symbol_get_type (symbol)), value,
                           extract_box_clip (box, page->width_px, page->height_px));
}

bool
extract_barcodes (PIX *upright, unsigned most, RecordPage *page)
{
  double scale = 1;
  g_autoptr (PIX) fit = extract_prepare_fit (upright, &scale);
  g_autoptr (PIX) grey = fit != NULL ? pixConvertTo8 (fit, 0) : NULL;
  g_autofree uint8_t *rows = grey != NULL ? rows_of (grey) : NULL;
  if (rows == NULL)
    return false;
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_ENABLE, 0);
  for (size_t i = 0; i < G_N_ELEMENTS (symbologies); i++)
    zbar_image_scanner_set_config (scanner, symbologies[i].type, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_X_DENSITY, 2);
  zbar_image_scanner_set_config (scanner, 0, ZBAR_CFG_Y_DENSITY, 2);
  zbar_image_t *image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, (unsigned)pixGetWidth (grey), (unsigned)pixGetHeight (grey));
  zbar_image_set_data (image, rows, (unsigned long)pixGetWidth (grey) * (unsigned long)pixGetHeight (grey), NULL);
  if (zbar_scan_image (scanner, image) > 0)
    for (const zbar_symbol_t *s = zbar_image_first_symbol (image); s != NULL && page->barcodes->len < most;
         s = zbar_symbol_next (s))
      if (is_credible (s))
        add_symbol (page, s, grey, scale);
  zbar_image_destroy (image);
  zbar_image_scanner_destroy (scanner);
  g_ptr_array_sort (page->barcodes, by_place);
  return true;
}
