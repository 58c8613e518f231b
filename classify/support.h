/* classify/support.h - support vectors for several classes at once: L2-regularised, with the square of what is short of
 * the margin as loss, by coordinate descent in the dual (Hsieh et al., "A Dual Coordinate Descent Method for
 * Large-scale Linear SVM", ICML 2008). Every class is a problem of its own; a letter's features are walked through once
 * for all, which is what takes the time, and a solution may begin where another ended. */
#pragma once
#include <glib.h>
#include <stdbool.h>

#define SUPPORT_LANES 8  /* classes that are learnt together */
#define SUPPORT_AHEAD 24 /* entries that are looked ahead */
typedef float SupportLanes __attribute__ ((vector_size (SUPPORT_LANES * sizeof (float)), aligned (16)));

typedef struct
{
  guint32 row; /* of the feature, from 0 */
  float value;
} SupportEntry;

typedef struct
{
  guint n, rows;         /* examples, and rows of features; behind them stands the constant, whose value is 1 */
  SupportEntry *entries; /* of all examples, and SUPPORT_AHEAD of 0 behind them */
  gsize *from;           /* of example i: from from[i] to from[i + 1] */
  guint *labels, *times; /* of each example: its class, from 0, and how many like it there are */
  SupportLanes *squares; /* by row: the square of what the feature's values are multiplied by, for each class */
  guint first, classes;  /* which classes are learnt: up to SUPPORT_LANES from @first on */
  SupportLanes cost[2];  /* of an error about an example that is not of the class, and about one that is */
} SupportProblem;

/* The weights of the rows and of the constant, for values that were not multiplied. @alphas, SUPPORT_LANES for each
 * example, says where to begin, all 0 where nothing is known, and then where it ended. The same problem gives the same
 * weights. Owned by the caller. */
SupportLanes *support_solve (const SupportProblem *problem, SupportLanes *alphas);
