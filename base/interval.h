/* base/interval.h - how sure a share is that was counted in a sample. */
#pragma once
#include <stdint.h>

/* The 95 % interval of Wilson for a share of which @hits of @n were counted, 0 to 1; 0 and 1 where @n is 0. It holds
 * for small samples and for shares near 0, where the plain interval says nothing. */
void dk_wilson (int64_t hits, int64_t n, double *low, double *high);
