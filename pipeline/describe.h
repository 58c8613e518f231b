/* pipeline/describe.h - a document as the JSON object that INTERFACES promises: `docket try` and `docket show` print
 * it. */
#pragma once
#include "base/config.h"
#include "base/json.h"
#include "store/document.h"

/* The object of document @id: path media_type outcome reason warnings received pages barcodes language kind subject
 * fields name folder deadlines children. Reasons are sentences in @language. Owned by the caller. */
json_t *describe_document (Store *store, int64_t id, const char *language, GError **error);
/* The same object for a file that could not be taken in at all. @received is ISO. */
json_t *describe_refused (const char *path, RecordCode code, const char *received, const char *received_source,
                          const char *language);
/* The pages' text, parted by form feeds, then that of the children. Owned by the caller. */
char *describe_text (Store *store, int64_t id, GError **error);
