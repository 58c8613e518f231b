/* base/vocabulary.h - the company's words: concepts with labels by language and type, and the taxonomy that files them.
 * Read from vocabulary/ and taxonomy/ of the configuration, and from CONFIG_COMPLETED what these lack; used to
 * understand (classify), to name and file (pipeline), to report. The form of the files is told to the administrator in
 * conf/vocabulary/kinds.yaml and conf/taxonomy/folders.yaml. */
#pragma once
#include "base/config.h"

/* The scheme of words that are compared one by one, misread ones too, and not looked for as labels: they overlap
 * freely. */
#define VOCABULARY_FIELD "field"

typedef enum
{
  LABEL_PREFERRED,
  LABEL_ALTERNATIVE,
  LABEL_MISSPELLING,
  LABEL_OCR,
  LABEL_ABBREVIATION,
  LABEL_CUE, /* words that point to the concept without naming it */
} LabelType;

typedef struct
{
  LabelType type;
  const char *language; /* ISO 639-1 */
  const char *text; /* words; a word that ends in * stands for every word with that beginning, a * for any one word */
  double weight;    /* 1 unless the file says otherwise; 0: hides what stands inside it; below 0 speaks against */
  unsigned no;      /* among all labels of the vocabulary, from 0 */
  const YamlNode *place; /* in its file, lent */
} Label;

typedef struct
{
  const char *id; /* of a kind: one of the five at the top, or one below them */
  double weight;  /* 0 to 10 */
} Implied;

typedef struct
{
  const char *id;        /* "not-received", unique */
  const char *scheme;    /* "kind", "subject", "urgency" … */
  const char *broader;   /* id of the broader concept; NULL at the top */
  GArray *labels;        /* of Label */
  GArray *implies;       /* of Implied: the kinds it speaks for */
  const YamlNode *place; /* in its file, lent */
  bool completed;        /* no file of the store has it: it is the one that came with docket */
} Concept;

typedef struct Vocabulary Vocabulary;
/* Fails with CONFIG: unknown keys, languages or types, an id twice, a broader or implied concept that does not exist,
 * an implied one that is no kind, a cycle, a concept without a label. */
Vocabulary *vocabulary_load (const Config *config, GError **error);
void vocabulary_free (Vocabulary *vocabulary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Vocabulary, vocabulary_free)
/* All concepts of @scheme in the order of the files; empty when there are none. Lent, of const Concept *. */
const GPtrArray *vocabulary_concepts (const Vocabulary *vocabulary, const char *scheme);
/* The schemes in the order of the files. NULL-terminated, lent. */
const char *const *vocabulary_schemes (const Vocabulary *vocabulary);
/* All labels of all concepts. */
unsigned vocabulary_n_labels (const Vocabulary *vocabulary);
const Concept *vocabulary_concept (const Vocabulary *vocabulary, const char *id);
/* The concept @id of @scheme, one of docket's own, also where a store that is older has one of its own by that id in
 * another scheme, which is then the one that is found by the id alone. NULL when there is none. Lent. */
const Concept *vocabulary_own_concept (const Vocabulary *vocabulary, const char *scheme, const char *id);
/* "delivery/not-received": the concept under its broader ones. NULL when there is no such concept. Owned by the caller.
 */
char *vocabulary_path (const Vocabulary *vocabulary, const char *id);
/* The concept above @concept that has none above it, perhaps itself. Lent. */
const Concept *vocabulary_top (const Vocabulary *vocabulary, const Concept *concept);
/* The concept at the end of such a path, NULL when there is none. */
const Concept *vocabulary_at (const Vocabulary *vocabulary, const char *path);
/* The preferred label in @language, else in English, else the id. Lent. */
const char *vocabulary_label (const Vocabulary *vocabulary, const char *id, const char *language);
/* The short form for file names in @language ("livraison non reçue"), else the label. Lent. */
const char *vocabulary_file_form (const Vocabulary *vocabulary, const char *id, const char *language);
/* The short form that the file gives, NULL where it gives none in @language. Lent. */
const char *vocabulary_given_file_form (const Vocabulary *vocabulary, const char *id, const char *language);
/* The code by which the taxonomy files the kind or subject @id itself, NULL where it has none; and the name of that
 * folder in @language, NULL where none is given. Lent. */
const char *vocabulary_code (const Vocabulary *vocabulary, const char *id);
const char *vocabulary_folder_name (const Vocabulary *vocabulary, const char *id, const char *language);
/* The folder of a kind or subject (@scheme) by the taxonomy, that of its nearest broader concept that has one, in
 * @language: "Réclamations" of "complaint", "Livraison" of "delivery/not-received"; that of what is not known for
 * others. Owned by the caller. */
char *vocabulary_folder (const Vocabulary *vocabulary, const char *scheme, const char *path, const char *language);
/* Its code, NULL where there is none. Lent. */
const char *vocabulary_folder_code (const Vocabulary *vocabulary, const char *scheme, const char *path);
