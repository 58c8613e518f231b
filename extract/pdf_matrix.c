#include "extract/pdf_matrix.h"
#include <glib.h>
#include <math.h>

#define NEAR 1.0 /* points by which programs miss the edge of a page */

ExtractMatrix
extract_matrix (ExtractMatrix m, ExtractMatrix n)
{
  return (ExtractMatrix){ m.a * n.a + m.b * n.c, m.a * n.b + m.b * n.d,       m.c * n.a + m.d * n.c,
                          m.c * n.b + m.d * n.d, m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f };
}

ExtractArea
extract_matrix_area (ExtractMatrix m, ExtractArea area)
{
  double x[4], y[4];
  for (int i = 0; i < 4; i++)
    {
      double from_x = i & 1 ? area.x1 : area.x0, from_y = i & 2 ? area.y1 : area.y0;
      x[i] = m.a * from_x + m.c * from_y + m.e;
      y[i] = m.b * from_x + m.d * from_y + m.f;
    }
  return (ExtractArea){ MIN (MIN (x[0], x[1]), MIN (x[2], x[3])), MIN (MIN (y[0], y[1]), MIN (y[2], y[3])),
                        MAX (MAX (x[0], x[1]), MAX (x[2], x[3])), MAX (MAX (y[0], y[1]), MAX (y[2], y[3])) };
}

ExtractArea
extract_area_meet (ExtractArea a, ExtractArea b)
{
  return (ExtractArea){ MAX (a.x0, b.x0), MAX (a.y0, b.y0), MIN (a.x1, b.x1), MIN (a.y1, b.y1) };
}

bool
extract_area_holds (ExtractArea outer, ExtractArea inner)
{
  return inner.x0 >= outer.x0 - NEAR && inner.y0 >= outer.y0 - NEAR && inner.x1 <= outer.x1 + NEAR
         && inner.y1 <= outer.y1 + NEAR;
}

bool
extract_area_is_empty (ExtractArea area)
{
  return !(area.x1 > area.x0 && area.y1 > area.y0);
}

bool
extract_matrix_is_straight (ExtractMatrix m)
{
  double skew = MIN (MAX (fabs (m.b), fabs (m.c)), MAX (fabs (m.a), fabs (m.d)));
  return skew <= 1e-4 * MAX (fabs (m.a) + fabs (m.b), fabs (m.c) + fabs (m.d));
}
