#include "classify/probe.h"

#define PROBES 128 /* letters, at most */

/* Every so many of @letters, so that there are PROBES at most, lent. Owned by the caller. */
static ClassifyLetters *
probes_of (const ClassifyLetters *letters)
{
  ClassifyLetters *probes = classify_letters_new ();
  guint n = letters->letters->len, step = MAX (1, (n + PROBES - 1) / PROBES);
  for (guint i = 0; i < n; i += step)
    g_array_append_val (probes->letters, g_array_index (letters->letters, ClassifyLetter, i));
  if (letters->frames->len > 0)
    g_array_append_vals (probes->frames, letters->frames->data, letters->frames->len);
  return probes;
}

static void
add_features (const Classifier *classifier, const ClassifyLetter *letter, DkDigest *digest)
{
  g_autoptr (GPtrArray) pages = classify_letter_pages (letter->text);
  g_autoptr (ClassifyLook) look = classifier_look (classifier, pages, DK_DAY_NONE);
  for (guint i = 0; i < look->features->len; i++)
    {
      const ClassifyFeature *feature = &g_array_index (look->features, ClassifyFeature, i);
      dk_digest_add (digest, &feature->index, sizeof feature->index);
      dk_digest_add (digest, &feature->value, sizeof feature->value);
      dk_digest_add (digest, &feature->times, sizeof feature->times);
    }
}

void
classify_probe (const Classifier *classifier, const ClassifyLetters *letters, DkDigest *digest)
{
  gsize size;
  g_autoptr (ClassifyLetters) probes = probes_of (letters);
  for (guint i = 0; i < probes->letters->len; i++)
    add_features (classifier, &g_array_index (probes->letters, ClassifyLetter, i), digest);
  g_autoptr (ClassifyShipped) learnt = classify_shipped_of (classifier, probes);
  g_autoptr (GBytes) bytes = classify_shipped_encode (learnt);
  const void *data = g_bytes_get_data (bytes, &size);
  dk_digest_add (digest, data, size);
}
