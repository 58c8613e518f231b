#include "extract/bind_deflate.h"
#include "base/deflate.h"

enum
{
  MOST = 512 << 10, /* bytes: some thirty milliseconds */
  LEAST_SAVED = 64, /* th part */
};

GBytes *
extract_bind_deflate_again (const void *data, gsize size)
{
  if (size > MOST)
    return NULL;
  g_autoptr (GBytes) packed = dk_deflate (data, size, DK_DEFLATE_SMALLEST);
  return g_bytes_get_size (packed) < size - size / LEAST_SAVED ? g_steal_pointer (&packed) : NULL;
}
