/* classify/feature_hash.h - the number by which a feature finds its place among a fixed many. */
#pragma once
#include <glib.h>

/* FNV-1a, 32 bits, of @seed, which tells features of different origin apart, and @length bytes; its bits mixed once
 * more. */
guint32 classify_feature_hash (guint32 seed, const char *bytes, size_t length);
