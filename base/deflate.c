#include "base/deflate.h"
#include <libdeflate.h>

/* Kept for the next call: a compressor is a megabyte and more, which would be cleared for each. */
static struct libdeflate_compressor *
compressor_of (DkDeflateLevel level)
{
  static struct libdeflate_compressor *kept[DK_DEFLATE_SMALLEST + 1];
  if (kept[level] == NULL)
    kept[level] = libdeflate_alloc_compressor ((int)level);
  g_assert (kept[level] != NULL);
  return kept[level];
}

GBytes *
dk_deflate (const void *data, gsize size, DkDeflateLevel level)
{
  struct libdeflate_compressor *compressor = compressor_of (level);
  gsize most = libdeflate_zlib_compress_bound (compressor, size);
  guint8 *packed = g_malloc (most);
  gsize length = libdeflate_zlib_compress (compressor, data, size, packed, most);
  g_assert (length > 0); /* the buffer is as large as libdeflate asks for */
  return g_bytes_new_take (g_realloc (packed, length), length);
}
