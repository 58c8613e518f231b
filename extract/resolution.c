#include "extract/resolution.h"
#include <math.h>

enum
{
  LEAST = 50,
  MOST = 1200,
  VAGUE = 96,       /* up to here, what a file says may be a habit */
  FAX_WIDTH = 1728, /* dots of every A4 fax */
  FAX_ACROSS = 204,
  FAX_COARSE = 98,
};

#define LARGEST 36.0       /* inches of a sheet that is believed */
#define LARGEST_VAGUE 17.0 /* the same where 72 or 96 is told: not a poster, as phones claim */
#define PHOTO_INCHES 13.0  /* of a photo of A4, with the table around */
#define SLIP_INCHES 3.15   /* across a till slip */
#define SLIP_SHAPE 2.2

typedef struct
{
  double shape; /* long side to short side */
  double inches;
} Sheet;

static const Sheet sheets[] = { { 1.4142, 11.69 }, { 1.2941, 11 }, { 1.6471, 14 } };
static const unsigned usual[] = { 100, 120, 150, 200, 240, 300, 400, 600 };

static double
long_side (unsigned width, unsigned height)
{
  return MAX (width, height);
}

static double
shape_of (unsigned width, unsigned height)
{
  return long_side (width, height) / MAX (MIN (width, height), 1);
}

static bool
has_shape (const Sheet *sheet, unsigned width, unsigned height)
{
  return fabs (shape_of (width, height) / sheet->shape - 1) < 0.015;
}

/* The usual resolution at which a usual sheet has just as many pixels, or 0. */
static unsigned
usual_resolution (unsigned width, unsigned height)
{
  for (size_t s = 0; s < G_N_ELEMENTS (sheets); s++)
    for (size_t i = 0; has_shape (&sheets[s], width, height) && i < G_N_ELEMENTS (usual); i++)
      if (fabs (long_side (width, height) / sheets[s].inches / usual[i] - 1) < 0.01)
        return usual[i];
  return 0;
}

static double
guessed_resolution (unsigned width, unsigned height)
{
  for (size_t s = 0; s < G_N_ELEMENTS (sheets); s++)
    if (has_shape (&sheets[s], width, height))
      return long_side (width, height) / sheets[s].inches;
  if (shape_of (width, height) > SLIP_SHAPE)
    return MIN (width, height) / SLIP_INCHES;
  return long_side (width, height) / PHOTO_INCHES;
}

static bool
is_believable (unsigned told, unsigned width, unsigned height)
{
  double inches = told > 0 ? long_side (width, height) / told : 0;
  return told >= LEAST && told <= MOST && inches >= 1 && inches <= (told <= VAGUE ? LARGEST_VAGUE : LARGEST);
}

ExtractResolution
extract_resolution (ExtractResolution told, unsigned width_px, unsigned height_px, bool bilevel)
{
  bool one = told.y == 0 || told.x == told.y;
  bool vague = told.x <= VAGUE || !is_believable (told.x, width_px, height_px);
  if (bilevel && one && (vague || told.x == 200 || told.x == FAX_ACROSS) && width_px == FAX_WIDTH && height_px > 900
      && height_px < 1250)
    return (ExtractResolution){ FAX_ACROSS, FAX_COARSE };
  unsigned found = vague ? usual_resolution (width_px, height_px) : 0;
  if (found == 0 && is_believable (told.x, width_px, height_px))
    return (ExtractResolution){ told.x, told.y > 0 ? told.y : told.x };
  if (found == 0)
    found = (unsigned)CLAMP (guessed_resolution (width_px, height_px) + 0.5, LEAST, MOST);
  return (ExtractResolution){ found, found };
}

PIX *
extract_resolution_square (PIX *pix, ExtractResolution *dpi)
{
  double ratio = dpi->x > 0 && dpi->y > 0 ? (double)dpi->x / dpi->y : 1;
  if ((ratio > 0.8 && ratio < 1.25) || ratio > 4 || ratio < 0.25)
    return pixClone (pix);
  double x = ratio < 1 ? 1 / ratio : 1, y = ratio > 1 ? ratio : 1;
  dpi->x = dpi->y = MAX (dpi->x, dpi->y);
  return pixScale (pix, (float)x, (float)y);
}
