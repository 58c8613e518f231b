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
/* What a decision rests on, as kept, in the form promised: page box chars text rule, box null on a text. Owned by the
 * caller. */
json_t *describe_because (const json_t *evidence);
/* The pages' text, parted by form feeds, then that of the children. Owned by the caller. */
char *describe_text (Store *store, int64_t id, GError **error);
