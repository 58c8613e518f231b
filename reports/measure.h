/* reports/measure.h - the statistics that reports print, as pure functions. */
#pragma once
#include <glib.h>
#include <stdint.h>

/* Wilson's interval of the share @part of @whole (above 0) at 95 %. */
void report_wilson (int64_t part, int64_t whole, double *low, double *high);
/* The nearest-rank percentile @p (0 to 100) of the ascending doubles @sorted; NAN when there are none. */
double report_percentile (const GArray *sorted, double p);
/* Log-likelihood ratio G2 (Dunning) of a word that @a of @n and @b of @m letters use, negative where the first use it
 * less; NAN when one side has no letters. */
double report_keyness (int64_t a, int64_t n, int64_t b, int64_t m);
/* Sorts doubles ascending. */
void report_sort (GArray *values);
