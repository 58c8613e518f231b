/* store/schema.h - the tables of docket.db and their migrations. Private to store/. */
#pragma once
#include "store/sql.h"

/* The version this program writes, of the tables and of what may stand in the ledger: whoever adds an activity, raises
 * the payload version of one or changes a table adds a version here and its step in schema.c, an empty one where no
 * table changes. So a program that does not know all that a store may hold refuses it as a whole, and never meets half
 * of it. tests/unit/test-store-ledger.c has the activities of each version. */
#define SCHEMA_VERSION 2
/* Brings @db from its version (PRAGMA user_version) to SCHEMA_VERSION, inside the caller's transaction. Fails with
 * FAILED for a newer one. */
bool schema_migrate (sqlite3 *db, GError **error);
bool schema_version (sqlite3 *db, int64_t *version, GError **error);
/* Fails with FAILED where @db is of a newer program. */
bool schema_check (sqlite3 *db, GError **error);
/* Cache tables, in an order in which foreign keys hold; NULL-terminated. Each has an integer key "id". */
extern const char *const schema_caches[];
