#include "classify/lines.h"
#include "classify/matcher.h"

#define GREETING_MOST 60 /* code points of a line that greets; a longer one says more */
#define ENDING_MOST 160  /* of a line that ends a letter */
#define ENDING_BEFORE 2  /* words that may stand before the formula: "I very much look forward" */
#define NAME_MOST 1      /* words of a name behind a greeting without a comma */
#define OPENING_WORDS 4  /* of a line without a date that says who wrote what stands below */
#define SAID_SMALL 3     /* small words in the end of a sentence of the writer's, above or between what he quotes */
#define PROSE_WORDS 5    /* of a line that ends like a sentence … */
#define PROSE_LONG 9     /* … and of any line */

/* --- a line by its letters --- */

static void
look_at_letters (const char *from, const char *to, ClassifyLine *line)
{
  bool inside = false;
  line->capitals = true;
  for (const char *c = from; c < to; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);
      line->first = line->first == 0 && !g_unichar_isspace (letter) ? letter : line->first;
      line->last = g_unichar_isspace (letter) ? line->last : letter;
      line->capitals &= !g_unichar_islower (letter);
      line->figures |= g_unichar_isdigit (letter) || letter == '@';
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
      ClassifyLine line = { .page = index, .at = at, .length = length, .from = next, .to = next };
      look_at_letters (text, text + bytes, &line);
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

bool
classify_line_ends_sentence (const ClassifyLine *line)
{
  return line->last == '.' || line->last == '?' || line->last == '!' || line->last == 0x2026;
}

bool
classify_line_calls (const ClassifyLine *line)
{
  return line->last == ',' || line->last == '!' || line->last == ':';
}

static bool
has_sign (const ClassifyLine *line)
{
  return line->greets || line->ends || line->heads || line->opens_quotes || line->quoted;
}

bool
classify_line_is_prose (const ClassifyLine *line)
{
  guint n = line->to - line->from;
  return !has_sign (line) && (n >= PROSE_LONG || (n >= PROSE_WORDS && classify_line_ends_sentence (line)))
         && (line->capitals || line->small * 2 >= n);
}

/* Whether it shows that the writer says something himself, be it short or full of names and figures. */
static bool
is_own (const ClassifyLine *line)
{
  return line->first != '>'
         && (classify_line_is_prose (line)
             || (!has_sign (line) && line->small >= SAID_SMALL && classify_line_ends_sentence (line)));
}

/* --- by the signs in it --- */

/* Tells of @line what the sign @match in it makes of it. */
static void
take_sign (const ClassifyWords *words, const ClassifyMatch *match, ClassifyLine *line)
{
  const char *id = match->concept->id;
  bool first = match->from == line->from, whole = first && match->to == line->to;
  bool closed = classify_line_calls (line) || line->to <= match->to + NAME_MOST;
  line->greets |= g_str_equal (id, "greeting") && first && closed && line->length <= GREETING_MOST;
  line->ends |= g_str_equal (id, "ending") && match->from <= line->from + ENDING_BEFORE && line->length <= ENDING_MOST;
  line->opens_quotes |= g_str_equal (id, "quoting")
                        && (whole || (line->last == ':' && (line->figures || line->to - line->from <= OPENING_WORDS)));
  if (!g_str_equal (id, "heading") || !first || match->to >= line->to
      || !classify_words_colon_behind (words, match->to - 1))
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
      while (l < lines->len && g_array_index (lines, ClassifyLine, l).to <= match->from)
        l++;
      if (l < lines->len)
        take_sign (words, match, &g_array_index (lines, ClassifyLine, l));
    }
}

/* What stands below a line that says so was written by another before, where the writer says something above; so was
 * what stands behind ">", where he says something anywhere. */
static void
mark_quoted (GArray *lines)
{
  bool says = false, below = false;
  for (guint l = 0; l < lines->len; l++)
    {
      ClassifyLine *line = &g_array_index (lines, ClassifyLine, l);
      below |= line->opens_quotes && says;
      line->quoted = below;
      says |= is_own (line);
    }
  for (guint l = 0; l < lines->len; l++)
    {
      ClassifyLine *line = &g_array_index (lines, ClassifyLine, l);
      line->quoted |= says && line->first == '>';
    }
}

GArray *
classify_lines_new (const ClassifyWords *words, const GArray *signs)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ClassifyLine));
  guint next = 0;
  for (guint i = 0; i < words->pages->len; i++)
    next = add_lines (words, i, next, lines);
  take_signs (words, signs, lines);
  mark_quoted (lines);
  return lines;
}
