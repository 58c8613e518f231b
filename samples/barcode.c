#include "samples/page.h"
#include <string.h>

/* Widths of bar, gap, bar, gap, bar, gap of the values 0 to 105, then the stop sign (ISO/IEC 15417). */
static const char *const widths[]
    = { "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
        "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
        "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
        "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
        "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
        "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
        "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
        "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
        "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
        "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112" };
enum
{
  START_B = 104,
  STOP = 106,
};

static double
draw_sign (cairo_t *cairo, unsigned value, double x, double y, double module_pt, double height_pt)
{
  for (const char *at = widths[value]; *at != '\0'; at++)
    {
      double width = (*at - '0') * module_pt;
      if ((at - widths[value]) % 2 == 0)
        cairo_rectangle (cairo, x, y, width, height_pt);
      x += width;
    }
  return x;
}

void
samples_barcode (cairo_t *cairo, const char *text, double x, double y, double module_pt, double height_pt)
{
  unsigned sum = START_B, place = 1;
  x = draw_sign (cairo, START_B, x, y, module_pt, height_pt);
  for (const char *at = text; *at != '\0'; at++, place++)
    {
      unsigned value = (unsigned)(*at - ' ');
      sum += place * value;
      x = draw_sign (cairo, value, x, y, module_pt, height_pt);
    }
  x = draw_sign (cairo, sum % 103, x, y, module_pt, height_pt);
  draw_sign (cairo, STOP, x, y, module_pt, height_pt);
  cairo_fill (cairo);
}
