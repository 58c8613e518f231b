#include "index/terms.h"
#include "base/clock.h"
#include "base/text.h"
#include "index/words.h"
#include <string.h>

enum
{
  FIELD_GAP = 100, /* positions between the text and what is added to it, so that no phrase spans both */
  NEIGHBOURS = 8,  /* words on each side of a broken word among which a phrase finds it */
};

static void
clear_term (gpointer data)
{
  g_free (((IndexTerm *)data)->term);
}

static void
add (GArray *terms, const char *prefix, const char *word, unsigned position, bool counts)
{
  IndexTerm term = { .term = g_strconcat (prefix, word, NULL), .position = position, .counts = counts };
  g_array_append_val (terms, term);
}

static void
add_forms (GArray *terms, const char *prefix, const IndexForms *forms, unsigned position)
{
  add (terms, prefix, forms->folded, position, true);
  if (*prefix != '\0')
    return;
  add (terms, INDEX_TERM_EXACT, forms->exact, 0, true);
  for (int s = 0; s < INDEX_STEMS && forms->stems[s] != NULL; s++)
    add (terms, INDEX_TERM_STEM, forms->stems[s], 0, true);
}

/* A word broken over a line end stands in the text as two. So that phrases with the whole word are found as well, it is
 * put again, from position @base, among its neighbours; they do not count twice. */
static void
add_neighbours (GArray *terms, const GArray *words, guint which, unsigned base, const char *language,
                IndexLexicon *lexicon)
{
  const IndexWord *broken = &g_array_index (words, IndexWord, which);
  unsigned first = broken->position > NEIGHBOURS ? broken->position - NEIGHBOURS : 1;
  guint reach = 4 * NEIGHBOURS; /* joined words stand between the plain ones */
  for (guint i = which > reach ? which - reach : 0; i < MIN (words->len, which + reach); i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      bool part = word->position == broken->position || word->position == broken->position + 1;
      bool near = word->position >= first && word->position <= broken->position + 1 + NEIGHBOURS;
      if (word != broken && (!near || part || word->joined))
        continue;
      unsigned step = word->position > broken->position ? 1 : 0;
      const IndexForms *forms = index_lexicon_forms (lexicon, word->raw, language);
      if (forms != NULL)
        add (terms, "", forms->folded, base + word->position - first - step, false);
    }
}

/* The words of @text under their folded forms; returns the last position. */
static unsigned
add_words (GArray *terms, const char *prefix, const char *text, const char *language, IndexLexicon *lexicon,
           unsigned base)
{
  g_autoptr (GArray) words = index_words (text == NULL ? "" : text);
  unsigned last = base;
  for (guint i = 0; i < words->len; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      const IndexForms *forms = index_lexicon_forms (lexicon, word->raw, language);
      last = MAX (last, base + word->position);
      if (forms == NULL)
        continue;
      add_forms (terms, prefix, forms, base + word->position);
      if (word->begins && *prefix == '\0')
        add (terms, INDEX_TERM_BEGIN, forms->folded, base + word->position, false);
      if (word->ends && *prefix == '\0')
        add (terms, INDEX_TERM_END, forms->folded, base + word->position, false);
    }
  for (guint i = 0; i < words->len && *prefix == '\0'; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      if (!word->broken)
        continue;
      add_neighbours (terms, words, i, last + FIELD_GAP, language, lexicon);
      last += FIELD_GAP + 2 * NEIGHBOURS + 2;
    }
  return last;
}

char *
index_term_value (const char *prefix, const char *value)
{
  g_autofree char *folded = dk_fold (value);
  char *from = g_strstrip (folded);
  while (*from == '/')
    from++;
  for (gsize length = strlen (from); length > 0 && from[length - 1] == '/'; length--)
    from[length - 1] = '\0';
  if (strlen (from) > 2 * INDEX_TERM_BYTES)
    from[2 * INDEX_TERM_BYTES] = '\0';
  return g_strconcat (prefix, from, NULL);
}

static void
add_subject (GArray *terms, const char *subject)
{
  g_autofree char *path = index_term_value (INDEX_TERM_SUBJECT, subject == NULL ? "" : subject);
  for (char *slash = strrchr (path, '/'); path[1] != '\0'; slash = strrchr (path, '/'))
    {
      add (terms, "", path, 0, false);
      if (slash == NULL)
        return;
      *slash = '\0';
    }
}

static void
add_value (GArray *terms, const char *prefix, const char *value)
{
  g_autofree char *term = index_term_value (prefix, value == NULL ? "" : value);
  if (term[1] != '\0')
    add (terms, "", term, 0, false);
}

char *
index_term_number (const char *number)
{
  g_autofree char *folded = dk_fold (number);
  GString *term = g_string_new (INDEX_TERM_NUMBER);
  for (const char *at = folded; *at != '\0' && term->len < INDEX_TERM_BYTES; at++)
    if (g_ascii_isalnum (*at) || (*at == '/' && g_ascii_isdigit (at[1])))
      g_string_append_c (term, *at);
  return g_string_free (term, FALSE);
}

static void
add_number (GArray *terms, const char *number)
{
  g_autofree char *term = index_term_number (number == NULL ? "" : number);
  if (term[1] == '\0')
    return;
  add (terms, "", term, 0, false);
  char *slash = strrchr (term, '/');
  if (slash == NULL)
    return;
  *slash = '\0';
  add (terms, "", term, 0, false);
}

static void
add_received (GArray *terms, int32_t received)
{
  g_autofree char *day = dk_day_format (received);
  for (gsize length = day == NULL ? 0 : strlen (day); length >= 4; length -= length == 4 ? 4 : 3)
    {
      day[length] = '\0';
      add (terms, INDEX_TERM_RECEIVED, day, 0, false);
    }
}

GArray *
index_terms (const IndexPage *page, IndexLexicon *lexicon)
{
  GArray *terms = g_array_new (FALSE, TRUE, sizeof (IndexTerm));
  g_array_set_clear_func (terms, clear_term);
  const char *language = page->language == NULL ? "und" : page->language;
  unsigned last = add_words (terms, "", page->text, language, lexicon, 0);
  last = add_words (terms, "", page->extra, language, lexicon, last + FIELD_GAP);
  add_words (terms, "", page->number, "und", lexicon, last + FIELD_GAP);
  add_words (terms, INDEX_TERM_FROM, page->sender, "und", lexicon, 0);
  add_words (terms, INDEX_TERM_NAME, page->name, "und", lexicon, 0);
  add_value (terms, INDEX_TERM_KIND, page->kind);
  add_value (terms, INDEX_TERM_LANGUAGE, language);
  add_subject (terms, page->subject);
  add_number (terms, page->number);
  add_received (terms, page->received);
  return terms;
}

char *
index_term_page (int64_t document, int64_t page_no)
{
  return g_strdup_printf (INDEX_TERM_PAGE "%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT, document, page_no);
}

char *
index_term_document (int64_t document)
{
  return g_strdup_printf (INDEX_TERM_DOCUMENT "%" G_GINT64_FORMAT, document);
}
