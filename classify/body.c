#include "classify/body.h"
#include "classify/matcher.h"
#include <string.h>

#define GREETING_MOST 60 /* code points of a line that greets; a longer one says more */
#define ENDING_MOST 160  /* of a line that ends a letter */
#define ENDING_BEFORE 2  /* words that may stand before the formula: "I very much look forward" */
#define NAME_MOST 1      /* words of a name behind a greeting without a comma */
#define ADDRESSED_MOST 6 /* words of a line that greets by its form alone */
#define TITLE_LEAST 3    /* words of a title above the greeting */
#define QUOTING_WORDS 4  /* of a line that says no more than that another is quoted below */
#define PROSE_WORDS 5    /* of a line that ends like a sentence … */
#define PROSE_LONG 9     /* … and of any line */
#define BODY_WORDS 6     /* fewer are no letter: its form was not understood … */
#define BODY_FRAMED 2    /* … but where both a greeting and an ending stand round them, or another is quoted */

typedef struct
{
  guint page;           /* index into the pages */
  guint from, to;       /* words, to exclusive; never empty */
  guint length;         /* code points */
  gunichar first, last; /* of them, without blanks */
  guint small;          /* words that begin with a small letter */
  bool capitals;        /* no letter is small */
  bool figures;         /* there is one */
  bool greets, ends, heads;
  guint value; /* the first word that a heading says, behind its label */
  bool quotes; /* what follows was written by another before */
  bool quoted; /* so was this: it begins with ">" */
} Line;

/* --- lines --- */

static void
look_at_letters (const char *from, const char *to, Line *line)
{
  bool inside = false;
  line->capitals = true;
  for (const char *c = from; c < to; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      line->first = line->first == 0 && !g_unichar_isspace (letter) ? letter : line->first;
      line->last = g_unichar_isspace (letter) ? line->last : letter;
      line->capitals &= !g_unichar_islower (letter);
      line->figures |= g_unichar_isdigit (letter);
      line->small += !inside && g_unichar_islower (letter) ? 1 : 0;
      inside = g_unichar_isalnum (letter) || letter == '\'' || letter == 0x2019;
    }
}

/* Adds the lines of @page, with the index @index, whose words begin at @next. The first word behind it is returned. */
static guint
add_lines (const ClassifyWords *words, guint index, guint next, GArray *lines)
{
  const RecordPage *page = words->pages->pdata[index];
  uint32_t at = 0;
  for (const char *text = page->text; *text != '\0';)
    {
      gsize bytes = strcspn (text, "\n");
      guint length = (guint)g_utf8_strlen (text, (gssize)bytes);
      Line line = { .page = index, .from = next, .to = next, .length = length };
      look_at_letters (text, text + bytes, &line);
      line.quoted = line.first == '>';
      for (; line.to < words->words->len; line.to++)
        {
          const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, line.to);
          if (word->page != index || word->from >= at + length)
            break;
        }
      if (line.to > line.from)
        g_array_append_val (lines, line);
      next = line.to;
      at += length + 1;
      text += bytes + (text[bytes] == '\n' ? 1 : 0);
    }
  return next;
}

static GArray *
lines_of (const ClassifyWords *words)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  guint next = 0;
  for (guint i = 0; i < words->pages->len; i++)
    next = add_lines (words, i, next, lines);
  return lines;
}

static bool
is_colon_behind (const ClassifyWords *words, guint at)
{
  const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, at);
  const char *text = g_utf8_offset_to_pointer (((const RecordPage *)words->pages->pdata[word->page])->text, word->to);
  while (*text == ' ' || strncmp (text, "\u00a0", 2) == 0)
    text = g_utf8_next_char (text);
  return *text == ':';
}

/* Tells of @line what the sign @match in it makes of it. */
static void
take_sign (const ClassifyWords *words, const ClassifyMatch *match, Line *line)
{
  const char *id = match->concept->id;
  bool first = match->from == line->from;
  bool closed = strchr (",!:", (int)MIN (line->last, 127)) != NULL || line->to <= match->to + NAME_MOST;
  line->greets |= g_str_equal (id, "greeting") && first && closed && line->length <= GREETING_MOST;
  line->ends |= g_str_equal (id, "ending") && match->from <= line->from + ENDING_BEFORE && line->length <= ENDING_MOST;
  line->quotes |= g_str_equal (id, "quoting")
                  && ((line->figures && line->last == ':') || !g_unichar_isalnum (line->first)
                      || line->to - line->from <= QUOTING_WORDS);
  if (!g_str_equal (id, "heading") || !first || match->to >= line->to || !is_colon_behind (words, match->to - 1))
    return;
  line->heads = true;
  line->value = match->to;
}

static void
take_signs (const ClassifyWords *words, const GArray *signs, GArray *lines)
{
  guint l = 0;
  for (guint i = 0; i < signs->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (signs, ClassifyMatch, i);
      while (l < lines->len && g_array_index (lines, Line, l).to <= match->from)
        l++;
      if (l < lines->len)
        take_sign (words, match, &g_array_index (lines, Line, l));
    }
}

static bool
ends_sentence (const Line *line)
{
  return line->last == '.' || line->last == '?' || line->last == '!' || line->last == 0x2026;
}

/* Whether the line says something, as lines of addresses and references, full of names and figures, do not. */
static bool
is_prose (const Line *line)
{
  guint n = line->to - line->from;
  return !line->greets && !line->ends && !line->heads && !line->quotes && !line->quoted
         && (n >= PROSE_LONG || (n >= PROSE_WORDS && ends_sentence (line))) && (line->capitals || line->small * 2 >= n);
}

/* Leaves out of @lines what the writer quotes: lines behind ">", and what stands below the line that says so, where he
 * says something himself above. Whether anything is quoted. */
static bool
drop_quoted (GArray *lines)
{
  bool says = false, quotes = false, below = false;
  guint kept = 0;
  for (guint l = 0; l < lines->len && !below; l++)
    {
      Line line = g_array_index (lines, Line, l);
      says |= is_prose (&line);
      below = line.quotes && says;
      quotes |= below || line.quoted;
      if (!line.quoted && !below)
        g_array_index (lines, Line, kept++) = line;
    }
  g_array_set_size (lines, kept);
  return quotes;
}

/* A short line with a comma, a colon or an exclamation mark at its end, between an address and a sentence, greets
 * whatever its words are. */
static void
find_greeting_by_form (GArray *lines)
{
  bool addressed = false;
  for (guint l = 0; l + 1 < lines->len; l++)
    {
      Line *line = &g_array_index (lines, Line, l);
      const Line *next = line + 1;
      if (is_prose (line))
        return;
      line->greets |= addressed && !line->ends && !line->heads && strchr (",!:", (int)MIN (line->last, 127)) != NULL
                      && line->to - line->from <= ADDRESSED_MOST && !next->ends
                      && (is_prose (next) || ends_sentence (next));
      if (line->greets)
        return;
      addressed = true;
    }
}

/* --- the letter itself --- */

/* The first line of it among @lines of @words words: behind the last greeting above its first sentence, behind the
 * first greeting below, or that sentence. A greeting below it in the second half is another's. */
static guint
first_line (const GArray *lines, guint words)
{
  guint prose = 0, greeting = G_MAXUINT;
  while (prose < lines->len && !is_prose (&g_array_index (lines, Line, prose)))
    prose++;
  for (guint l = 0; l < lines->len && (l < prose || g_array_index (lines, Line, l).from < words / 2); l++)
    if (g_array_index (lines, Line, l).greets && (l < prose || greeting == G_MAXUINT))
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
  while (end > first && !is_prose (&g_array_index (lines, Line, end - 1))
         && !ends_sentence (&g_array_index (lines, Line, end - 1)))
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
      Line *title = &g_array_index (lines, Line, l - 1);
      guint n = title->to - title->from;
      if (!g_array_index (lines, Line, l).greets)
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
      Line line = g_array_index (lines, Line, l);
      if (line.page > last_page)
        break;
      if (l < first && line.heads)
        line.from = line.value;
      if (l >= first && line.ends)
        last_page = line.page;
      if (l < first ? line.heads : !line.ends && (last_page == G_MAXUINT || is_prose (&line)))
        g_array_index (lines, Line, kept++) = line;
    }
  g_array_set_size (lines, kept);
}

/* Adds the words of @line to @body, in the sentences that they are of. */
static void
add_line (const ClassifyWords *words, const Line *line, bool goes_on, ClassifyWords *body)
{
  for (guint i = line->from; i < line->to; i++)
    {
      ClassifyWord word = g_array_index (words->words, ClassifyWord, i);
      bool same
          = (i > line->from || goes_on) && g_array_index (words->words, ClassifyWord, i - 1).sentence == word.sentence;
      if (!same)
        {
          ClassifySentence sentence = g_array_index (words->sentences, ClassifySentence, word.sentence);
          sentence.from = body->words->len;
          g_array_append_val (body->sentences, sentence);
        }
      word.sentence = body->sentences->len - 1;
      for (const char *c = word.text; *c != '\0'; c = g_utf8_next_char (c))
        *(g_unichar_isdigit (g_utf8_get_char (c)) ? &body->digits : &body->letters) += 1;
      g_array_append_val (body->words, word);
      g_array_index (body->sentences, ClassifySentence, word.sentence).to = body->words->len;
    }
}

/* How many words it takes among @lines to be taken for the letter itself; G_MAXUINT where no line has its form.
 * @quotes: another's words were left out. */
static guint
least_words (const GArray *lines, bool quotes)
{
  bool greets = false, ends = false, heads = false;
  for (guint l = 0; l < lines->len; l++)
    {
      greets |= g_array_index (lines, Line, l).greets;
      ends |= g_array_index (lines, Line, l).ends;
      heads |= g_array_index (lines, Line, l).heads;
    }
  return (greets && ends) || quotes ? BODY_FRAMED : greets || ends || heads ? BODY_WORDS : G_MAXUINT;
}

ClassifyWords *
classify_body_new (const ClassifyWords *words, const GArray *signs)
{
  g_autoptr (GArray) lines = lines_of (words);
  take_signs (words, signs, lines);
  bool quotes = drop_quoted (lines);
  find_greeting_by_form (lines);
  find_title (lines);
  guint least = least_words (lines, quotes);
  if (least == G_MAXUINT)
    return NULL;
  keep_body (lines, words->words->len);
  g_autoptr (ClassifyWords) body = g_new0 (ClassifyWords, 1);
  *body = (ClassifyWords){ .pages = words->pages,
                           .words = g_array_new (FALSE, FALSE, sizeof (ClassifyWord)),
                           .sentences = g_array_new (FALSE, FALSE, sizeof (ClassifySentence)),
                           .strings = g_string_chunk_new (1) };
  guint end = 0;
  for (guint l = 0; l < lines->len; l++)
    {
      const Line *line = &g_array_index (lines, Line, l);
      add_line (words, line, line->from > 0 && line->from == end, body);
      end = line->to;
    }
  bool is_part = body->words->len >= least && body->words->len < words->words->len;
  return is_part ? g_steal_pointer (&body) : NULL;
}
