/* store/example.h - what people have said about kind and subject, from which the worker learns: corrections, and
 * reviews that were accepted, since agreeing is an example too. The last word about a document is the one that counts.
 */
#pragma once
#include "base/json.h"
#include "store/store.h"

typedef struct
{
  int64_t document;
  int64_t seq;   /* of a person's last word about it */
  char *kind;    /* NULL: nobody said it */
  char *subject; /* a path of the vocabulary, or NULL */
  json_t *also;  /* further kinds that a person has agreed to */
} StoreExample;
void store_example_free (StoreExample *example);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreExample, store_example_free)
/* At most @limit, those with the newest word first; of StoreExample, owned by the caller. */
GPtrArray *store_examples (Store *store, unsigned limit, GError **error);
/* How many of all there are that no model version has been made from, or was tried with, and the newest's seq. */
bool store_examples_new (Store *store, int64_t *count, int64_t *newest, GError **error);
