#include "reports/copies.h"
#include "base/sketch.h"
#include "reports/letter.h"
#include <stdint.h>

#define HASHES DK_SKETCH_VALUES
#define BANDS 16
#define BAND_HASHES (HASHES / BANDS)
#define ALIKE 52         /* of HASHES: four words of five are common to both */
#define CANDIDATES_MAX 8 /* of one band */

typedef struct
{
  DkSketch sketch;
  guint words; /* distinct ones */
} Signature;

struct ReportCopies
{
  unsigned least_words;
  GPtrArray *signatures;
  GHashTable *bands; /* the hash of a band to the GPtrArray of Signature that share it */
};

ReportCopies *
report_copies_new (unsigned least_words)
{
  ReportCopies *copies = g_new0 (ReportCopies, 1);
  copies->least_words = least_words;
  copies->signatures = g_ptr_array_new_with_free_func (g_free);
  copies->bands = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  return copies;
}

void
report_copies_free (ReportCopies *copies)
{
  if (copies == NULL)
    return;
  g_ptr_array_unref (copies->signatures);
  g_hash_table_unref (copies->bands);
  g_free (copies);
}

static Signature *
sign (const GArray *words)
{
  g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);
  Signature *signature = g_new (Signature, 1);
  dk_sketch_init (&signature->sketch);
  for (guint w = 0; w < words->len; w++)
    {
      char *word = g_array_index (words, ReportWord, w).word;
      if (g_hash_table_add (distinct, word))
        dk_sketch_add (&signature->sketch, word);
    }
  signature->words = g_hash_table_size (distinct);
  return signature;
}

static bool
is_alike (const ReportCopies *copies, const Signature *a, const Signature *b)
{
  unsigned same = dk_sketch_common (&a->sketch, &b->sketch);
  return MIN (a->words, b->words) >= copies->least_words ? same >= ALIKE : same == HASHES;
}

static gint64
band_hash (const Signature *signature, int band)
{
  return (gint64)dk_sketch_band (&signature->sketch, (unsigned)band, BAND_HASHES);
}

static void
keep (ReportCopies *copies, Signature *signature)
{
  g_ptr_array_add (copies->signatures, signature);
  for (int band = 0; band < BANDS; band++)
    {
      gint64 hash = band_hash (signature, band);
      GPtrArray *sharers = g_hash_table_lookup (copies->bands, &hash);
      if (sharers == NULL)
        g_hash_table_insert (copies->bands, g_memdup2 (&hash, sizeof hash), sharers = g_ptr_array_new ());
      if (sharers->len < CANDIDATES_MAX)
        g_ptr_array_add (sharers, signature);
    }
}

bool
report_copies_seen (ReportCopies *copies, const GArray *words)
{
  g_autofree Signature *signature = sign (words);
  for (int band = 0; band < BANDS; band++)
    {
      gint64 hash = band_hash (signature, band);
      const GPtrArray *sharers = g_hash_table_lookup (copies->bands, &hash);
      for (guint i = 0; sharers != NULL && i < sharers->len; i++)
        if (is_alike (copies, signature, sharers->pdata[i]))
          return true;
    }
  keep (copies, g_steal_pointer (&signature));
  return false;
}
