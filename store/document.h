/* store/document.h - a kept piece and what was found out about it. Each function that changes something appends one
 * ledger entry;
 * @next is the stage the document needs then, in the pipeline's words. */
#pragma once
#include "base/record.h"
#include "store/blob.h"
#include "store/ledger.h"

typedef struct
{
  int64_t id, parent, ordinal; /* parent 0: a receipt's root */
  char *blob;                  /* of the original */
  char *stage;                 /* the next one, or STORE_STAGE_REST, STORE_STAGE_QUARANTINED */
  int64_t since_us;            /* when it came to that stage */
  char *media_type;            /* NULL until identified */
  unsigned pages;
  bool paged, picture;
  bool recognised;                 /* a page of it was read from pixels */
  char *outcome;                   /* ok partial needs_password refused */
  char *reason, *reason_stage;     /* a RecordCode's name and where it arose, or NULL */
  json_t *warnings;                /* [{"code":…,"page":…}], page absent for the whole document */
  char *language, *kind, *subject; /* current values, NULL until understood */
  char *urgency;                   /* likewise, known from the first page on; NULL: it may wait */
  int64_t config;                  /* the version it was understood under, 0 before */
  int64_t model;                   /* the version of the model it was understood with, 0: the seed, or before */
  char *bound;                     /* the searchable PDF's blob, or NULL */
  int64_t case_id, case_ordinal;
  int64_t copy_of;     /* the document of the same case that says the same, 0: none */
  char *number;        /* "D-2026-000001-45/1", NULL until registered */
  char *folder, *name; /* below filed/, NULL until filed */
  char *placed;        /* the blob that has that name: of older bytes while grown ones are on their way */
  json_t *review;      /* codes of why a person should look: ["kind","partial"]; empty when nobody need */
} StoreDocument;
void store_document_free (StoreDocument *document);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreDocument, store_document_free)
StoreDocument *store_document_load (Store *store, int64_t id, GError **error);
/* The document that @text names: "NUMBER", "NUMBER/n" or "#id". Fails with NOT_FOUND, or USAGE when it has no such
 * form. */
StoreDocument *store_document_find (Store *store, const char *text, GError **error);
typedef enum
{
  STORE_DOCUMENTS_ALL,
  STORE_DOCUMENTS_QUARANTINED,
  STORE_DOCUMENTS_TO_REVIEW, /* at rest, and a person should look; less the urgent ones, which are */
  STORE_DOCUMENTS_TO_REVIEW_AT_ONCE,
  STORE_DOCUMENTS_FILED,
  STORE_DOCUMENTS_TO_INDEX,   /* waiting for the stage index */
  STORE_DOCUMENTS_REGISTERED, /* the first of its case */
  STORE_DOCUMENTS_URGENT,     /* what they say cannot wait */
} StoreDocumentFilter;
/* Ids, ascending, of int64_t, after @after, at most @limit (0: all). Owned by the caller. */
GArray *store_documents (Store *store, StoreDocumentFilter filter, int64_t after, unsigned limit, GError **error);

/* The documents that are copies of @document, ascending; of int64_t, owned by the caller. */
GArray *store_document_copies (Store *store, int64_t document, GError **error);
/* Documents that are searchable by now, or should be. */
bool store_documents_at_rest (Store *store, int64_t *count, GError **error);
/* The index was lost: sends every document at rest back to the stage index. Opens its own transaction. */
bool store_documents_reindex (Store *store, GError **error);

bool store_document_identified (StoreTransaction *transaction, int64_t document, const RecordFacts *facts,
                                const char *next, GError **error);
/* @frame is the blob of the page's record. @key, or NULL, is what all pages with such a record have in common, in
 * hexadecimal. @next is NULL while other pages of the document are unread. */
bool store_page_read (StoreTransaction *transaction, int64_t document, const RecordPage *page, const StoreBlob *frame,
                      const char *key, const char *next, GError **error);
/* The record of a page that was read with @key, of whatever document; *@blob is NULL when there is none. Owned by the
 * caller. */
bool store_page_known (Store *store, const char *key, char **blob, GError **error);
/* Pages that were recognised whole, and how many of them are equal to one before. */
bool store_pages_equal (Store *store, int64_t *recognised, int64_t *equal, GError **error);
/* Pages that have no record yet. */
bool store_pages_unread (Store *store, int64_t document, int64_t *count, GError **error);
/* Pages of @document besides @page of which something may be had: unread ones, and those not missing. */
bool store_pages_hopeful (Store *store, int64_t document, int64_t page, int64_t *count, GError **error);
/* Pages that are missing. */
bool store_pages_missing (Store *store, int64_t document, int64_t *count, GError **error);
/* The lowest mean confidence of a recognised page, 100 when there is none, -1 when no page has a word. */
bool store_page_confidence (Store *store, int64_t document, double *confidence, GError **error);
/* The language of the last page of @document that was read with one, NULL when there is none. Owned by the caller. */
bool store_page_language (Store *store, int64_t document, char **language, GError **error);
/* The blobs of all page records in page order, NULL-terminated. Owned by the caller. */
char **store_page_blobs (Store *store, int64_t document, GError **error);
/* The document cannot wait because of @urgency (a concept of that scheme): what is still to be done with it goes first.
 */
bool store_document_hurry (StoreTransaction *transaction, int64_t document, const char *urgency, GError **error);
bool store_document_bound (StoreTransaction *transaction, int64_t document, const StoreBlob *pdf, const char *next,
                           GError **error);
/* The searchable PDF is gone: the document goes back to @stage, which makes it. */
/* A document at rest, or about to be indexed, begins again at @stage, under the configuration @config or a later one;
 * its number and its case stay. *@sent is false, and nothing is written, where it is on its way anyway. */
bool store_document_send_back (StoreTransaction *transaction, int64_t document, const char *stage, int64_t config,
                               bool *sent, GError **error);
bool store_document_bound_lost (StoreTransaction *transaction, int64_t document, const char *stage, GError **error);
/* @findings of RecordFinding; @review: NULL-terminated codes of what a person should look at. */
bool store_document_understood (StoreTransaction *transaction, int64_t document, const GPtrArray *findings,
                                int64_t config, int64_t model, const char *const *review, const char *next,
                                GError **error);
/* Whether another document is filed as @name in @folder, case aside. */
bool store_place_is_taken (Store *store, int64_t document, const char *folder, const char *name, bool *taken,
                           GError **error);
bool store_document_filed (StoreTransaction *transaction, int64_t document, const char *folder, const char *name,
                           const char *next, GError **error);
bool store_document_indexed (StoreTransaction *transaction, int64_t document, const char *next, GError **error);
/* @media_type NULL: not known. */
bool store_document_quarantined (StoreTransaction *transaction, int64_t document, RecordCode reason, const char *stage,
                                 const char *media_type, GError **error);
/* Out of quarantine, back to the stage that refused it. Fails with NOT_FOUND when it is not in quarantine. */
bool store_document_released (StoreTransaction *transaction, int64_t document, GError **error);
