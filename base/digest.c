#include "base/digest.h"
#include <nettle/sha2.h>
#include <string.h>

struct DkDigest
{
  struct sha256_ctx context;
};

DkDigest *
dk_digest_new (void)
{
  DkDigest *digest = g_new (DkDigest, 1);
  sha256_init (&digest->context);
  return digest;
}

void
dk_digest_free (DkDigest *digest)
{
  g_free (digest);
}

void
dk_digest_add (DkDigest *digest, const void *bytes, gsize size)
{
  sha256_update (&digest->context, size, bytes);
}

void
dk_digest_add_text (DkDigest *digest, const char *text)
{
  guint32 length = GUINT32_TO_LE ((guint32)strlen (text));
  dk_digest_add (digest, &length, sizeof length);
  dk_digest_add (digest, text, strlen (text));
}

GBytes *
dk_digest_end (DkDigest *digest)
{
  guint8 bytes[DK_DIGEST_BYTES];
  sha256_digest (&digest->context, sizeof bytes, bytes);
  return g_bytes_new (bytes, sizeof bytes);
}

char *
dk_digest_end_hex (DkDigest *digest)
{
  g_autoptr (GBytes) bytes = dk_digest_end (digest);
  return dk_hex (bytes);
}

char *
dk_hex (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GString *hex = g_string_sized_new (2 * size + 1);
  for (gsize i = 0; i < size; i++)
    g_string_append_printf (hex, "%02x", data[i]);
  return g_string_free (hex, FALSE);
}
