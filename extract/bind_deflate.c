/* libdeflate tries far more ways to say the same than zlib: the words of a page get 2 to 5 % shorter, a fax 1 to 2 %.
 */
#include "extract/bind_deflate.h"
#include <libdeflate.h>

enum
{
  LEVEL = 12,             /* the highest */
  MOST_AGAIN = 512 << 10, /* bytes: a fifth of a second */
  LEAST_SAVED = 64,       /* th part */
};

GBytes *
extract_bind_deflate (const void *data, gsize size)
{
  struct libdeflate_compressor *compressor = libdeflate_alloc_compressor (LEVEL);
  g_assert (compressor != NULL);
  gsize room = libdeflate_zlib_compress_bound (compressor, size);
  guint8 *packed = g_malloc (room);
  gsize length = libdeflate_zlib_compress (compressor, data, size, packed, room);
  g_assert (length > 0);
  libdeflate_free_compressor (compressor);
  return g_bytes_new_take (g_realloc (packed, length), length);
}

GBytes *
extract_bind_deflate_again (const void *data, gsize size)
{
  if (size > MOST_AGAIN)
    return NULL;
  g_autoptr (GBytes) packed = extract_bind_deflate (data, size);
  return g_bytes_get_size (packed) < size - size / LEAST_SAVED ? g_steal_pointer (&packed) : NULL;
}
