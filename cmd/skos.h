/* cmd/skos.h - vocabularies as SKOS in Turtle: https://www.w3.org/TR/skos-reference/, https://www.w3.org/TR/turtle/.
 *
 * A scheme is <urn:docket:scheme:subject>, a concept <urn:docket:scheme:subject#late>. What SKOS has no word for stands
 * in terms of <urn:docket:terms#>: docket:fileForm  a shorter name for file names, with its language docket:folder the
 * name of the folder whose code is the skos:notation, with its language docket:implies   [ docket:concept …;
 * docket:weight … ] docket:labels    [ docket:type "cue"; docket:weight …; docket:text … ]: type and weight of labels,
 * each of which is also a skos:altLabel or skos:hiddenLabel; without it those are "alternative" and "misspelling" */
#pragma once
#include "base/vocabulary.h"
#include "cmd/vocab.h"

#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define SKOS_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define SKOS_XSD "http://www.w3.org/2001/XMLSchema#"
#define SKOS_TERMS "urn:docket:terms#"
#define SKOS_SCHEME "urn:docket:scheme:"

/* The languages of labels, en fr es hu. */
#define SKOS_LANGUAGES 4
extern const char *const skos_languages[SKOS_LANGUAGES];
/* -1 for another. */
int skos_language (const char *language);

/* One concept apart from any vocabulary; owns all its texts. */
typedef struct
{
  char *id, *broader; /* broader may be NULL */
  GArray *labels;     /* of SkosLabel */
  GArray *implies;    /* of SkosImplied */
  char *file_forms[SKOS_LANGUAGES], *folders[SKOS_LANGUAGES];
  char *code; /* of the folder, or NULL */
} SkosConcept;
typedef struct
{
  LabelType type;
  int language; /* of skos_languages */
  char *text;
  double weight;
} SkosLabel;
typedef struct
{
  char *id, *scheme; /* "" where not known */
  double weight;
} SkosImplied;
SkosConcept *skos_concept_new (const char *id);
void skos_concept_free (SkosConcept *concept);
void skos_concept_add (SkosConcept *concept, LabelType type, int language, const char *text, double weight);
/* The concepts of @scheme; of SkosConcept, owned by the caller. */
GPtrArray *skos_concepts_of (const Vocabulary *vocabulary, const char *scheme);

/* docket_skos_yaml.c: a vocabulary file in its one canonical form: types, languages and weights in a fixed order, the
 * labels within in theirs. Owned by the caller. */
char *skos_yaml (const char *scheme, const GPtrArray *concepts);

/* docket_skos_write.c: the schemes (NULL-terminated) as Turtle. Owned by the caller. */
char *skos_turtle (const Vocabulary *vocabulary, const char *const *schemes);

/* docket_skos_graph.c: what a Turtle file says. */
typedef struct
{
  char *subject, *predicate, *object;
  char *language; /* of a literal, else NULL */
  bool literal;
} SkosTriple;
/* Of SkosTriple in the order of the file, addresses in full. Fails with CONFIG, "name:line:column: …". Owned by the
 * caller. */
GPtrArray *skos_graph (const char *name, GBytes *turtle, GError **error);

/* docket_skos_read.c */
typedef struct
{
  unsigned languages;        /* labels in other languages */
  unsigned nameless;         /* concepts without a label in ours */
  unsigned broader;          /* links to a second broader concept, or to one that is not there */
  unsigned labels, concepts; /* what was taken */
} SkosLeft;
/* The concepts of the scheme named @scheme, where the file has several; where it has one, NULL, or any name, which
 * becomes its own. @language: of labels that tell none. The name goes to *@name, owned by the caller. Of SkosConcept,
 * owned by the caller. Fails with CONFIG. */
GPtrArray *skos_read (const char *file, const GPtrArray *graph, const char *scheme, int language, char **name,
                      SkosLeft *left, GError **error);
