/* store/documents.h - many documents at once: the register as a screen shows it. */
#pragma once
#include "store/document.h"

/* What documents to list; NULL and 0 leave a condition out. */
typedef struct
{
  bool urgent;                           /* only what cannot wait */
  const char *kind, *subject, *language; /* the current values */
  unsigned limit;
  int64_t after; /* the document that the page before ended with */
} StoreDocumentsFilter;

typedef struct
{
  int64_t id;
  char *number, *stage, *kind, *subject, *language, *urgency, *outcome, *reason, *folder,
      *name;               /* as in StoreDocument */
  char *received, *source; /* of its first receipt: the day, the name of the file */
  char *sender;            /* who wrote, as far as that is decided; or NULL */
  char *due, *state; /* the earliest deadline in force, or NULL; without one "calendar_missing" where that is why */
} StoreDocumentRow;
/* In the order they came. Of StoreDocumentRow, owned by the caller. */
GPtrArray *store_document_rows (Store *store, const StoreDocumentsFilter *filter, GError **error);
