#include "base/sketch.h"

void
dk_sketch_init (DkSketch *sketch)
{
  for (unsigned i = 0; i < DK_SKETCH_VALUES; i++)
    sketch->least[i] = UINT32_MAX;
}

/* splitmix64: one hash gives as many as are wanted. */
static uint64_t
mix (uint64_t value)
{
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

void
dk_sketch_add (DkSketch *sketch, const char *member)
{
  uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
  for (; *member != '\0'; member++)
    hash = (hash ^ (unsigned char)*member) * 0x100000001b3;
  for (uint64_t i = 0; i < DK_SKETCH_VALUES; i++)
    sketch->least[i] = MIN (sketch->least[i], (uint32_t)(mix (hash ^ mix (i)) >> 32));
}

unsigned
dk_sketch_common (const DkSketch *a, const DkSketch *b)
{
  unsigned same = 0;
  for (unsigned i = 0; i < DK_SKETCH_VALUES; i++)
    same += a->least[i] == b->least[i];
  return same;
}

uint64_t
dk_sketch_band (const DkSketch *sketch, unsigned band, unsigned rows)
{
  uint64_t hash = band;
  for (unsigned i = 0; i < rows; i++)
    hash = mix (hash ^ sketch->least[band * rows + i]);
  return hash;
}
