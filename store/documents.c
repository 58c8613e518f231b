#include "store/documents.h"
#include "store/internal.h"

static void
row_free (StoreDocumentRow *row)
{
  char *texts[] = { row->number,  row->stage,  row->kind,   row->subject, row->language, row->urgency,
                    row->outcome, row->reason, row->folder, row->name,    row->received, row->source,
                    row->sender,  row->due,    row->state,  row->copy_of };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (row);
}

/* The case that its own goes on in. */
#define GOING_ON                                                                                                       \
  "(WITH RECURSIVE way (id, next) AS (SELECT c.id, c.merged_into"                                                      \
  " UNION ALL SELECT m.id, m.merged_into FROM cases m JOIN way ON m.id = way.next)"                                    \
  " SELECT id FROM way WHERE next IS NULL)"
#define IN_FORCE                                                                                                       \
  "n.case_id = g.id AND n.version = (SELECT max (o.version) FROM deadline o WHERE o.case_id = n.case_id"               \
  " AND o.kind = n.kind)"
/* A child came with its root. */
#define FIRST_RECEIPT                                                                                                  \
  "(SELECT min (f.id) FROM receipt f WHERE f.document = (WITH RECURSIVE up (id, parent) AS (SELECT d.id, d.parent"     \
  " UNION ALL SELECT a.id, a.parent FROM document a JOIN up ON a.id = up.parent)"                                      \
  " SELECT id FROM up WHERE parent IS NULL))"
#define SENDER                                                                                                         \
  "(SELECT nullif (d.value, '') FROM decision d WHERE d.document = page.id AND d.name = 'sender' AND d.seq "           \
  "= " CURRENT_SEQ " ORDER BY d.ordinal LIMIT 1)"

/* The page is chosen first, by an index that has all conditions; then the rest is looked up for its rows alone. */
static char *
question_of (const StoreDocumentsFilter *filter)
{
  GString *sql = g_string_new ("WITH page (id) AS MATERIALIZED (SELECT id FROM document WHERE id > ?1"
                               " AND ?2 IS ?2 AND ?3 IS ?3 AND ?4 IS ?4");
  g_string_append (sql, filter->urgent ? " AND urgency IS NOT NULL AND urgency != 'none'" : "");
  g_string_append (sql, filter->copies ? "" : " AND copy_of IS NULL");
  g_string_append (sql, filter->kind != NULL ? " AND kind = ?2" : "");
  g_string_append (
      sql, filter->subject != NULL ? " AND (subject = ?3 OR substr (subject, 1, length (?3) + 1) = ?3 || '/')" : "");
  g_string_append (sql, filter->language != NULL ? " AND language = ?4" : "");
  g_string_append (sql,
                   " ORDER BY id LIMIT ?5)"
                   " SELECT c.number || '/' || d.case_ordinal, d.stage, d.kind, d.subject, d.language,"
                   " nullif (d.urgency, 'none'), d.outcome, d.reason, d.folder, d.name, r.received, r.name, " SENDER
                   ", n.due, ifnull (n.state, (SELECT n.state FROM deadline n WHERE n.state = 'calendar_missing'"
                   " AND " IN_FORCE " LIMIT 1)), (SELECT m.number || '/' || o.case_ordinal FROM document o"
                   " JOIN cases m ON m.id = o.case_id WHERE o.id = d.copy_of), d.id"
                   " FROM page CROSS JOIN document d ON d.id = page.id LEFT JOIN cases c ON c.id = d.case_id"
                   " LEFT JOIN cases g ON g.id = " GOING_ON " AND g.status != 'closed'"
                   " LEFT JOIN receipt r ON r.id = " FIRST_RECEIPT
                   " LEFT JOIN deadline n ON n.id = (SELECT n.id FROM deadline n WHERE n.due IS NOT NULL"
                   " AND " DEADLINE_RUNS ("n") " AND " IN_FORCE " ORDER BY n.due, n.id LIMIT 1) ORDER BY d.id");
  return g_string_free (sql, FALSE);
}

GPtrArray *
store_document_rows (Store *store, const StoreDocumentsFilter *filter, GError **error)
{
  g_autofree char *question = question_of (filter);
  g_autoptr (Sql) sql = sql_query (store->db, error, question, "isssi", filter->after, filter->kind, filter->subject,
                                   filter->language, filter->limit > 0 ? (int64_t)filter->limit : -1);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rows);
      StoreDocumentRow *one = g_new0 (StoreDocumentRow, 1);
      g_ptr_array_add (rows, one);
      char **texts[] = { &one->number,  &one->stage,  &one->kind,   &one->subject, &one->language, &one->urgency,
                         &one->outcome, &one->reason, &one->folder, &one->name,    &one->received, &one->source,
                         &one->sender,  &one->due,    &one->state,  &one->copy_of };
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        *texts[i] = g_strdup (sql_text (sql, (int)i));
      one->id = sql_int (sql, G_N_ELEMENTS (texts));
    }
  return NULL;
}

bool
store_filed_each (Store *store, StoreFiledFunc each, void *data, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error, "SELECT id, folder, name FROM document WHERE name IS NOT NULL ORDER BY id", "");
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    if (!row)
      return true;
    else if (!each (sql_int (sql, 0), sql_text (sql, 1), sql_text (sql, 2), data, error))
      return false;
  return false;
}

GArray *
store_documents_rested (Store *store, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error, "SELECT id, pages FROM document WHERE stage = 'rest' ORDER BY id", "");
  g_autoptr (GArray) rested = g_array_new (FALSE, FALSE, sizeof (StoreRested));
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rested);
      StoreRested one = { sql_int (sql, 0), (unsigned)sql_int (sql, 1) };
      g_array_append_val (rested, one);
    }
  return NULL;
}

GArray *
store_documents_of_blob (Store *store, const char *sha256, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error, "SELECT id FROM document WHERE blob = ? ORDER BY id", "s", sha256);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

bool
store_documents_count (Store *store, int64_t *count, GError **error)
{
  return sql_get_int (store->db, count, error, "SELECT count(*) FROM document", "");
}
