/* index/spelling.h - a word that is on no page, and the word on some page that is likest to it. The words of the index
 * itself are looked through, only when a search finds nothing: nothing is written for it when a page is put, and what
 * goes with a page that is removed is suggested no more. */
#pragma once
#include "index/forms.h"
#include "index/index.h"

G_BEGIN_DECLS
enum
{
  SPELLING_TERMS = 2000000, /* at most looked through, in about a second */
};

typedef struct
{
  char *word, *instead; /* as in IndexSpelling */
  const char *prefix;   /* of the terms to look through, lent */
  gunichar *letters;    /* of the word, folded */
  unsigned length, allowed;
  unsigned changes; /* of the best so far, likewise */
  uint64_t weight;
} Spelling;

void spelling_free (Spelling *spelling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Spelling, spelling_free)
/* To find what is like @raw, as it was typed. */
Spelling *spelling_new (const char *prefix, const char *raw);
/* How many letters of @word, in small letters, are wrong, missing, too many or two in the wrong order; accents count
 * for nothing. More than spelling->allowed when it is too far off to be meant. */
unsigned spelling_changes (const Spelling *spelling, const char *word);
/* Takes @word, @changes away and on @pages pages, where it is better than the best so far: nearer, or as near and
 * likelier to be meant. */
void spelling_offer (Spelling *spelling, const char *word, unsigned changes, unsigned pages);
/* Owned by the caller. */
IndexSpelling *spelling_found (const Spelling *spelling);
G_END_DECLS
