#include "classify/body.h"

#define ADDRESSED_MOST 6 /* words of a line that greets by its form alone */
#define TITLE_LEAST 3    /* words of a title above the greeting */
#define BODY_WORDS 6     /* fewer are no letter: its form was not understood … */
#define BODY_FRAMED 2    /* … but where both a greeting and an ending stand round them, or another is quoted */

/* Those of @lines that the writer wrote himself. Owned by the caller. */
static GArray *
own_lines (const GArray *lines)
{
  GArray *own = g_array_new (FALSE, FALSE, sizeof (ClassifyLine));
  for (guint l = 0; l < lines->len; l++)
    if (!g_array_index (lines, ClassifyLine, l).quoted)
      g_array_append_val (own, g_array_index (lines, ClassifyLine, l));
  return own;
}

/* A short line with a comma, a colon or an exclamation mark at its end, between an address and a sentence, greets
 * whatever its words are. */
static void
find_greeting_by_form (GArray *lines)
{
  bool addressed = false;
  for (guint l = 0; l + 1 < lines->len; l++)
    {
      ClassifyLine *line = &g_array_index (lines, ClassifyLine, l);
      const ClassifyLine *next = line + 1;
      if (classify_line_is_prose (line))
        return;
      line->greets |= addressed && !line->ends && !line->heads && classify_line_calls (line)
                      && line->to - line->from <= ADDRESSED_MOST && !next->ends
                      && (classify_line_is_prose (next) || classify_line_ends_sentence (next));
      if (line->greets)
        return;
      addressed = true;
    }
}

/* The first line of it among @lines of @words words: behind the last greeting above its first sentence, behind the
 * first greeting below, or that sentence. A greeting below it in the second half is another's. */
static guint
first_line (const GArray *lines, guint words)
{
  guint prose = 0, greeting = G_MAXUINT;
  while (prose < lines->len && !classify_line_is_prose (&g_array_index (lines, ClassifyLine, prose)))
    prose++;
  for (guint l = 0; l < lines->len && (l < prose || g_array_index (lines, ClassifyLine, l).from < words / 2); l++)
    if (g_array_index (lines, ClassifyLine, l).greets && (l < prose || greeting == G_MAXUINT))
      greeting = l;
  if (greeting != G_MAXUINT)
    return greeting + 1;
  return prose < lines->len ? prose : 0;
}

/* Where what stands under the last sentence begins: a signature, where no formula ends the letter. */
static guint
lines_end (const GArray *lines, guint first)
{
  guint end = lines->len;
  while (end > first && !classify_line_is_prose (&g_array_index (lines, ClassifyLine, end - 1))
         && !classify_line_ends_sentence (&g_array_index (lines, ClassifyLine, end - 1)))
    end--;
  return end;
}

/* A line above the greeting that is neither name nor address nor date says what the letter is about, without a label.
 */
static void
find_title (GArray *lines)
{
  for (guint l = 1; l < lines->len; l++)
    {
      ClassifyLine *title = &g_array_index (lines, ClassifyLine, l - 1);
      guint n = title->to - title->from;
      if (!g_array_index (lines, ClassifyLine, l).greets)
        continue;
      if (!title->greets && !title->heads && !title->figures && n >= TITLE_LEAST && title->small * 2 > n)
        {
          title->heads = true;
          title->value = title->from;
        }
      return;
    }
}

/* Leaves in @lines, of @words words, those of the letter itself. Behind its ending, only what is said in sentences on
 * the same page is: a postscript, a list of faults. Later pages are enclosures. */
static void
keep_body (GArray *lines, guint words)
{
  guint first = first_line (lines, words), end = lines_end (lines, first), kept = 0;
  guint last_page = G_MAXUINT; /* where the letter has ended: its page */
  for (guint l = 0; l < end; l++)
    {
      ClassifyLine line = g_array_index (lines, ClassifyLine, l);
      if (line.page > last_page)
        break;
      if (l < first && line.heads)
        line.from = line.value;
      if (l >= first && line.ends)
        last_page = line.page;
      if (l < first ? line.heads : !line.ends && (last_page == G_MAXUINT || classify_line_is_prose (&line)))
        g_array_index (lines, ClassifyLine, kept++) = line;
    }
  g_array_set_size (lines, kept);
}

/* How many words it takes among @lines to be taken for the letter itself; G_MAXUINT where no line has its form.
 * @quotes: another's words were left out. */
static guint
least_words (const GArray *lines, bool quotes)
{
  bool greets = false, ends = false, heads = false;
  for (guint l = 0; l < lines->len; l++)
    {
      greets |= g_array_index (lines, ClassifyLine, l).greets;
      ends |= g_array_index (lines, ClassifyLine, l).ends;
      heads |= g_array_index (lines, ClassifyLine, l).heads;
    }
  return (greets && ends) || quotes ? BODY_FRAMED : greets || ends || heads ? BODY_WORDS : G_MAXUINT;
}

ClassifyWords *
classify_body_new (const ClassifyWords *words, const GArray *all)
{
  g_autoptr (GArray) lines = own_lines (all);
  bool quotes = lines->len < all->len;
  find_greeting_by_form (lines);
  find_title (lines);
  guint least = least_words (lines, quotes);
  if (least == G_MAXUINT)
    return NULL;
  keep_body (lines, words->words->len);
  g_autoptr (ClassifyWords) body = classify_words_part_new (words);
  for (guint l = 0; l < lines->len; l++)
    {
      const ClassifyLine *line = &g_array_index (lines, ClassifyLine, l);
      for (guint i = line->from; i < line->to; i++)
        classify_words_take (body, words, i);
    }
  bool is_part = body->words->len >= least && body->words->len < words->words->len;
  return is_part ? g_steal_pointer (&body) : NULL;
}
