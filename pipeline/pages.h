/* pipeline/pages.h - pages that were read, as records. Private to pipeline/. */
#pragma once
#include "base/limits.h"
#include "base/record.h"
#include "store/store.h"

/* The page record that lies in the blob @sha256. Owned by the caller. */
RecordPage *pipeline_load_page (Store *store, const char *sha256, GError **error);
/* Pages of @document as records, in order; of RecordPage, owned by the caller. */
GPtrArray *pipeline_pages (Store *store, int64_t document, GError **error);
/* The first @most of them. */
GPtrArray *pipeline_first_pages (Store *store, int64_t document, unsigned most, GError **error);
/* All of them in a memory file, one frame behind the other, as a child takes them; -1 when it fails: with LIMIT where
 * they are too large together. */
int pipeline_pages_file (Store *store, const Limits *limits, int64_t document, GError **error);
/* Whether an equal page may have the same record: one that was read whole, and from pixels alone. */
bool pipeline_page_is_reusable (const RecordPage *page);
