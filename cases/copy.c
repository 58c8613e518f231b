/* Copies: a letter scanned again, or sent by post and by e-mail. Sketches find letters that may say the same, their
 * words one by one decide, and what tells people and matters apart keeps letters apart that many people copied. */
#include "base/align.h"
#include "base/sketch.h"
#include "cases/join_parts.h"
#include "store/receipt.h"
#include <stdlib.h>
#include <string.h>

#define MEMBERS_LEAST 20 /* different words of a letter that can be told from others by its words */
#define LETTERS 5        /* of a word: fewer than its beginning are not sketched */
#define ROWS 3           /* values of a band; 21 bands of 64 values */
#define BANDS (DK_SKETCH_VALUES / ROWS)
#define LIKELY 20          /* of 64 values in common: worth comparing */
#define SAME 0.85          /* share of the words in common */
#define RUN_MOST 12        /* words in a row that only one of them has: a sentence more is another letter */
#define RUN_OF_STRANGERS 2 /* the same where nobody knows who wrote: a name in another's place is another letter */
#define DAYS_MOST 90
#define COMPARED_MOST 5
#define SHARED_MOST 20

/* Letters that look alike in print are one. */
static char
shape_of (char c)
{
  static const char *const groups[] = { "o0cea", "il1jtf", "s58", "b6h", "nu", "gq9", "vy", "z2" };
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (strchr (groups[i], c) != NULL)
      return groups[i][0];
  return c;
}

/* The number of different members that went into @sketch. */
static unsigned
make_sketch (const GArray *words, DkSketch *sketch)
{
  g_autoptr (GHashTable) members = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  dk_sketch_init (sketch);
  for (guint i = 0; i < words->len; i++)
    {
      const char *word = g_array_index (words, DkWord, i).folded;
      if (strlen (word) < LETTERS)
        continue;
      char *member = g_strndup (word, LETTERS);
      for (char *p = member; *p != '\0'; p++)
        *p = shape_of (*p);
      dk_sketch_add (sketch, member);
      g_hash_table_add (members, member);
    }
  return g_hash_table_size (members);
}

static GArray *
words_of (const GPtrArray *pages)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < pages->len; i++)
    g_string_append_printf (text, "%s\n", ((const RecordPage *)pages->pdata[i])->text);
  return dk_words (text->str, DK_ALIGN_WORDS);
}

static char *
band_key (const DkSketch *sketch, unsigned band)
{
  return g_strdup_printf ("%u:%016" G_GINT64_MODIFIER "x", band, dk_sketch_band (sketch, band, ROWS));
}

static char *
sketch_text (const DkSketch *sketch)
{
  GString *text = g_string_new (NULL);
  for (unsigned i = 0; i < DK_SKETCH_VALUES; i++)
    g_string_append_printf (text, "%08x", sketch->least[i]);
  return g_string_free (text, FALSE);
}

static void
parse_sketch (const char *text, DkSketch *sketch)
{
  char value[9] = "";
  dk_sketch_init (sketch);
  for (unsigned i = 0; i < DK_SKETCH_VALUES && strlen (text) >= 8; i++, text += 8)
    {
      memcpy (value, text, 8);
      sketch->least[i] = (uint32_t)strtoul (value, NULL, 16);
    }
}

char *
join_sketch (const GPtrArray *pages, unsigned *members, GPtrArray *keys)
{
  DkSketch sketch;
  g_autoptr (GArray) words = words_of (pages);
  *members = make_sketch (words, &sketch);
  for (unsigned band = 0; band < BANDS && *members >= MEMBERS_LEAST; band++)
    {
      StoreKey *key = g_new0 (StoreKey, 1);
      key->name = "band";
      key->key = band_key (&sketch, band);
      g_ptr_array_add (keys, key);
    }
  return sketch_text (&sketch);
}

/* --- comparing --- */

static GPtrArray *
pages_of (Store *store, int64_t document, guint most, GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_auto (GStrv) blobs = store_page_blobs (store, document, error);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  for (char **blob = blobs; blob != NULL && *blob != NULL && pages->len < most; blob++)
    {
      g_autoptr (GBytes) frame = store_blob_read (store, *blob, limits.output_bytes, error);
      RecordPage *page = frame != NULL ? record_page_decode (frame, &limits, error) : NULL;
      if (page == NULL)
        return NULL;
      g_ptr_array_add (pages, page);
    }
  return blobs != NULL ? g_steal_pointer (&pages) : NULL;
}

/* What sets letters apart that say the same: *@apart; *@strangers tells that nobody knows who wrote one of them. */
static bool
compare_facts (const JoinLetter *letter, int64_t other, bool *apart, bool *strangers, GError **error)
{
  static const char *const names[] = { "customer_no", "order_no", "invoice_no", "amount", "letter_date", "iban" };
  g_autoptr (GPtrArray) theirs = store_decisions (letter->store, other, true, error);
  g_autoptr (StoreReceipt) receipt = theirs != NULL ? store_receipt_of (letter->store, other, error) : NULL;
  if (receipt == NULL)
    return false;
  const StoreDecision *mine = join_decision (letter->decisions, "sender"), *sender = join_decision (theirs, "sender");
  *apart = ABS (dk_day_parse (letter->received) - dk_day_parse (receipt->received)) > DAYS_MOST
           || join_compare_senders (letter->decisions, theirs) <= NAMES_TOUCH;
  *strangers = mine == NULL || sender == NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (names) && !*apart; i++)
    *apart = join_differs (letter->decisions, theirs, names[i]);
  return true;
}

/* *@share is 0 for another letter. */
static bool
compare (const JoinLetter *letter, const GArray *words, int64_t other, double *share, GError **error)
{
  bool apart, strangers;
  *share = 0;
  if (!compare_facts (letter, other, &apart, &strangers, error))
    return false;
  if (apart)
    return true;
  g_autoptr (GPtrArray) pages = pages_of (letter->store, other, MAX (1, letter->pages->len), error);
  if (pages == NULL)
    return false;
  g_autoptr (GArray) theirs = words_of (pages);
  g_auto (DkAlignment) alignment = { 0 };
  dk_align (words, theirs, TRUE, &alignment);
  double common = 2.0 * alignment.common / MAX (1, words->len + theirs->len);
  if (common >= SAME && alignment.longest <= (strangers ? RUN_OF_STRANGERS : RUN_MOST))
    *share = common;
  return true;
}

/* Letters that share a band and enough of the sketch, the newest first. NULL on error. */
static GArray *
likely_copies (const JoinLetter *letter, const DkSketch *sketch, GError **error)
{
  g_autoptr (GArray) likely = g_array_new (FALSE, FALSE, sizeof (int64_t));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (unsigned band = 0; band < BANDS && likely->len < COMPARED_MOST; band++)
    {
      g_autofree char *key = band_key (sketch, band);
      g_autoptr (GArray) ids = store_trace_find (letter->store, "band", key, SHARED_MOST, error);
      for (guint i = 0; ids != NULL && i < ids->len && likely->len < COMPARED_MOST; i++)
        {
          unsigned words;
          DkSketch other;
          gint64 id = g_array_index (ids, int64_t, i);
          g_autofree char *text = NULL;
          if (id == letter->document->id || !g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
            continue;
          if (!store_trace_sketch (letter->store, id, &words, &text, error))
            return NULL;
          parse_sketch (text != NULL ? text : "", &other);
          if (dk_sketch_common (sketch, &other) >= LIKELY)
            g_array_append_val (likely, id);
        }
      if (ids == NULL)
        return NULL;
    }
  return g_steal_pointer (&likely);
}

bool
join_copies (const JoinLetter *letter, int64_t *copy_of, double *share, GError **error)
{
  DkSketch sketch;
  g_autoptr (GArray) words = words_of (letter->pages);
  *copy_of = 0;
  *share = 0;
  if (make_sketch (words, &sketch) < MEMBERS_LEAST)
    return true;
  g_autoptr (GArray) likely = likely_copies (letter, &sketch, error);
  for (guint i = 0; likely != NULL && i < likely->len; i++)
    {
      double one;
      int64_t id = g_array_index (likely, int64_t, i);
      if (!compare (letter, words, id, &one, error))
        return false;
      if (one > *share)
        {
          *share = one;
          *copy_of = id;
        }
    }
  return likely != NULL;
}
