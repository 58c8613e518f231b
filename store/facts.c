#include "store/facts.h"
#include "store/case.h"
#include "store/internal.h"
#include <string.h>

void
store_facts_free (StoreFacts *facts)
{
  if (facts == NULL)
    return;
  GArray *arrays[] = { facts->receipts, facts->documents, facts->cases, facts->open, facts->deadlines, facts->reviews };
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    if (arrays[i] != NULL)
      g_array_unref (arrays[i]);
  g_string_chunk_free (facts->strings);
  g_free (facts);
}

static const char *
text_of (StoreFacts *facts, Sql *sql, int column)
{
  const char *text = sql_text (sql, column);
  return text != NULL ? g_string_chunk_insert_const (facts->strings, text) : NULL;
}

static DkDay
day_of (Sql *sql, int column)
{
  return store_deadline_day (sql_text (sql, column));
}

typedef void (*ReadRow) (StoreFacts *facts, Sql *sql, GArray *rows);

/* Reads all rows of @sql into a new array of @size-byte elements; consumes @sql, which may be NULL. */
static GArray *
read_rows (StoreFacts *facts, Sql *consumed, guint size, ReadRow read, GError **error)
{
  g_autoptr (Sql) sql = consumed;
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, size);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rows);
      read (facts, sql, rows);
    }
  return NULL;
}

static FactPlace
place_of (bool duplicate, const char *stage)
{
  if (duplicate)
    return FACT_PLACE_DUPLICATE;
  if (strcmp (stage, "quarantined") == 0)
    return FACT_PLACE_QUARANTINED;
  return strcmp (stage, "rest") == 0 ? FACT_PLACE_FILED : FACT_PLACE_IN_FLIGHT;
}

static void
read_receipt (StoreFacts *facts, Sql *sql, GArray *rows)
{
  FactReceipt receipt = { .id = sql_int (sql, 0),
                          .document = sql_int (sql, 1),
                          .received = day_of (sql, 2),
                          .place = place_of (sql_int (sql, 3) != 0, sql_text (sql, 4)),
                          .profile = text_of (facts, sql, 5),
                          .channel = text_of (facts, sql, 6) };
  g_array_append_val (rows, receipt);
}

static void
read_document (StoreFacts *facts, Sql *sql, GArray *rows)
{
  FactDocument document = { .id = sql_int (sql, 0),
                            .received = day_of (sql, 1),
                            .stage = text_of (facts, sql, 2),
                            .outcome = text_of (facts, sql, 3),
                            .reason = text_of (facts, sql, 4),
                            .language = text_of (facts, sql, 5),
                            .kind = text_of (facts, sql, 6),
                            .subject = text_of (facts, sql, 7),
                            .number = text_of (facts, sql, 8),
                            .review = sql_int (sql, 9) != 0 };
  g_array_append_val (rows, document);
}

static void
read_case (StoreFacts *facts, Sql *sql, GArray *rows)
{
  FactCase row = { .id = sql_int (sql, 0),
                   .number = text_of (facts, sql, 1),
                   .status = text_of (facts, sql, 2),
                   .owner = text_of (facts, sql, 3),
                   .received = day_of (sql, 4) };
  g_array_append_val (rows, row);
}

static void
read_deadline (StoreFacts *facts, Sql *sql, GArray *rows)
{
  FactDeadline deadline = { .case_id = sql_int (sql, 0),
                            .number = text_of (facts, sql, 1),
                            .kind = text_of (facts, sql, 2),
                            .state = text_of (facts, sql, 3),
                            .owner = text_of (facts, sql, 4),
                            .received = day_of (sql, 5),
                            .due = day_of (sql, 6),
                            .work_by = day_of (sql, 7) };
  g_array_append_val (rows, deadline);
}

static void
read_review (StoreFacts *facts, Sql *sql, GArray *rows)
{
  FactReview review = { .document = sql_int (sql, 0), .code = text_of (facts, sql, 1), .received = day_of (sql, 2) };
  g_array_append_val (rows, review);
}

/* A child came when its root came. */
#define ROOTS                                                                                                          \
  "WITH RECURSIVE root (id, top) AS (SELECT id, id FROM document WHERE parent IS NULL"                                 \
  " UNION ALL SELECT d.id, root.top FROM document d JOIN root ON d.parent = root.id) "
#define JOIN_FIRST_RECEIPT                                                                                             \
  " FROM root JOIN document d ON d.id = root.id JOIN receipt r ON r.document = root.top AND r.duplicate = 0"
#define SELECT_CASES "SELECT id, number, status, owner, received FROM cases WHERE merged_into IS NULL AND "

static bool
load_of_period (StoreFacts *facts, sqlite3 *db, const char *from, const char *to, GError **error)
{
  facts->receipts = read_rows (
      facts,
      sql_query (db, error,
                 "SELECT r.id, r.document, r.received, r.duplicate, d.stage, r.profile, r.channel FROM receipt r"
                 " JOIN document d ON d.id = r.document WHERE r.received BETWEEN ? AND ? ORDER BY r.id",
                 "ss", from, to),
      sizeof (FactReceipt), read_receipt, error);
  if (facts->receipts == NULL)
    return false;
  facts->documents = read_rows (
      facts,
      sql_query (db, error,
                 ROOTS "SELECT d.id, r.received, d.stage, d.outcome, d.reason, d.language, d.kind, d.subject,"
                       " c.number || '/' || d.case_ordinal, d.review != '[]'" JOIN_FIRST_RECEIPT
                       " LEFT JOIN cases c ON c.id = d.case_id WHERE r.received BETWEEN ? AND ? ORDER BY d.id",
                 "ss", from, to),
      sizeof (FactDocument), read_document, error);
  if (facts->documents == NULL)
    return false;
  facts->cases
      = read_rows (facts, sql_query (db, error, SELECT_CASES "received BETWEEN ? AND ? ORDER BY id", "ss", from, to),
                   sizeof (FactCase), read_case, error);
  return facts->cases != NULL;
}

static bool
load_of_now (StoreFacts *facts, sqlite3 *db, GError **error)
{
  facts->open = read_rows (facts, sql_query (db, error, SELECT_CASES "status != 'closed' ORDER BY received, id", ""),
                           sizeof (FactCase), read_case, error);
  if (facts->open == NULL)
    return false;
  facts->deadlines = read_rows (
      facts,
      sql_query (
          db, error,
          "SELECT d.case_id, c.number, d.kind, d.state, c.owner, c.received, d.due, d.work_by FROM deadline d"
          " JOIN cases c ON c.id = d.case_id WHERE c.status != 'closed' AND " DEADLINE_RUNS (
              "d") " AND d.version = (SELECT max (version) FROM deadline n WHERE n.case_id = d.case_id AND n.kind = "
                   "d.kind)"
                   " ORDER BY d.due IS NULL, d.due, c.number, d.kind",
          ""),
      sizeof (FactDeadline), read_deadline, error);
  if (facts->deadlines == NULL)
    return false;
  facts->reviews
      = read_rows (facts,
                   sql_query (db, error,
                              ROOTS "SELECT d.id, j.value, r.received" JOIN_FIRST_RECEIPT
                                    ", json_each (d.review) j WHERE d.stage != 'quarantined' ORDER BY d.id, j.key",
                              ""),
                   sizeof (FactReview), read_review, error);
  return facts->reviews != NULL;
}

static const struct
{
  Activity activity;
  bool last; /* the last entry of the kind tells, not the first */
} times[N_FACT_TIMES] = {
  [FACT_TAKEN] = { ACTIVITY_RECEIPT_TAKEN, false },
  [FACT_IDENTIFIED] = { ACTIVITY_DOCUMENT_IDENTIFIED, false },
  [FACT_READ] = { ACTIVITY_PAGE_READ, true },
  [FACT_UNDERSTOOD] = { ACTIVITY_DOCUMENT_UNDERSTOOD, false },
  [FACT_REGISTERED] = { ACTIVITY_CASE_OPENED, false },
  [FACT_FILED] = { ACTIVITY_DOCUMENT_FILED, false },
  [FACT_INDEXED] = { ACTIVITY_DOCUMENT_INDEXED, false },
};

static void
note_time (FactDocument *document, Sql *sql)
{
  Activity activity = activity_parse (sql_text (sql, 1));
  for (int i = 0; i < N_FACT_TIMES; i++)
    if (times[i].activity == activity)
      document->time_us[i] = sql_int (sql, times[i].last ? 3 : 2);
  int64_t joined_us = activity == ACTIVITY_CASE_JOINED ? sql_int (sql, 2) : 0,
          *registered = &document->time_us[FACT_REGISTERED];
  if (joined_us > 0 && (*registered == 0 || joined_us < *registered)) /* case.joined comes before case.opened */
    *registered = joined_us;
}

/* Both lists ascend by document, so one walk through the ledger's groups suffices. */
static bool
load_times (StoreFacts *facts, sqlite3 *db, GError **error)
{
  g_autoptr (Sql) sql = sql_query (db, error,
                                   "SELECT document, activity, min (time_us), max (time_us) FROM ledger"
                                   " WHERE document IS NOT NULL GROUP BY document, activity ORDER BY document",
                                   "");
  guint at = 0;
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return true;
      int64_t id = sql_int (sql, 0);
      while (at < facts->documents->len && g_array_index (facts->documents, FactDocument, at).id < id)
        at++;
      if (at < facts->documents->len && g_array_index (facts->documents, FactDocument, at).id == id)
        note_time (&g_array_index (facts->documents, FactDocument, at), sql);
    }
  return false;
}

static bool
load_head (StoreFacts *facts, sqlite3 *db, GError **error)
{
  g_autofree char *first = NULL;
  if (!sql_get_int (db, &facts->seq, error, "SELECT ifnull (max (seq), 0) FROM ledger", "")
      || !sql_get_int (db, &facts->time_us, error, "SELECT time_us FROM ledger WHERE seq = ?", "i", facts->seq)
      || !sql_get_int (db, &facts->config, error, "SELECT ifnull (max (id), 0) FROM config", "")
      || !sql_get_text (db, &first, error, "SELECT min (received) FROM receipt", ""))
    return false;
  facts->first = first != NULL ? dk_day_parse (first) : DK_DAY_NONE;
  return true;
}

StoreFacts *
store_facts_load (Store *store, DkDay from, DkDay to, GError **error)
{
  g_autoptr (StoreFacts) facts = g_new0 (StoreFacts, 1);
  facts->strings = g_string_chunk_new (4096);
  g_autofree char *first = from != DK_DAY_NONE ? dk_day_format (from) : g_strdup ("0001-01-01");
  g_autofree char *last = to != DK_DAY_NONE ? dk_day_format (to) : g_strdup ("9999-12-31");
  if (!load_head (facts, store->db, error) || !load_of_period (facts, store->db, first, last, error)
      || !load_of_now (facts, store->db, error) || !load_times (facts, store->db, error))
    return NULL;
  return g_steal_pointer (&facts);
}
