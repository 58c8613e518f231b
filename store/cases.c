#include "store/cases.h"
#include "store/internal.h"
#include <string.h>

static void
row_free (StoreCaseRow *row)
{
  char *texts[] = { row->number, row->status, row->reason,  row->owner,  row->received, row->waiting,
                    row->alert,  row->due,    row->work_by, row->active, row->customer };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (row);
}

static void
add_alert (GString *sql, const StoreCasesFilter *filter)
{
  static const char *const conditions[][2]
      = { { "none", "IS NULL" }, { "upcoming", "> ?5" }, { "today", "= ?5" }, { "overdue", "< ?5" } };
  for (gsize i = 0; filter->alert != NULL && i < G_N_ELEMENTS (conditions); i++)
    if (strcmp (conditions[i][0], filter->alert) == 0)
      g_string_append_printf (sql, " AND c.alert %s", conditions[i][1]);
}

static void
add_among (GString *sql, const StoreCasesFilter *filter)
{
  g_string_append (sql, " AND c.id IN (");
  for (unsigned i = 0; i < filter->n_among; i++)
    g_string_append_printf (sql, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", filter->among[i]);
  g_string_append (sql, ")");
}

/* Walked through in their order, an index that has all conditions finds a page of any of them soon; sorting what one
 * condition leaves would not. */
static const char *
index_for (const StoreCasesFilter *filter)
{
  if (filter->among != NULL)
    return "";
  if (filter->latest)
    return " INDEXED BY cases_active";
  return filter->open ? " INDEXED BY cases_open" : " INDEXED BY cases_all";
}

/* Each condition that is asked for; the others name their parameter only. */
static char *
question_of (const StoreCasesFilter *filter)
{
  GString *sql = g_string_new (
      "SELECT c.number, c.status, c.reason, c.owner, c.received, c.waiting, c.alert,"
      " CASE c.status WHEN 'closed' THEN NULL ELSE nullif (c.due, '~') END,"
      " CASE c.status WHEN 'closed' THEN NULL ELSE nullif (c.work_by, '~') END, c.active, c.id, c.stage,"
      " (SELECT r.name FROM contact k JOIN contact r ON r.id = k.root WHERE k.id = c.contact) FROM cases c");
  g_string_append_printf (sql,
                          "%s WHERE c.merged_into IS NULL AND ?1 IS ?1 AND ?2 IS ?2 AND ?3 IS ?3 AND ?5 IS ?5"
                          " AND ?6 IS ?6 AND ?7 IS ?7",
                          index_for (filter));
  g_string_append (sql, filter->status != NULL ? " AND c.status = ?1" : "");
  g_string_append (sql, filter->owner != NULL ? " AND c.owner = ?2" : "");
  g_string_append (sql, filter->open ? " AND c.status != 'closed'" : "");
  g_string_append (sql, filter->waiting_since != NULL ? " AND c.waiting <= ?3" : "");
  if (filter->after != 0)
    g_string_append (sql, filter->latest ? " AND (c.active, c.id) < (?6, ?7)" : " AND (c.work_by, c.id) > (?6, ?7)");
  add_alert (sql, filter);
  if (filter->among != NULL)
    add_among (sql, filter);
  g_string_append (sql, filter->latest ? " ORDER BY c.active DESC, c.id DESC" : " ORDER BY c.work_by, c.id");
  g_string_append (sql, " LIMIT ?4");
  return g_string_free (sql, FALSE);
}

GPtrArray *
store_cases (Store *store, const StoreCasesFilter *filter, GError **error)
{
  g_autofree char *question = question_of (filter), *place = NULL;
  const char *by = filter->latest ? "SELECT active FROM cases WHERE id = ?" : "SELECT work_by FROM cases WHERE id = ?";
  if (filter->after != 0 && !sql_get_text (store->db, &place, error, by, "i", filter->after))
    return NULL;
  g_autoptr (Sql) sql
      = sql_query (store->db, error, question, "sssissi", filter->status, filter->owner, filter->waiting_since,
                   filter->limit > 0 ? (int64_t)filter->limit : -1, filter->today, place, filter->after);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rows);
      StoreCaseRow *one = g_new0 (StoreCaseRow, 1);
      g_ptr_array_add (rows, one);
      char **texts[] = { &one->number,  &one->status, &one->reason, &one->owner,   &one->received,
                         &one->waiting, &one->alert,  &one->due,    &one->work_by, &one->active };
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        *texts[i] = g_strdup (sql_text (sql, (int)i));
      one->id = sql_int (sql, 10);
      one->customer = g_strdup (sql_text (sql, 12));
      one->stage = (unsigned)sql_int (sql, 11);
    }
  return NULL;
}
