#include "classify/field_domain.h"
#include "classify/field_words.h"
#include <limits.h>
#include <string.h>

static const char *const tops[]
    = { "com",   "net",    "org",    "info",   "biz",     "edu",  "gov",    "name", "mobi", "coop",  "eu",
        "uk",    "ie",     "fr",     "es",     "hu",      "be",   "ch",     "de",   "at",   "it",    "pt",
        "nl",    "lu",     "mx",     "ar",     "cl",      "co",   "pe",     "uy",   "ro",   "sk",    "rs",
        "hr",    "si",     "us",     "ca",     "au",      "nz",   "in",     "cat",  "gal",  "eus",   "bzh",
        "paris", "quebec", "madrid", "london", "wales",   "scot", "online", "shop", "app",  "email", "cloud",
        "dev",   "io",     "me",     "tv",     "example", "test" };

/* Providers, and words that their names are made of. */
static const char *const hosts[]
    = { "gmail",    "googlemail", "hotmail",   "outlook",  "yahoo",     "icloud",     "live",       "orange",
        "free",     "laposte",    "wanadoo",   "skynet",   "proximus",  "telenet",    "bluewin",    "telefonica",
        "movistar", "freemail",   "citromail", "indamail", "vipmail",   "upcmail",    "btinternet", "virginmedia",
        "talktalk", "eircom",     "comcast",   "verizon",  "bellsouth", "protonmail", "mail",       "post",
        "posta",    "postbox",    "mailbox",   "inbox",    "webmail",   "courriel",   "correo",     "correoweb",
        "buzon",    "boite",      "poste",     "levelem",  "postafiok", "homepost" };

bool
field_is_top_domain (const char *label)
{
  for (size_t i = 0; i < G_N_ELEMENTS (tops); i++)
    if (g_ascii_strcasecmp (label, tops[i]) == 0)
      return true;
  return false;
}

/* The one of @words that @label is nearest to, within @most (@loose: more for long ones); NULL when two are. */
static const char *
nearest (const char *label, const char *const *words, size_t n_words, bool loose)
{
  const char *found = NULL;
  unsigned least = UINT_MAX;
  size_t n = strlen (label);
  for (size_t i = 0; i < n_words; i++)
    {
      size_t m = strlen (words[i]);
      unsigned most = !loose || m <= 4 ? 1 : m <= 5 ? 2 : 4;
      unsigned cost = field_misreading_within (label, n, words[i], m, most);
      if (m < 3 || cost > most || cost > least)
        continue;
      found = cost == least ? NULL : words[i];
      least = cost;
    }
  return found;
}

/* The one country's top domain that two letters are a misreading of, in a letter in @language; NULL for none. */
static const char *
country_near (const char *label, const char *language)
{
  static const struct
  {
    const char *language, *const tops[8];
  } countries[] = { { "en", { "uk", "ie", "us", "au", "ca", "nz", "in" } },
                    { "fr", { "fr", "be", "ch", "ca", "lu" } },
                    { "es", { "es", "mx", "ar", "cl", "co", "pe", "uy" } },
                    { "hu", { "hu", "ro", "sk", "rs", "at" } } };
  const char *found = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (countries); i++)
    for (size_t t = 0; g_strcmp0 (language, countries[i].language) == 0 && countries[i].tops[t] != NULL; t++)
      if (field_misreading (label, 2, countries[i].tops[t], 2) == 1)
        {
          if (found != NULL)
            return NULL;
          found = countries[i].tops[t];
        }
  return found;
}

char *
field_domain_repaired (const char *domain, const char *language)
{
  g_auto (GStrv) labels = g_strsplit (domain, ".", -1);
  guint n = g_strv_length (labels);
  if (n < 2)
    return g_strdup (domain);
  g_autofree char *last = g_ascii_strdown (labels[n - 1], -1);
  const char *top
      = field_is_top_domain (last) || strlen (last) < 3 ? NULL : nearest (last, tops, G_N_ELEMENTS (tops), true);
  if (top == NULL && n > 2 && !field_is_top_domain (last)) /* "exam.ple" */
    {
      g_autofree char *joined = g_ascii_strdown (labels[n - 2], -1);
      g_autofree char *both = g_strconcat (joined, last, NULL);
      const char *found = nearest (both, tops, G_N_ELEMENTS (tops), true);
      if (found != NULL && strlen (found) > 4)
        {
          g_free (labels[n - 1]);
          labels[n - 1] = NULL;
          g_free (labels[n - 2]);
          labels[n - 2] = g_strdup (found);
          n--;
        }
    }
  if (top == NULL && strlen (last) == 2 && !field_is_top_domain (last))
    top = country_near (last, language);
  if (top != NULL)
    {
      g_free (labels[n - 1]);
      labels[n - 1] = g_strdup (top);
    }
  g_autofree char *host = g_ascii_strdown (labels[n - 2], -1);
  const char *known = nearest (host, hosts, G_N_ELEMENTS (hosts), false);
  if (known != NULL)
    {
      g_free (labels[n - 2]);
      labels[n - 2] = g_strdup (known);
    }
  return g_strjoinv (".", labels);
}
