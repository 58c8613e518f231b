#include "reports/terms.h"
#include "reports/copies.h"
#include "reports/letter.h"
#include "reports/measure.h"
#include "reports/stopwords.h"
#include <math.h>
#include <string.h>

#define WITH_MIN 2       /* what one letter says is no common term */
#define REST_MIN 5       /* letters to compare with */
#define SHORTEST 3       /* characters of a word */
#define COVERED 0.8      /* a word that nearly always stands in a pair is told by the pair */
#define TABLE_MAX 400000 /* terms counted at once; beyond, those of one letter are forgotten */
#define LETTER_WORDS 30  /* distinct ones from which letters may be nearly the same */
#define QUOTE_WORDS 8    /* likewise quotes */
#define QUOTES_MAX 3
#define QUOTE_WORDS_MIN 4
#define QUOTE_CHARACTERS 60 /* on each side of the term */

static void
term_free (ReportTerm *term)
{
  g_free (term->text);
  g_free (term);
}

void
report_terms_free (ReportTerms *terms)
{
  if (terms == NULL)
    return;
  g_ptr_array_unref (terms->terms);
  g_free (terms);
}

/* --- counting --- */

typedef struct
{
  int64_t with, rest; /* letters */
  int64_t letters[REPORT_TERM_LETTERS];
} Count;

typedef struct
{
  const char *language;
  GHashTable *counts;  /* term to Count */
  GHashTable *classes; /* word to its WordClass + 1 */
  ReportCopies *seen;  /* copies of a letter count once */
  int64_t with, rest;
} Counting;

typedef enum
{
  WORD_USEFUL,
  WORD_DENIAL,
  WORD_STOP,
} WordClass;

static void
counting_clear (Counting *counting)
{
  g_hash_table_unref (counting->counts);
  g_hash_table_unref (counting->classes);
  report_copies_free (counting->seen);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Counting, counting_clear)

/* "xxxx": a blot or a blank. */
static bool
is_one_letter (const char *word)
{
  gunichar first = g_utf8_get_char (word);
  for (; *word != '\0'; word = g_utf8_next_char (word))
    if (g_utf8_get_char (word) != first)
      return false;
  return true;
}

static bool
is_useless (const Counting *counting, const char *word)
{
  return g_utf8_strlen (word, -1) < SHORTEST || is_one_letter (word) || report_is_stop_word (counting->language, word);
}

static WordClass
class_of (Counting *counting, const char *word)
{
  WordClass class_now = GPOINTER_TO_INT (g_hash_table_lookup (counting->classes, word));
  if (class_now > 0)
    return class_now - 1;
  class_now = report_is_denial (counting->language, word) ? WORD_DENIAL
              : is_useless (counting, word)               ? WORD_STOP
                                                          : WORD_USEFUL;
  g_hash_table_insert (counting->classes, g_strdup (word), GINT_TO_POINTER (class_now + 1));
  return class_now;
}

/* The terms of one letter, each once. */
static GHashTable *
terms_of (Counting *counting, const GArray *words)
{
  GHashTable *terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  WordClass before = WORD_STOP;
  for (guint i = 0; i < words->len; i++)
    {
      const ReportWord *word = &g_array_index (words, ReportWord, i);
      WordClass now = class_of (counting, word->word);
      if (now == WORD_USEFUL)
        g_hash_table_add (terms, g_strdup (word->word));
      bool pair = i > 0 && word->joined && now != WORD_STOP && before != WORD_STOP
                  && (now == WORD_USEFUL || before == WORD_USEFUL);
      if (pair)
        g_hash_table_add (terms, g_strconcat (g_array_index (words, ReportWord, i - 1).word, " ", word->word, NULL));
      before = now;
    }
  return terms;
}

static gboolean
is_single (gpointer key, gpointer value, gpointer data)
{
  const Count *count = value;
  (void)key;
  (void)data;
  return count->with + count->rest < WITH_MIN;
}

static void
count_term (Counting *counting, const char *term, bool of_kind, int64_t document)
{
  Count *count = g_hash_table_lookup (counting->counts, term);
  if (count == NULL)
    g_hash_table_insert (counting->counts, g_strdup (term), count = g_new0 (Count, 1));
  if (of_kind && count->with < REPORT_TERM_LETTERS)
    count->letters[count->with] = document;
  count->with += of_kind;
  count->rest += !of_kind;
}

static bool
count_letter (const ReportContext *context, Counting *counting, const FactDocument *document, bool of_kind,
              GError **error)
{
  g_autofree char *text = report_letter_text (context->store, document->id, error);
  if (text == NULL)
    return false;
  g_autoptr (GArray) words = report_letter_words (text);
  if (words->len == 0 || report_copies_seen (counting->seen, words))
    return true;
  g_autoptr (GHashTable) terms = terms_of (counting, words);
  GHashTableIter iter;
  gpointer term;
  g_hash_table_iter_init (&iter, terms);
  while (g_hash_table_iter_next (&iter, &term, NULL))
    count_term (counting, term, of_kind, document->id);
  counting->with += of_kind;
  counting->rest += !of_kind;
  if (g_hash_table_size (counting->counts) > TABLE_MAX)
    g_hash_table_foreach_remove (counting->counts, is_single, NULL);
  return true;
}

/* --- choosing --- */

static gint
compare_terms (gconstpointer a, gconstpointer b)
{
  const ReportTerm *x = *(ReportTerm *const *)a, *y = *(ReportTerm *const *)b;
  if (x->with != y->with)
    return x->with < y->with ? 1 : -1;
  double p = isnan (x->keyness) ? 0 : x->keyness, q = isnan (y->keyness) ? 0 : y->keyness;
  return p != q ? (p < q ? 1 : -1) : strcmp (x->text, y->text);
}

static ReportTerm *
term_new (const Counting *counting, const char *text, const Count *count)
{
  bool comparable = counting->rest >= REST_MIN;
  ReportTerm *term = g_new0 (ReportTerm, 1);
  term->text = g_strdup (text);
  term->language = counting->language;
  term->with = count->with;
  term->all = counting->with;
  term->rest = comparable ? (double)count->rest / (double)counting->rest : NAN;
  term->keyness = comparable ? report_keyness (count->with, counting->with, count->rest, counting->rest) : NAN;
  memcpy (term->letters, count->letters, sizeof term->letters);
  return term;
}

static ReportTerm *
term_copy (const ReportTerm *term)
{
  ReportTerm *copy = g_memdup2 (term, sizeof *term);
  copy->text = g_strdup (term->text);
  return copy;
}

/* Whether some pair that holds @text tells as much. */
static bool
is_covered (const GPtrArray *terms, const ReportTerm *single)
{
  if (strchr (single->text, ' ') != NULL)
    return false;
  for (guint i = 0; i < terms->len; i++)
    {
      const ReportTerm *term = terms->pdata[i];
      g_auto (GStrv) words = g_strsplit (term->text, " ", 2);
      if (words[1] != NULL && g_strv_contains ((const char *const *)words, single->text)
          && (double)term->with >= COVERED * (double)single->with)
        return true;
    }
  return false;
}

/* The commonest, but not what other letters say more often. */
static void
choose_terms (const Counting *counting, unsigned most, GPtrArray *chosen)
{
  g_autoptr (GPtrArray) terms = g_ptr_array_new_with_free_func ((GDestroyNotify)term_free);
  GHashTableIter iter;
  gpointer text, count;
  g_hash_table_iter_init (&iter, counting->counts);
  while (g_hash_table_iter_next (&iter, &text, &count))
    if (((const Count *)count)->with >= WITH_MIN)
      {
        ReportTerm *term = term_new (counting, text, count);
        if (!isnan (term->keyness) && term->keyness <= 0)
          term_free (term);
        else
          g_ptr_array_add (terms, term);
      }
  g_ptr_array_sort (terms, compare_terms);
  for (guint i = 0, taken = 0; i < terms->len && taken < most; i++)
    if (!is_covered (terms, terms->pdata[i]))
      {
        g_ptr_array_add (chosen, term_copy (terms->pdata[i]));
        taken++;
      }
}

static bool
add_language (const ReportContext *context, const char *kind, const char *language, unsigned most, ReportTerms *terms,
              GError **error)
{
  g_auto (Counting) counting = { .language = language,
                                 .counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
                                 .classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                                 .seen = report_copies_new (LETTER_WORDS) };
  for (guint i = 0; i < context->facts->documents->len; i++)
    {
      const FactDocument *document = &g_array_index (context->facts->documents, FactDocument, i);
      if (document->kind != NULL && document->language != NULL && strcmp (document->language, language) == 0
          && !count_letter (context, &counting, document, strcmp (document->kind, kind) == 0, error))
        return false;
    }
  terms->letters += counting.with;
  choose_terms (&counting, most, terms->terms);
  return true;
}

ReportTerms *
report_terms (const ReportContext *context, const char *kind, unsigned most, GError **error)
{
  static const char *const languages[] = { "en", "fr", "es", "hu" };
  g_autoptr (ReportTerms) terms = g_new0 (ReportTerms, 1);
  terms->terms = g_ptr_array_new_with_free_func ((GDestroyNotify)term_free);
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    if (!add_language (context, kind, languages[i], most, terms, error))
      return NULL;
  return g_steal_pointer (&terms);
}

/* --- quotes --- */

static bool
find_term (const char *text, const char *term, gsize *from, gsize *to)
{
  g_autoptr (GArray) words = report_letter_words (text);
  for (guint i = 0; i < words->len; i++)
    {
      const ReportWord *word = &g_array_index (words, ReportWord, i), *before = i > 0 ? word - 1 : NULL;
      g_autofree char *pair = before != NULL && word->joined ? g_strconcat (before->word, " ", word->word, NULL) : NULL;
      if (strcmp (word->word, term) != 0 && g_strcmp0 (pair, term) != 0)
        continue;
      *from = strcmp (word->word, term) == 0 ? word->from : before->from;
      *to = word->to;
      return true;
    }
  return false;
}

static bool
ends_sentence (const char *c)
{
  return strchr (".!?", *c) != NULL && (c[1] == ' ' || c[1] == '\0');
}

/* Backwards to the beginning of the sentence, else to a word's beginning within QUOTE_CHARACTERS; *@cut tells which. */
static const char *
quote_start (const char *text, const char *at, bool *cut)
{
  const char *word = at;
  *cut = false;
  for (int i = 0; at > text; i++)
    {
      const char *previous = g_utf8_prev_char (at);
      if (*previous == ' ' && previous > text && ends_sentence (previous - 1))
        return at;
      if ((*cut = i >= QUOTE_CHARACTERS))
        return word;
      word = *previous == ' ' ? at : word;
      at = previous;
    }
  return text;
}

static const char *
quote_end (const char *at, bool *cut)
{
  const char *word = at;
  *cut = false;
  for (int i = 0; *at != '\0'; i++)
    {
      if (ends_sentence (at))
        return at + 1;
      if ((*cut = i >= QUOTE_CHARACTERS))
        return word;
      word = *at == ' ' ? at : word;
      at = g_utf8_next_char (at);
    }
  return at;
}

static const char *
number_of (const ReportContext *context, int64_t document)
{
  for (guint i = 0; i < context->facts->documents->len; i++)
    {
      const FactDocument *fact = &g_array_index (context->facts->documents, FactDocument, i);
      if (fact->id == document)
        return fact->number;
    }
  return NULL;
}

static ReportQuote *
quote_new (const ReportContext *context, const ReportTerm *term, int64_t document, const char *text, gsize from,
           gsize to)
{
  bool cut_start, cut_end;
  const char *number = number_of (context, document);
  const char *start = quote_start (text, text + from, &cut_start), *end = quote_end (text + to, &cut_end);
  const char *lead = cut_start ? "… " : "";
  g_autofree char *words = g_strndup (start, (gsize)(end - start));
  ReportQuote *quote = g_new0 (ReportQuote, 1);
  quote->number = number != NULL ? g_strdup (number) : g_strdup_printf ("#%" G_GINT64_FORMAT, document);
  quote->language = g_strdup (term->language);
  quote->text = g_strconcat (lead, words, cut_end ? " …" : "", NULL);
  quote->from = strlen (lead) + from - (gsize)(start - text);
  quote->to = quote->from + to - from;
  return quote;
}

/* A few words around gaps: an address, a telephone, a signature. */
static bool
says_little (const char *text, const GArray *words)
{
  guint gaps = 0;
  for (const char *at = strstr (text, REPORT_HIDDEN); at != NULL; at = strstr (at + 1, REPORT_HIDDEN))
    gaps++;
  return words->len < QUOTE_WORDS_MIN || words->len < gaps * QUOTE_WORDS_MIN;
}

GPtrArray *
report_term_quotes (const ReportContext *context, const ReportTerm *term, GError **error)
{
  g_autoptr (GPtrArray) quotes = g_ptr_array_new_with_free_func ((GDestroyNotify)report_quote_free);
  g_autoptr (ReportCopies) quoted = report_copies_new (QUOTE_WORDS);
  for (int i = 0; i < REPORT_TERM_LETTERS && term->letters[i] != 0 && quotes->len < QUOTES_MAX; i++)
    {
      gsize from, to;
      g_autofree char *text = report_letter_text (context->store, term->letters[i], error);
      if (text == NULL)
        return NULL;
      if (!find_term (text, term->text, &from, &to))
        continue;
      ReportQuote *quote = quote_new (context, term, term->letters[i], text, from, to);
      g_autoptr (GArray) words = report_letter_words (quote->text);
      if (says_little (quote->text, words) || report_copies_seen (quoted, words))
        report_quote_free (quote);
      else
        g_ptr_array_add (quotes, quote);
    }
  return g_steal_pointer (&quotes);
}
