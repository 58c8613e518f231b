#include "samples/damage.h"
#include <math.h>

double
samples_chance (SamplesChance *chance)
{
  chance->state = chance->state * 6364136223846793005ULL + 1442695040888963407ULL;
  return (double)(chance->state >> 33) / (double)(1ULL << 31);
}

/* About normal, mean 0, deviation 1. */
static double
spread (SamplesChance *chance)
{
  double sum = 0;
  for (int i = 0; i < 4; i++)
    sum += samples_chance (chance);
  return (sum - 2) * 1.732;
}

static PIX *
instead_of (PIX *old, PIX *new)
{
  if (new != NULL)
    pixSetResolution (new, pixGetXRes (old), pixGetYRes (old));
  pixDestroy (&old);
  return new;
}

static int
clip (double value)
{
  return value < 0 ? 0 : value > 255 ? 255 : (int)value;
}

PIX *
samples_skew (PIX *pix, double degrees)
{
  return instead_of (pix, pixRotate (pix, (float)(degrees * M_PI / 180), L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0));
}

PIX *
samples_scan (PIX *pix, double strength, SamplesChance *chance)
{
  pix = instead_of (pix, pixBlockconv (pix, 1, 1));
  l_int32 width, height;
  pixGetDimensions (pix, &width, &height, NULL);
  for (int y = 0; y < height; y++)
    {
      l_uint32 *line = pixGetData (pix) + y * pixGetWpl (pix);
      for (int x = 0; x < width; x++)
        {
          double paper = 247 - 10.0 * x / width, ink = GET_DATA_BYTE (line, x) / 255.0;
          SET_DATA_BYTE (line, x, clip (28 + ink * (paper - 28) + strength * spread (chance)));
        }
    }
  return pix;
}

static void
sprinkle (PIX *bits, double per_million, int value, SamplesChance *chance)
{
  l_int32 width, height;
  pixGetDimensions (bits, &width, &height, NULL);
  int n = (int)(per_million * width * height / 1e6);
  for (int i = 0; i < n; i++)
    {
      int x = (int)(samples_chance (chance) * width), y = (int)(samples_chance (chance) * height);
      int across = samples_chance (chance) < 0.3 ? 2 : 1, down = samples_chance (chance) < 0.3 ? 2 : 1;
      for (int dy = 0; dy < down; dy++)
        for (int dx = 0; dx < across; dx++)
          pixSetPixel (bits, x + dx, y + dy, (l_uint32)value);
    }
}

PIX *
samples_bilevel (PIX *pix, int threshold, double specks, double gaps, SamplesChance *chance)
{
  pix = instead_of (pix, pixThresholdToBinary (pix, threshold));
  sprinkle (pix, specks, 1, chance);
  sprinkle (pix, gaps, 0, chance);
  return pix;
}

PIX *
samples_photocopy (PIX *pix, SamplesChance *chance)
{
  pix = instead_of (pix, pixBlockconv (pix, 1, 1));
  pix = samples_bilevel (pix, 96, 60, 2500, chance);
  l_int32 width, height;
  pixGetDimensions (pix, &width, &height, NULL);
  int streak = width * 4 / 5;
  for (int y = 0; y < height; y++)
    if (samples_chance (chance) < 0.35)
      pixSetPixel (pix, streak + (samples_chance (chance) < 0.5), y, 1);
  return pix;
}

PIX *
samples_fax (PIX *pix, int lines, SamplesChance *chance)
{
  pix = instead_of (pix, pixScale (pix, 1, (float)lines / 204));
  pix = samples_bilevel (pix, 170, 150, 1500, chance);
  l_int32 width, height;
  pixGetDimensions (pix, &width, &height, NULL);
  for (int i = 0; i < 3; i++) /* lines lost on the way are repeated from the one above */
    {
      int y = 200 + (int)(samples_chance (chance) * (height - 300));
      pixRasterop (pix, 0, y, width, 1, PIX_SRC, pix, 0, y - 1);
    }
  pixSetResolution (pix, 204, lines);
  return pix;
}

PIX *
samples_dark (PIX *pix, SamplesChance *chance)
{
  return samples_bilevel (samples_scan (pix, 9, chance), 212, 100, 0, chance);
}

PIX *
samples_faded (PIX *pix, double part)
{
  NUMA *levels = numaCreate (256);
  for (int i = 0; i < 256; i++)
    numaAddNumber (levels, (float)clip (255 - part * (255 - i)));
  pixTRCMap (pix, NULL, levels);
  numaDestroy (&levels);
  return pix;
}

/* --- the photo --- */

enum
{
  TABLE_PX = 110, /* of the table around the sheet, before the view is cropped */
  CROP_PX = 60,
};

static PIX *
lay_on_table (PIX *pix)
{
  l_int32 width, height;
  pixGetDimensions (pix, &width, &height, NULL);
  PIX *table = pixCreate (width + 2 * TABLE_PX, height + 2 * TABLE_PX, 32);
  PIX *sheet = pixConvertTo32 (pix);
  pixSetAllArbitrary (table, 0x6E523900);
  pixRasterop (table, TABLE_PX, TABLE_PX, width, height, PIX_SRC, sheet, 0, 0);
  pixDestroy (&sheet);
  return instead_of (pix, table);
}

static PIX *
seen_from_aside (PIX *pix)
{
  l_int32 w, h;
  pixGetDimensions (pix, &w, &h, NULL);
  const float from[4][2] = { { 0, 0 }, { (float)w, 0 }, { (float)w, (float)h }, { 0, (float)h } };
  const float to[4][2] = { { 46, 30 }, { (float)w - 20, 6 }, { (float)w - 4, (float)h - 18 }, { 8, (float)h - 40 } };
  PTA *source = ptaCreate (4), *target = ptaCreate (4);
  for (int i = 0; i < 4; i++)
    {
      ptaAddPt (source, from[i][0], from[i][1]);
      ptaAddPt (target, to[i][0], to[i][1]);
    }
  PIX *seen = pixProjectivePta (pix, target, source, L_BRING_IN_BLACK);
  ptaDestroy (&source);
  ptaDestroy (&target);
  BOX *view = boxCreate (CROP_PX, CROP_PX, w - 2 * CROP_PX, h - 2 * CROP_PX);
  PIX *cropped = pixClipRectangle (seen, view, NULL);
  boxDestroy (&view);
  pixDestroy (&seen);
  return instead_of (pix, cropped);
}

/* Lamp at the upper left, the shadow of a head at the lower right. */
static double
light_at (double x, double y)
{
  double lamp = 1.02 - 0.30 * hypot (x - 0.2, y - 0.15);
  double head = 0.20 * exp (-12 * ((x - 0.85) * (x - 0.85) + (y - 0.9) * (y - 0.9)));
  return lamp - head;
}

PIX *
samples_photo (PIX *pix, SamplesChance *chance)
{
  pix = seen_from_aside (lay_on_table (instead_of (pix, pixBlockconv (pix, 1, 1))));
  l_int32 width, height;
  pixGetDimensions (pix, &width, &height, NULL);
  for (int y = 0; y < height; y++)
    {
      l_uint32 *line = pixGetData (pix) + y * pixGetWpl (pix);
      for (int x = 0; x < width; x++)
        {
          l_int32 red, green, blue;
          extractRGBValues (line[x], &red, &green, &blue);
          double light = light_at ((double)x / width, (double)y / height), grain = 1.5 * spread (chance);
          composeRGBPixel (clip (red * light * 0.97 + grain), clip (green * light * 0.93 + grain),
                           clip (blue * light * 0.82 + grain), &line[x]);
        }
    }
  return pix;
}
