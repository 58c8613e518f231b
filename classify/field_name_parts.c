/* A form that asks for the parts of a name in two places: "Nom : BOUCHERIT", "Prénom : Samia". */
#include "classify/field_address.h"
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_sender.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_CELLS 96   /* that are looked at, the first of the letter */
#define LABEL_WORDS 4   /* of a label */
#define LONGEST_PART 40 /* of a name, in bytes */
#define APART 2         /* cells from one part to the next: another label may stand between */
#define SURE 0.96

typedef enum
{
  PART_NONE,
  PART_FAMILY,
  PART_GIVEN,
} PartKind;

typedef struct
{
  FieldSpan span; /* what wide gaps and line ends part */
  uint32_t line;
  uint32_t column; /* cells before it on its line */
} Cell;

typedef struct
{
  PartKind kind;
  FieldSpan label, value;
  guint first, last; /* cells: of its label, and the last before the next label */
} Part;

/* --- cells --- */

/* Where the wide gap begins that ends the cell at @at: none before or behind the colon of a label; @end when there is
 * none. */
static uint32_t
cell_end (const char *plain, uint32_t at, uint32_t end)
{
  for (uint32_t i = at; i < end; i++)
    {
      uint32_t blanks = (uint32_t)strspn (plain + i, " ");
      if (blanks >= 3 && i > at && plain[i - 1] != ':' && plain[i + blanks] != ':')
        return i;
      i += blanks;
    }
  return end;
}

static GArray *
cells_of (const FieldText *text)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  const char *plain = text->plain->str;
  for (uint32_t l = 0; l < text->lines->len && cells->len < MOST_CELLS; l++)
    {
      uint32_t column = 0;
      for (uint32_t at = field_text_line (text, l)->from, end = field_text_line (text, l)->to; at < end; column++)
        {
          Cell cell = { { at, cell_end (plain, at, end) }, l, column };
          g_array_append_val (cells, cell);
          at = cell.span.to + (uint32_t)strspn (plain + cell.span.to, " ");
        }
    }
  return cells;
}

static const Cell *
cell_at (const GArray *cells, guint at)
{
  return at < cells->len ? &g_array_index (cells, Cell, at) : NULL;
}

/* Where the label of the cell ends: at its colon, or with it. */
static uint32_t
label_end (const FieldText *text, const Cell *cell)
{
  const char *plain = text->plain->str;
  const char *colon = memchr (plain + cell->span.from, ':', cell->span.to - cell->span.from);
  return colon != NULL ? (uint32_t)(colon - plain) : cell->span.to;
}

/* --- labels and values --- */

/* Whether the token is a word of @list, or one of three letters and more with one misread. */
static bool
is_of (const FieldText *text, const FieldToken *token, FieldList list)
{
  if (field_token_near_any (text, token, field_list (text, list)))
    return true;
  g_autofree char *word = field_text_lower (text, (FieldSpan){ token->from, token->to });
  const char *const *label = field_vocabulary_list (text->words, list)->plain;
  for (; *label != NULL; label++)
    if (strlen (*label) == 3 && field_misreading_within (word, strlen (word), *label, 3, 1) <= 1)
      return true;
  return false;
}

/* "1er", "2o" */
static bool
is_ordinal (const FieldText *text, const FieldToken *token)
{
  return token->to - token->from <= 3 && strchr ("12", text->plain->str[token->from]) != NULL;
}

/* What a label asks for: all its words are of such labels, and some of one part alone. */
static PartKind
part_of (const FieldText *text, FieldSpan label)
{
  PartKind kind = PART_NONE;
  uint32_t first = field_text_token_at (text, label.from), i = first;
  for (; i < text->tokens->len && field_text_token (text, i)->from < label.to; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      PartKind one = is_of (text, token, FIELD_LIST_GIVEN_NAME_LABEL)    ? PART_GIVEN
                     : is_of (text, token, FIELD_LIST_FAMILY_NAME_LABEL) ? PART_FAMILY
                                                                         : PART_NONE;
      bool beside = field_token_in (text, token, field_list (text, FIELD_LIST_PART_LABEL)) || is_ordinal (text, token);
      if (beside && kind != PART_NONE)
        continue; /* "Nom de famille" */
      if ((one == PART_NONE && !beside) || (one != PART_NONE && kind != PART_NONE && kind != one))
        return PART_NONE;
      kind = one != PART_NONE ? one : kind;
    }
  return i - first <= LABEL_WORDS ? kind : PART_NONE;
}

/* @span as a part of a name: words, of which the first has a capital; empty when it is none. */
static FieldSpan
value_in (const FieldText *text, FieldSpan span)
{
  FieldSpan value = field_piece (text, span.from, span.to);
  uint32_t first = field_text_token_at (text, value.from), i = first;
  for (; i < text->tokens->len && field_text_token (text, i)->from < value.to; i++)
    if (field_text_token (text, i)->kind == FIELD_TOKEN_NUMBER)
      return (FieldSpan){ 0 };
  bool name = i > first && field_is_capital (text, field_text_token (text, first))
              && value.to - value.from < LONGEST_PART && part_of (text, value) == PART_NONE;
  return name ? value : (FieldSpan){ 0 };
}

/* The cell of the next line under the one at @at, if that has as many columns before it; NULL when there is none. */
static const Cell *
below (const FieldText *text, const GArray *cells, guint at)
{
  const Cell *cell = cell_at (cells, at), *under = NULL;
  for (guint i = at + 1; (under = cell_at (cells, i)) != NULL; i++)
    if (under->line > cell->line && under->column == cell->column)
      break;
  uint32_t next = cell->line + 1;
  while (next < text->lines->len && field_line_is_blank (text, next))
    next++;
  return under != NULL && under->line == next ? under : NULL;
}

/* Finds the value of the label in the cell at @at: behind its colon, in the cell beside it, or in the one below. */
static Part
part_at (const FieldText *text, const GArray *cells, guint at)
{
  const Cell *cell = cell_at (cells, at), *beside = cell_at (cells, at + 1);
  Part part = { .first = at, .last = at };
  part.label = field_text_trim (text, (FieldSpan){ cell->span.from, label_end (text, cell) }, "");
  part.kind = part_of (text, part.label);
  if (part.kind == PART_NONE)
    return part;
  uint32_t from = label_end (text, cell) + 1;
  if (from < cell->span.to)
    {
      part.value = value_in (text, (FieldSpan){ from, cell->span.to });
      return part;
    }
  if (beside != NULL && beside->line == cell->line)
    part.value = value_in (text, beside->span);
  if (part.value.to > 0)
    {
      part.last = at + 1;
      return part;
    }
  const Cell *under = below (text, cells, at);
  if (under != NULL)
    part.value = value_in (text, under->span);
  if (beside != NULL && beside == under)
    part.last = at + 1;
  return part;
}

static GArray *
parts_of (const FieldWork *work)
{
  g_autoptr (GArray) cells = cells_of (work->text);
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  for (guint i = 0; i < cells->len; i++)
    {
      Part part = part_at (work->text, cells, i);
      if (part.value.to > part.value.from && !field_is_others (work, cell_at (cells, i)->line))
        g_array_append_val (parts, part);
    }
  return parts;
}

/* --- the name --- */

/* The parts from @from on that are one family name: two where "Primer apellido" and "Segundo apellido" stand beside
 * each other. */
static guint
family_parts (const FieldText *text, const GArray *parts, guint from)
{
  const Part *one = &g_array_index (parts, Part, from), *two = one + 1;
  if (from + 1 >= parts->len || two->kind != PART_FAMILY || two->first != one->last + 1)
    return 1;
  g_autofree char *first = field_text_lower (text, one->label), *second = field_text_lower (text, two->label);
  return strcmp (first, second) != 0 ? 2 : 1;
}

/* What is printed in the @n parts from @from on. Owned by the caller. */
static char *
printed (const FieldText *text, const GArray *parts, guint from, guint n)
{
  GString *all = g_string_new (NULL);
  for (guint i = from; i < from + n; i++)
    {
      g_autofree char *one = field_text_printed (text, g_array_index (parts, Part, i).value);
      g_string_append_printf (all, "%s%s", i > from ? " " : "", one);
    }
  return g_string_free (all, FALSE);
}

/* The name whose parts begin at @at, no more than @apart cells from each other; NULL when it is none. */
static const RecordFinding *
name_at (FieldWork *work, const GArray *parts, guint at, guint apart)
{
  const FieldText *text = work->text;
  const Part *one = &g_array_index (parts, Part, at);
  guint n = one->kind == PART_FAMILY ? family_parts (text, parts, at) : 1;
  if (at + n >= parts->len)
    return NULL;
  const Part *last = one + n - 1, *two = one + n;
  if (two->kind == one->kind || two->first > last->last + apart)
    return NULL;
  guint m = two->kind == PART_FAMILY ? family_parts (text, parts, at + n) : 1;
  g_autofree char *front = printed (text, parts, at, n), *back = printed (text, parts, at + n, m);
  bool family_first = g_strcmp0 (work->context->language, "hu") == 0;
  bool as_printed = (one->kind == PART_FAMILY) == family_first;
  g_autofree char *value = g_strconcat (as_printed ? front : back, " ", as_printed ? back : front, NULL);
  FieldSpan whole = { MIN (one->value.from, two->value.from), MAX (last->value.to, (two + m - 1)->value.to) };
  return field_found (work->findings, work->text, "sender", value, whole, SURE, "label:name");
}

const RecordFinding *
field_sender_of_parts (FieldWork *work)
{
  g_autoptr (GArray) parts = parts_of (work);
  for (guint apart = 1; apart <= APART; apart++)
    for (guint i = 0; i < parts->len; i++)
      {
        const RecordFinding *found = name_at (work, parts, i, apart);
        if (found != NULL)
          return found;
      }
  return NULL;
}
