/* index/terms.h - under which terms a page is found. */
#pragma once
#include "index/forms.h"
#include "index/index.h"

G_BEGIN_DECLS
/* Prefixes of terms. Words of a page: none (folded, with positions), E (exact), Z (stems); B and C (folded, with
 * positions) where a number may begin and end. */
#define INDEX_TERM_BEGIN "B"
#define INDEX_TERM_END "C"
#define INDEX_TERM_PAGE "Q"     /* document.page, the identity */
#define INDEX_TERM_DOCUMENT "I" /* document */
#define INDEX_TERM_KIND "K"
#define INDEX_TERM_SUBJECT "S" /* the path and every ancestor */
#define INDEX_TERM_LANGUAGE "L"
#define INDEX_TERM_NUMBER "O"   /* letters and digits alone, then again with /n */
#define INDEX_TERM_FROM "F"     /* words of the sender, with positions */
#define INDEX_TERM_NAME "N"     /* words of the file name, with positions */
#define INDEX_TERM_RECEIVED "D" /* 2026, 2026-03 and 2026-03-14 */

typedef struct
{
  char *term;
  unsigned position; /* 0: none */
  bool counts;       /* for rank; otherwise it only filters, or serves phrases */
} IndexTerm;
/* All terms of @page but PAGE and DOCUMENT. Of IndexTerm, owned by the caller. */
GArray *index_terms (const IndexPage *page, IndexLexicon *lexicon);

char *index_term_page (int64_t document, int64_t page_no);
char *index_term_document (int64_t document);
/* The term of a docket number or the beginning of one, as printed or typed, "/n" kept. "O" alone when nothing is in it.
 */
char *index_term_number (const char *number);
/* The term of a kind, subject or language, case and outer slashes put aside. */
char *index_term_value (const char *prefix, const char *value);
G_END_DECLS
