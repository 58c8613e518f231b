#include "classify/field_text.h"
#include "base/hyphen.h"
#include "classify/field_words.h"
#include <string.h>

/* Code points looked at: of all pages together, and kept back for each of the last two. */
#define TEXT_BUDGET 262144
#define TAIL_BUDGET 16384
#define LONGEST_GLUED 40 /* letters or digits before a lost blank */
#define LONGEST_ASIDE 40 /* bytes */
#define COLUMN_BLANKS 2
#define COLUMN_WORDS 5
#define COLUMN_ROWS 3
#define FIRST_PAGES 3
#define LAST_PAGES 2

typedef struct
{
  gunichar letter;
  const char *plain;
} PlainForm;

/* What Unicode does not take apart by itself, and signs that recognition confuses. */
static const PlainForm plain_forms[] = {
  { 0x20B9, "Rs" }, { 0x20A1, "CRC" }, { 0x20AC, "\x01" }, { 0x00A3, "\x02" }, { 0x00A9, "@" },   { 0x00B0, "o" },
  { 0x00C6, "AE" }, { 0x00D0, "D" },   { 0x00D8, "O" },    { 0x00DF, "ss" },   { 0x00E6, "ae" },  { 0x00F0, "d" },
  { 0x00F8, "o" },  { 0x0110, "D" },   { 0x0111, "d" },    { 0x0131, "i" },    { 0x0141, "L" },   { 0x0142, "l" },
  { 0x0152, "OE" }, { 0x0153, "oe" },  { 0x00B7, "." },    { 0x2022, "*" },    { 0x00AB, "\"" },  { 0x00BB, "\"" },
  { 0x201C, "\"" }, { 0x201D, "\"" },  { 0x201E, "\"" },   { 0x2018, "'" },    { 0x2019, "'" },   { 0x201A, "'" },
  { 0x201B, "'" },  { 0x00B4, "'" },   { 0x0060, "'" },    { 0x2032, "'" },    { 0x2212, "-" },   { 0x2044, "/" },
  { 0x00BF, " " },  { 0x00A1, " " },   { 0x20A6, "NGN" },  { 0x20B1, "PHP" },  { 0x20B2, "PYG" }, { 0x20B4, "UAH" },
  { 0x20B5, "S" }, /* GH₵ */
};

static bool
is_line_end (gunichar letter)
{
  return letter == '\n' || letter == '\f' || letter == '\v' || letter == 0x85 || letter == 0x2028 || letter == 0x2029;
}

static void
append_plain (GString *plain, gunichar letter)
{
  for (size_t i = 0; i < G_N_ELEMENTS (plain_forms); i++)
    if (plain_forms[i].letter == letter)
      {
        g_string_append (plain, plain_forms[i].plain);
        return;
      }
  switch (g_unichar_type (letter))
    {
    case G_UNICODE_DASH_PUNCTUATION:
      g_string_append_c (plain, '-');
      return;
    case G_UNICODE_SPACE_SEPARATOR:
    case G_UNICODE_CONTROL:
      g_string_append_c (plain, ' ');
      return;
    case G_UNICODE_FORMAT:
    case G_UNICODE_NON_SPACING_MARK:
    case G_UNICODE_SPACING_MARK:
    case G_UNICODE_ENCLOSING_MARK:
      return;
    default:
      break;
    }
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  gsize n = g_unichar_fully_decompose (letter, TRUE, parts, G_N_ELEMENTS (parts));
  bool known = false;
  for (gsize i = 0; i < MIN (n, G_N_ELEMENTS (parts)); i++)
    if (parts[i] > ' ' && parts[i] < 0x7F)
      {
        g_string_append_c (plain, (char)parts[i]);
        known = true;
      }
  if (!known)
    g_string_append_c (plain, g_unichar_isalpha (letter) ? FIELD_OTHER : ' ');
}

/* The plain bytes of one letter; nothing for marks, carriage returns and what cannot be seen. */
static void
append_letter (GString *plain, gunichar letter)
{
  if (letter == '\r')
    return;
  if (letter == '\t')
    g_string_append (plain, "   ");
  else if (letter == '~') /* a dash on a bad scan */
    g_string_append_c (plain, '-');
  else if (letter > ' ' && letter < 0x7F && letter != '`')
    g_string_append_c (plain, (char)letter);
  else
    append_plain (plain, letter);
}

static void
end_line (FieldText *text, uint32_t from, uint32_t page, uint32_t code_point)
{
  FieldSpan span = field_text_trim (text, (FieldSpan){ from, (uint32_t)text->plain->len }, "");
  bool outer = page < FIRST_PAGES || page + LAST_PAGES >= text->pages->len;
  FieldLine line = { .from = span.from, .to = span.to, .page = page, .outer = outer };
  g_array_append_val (text->lines, line);
  g_string_append_c (text->plain, '\n');
  g_array_append_val (text->origin, code_point);
}

/* Where the text goes on when a word or a number is broken at @at: behind the hyphen and the line end, or, at the line
 * end behind a hyphen that is part of the number, behind that alone; @at where nothing is broken. */
static const char *
past_break (const char *page, const char *at)
{
  const char *rest = NULL;
  if (dk_is_hyphen (g_utf8_get_char (at)) && dk_hyphen (page, at, &rest) == DK_HYPHEN_JOINS)
    return rest;
  if (at == page || !dk_is_hyphen (g_utf8_get_char (g_utf8_prev_char (at))))
    return at;
  bool number
      = dk_hyphen (page, g_utf8_prev_char (at), &rest) == DK_HYPHEN_KEPT && g_unichar_isdigit (g_utf8_get_char (rest));
  return number ? rest : at;
}

/* The first @head and last @tail code points of a page. A line at whose end a word is broken goes on with the next. */
static void
add_page (FieldText *text, uint32_t page, uint32_t head, uint32_t tail)
{
  const char *begin = ((const RecordPage *)g_ptr_array_index (text->pages, page))->text, *p = begin;
  uint32_t n = (uint32_t)g_utf8_strlen (p, -1);
  uint32_t line_from = (uint32_t)text->plain->len;
  uint32_t at = 0;
  for (; at < n; at++, p = g_utf8_next_char (p))
    {
      const char *rest = past_break (begin, p);
      at += (uint32_t)g_utf8_strlen (p, rest - p);
      p = rest;
      if (at >= head && n - at > tail)
        {
          end_line (text, line_from, page, at);
          line_from = (uint32_t)text->plain->len;
          p = g_utf8_offset_to_pointer (p, (glong)(n - tail - at));
          at = n - tail;
          if (at == n)
            break;
        }
      gunichar letter = g_utf8_get_char (p);
      if (is_line_end (letter))
        {
          end_line (text, line_from, page, at);
          line_from = (uint32_t)text->plain->len;
          continue;
        }
      gsize before = text->plain->len;
      append_letter (text->plain, letter);
      for (gsize i = before; i < text->plain->len; i++)
        g_array_append_val (text->origin, at);
    }
  end_line (text, line_from, page, n);
}

/* "19l01/2025": a stroke read as a letter or a one between the numbers of a date. */
static void
end_strokes (FieldText *text)
{
  char *plain = text->plain->str;
  static const char strokes[] = "lI1|";
  for (uint32_t i = 5; i + 4 < text->plain->len; i++)
    {
      if (plain[i] != '/' && plain[i] != '.')
        continue;
      bool year_behind
          = g_ascii_isdigit (plain[i + 1]) && g_ascii_isdigit (plain[i + 4]) && !g_ascii_isalnum (plain[i + 5]);
      bool two = g_ascii_isdigit (plain[i - 1]) && g_ascii_isdigit (plain[i - 2]) && g_ascii_isalnum (plain[i - 4])
                 && (i < 6 || !g_ascii_isalnum (plain[i - 6]) || !g_ascii_isalnum (plain[i - 5]));
      if (plain[i] == '/' && year_behind && two && strchr (strokes, plain[i - 3]) != NULL
          && field_as_digit (plain[i - 4]) != '\0')
        plain[i - 3] = '/';
      else if (plain[i] == '/' && g_ascii_isdigit (plain[i + 1]) && g_ascii_isdigit (plain[i + 2])
               && strchr (strokes, plain[i + 3]) != NULL && plain[i + 3] != '\0'
               && strncmp (plain + i + 4, "20", 2) == 0 && g_ascii_isdigit (plain[i + 7])
               && !g_ascii_isalnum (plain[i + 8]))
        plain[i + 3] = '/';
    }
}

/* "4?2,00": a seven; nobody asks right before a digit. */
static void
end_questions (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t i = 1; plain[i] != '\0'; i++)
    if (plain[i] == '?'
        && (g_ascii_isdigit (plain[i + 1])
            || (g_ascii_isdigit (plain[i - 1]) && strchr (".,", plain[i + 1]) != NULL && plain[i + 1] != '\0'
                && g_ascii_isdigit (plain[i + 2]))))
      plain[i] = '7';
}

/* "318 .72" */
static bool
is_cents (const char *plain, uint32_t at)
{
  return plain[at] == '.' && at >= 2 && g_ascii_isdigit (plain[at - 2]) && g_ascii_isdigit (plain[at + 1])
         && g_ascii_isdigit (plain[at + 2]) && !g_ascii_isalnum (plain[at + 3]);
}

/* " ,Grant", " .Cluny": a mark behind a blank that goes on without one is dirt. */
static void
end_dirt (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t i = 1; plain[i] != '\0' && plain[i + 1] != '\0'; i++)
    if (plain[i - 1] == ' ' && strchr (",.|'", plain[i]) != NULL && g_ascii_isalnum (plain[i + 1])
        && !is_cents (plain, i)
        && (plain[i] != '\''
            || (g_ascii_isdigit (plain[i + 1])
                && !(g_ascii_isdigit (plain[i + 2]) && !g_ascii_isalnum (plain[i + 3])))))
      plain[i] = ' ';
}

/* "Name ......... Kovács": a row of dots is the colon of a form. */
static void
end_leaders (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t i = 0; plain[i] != '\0'; i++)
    {
      uint32_t to = i, dots = 0;
      while (strchr (". _", plain[to]) != NULL && plain[to] != '\0')
        dots += plain[to++] != ' ';
      if (dots >= 4 || (dots == 3 && i > 0 && plain[i] == ' '))
        {
          memset (plain + i, ' ', to - i);
          plain[i + (plain[i + 1] == ' ')] = ':';
        }
      i = MAX (i, to > 0 ? to - 1 : 0);
    }
}

/* "Customer number (if you have one): …": what a form explains in brackets. "| Order | 4711 |": its two cells. */
static void
end_asides (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      const FieldLine *line = &g_array_index (text->lines, FieldLine, l);
      uint32_t open = 0, bars = 0, middle = 0;
      for (uint32_t i = line->from; i < line->to; i++)
        {
          if (plain[i] == '(' || g_ascii_isdigit (plain[i]))
            open = plain[i] == '(' ? i : 0;
          if (plain[i] == ')' && open > line->from && i - open < LONGEST_ASIDE
              && plain[i + 1 + strspn (plain + i + 1, " ")] == ':')
            memset (plain + open, ' ', i + 1 - open);
          if (plain[i] == '|' && ++bars == 2)
            middle = i;
        }
      if (bars == 3 && plain[line->from] == '|' && plain[line->to - 1] == '|')
        plain[middle] = ':';
    }
}

/* The one wide gap, or dash between blanks, in the line, behind its first few words; 0 when there is none, or another.
 */
static uint32_t
column_gap (const char *plain, const FieldLine *line)
{
  uint32_t gap = 0, words = 1;
  for (uint32_t i = line->from; i + 2 < line->to; i++)
    {
      if (plain[i] != ' ')
        continue;
      uint32_t blanks = (uint32_t)strspn (plain + i, " ");
      if (blanks >= COLUMN_BLANKS && gap != 0)
        return 0;
      if (blanks >= COLUMN_BLANKS || (gap == 0 && plain[i + 1] == '-' && plain[i + 2] == ' '))
        gap = i;
      words += gap == 0;
      i += blanks - 1;
    }
  return words <= COLUMN_WORDS && memchr (plain + line->from, ':', line->to - line->from) == NULL ? gap : 0;
}

/* "Name      Jane Roe" in one line after another: the colons that a form in columns does without. */
static void
end_columns (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t l = 0, rows = 0; l <= text->lines->len; l++)
    {
      if (l < text->lines->len && column_gap (plain, &g_array_index (text->lines, FieldLine, l)) != 0)
        {
          rows++;
          continue;
        }
      for (uint32_t row = l - rows; rows >= COLUMN_ROWS && row < l; row++)
        plain[column_gap (plain, &g_array_index (text->lines, FieldLine, row))] = ':';
      rows = 0;
    }
}

static bool
begins_small_word (const char *p)
{
  return (g_ascii_strncasecmp (p, "de", 2) == 0 || g_ascii_strncasecmp (p, "of", 2) == 0) && !g_ascii_isalnum (p[2]);
}

/* What a number is often written before. */
static bool
begins_unit (const char *word, uint32_t n)
{
  static const char *const units[]
      = { "jan", "fev", "feb", "mar", "apr", "avr", "abr", "may", "mai", "maj", "jun", "jui", "jul",
          "aug", "aou", "ago", "sep", "sze", "oct", "okt", "nov", "dec", "dic", "ene", "day", "jou",
          "dia", "nap", "wee", "sem", "het", "eur", "for", "pou", "fra", "pes", "dol" };
  for (size_t i = 0; n >= 3 && i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strncasecmp (word, units[i], 3) == 0)
      return true;
  return false;
}

/* Whether a blank was lost between the bytes before and at @at: "le31", "de2024", "5mai", "Order70". */
static bool
lost_blank (const char *plain, uint32_t from, uint32_t at)
{
  bool number = g_ascii_isdigit (plain[from]) != 0;
  uint32_t before = at - from, after = 0;
  bool turns = (g_ascii_isdigit (plain[at - 1]) != 0) != (g_ascii_isdigit (plain[at]) != 0)
               || (g_ascii_islower (plain[at - 1]) && g_ascii_isupper (plain[at]));
  if (!turns || before > LONGEST_GLUED)
    return false;
  if (before >= 5 && g_ascii_islower (plain[at - 1]) && g_ascii_islower (plain[at - 2]) && g_ascii_isupper (plain[at]))
    return !g_ascii_islower (plain[at + 1])                                       /* "invoiceA/20931" */
           || (g_ascii_isupper (plain[from]) && g_ascii_islower (plain[at + 2])); /* "NemesCsongor" */
  for (uint32_t i = from; i < at; i++)
    if ((g_ascii_isdigit (plain[i]) != 0) != number)
      return false;
  if (number == (g_ascii_isdigit (plain[at]) != 0))
    return false;
  while (after < LONGEST_GLUED && g_ascii_isalnum (plain[at + after])
         && (g_ascii_isdigit (plain[at + after]) != 0) != number)
    after++;
  if (number)
    return (before >= 4 && before <= 5 && after >= 3 && g_ascii_isupper (plain[at]) && g_ascii_islower (plain[at + 1])
            && g_ascii_islower (plain[at + 2])) /* "71250Cluny" */
           || (before <= 4 && (begins_unit (plain + at, after) || begins_small_word (plain + at)));
  bool small_word = before == 2 && strchr ("dleoaubn", g_ascii_tolower (plain[from])) != NULL
                    && strchr ("elnfuy", plain[from + 1]) != NULL && after >= 2;
  return (before >= 3 || small_word) && g_ascii_islower (plain[at - 1]) && !g_ascii_isalpha (plain[at + after]);
}

static void
add_tokens (FieldText *text)
{
  const char *plain = text->plain->str;
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      for (uint32_t i = line->from; i < line->to; i++)
        {
          if (!g_ascii_isalnum (plain[i]) && plain[i] != FIELD_OTHER)
            continue;
          FieldToken token = { .from = i, .line = l };
          bool digits = false, letters = false;
          for (; i < line->to && (g_ascii_isalnum (plain[i]) || plain[i] == FIELD_OTHER)
                 && !(i > token.from && lost_blank (plain, token.from, i));
               i++)
            g_ascii_isdigit (plain[i]) ? (digits = true) : (letters = true);
          token.to = i;
          token.kind = digits && letters ? FIELD_TOKEN_MIXED : digits ? FIELD_TOKEN_NUMBER : FIELD_TOKEN_WORD;
          g_array_append_val (text->tokens, token);
          i--; /* the loop steps on over the byte behind it, which a lost blank made the first of the next */
        }
    }
}

FieldText *
field_text_new (const GPtrArray *pages)
{
  FieldText *text = g_new0 (FieldText, 1);
  text->pages = pages;
  text->plain = g_string_sized_new (4096);
  text->origin = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  text->lines = g_array_new (FALSE, TRUE, sizeof (FieldLine));
  text->tokens = g_array_new (FALSE, TRUE, sizeof (FieldToken));
  uint32_t left = TEXT_BUDGET - LAST_PAGES * TAIL_BUDGET;
  for (uint32_t i = 0; i < pages->len; i++)
    {
      uint32_t before = (uint32_t)text->plain->len;
      bool last = i + LAST_PAGES >= pages->len;
      if (left > 0 || last)
        add_page (text, i, left, last ? TAIL_BUDGET : 0);
      uint32_t used = (uint32_t)text->plain->len - before;
      left -= MIN (left, used);
    }
  end_leaders (text);
  end_asides (text);
  end_columns (text);
  end_dirt (text);
  end_questions (text);
  end_strokes (text);
  add_tokens (text);
  text->taken = g_new0 (uint8_t, text->plain->len + 1);
  return text;
}

void
field_text_free (FieldText *text)
{
  if (text == NULL)
    return;
  g_string_free (text->plain, TRUE);
  g_array_unref (text->origin);
  g_array_unref (text->lines);
  g_array_unref (text->tokens);
  g_free (text->taken);
  g_free (text);
}

const FieldLine *
field_text_line (const FieldText *text, uint32_t index)
{
  return &g_array_index (text->lines, FieldLine, index);
}

const FieldToken *
field_text_token (const FieldText *text, uint32_t index)
{
  return &g_array_index (text->tokens, FieldToken, index);
}

uint32_t
field_text_line_at (const FieldText *text, uint32_t at)
{
  uint32_t low = 0, high = text->lines->len;
  while (high - low > 1)
    {
      uint32_t middle = low + (high - low) / 2;
      if (field_text_line (text, middle)->from <= at)
        low = middle;
      else
        high = middle;
    }
  return low;
}

uint32_t
field_text_token_at (const FieldText *text, uint32_t at)
{
  uint32_t low = 0, high = text->tokens->len;
  while (low < high)
    {
      uint32_t middle = low + (high - low) / 2;
      if (field_text_token (text, middle)->to <= at)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The code points of its page that @span came from. A slice belongs to the page of its beginning. */
static const RecordPage *
led_back (const FieldText *text, FieldSpan span, uint32_t *from, uint32_t *to)
{
  uint32_t page = field_text_line (text, field_text_line_at (text, span.from))->page;
  const uint32_t *origin = &g_array_index (text->origin, uint32_t, 0);
  *from = origin[span.from];
  *to = MAX (origin[span.to - 1] + 1, origin[span.to]);
  return g_ptr_array_index (text->pages, page);
}

char *
field_text_printed (const FieldText *text, FieldSpan span)
{
  if (span.from >= span.to)
    return g_strdup ("");
  uint32_t from, to;
  const RecordPage *page = led_back (text, span, &from, &to);
  g_autofree char *broken = g_utf8_substring (page->text, (glong)from, (glong)to);
  g_autofree char *slice = dk_hyphen_without (broken);
  GString *out = g_string_new (NULL);
  bool blank = false;
  for (const char *p = slice; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar letter = g_utf8_get_char (p);
      if (g_unichar_isspace (letter) || g_unichar_iscntrl (letter))
        {
          blank = out->len > 0;
          continue;
        }
      if (blank)
        g_string_append_c (out, ' ');
      blank = false;
      g_string_append_unichar (out, letter);
    }
  return g_string_free (out, FALSE);
}

char *
field_text_lower (const FieldText *text, FieldSpan span)
{
  return g_ascii_strdown (text->plain->str + span.from, (gssize)(span.to - span.from));
}

bool
field_text_is_taken (const FieldText *text, FieldSpan span)
{
  for (uint32_t i = span.from; i < span.to; i++)
    if (text->taken[i] != 0)
      return true;
  return false;
}

void
field_text_take (FieldText *text, FieldSpan span)
{
  memset (text->taken + span.from, 1, span.to - span.from);
}

FieldSpan
field_text_trim (const FieldText *text, FieldSpan span, const char *also)
{
  const char *plain = text->plain->str;
  while (span.from < span.to && (plain[span.from] == ' ' || strchr (also, plain[span.from]) != NULL))
    span.from++;
  while (span.from < span.to && (plain[span.to - 1] == ' ' || strchr (also, plain[span.to - 1]) != NULL))
    span.to--;
  return span;
}

char *
field_fold (const char *utf8)
{
  GString *plain = g_string_new (NULL);
  for (const char *p = utf8; *p != '\0'; p = g_utf8_next_char (p))
    append_letter (plain, g_utf8_get_char (p));
  g_string_ascii_down (plain);
  return g_string_free (plain, FALSE);
}

/* A slice that crosses pages is cut down to its last line. */
static FieldSpan
on_one_page (const FieldText *text, FieldSpan span)
{
  const FieldLine *last = field_text_line (text, field_text_line_at (text, span.to - 1));
  if (last->page != field_text_line (text, field_text_line_at (text, span.from))->page)
    span.from = last->from;
  return span;
}

RecordFinding *
field_found_because (GPtrArray *findings, const FieldText *text, const char *name, const char *value, FieldSpan span,
                     FieldSpan reason, double confidence, const char *rule)
{
  g_autofree char *raw = field_text_printed (text, on_one_page (text, span));
  uint32_t from, to;
  const RecordPage *page = led_back (text, on_one_page (text, span), &from, &to);
  RecordFinding *finding = record_finding_new (name, value, raw, confidence);
  record_finding_because (finding, page, from, to, rule); /* first its own place: that is the field's box */
  if (reason.from != span.from || reason.to != span.to)
    {
      page = led_back (text, on_one_page (text, reason), &from, &to);
      record_finding_because (finding, page, from, to, rule);
    }
  g_ptr_array_add (findings, finding);
  return finding;
}

RecordFinding *
field_found (GPtrArray *findings, const FieldText *text, const char *name, const char *value, FieldSpan span,
             double confidence, const char *rule)
{
  return field_found_because (findings, text, name, value, span, span, confidence, rule);
}
