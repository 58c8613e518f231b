#include "classify/field_text.h"
#include "base/hyphen.h"
#include "classify/field_columns.h"
#include "classify/field_layout.h"
#include "classify/field_tidy.h"
#include "classify/field_tokens.h"
#include <string.h>

/* Code points looked at: of all pages together, and kept back for each of the last two. */
#define TEXT_BUDGET 262144
#define TAIL_BUDGET 16384
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

void
field_text_end_line (FieldText *text, uint32_t from, uint32_t page, uint32_t code_point)
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

/* What the page shows before a word at the code point @at: the line left empty, and the blanks of the line that begins
 * at @line_from. */
static void
add_layout (FieldText *text, const FieldLayoutBefore *before, uint32_t *line_from, uint32_t page, uint32_t at)
{
  if (before->empty_line)
    {
      field_text_end_line (text, *line_from, page, at);
      *line_from = (uint32_t)text->plain->len;
    }
  while (text->plain->len - *line_from < before->column)
    {
      g_string_append_c (text->plain, ' ');
      g_array_append_val (text->origin, at);
    }
}

/* The first @head and last @tail code points of a page. A line at whose end a word is broken goes on with the next. */
static void
add_page (FieldText *text, uint32_t page, uint32_t head, uint32_t tail)
{
  const RecordPage *read = g_ptr_array_index (text->pages, page);
  g_autofree FieldLayoutBefore *layout = field_layout_new (read);
  guint word = 0;
  const char *begin = read->text, *p = begin;
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
          field_text_end_line (text, line_from, page, at);
          line_from = (uint32_t)text->plain->len;
          p = g_utf8_offset_to_pointer (p, (glong)(n - tail - at));
          at = n - tail;
          if (at == n)
            break;
        }
      while (word < read->words->len && g_array_index (read->words, RecordWord, word).from < at)
        word++;
      if (word < read->words->len && g_array_index (read->words, RecordWord, word).from == at)
        add_layout (text, &layout[word], &line_from, page, at);
      gunichar letter = g_utf8_get_char (p);
      if (is_line_end (letter))
        {
          field_text_end_line (text, line_from, page, at);
          line_from = (uint32_t)text->plain->len;
          continue;
        }
      gsize before = text->plain->len;
      append_letter (text->plain, letter);
      for (gsize i = before; i < text->plain->len; i++)
        g_array_append_val (text->origin, at);
    }
  field_text_end_line (text, line_from, page, n);
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
  field_columns_part (text);
  field_tidy (text);
  field_tokens_find (text);
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

const char *
field_list (const FieldText *text, FieldList list)
{
  return field_vocabulary_list (text->words, list)->text;
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
