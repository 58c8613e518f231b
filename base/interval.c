#include "base/interval.h"
#include <math.h>

#define Z 1.959963984540054 /* of 95 % of the normal distribution */

void
dk_wilson (int64_t hits, int64_t n, double *low, double *high)
{
  *low = 0;
  *high = 1;
  if (n <= 0)
    return;
  double count = (double)n, share = (double)hits / count, z2 = Z * Z;
  double middle = (share + z2 / (2 * count)) / (1 + z2 / count);
  double half = Z / (1 + z2 / count) * sqrt (share * (1 - share) / count + z2 / (4 * count * count));
  *low = hits == 0 ? 0 : middle - half;
  *high = hits == n ? 1 : middle + half;
}
