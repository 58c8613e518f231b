/* store/schema.h - the tables of docket.db and their migrations. Private to store/. */
#pragma once
#include "store/sql.h"

/* The version this program writes. */
#define SCHEMA_VERSION 1
/* Brings @db from its version (PRAGMA user_version) to SCHEMA_VERSION, inside the caller's transaction. Fails with
 * FAILED for a newer one. */
bool schema_migrate (sqlite3 *db, GError **error);
bool schema_version (sqlite3 *db, int64_t *version, GError **error);
/* Cache tables, in an order in which foreign keys hold; NULL-terminated. Each has an integer key "id". */
extern const char *const schema_caches[];
