/* How sure an answer is: the measures against figures worked out by hand, and the fit on answers of known worth. */
#include "classify/calibrate.h"
#include <math.h>

static void
answer (GArray *answers, guint truth, guint given, double confidence)
{
  const ClassifyAnswer one = { .truth = truth, .answer = given, .confidence = confidence };
  g_array_append_val (answers, one);
}

static void
test_the_measures_are_those_worked_out_by_hand (void)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
  answer (answers, 0, 0, 0.95);
  answer (answers, 0, 0, 0.85);
  answer (answers, 1, 0, 0.75);
  answer (answers, 1, 1, 0.65);
  ClassifyFigures figures = classify_measure (answers, 3, 0.95);
  /* class 0: 2 of 3 given, 2 of 2 true, F1 4/5; class 1: F1 2/3; class 2 does not occur */
  g_assert_cmpfloat_with_epsilon (figures.f1, (0.8 + 2.0 / 3) / 2, 1e-9);
  g_assert_cmpfloat_with_epsilon (figures.ece, (0.05 + 0.15 + 0.75 + 0.35) / 4, 1e-9);
  g_assert_cmpfloat_with_epsilon (figures.alone, 0.5, 1e-9);
  g_assert_cmpfloat_with_epsilon (figures.threshold, 0.85, 1e-9);
}

static void
test_without_an_answer_that_is_right_nothing_is_filed_alone (void)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
  answer (answers, 0, 1, 0.99);
  ClassifyFigures figures = classify_measure (answers, 2, 0.95);
  g_assert_cmpfloat (figures.alone, ==, 0);
  g_assert_cmpfloat (figures.threshold, ==, 1);
}

static void
test_equal_confidences_stand_or_fall_together (void)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
  answer (answers, 0, 0, 0.9);
  answer (answers, 0, 1, 0.9);
  ClassifyFigures figures = classify_measure (answers, 2, 0.95);
  g_assert_cmpfloat (figures.alone, ==, 0);
}

/* Values drawn so that the true probabilities are those of a scale: the fit finds it again. */
static void
test_the_fit_finds_the_scale_that_the_values_were_drawn_by (void)
{
  const ClassifyKindScale wanted = { .slope = 3, .offsets = { 0.5, 0, -0.5, 0, 0 } };
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  GRand *dice = g_rand_new_with_seed (7);
  for (guint i = 0; i < 20000; i++)
    {
      ClassifyHeldOut one = { .truth = CLASSIFY_KINDS - 1 };
      double p[CLASSIFY_KINDS], left = g_rand_double (dice);
      for (guint k = 0; k < CLASSIFY_KINDS; k++)
        one.values[k] = g_rand_double_range (dice, -1, 1);
      classify_kind_scale_apply (&wanted, one.values, p);
      for (guint k = 0; k < CLASSIFY_KINDS; k++)
        if ((left -= p[k]) < 0)
          {
            one.truth = k;
            break;
          }
      g_array_append_val (held, one);
    }
  g_rand_free (dice);
  ClassifyKindScale found = classify_fit_kind_scale (held);
  g_assert_cmpfloat_with_epsilon (found.slope, 3, 0.2);
  g_assert_cmpfloat_with_epsilon (found.offsets[0] - found.offsets[2], 1, 0.25);
}

static void
test_the_fit_of_pages_finds_the_scale_that_they_were_drawn_by (void)
{
  const ClassifyPageScale wanted = { .slope = 4, .sure = -0.5, .offset = -1 };
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (ClassifyPageHeldOut));
  GRand *dice = g_rand_new_with_seed (7);
  for (guint i = 0; i < 20000; i++)
    {
      ClassifyPageHeldOut one = { .value = g_rand_double_range (dice, -1, 1) };
      one.kinds[0] = g_rand_double_range (dice, 0.3, 0.99);
      one.page = g_rand_double (dice) < classify_page_scale_apply (&wanted, one.value, one.kinds);
      g_array_append_val (held, one);
    }
  g_rand_free (dice);
  ClassifyPageScale found = classify_fit_page_scale (held);
  g_assert_cmpfloat_with_epsilon (found.slope, wanted.slope, 0.3);
  g_assert_cmpfloat_with_epsilon (found.sure, wanted.sure, 0.1);
  g_assert_cmpfloat_with_epsilon (found.offset, wanted.offset, 0.15);
}

static void
test_who_was_shown_no_page_sees_none (void)
{
  const ClassifyPageHeldOut letter = { .value = 1, .kinds = { 1 } };
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (ClassifyPageHeldOut));
  g_array_append_val (held, letter);
  const ClassifyPageScale scale = classify_fit_page_scale (held);
  g_assert_cmpfloat (classify_page_scale_apply (&scale, letter.value, letter.kinds), ==, 0);
}

static void
test_shares_of_a_scale_sum_up_to_one_however_large_the_values (void)
{
  const ClassifyKindScale scale = { .slope = 1000 };
  const double values[CLASSIFY_KINDS] = { 5, 4, -900, 0, 5 };
  double p[CLASSIFY_KINDS], sum = 0;
  classify_kind_scale_apply (&scale, values, p);
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    sum += p[k];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  g_assert_cmpfloat_with_epsilon (p[0], 0.5, 1e-9);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calibrate/measures", test_the_measures_are_those_worked_out_by_hand);
  g_test_add_func ("/calibrate/none", test_without_an_answer_that_is_right_nothing_is_filed_alone);
  g_test_add_func ("/calibrate/ties", test_equal_confidences_stand_or_fall_together);
  g_test_add_func ("/calibrate/fit", test_the_fit_finds_the_scale_that_the_values_were_drawn_by);
  g_test_add_func ("/calibrate/pages", test_the_fit_of_pages_finds_the_scale_that_they_were_drawn_by);
  g_test_add_func ("/calibrate/no-pages", test_who_was_shown_no_page_sees_none);
  g_test_add_func ("/calibrate/shares", test_shares_of_a_scale_sum_up_to_one_however_large_the_values);
  return g_test_run ();
}
