/* The recipient's own names, addresses and numbers stand on most letters and say nothing about who wrote them. */
#include "classify/field_find.h"
#include <string.h>

#define SHORTEST_OWN 4 /* letters and digits; less would hit by chance */
#define PHONE_TAIL 8   /* digits that tell two numbers apart, whatever stands before them */

/* Lower-case letters and digits alone; @at (may be NULL) gets the index of each in @plain. */
static char *
squeezed (const char *plain, GArray *at)
{
  GString *out = g_string_new (NULL);
  for (uint32_t i = 0; plain[i] != '\0'; i++)
    if (g_ascii_isalnum (plain[i]))
      {
        g_string_append_c (out, g_ascii_tolower (plain[i]));
        if (at != NULL)
          g_array_append_val (at, i);
      }
  return g_string_free (out, FALSE);
}

static bool
stands_alone (const FieldText *text, uint32_t from, uint32_t to)
{
  const char *plain = text->plain->str;
  return (from == 0 || !g_ascii_isalnum (plain[from - 1])) && !g_ascii_isalnum (plain[to]);
}

void
field_strike_own (FieldWork *work)
{
  FieldText *text = work->text;
  work->parties = g_array_new (FALSE, TRUE, sizeof (FieldParty));
  g_array_set_size (work->parties, text->lines->len);
  if (work->context->settings == NULL || work->context->settings->own == NULL)
    return;
  g_autoptr (GArray) at = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  g_autofree char *all = squeezed (text->plain->str, at);
  for (char **own = work->context->settings->own; *own != NULL; own++)
    {
      g_autofree char *folded = field_fold (*own);
      g_autofree char *wanted = squeezed (folded, NULL);
      size_t n = strlen (wanted);
      if (n < SHORTEST_OWN)
        continue;
      for (const char *hit = strstr (all, wanted); hit != NULL; hit = strstr (hit + n, wanted))
        {
          uint32_t from = g_array_index (at, uint32_t, hit - all),
                   to = g_array_index (at, uint32_t, hit - all + n - 1) + 1;
          if (!stands_alone (text, from, to))
            continue;
          field_text_take (text, (FieldSpan){ from, to });
          for (uint32_t l = field_text_line_at (text, from); l <= field_text_line_at (text, to - 1); l++)
            g_array_index (work->parties, FieldParty, l) = FIELD_PARTY_OTHER;
        }
    }
}

static size_t
digits_of (const char *text, size_t n, char *digits, size_t most)
{
  size_t count = 0;
  for (size_t i = 0; i < n && count < most; i++)
    if (g_ascii_isdigit (text[i]))
      digits[count++] = text[i];
  return count;
}

bool
field_is_own_number (const FieldWork *work, FieldSpan span)
{
  char digits[32], own_digits[32];
  size_t n = digits_of (work->text->plain->str + span.from, span.to - span.from, digits, sizeof digits);
  if (work->context->settings == NULL || work->context->settings->own == NULL || n < PHONE_TAIL)
    return false;
  for (char **own = work->context->settings->own; *own != NULL; own++)
    {
      size_t m = digits_of (*own, strlen (*own), own_digits, sizeof own_digits);
      if (m >= PHONE_TAIL && memcmp (own_digits + m - PHONE_TAIL, digits + n - PHONE_TAIL, PHONE_TAIL) == 0)
        return true;
    }
  return false;
}
