#include "store/model.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/messages.h"
#include "store/blob.h"
#include "store/internal.h"
#include <string.h>

#define MODEL_BYTES (UINT64_C (256) << 20) /* far above any that is made */

static bool
id_in_force (sqlite3 *db, int64_t *id, GError **error)
{
  *id = 0;
  return sql_get_int (db, id, error, "SELECT ifnull (max (id), 0) FROM model WHERE state = 'adopted'", "");
}

bool
store_model_current (Store *store, int64_t *id, GBytes **model, GError **error)
{
  g_autofree char *sha256 = NULL;
  if (model != NULL)
    *model = NULL;
  if (!id_in_force (store->db, id, error))
    return false;
  if (*id == 0 || model == NULL)
    return true;
  if (!sql_get_text (store->db, &sha256, error, "SELECT blob FROM model WHERE id = ?", "i", *id))
    return false;
  *model = store_blob_read (store, sha256, MODEL_BYTES, error);
  return *model != NULL;
}

/* --- what becomes of a model that was made --- */

static json_t *
facts_json (int64_t id, GBytes *model, const StoreModelFacts *facts)
{
  g_autoptr (DkDigest) sum = dk_digest_new ();
  dk_digest_add (sum, g_bytes_get_data (model, NULL), g_bytes_get_size (model));
  g_autofree char *digest = dk_digest_end_hex (sum);
  return json_pack ("{s:I, s:s, s:I, s:I, s:I, s:I, s:O}", "model", (json_int_t)id, "digest", digest, "size",
                    (json_int_t)g_bytes_get_size (model), "letters", (json_int_t)facts->letters, "corrections",
                    (json_int_t)facts->corrections, "through", (json_int_t)facts->through, "figures", facts->figures);
}

static bool
append (Store *store, Activity activity, GBytes *model, const StoreModelFacts *facts, const StoreBlob *blob,
        int64_t *id, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  if (transaction == NULL || (blob != NULL && !blob_is_there (store, blob->sha256, error))
      || !sql_next_id (store->db, "model", id, error))
    return false;
  json_t *payload = facts_json (*id, model, facts);
  if (blob != NULL)
    json_object_set_new (payload, "blob", json_string (blob->sha256));
  return ledger_append (transaction, activity, payload, NULL, NULL, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

bool
store_model_adopt (Store *store, GBytes *model, const StoreModelFacts *facts, int64_t *id, GError **error)
{
  StoreBlob blob;
  if (!store_blob_put (store, model, &blob, error))
    return false;
  dk_fault ("model: kept, not in the ledger");
  return append (store, ACTIVITY_MODEL_TRAINED, model, facts, &blob, id, error);
}

bool
store_model_keep_out (Store *store, GBytes *model, const StoreModelFacts *facts, int64_t *id, GError **error)
{
  return append (store, ACTIVITY_MODEL_KEPT_OUT, model, facts, NULL, id, error);
}

static bool
insert_model (sqlite3 *db, const LedgerEntry *entry, const char *state, const char *blob, GError **error)
{
  const json_t *figures = json_object_get (entry->payload, "figures");
  g_autofree char *text = json_is_object (figures) ? dk_json_canonical (figures) : g_strdup ("{}");
  return sql_run (db, error,
                  "INSERT INTO model (id, state, blob, digest, letters, corrections, through, figures, since_us)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                  "isssiiisi", entry_int (entry, "model"), state, blob, entry_text (entry, "digest"),
                  entry_int (entry, "letters"), entry_int (entry, "corrections"), entry_int (entry, "through"), text,
                  entry->time_us);
}

bool
apply_model_trained (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const char *blob = entry_text (entry, "blob");
  return apply_blob (db, blob, entry_int (entry, "size"), "model", error)
         && insert_model (db, entry, "adopted", blob, error);
}

bool
apply_model_kept_out (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return insert_model (db, entry, "kept_out", NULL, error);
}

/* --- undo --- */

bool
store_model_undo (Store *store, const char *actor, int64_t *id, GError **error)
{
  int64_t undone;
  g_autoptr (StoreTransaction) transaction = store_begin (store, actor, error);
  if (transaction == NULL || !id_in_force (store->db, &undone, error))
    return false;
  if (undone == 0)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "no_model_before", "");
  return ledger_append (transaction, ACTIVITY_MODEL_UNDONE, json_pack ("{s:I}", "model", (json_int_t)undone), NULL,
                        NULL, error)
         && id_in_force (store->db, id, error) && store_commit (g_steal_pointer (&transaction), error);
}

/* What people had said by then is no reason to make it again. */
bool
apply_model_undone (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE model SET state = 'undone', through = ? WHERE id = ?", "ii", entry->seq,
                  entry_int (entry, "model"));
}

/* --- looking --- */

void
store_model_free (StoreModel *model)
{
  if (model == NULL)
    return;
  g_free (model->state);
  g_free (model->digest);
  json_decref (model->figures);
  g_free (model);
}

static StoreModel *
read_row (Sql *sql, int64_t in_force)
{
  StoreModel *model = g_new0 (StoreModel, 1);
  model->id = sql_int (sql, 0);
  model->in_force = model->id == in_force;
  model->state = g_strdup (sql_text (sql, 1));
  model->digest = g_strdup (sql_text (sql, 2));
  model->letters = sql_int (sql, 3);
  model->corrections = sql_int (sql, 4);
  model->through = sql_int (sql, 5);
  model->since_us = sql_int (sql, 6);
  model->figures = dk_json_parse (sql_text (sql, 7), strlen (sql_text (sql, 7)), NULL);
  return model;
}

GPtrArray *
store_models (Store *store, GError **error)
{
  int64_t in_force;
  if (!id_in_force (store->db, &in_force, error))
    return NULL;
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT id, state, digest, letters, corrections, through, since_us, figures"
                                   " FROM model ORDER BY id",
                                   "");
  g_autoptr (GPtrArray) models = g_ptr_array_new_with_free_func ((GDestroyNotify)store_model_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&models);
      g_ptr_array_add (models, read_row (sql, in_force));
    }
  return NULL;
}

char *
store_model_name (Store *store, int64_t id, GError **error)
{
  g_autofree char *digest = NULL;
  if (!sql_get_text (store->db, &digest, error, "SELECT digest FROM model WHERE id = ?", "i", id))
    return NULL;
  return digest != NULL ? g_strndup (digest, STORE_MODEL_NAME) : g_strdup ("seed");
}

/* --- requests --- */

bool
store_training_ask (Store *store, int64_t *ticket, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docket", error);
  return transaction != NULL
         && sql_run (store->db, error,
                     "INSERT INTO training (id, asked, answered) VALUES (1, 1, 0)"
                     " ON CONFLICT (id) DO UPDATE SET asked = asked + 1",
                     "")
         && sql_get_int (store->db, ticket, error, "SELECT asked FROM training", "")
         && store_commit (g_steal_pointer (&transaction), error);
}

bool
store_training_asked (Store *store, int64_t *ticket, GError **error)
{
  *ticket = 0;
  return sql_get_int (store->db, ticket, error, "SELECT asked FROM training WHERE asked > answered", "");
}

bool
store_training_answer (Store *store, int64_t ticket, const char *outcome, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  return transaction != NULL
         && sql_run (store->db, error,
                     "INSERT INTO training (id, asked, answered, outcome) VALUES (1, ?1, ?1, ?2)"
                     " ON CONFLICT (id) DO UPDATE SET answered = max (answered, ?1), outcome = ?2",
                     "is", ticket, outcome)
         && store_commit (g_steal_pointer (&transaction), error);
}

bool
store_training_outcome (Store *store, int64_t ticket, char **outcome, GError **error)
{
  *outcome = NULL;
  return sql_get_text (store->db, outcome, error, "SELECT outcome FROM training WHERE answered >= ?", "i", ticket);
}
