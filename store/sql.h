/* store/sql.h - SQLite inside the store: statements bound in one call. Private to store/. */
#pragma once
#include "base/error.h"
#include <sqlite3.h>
#include <stdint.h>

/* A prepared and bound statement. @types has a letter for each ?: i int64_t, d double, s const char * (NULL is null).
 * Text is copied. */
typedef sqlite3_stmt Sql;
Sql *sql_query (sqlite3 *db, GError **error, const char *sql, const char *types, ...);
/* Keeps the statement for the next query of the same words: making one costs more than running it. */
void sql_free (Sql *sql);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sql, sql_free)
/* Steps: *@row tells whether there is one. Fails with BUSY, FULL, INVALID (a constraint) or FAILED. */
bool sql_next (Sql *sql, bool *row, GError **error);
int64_t sql_int (Sql *sql, int column);
double sql_real (Sql *sql, int column);
/* Lent until the next step; NULL for null. */
const char *sql_text (Sql *sql, int column);
/* The first column of all rows that are left, of int64_t. Owned by the caller. */
GArray *sql_ints (Sql *sql, GError **error);
/* Likewise the texts, NULL-terminated; owned by the caller. */
char **sql_texts (Sql *sql, GError **error);
/* Runs a statement to its end. */
bool sql_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...);
/* The first column of the first row; *@value is untouched when there is no row. */
bool sql_get_int (sqlite3 *db, int64_t *value, GError **error, const char *sql, const char *types, ...);
/* Owned by the caller; NULL when there is no row. */
bool sql_get_text (sqlite3 *db, char **value, GError **error, const char *sql, const char *types, ...);
/* The id after the largest of @table. */
bool sql_next_id (sqlite3 *db, const char *table, int64_t *id, GError **error);
/* Runs a script of several statements without parameters. */
bool sql_script (sqlite3 *db, const char *script, GError **error);
/* Leaves the -wal and -shm files when the last connection closes: they are removed by name, and after a rebuild the
 * name is another database's. */
void sql_keep_wal (sqlite3 *db);
/* Closes @db, which may be NULL, with the statements that are kept for it. */
void sql_close (sqlite3 *db);
bool sql_throw (sqlite3 *db, GError **error, const char *doing);
