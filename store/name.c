#include "store/name.h"
#include "base/limits.h"
#include "base/text.h"
#include <string.h>

#define EXTENSION_BYTES 16
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

enum
{
  PART_DATE,
  PART_KIND,
  PART_SUBJECT,
  PART_SENDER,
  PART_EXTRA,
  PARTS
};

/* A part made safe; NULL when nothing is left of it. */
static char *
part_of (const char *text, size_t max_bytes, bool ascii)
{
  g_autofree char *safe = text != NULL && *text != '\0' ? store_name_safe (text, max_bytes, ascii) : NULL;
  return safe != NULL && strcmp (safe, "_") != 0 ? g_steal_pointer (&safe) : NULL;
}

static char *
join (char *const parts[PARTS], const char *extension)
{
  g_autoptr (GString) name = g_string_new (NULL);
  for (int i = 0; i < PARTS; i++)
    if (parts[i] != NULL)
      {
        if (name->len > 0)
          g_string_append (name, i == PART_KIND ? " " : " - ");
        g_string_append (name, parts[i]);
      }
  if (name->len == 0)
    g_string_append_c (name, '_');
  return g_strconcat (name->str, extension, NULL);
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

/* Shortens @parts[@which] by what @parts are too long, so far as it goes. */
static void
shorten (char *parts[PARTS], int which, const char *extension, bool ascii)
{
  g_autofree char *name = join (parts, extension);
  size_t length = strlen (name);
  if (length <= LIMITS_FILED_NAME_BYTES || parts[which] == NULL)
    return;
  size_t own = strlen (parts[which]), excess = length - LIMITS_FILED_NAME_BYTES;
  g_autofree char *old = g_steal_pointer (&parts[which]);
  if (own >= excess + PART_BYTES_MIN)
    parts[which] = part_of (old, own - excess, ascii);
}

char *
store_name_build (const char *date, const char *kind, const char *subject, const char *sender, const char *extra,
                  const char *extension, bool ascii)
{
  static const int shortened[] = { PART_SENDER, PART_SUBJECT, PART_KIND, PART_EXTRA, PART_DATE };
  const char *const texts[PARTS] = { date, kind, subject, sender, extra };
  g_autofree char *suffix = safe_extension (extension);
  char *parts[PARTS];
  for (int i = 0; i < PARTS; i++)
    parts[i] = part_of (texts[i], LIMITS_FILED_NAME_BYTES, ascii);
  for (gsize i = 0; i < G_N_ELEMENTS (shortened); i++)
    shorten (parts, shortened[i], suffix, ascii);
  char *name = join (parts, suffix);
  for (int i = 0; i < PARTS; i++)
    g_free (parts[i]);
  return name;
}
