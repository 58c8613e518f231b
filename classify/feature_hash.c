#include "classify/feature_hash.h"

guint32
classify_feature_hash (guint32 seed, const char *bytes, size_t length)
{
  guint32 h = 2166136261u ^ seed * 16777619u;
  for (size_t i = 0; i < length; i++)
    h = (h ^ (guchar)bytes[i]) * 16777619u;
  h ^= h >> 15;
  h *= 0x2c1b3c6du;
  h ^= h >> 12;
  return h;
}
