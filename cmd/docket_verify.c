/* docket verify, reindex, rebuild - whether everything still holds, and derived data made anew. */
#include "base/file.h"
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "index/index.h"
#include "pipeline/pipeline.h"
#include "store/audit.h"
#include "store/documents.h"
#include "store/ledger.h"
#include "store/receipt.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* --- verify --- */

typedef struct
{
  bool json;
  const char *language;
  GPtrArray *damaged; /* names of objects, of char *: told at the end, when the store can be asked again */
  GPtrArray *wrong;   /* what is wrong with each, of char * */
  int64_t differences;
} Finder;

/* The sentence cli.verify.problem… for what store_verify says in English; what is not here is told as it is. */
static char *
problem_text (const char *language, const char *problem)
{
  static const char *const keys[][2] = {
    { "missing", "missing" },
    { "is missing", "missing" },
    { "cannot be opened", "unopened" },
    { "cannot be read", "unread" },
    { "is no file", "no_file" },
    { "has another size", "size" },
    { "has other content than its name says", "content" },
    { "is not the number after the entry before it", "order" },
    { "its personal part was changed", "personal" },
    { "its hash does not fit: it or an entry before it was changed", "hash" },
    { "is not in the ledger's files", "not_in_files" },
    { "is in the ledger's files, but not in docket.db", "only_in_files" },
    { "differs in the ledger's files", "differs" },
    { "no ledger entry made it", "no_entry" },
    { "is not what the ledger says", "cache" },
    { "is missing: `docket reindex` makes it anew", "link" },
    { "is another file than the document's", "other_file" },
    { "is not searchable: run docket reindex", "index" },
    { "is searchable, but there is no such document: run docket reindex", "surplus" },
    { "is newer than the ledger: run docket reindex", "ahead" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strcmp (problem, keys[i][0]) == 0)
      {
        g_autofree char *key = g_strconcat ("verify.problem.", keys[i][1], NULL);
        return say_text (language, key, "");
      }
  return g_strdup (problem);
}

static void
print_found (const char *language, const char *what, const char *id, const char *problem)
{
  g_autofree char *word = report_label (language, "cli.verify.what", what);
  g_autofree char *plain_id = command_plain (id);
  g_autofree char *text = problem_text (language, problem);
  g_autofree char *plain = command_plain (text);
  say (language, "verify.found", "sss", word, plain_id, plain);
}

static void
found (const char *what, const char *id, const char *problem, void *data)
{
  Finder *finder = data;
  finder->differences++;
  if (finder->json)
    command_print_json (
        json_pack ("{s:s, s:o, s:o}", "what", what, "id", dk_json_text (id), "problem", dk_json_text (problem)));
  else if (strcmp (what, "blob") == 0)
    {
      g_ptr_array_add (finder->damaged, g_strdup (id));
      g_ptr_array_add (finder->wrong, g_strdup (problem));
    }
  else
    print_found (finder->language, what, id, problem);
}

static void
print_original (const Finder *finder, const StoreDocument *document, const StoreReceipt *receipt, const char *problem)
{
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  g_autofree char *name = command_plain (receipt->name);
  const char *key = strcmp (problem, "missing") == 0           ? "verify.original.missing"
                    : g_str_has_prefix (problem, "cannot be ") ? "verify.original.unreadable"
                                                               : "verify.original.changed";
  say (finder->language, key, "ss", document->number != NULL ? document->number : id, name);
}

static bool
print_originals (const Finder *finder, Store *store, const GArray *ids, const char *problem, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (StoreDocument) document = store_document_load (store, g_array_index (ids, int64_t, i), error);
      g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (store, document->id, error) : NULL;
      if (receipt == NULL)
        return false;
      print_original (finder, document, receipt, problem);
    }
  return true;
}

/* A person knows letters, not objects: the original of a document is told by its number and name. */
static bool
print_damaged (const Finder *finder, Store *store, GError **error)
{
  for (guint i = 0; i < finder->damaged->len; i++)
    {
      const char *sha256 = finder->damaged->pdata[i], *problem = finder->wrong->pdata[i];
      g_autoptr (GArray) ids = store_documents_of_blob (store, sha256, error);
      if (ids == NULL || !print_originals (finder, store, ids, problem, error))
        return false;
      if (ids->len == 0)
        print_found (finder->language, "blob", sha256, problem);
    }
  return true;
}

/* What the index holds of documents that are none, and of a later state of the store: it came from elsewhere. */
static bool
verify_surplus (Store *store, const Index *index, const GArray *rested, Finder *finder, GError **error)
{
  guint next = 0; /* of @rested, which ascends as the ids do */
  int64_t head;
  g_autoptr (GError) failed = NULL;
  g_autoptr (GArray) ids = index_documents (index, &failed);
  if (ids == NULL)
    found ("index", "index", failed->message, finder);
  if (!ledger_head (store, &head, NULL, error))
    return false;
  if (index_seq (index) > head)
    found ("index", "index", "is newer than the ledger: run docket reindex", finder);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      int64_t one = g_array_index (ids, int64_t, i);
      while (next < rested->len && g_array_index (rested, StoreRested, next).id < one)
        next++;
      if (next < rested->len && g_array_index (rested, StoreRested, next).id == one)
        continue;
      g_autoptr (GError) missing = NULL;
      g_autoptr (StoreDocument) document = store_document_load (store, one, &missing);
      g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, one);
      if (document == NULL && g_error_matches (missing, DK_ERROR, DK_ERROR_NOT_FOUND))
        found ("index", id, "is searchable, but there is no such document: run docket reindex", finder);
    }
  return true;
}

/* Every document at rest has its pages in the index. Who is at rest is asked before the index is opened: what comes to
 * rest later need not be in what the reader sees. */
static bool
verify_index (Store *store, Finder *finder, int64_t *checked, GError **error)
{
  g_autofree char *path = store_join (store, "index");
  g_autoptr (GError) failed = NULL;
  g_autoptr (GArray) rested = store_documents_rested (store, error);
  if (rested == NULL)
    return false;
  *checked = rested->len;
  g_autoptr (Index) index = index_open_reader (path, &failed);
  if (index == NULL && !g_error_matches (failed, INDEX_ERROR, INDEX_ERROR_MISSING))
    {
      found ("index", "index", failed->message, finder);
      return true;
    }
  for (guint i = 0; i < rested->len; i++)
    {
      const StoreRested *document = &g_array_index (rested, StoreRested, i);
      g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
      if (index == NULL || !index_has (index, document->id, document->pages, NULL))
        found ("index", id, "is not searchable: run docket reindex", finder);
    }
  return index == NULL || verify_surplus (store, index, rested, finder, error);
}

static bool
verify_run (Command *command, int argc, char **argv, Finder *finder, GError **error)
{
  gboolean full = FALSE;
  const GOptionEntry entries[] = {
    { "full", 0, 0, G_OPTION_ARG_NONE, &full, "Read every original and check its hash", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (command, entries, NULL, "Checks objects, ledger, catalogue, names in filed/ and the index.",
                      &argc, &argv, error))
    return false;
  finder->json = command->json;
  finder->language = command->language;
  g_autoptr (Store) store = command_open (command, error);
  StoreAudit audit;
  int64_t documents = 0;
  if (store == NULL || !store_verify (store, full, found, finder, &audit, error)
      || !verify_index (store, finder, &documents, error) || !print_damaged (finder, store, error))
    return false;
  if (command->json)
    command_print_json (json_pack ("{s:{s:I, s:I, s:I, s:I, s:I}, s:I}", "checked", "blobs", (json_int_t)audit.blobs,
                                   "entries", (json_int_t)audit.entries, "rows", (json_int_t)audit.rows, "links",
                                   (json_int_t)audit.links, "indexed", (json_int_t)documents, "differences",
                                   (json_int_t)finder->differences));
  else
    say (command->language, full ? "verify.checked_full" : "verify.checked", "llllll", audit.blobs, audit.entries,
         audit.rows, audit.links, documents, finder->differences);
  return true;
}

int
docket_verify (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) damaged = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) wrong = g_ptr_array_new_with_free_func (g_free);
  Finder finder = { .damaged = damaged, .wrong = wrong };
  verify_run (&command, argc, argv, &finder, &error);
  return error != NULL ? command_end ("verify", error) : finder.differences > 0 ? 1 : 0;
}

/* --- reindex --- */

/* The index is deleted, and every document at rest goes through the stage index again; nothing is recognised anew. A
 * running docketd is asked to end first, since it alone writes the index. */
static bool
reindex (Command *command, int argc, char **argv, GError **error)
{
  if (!command_parse (command, NULL, NULL,
                      "Makes the search index and the names in filed/ anew; nothing is recognised again.", &argc, &argv,
                      error))
    return false;
  g_autoptr (Store) store = command_open (command, error);
  if (store == NULL)
    return false;
  if (store_pipeline_is_locked (store))
    return dk_refuse (error, DK_ERROR_BUSY, "docketd_runs", "");
  if (!dk_remove_tree (store_dir (store), "index", error))
    return false;
  const PipelineOptions options = { 0 };
  g_autoptr (Pipeline) pipeline = pipeline_open (store, &options, error);
  if (pipeline == NULL || !pipeline_run (pipeline, pipeline_is_idle, NULL, NULL, error))
    return false;
  g_clear_pointer (&pipeline, pipeline_free);
  int64_t documents = 0, pages = 0;
  g_autofree char *path = store_join (store, "index");
  g_autoptr (Index) index = index_open_reader (path, error);
  if (index == NULL || !index_count (index, &documents, &pages, error))
    return false;
  if (command->json)
    command_print_json (json_pack ("{s:I, s:I}", "documents", (json_int_t)documents, "pages", (json_int_t)pages));
  else
    say (command->language, "reindex", "ll", documents, pages);
  return true;
}

int
docket_reindex (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  reindex (&command, argc, argv, &error);
  return command_end ("reindex", error);
}

/* --- rebuild --- */

static bool
rebuild (Command *command, int argc, char **argv, bool *clean, GError **error)
{
  if (!command_parse (command, NULL, NULL,
                      "Makes docket.db anew from ledger/ and objects/, with the same ids and numbers.", &argc, &argv,
                      error))
    return false;
  g_autofree char *path = say_find_store (command->language, command->store, error);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  if (path == NULL || !store_rebuild (path, problems, error))
    return false;
  *clean = problems->len == 0;
  for (guint i = 0; i < problems->len; i++)
    if (command->json)
      command_print_json (json_pack ("{s:o}", "problem", dk_json_text (problems->pdata[i])));
    else
      printf ("%s\n", (const char *)problems->pdata[i]);
  g_autoptr (Store) store = store_open (path, STORE_DURABLE, error);
  int64_t documents;
  if (store == NULL || !store_documents_count (store, &documents, error))
    return false;
  if (command->json)
    command_print_json (json_pack ("{s:I}", "documents", (json_int_t)documents));
  else
    say (command->language, "rebuild", "l", documents);
  return true;
}

int
docket_rebuild (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  bool clean = true;
  rebuild (&command, argc, argv, &clean, &error);
  return error != NULL ? command_end ("rebuild", error) : clean ? 0 : 1;
}
