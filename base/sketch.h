/* base/sketch.h - MinHash: how much two sets of words have in common, told from a few numbers of each. */
#pragma once
#include <glib.h>
#include <stdint.h>

#define DK_SKETCH_VALUES 64
typedef struct
{
  uint32_t least[DK_SKETCH_VALUES]; /* of each of as many hashes of all members */
} DkSketch;
/* The sketch of an empty set. */
void dk_sketch_init (DkSketch *sketch);
/* Adds a member; adding it again changes nothing. The same on every machine. */
void dk_sketch_add (DkSketch *sketch, const char *member);
/* How many of the values are equal: DK_SKETCH_VALUES times the share of common members (Jaccard), about. */
unsigned dk_sketch_common (const DkSketch *a, const DkSketch *b);
/* A number that two sketches share when the @rows values of band @band are equal. */
uint64_t dk_sketch_band (const DkSketch *sketch, unsigned band, unsigned rows);
