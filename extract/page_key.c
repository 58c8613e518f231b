#include "extract/page_key.h"
#include "base/digest.h"
#include <stdlib.h>
#include <string.h>

static int
by_name (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* In which order they are tried depends on letters read before, what is found in the end does not. */
static void
add_languages (DkDigest *digest, char *const *languages)
{
  gsize n = languages != NULL ? g_strv_length ((char **)(uintptr_t)languages) : 0;
  g_autofree const char **sorted = g_new0 (const char *, n + 1);
  for (gsize i = 0; i < n; i++)
    sorted[i] = languages[i];
  qsort (sorted, n, sizeof *sorted, by_name);
  for (gsize i = 0; i < n; i++)
    dk_digest_add_text (digest, sorted[i]);
}

GBytes *
extract_page_key (PIX *pix, unsigned dpi, int rotation, const ExtractRasterJob *job)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  const gint64 facts[] = { pixGetWidth (pix), pixGetHeight (pix), pixGetDepth (pix), dpi, rotation, job->version };
  pixSetPadBits (pix, 0); /* what stands behind the end of a row is no pixel */
  dk_digest_add_text (digest, job->steps != NULL ? job->steps : "");
  dk_digest_add (digest, facts, sizeof facts);
  dk_digest_add (digest, pixGetData (pix), (gsize)pixGetWpl (pix) * 4 * (gsize)pixGetHeight (pix));
  add_languages (digest, job->languages);
  return dk_digest_end (digest);
}

void
extract_page_key_tell (PIX *pix, unsigned dpi, int rotation, const ExtractRasterJob *job)
{
  if (job->on_key == NULL)
    return;
  g_autoptr (GBytes) key = extract_page_key (pix, dpi, rotation, job);
  job->on_key (key, job->data);
}
