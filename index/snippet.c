#include "index/snippet.h"
#include "index/words.h"
#include <string.h>

enum
{
  SNIPPET_CHARACTERS = 200,
  SNIPPET_CONTEXT = 60, /* characters before the first hit */
};

typedef struct
{
  gsize start, end; /* bytes */
  guint form;       /* hash of the folded word, to tell hits apart */
} Hit;

static bool
is_hit (const IndexForms *forms, const Query *query)
{
  if (g_hash_table_contains (query->marks, forms->folded))
    return true;
  for (int i = 0; i < INDEX_STEMS && forms->stems[i] != NULL; i++)
    {
      g_autofree char *term = g_strconcat (INDEX_TERM_STEM, forms->stems[i], NULL);
      if (g_hash_table_contains (query->marks, term))
        return true;
    }
  for (guint i = 0; i < query->prefixes->len; i++)
    if (g_str_has_prefix (forms->folded, g_ptr_array_index (query->prefixes, i)))
      return true;
  return false;
}

static gint
by_start (gconstpointer a, gconstpointer b)
{
  const Hit *left = a, *right = b;
  return left->start < right->start ? -1 : left->start > right->start;
}

/* Hits in order; a joined word that contains another hit swallows it. */
static GArray *
hits_of (const GArray *words, const char *language, const Query *query, IndexLexicon *lexicon)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Hit));
  for (guint i = 0; i < words->len; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      const IndexForms *forms = index_lexicon_forms (lexicon, word->raw, language);
      if (forms == NULL || !is_hit (forms, query))
        continue;
      Hit hit = { word->start, word->end, g_str_hash (forms->folded) };
      g_array_append_val (found, hit);
    }
  g_array_sort (found, by_start);
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));
  for (guint i = 0; i < found->len; i++)
    {
      const Hit *hit = &g_array_index (found, Hit, i);
      Hit *last = hits->len == 0 ? NULL : &g_array_index (hits, Hit, hits->len - 1);
      if (last != NULL && hit->start < last->end)
        last->end = MAX (last->end, hit->end);
      else
        g_array_append_val (hits, *hit);
    }
  return hits;
}

/* The first hit of the stretch that shows the most different hits. */
static guint
best_hit (const GArray *hits)
{
  guint best = 0, best_score = 0;
  for (guint i = 0; i < hits->len; i++)
    {
      const Hit *first = &g_array_index (hits, Hit, i);
      guint score = 0;
      for (guint j = i; j < hits->len && j < i + 16; j++)
        {
          const Hit *hit = &g_array_index (hits, Hit, j);
          if (hit->end > first->start + SNIPPET_CHARACTERS - SNIPPET_CONTEXT)
            break;
          bool seen = false;
          for (guint k = i; k < j; k++)
            seen = seen || g_array_index (hits, Hit, k).form == hit->form;
          score += seen ? 1 : 16;
        }
      if (score > best_score)
        {
          best_score = score;
          best = i;
        }
    }
  return best;
}

/* Cuts where a plain word begins (or ends), so that no word is halved. */
static gsize
cut_before (const GArray *words, gsize from)
{
  for (guint i = 0; i < words->len; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      if (!word->joined && word->start >= from)
        return word->start;
    }
  return from;
}

static gsize
cut_after (const GArray *words, gsize from, gsize least, gsize to)
{
  gsize end = least;
  for (guint i = 0; i < words->len; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      if (!word->joined && word->start >= from && word->end <= to)
        end = MAX (end, word->end);
    }
  return end;
}

static const char *
step (const char *text, const char *at, const char *end, int characters)
{
  for (; characters > 0 && at < end; characters--)
    at = g_utf8_next_char (at);
  for (; characters < 0 && at > text; characters++)
    at = g_utf8_prev_char (at);
  return at;
}

static bool
is_shown (gunichar c)
{
  bool bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
  return !g_unichar_iscntrl (c) && !bidi && c != 0xFEFF && c != 0xAD;
}

static void
append_clean (GString *out, const char *text, gsize from, gsize to)
{
  for (const char *at = text + from; at < text + to; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      bool blank = g_unichar_isspace (c);
      if (c == 0xAD && at + 2 < text + to && g_unichar_isspace (g_utf8_get_char (at + 2)))
        c = '-'; /* at a line end it prints */
      if (blank && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      else if (!blank && is_shown (c))
        g_string_append_unichar (out, c);
    }
}

static char *
render (const char *text, const GArray *hits, gsize from, gsize to)
{
  GString *out = g_string_new (NULL);
  gsize at = from;
  if (from > 0)
    g_string_append (out, "… ");
  for (guint i = 0; i < hits->len; i++)
    {
      const Hit *hit = &g_array_index (hits, Hit, i);
      if (hit->start < from || hit->end > to)
        continue;
      append_clean (out, text, at, hit->start);
      g_string_append_c (out, '\x02');
      append_clean (out, text, hit->start, hit->end);
      g_string_append_c (out, '\x03');
      at = hit->end;
    }
  append_clean (out, text, at, to);
  g_strchomp (out->str);
  g_string_set_size (out, strlen (out->str));
  if (to < strlen (text))
    g_string_append (out, " …");
  return g_string_free (out, FALSE);
}

char *
index_snippet (const char *text, const char *language, const Query *query, IndexLexicon *lexicon)
{
  g_autoptr (GArray) words = index_words (text);
  g_autoptr (GArray) hits = hits_of (words, language, query, lexicon);
  const char *end = text + strlen (text);
  gsize from = 0, least = 0;
  if (hits->len > 0)
    {
      const Hit *hit = &g_array_index (hits, Hit, best_hit (hits));
      const char *back = step (text, text + hit->start, end, -SNIPPET_CONTEXT);
      from = back == text ? 0 : MIN (cut_before (words, (gsize)(back - text)), hit->start);
      least = hit->end;
    }
  const char *forward = step (text, text + from, end, SNIPPET_CHARACTERS);
  gsize to = forward == end ? (gsize)(end - text) : cut_after (words, from, least, (gsize)(forward - text));
  if (to <= from) /* one word fills it all */
    to = (gsize)(forward - text);
  return render (text, hits, from, to);
}
