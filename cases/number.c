#include "cases/number.h"
#include <stdlib.h>
#include <string.h>

#define PREFIX_MAX 8
#define SERIAL_DIGITS 6
#define TEXT_MAX 128

/* The remainder of @text by 97, letters read as 10 to 35 (two digits), going on from @rest. */
static unsigned
mod97 (const char *text, unsigned rest)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isdigit (*text))
      rest = (rest * 10 + (unsigned)(*text - '0')) % 97;
    else
      rest = (rest * 100 + (unsigned)(*text - 'A') + 10) % 97;
  return rest;
}

char *
number_format (const char *prefix, int year, int64_t serial)
{
  g_autofree char *digits = g_strdup_printf ("%04d%0*" G_GINT64_FORMAT, year, SERIAL_DIGITS, serial);
  unsigned check = 98 - mod97 ("00", mod97 (digits, mod97 (prefix, 0)));
  return g_strdup_printf ("%s-%04d-%s-%02u", prefix, year, digits + 4, check);
}

static bool
is_joint (gunichar c)
{
  return g_unichar_isspace (c) || c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xAD;
}

/* Capital letters and digits of @text without blanks and hyphens of any kind; NULL when it holds anything else. */
static char *
squeeze (const char *text)
{
  g_autoptr (GString) squeezed = g_string_new (NULL);
  if (strlen (text) > TEXT_MAX || !g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (g_ascii_isalnum (*at))
      g_string_append_c (squeezed, g_ascii_toupper (*at));
    else if (!is_joint (g_utf8_get_char (at)))
      return NULL;
  return g_string_free (g_steal_pointer (&squeezed), FALSE);
}

/* Reads @squeezed as prefix, year, @serial_digits digits and check; NULL when it is not that. */
static char *
read_as (const char *squeezed, size_t serial_digits)
{
  size_t length = strlen (squeezed), tail = 4 + serial_digits + 2;
  if (length <= tail || length - tail > PREFIX_MAX || !g_ascii_isalpha (squeezed[0]))
    return NULL;
  size_t prefix_length = length - tail;
  for (const char *at = squeezed + prefix_length; *at != '\0'; at++)
    if (!g_ascii_isdigit (*at))
      return NULL;
  g_autofree char *prefix = g_strndup (squeezed, prefix_length);
  g_autofree char *year = g_strndup (squeezed + prefix_length, 4);
  g_autofree char *serial = g_strndup (squeezed + prefix_length + 4, serial_digits);
  bool longer = serial_digits > SERIAL_DIGITS && serial[0] == '0';
  bool sensible = strcmp (year, "1900") >= 0 && strcmp (year, "2999") <= 0;
  if (longer || !sensible)
    return NULL;
  g_autofree char *right = number_format (prefix, atoi (year), g_ascii_strtoll (serial, NULL, 10));
  return strcmp (right + strlen (right) - 2, squeezed + length - 2) == 0 ? g_steal_pointer (&right) : NULL;
}

bool
number_parse (const char *text, char **canonical)
{
  g_autofree char *squeezed = squeeze (text);
  g_autofree char *found = NULL;
  for (size_t digits = SERIAL_DIGITS; squeezed != NULL && found == NULL && digits <= SERIAL_DIGITS + 3; digits++)
    found = read_as (squeezed, digits);
  if (found == NULL)
    return false;
  if (canonical != NULL)
    *canonical = g_steal_pointer (&found);
  return true;
}
