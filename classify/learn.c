#include "classify/learn.h"
#include <linear.h>
#include <math.h>
#include <stdlib.h>

#define SMOOTH 0.5        /* added to every count of a feature */
#define BAYES_SMOOTH 0.01 /* added to the sum of a feature's values in a class */
#define PRECISION 0.3     /* where the solver stops: more gives no better answers */

static void
say_nothing (const char *text)
{
  (void)text;
}

/* The features of one example as liblinear reads them, from 1, ended by -1, with the constant as the last. */
static void
fill (struct feature_node *nodes, const ClassifyExample *example)
{
  for (guint i = 0; i < example->features->len; i++)
    {
      const ClassifyFeature *feature = &g_array_index (example->features, ClassifyFeature, i);
      if (feature->index >= example->from)
        *nodes++ = (struct feature_node){ .index = (int)feature->index + 1, .value = (double)feature->value };
    }
  *nodes++ = (struct feature_node){ .index = CLASSIFY_FEATURES + 1, .value = 1 };
  *nodes = (struct feature_node){ .index = -1 };
}

typedef struct
{
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
lay_out (const GArray *examples, Rows *rows)
{
  gsize n = 0, nodes = 0, at = 0, row = 0;
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      n += example->times;
      nodes += example->times > 0 ? example->features->len + 2 : 0;
    }
  *rows = (Rows){ .problem = { .l = (int)n, .n = CLASSIFY_FEATURES + 1, .bias = 1 },
                  .nodes = g_new0 (struct feature_node, nodes),
                  .values = g_new (float, nodes),
                  .n_nodes = nodes,
                  .labels = g_new (guint, n) };
  rows->problem.x = g_new (struct feature_node *, n);
  rows->problem.y = g_new (double, n);
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      if (example->times == 0)
        continue;
      fill (rows->nodes + at, example);
      for (guint k = 0; k < example->times; k++, row++)
        {
          rows->problem.x[row] = rows->nodes + at;
          rows->labels[row] = example->label;
        }
      at += example->features->len + 2;
    }
  for (gsize i = 0; i < nodes; i++)
    rows->values[i] = (float)rows->nodes[i].value;
}

/* How much each feature tells of class @k by itself: the root of the size of its log-count ratio, 1 in the mean (Wang
 * and Manning, "Baselines and Bigrams", ACL 2012). The counts keep their weight. Owned by the caller. */
static float *
weigh (const Rows *rows, guint k)
{
  g_autofree double *in = g_new0 (double, CLASSIFY_FEATURES), *out = g_new0 (double, CLASSIFY_FEATURES);
  double all_in = 0, all_out = 0, square = 0, n = 0;
  for (int row = 0; row < rows->problem.l; row++)
    for (const struct feature_node *node = rows->problem.x[row];
         node->index <= (int)CLASSIFY_FEATURES && node->index > 0; node++)
      *(rows->labels[row] == k ? &in[node->index - 1] : &out[node->index - 1]) += 1;
  for (guint i = CLASSIFY_COUNTS; i < CLASSIFY_FEATURES; i++)
    {
      all_in += in[i] + SMOOTH;
      all_out += out[i] + SMOOTH;
    }
  float *scale = g_new (float, CLASSIFY_FEATURES);
  for (guint i = CLASSIFY_COUNTS; i < CLASSIFY_FEATURES; i++)
    {
      double ratio = fabs (log ((in[i] + SMOOTH) / all_in) - log ((out[i] + SMOOTH) / all_out));
      scale[i] = (float)sqrt (ratio);
      square += ratio * (in[i] + out[i]);
      n += in[i] + out[i];
    }
  double mean = n > 0 && square > 0 ? sqrt (square / n) : 1;
  for (guint i = 0; i < CLASSIFY_FEATURES; i++)
    scale[i] = i < CLASSIFY_COUNTS ? 1 : scale[i] / (float)mean;
  return scale;
}

static void
learn_class (Rows *rows, guint k, double cost, ClassifyLinear *linear)
{
  int n = rows->problem.l, positive = 0;
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
    if (rows->nodes[i].index > 0 && rows->nodes[i].index <= (int)CLASSIFY_FEATURES)
      rows->nodes[i].value = (double)(rows->values[i] * scale[rows->nodes[i].index - 1]);
  int signs[] = { 1, -1 };
  double weights[] = { n / (2.0 * positive), n / (2.0 * (n - positive)) };
  struct parameter parameter = { .solver_type = L2R_L2LOSS_SVC_DUAL,
                                 .eps = PRECISION,
                                 .C = cost,
                                 .nr_weight = 2,
                                 .weight_label = signs,
                                 .weight = weights };
  srand (1); /* liblinear shuffles by rand */
  struct model *model = train (&rows->problem, &parameter);
  double sign = model->label[0] == 1 ? 1 : -1;
  for (guint i = 0; i < CLASSIFY_FEATURES; i++)
    linear->weights[(gsize)i * linear->n + k] = (float)(sign * model->w[i]) * scale[i];
  linear->constant[k] = (float)(sign * model->w[CLASSIFY_FEATURES]);
  free_and_destroy_model (&model);
}

ClassifyLinear *
classify_learn (const GArray *examples, const char *const *classes, double cost)
{
  g_auto (Rows) rows = { 0 };
  set_print_string_function (say_nothing);
  lay_out (examples, &rows);
  ClassifyLinear *linear = classify_linear_new (classes);
  for (guint k = 0; k < linear->n; k++)
    learn_class (&rows, k, cost, linear);
  return linear;
}

/* The values of each feature by class, at feature * classes + class, and their sums in @all. Owned by the caller. */
static double *
sum_by_class (const GArray *examples, guint n, guint32 from, double *all)
{
  double *sums = g_new (double, (gsize)CLASSIFY_FEATURES *n);
  for (gsize i = 0; i < (gsize)CLASSIFY_FEATURES * n; i++)
    sums[i] = BAYES_SMOOTH;
  for (guint k = 0; k < n; k++)
    all[k] = BAYES_SMOOTH * (CLASSIFY_FEATURES - from);
  for (guint i = 0; i < examples->len; i++)
    {
      const ClassifyExample *example = &g_array_index (examples, ClassifyExample, i);
      for (guint j = 0; example->label < n && j < example->features->len; j++)
        {
          const ClassifyFeature *feature = &g_array_index (example->features, ClassifyFeature, j);
          double value = feature->index >= from ? (double)feature->value * example->times : 0;
          sums[(gsize)feature->index * n + example->label] += value;
          all[example->label] += value;
        }
    }
  return sums;
}

void
classify_learn_bayes (ClassifyLinear *linear, const GArray *examples, guint32 from, double share)
{
  guint n = linear->n;
  g_autofree double *all = g_new (double, n + 1);
  g_autofree double *sums = sum_by_class (examples, n, from, all);
  for (guint32 i = from; i < CLASSIFY_FEATURES; i++)
    {
      double mean = 0;
      for (guint k = 0; k < n; k++)
        mean += log (sums[(gsize)i * n + k] / all[k]) / n;
      for (guint k = 0; k < n; k++)
        linear->weights[(gsize)i * n + k] += (float)(share * (log (sums[(gsize)i * n + k] / all[k]) - mean));
    }
}
