#include "reports/measure.h"

static void
test_intervals_are_those_that_are_known (void)
{
  static const struct /* Newcombe 1998, and R's prop.test without correction */
  {
    int64_t part, whole;
    double low, high;
  } known[] = {
    { 81, 263, 0.2553, 0.3662 }, { 15, 148, 0.0624, 0.1605 }, { 0, 20, 0.0000, 0.1611 },
    { 1, 29, 0.0061, 0.1718 },   { 5, 10, 0.2366, 0.7634 },   { 10, 10, 0.7225, 1.0000 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      double low, high;
      report_wilson (known[i].part, known[i].whole, &low, &high);
      g_assert_cmpfloat_with_epsilon (low, known[i].low, 0.00006);
      g_assert_cmpfloat_with_epsilon (high, known[i].high, 0.00006);
    }
}

static void
test_more_of_the_same_makes_the_interval_narrower (void)
{
  double last = 1;
  for (int64_t n = 10; n <= 100000; n *= 10)
    {
      double low, high;
      report_wilson (n / 10, n, &low, &high);
      g_assert_cmpfloat (low, <, 0.1);
      g_assert_cmpfloat (high, >, 0.1);
      g_assert_cmpfloat (high - low, <, last);
      last = high - low;
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reports/measure/known", test_intervals_are_those_that_are_known);
  g_test_add_func ("/reports/measure/narrower", test_more_of_the_same_makes_the_interval_narrower);
  return g_test_run ();
}
