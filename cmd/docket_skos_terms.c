/* Questions about a SKOS file, and the addresses in it. */
#include "base/text.h"
#include "cmd/skos_read.h"
#include <string.h>

bool
skos_is_term (const char *iri, const char *space, const char *word)
{
  gsize length = strlen (space);
  return strncmp (iri, space, length) == 0 && strcmp (iri + length, word) == 0;
}

const GPtrArray *
skos_triples_of (const SkosRead *read, const char *subject)
{
  return g_hash_table_lookup (read->by_subject, subject);
}

const SkosTriple *
skos_triple_of (const SkosRead *read, const char *subject, const char *predicate)
{
  const GPtrArray *triples = skos_triples_of (read, subject);
  for (guint i = 0; triples != NULL && i < triples->len; i++)
    if (strcmp (((const SkosTriple *)triples->pdata[i])->predicate, predicate) == 0)
      return triples->pdata[i];
  return NULL;
}

const char *
skos_object_of (const SkosRead *read, const char *subject, const char *predicate)
{
  const SkosTriple *triple = skos_triple_of (read, subject, predicate);
  return triple != NULL ? triple->object : NULL;
}

char *
skos_slug (const char *text)
{
  g_autofree char *folded = dk_fold (text);
  GString *id = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (id, *p);
    else if (id->len > 0 && id->str[id->len - 1] != '-' && id->len < 60)
      g_string_append_c (id, '-');
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  return g_string_free (id, FALSE);
}

const char *
skos_local_name (const char *iri)
{
  const char *end = iri;
  for (const char *p = iri; *p != '\0'; p++)
    if (strchr ("#/:", *p) != NULL && p[1] != '\0')
      end = p + 1;
  return end;
}
