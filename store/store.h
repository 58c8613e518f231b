/* store/store.h - one folder that holds everything: content-addressed files, the ledger, the catalogue.
 *
 * The ledger (store/ledger.h) is the only truth. Every other table of docket.db is a cache, brought up to date by the
 * very function that rebuilds it, or work state (store/job.h). */
#pragma once
#include "base/clock.h"
#include "base/error.h"

typedef struct Store Store;
typedef enum
{
  STORE_DURABLE = 0,
  STORE_SCRATCH = 1, /* nothing is fsynced: a store that is thrown away when the process ends */
} StoreFlags;

/* Lays out an empty store at @path, which must be empty or not exist. Fails with EXISTS, FULL, or FAILED on a network
 * file system. After a crash the folder is empty, half laid out, which a second call completes, or a store. */
bool store_create (const char *path, StoreFlags flags, GError **error);
/* Opens the store at @path; an older catalogue is copied to docket.db.vN and migrated, a newer one refused.
 * Fails with NOT_FOUND when there is no store or one half laid out. Owned by the caller. */
Store *store_open (const char *path, StoreFlags flags, GError **error);
/* The folder that @given or, without it, $DOCKET_STORE names; NULL when neither does. Lent. */
const char *store_named (const char *given);
/* The store a command means: @given, else $DOCKET_STORE, else the nearest folder upwards that holds docket.yaml.
 * Fails with USAGE when there is none, or no folder at the one named. Owned by the caller. */
char *store_find (const char *given, GError **error);
void store_free (Store *store);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Store, store_free)
const char *store_path (const Store *store);
int store_dir (const Store *store); /* lent */
/* @relative below the store. Owned by the caller. */
char *store_join (const Store *store, const char *relative);

/* Becomes the holder of the pipeline lock until the store is freed or the process ends, however it ends. Fails with
 * BUSY. */
bool store_lock_pipeline (Store *store, GError **error);
/* Whether some process holds it now. */
bool store_pipeline_is_locked (Store *store);

/* A transaction in the name of @actor ("docketd", "user:eva"). Writers wait for each other up to 30 s, then BUSY.
 * STALE when docket.db was rebuilt since the store was opened. Freeing it uncommitted undoes it. One at a time for each
 * Store. */
typedef struct StoreTransaction StoreTransaction;
StoreTransaction *store_begin (Store *store, const char *actor, GError **error);
/* Writes and fsyncs the ledger's files, then commits; consumes @transaction in any case. What it did is durable when it
 * returns true; when it fails nothing happened. It fails when an entry could not be appended or a lease was lost. */
bool store_commit (StoreTransaction *transaction, GError **error);
void store_rollback (StoreTransaction *transaction);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreTransaction, store_rollback)
Store *store_of (StoreTransaction *transaction);
/* Who writes, "user:eva". Lent. */
const char *store_actor (const StoreTransaction *transaction);

/* Readers that need one picture of everything: no change of others is seen between the two calls. */
bool store_snapshot_begin (Store *store, GError **error);
void store_snapshot_end (Store *store);
