#include "classify/support.h"
#include <math.h>
#include <string.h>

#define PRECISION 0.12f /* of the slopes met at first, where it stops: more gives no better answers */
#define MOST_PASSES 200 /* over all examples */
#define LEAST 1e-12f    /* of a slope that is no slope */

typedef struct
{
  const SupportProblem *problem;
  SupportLanes *weights, *alphas;
  SupportLanes *curve;          /* of each example: how steep the slope grows with its alpha */
  SupportLanes highest, lowest; /* slopes met in this pass */
  SupportLanes first;           /* how far they were apart in the first */
  SupportLanes rest;            /* above this slope, an alpha of 0 is left alone */
  guint32 dice;
} Descent;

/* Half of what @class' alpha of @example is divided by in its slope: the smaller, the dearer an error. */
static inline float
slack (const SupportProblem *problem, guint example, guint class)
{
  bool is_of_it = problem->labels[example] == problem->first + class;
  return 0.5f / (problem->cost[is_of_it][class] * (float)problem->times[example]);
}

static inline float
sign_of (const SupportProblem *problem, guint example, guint class)
{
  return problem->labels[example] == problem->first + class ? 1 : -1;
}

static void
add_to_weights (Descent *descent, guint example, const SupportLanes *change)
{
  const SupportProblem *problem = descent->problem;
  const SupportEntry *end = problem->entries + problem->from[example + 1];
  for (const SupportEntry *entry = problem->entries + problem->from[example]; entry < end; entry++)
    descent->weights[entry->row] += entry->value * (*change * problem->squares[entry->row]);
  descent->weights[problem->rows] += *change;
}

/* What the alphas that are known already come to, and the curves. */
static void
begin (Descent *descent)
{
  const SupportProblem *problem = descent->problem;
  for (guint i = 0; i < problem->n; i++)
    {
      SupportLanes curve = { 0 }, change = { 0 };
      bool any = false;
      for (gsize e = problem->from[i]; e < problem->from[i + 1]; e++)
        curve += problem->entries[e].value * problem->entries[e].value * problem->squares[problem->entries[e].row];
      for (guint k = 0; k < problem->classes; k++)
        {
          curve[k] += 1 + slack (problem, i, k);
          change[k] = sign_of (problem, i, k) * descent->alphas[i][k];
          any = any || change[k] != 0;
        }
      descent->curve[i] = curve;
      if (any)
        add_to_weights (descent, i, &change);
    }
}

/* Moves the alphas of @example to where their slopes are 0. Whether they lie at rest: all 0, and far from the margin.
 */
static bool
visit (Descent *descent, guint example)
{
  const SupportProblem *problem = descent->problem;
  const SupportEntry *end = problem->entries + problem->from[example + 1];
  SupportLanes sum = descent->weights[problem->rows], change = { 0 };
  bool rests = true, any = false;
  for (const SupportEntry *entry = problem->entries + problem->from[example]; entry < end; entry++)
    {
      __builtin_prefetch (&descent->weights[entry[SUPPORT_AHEAD].row]); /* the table is larger than the caches */
      sum += entry->value * descent->weights[entry->row];
    }
  for (guint k = 0; k < problem->classes; k++)
    {
      float alpha = descent->alphas[example][k], sign = sign_of (problem, example, k);
      float slope = sign * sum[k] - 1 + alpha * slack (problem, example, k);
      if (alpha <= 0 && slope > descent->rest[k])
        continue;
      rests = false;
      slope = alpha <= 0 ? MIN (slope, 0) : slope;
      descent->highest[k] = MAX (descent->highest[k], slope);
      descent->lowest[k] = MIN (descent->lowest[k], slope);
      if (fabsf (slope) < LEAST)
        continue;
      float next = MAX (0, alpha - slope / descent->curve[example][k]);
      descent->alphas[example][k] = next;
      change[k] = sign * (next - alpha);
      any = true;
    }
  if (any)
    add_to_weights (descent, example, &change);
  return rests;
}

static guint32
throw_dice (Descent *descent, guint sides)
{
  descent->dice = descent->dice * 1664525u + 1013904223u;
  return (guint32)((guint64)descent->dice * sides >> 32);
}

/* Visits the first @active examples of @order in a new order; those that rest change places with the last. How many
 * are active then. */
static guint
pass (Descent *descent, guint *order, guint active)
{
  for (int k = 0; k < SUPPORT_LANES; k++)
    {
      descent->highest[k] = -INFINITY;
      descent->lowest[k] = INFINITY;
    }
  for (guint i = 0; i < active; i++)
    {
      guint j = i + throw_dice (descent, active - i), example = order[j];
      order[j] = order[i];
      order[i] = example;
      if (!visit (descent, example))
        continue;
      order[i--] = order[--active];
      order[active] = example;
    }
  for (guint k = 0; k < descent->problem->classes; k++)
    descent->rest[k] = descent->highest[k] > 0 ? descent->highest[k] : INFINITY;
  return active;
}

static bool
is_steep (const Descent *descent)
{
  for (guint k = 0; k < descent->problem->classes; k++)
    if (descent->highest[k] - descent->lowest[k] > PRECISION * descent->first[k])
      return true;
  return false;
}

static void
descend (Descent *descent)
{
  guint n = descent->problem->n, active = n;
  g_autofree guint *order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  descent->rest = (SupportLanes){ 0 } + INFINITY;
  for (guint no = 0; no < MOST_PASSES; no++)
    {
      bool all = active == n;
      active = pass (descent, order, active);
      if (no == 0)
        descent->first = descent->highest - descent->lowest;
      if (is_steep (descent))
        continue;
      if (all) /* nothing was passed over but what rests */
        return;
      active = n;
      descent->rest = (SupportLanes){ 0 } + INFINITY;
    }
}

SupportLanes *
support_solve (const SupportProblem *problem, SupportLanes *alphas)
{
  g_autofree SupportLanes *curve = g_new (SupportLanes, problem->n);
  Descent descent = { .problem = problem, .alphas = alphas, .curve = curve, .dice = 1 };
  descent.weights = g_new0 (SupportLanes, problem->rows + 1);
  begin (&descent);
  descend (&descent);
  return descent.weights;
}
