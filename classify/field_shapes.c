/* Numbers in the shapes that the company itself gives them: known without a word before them, and a misread sign is put
 * right where the shape shows what it must be. */
#include "classify/field_find.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_REPAIRS 2
#define LONGEST_FOUND 64

typedef struct
{
  uint32_t end;
  unsigned repairs;
  char value[LONGEST_FOUND + 1];
} Fit;

static bool
is_sign (char c)
{
  return c != '\0' && strchr ("-/._ ", c) != NULL;
}

/* What @c is in a place of the shape @wanted; '\0' when it cannot be that. */
static char
as_wanted (char c, char wanted)
{
  if (wanted == '#')
    return field_as_digit (c);
  if (wanted == '@')
    return field_as_letter (c);
  if (wanted == '*')
    return g_ascii_isdigit (c) || g_ascii_isupper (c) ? c : field_as_digit (c);
  if (g_ascii_toupper (c) == wanted)
    return wanted;
  bool alike = g_ascii_isdigit (wanted) ? field_as_digit (c) == wanted : field_as_letter (c) == wanted;
  return alike ? wanted : '\0';
}

/* Fills @fit with what stands at @at in @shape; false when it does not fit. A sign of the shape may be another, or be
 * lost. */
static bool
fits (const char *plain, uint32_t at, const char *shape, Fit *fit)
{
  size_t n = 0, exact = 0, open = 0;
  fit->repairs = 0;
  for (const char *p = shape; *p != '\0'; p++)
    {
      char c = plain[at];
      if (is_sign (*p))
        {
          fit->value[n++] = *p;
          fit->repairs += c != *p && !is_sign (c); /* lost */
          at += is_sign (c);
          at += is_sign (c) && plain[at] == ' ';
          continue;
        }
      char right = as_wanted (c, *p);
      if (right == '\0')
        return false;
      fit->repairs += right != c;
      open += strchr ("#@*", *p) != NULL;
      exact += strchr ("#@*", *p) != NULL && right == c;
      fit->value[n++] = right;
      at++;
    }
  fit->value[n] = '\0';
  fit->end = at;
  return fit->repairs <= MOST_REPAIRS && 2 * exact > open;
}

/* Whether the span is a number of its own, and no part of a longer one. */
static bool
stands_alone (const char *plain, uint32_t from, uint32_t to)
{
  if (from > 0 && (g_ascii_isalnum (plain[from - 1]) || plain[from - 1] == '+'))
    return false;
  if (from > 1 && strchr ("-/._", plain[from - 1]) != NULL && g_ascii_isdigit (plain[from - 2]))
    return false;
  return !g_ascii_isalnum (plain[to])
         && !(plain[to] != '\0' && strchr ("-/_", plain[to]) != NULL && g_ascii_isalnum (plain[to + 1]));
}

/* Shapes of digits alone prove too little for a repair. */
static bool
is_plain (const char *shape)
{
  return strspn (shape, "#") == strlen (shape);
}

/* The best fit at @at: fewest repairs, the first written among equals. */
static const ConfigNumber *
best_fit (const FieldText *text, const GPtrArray *numbers, uint32_t at, Fit *best)
{
  const ConfigNumber *found = NULL;
  for (guint i = 0; i < numbers->len; i++)
    {
      const ConfigNumber *number = g_ptr_array_index (numbers, i);
      Fit fit;
      if (!fits (text->plain->str, at, number->shape, &fit) || !stands_alone (text->plain->str, at, fit.end)
          || field_text_is_taken (text, (FieldSpan){ at, fit.end }) || (fit.repairs > 0 && is_plain (number->shape))
          || (found != NULL && fit.repairs >= best->repairs))
        continue;
      found = number;
      *best = fit;
    }
  return found;
}

void
field_find_shaped (FieldWork *work)
{
  FieldText *text = work->text;
  const Settings *settings = work->context->settings;
  if (settings == NULL || settings->numbers == NULL || settings->numbers->len == 0)
    return;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (uint32_t at = 0; at < text->plain->len && g_hash_table_size (seen) < 4 * FIELD_MOST; at++)
    {
      Fit fit;
      const ConfigNumber *number
          = g_ascii_isalnum (text->plain->str[at]) ? best_fit (text, settings->numbers, at, &fit) : NULL;
      if (number == NULL)
        continue;
      FieldSpan span = { at, fit.end };
      field_text_take (text, span);
      if (g_hash_table_add (seen, g_strdup_printf ("%s %s", number->field, fit.value)))
        field_found (work->findings, text, number->field, fit.value, span, fit.repairs > 0 ? 0.85 : 0.98,
                     fit.repairs > 0 ? "shape:repaired" : "shape");
      at = fit.end - 1;
    }
}
