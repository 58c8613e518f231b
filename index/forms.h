/* index/forms.h - the forms under which a word is found: exact, without accents, stemmed. */
#pragma once
#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS
enum
{
  INDEX_TERM_BYTES = 96, /* a longer word is cut: Xapian takes 245 bytes with the prefix */
  INDEX_STEMS = 2,
};

typedef struct
{
  char *exact;              /* lower case, accents kept */
  char *folded;             /* without accents too */
  char *stems[INDEX_STEMS]; /* without accents, each after its language ("hupanasz"); NULL where there is none */
} IndexForms;

/* Remembers forms, since a mailroom's words repeat; it forgets everything when it has grown large. */
typedef struct IndexLexicon IndexLexicon;
IndexLexicon *index_lexicon_new (void);
void index_lexicon_free (IndexLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IndexLexicon, index_lexicon_free)
/* The forms of @raw in @language (ISO 639-1; without a stemmer there are no stems). NULL when nothing of it can be
 * searched. Lent until the next call. */
const IndexForms *index_lexicon_forms (IndexLexicon *lexicon, const char *raw, const char *language);

/* The languages that have a stemmer, NULL-terminated. */
extern const char *const index_languages[];
/* The prefixes of terms; what is not listed has none. */
#define INDEX_TERM_EXACT "E"
#define INDEX_TERM_STEM "Z"
G_END_DECLS
