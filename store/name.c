#include "store/name.h"
#include "base/limits.h"
#include "base/text.h"
#include <string.h>

#define EXTENSION_BYTES 16
#define EXTRA_BYTES 60
#define VALUE_BYTES 1000 /* of a value before it is cut: a name needs far fewer */
#define PART_BYTES_MIN 4 /* a sender or subject cut shorter tells nothing: it is left out */

/* Letters that no name may hold become blanks; what has no width or turns the reading direction goes without trace. */
static void
append_clean (GString *clean, gunichar c, bool ascii)
{
  GUnicodeType type = g_unichar_type (c);
  if (type == G_UNICODE_FORMAT || type == G_UNICODE_SURROGATE || type == G_UNICODE_UNASSIGNED
      || type == G_UNICODE_PRIVATE_USE || (ascii && c >= 0x80))
    return;
  bool blank
      = type == G_UNICODE_CONTROL || g_unichar_isspace (c) || (c < 0x80 && strchr ("\\/:*?\"<>|", (int)c) != NULL);
  if (!blank)
    g_string_append_unichar (clean, c);
  else if (clean->len > 0 && clean->str[clean->len - 1] != ' ')
    g_string_append_c (clean, ' ');
}

/* @text with nothing in it that is forbidden anywhere in a name. Transliteration comes first, since it makes '/' of
 * '½'. */
static char *
clean (const char *text, bool ascii)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = ascii ? dk_ascii (valid) : g_strdup (valid);
  g_autoptr (GString) cleaned = g_string_new (NULL);
  for (const char *at = folded; *at != '\0'; at = g_utf8_next_char (at))
    append_clean (cleaned, g_utf8_get_char (at), ascii);
  return dk_nfc (cleaned->str);
}

/* Blanks and dots at the ends: Windows drops them, and a leading dot hides a file. A leading hyphen reads as an option.
 */
static void
trim_ends (char *name)
{
  size_t front = strspn (name, " .-"), length = strlen (name + front);
  memmove (name, name + front, length + 1);
  while (length > 0 && strchr (" .", name[length - 1]) != NULL)
    name[--length] = '\0';
}

/* Cuts @name to @max bytes, never between a letter and its combining marks. */
static void
cut (char *name, size_t max)
{
  if (strlen (name) <= max)
    return;
  char *end = name + max;
  while (end > name && ((*end & 0xC0) == 0x80 || g_unichar_ismark (g_utf8_get_char (end))))
    end--;
  *end = '\0';
}

/* Whether Windows takes @name for a device: the part before the first dot counts, in any case. */
static bool
is_device (const char *name)
{
  static const char *const devices[] = { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" };
  g_autofree char *stem = g_strndup (name, strcspn (name, "."));
  g_strchomp (stem);
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    if (g_ascii_strcasecmp (stem, devices[i]) == 0)
      return true;
  if (g_ascii_strncasecmp (stem, "COM", 3) != 0 && g_ascii_strncasecmp (stem, "LPT", 3) != 0)
    return false;
  const char *number = stem + 3;
  bool digit = g_ascii_isdigit (number[0]) && number[1] == '\0';
  return digit || strcmp (number, "\u00b9") == 0 || strcmp (number, "\u00b2") == 0 || strcmp (number, "\u00b3") == 0;
}

char *
store_name_safe (const char *text, size_t max_bytes, bool ascii)
{
  g_autofree char *name = clean (text, ascii);
  trim_ends (name);
  cut (name, max_bytes);
  trim_ends (name);
  if (is_device (name))
    {
      g_autofree char *device = g_steal_pointer (&name);
      name = g_strconcat ("_", device, NULL);
      cut (name, max_bytes);
      trim_ends (name);
    }
  return *name != '\0' ? g_steal_pointer (&name) : g_strdup ("_");
}

char *
store_name_safe_path (const char *path, bool ascii)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  g_autoptr (GString) safe = g_string_new (NULL);
  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *name = **part != '\0' ? store_name_safe (*part, LIMITS_FILED_NAME_BYTES, ascii) : NULL;
      if (name != NULL)
        g_string_append_printf (safe, "%s%s", safe->len > 0 ? "/" : "", name);
    }
  return g_strdup (safe->len > 0 ? safe->str : "_");
}

/* A part made safe; NULL when nothing is left of it. */
static char *
part_of (const char *text, size_t max_bytes, bool ascii)
{
  g_autofree char *safe = text != NULL && *text != '\0' ? store_name_safe (text, max_bytes, ascii) : NULL;
  return safe != NULL && strcmp (safe, "_") != 0 ? g_steal_pointer (&safe) : NULL;
}

static char *
safe_extension (const char *extension)
{
  g_autoptr (GString) safe = g_string_new (NULL);
  for (const char *at = extension != NULL ? extension : ""; *at != '\0' && safe->len < EXTENSION_BYTES; at++)
    if (g_ascii_isalnum (*at) || (*at == '.' && !g_str_has_suffix (safe->str, ".")))
      g_string_append_c (safe, *at);
  bool ends_in_dot = g_str_has_suffix (safe->str, ".");
  g_string_truncate (safe, safe->len - ends_in_dot);
  return g_strconcat (safe->len > 0 && safe->str[0] != '.' ? "." : "", safe->str, NULL);
}

/* --- from a template --- */

/* What stands at each place, safe; of as many as @template has, owned by the caller. */
static char **
values_of (const Template *template, const char *const *values, bool ascii)
{
  unsigned n = template_n_places (template);
  char **safe = g_new0 (char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    {
      g_autofree char *given = part_of (values[i], VALUE_BYTES, ascii);
      g_autofree char *asked = template_value (template, i, given);
      safe[i] = part_of (asked, VALUE_BYTES, ascii);
    }
  return safe;
}

static void
free_values (char **values, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    g_free (values[i]);
  g_free (values);
}

/* What a missing part left at the end: "2026-03-12 réclamation -". */
static void
trim_separator (char *stem)
{
  size_t length = strlen (stem);
  while (length > 0
         && (strchr (" .", stem[length - 1]) != NULL
             || (stem[length - 1] == '-' && length > 1 && stem[length - 2] == ' ')))
    stem[--length] = '\0';
}

/* All of it, however long; never empty. */
static char *
join (const Template *template, char *const *values, const char *end, bool ascii)
{
  g_autofree char *filled = template_fill (template, values);
  g_autofree char *stem = store_name_safe (filled, SIZE_MAX, ascii);
  trim_separator (stem);
  g_autofree char *safe = store_name_safe (stem, SIZE_MAX, ascii); /* "CON -" is CON now */
  return g_strconcat (safe, end, NULL);
}

/* Shortens what stands at @place by what the whole is too long, so far as it goes. */
static void
shorten (const Template *template, char **values, unsigned place, const char *end, bool ascii)
{
  g_autofree char *name = join (template, values, end, ascii);
  size_t length = strlen (name);
  if (length <= LIMITS_FILED_NAME_BYTES || values[place] == NULL)
    return;
  g_autofree char *old = g_steal_pointer (&values[place]);
  size_t own = strlen (old), excess = length - LIMITS_FILED_NAME_BYTES;
  if (own < excess + PART_BYTES_MIN)
    return;
  template_cut (old, own - excess);
  values[place] = part_of (old, VALUE_BYTES, ascii);
}

/* @extra with its separator, and the extension: what is never cut. Owned by the caller. */
static char *
ending (const char *extra, const char *extension, bool ascii)
{
  g_autofree char *suffix = safe_extension (extension);
  g_autofree char *more = part_of (extra, EXTRA_BYTES, ascii);
  return g_strconcat (more != NULL ? " - " : "", more != NULL ? more : "", suffix, NULL);
}

char *
store_name_fill (const Template *template, const char *const *values, const char *extra, const char *extension,
                 bool ascii)
{
  unsigned n = template_n_places (template);
  char **parts = values_of (template, values, ascii);
  g_autofree char *end = ending (extra, extension, ascii);
  for (int kept = 0; kept <= 1; kept++) /* the last first, and what is short and telling after all others */
    for (unsigned i = n; i-- > 0;)
      if (template_place (template, i)->word->kept == (kept == 1))
        shorten (template, parts, i, end, ascii);
  g_autofree char *name = join (template, parts, end, ascii);
  free_values (parts, n);
  if (strlen (name) <= LIMITS_FILED_NAME_BYTES)
    return g_steal_pointer (&name);
  name[strlen (name) - strlen (end)] = '\0'; /* the template's own words are too many */
  return store_name_given (name, extra, extension, ascii);
}

char *
store_name_given (const char *stem, const char *extra, const char *extension, bool ascii)
{
  g_autofree char *end = ending (extra, extension, ascii);
  g_autofree char *whole = store_name_safe (stem, SIZE_MAX, ascii);
  template_cut (whole, LIMITS_FILED_NAME_BYTES - strlen (end));
  g_autofree char *cut = store_name_safe (whole, LIMITS_FILED_NAME_BYTES - strlen (end), ascii);
  return g_strconcat (cut, end, NULL);
}

char *
store_name_fill_path (const Template *template, const char *const *values, bool ascii)
{
  unsigned n = template_n_places (template);
  char **parts = values_of (template, values, ascii);
  g_autofree char *path = template_fill (template, parts);
  free_values (parts, n);
  return store_name_safe_path (path, ascii);
}
