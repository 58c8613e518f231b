#include "classify/learn.h"
#include <linear.h>
#include <math.h>
#include <stdlib.h>

#define SMOOTH 0.5        /* added to every count of a feature */
#define BAYES_SMOOTH 0.01 /* added to the sum of a feature's values in a class */

static void
say_nothing (const char *text)
{
  (void)text;
}

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

/* The features of one example as liblinear reads them, by row from 1, ended by -1, with the constant as the last. */
static void
fill (struct feature_node *nodes, const ClassifyExample *example, const ClassifyFeatureSet *set)
{
  for (guint i = 0; i < example->n; i++)
    {
      const ClassifyFeature *feature = &example->features[i];
      int row = (int)classify_feature_set_row (set, feature->index);
      *nodes++ = (struct feature_node){ .index = row + 1, .value = (double)feature->value };
    }
  *nodes++ = (struct feature_node){ .index = (int)set->n + 1, .value = 1 };
  *nodes = (struct feature_node){ .index = -1 };
}

typedef struct
{
  const ClassifyFeatureSet *features; /* lent */
  struct problem problem;
  struct feature_node *nodes;
  float *values; /* of the nodes, before they are weighed */
  gsize n_nodes;
  guint *labels; /* by row */
} Rows;

static void
rows_clear (Rows *rows)
{
  g_free (rows->problem.x);
  g_free (rows->problem.y);
  g_free (rows->nodes);
  g_free (rows->values);
  g_free (rows->labels);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static void
lay_out (const GArray *examples, const ClassifyFeatureSet *features, Rows *rows)
{
  gsize n = 0, nodes = 0, at = 0, row = 0;
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      n += example->times;
      nodes += example->n + 2;
    }
  *rows = (Rows){ .features = features,
                  .problem = { .l = (int)n, .n = (int)features->n + 1, .bias = 1 },
                  .nodes = g_new0 (struct feature_node, nodes),
                  .values = g_new (float, nodes),
                  .n_nodes = nodes,
                  .labels = g_new (guint, n) };
  rows->problem.x = g_new (struct feature_node *, n);
  rows->problem.y = g_new (double, n);
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      fill (rows->nodes + at, example, features);
      for (guint k = 0; k < example->times; k++, row++)
        {
          rows->problem.x[row] = rows->nodes + at;
          rows->labels[row] = example->label;
        }
      at += example->n + 2;
    }
  for (gsize i = 0; i < nodes; i++)
    rows->values[i] = (float)rows->nodes[i].value;
}

/* How much each feature tells of class @k by itself: the root of the size of its log-count ratio, 1 in the mean (Wang
 * and Manning, "Baselines and Bigrams", ACL 2012). The counts keep their weight. Owned by the caller. */
static float *
weigh (const Rows *rows, guint k)
{
  guint features = rows->features->n, counts = classify_feature_set_below (rows->features, CLASSIFY_COUNTS);
  g_autofree double *in = g_new0 (double, features + 1), *out = g_new0 (double, features + 1);
  double all_in = 0, all_out = 0, square = 0, n = 0;
  for (int row = 0; row < rows->problem.l; row++)
    for (const struct feature_node *node = rows->problem.x[row]; node->index <= (int)features && node->index > 0;
         node++)
      *(rows->labels[row] == k ? &in[node->index - 1] : &out[node->index - 1]) += 1;
  for (guint i = counts; i < features; i++)
    {
      all_in += in[i] + SMOOTH;
      all_out += out[i] + SMOOTH;
    }
  float *scale = g_new (float, features + 1);
  for (guint i = counts; i < features; i++)
    {
      double ratio = fabs (log ((in[i] + SMOOTH) / all_in) - log ((out[i] + SMOOTH) / all_out));
      scale[i] = (float)sqrt (ratio);
      square += ratio * (in[i] + out[i]);
      n += in[i] + out[i];
    }
  double mean = n > 0 && square > 0 ? sqrt (square / n) : 1;
  for (guint i = 0; i < features; i++)
    scale[i] = i < counts ? 1 : scale[i] / (float)mean;
  return scale;
}

static void
learn_class (Rows *rows, guint k, double cost, double precision, ClassifyLinear *linear)
{
  int n = rows->problem.l, positive = 0, features = (int)rows->features->n;
  for (int i = 0; i < n; i++)
    {
      rows->problem.y[i] = rows->labels[i] == k ? 1 : -1;
      positive += rows->labels[i] == k ? 1 : 0;
    }
  linear->constant[k] = -1;
  if (positive == 0 || positive == n)
    return;
  g_autofree float *scale = weigh (rows, k);
  for (gsize i = 0; i < rows->n_nodes; i++)
    if (rows->nodes[i].index > 0 && rows->nodes[i].index <= features)
      rows->nodes[i].value = (double)(rows->values[i] * scale[rows->nodes[i].index - 1]);
  int signs[] = { 1, -1 };
  double weights[] = { n / (2.0 * positive), n / (2.0 * (n - positive)) };
  struct parameter parameter = { .solver_type = L2R_L2LOSS_SVC_DUAL,
                                 .eps = precision,
                                 .C = cost,
                                 .nr_weight = 2,
                                 .weight_label = signs,
                                 .weight = weights };
  srand (1); /* liblinear shuffles by rand */
  struct model *model = train (&rows->problem, &parameter);
  double sign = model->label[0] == 1 ? 1 : -1;
  for (int i = 0; i < features; i++)
    linear->weights[(gsize)i * linear->n + k] = (float)(sign * model->w[i]) * scale[i];
  linear->constant[k] = (float)(sign * model->w[features]);
  free_and_destroy_model (&model);
}

ClassifyLinear *
classify_learn (const GArray *examples, const char *const *classes, double cost, double precision)
{
  g_auto (Rows) rows = { 0 };
  set_print_string_function (say_nothing);
  ClassifyLinear *linear = classify_linear_new (classes, features_of (examples));
  lay_out (examples, linear->features, &rows);
  for (guint k = 0; k < linear->n; k++)
    learn_class (&rows, k, cost, precision, linear);
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
