/* cmd/skos_read.h - a SKOS file while it is read. Private to cmd/docket_skos_*.c. */
#pragma once
#include "cmd/skos.h"

typedef struct
{
  const char *file;
  GHashTable *by_subject; /* to a GPtrArray of SkosTriple, in the order of the file; lent */
  GPtrArray *subjects;    /* in the order of the file; lent */
  GHashTable *ids;        /* address of a concept of the scheme to its id */
  GHashTable *taken;      /* ids */
  int language;           /* of labels that tell none */
  SkosLeft *left;
} SkosRead;

/* docket_skos_terms.c */
/* Whether @iri is @word of the namespace @space. */
bool skos_is_term (const char *iri, const char *space, const char *word);
/* All that is said of @subject, in the order of the file; NULL when that is nothing. Lent. */
const GPtrArray *skos_triples_of (const SkosRead *read, const char *subject);
/* The first triple of @subject with @predicate, and its object; NULL when there is none. Lent. */
const SkosTriple *skos_triple_of (const SkosRead *read, const char *subject, const char *predicate);
const char *skos_object_of (const SkosRead *read, const char *subject, const char *predicate);
/* What stands behind the last # / or : of an address. Lent. */
const char *skos_local_name (const char *iri);
/* @text as an id: "Retours & échanges" gives "retours-echanges". Owned by the caller. */
char *skos_slug (const char *text);

/* docket_skos_labels.c */
/* Index of the language of a label, -1 for one that the vocabulary does not have. */
int skos_language_of (const SkosRead *read, const SkosTriple *triple);
/* Labels, names for files and folders, and what it implies. */
void skos_take_labels (const SkosRead *read, SkosConcept *concept, const char *subject);
void skos_take_names (const SkosRead *read, SkosConcept *concept, const char *subject);
void skos_take_implied (const SkosRead *read, SkosConcept *concept, const char *subject);
