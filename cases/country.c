#include "cases/country.h"
#include "base/messages.h"
#include "cases/point.h"
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#define NAME_UNITS 128

/* The name of the country @code in @language. Owned by the caller. */
static char *
name_of (const char *code, const char *language)
{
  UChar wide[NAME_UNITS];
  char name[3 * NAME_UNITS + 1];
  UErrorCode status = U_ZERO_ERROR;
  g_autofree char *locale = g_strconcat ("und_", code, NULL);
  int32_t length = uloc_getDisplayCountry (locale, language, wide, NAME_UNITS, &status);
  u_strToUTF8 (name, sizeof name, NULL, wide, MIN (length, NAME_UNITS), &status);
  return U_SUCCESS (status) ? point_words (name) : g_strdup ("");
}

/* Folded names and codes of all countries, to codes; made once. */
static GHashTable *
countries (void)
{
  static GHashTable *table = NULL;
  static gsize made = 0;
  if (g_once_init_enter (&made))
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (const char *const *code = uloc_getISOCountries (); *code != NULL; code++)
        {
          g_hash_table_insert (table, g_ascii_strdown (*code, -1), (gpointer)(uintptr_t)*code);
          for (const char *const *language = dk_languages; *language != NULL; language++)
            g_hash_table_insert (table, name_of (*code, *language), (gpointer)(uintptr_t)*code);
        }
      g_hash_table_insert (table, g_strdup ("uk"), (gpointer)(uintptr_t) "GB");
      g_hash_table_insert (table, g_strdup ("usa"), (gpointer)(uintptr_t) "US");
      g_hash_table_remove (table, "");
      g_once_init_leave (&made, 1);
    }
  return table;
}

const char *
country_code (const char *text)
{
  g_autofree char *words = point_words (text);
  return g_hash_table_lookup (countries (), words);
}

/* What stands behind the last comma or line of @address, where that is a country and no code, which might be a
 * province's. */
static const char *
named_last (const char *address)
{
  const char *last = address;
  for (const char *at = address; *at != '\0'; at++)
    if (*at == ',' || *at == '\n' || *at == ';')
      last = at + 1;
  g_autofree char *words = point_words (last);
  return last > address && strlen (words) > 2 ? g_hash_table_lookup (countries (), words) : NULL;
}

/* The language in which letters from @country are written, where its postcodes are known. */
static const char *
language_of (const char *country)
{
  static const char *const known[][2] = { { "ES", "es" }, { "FR", "fr" }, { "HU", "hu" } };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (strncmp (known[i][0], country, 2) == 0)
      return known[i][1];
  return NULL;
}

const char *
country_of (const char *address, const char *language, const char *home)
{
  const char *named = named_last (address), *here = language_of (home);
  if (named != NULL)
    return named;
  const char *at_home = point_country (address, here);
  const char *theirs = language != NULL ? point_country (address, language) : at_home;
  if (*at_home != '\0' && *theirs != '\0' && strcmp (at_home, theirs) != 0)
    return "";
  if (*at_home != '\0' || *theirs != '\0')
    return *at_home != '\0' ? at_home : theirs;
  return here == NULL ? home : "";
}
