#include "base/messages.h"
#include "base/text.h"
#include "store/contact.h"
#include "store/internal.h"
#include <string.h>

#define WORDS_MAX 4 /* of a name that is looked for */

char **
contact_words (const char *folded)
{
  GStrvBuilder *words = g_strv_builder_new ();
  for (const char *at = folded; *at != '\0';)
    {
      const char *end = at;
      while (*end != '\0' && g_unichar_isalnum (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (end > at)
        {
          g_autofree char *word = g_strndup (at, (gsize)(end - at));
          g_strv_builder_add (words, word);
        }
      at = *end != '\0' ? g_utf8_next_char (end) : end;
    }
  char **list = g_strv_builder_end (words);
  g_strv_builder_unref (words);
  return list;
}

/* --- rows --- */

#define CONTACT_COLUMNS "id, root, ifnull (merged_into, 0), made_us, kind, name, language, country, region, lifecycle"

static StoreContact *
contact_of (Sql *sql)
{
  StoreContact *contact = g_new0 (StoreContact, 1);
  contact->id = sql_int (sql, 0);
  contact->root = sql_int (sql, 1);
  contact->merged_into = sql_int (sql, 2);
  contact->made_us = sql_int (sql, 3);
  char **texts[] = { &contact->kind,    &contact->name,   &contact->language,
                     &contact->country, &contact->region, &contact->lifecycle };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (sql_text (sql, (int)i + 4));
  return contact;
}

static gpointer
point_of (Sql *sql)
{
  StorePoint *point = store_point_new (sql_text (sql, 2), sql_text (sql, 3), sql_text (sql, 4), sql_int (sql, 5) != 0);
  point->id = sql_int (sql, 0);
  point->contact = sql_int (sql, 1);
  point->document = sql_int (sql, 6);
  return point;
}

static gpointer
proposal_of (Sql *sql)
{
  StoreProposal *proposal = g_new0 (StoreProposal, 1);
  proposal->id = sql_int (sql, 0);
  proposal->contact = sql_int (sql, 1);
  proposal->other = sql_int (sql, 2);
  proposal->case_id = sql_int (sql, 3);
  proposal->score = sql_real (sql, 4);
  proposal->reason = g_strdup (sql_text (sql, 5));
  return proposal;
}

static gpointer
member_of (Sql *sql)
{
  return contact_of (sql);
}

/* All rows of @sql, taken over, which may be NULL after an error; each made by @make. */
static GPtrArray *
objects_of (Sql *sql, gpointer (*make) (Sql *sql), GDestroyNotify destroy, GError **error)
{
  g_autoptr (Sql) owned = sql;
  g_autoptr (GPtrArray) objects = g_ptr_array_new_with_free_func (destroy);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&objects);
      g_ptr_array_add (objects, make (sql));
    }
  return NULL;
}

/* The first column of all rows, likewise. */
static GArray *
ids_of (Sql *sql, GError **error)
{
  g_autoptr (Sql) owned = sql;
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

static int64_t
at_most (unsigned limit)
{
  return limit > 0 ? (int64_t)limit : INT64_MAX;
}

/* --- one contact --- */

StoreContact *
store_contact_load (Store *store, int64_t id, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error, "SELECT " CONTACT_COLUMNS " FROM contact WHERE id = ?", "i", id);
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return NULL;
  if (!row)
    dk_refuse (error, DK_ERROR_NOT_FOUND, "no_contact", "l", id);
  return row ? contact_of (sql) : NULL;
}

bool
store_case_contact (Store *store, int64_t case_id, int64_t *contact, GError **error)
{
  *contact = 0;
  return sql_get_int (store->db, contact, error, "SELECT ifnull (contact, 0) FROM cases WHERE id = ?", "i", case_id);
}

void
store_case_contact_clear (StoreCaseContact *source)
{
  g_free (source->reason);
}

bool
store_case_contact_source (Store *store, int64_t case_id, StoreCaseContact *source, GError **error)
{
  bool row;
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT ifnull (contact, 0), ifnull (contact_document, 0), contact_reason"
                                   " FROM cases WHERE id = ?",
                                   "i", case_id);
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  *source = row ? (StoreCaseContact){ sql_int (sql, 0), sql_int (sql, 1), g_strdup (sql_text (sql, 2)) }
                : (StoreCaseContact){ 0 };
  return true;
}

GPtrArray *
store_contact_members (Store *store, int64_t root, GError **error)
{
  return objects_of (
      sql_query (store->db, error, "SELECT " CONTACT_COLUMNS " FROM contact WHERE root = ? ORDER BY id", "i", root),
      member_of, (GDestroyNotify)store_contact_free, error);
}

GPtrArray *
store_contact_points (Store *store, int64_t root, GError **error)
{
  return objects_of (sql_query (store->db, error,
                                "SELECT p.id, p.contact, type, raw, normalised, shared, document FROM contact c"
                                " JOIN contact_point p ON p.contact = c.id WHERE c.root = ? AND normalised IS NOT NULL"
                                " ORDER BY p.id",
                                "i", root),
                     point_of, (GDestroyNotify)store_point_free, error);
}

GArray *
store_contact_cases (Store *store, int64_t root, unsigned limit, GError **error)
{
  return ids_of (sql_query (store->db, error,
                            "SELECT s.id FROM contact c JOIN cases s ON s.contact = c.id WHERE c.root = ?"
                            " ORDER BY s.id DESC LIMIT ?",
                            "ii", root, at_most (limit)),
                 error);
}

GArray *
store_contact_documents (Store *store, int64_t root, GError **error)
{
  return ids_of (sql_query (store->db, error,
                            "SELECT d.id FROM contact c JOIN cases s ON s.contact = c.id"
                            " JOIN document d ON d.case_id = s.id WHERE c.root = ? ORDER BY d.id",
                            "i", root),
                 error);
}

bool
store_contact_count_cases (Store *store, int64_t root, int64_t *count, GError **error)
{
  *count = 0;
  return sql_get_int (store->db, count, error,
                      "SELECT count (*) FROM contact c JOIN cases s ON s.contact = c.id WHERE c.root = ?", "i", root);
}

/* --- looking for them --- */

GArray *
store_contacts_with (Store *store, const char *type, const char *normalised, unsigned limit, bool *shared,
                     GError **error)
{
  int64_t n_shared = 0;
  if (shared != NULL
      && !sql_get_int (store->db, &n_shared, error,
                       "SELECT shared FROM contact_point WHERE type = ? AND normalised = ? LIMIT 1", "ss", type,
                       normalised))
    return NULL;
  if (shared != NULL)
    *shared = n_shared != 0;
  return ids_of (sql_query (store->db, error,
                            "SELECT DISTINCT c.root FROM contact_point p JOIN contact c ON c.id = p.contact"
                            " WHERE p.type = ? AND p.normalised = ? ORDER BY c.root LIMIT ?",
                            "ssi", type, normalised, at_most (limit)),
                 error);
}

GArray *
store_contacts (Store *store, const char *lifecycle, int64_t after, unsigned limit, GError **error)
{
  g_autofree char *folded = NULL;
  if (after != 0 && !sql_get_text (store->db, &folded, error, "SELECT folded FROM contact WHERE id = ?", "i", after))
    return NULL;
  const char *from = folded != NULL ? folded : "";
  if (lifecycle != NULL)
    return ids_of (sql_query (store->db, error,
                              "SELECT id FROM contact WHERE merged_into IS NULL AND lifecycle = ?"
                              " AND (folded, id) > (?, ?) ORDER BY folded, id LIMIT ?",
                              "ssii", lifecycle, from, after, at_most (limit)),
                   error);
  return ids_of (sql_query (store->db, error,
                            "SELECT id FROM contact WHERE merged_into IS NULL AND (folded, id) > (?, ?)"
                            " ORDER BY folded, id LIMIT ?",
                            "sii", from, after, at_most (limit)),
                 error);
}

/* What sorts before all that begins with @prefix has this as its upper bound: no character is above it. */
static char *
end_of (const char *prefix)
{
  return g_strconcat (prefix, "\U0010FFFF", NULL);
}

/* The words of @text by which a name is looked for, the longest, which leads to the fewest, first; those that are
 * missing are "". False where there is none. */
static bool
split_words (const char *text, char *words[WORDS_MAX])
{
  g_autofree char *folded = dk_fold (text);
  g_auto (GStrv) all = contact_words (folded);
  guint n = MIN (g_strv_length (all), WORDS_MAX), longest = 0;
  for (guint i = 1; i < n; i++)
    if (strlen (all[i]) > strlen (all[longest]))
      longest = i;
  for (guint i = 0; i < WORDS_MAX; i++)
    words[i] = g_strdup (i >= n ? "" : all[i == 0 ? longest : i == longest ? 0 : i]);
  return n > 0;
}

/* Parameters 1 to 8: first and last of the words that are asked for. */
#define ALSO(from, to)                                                                                                 \
  " AND (" from " = '' OR EXISTS (SELECT 1 FROM contact_word o WHERE o.contact = w.contact AND o.word >= " from        \
  " AND o.word < " to "))"
#define NAMED "w.word >= ?1 AND w.word < ?2" ALSO ("?3", "?4") ALSO ("?5", "?6") ALSO ("?7", "?8")

static GArray *
query_named (Store *store, const char *query, const char *text, unsigned limit, GError **error)
{
  char *words[WORDS_MAX], *ends[WORDS_MAX];
  bool any = split_words (text, words);
  for (guint i = 0; i < WORDS_MAX; i++)
    ends[i] = end_of (words[i]);
  GArray *ids = any ? ids_of (sql_query (store->db, error, query, "ssssssssi", words[0], ends[0], words[1], ends[1],
                                         words[2], ends[2], words[3], ends[3], at_most (limit)),
                              error)
                    : g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (guint i = 0; i < WORDS_MAX; i++)
    {
      g_free (words[i]);
      g_free (ends[i]);
    }
  return ids;
}

GArray *
store_contacts_named (Store *store, const char *text, unsigned limit, GError **error)
{
  return query_named (
      store, "SELECT DISTINCT c.root FROM contact_word w JOIN contact c ON c.id = w.contact WHERE " NAMED " LIMIT ?9",
      text, limit, error);
}

GArray *
store_cases_named (Store *store, const char *text, unsigned limit, GError **error)
{
  return query_named (store,
                      "SELECT DISTINCT s.id FROM contact_word w JOIN contact c ON c.id = w.contact"
                      " JOIN contact m ON m.root = c.root JOIN cases s ON s.contact = m.id WHERE " NAMED
                      " ORDER BY s.id DESC LIMIT ?9",
                      text, limit, error);
}

GArray *
store_contacts_beginning (Store *store, const char *type, const char *normalised, unsigned limit, GError **error)
{
  g_autofree char *end = end_of (normalised);
  return ids_of (sql_query (store->db, error,
                            "SELECT DISTINCT c.root FROM contact_point p JOIN contact c ON c.id = p.contact"
                            " WHERE p.type = ? AND p.normalised >= ? AND p.normalised < ? LIMIT ?",
                            "sssi", type, normalised, end, at_most (limit)),
                 error);
}

GArray *
store_cases_of_email (Store *store, const char *email, unsigned limit, GError **error)
{
  return ids_of (sql_query (store->db, error,
                            "SELECT DISTINCT s.id FROM contact_point p JOIN contact c ON c.id = p.contact"
                            " JOIN contact m ON m.root = c.root JOIN cases s ON s.contact = m.id"
                            " WHERE p.type = '" STORE_POINT_EMAIL "' AND p.normalised = ? ORDER BY s.id DESC LIMIT ?",
                            "si", email, at_most (limit)),
                 error);
}

/* --- proposals --- */

#define OPEN_PROPOSALS                                                                                                 \
  "SELECT p.id, p.contact, p.other, ifnull (p.case_id, 0), p.score, p.reason FROM contact_proposal p"                  \
  " JOIN contact a ON a.id = p.contact JOIN contact b ON b.id = p.other WHERE p.apart = 0 AND a.root != b.root"

GPtrArray *
store_proposals (Store *store, int64_t root, unsigned limit, GError **error)
{
  Sql *sql = root == 0
                 ? sql_query (store->db, error, OPEN_PROPOSALS " ORDER BY p.id LIMIT ?", "i", at_most (limit))
                 : sql_query (store->db, error,
                              OPEN_PROPOSALS " AND p.id IN (SELECT q.id FROM contact c JOIN contact_proposal q"
                                             " ON q.contact = c.id WHERE c.root = ?1 UNION SELECT q.id FROM contact c"
                                             " JOIN contact_proposal q ON q.other = c.id WHERE c.root = ?1)"
                                             " ORDER BY p.id LIMIT ?2",
                              "ii", root, at_most (limit));
  return objects_of (sql, proposal_of, (GDestroyNotify)store_proposal_free, error);
}
