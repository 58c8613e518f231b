#include "classify/shipped.h"
#include "base/digest.h"
#include "classify/packed.h"
#include "classify/probe.h"
#include "classify/questions.h"
#include <string.h>

#define FIRST_LINE "docket-letters 2\n"
#define DIGEST_LENGTH 64
/* The key, the top concepts, which features are known, how many letters and misread ones there are, what is packed of
 * them, and the lessons of kinds, pages and subjects: a linear model as linear.h has it, and the shifts. */
#define SHIPPED_TYPE "(sasayuuayada(sayay))"

void
classify_shipped_free (ClassifyShipped *shipped)
{
  if (shipped == NULL)
    return;
  g_free (shipped->key);
  g_clear_pointer (&shipped->samples, classify_samples_free);
  g_clear_pointer (&shipped->kinds, classify_lesson_free);
  g_clear_pointer (&shipped->pages, classify_lesson_free);
  g_clear_pointer (&shipped->subjects, classify_lesson_free);
  g_free (shipped);
}

static void
add_files (DkDigest *digest, const Config *config, const char *folder)
{
  g_auto (GStrv) paths = config_paths (config, folder);
  for (char **path = paths; *path != NULL; path++)
    {
      dk_digest_add_text (digest, *path);
      dk_digest_add_text (digest, config_text (config, *path));
    }
}

/* What @letters, read from @lines, come to. */
static char *
key_of (const Classifier *classifier, GBytes *lines, const ClassifyLetters *letters)
{
  gsize size;
  const void *data = g_bytes_get_data (lines, &size);
  g_autoptr (DkDigest) digest = dk_digest_new ();
  dk_digest_add_text (digest, DOCKET_VERSION);
  add_files (digest, classifier->config, "vocabulary");
  add_files (digest, classifier->config, CONFIG_COMPLETED);
  dk_digest_add (digest, data, size);
  classify_probe (classifier, letters, digest);
  return dk_digest_end_hex (digest);
}

char *
classify_shipped_key (const Classifier *classifier, GBytes *letters)
{
  g_autoptr (ClassifyLetters) read = classify_letters_new ();
  return classify_letters_add (read, letters, false, NULL) ? key_of (classifier, letters, read) : NULL;
}

ClassifyShipped *
classify_shipped_of (const Classifier *classifier, const ClassifyLetters *letters)
{
  ClassifyShipped *shipped = g_new0 (ClassifyShipped, 1);
  shipped->key = g_strdup ("");
  shipped->samples = classify_samples_new (classifier, letters, false, NULL);
  const ClassifyQuestion of_kinds = classify_question_of_kinds ();
  const ClassifyQuestion of_pages = classify_question_of_pages ();
  shipped->kinds = classify_lesson_new (shipped->samples, &of_kinds);
  shipped->pages = classify_lesson_new (shipped->samples, &of_pages);
  g_auto (GStrv) classes = NULL;
  g_autofree guint *places = NULL;
  const ClassifyQuestion of_subjects = classify_question_of_subjects (shipped->samples, NULL, &classes, &places);
  shipped->subjects = classify_lesson_new (shipped->samples, &of_subjects);
  return shipped;
}

ClassifyShipped *
classify_shipped_new (const Classifier *classifier, GBytes *letters, GError **error)
{
  g_autoptr (ClassifyLetters) read = classify_letters_new ();
  if (!classify_letters_add (read, letters, false, error))
    return NULL;
  g_autoptr (ClassifyShipped) shipped = classify_shipped_of (classifier, read);
  g_free (shipped->key);
  shipped->key = key_of (classifier, letters, read);
  /* What is kept is rounded: who learns on from it and who has just made it must get the same. */
  g_autoptr (GBytes) bytes = classify_shipped_encode (shipped);
  return classify_shipped_decode (bytes, shipped->key);
}

/* --- as bytes --- */

static GVariant *
array_of (const void *data, gsize size)
{
  return g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, size > 0 ? data : "", size, 1);
}

static GVariant *
lesson_to_variant (const ClassifyLesson *lesson)
{
  g_autoptr (GByteArray) weights = g_byte_array_new ();
  g_autoptr (json_t) json = classify_linear_encode (lesson->linear, weights);
  g_autofree char *head = dk_json_canonical (json);
  return g_variant_new ("(s@ay@ay)", head, array_of (weights->data, weights->len),
                        array_of (lesson->shifts, (gsize)lesson->letters * lesson->linear->n * sizeof *lesson->shifts));
}

static GVariant *
shipped_to_variant (const ClassifyShipped *shipped)
{
  const ClassifySamples *samples = shipped->samples;
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (double));
  classify_pack_samples (samples, samples->letters, packed, words);
  classify_pack_samples (samples, samples->misread, packed, words);
  GVariant *lessons[] = { lesson_to_variant (shipped->kinds), lesson_to_variant (shipped->pages),
                          lesson_to_variant (shipped->subjects) };
  return g_variant_ref_sink (
      g_variant_new ("(s^as@ayuu@ay@ad@a(sayay))", shipped->key, samples->tops,
                     array_of (samples->known->bits, CLASSIFY_FEATURE_WORDS_OF_BITS * sizeof (guint64)),
                     samples->letters->len, samples->misread->len, array_of (packed->data, packed->len),
                     g_variant_new_fixed_array (G_VARIANT_TYPE_DOUBLE, words->data, words->len, sizeof (double)),
                     g_variant_new_array (NULL, lessons, G_N_ELEMENTS (lessons))));
}

static char *
digest_of (const void *data, gsize size)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  dk_digest_add (digest, data, size);
  return dk_digest_end_hex (digest);
}

GBytes *
classify_shipped_encode (const ClassifyShipped *shipped)
{
  g_autoptr (GVariant) variant = shipped_to_variant (shipped);
  gsize size = g_variant_get_size (variant);
  const void *data = g_variant_get_data (variant);
  g_autofree char *digest = digest_of (data, size);
  GByteArray *out = g_byte_array_sized_new ((guint)(size + strlen (FIRST_LINE) + DIGEST_LENGTH + 1));
  g_byte_array_append (out, (const guint8 *)FIRST_LINE, strlen (FIRST_LINE));
  g_byte_array_append (out, (const guint8 *)digest, DIGEST_LENGTH);
  g_byte_array_append (out, (const guint8 *)"\n", 1);
  g_byte_array_append (out, data, (guint)size);
  return g_byte_array_free_to_bytes (out);
}

/* --- and back --- */

/* A copy of the bytes of child @no of @from, when they are @size. Owned by the caller, NULL when they are not. */
static void *
copy_of (GVariant *from, gsize no, gsize size)
{
  gsize n;
  g_autoptr (GVariant) child = g_variant_get_child_value (from, no);
  const void *data = g_variant_get_fixed_array (child, &n, 1);
  return n != size ? NULL : size == 0 ? g_malloc0 (1) : g_memdup2 (data, size);
}

/* The lesson of @letters letters in @from; NULL when it is not whole. */
static ClassifyLesson *
lesson_from_variant (GVariant *from, guint letters)
{
  const char *head;
  gsize left;
  g_autoptr (ClassifyLesson) lesson = g_new0 (ClassifyLesson, 1);
  g_autoptr (GVariant) weights = g_variant_get_child_value (from, 1);
  g_variant_get_child (from, 0, "&s", &head);
  g_autoptr (json_t) json = dk_json_parse (head, strlen (head), NULL);
  lesson->bytes = g_variant_get_data_as_bytes (weights);
  const guint8 *data = g_bytes_get_data (lesson->bytes, &left);
  lesson->linear = json != NULL ? classify_linear_decode (json, &data, &left, NULL) : NULL;
  lesson->letters = letters;
  if (lesson->linear == NULL || left != 0)
    return NULL;
  lesson->shifts = copy_of (from, 2, (gsize)letters * lesson->linear->n * sizeof *lesson->shifts);
  return lesson->shifts != NULL ? g_steal_pointer (&lesson) : NULL;
}

static bool
known_from_variant (GVariant *from, ClassifySamples *samples)
{
  g_autofree void *bits = copy_of (from, 2, CLASSIFY_FEATURE_WORDS_OF_BITS * sizeof (guint64));
  samples->known = classify_feature_set_new ();
  if (bits == NULL)
    return false;
  memcpy (samples->known->bits, bits, CLASSIFY_FEATURE_WORDS_OF_BITS * sizeof (guint64));
  classify_feature_set_count (samples->known);
  return true;
}

static ClassifySamples *
samples_from_variant (GVariant *from)
{
  guint letters, misread;
  gsize size, n_words;
  g_autoptr (ClassifySamples) samples = g_new0 (ClassifySamples, 1);
  *samples = (ClassifySamples){ .letters = g_array_new (FALSE, FALSE, sizeof (ClassifySample)),
                                .misread = g_array_new (FALSE, FALSE, sizeof (ClassifySample)),
                                .kept = g_ptr_array_new_with_free_func (g_free) };
  g_variant_get_child (from, 1, "^as", &samples->tops);
  g_variant_get_child (from, 3, "u", &letters);
  g_variant_get_child (from, 4, "u", &misread);
  g_autoptr (GVariant) packed = g_variant_get_child_value (from, 5);
  g_autoptr (GVariant) all_words = g_variant_get_child_value (from, 6);
  const guint8 *data = g_variant_get_fixed_array (packed, &size, 1);
  const double *lent = g_variant_get_fixed_array (all_words, &n_words, sizeof (double));
  double *words = g_memdup2 (lent, n_words * sizeof (double));
  g_ptr_array_add (samples->kept, words);
  lent = words;
  bool whole = known_from_variant (from, samples)
               && classify_unpack_samples (samples, letters, &data, &size, &lent, &n_words, samples->letters)
               && classify_unpack_samples (samples, misread, &data, &size, &lent, &n_words, samples->misread)
               && size == 0 && n_words == 0;
  return whole ? g_steal_pointer (&samples) : NULL;
}

static bool
is_of (const ClassifyLesson *lesson, const ClassifyQuestion *question)
{
  return lesson != NULL && g_strv_equal ((const char *const *)lesson->linear->classes, question->classes);
}

static bool
lessons_fit (const ClassifyShipped *shipped)
{
  g_auto (GStrv) classes = NULL;
  g_autofree guint *places = NULL;
  const ClassifyQuestion of_kinds = classify_question_of_kinds ();
  const ClassifyQuestion of_pages = classify_question_of_pages ();
  const ClassifyQuestion of_subjects = classify_question_of_subjects (shipped->samples, NULL, &classes, &places);
  return is_of (shipped->kinds, &of_kinds) && is_of (shipped->pages, &of_pages)
         && is_of (shipped->subjects, &of_subjects);
}

static ClassifyShipped *
shipped_from_variant (GVariant *from, const char *key)
{
  g_autoptr (ClassifyShipped) shipped = g_new0 (ClassifyShipped, 1);
  g_variant_get_child (from, 0, "s", &shipped->key);
  g_autoptr (GVariant) lessons = g_variant_get_child_value (from, 7);
  if (!g_str_equal (shipped->key, key) || g_variant_n_children (lessons) != 3
      || (shipped->samples = samples_from_variant (from)) == NULL)
    return NULL;
  g_autoptr (GVariant) kinds = g_variant_get_child_value (lessons, 0);
  g_autoptr (GVariant) pages = g_variant_get_child_value (lessons, 1);
  g_autoptr (GVariant) subjects = g_variant_get_child_value (lessons, 2);
  shipped->kinds = lesson_from_variant (kinds, shipped->samples->letters->len);
  shipped->pages = lesson_from_variant (pages, shipped->samples->letters->len);
  shipped->subjects = lesson_from_variant (subjects, shipped->samples->letters->len);
  return lessons_fit (shipped) ? g_steal_pointer (&shipped) : NULL;
}

ClassifyShipped *
classify_shipped_decode (GBytes *bytes, const char *key)
{
  gsize size, head = strlen (FIRST_LINE) + DIGEST_LENGTH + 1;
  const char *data = g_bytes_get_data (bytes, &size);
  if (size <= head || memcmp (data, FIRST_LINE, strlen (FIRST_LINE)) != 0)
    return NULL;
  g_autofree char *digest = digest_of (data + head, size - head);
  if (memcmp (data + strlen (FIRST_LINE), digest, DIGEST_LENGTH) != 0)
    return NULL;
  g_autoptr (GBytes) rest = g_bytes_new_from_bytes (bytes, head, size - head);
  g_autoptr (GVariant) variant = g_variant_new_from_bytes (G_VARIANT_TYPE (SHIPPED_TYPE), rest, FALSE);
  return shipped_from_variant (variant, key);
}
