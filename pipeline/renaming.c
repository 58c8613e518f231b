#include "pipeline/renaming.h"
#include "pipeline/stages.h"
#include "store/decision.h"
#include "store/renaming.h"
#include <string.h>

#define A_TRANSACTION 100 /* documents sent in one: others may write in between */

/* --- what would be --- */

/* Places as they would be after the documents so far had moved: which of the catalogue's are free, which others are
 * taken. Both of char *, folded as the catalogue folds. */
typedef struct
{
  Store *store;
  GHashTable *freed, *taken;
} Places;

static char *
place_key (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  return g_ascii_strdown (path, -1);
}

static bool
is_taken (int64_t document, const char *folder, const char *name, bool *taken, void *data, GError **error)
{
  const Places *places = data;
  g_autofree char *key = place_key (folder, name);
  *taken = g_hash_table_contains (places->taken, key);
  return *taken || g_hash_table_contains (places->freed, key)
         || store_place_is_taken (places->store, document, folder, name, taken, error);
}

static void
move (const Places *places, const StoreDocument *document, const char *folder, const char *name)
{
  char *from = place_key (document->folder, document->name), *to = place_key (folder, name);
  g_hash_table_remove (places->taken, from);
  g_hash_table_add (places->freed, from);
  g_hash_table_remove (places->freed, to);
  g_hash_table_add (places->taken, to);
}

static char *
choose (Places *places, const StoreDocument *document, const PipelinePlace *place, bool *collides, GError **error)
{
  unsigned attempt = 0;
  char *name = pipeline_place_free_name (place, document->id, &attempt, is_taken, places, error);
  *collides = attempt > 0;
  return name;
}

static bool
look_at (Places *places, const PipelineConfiguration *candidate, int64_t id, PipelineRenamingFunc each, void *data,
         GError **error)
{
  g_autoptr (StoreDocument) document = store_document_load (places->store, id, error);
  if (document == NULL || document->name == NULL)
    return document != NULL;
  g_autoptr (StoreReceipt) receipt = store_receipt_of (places->store, id, error);
  g_autoptr (PipelinePlace) place
      = receipt != NULL ? pipeline_place_new (places->store, candidate, document, receipt, false, error) : NULL;
  if (place == NULL)
    return false;
  PipelineRenaming renaming
      = { .document = document, .place = place, .changes = !pipeline_place_is_held (place, document) };
  g_autofree char *plain = pipeline_place_name (place, 0);
  renaming.collides = !renaming.changes && strcmp (plain, document->name) != 0;
  g_autofree char *name
      = renaming.changes ? choose (places, document, place, &renaming.collides, error) : g_strdup (document->name);
  if (name == NULL)
    return false;
  renaming.folder = place->folder;
  renaming.name = name;
  if (renaming.changes)
    move (places, document, place->folder, name);
  return each (&renaming, data, error);
}

bool
pipeline_renaming (Store *store, const GArray *documents, const PipelineConfiguration *candidate,
                   const volatile int *stop, PipelineRenamingFunc each, void *data, GError **error)
{
  g_autoptr (GHashTable) freed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Places places = { store, freed, taken };
  if (!store_snapshot_begin (store, error))
    return false;
  bool looked = true;
  for (guint i = 0; looked && i < documents->len; i++)
    looked = stop != NULL && *stop != 0
                 ? dk_throw (error, DK_ERROR_BUSY, "interrupted; nothing was changed")
                 : look_at (&places, candidate, g_array_index (documents, int64_t, i), each, data, error);
  store_snapshot_end (store);
  return looked;
}

/* --- renaming --- */

void
pipeline_renamed_clear (PipelineRenamed *renamed)
{
  g_clear_pointer (&renamed->sent, g_array_unref);
}

static bool
begin (Store *store, PipelineRenamed *renamed, GError **error)
{
  if (renamed->sent == NULL)
    renamed->sent = g_array_new (FALSE, FALSE, sizeof (int64_t));
  return renamed->run > 0 || ledger_head (store, &renamed->run, NULL, error);
}

static bool
send_one (StoreTransaction *transaction, int64_t document, int64_t config, const StorePlace *former,
          PipelineRenamed *renamed, GError **error)
{
  bool sent;
  if (!store_document_rename (transaction, document, PIPELINE_STAGE_NAMING, config, renamed->run, former, &sent, error))
    return false;
  renamed->on_the_way += !sent;
  if (sent)
    g_array_append_val (renamed->sent, document);
  return true;
}

static bool
note_changing (const PipelineRenaming *renaming, void *data, GError **error)
{
  (void)error;
  if (renaming->changes)
    g_array_append_val ((GArray *)data, renaming->document->id);
  return true;
}

static bool
send_some (Store *store, const char *actor, const GArray *documents, guint first, int64_t config,
           PipelineRenamed *renamed, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, actor, error);
  if (transaction == NULL)
    return false;
  for (guint i = first; i < MIN (first + A_TRANSACTION, documents->len); i++)
    if (!send_one (transaction, g_array_index (documents, int64_t, i), config, NULL, renamed, error))
      return false;
  return store_commit (g_steal_pointer (&transaction), error);
}

bool
pipeline_rename (Store *store, const char *actor, const GArray *documents, const PipelineConfiguration *candidate,
                 int64_t config, const volatile int *stop, PipelineRenamed *renamed, GError **error)
{
  g_autoptr (GArray) changing = g_array_new (FALSE, FALSE, sizeof (int64_t));
  if (!begin (store, renamed, error)
      || !pipeline_renaming (store, documents, candidate, stop, note_changing, changing, error))
    return false;
  renamed->same = documents->len - changing->len;
  for (guint i = 0; i < changing->len; i += A_TRANSACTION)
    if (!send_some (store, actor, changing, i, config, renamed, error))
      return false;
  return true;
}

/* One transaction for each: every one can be left as it is. */
static bool
send_back (Store *store, const char *actor, const StoreDocument *document, const StorePlace *former, int64_t config,
           PipelineRenamed *renamed, GError **error)
{
  if (g_strcmp0 (former->name, document->name) == 0 && g_strcmp0 (former->folder, document->folder) == 0)
    {
      renamed->same++;
      return true;
    }
  g_autoptr (StoreTransaction) transaction = store_begin (store, actor, error);
  return transaction != NULL && send_one (transaction, document->id, config, former, renamed, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

/* A name or folder that a person gave stands above former ones. */
static bool
is_free (Store *store, const StoreDocument *document, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  if (decisions == NULL)
    return false;
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (decision->human && *decision->value != '\0'
          && (strcmp (decision->name, "name") == 0 || strcmp (decision->name, "folder") == 0))
        return dk_throw (error, DK_ERROR_USAGE,
                         "the %s of document #%" G_GINT64_FORMAT " was given by a person; docket review --set %s= "
                         "withdraws it",
                         decision->name, document->id, decision->name);
    }
  return true;
}

bool
pipeline_rename_back (Store *store, const char *actor, const StoreDocument *document, int64_t config,
                      PipelineRenamed *renamed, GError **error)
{
  g_auto (StorePlace) former = { 0 };
  if (!is_free (store, document, error) || !begin (store, renamed, error)
      || !store_place_before (store, document->id, &former, error))
    return false;
  if (former.name == NULL)
    return dk_throw (error, DK_ERROR_NOT_FOUND, "document #%" G_GINT64_FORMAT " has had no other name", document->id);
  return send_back (store, actor, document, &former, config, renamed, error);
}

static bool
take_back (Store *store, const char *actor, int64_t id, int64_t config, PipelineRenamed *renamed, GError **error)
{
  bool decided;
  g_auto (StorePlace) former = { 0 };
  g_autoptr (StoreDocument) document = store_document_load (store, id, error);
  if (document == NULL || !store_document_is_decided_since (store, id, renamed->run, &decided, error)
      || !store_place_at (store, id, renamed->run, &former, error))
    return false;
  if (decided || former.name == NULL)
    {
      renamed->kept++;
      return true;
    }
  return send_back (store, actor, document, &former, config, renamed, error);
}

bool
pipeline_rename_back_to (Store *store, const char *actor, int64_t seq, int64_t config, PipelineRenamed *renamed,
                         GError **error)
{
  renamed->run = seq;
  renamed->sent = g_array_new (FALSE, FALSE, sizeof (int64_t));
  if (seq == 0 && !store_renaming_last (store, &renamed->run, error))
    return false;
  g_autoptr (GArray) documents = renamed->run > 0 ? store_renamed (store, renamed->run, error) : NULL;
  if (renamed->run > 0 && documents == NULL)
    return false;
  for (guint i = 0; documents != NULL && i < documents->len; i++)
    if (!take_back (store, actor, g_array_index (documents, int64_t, i), config, renamed, error))
      return false;
  return true;
}
