/* tests/unit/field_score.h - how many fields of letters with known fields are found, as a person would count: a number
 * is the same whatever its signs, a name whatever its order, accents and title, an address when four words in five are.
 */
#pragma once
#include "classify/fields.h"
#include "classify/misread.h"
#include "tests/unit/shipped_context.h"
#include <jansson.h>
#include <math.h>
#include <string.h>

typedef struct
{
  unsigned right, wrong, missing;
} FieldScore;

static inline double
field_score_precision (const FieldScore *score)
{
  return score->right + score->wrong > 0 ? (double)score->right / (score->right + score->wrong) : 1;
}

static inline double
field_score_recall (const FieldScore *score)
{
  return score->right + score->missing > 0 ? (double)score->right / (score->right + score->missing) : 1;
}

static inline double
field_score_f1 (const FieldScore *score)
{
  unsigned all = 2 * score->right + score->wrong + score->missing;
  return all > 0 ? 2.0 * score->right / all : 1;
}

/* Letters and digits in small plain letters; what lies between words is one blank, or nothing. Owned by the caller. */
static inline char *
field_score_plain (const char *value, bool words)
{
  g_autofree char *apart = g_utf8_normalize (value, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (apart, -1);
  GString *plain = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    if (g_ascii_isalnum (*p))
      g_string_append_c (plain, *p);
    else if (words && !g_unichar_ismark (g_utf8_get_char (p)) && plain->len > 0 && plain->str[plain->len - 1] != ' ')
      g_string_append_c (plain, ' ');
  return g_strchomp (g_string_free (plain, FALSE));
}

static inline gint
field_score_order (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Whether at least @share of the words of both stand in both. */
static inline bool
field_score_words (const char *a, const char *b, double share)
{
  g_autofree char *plain_a = field_score_plain (a, true), *plain_b = field_score_plain (b, true);
  g_auto (GStrv) x = g_strsplit (plain_a, " ", -1), y = g_strsplit (plain_b, " ", -1);
  guint n = g_strv_length (x), m = g_strv_length (y), both = 0, i = 0, k = 0;
  qsort (x, n, sizeof *x, field_score_order);
  qsort (y, m, sizeof *y, field_score_order);
  while (i < n && k < m)
    {
      int order = strcmp (x[i], y[k]);
      both += order == 0;
      i += order <= 0;
      k += order >= 0;
    }
  return 2.0 * both >= share * (n + m);
}

static inline bool
field_score_same (const char *name, const char *wanted, const char *found)
{
  if (strcmp (name, "sender") == 0)
    return field_score_words (wanted, found, 1);
  if (strcmp (name, "address") == 0)
    return field_score_words (wanted, found, 0.8);
  if (strcmp (name, "amount") == 0)
    return fabs (g_ascii_strtod (wanted, NULL) - g_ascii_strtod (found, NULL)) < 0.005;
  g_autofree char *a = field_score_plain (wanted, false), *b = field_score_plain (found, false);
  if (strcmp (name, "phone") == 0)
    return strlen (a) >= 8 && strlen (b) >= 8 && strcmp (a + strlen (a) - 8, b + strlen (b) - 8) == 0;
  return strcmp (a, b) == 0;
}

/* The first value of @name among @findings, an amount without its currency. NULL when there is none. */
static inline char *
field_score_first (const GPtrArray *findings, const char *name)
{
  bool currency = strcmp (name, "currency") == 0;
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, currency ? "amount" : name) != 0)
        continue;
      const char *blank = strcmp (finding->name, "amount") == 0 ? strrchr (finding->value, ' ') : NULL;
      return blank == NULL ? g_strdup (finding->value)
             : currency    ? g_strdup (blank + 1)
                           : g_strndup (finding->value, (gsize)(blank - finding->value));
    }
  return NULL;
}

static inline void
field_score_count (FieldScore *score, const GPtrArray *findings, const char *name, const char *wanted)
{
  g_autofree char *found = field_score_first (findings, name);
  bool right = wanted != NULL && found != NULL && field_score_same (name, wanted, found);
  score->right += right;
  score->wrong += found != NULL && !right;
  score->missing += wanted != NULL && !right;
}

static const char *const field_score_names[]
    = { "sender",   "address",    "email",  "phone",    "letter_date", "customer_no",
        "order_no", "invoice_no", "amount", "currency", "iban",        "deadline" };

/* Adds one letter, of whose characters @share are misread, to @scores, one for each of field_score_names. */
static inline void
field_score_letter (FieldScore *scores, const json_t *letter, double share, guint32 seed)
{
  ClassifyContext context = { .words = shipped_words (),
                              .received = DK_DAY_NONE,
                              .language = json_string_value (json_object_get (letter, "lang")) };
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  const char *text = json_string_value (json_object_get (letter, "text"));
  g_free (page->text);
  page->text = share > 0 ? classify_misread (text, share, seed) : g_strdup (text);
  g_ptr_array_add (pages, page);
  g_autoptr (GArray) lines = shipped_lines_of_pages (pages, context.language);
  context.lines = lines;
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  const json_t *truth = json_object_get (letter, "gold");
  for (size_t i = 0; i < G_N_ELEMENTS (field_score_names); i++)
    field_score_count (&scores[i], findings, field_score_names[i],
                       json_string_value (json_object_get (truth, field_score_names[i])));
}

static inline FieldScore
field_score_sum (const FieldScore *scores)
{
  FieldScore sum = { 0 };
  for (size_t i = 0; i < G_N_ELEMENTS (field_score_names); i++)
    {
      sum.right += scores[i].right;
      sum.wrong += scores[i].wrong;
      sum.missing += scores[i].missing;
    }
  return sum;
}
