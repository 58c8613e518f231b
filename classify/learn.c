#include "classify/learn.h"
#include <math.h>

#define SMOOTH 0.5        /* added to every count of a feature */
#define BAYES_SMOOTH 0.01 /* added to the sum of a feature's values in a class */

/* What stands in @examples. Owned by the caller. */
static ClassifyFeatureSet *
features_of (const GArray *examples)
{
  ClassifyFeatureSet *set = classify_feature_set_new ();
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      for (guint j = 0; j < example->n; j++)
        classify_feature_set_add (set, example->features[j].index);
    }
  classify_feature_set_count (set);
  return set;
}

static void
problem_clear (SupportProblem *problem)
{
  g_free (problem->entries);
  g_free (problem->from);
  g_free (problem->labels);
  g_free (problem->times);
  g_free (problem->squares);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SupportProblem, problem_clear)

static void
lay_out (const GArray *examples, const ClassifyFeatureSet *features, SupportProblem *problem)
{
  gsize entries = 0, at = 0;
  for (guint i = 0; i < examples->len; i++)
    entries += g_array_index (examples, ClassifyExample, i).n;
  *problem = (SupportProblem){ .n = examples->len,
                               .rows = features->n,
                               .entries = g_new0 (SupportEntry, entries + SUPPORT_AHEAD),
                               .from = g_new (gsize, examples->len + 1),
                               .labels = g_new (guint, examples->len + 1),
                               .times = g_new (guint, examples->len + 1),
                               .squares = g_new (SupportLanes, features->n + 1) };
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      problem->from[i] = at;
      problem->labels[i] = example->label;
      problem->times[i] = example->times;
      for (guint j = 0; j < example->n; j++)
        problem->entries[at++] = (SupportEntry){ .row = classify_feature_set_row (features, example->features[j].index),
                                                 .value = example->features[j].value };
    }
  problem->from[examples->len] = at;
}

/* How many examples of each class that is learnt, and in all, have a feature. */
typedef struct
{
  float of[SUPPORT_LANES], all;
} Count;

static Count *
count_rows (const SupportProblem *problem)
{
  Count *counts = g_new0 (Count, problem->rows + 1);
  for (guint i = 0; i < problem->n; i++)
    {
      guint k = problem->labels[i] - problem->first;
      float times = (float)problem->times[i];
      for (gsize e = problem->from[i]; e <= problem->from[i + 1]; e++)
        {
          Count *count = &counts[e < problem->from[i + 1] ? problem->entries[e].row : problem->rows];
          count->all += times;
          if (k < problem->classes)
            count->of[k] += times;
        }
    }
  return counts;
}

/* How much each feature tells of class @k by itself: the size of its log-count ratio, 1 in the mean (Wang and Manning,
 * "Baselines and Bigrams", ACL 2012). Values are multiplied by its root. Those below @counted keep their weight. */
static void
weigh (SupportProblem *problem, const Count *counts, guint k, guint counted)
{
  double in = 0, out = 0, square = 0, n = 0;
  for (guint i = counted; i < problem->rows; i++)
    {
      in += counts[i].of[k] + SMOOTH;
      out += counts[i].all - counts[i].of[k] + SMOOTH;
    }
  for (guint i = counted; i < problem->rows; i++)
    {
      double ratio = fabs (log ((counts[i].of[k] + SMOOTH) / in * out / (counts[i].all - counts[i].of[k] + SMOOTH)));
      problem->squares[i][k] = (float)ratio;
      square += ratio * counts[i].all;
      n += counts[i].all;
    }
  double mean = n > 0 && square > 0 ? square / n : 1;
  for (guint i = 0; i < problem->rows; i++)
    problem->squares[i][k] = i < counted ? 1 : problem->squares[i][k] / (float)mean;
}

/* Makes the problem one of the classes from @first on, with all classes of equal weight. Which have examples, and not
 * all of them: of those alone something can be learnt. */
static guint
set_classes (SupportProblem *problem, guint first, guint classes, double cost, guint counted)
{
  problem->first = first;
  problem->classes = MIN (classes - first, SUPPORT_LANES);
  g_autofree Count *counts = count_rows (problem);
  guint told = 0;
  for (guint k = 0; k < problem->classes; k++)
    {
      float of = counts[problem->rows].of[k], all = counts[problem->rows].all;
      bool both = of > 0 && of < all;
      told |= both ? 1u << k : 0;
      problem->cost[true][k] = (float)(cost * (both ? all / (2 * of) : 1));
      problem->cost[false][k] = (float)(cost * (both ? all / (2 * (all - of)) : 1));
      weigh (problem, counts, k, counted);
    }
  return told;
}

ClassifyLinear *
classify_learn (const GArray *examples, const char *const *classes, double cost, SupportLanes *alphas)
{
  g_auto (SupportProblem) problem = { 0 };
  ClassifyLinear *linear = classify_linear_new (classes, features_of (examples));
  lay_out (examples, linear->features, &problem);
  guint counted = classify_feature_set_below (linear->features, CLASSIFY_COUNTS);
  for (guint first = 0; first < linear->n; first += SUPPORT_LANES)
    {
      guint told = set_classes (&problem, first, linear->n, cost, counted);
      g_autofree SupportLanes *unknown = alphas == NULL ? g_new0 (SupportLanes, problem.n) : NULL;
      SupportLanes *begin = alphas != NULL ? alphas + (gsize)first / SUPPORT_LANES * problem.n : unknown;
      g_autofree SupportLanes *weights = support_solve (&problem, begin);
      for (guint k = 0; k < problem.classes; k++)
        {
          bool is_told = told >> k & 1;
          linear->constant[first + k] = is_told ? weights[problem.rows][k] : -1;
          for (guint i = 0; i < problem.rows && is_told; i++)
            linear->weights[(gsize)i * linear->n + first + k] = weights[i][k];
        }
    }
  return linear;
}

/* The values of each feature by class, at row * classes + class, and their sums in @all. Owned by the caller. */
static double *
sum_by_class (const GArray *examples, const ClassifyLinear *linear, double *all)
{
  guint n = linear->n;
  double *sums = g_new (double, (gsize)linear->features->n *n);
  for (gsize i = 0; i < (gsize)linear->features->n * n; i++)
    sums[i] = BAYES_SMOOTH;
  for (guint k = 0; k < n; k++)
    all[k] = BAYES_SMOOTH * linear->features->n;
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      for (guint j = 0; example->label < n && j < example->n; j++)
        {
          const ClassifyFeature *feature = &example->features[j];
          guint row = classify_feature_set_row (linear->features, feature->index);
          if (row == CLASSIFY_NO_ROW)
            continue;
          double value = (double)feature->value * example->times;
          sums[(gsize)row * n + example->label] += value;
          all[example->label] += value;
        }
    }
  return sums;
}

void
classify_learn_bayes (ClassifyLinear *linear, const GArray *examples, double share)
{
  guint n = linear->n;
  g_autofree double *all = g_new (double, n + 1);
  g_autofree double *sums = sum_by_class (examples, linear, all);
  for (guint row = 0; row < linear->features->n; row++)
    {
      double mean = 0;
      for (guint k = 0; k < n; k++)
        mean += log (sums[(gsize)row * n + k] / all[k]) / n;
      for (guint k = 0; k < n; k++)
        linear->weights[(gsize)row * n + k] += (float)(share * (log (sums[(gsize)row * n + k] / all[k]) - mean));
    }
}
