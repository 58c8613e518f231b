#include "store/versions.h"
#include "base/limits.h"
#include "store/internal.h"
#include <string.h>

Config *
store_config_version (Store *store, int64_t id, GError **error)
{
  g_autofree char *sha256 = NULL;
  if (!sql_get_text (store->db, &sha256, error, "SELECT blob FROM config WHERE id = ?", "i", id))
    return NULL;
  if (sha256 == NULL)
    {
      dk_throw (error, DK_ERROR_NOT_FOUND, "there is no configuration version %" G_GINT64_FORMAT, id);
      return NULL;
    }
  g_autoptr (GBytes) bytes = store_blob_read (store, sha256, LIMITS_CONFIG_BYTES * 2, error);
  return bytes != NULL ? config_from_bytes (bytes, error) : NULL;
}

bool
store_config_current (Store *store, int64_t *id, Config **config, GError **error)
{
  *id = 0;
  if (!sql_get_int (store->db, id, error, "SELECT ifnull (max (id), 0) FROM config", ""))
    return false;
  if (*id == 0 || config == NULL)
    return true;
  *config = store_config_version (store, *id, error);
  return *config != NULL;
}

static bool
is_in_force (Store *store, const Config *config, int64_t *id, bool *same, GError **error)
{
  g_autofree char *in_force = NULL;
  if (!store_config_current (store, id, NULL, error)
      || !sql_get_text (store->db, &in_force, error, "SELECT blob FROM config WHERE id = ?", "i", *id))
    return false;
  *same = in_force != NULL && strcmp (in_force, config_digest (config)) == 0;
  return true;
}

/* The names of the files users/NAME.yaml. */
static json_t *
users_of (const Config *config)
{
  json_t *names = json_array ();
  g_auto (GStrv) paths = config_paths (config, "users");
  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *base = g_path_get_basename (*path);
      json_array_append_new (names, json_pack ("s%", base, strlen (base) - strlen (".yaml")));
    }
  return names;
}

bool
store_config_adopt (Store *store, const Config *config, int64_t *id, GError **error)
{
  bool same;
  if (!is_in_force (store, config, id, &same, error))
    return false;
  if (same)
    return true;
  g_autoptr (GBytes) bytes = config_bytes (config);
  StoreBlob blob;
  if (!store_blob_put (store, bytes, &blob, error))
    return false;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docket", error);
  if (transaction == NULL || !is_in_force (store, config, id, &same, error)) /* another may have been faster */
    return false;
  if (same)
    return true;
  if (!blob_is_there (store, blob.sha256, error) || !sql_next_id (store->db, "config", id, error))
    return false;
  json_t *payload = json_pack ("{s:I, s:s, s:I, s:o}", "config", (json_int_t)*id, "blob", blob.sha256, "size",
                               (json_int_t)blob.size, "users", users_of (config));
  return ledger_append (transaction, ACTIVITY_CONFIG_CHANGED, payload, NULL, NULL, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

/* Who once was a user is told from an owner who never was one. */
static bool
note_users (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  size_t i;
  const json_t *name;
  json_array_foreach (json_object_get (entry->payload, "users"), i, name)
  {
    int64_t id;
    if (!sql_next_id (db, "known_user", &id, error)
        || !sql_run (db, error, "INSERT INTO known_user (id, name) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", "is",
                     id, json_string_value (name)))
      return false;
  }
  return true;
}

bool
apply_config_changed (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return apply_blob (db, entry_text (entry, "blob"), entry_int (entry, "size"), "config", error)
         && sql_run (db, error, "INSERT INTO config (id, blob, since_us) VALUES (?, ?, ?)", "isi",
                     entry_int (entry, "config"), entry_text (entry, "blob"), entry->time_us)
         && note_users (db, entry, error);
}
