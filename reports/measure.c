#include "reports/measure.h"
#include <math.h>

void
report_wilson (int64_t part, int64_t whole, double *low, double *high)
{
  const double z = 1.959964;
  double n = (double)whole, p = (double)part / n;
  double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
  double half = z / (1 + z * z / n) * sqrt (p * (1 - p) / n + z * z / (4 * n * n));
  *low = part == 0 ? 0 : fmax (0, middle - half);
  *high = part == whole ? 1 : fmin (1, middle + half);
}

double
report_percentile (const GArray *sorted, double p)
{
  if (sorted->len == 0)
    return NAN;
  guint rank = (guint)ceil (p / 100 * sorted->len);
  return g_array_index (sorted, double, rank > 0 ? rank - 1 : 0);
}

static double
cell (double seen, double expected)
{
  return seen > 0 ? seen * log (seen / expected) : 0;
}

double
report_keyness (int64_t a, int64_t n, int64_t b, int64_t m)
{
  if (n <= 0 || m <= 0)
    return NAN;
  double all = (double)(n + m), with = (double)(a + b), without = all - with;
  double g2 = cell ((double)a, with * (double)n / all) + cell ((double)b, with * (double)m / all)
              + cell ((double)(n - a), without * (double)n / all) + cell ((double)(m - b), without * (double)m / all);
  return (double)a / (double)n < (double)b / (double)m ? -2 * g2 : 2 * fabs (g2);
}

static gint
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

void
report_sort (GArray *values)
{
  g_array_sort (values, compare);
}
