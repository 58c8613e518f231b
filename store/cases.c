#include "store/cases.h"
#include "store/internal.h"
#include <string.h>

/* Since when somebody waits: the customer for us, or we for the customer. */
#define WAITING                                                                                                        \
  "CASE WHEN c.status IN ('not_started', 'pending_company') THEN c.unanswered"                                         \
  " WHEN c.status = 'pending_customer' THEN c.told END"
#define ALERT "(SELECT min (a.due) FROM alert a WHERE a.case_id = c.id AND NOT a.done)"
#define DUE                                                                                                            \
  "(SELECT min (d.due) FROM deadline d WHERE d.case_id = c.id AND d.state NOT IN ('met', 'missed', 'withdrawn')"       \
  " AND d.version = (SELECT max (n.version) FROM deadline n WHERE n.case_id = c.id AND n.kind = d.kind))"

static void
row_free (StoreCaseRow *row)
{
  char *texts[]
      = { row->number, row->status, row->reason, row->owner, row->received, row->waiting, row->alert, row->due };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (row);
}

static void
add_alert (GString *sql, const StoreCasesFilter *filter)
{
  static const char *const conditions[][2] = { { "none", ALERT " IS NULL" },
                                               { "upcoming", ALERT " > ?5" },
                                               { "today", ALERT " = ?5" },
                                               { "overdue", ALERT " < ?5" } };
  for (gsize i = 0; filter->alert != NULL && i < G_N_ELEMENTS (conditions); i++)
    if (strcmp (conditions[i][0], filter->alert) == 0)
      g_string_append_printf (sql, " AND %s", conditions[i][1]);
}

static void
add_among (GString *sql, const StoreCasesFilter *filter)
{
  g_string_append (sql, " AND c.id IN (");
  for (unsigned i = 0; i < filter->n_among; i++)
    g_string_append_printf (sql, "%s%" G_GINT64_FORMAT, i > 0 ? ", " : "", filter->among[i]);
  g_string_append (sql, ")");
}

/* Each condition that is asked for, so that SQLite can use its indices; the others name their parameter only. */
static char *
question_of (const StoreCasesFilter *filter)
{
  GString *sql = g_string_new ("SELECT c.number, c.status, c.reason, c.owner, c.received, " WAITING
                               " AS waiting, " ALERT " AS alert, " DUE " AS due, c.id FROM cases c"
                               " WHERE c.merged_into IS NULL AND ?1 IS ?1 AND ?2 IS ?2 AND ?3 IS ?3 AND ?5 IS ?5");
  g_string_append (sql, filter->status != NULL ? " AND c.status = ?1" : "");
  g_string_append (sql, filter->owner != NULL ? " AND c.owner = ?2" : "");
  g_string_append (sql, filter->open ? " AND c.status != 'closed'" : "");
  g_string_append (sql, filter->waiting_since != NULL ? " AND " WAITING " <= ?3" : "");
  add_alert (sql, filter);
  if (filter->among != NULL)
    add_among (sql, filter);
  g_string_append (sql, " ORDER BY due IS NULL, due, c.id LIMIT ?4");
  return g_string_free (sql, FALSE);
}

GPtrArray *
store_cases (Store *store, const StoreCasesFilter *filter, GError **error)
{
  g_autofree char *question = question_of (filter);
  g_autoptr (Sql) sql
      = sql_query (store->db, error, question, "sssis", filter->status, filter->owner, filter->waiting_since,
                   filter->limit > 0 ? (int64_t)filter->limit : -1, filter->today);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)row_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&rows);
      StoreCaseRow *one = g_new0 (StoreCaseRow, 1);
      g_ptr_array_add (rows, one);
      char **texts[] = { &one->number,   &one->status,  &one->reason, &one->owner,
                         &one->received, &one->waiting, &one->alert,  &one->due };
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        *texts[i] = g_strdup (sql_text (sql, (int)i));
      one->id = sql_int (sql, 8);
    }
  return NULL;
}
