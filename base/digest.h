/* base/digest.h - SHA-256, four times as fast as GLib's where the processor helps. */
#pragma once
#include <glib.h>

#define DK_DIGEST_BYTES 32

typedef struct DkDigest DkDigest;
DkDigest *dk_digest_new (void);
void dk_digest_free (DkDigest *digest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DkDigest, dk_digest_free)
void dk_digest_add (DkDigest *digest, const void *bytes, gsize size);
/* Likewise the length and then the bytes of @text, so that no two lists of texts look the same. */
void dk_digest_add_text (DkDigest *digest, const char *text);
/* Ends the digest: of all that was added, DK_DIGEST_BYTES. Owned by the caller. */
GBytes *dk_digest_end (DkDigest *digest);
/* Likewise in hexadecimal, lower case. Owned by the caller. */
char *dk_digest_end_hex (DkDigest *digest);
/* @bytes in hexadecimal, lower case. Owned by the caller. */
char *dk_hex (GBytes *bytes);
