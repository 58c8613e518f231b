#include "classify/packed.h"
#include <math.h>
#include <string.h>

#define NOT_KNOWN 0xffff
#define MOST_FEATURES (1 << 20) /* of a letter */

enum
{
  HARD = 1,
  ON_SUBJECT = 2,
  HAS_WORDS = 4,
  PAGE = 8,
};

/* What stands before a letter's features. */
typedef struct
{
  guint16 kind, top;
  guint8 kind_fold, subject_fold, flags, counts; /* the last: how many counts follow, as they are */
} Head;

typedef struct
{
  guint16 index, unused;
  float value;
} PackedCount;

/* Features of one origin have one length in a letter: each is that of one that stands there once, times 1 + ln times,
 * as classify_features_new has it. */
static const guint32 ends[]
    = { CLASSIFY_BLANKS_FROM, CLASSIFY_BEGINNINGS_FROM, CLASSIFY_ENDINGS_FROM, CLASSIFY_WORDS_FROM, CLASSIFY_FEATURES };
#define ORIGINS G_N_ELEMENTS (ends)

static float
times_more (guint times)
{
  return 1 + logf ((float)times);
}

static void
put (GByteArray *out, const void *bytes, gsize size)
{
  g_byte_array_append (out, bytes, (guint)size);
}

static void
put_number (GByteArray *out, guint32 number)
{
  guint8 byte;
  for (; number >= 0x80; number >>= 7)
    {
      byte = (guint8)(number | 0x80);
      put (out, &byte, 1);
    }
  byte = (guint8)number;
  put (out, &byte, 1);
}

static void
put_features (const ClassifySamples *samples, const ClassifySample *sample, guint from, GByteArray *out)
{
  guint32 row = 0;
  for (guint origin = 0, at = from; origin < ORIGINS; origin++)
    {
      guint first = at;
      while (at < sample->n && sample->features[at].index < ends[origin])
        at++;
      put_number (out, at - first);
      if (at == first)
        continue;
      float once = sample->features[first].value / times_more (sample->features[first].times);
      put (out, &once, sizeof once);
      for (guint i = first; i < at; i++)
        {
          guint32 next = classify_feature_set_row (samples->known, sample->features[i].index);
          bool often = sample->features[i].times > 1;
          put_number (out, (next - row) << 1 | often);
          if (often)
            put_number (out, sample->features[i].times);
          row = next;
        }
    }
}

static void
pack_sample (const ClassifySamples *samples, const ClassifySample *sample, GByteArray *out)
{
  guint counts = 0;
  while (counts < sample->n && sample->features[counts].index < CLASSIFY_COUNTS)
    counts++;
  Head head = { .kind = sample->kind == CLASSIFY_NONE ? NOT_KNOWN : (guint16)sample->kind,
                .top = sample->top == CLASSIFY_NONE ? NOT_KNOWN : (guint16)sample->top,
                .kind_fold = (guint8)sample->kind_fold,
                .subject_fold = (guint8)sample->subject_fold,
                .flags = (guint8)((sample->hard ? HARD : 0) | (sample->on_subject ? ON_SUBJECT : 0)
                                  | (sample->page ? PAGE : 0) | (sample->words != NULL ? HAS_WORDS : 0)),
                .counts = (guint8)counts };
  put (out, &head, sizeof head);
  for (guint i = 0; i < counts; i++)
    {
      PackedCount count = { .index = (guint16)sample->features[i].index, .value = sample->features[i].value };
      put (out, &count, sizeof count);
    }
  put_features (samples, sample, counts, out);
}

void
classify_pack_samples (const ClassifySamples *samples, const GArray *list, GByteArray *out, GArray *words)
{
  guint tops = g_strv_length (samples->tops);
  for (guint i = 0; i < list->len; i++)
    {
      const ClassifySample *sample = &g_array_index (list, ClassifySample, i);
      pack_sample (samples, sample, out);
      if (sample->words != NULL)
        g_array_append_vals (words, sample->words, tops);
    }
}

/* --- and back --- */

typedef struct
{
  const guint8 *data;
  gsize left;
  bool failed;
} Source;

static void
take (Source *source, void *bytes, gsize size)
{
  source->failed = source->failed || source->left < size;
  if (source->failed)
    return memset (bytes, 0, size), (void)0;
  memcpy (bytes, source->data, size);
  source->data += size;
  source->left -= size;
}

static guint32
take_number (Source *source)
{
  guint32 number = 0;
  for (guint shift = 0; shift < 32; shift += 7)
    {
      guint8 byte;
      take (source, &byte, 1);
      number |= (guint32)(byte & 0x7f) << shift;
      if (byte < 0x80)
        return number;
    }
  source->failed = true;
  return 0;
}

static void
take_counts (Source *source, guint n, GArray *features)
{
  for (guint i = 0; i < n; i++)
    {
      PackedCount count;
      take (source, &count, sizeof count);
      ClassifyFeature feature = { .index = count.index, .value = count.value, .times = 1 };
      source->failed = source->failed || count.index >= CLASSIFY_COUNTS;
      g_array_append_val (features, feature);
    }
}

/* @indices are those of the rows of the features that are known. */
static void
take_features (Source *source, const GArray *indices, GArray *features)
{
  guint32 row = 0;
  for (guint origin = 0; origin < ORIGINS; origin++)
    {
      float once = 0;
      guint32 n = take_number (source);
      source->failed = source->failed || n > MOST_FEATURES;
      if (n > 0)
        take (source, &once, sizeof once);
      for (guint32 i = 0; i < n && !source->failed; i++)
        {
          guint32 code = take_number (source), times = code & 1 ? take_number (source) : 1;
          row += code >> 1;
          source->failed = source->failed || row >= indices->len || times == 0 || times > G_MAXUINT16;
          ClassifyFeature feature = { .index = source->failed ? 0 : g_array_index (indices, guint32, row),
                                      .value = times == 1 ? once : once * times_more (times),
                                      .times = (guint16)times };
          g_array_append_val (features, feature);
        }
    }
}

/* The indices of the features in @set, by row. Owned by the caller. */
static GArray *
indices_of (const ClassifyFeatureSet *set)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 word = 0; word < CLASSIFY_FEATURE_WORDS_OF_BITS; word++)
    for (guint64 bits = set->bits[word]; bits != 0; bits &= bits - 1)
      {
        guint32 index = word * 64 + (guint32)__builtin_ctzll (bits);
        g_array_append_val (indices, index);
      }
  return indices;
}

static guint
known_or_none (guint16 index)
{
  return index == NOT_KNOWN ? CLASSIFY_NONE : index;
}

static ClassifySample
sample_of (const Head *head)
{
  return (ClassifySample){ .kind = known_or_none (head->kind),
                           .top = known_or_none (head->top),
                           .kind_fold = head->kind_fold,
                           .subject_fold = head->subject_fold,
                           .hard = head->flags & HARD,
                           .page = head->flags & PAGE,
                           .on_subject = head->flags & ON_SUBJECT };
}

static bool
is_in_range (const ClassifySample *sample, guint tops)
{
  return (sample->kind == CLASSIFY_NONE || sample->kind < CLASSIFY_KINDS)
         && (sample->top == CLASSIFY_NONE || sample->top < tops) && sample->kind_fold < CLASSIFY_FOLDS
         && sample->subject_fold < CLASSIFY_FOLDS;
}

bool
classify_unpack_samples (ClassifySamples *samples, guint n, const guint8 **data, gsize *left, const double **words,
                         gsize *n_words, GArray *list)
{
  guint tops = g_strv_length (samples->tops);
  Source source = { .data = *data, .left = *left };
  g_autoptr (GArray) indices = indices_of (samples->known);
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (ClassifyFeature));
  for (guint i = 0; i < n && !source.failed; i++)
    {
      Head head;
      take (&source, &head, sizeof head);
      ClassifySample sample = sample_of (&head);
      g_array_set_size (features, 0);
      take_counts (&source, head.counts, features);
      take_features (&source, indices, features);
      sample.n = features->len;
      sample.features = g_memdup2 (features->data, features->len * sizeof (ClassifyFeature));
      g_ptr_array_add (samples->kept, (gpointer)(uintptr_t)sample.features);
      source.failed = source.failed || !is_in_range (&sample, tops);
      if (head.flags & HAS_WORDS)
        {
          source.failed = source.failed || *n_words < tops;
          sample.words = *words;
          *words += source.failed ? 0 : tops;
          *n_words -= source.failed ? 0 : tops;
        }
      g_array_append_val (list, sample);
    }
  *data = source.data;
  *left = source.left;
  return !source.failed;
}
