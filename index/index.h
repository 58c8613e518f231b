/* index/index.h - the search index: a hit is a page. Xapian behind a C ABI (one C++ file). The index is derived and can
 * be deleted; documents are known by docket's ids, never by Xapian's. */
#pragma once
#include "base/error.h"
#include <stdint.h>

G_BEGIN_DECLS
#define INDEX_ERROR (index_error_quark ())
GQuark index_error_quark (void);
typedef enum
{
  INDEX_ERROR_QUERY,   /* the query cannot be understood; the text says what to change */
  INDEX_ERROR_LOCKED,  /* another process writes */
  INDEX_ERROR_DAMAGED, /* must be rebuilt: docket reindex */
  INDEX_ERROR_MISSING, /* there is none yet */
  INDEX_ERROR_FAILED,
} IndexError;

typedef struct Index Index;
/* Opens for writing, making it where there is none. Fails with LOCKED, DAMAGED. After a change or commit has failed,
 * every call fails until the index is opened anew: what was put since the last commit is lost and must be put again. */
Index *index_open_writer (const char *path, GError **error);
Index *index_open_reader (const char *path, GError **error);
void index_free (Index *index); /* uncommitted changes are dropped */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Index, index_free)

typedef struct
{
  int64_t document, page_no; /* page_no from 1; the identity */
  const char *number;        /* "D-2026-000001-42/1", found by no: with or without "/1", any punctuation */
  const char *text;     /* of the page, as printed; words broken by a hyphen over a line end are joined for searching */
  const char *language; /* ISO 639-1: chooses the stemmer */
  const char *kind, *subject /* path; found by every ancestor */, *sender, *name /* of the source file */;
  const char *extra; /* further words to find it by: bar codes, fields */
  int32_t received;  /* DkDay */
} IndexPage;
/* Replaces page page_no of the document: a second run changes nothing. */
bool index_put (Index *index, const IndexPage *page, GError **error);
/* Removes all pages of a document. */
bool index_remove (Index *index, int64_t document, GError **error);
/* Makes all changes durable, and with them @seq, the last ledger entry they reflect. */
bool index_commit (Index *index, int64_t seq, GError **error);
/* The @seq of the last commit, 0 for a new index. */
int64_t index_seq (const Index *index);
/* Documents (not pages) in it, and pages. */
bool index_count (const Index *index, int64_t *documents, int64_t *pages, GError **error);
/* Whether the document has all of pages 1 to @pages in it. */
bool index_has (const Index *index, int64_t document, unsigned pages, GError **error);
/* Ids of all documents in it, of gint64, ascending. Owned by the caller. */
GArray *index_documents (const Index *index, GError **error);

typedef struct
{
  int64_t document, page_no;
  double score; /* relative to the best hit, 0 to 1 */
  char *number;
  char *snippet; /* of the page, plain text with the hits between \x02 and \x03 */
} IndexHit;
void index_hit_free (IndexHit *hit);
typedef struct
{
  char *word;    /* as it was typed, "from:kovac" too, and on no page in any form */
  char *instead; /* a word that is on some page and likest to it; NULL where none is */
} IndexSpelling;
void index_spelling_free (IndexSpelling *spelling);
typedef struct
{
  GPtrArray *hits;      /* of IndexHit, best first */
  unsigned total;       /* pages that match, a lower bound above 1000 */
  GPtrArray *spellings; /* of IndexSpelling; empty unless nothing is found */
} IndexResult;
void index_result_free (IndexResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IndexResult, index_result_free)
/* Hits @offset to @offset + @limit of @query: words (accents and case do not matter, exact forms first, stemmed in the
 * four languages), "phrases", -not, OR, word*, kind: subject: lang: from: no: name: received:; docket-query(7). The
 * reader sees the last commit and runs the query again when a writer overtakes it. Fails with QUERY, MISSING, DAMAGED.
 */
IndexResult *index_search (Index *index, const char *query, unsigned offset, unsigned limit, GError **error);
/* The fields that @query asks for, "subject:delivery", in small letters without accents, and "foo:" for a word that
 * stands before a colon and is no field. Fails with QUERY. NULL-terminated, owned by the caller. */
GStrv index_query_fields (const char *query, GError **error);
G_END_DECLS
