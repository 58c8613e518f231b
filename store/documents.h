/* store/documents.h - many documents at once: the register as a screen shows it. */
#pragma once
#include "store/document.h"

/* What documents to list; NULL and 0 leave a condition out. */
typedef struct
{
  bool urgent;                           /* only what cannot wait */
  bool copies;                           /* copies too, not only what they are copies of */
  const char *kind, *subject, *language; /* the current values; subjects below @subject too */
  unsigned limit;
  int64_t after; /* the document that the page before ended with */
} StoreDocumentsFilter;

typedef struct
{
  int64_t id;
  char *number, *stage, *kind, *subject, *language, *urgency, *outcome, *reason, *folder,
      *name;               /* as in StoreDocument */
  char *received, *source; /* of its first receipt: the day, the name of the file */
  char *copy_of;           /* the number of the document that it is a copy of, or NULL */
  char *sender;            /* who wrote, as far as that is decided; or NULL */
  char *due, *state; /* the earliest deadline in force, or NULL; without one "calendar_missing" where that is why */
} StoreDocumentRow;
/* In the order they came. Of StoreDocumentRow, owned by the caller. */
GPtrArray *store_document_rows (Store *store, const StoreDocumentsFilter *filter, GError **error);

/* Calls @each with the path below filed/ that a document has, in the order they came, until it fails. It does not write
 * to the store meanwhile. */
typedef bool (*StoreFiledFunc) (int64_t document, const char *folder, const char *name, void *data, GError **error);
bool store_filed_each (Store *store, StoreFiledFunc each, void *data, GError **error);

typedef struct
{
  int64_t id;
  unsigned pages;
} StoreRested;
/* Of StoreRested: the documents that are at rest, and so searchable. Owned by the caller. */
GArray *store_documents_rested (Store *store, GError **error);
/* Ids, of int64_t, of the documents whose original is the blob @sha256. Owned by the caller. */
GArray *store_documents_of_blob (Store *store, const char *sha256, GError **error);
bool store_documents_count (Store *store, int64_t *count, GError **error);
