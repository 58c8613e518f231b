#include "store/document.h"
#include "store/internal.h"
#include "store/receipt.h"
#include <stdlib.h>
#include <string.h>

void
store_document_free (StoreDocument *document)
{
  if (document == NULL)
    return;
  char *texts[]
      = { document->blob,         document->stage,    document->media_type, document->outcome, document->reason,
          document->reason_stage, document->language, document->kind,       document->subject, document->bound,
          document->number,       document->folder,   document->name,       document->placed,  document->urgency };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  json_decref (document->warnings);
  json_decref (document->review);
  g_free (document);
}

static json_t *
list_of (const char *text)
{
  json_t *list = text != NULL ? dk_json_parse (text, strlen (text), NULL) : NULL;
  return list != NULL ? list : json_array ();
}

StoreDocument *
store_document_load (Store *store, int64_t id, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      store->db, error,
      "SELECT d.blob, d.stage, media_type, d.outcome, d.reason, reason_stage, language, kind, subject, bound,"
      " c.number || '/' || d.case_ordinal, folder, name, placed, iif (d.urgency = 'none', NULL, d.urgency), ifnull "
      "(d.parent, 0), d.ordinal, d.since_us, d.pages, "
      "d.paged,"
      " d.picture, ifnull (d.config, 0), ifnull (d.case_id, 0), ifnull (d.case_ordinal, 0), d.warnings, d.review,"
      " EXISTS (SELECT 1 FROM page p WHERE p.document = d.id AND p.origin = 'recognised'), d.model,"
      " ifnull (d.copy_of, 0)"
      " FROM document d LEFT JOIN cases c ON c.id = d.case_id WHERE d.id = ?",
      "i", id);
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return NULL;
  if (!row)
    {
      dk_throw (error, DK_ERROR_NOT_FOUND, "there is no document #%" G_GINT64_FORMAT, id);
      return NULL;
    }
  StoreDocument *document = g_new0 (StoreDocument, 1);
  char **texts[]
      = { &document->blob,         &document->stage,    &document->media_type, &document->outcome, &document->reason,
          &document->reason_stage, &document->language, &document->kind,       &document->subject, &document->bound,
          &document->number,       &document->folder,   &document->name,       &document->placed,  &document->urgency };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (sql_text (sql, (int)i));
  document->id = id;
  document->parent = sql_int (sql, 15);
  document->ordinal = sql_int (sql, 16);
  document->since_us = sql_int (sql, 17);
  document->pages = (unsigned)sql_int (sql, 18);
  document->paged = sql_int (sql, 19) != 0;
  document->picture = sql_int (sql, 20) != 0;
  document->config = sql_int (sql, 21);
  document->case_id = sql_int (sql, 22);
  document->case_ordinal = sql_int (sql, 23);
  document->warnings = list_of (sql_text (sql, 24));
  document->review = list_of (sql_text (sql, 25));
  document->recognised = sql_int (sql, 26) != 0;
  document->model = sql_int (sql, 27);
  document->copy_of = sql_int (sql, 28);
  return document;
}

/* "NUMBER/n", the document that has or had this number, or "NUMBER", the first that is in the case now, or in the one
 * it was merged into. Compared without case and punctuation. */
static bool
find_number (Store *store, const char *text, int64_t *id, GError **error)
{
  static const char same[] = "replace (c.number, '-', '') = replace (replace (?, '-', ''), ' ', '')";
  g_auto (GStrv) parts = g_strsplit (text, "/", 2);
  bool whole = parts[0] == NULL || parts[1] == NULL;
  char *end = NULL;
  int64_t ordinal = whole ? 1 : g_ascii_strtoll (parts[1], &end, 10);
  if (end != NULL && *end != '\0')
    return true;
  g_autofree char *upper = g_ascii_strup (parts[0] != NULL ? parts[0] : "", -1);
  g_autofree char *sql = g_strconcat (
      whole ? "WITH RECURSIVE way (id, next) AS (SELECT id, merged_into FROM cases c WHERE "
            : "SELECT document FROM case_place p JOIN cases c ON c.id = p.case_id WHERE ",
      same,
      whole ? " UNION ALL SELECT c.id, c.merged_into FROM cases c JOIN way ON c.id = way.next)"
              " SELECT d.id FROM way JOIN document d ON d.case_id = way.id ORDER BY d.case_ordinal LIMIT 1"
            : " AND p.ordinal = ?",
      NULL);
  return sql_get_int (store->db, id, error, sql, whole ? "s" : "si", upper, ordinal);
}

StoreDocument *
store_document_find (Store *store, const char *text, GError **error)
{
  int64_t id = 0;
  if (text[0] == '#')
    {
      char *end;
      id = g_ascii_strtoll (text + 1, &end, 10);
      if (*end != '\0' || id <= 0)
        {
          dk_throw (error, DK_ERROR_USAGE, "“%s” is neither a docket number nor #id", text);
          return NULL;
        }
    }
  else if (!find_number (store, text, &id, error))
    return NULL;
  if (id == 0)
    {
      dk_throw (error, DK_ERROR_NOT_FOUND,
                "there is no document “%s”; a docket number looks like D-2026-000001-45, a document without one is #id",
                text);
      return NULL;
    }
  return store_document_load (store, id, error);
}

#define IS_URGENT "(urgency IS NOT NULL AND urgency != 'none')"

GArray *
store_documents (Store *store, StoreDocumentFilter filter, int64_t after, unsigned limit, GError **error)
{
  static const char *const where[] = {
    [STORE_DOCUMENTS_ALL] = "1",
    [STORE_DOCUMENTS_QUARANTINED] = "stage = 'quarantined'",
    [STORE_DOCUMENTS_TO_REVIEW] = "review != '[]' AND stage = 'rest' AND NOT " IS_URGENT,
    [STORE_DOCUMENTS_TO_REVIEW_AT_ONCE] = "review != '[]' AND stage = 'rest' AND " IS_URGENT,
    [STORE_DOCUMENTS_FILED] = "name IS NOT NULL",
    [STORE_DOCUMENTS_TO_INDEX] = "stage = 'index'",
    [STORE_DOCUMENTS_REGISTERED]
    = "case_ordinal = (SELECT min (o.case_ordinal) FROM document o WHERE o.case_id = document.case_id)",
    [STORE_DOCUMENTS_URGENT] = IS_URGENT,
  };
  bool review = filter == STORE_DOCUMENTS_TO_REVIEW || filter == STORE_DOCUMENTS_TO_REVIEW_AT_ONCE;
  g_autofree char *text = g_strdup_printf ("SELECT id FROM document%s WHERE %s AND id > ? ORDER BY id LIMIT ?",
                                           review ? " INDEXED BY document_review" : "", where[filter]);
  g_autoptr (Sql) sql = sql_query (store->db, error, text, "ii", after, limit > 0 ? (int64_t)limit : -1);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

/* --- what each stage found --- */

static json_t *
warnings_json (const GArray *warnings)
{
  json_t *list = json_array ();
  for (guint i = 0; i < warnings->len; i++)
    {
      const RecordWarning *warning = &g_array_index (warnings, RecordWarning, i);
      json_t *item = json_pack ("{s:s}", "code", record_code_name (warning->code));
      if (warning->page > 0)
        json_object_set_new (item, "page", json_integer (warning->page));
      json_array_append_new (list, item);
    }
  return list;
}

static bool
set_stage (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document");
  return sql_run (db, error, "UPDATE document SET stage = ?, since_us = ? WHERE id = ?", "sii",
                  entry_text (entry, "stage"), entry->time_us, document)
         && (sqlite3_changes (db) == 1
             || dk_throw (error, DK_ERROR_INVALID, "there is no document #%" G_GINT64_FORMAT, document));
}

bool
document_add (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "INSERT INTO document (id, ordinal, blob, stage, since_us) VALUES (?, 0, ?, ?, ?)", "issi",
                  entry_int (entry, "document"), entry_text (entry, "blob"), entry_text (entry, "stage"),
                  entry->time_us);
}

bool
store_document_identified (StoreTransaction *transaction, int64_t document, const RecordFacts *facts, const char *next,
                           GError **error)
{
  json_t *payload = json_pack ("{s:I, s:s, s:i, s:b, s:b, s:o, s:s}", "document", (json_int_t)document, "media_type",
                               facts->media_type, "pages", (int)facts->pages, "paged", facts->paged, "picture",
                               facts->picture, "warnings", warnings_json (facts->warnings), "stage", next);
  return ledger_append (transaction, ACTIVITY_DOCUMENT_IDENTIFIED, payload, NULL, NULL, error);
}

bool
apply_document_identified (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document"), pages = entry_int (entry, "pages");
  g_autofree char *warnings = entry_list (entry->payload, "warnings");
  if (!sql_run (
          db, error, "UPDATE document SET media_type = ?, pages = ?, paged = ?, picture = ?, warnings = ? WHERE id = ?",
          "siiisi", entry_text (entry, "media_type"), pages, (int64_t)dk_json_bool (entry->payload, "paged", true),
          (int64_t)dk_json_bool (entry->payload, "picture", false), warnings, document)
      || !sql_run (db, error, "DELETE FROM page WHERE document = ? AND no > ?", "ii", document, pages)
      || !set_stage (db, entry, error))
    return false;
  for (int64_t no = 1; no <= pages; no++)
    if (!sql_run (db, error, "INSERT INTO page (document, no) VALUES (?, ?) ON CONFLICT (document, no) DO NOTHING",
                  "ii", document, no))
      return false;
  return true;
}

bool
store_page_read (StoreTransaction *transaction, int64_t document, const RecordPage *page, const StoreBlob *frame,
                 const char *key, const char *next, GError **error)
{
  if (!blob_is_there (transaction->store, frame->sha256, error))
    return false;
  json_t *payload
      = json_pack ("{s:I, s:i, s:s, s:I, s:s, s:s, s:f, s:o, s:s*, s:s}", "document", (json_int_t)document, "page",
                   (int)page->no, "blob", frame->sha256, "size", (json_int_t)frame->size, "origin",
                   record_origin_name (page->origin), "language", page->language, "confidence", page->confidence,
                   "warnings", warnings_json (page->warnings), "key", key, "stage", next != NULL ? next : "");
  return ledger_append (transaction, ACTIVITY_PAGE_READ, payload, NULL, NULL, error);
}

/* A page that is missing or was read in part makes the document partial, which a person should see. */
static bool
note_partial (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const json_t *warnings = json_object_get (entry->payload, "warnings");
  int64_t document = entry_int (entry, "document");
  size_t i;
  const json_t *warning;
  if (json_array_size (warnings) == 0 && strcmp (entry_text (entry, "origin"), "missing") != 0)
    return true;
  json_array_foreach (warnings, i, warning)
  {
    g_autoptr (json_t) item = json_pack ("{s:s, s:I}", "code", dk_json_string (warning, "code", "damaged"), "page",
                                         (json_int_t)entry_int (entry, "page"));
    g_autofree char *text = dk_json_canonical (item);
    if (!sql_run (db, error,
                  "UPDATE document SET warnings = json_insert (warnings, '$[#]', json (?1)) WHERE id = ?2"
                  " AND NOT EXISTS (SELECT 1 FROM json_each (warnings) WHERE value = ?1)",
                  "si", text, document))
      return false;
  }
  return sql_run (db, error,
                  "UPDATE document SET outcome = 'partial', review = CASE WHEN review LIKE '%\"partial\"%' THEN review"
                  " ELSE json_insert (review, '$[#]', 'partial') END WHERE id = ?",
                  "i", document);
}

bool
apply_page_read (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return apply_blob (db, entry_text (entry, "blob"), entry_int (entry, "size"), "page", error)
         && sql_run (
             db, error,
             "UPDATE page SET blob = ?, origin = ?, language = ?, confidence = ?, pixel_key = ? WHERE document = ?"
             " AND no = ?",
             "sssdsii", entry_text (entry, "blob"), entry_text (entry, "origin"), entry_text (entry, "language"),
             dk_json_real (entry->payload, "confidence", -1), dk_json_string (entry->payload, "key", NULL),
             entry_int (entry, "document"), entry_int (entry, "page"))
         && note_partial (db, entry, error) && (entry_text (entry, "stage")[0] == '\0' || set_stage (db, entry, error));
}

bool
store_page_known (Store *store, const char *key, char **blob, GError **error)
{
  return sql_get_text (store->db, blob, error, "SELECT blob FROM page WHERE pixel_key = ? AND blob IS NOT NULL LIMIT 1",
                       "s", key);
}

bool
store_pages_equal (Store *store, int64_t *recognised, int64_t *equal, GError **error)
{
  return sql_get_int (store->db, recognised, error, "SELECT count FROM tally WHERE id = 1", "")
         && sql_get_int (store->db, equal, error,
                         "SELECT a.count - b.count FROM tally a JOIN tally b ON a.id = 1 AND b.id = 2", "");
}

bool
store_pages_unread (Store *store, int64_t document, int64_t *count, GError **error)
{
  return sql_get_int (store->db, count, error, "SELECT count(*) FROM page WHERE document = ? AND blob IS NULL", "i",
                      document);
}

bool
store_pages_hopeful (Store *store, int64_t document, int64_t page, int64_t *count, GError **error)
{
  return sql_get_int (
      store->db, count, error,
      "SELECT count(*) FROM page WHERE document = ? AND no != ? AND (blob IS NULL OR origin != 'missing')", "ii",
      document, page);
}

bool
store_pages_missing (Store *store, int64_t document, int64_t *count, GError **error)
{
  return sql_get_int (store->db, count, error, "SELECT count(*) FROM page WHERE document = ? AND origin = 'missing'",
                      "i", document);
}

bool
store_page_confidence (Store *store, int64_t document, double *confidence, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT CASE WHEN count (*) > 0 AND count (*) = total (origin = 'blank' OR"
                                   " (origin = 'recognised' AND ifnull (confidence, -1) < 0)) THEN -1 ELSE"
                                   " ifnull (min (confidence) FILTER (WHERE origin = 'recognised' AND"
                                   " confidence >= 0), 100) END FROM page WHERE document = ?",
                                   "i", document);
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  *confidence = row ? sql_real (sql, 0) : 100;
  return true;
}

bool
store_page_language (Store *store, int64_t document, char **language, GError **error)
{
  return sql_get_text (store->db, language, error,
                       "SELECT language FROM page WHERE document = ? AND language IS NOT NULL AND language != 'und'"
                       " ORDER BY no DESC LIMIT 1",
                       "i", document);
}

char **
store_page_blobs (Store *store, int64_t document, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      store->db, error, "SELECT blob FROM page WHERE document = ? AND blob IS NOT NULL ORDER BY no", "i", document);
  return sql != NULL ? sql_texts (sql, error) : NULL;
}

bool
store_document_hurry (StoreTransaction *transaction, int64_t document, const char *urgency, GError **error)
{
  return ledger_append (transaction, ACTIVITY_DOCUMENT_URGENT,
                        json_pack ("{s:I, s:s}", "document", (json_int_t)document, "urgency", urgency), NULL, NULL,
                        error)
         && job_hurry (transaction->store->db, document, error);
}

bool
apply_document_urgent (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE document SET urgent = 1, urgency = ifnull (urgency, ?) WHERE id = ?", "si",
                  entry_text (entry, "urgency"), entry_int (entry, "document"));
}

bool
store_document_bound (StoreTransaction *transaction, int64_t document, const StoreBlob *pdf, const char *next,
                      GError **error)
{
  if (!blob_is_there (transaction->store, pdf->sha256, error))
    return false;
  return ledger_append (transaction, ACTIVITY_DOCUMENT_BOUND,
                        json_pack ("{s:I, s:s, s:I, s:s}", "document", (json_int_t)document, "blob", pdf->sha256,
                                   "size", (json_int_t)pdf->size, "stage", next),
                        NULL, NULL, error);
}

bool
store_document_bound_lost (StoreTransaction *transaction, int64_t document, const char *stage, GError **error)
{
  return ledger_append (transaction, ACTIVITY_BOUND_LOST,
                        json_pack ("{s:I, s:s}", "document", (json_int_t)document, "stage", stage), NULL, NULL, error);
}

bool
apply_bound_lost (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return set_stage (db, entry, error);
}

bool
apply_document_bound (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return apply_blob (db, entry_text (entry, "blob"), entry_int (entry, "size"), "bound", error)
         && sql_run (db, error, "UPDATE document SET bound = ? WHERE id = ?", "si", entry_text (entry, "blob"),
                     entry_int (entry, "document"))
         && set_stage (db, entry, error);
}

/* --- filing, indexing --- */

bool
store_place_is_taken (Store *store, int64_t document, const char *folder, const char *name, bool *taken, GError **error)
{
  int64_t count = 0;
  if (!sql_get_int (
          store->db, &count, error,
          "SELECT count(*) FROM document WHERE folder = ? COLLATE NOCASE AND name = ? COLLATE NOCASE AND id != ?",
          "ssi", folder, name, document))
    return false;
  *taken = count > 0;
  return true;
}

bool
store_document_filed (StoreTransaction *transaction, int64_t document, const char *folder, const char *name,
                      const char *next, GError **error)
{
  g_autofree char *was = NULL;
  if (!sql_get_text (transaction->store->db, &was, error,
                     "SELECT folder || '/' || name FROM document WHERE id = ? AND (folder != ? OR name != ?)", "iss",
                     document, folder, name))
    return false;
  return ledger_append (transaction, ACTIVITY_DOCUMENT_FILED,
                        json_pack ("{s:I, s:s}", "document", (json_int_t)document, "stage", next),
                        json_pack ("{s:s, s:s, s:s*}", "folder", folder, "name", name, "was", was), NULL, error);
}

bool
apply_document_filed (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE document SET folder = ?, name = ?, placed = ifnull (bound, blob) WHERE id = ?",
                  "ssi", dk_json_string (entry->personal, "folder", NULL),
                  dk_json_string (entry->personal, "name", NULL), entry_int (entry, "document"))
         && set_stage (db, entry, error);
}

bool
store_document_indexed (StoreTransaction *transaction, int64_t document, const char *next, GError **error)
{
  return ledger_append (transaction, ACTIVITY_DOCUMENT_INDEXED,
                        json_pack ("{s:I, s:s}", "document", (json_int_t)document, "stage", next), NULL, NULL, error);
}

bool
apply_document_indexed (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE document SET indexed_seq = ? WHERE id = ?", "ii", entry->seq,
                  entry_int (entry, "document"))
         && set_stage (db, entry, error);
}

bool
store_documents_at_rest (Store *store, int64_t *count, GError **error)
{
  return sql_get_int (store->db, count, error, "SELECT count(*) FROM document WHERE stage = 'rest'", "");
}

bool
store_documents_reindex (Store *store, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docket", error);
  return transaction != NULL
         && ledger_append (transaction, ACTIVITY_INDEX_LOST, json_pack ("{s:s}", "stage", "index"), NULL, NULL, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

bool
apply_index_lost (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE document SET stage = ?, since_us = ? WHERE stage = 'rest'", "si",
                  entry_text (entry, "stage"), entry->time_us);
}
