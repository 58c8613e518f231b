#include "reports/copies.h"
#include "reports/letter.h"
#include <stdint.h>

#define HASHES 64
#define BANDS 16
#define BAND_HASHES (HASHES / BANDS)
#define ALIKE 52         /* of HASHES: four words of five are common to both */
#define CANDIDATES_MAX 8 /* of one band */

typedef struct
{
  uint64_t least[HASHES];
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

/* splitmix64: one hash gives as many as are wanted, the same on every machine. */
static uint64_t
mix (uint64_t value)
{
  value += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

static uint64_t
hash_word (const char *word)
{
  uint64_t hash = 0xcbf29ce484222325; /* FNV-1a */
  for (; *word != '\0'; word++)
    hash = (hash ^ (unsigned char)*word) * 0x100000001b3;
  return hash;
}

static Signature *
sign (const GArray *words)
{
  g_autoptr (GHashTable) distinct = g_hash_table_new (g_str_hash, g_str_equal);
  Signature *signature = g_new (Signature, 1);
  for (int i = 0; i < HASHES; i++)
    signature->least[i] = UINT64_MAX;
  for (guint w = 0; w < words->len; w++)
    {
      char *word = g_array_index (words, ReportWord, w).word;
      if (!g_hash_table_add (distinct, word))
        continue;
      uint64_t hash = hash_word (word);
      for (uint64_t i = 0; i < HASHES; i++)
        signature->least[i] = MIN (signature->least[i], mix (hash ^ mix (i)));
    }
  signature->words = g_hash_table_size (distinct);
  return signature;
}

static bool
is_alike (const ReportCopies *copies, const Signature *a, const Signature *b)
{
  int same = 0;
  for (int i = 0; i < HASHES; i++)
    same += a->least[i] == b->least[i];
  return MIN (a->words, b->words) >= copies->least_words ? same >= ALIKE : same == HASHES;
}

static gint64
band_hash (const Signature *signature, int band)
{
  uint64_t hash = (uint64_t)band;
  for (int i = 0; i < BAND_HASHES; i++)
    hash = mix (hash ^ signature->least[band * BAND_HASHES + i]);
  return (gint64)hash;
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
