#include "base/interval.h"
#include <glib.h>

/* Known values: those of Newcombe (1998) and of R's prop.test without correction. */
static const struct
{
  int64_t hits, n;
  double low, high;
} known[] = {
  { 81, 263, 0.2553, 0.3662 }, { 15, 148, 0.0624, 0.1605 }, { 0, 20, 0.0000, 0.1611 },
  { 1, 29, 0.0061, 0.1718 },   { 5, 10, 0.2366, 0.7634 },   { 10, 10, 0.7225, 1.0000 },
};

static void
test_intervals_are_those_that_are_known (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      double low, high;
      dk_wilson (known[i].hits, known[i].n, &low, &high);
      g_assert_cmpfloat_with_epsilon (low, known[i].low, 0.00006);
      g_assert_cmpfloat_with_epsilon (high, known[i].high, 0.00006);
    }
}

static void
test_nothing_counted_says_nothing (void)
{
  double low, high;
  dk_wilson (0, 0, &low, &high);
  g_assert_cmpfloat (low, ==, 0);
  g_assert_cmpfloat (high, ==, 1);
}

static void
test_more_of_the_same_makes_it_narrower (void)
{
  double last = 1;
  for (int64_t n = 10; n <= 100000; n *= 10)
    {
      double low, high;
      dk_wilson (n / 10, n, &low, &high);
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
  g_test_add_func ("/interval/known", test_intervals_are_those_that_are_known);
  g_test_add_func ("/interval/none", test_nothing_counted_says_nothing);
  g_test_add_func ("/interval/narrower", test_more_of_the_same_makes_it_narrower);
  return g_test_run ();
}
