#include "store/log.h"
#include "store/internal.h"

static void
event_clear (StoreLogEvent *event)
{
  g_free (event->activity);
  g_free (event->actor);
  g_free (event->reason);
  g_free (event->day);
  g_free (event->owner);
}

static void
case_clear (StoreLogCase *one)
{
  char *texts[] = { one->number, one->received, one->status, one->outcome, one->kind, one->subject, one->language };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_clear_pointer (&one->events, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreLogCase, case_clear)

#define OF_ACT(key) "iif (activity = 'case.acted', ifnull (json_extract (payload, '$." key "'), ''), '')"
#define OWNER                                                                                                          \
  "iif (activity = 'case.acted', json_extract (payload, '$.now.owner'),"                                               \
  " iif (activity IN ('case.opened', 'case.split', 'case.allocated'), json_extract (payload, '$.owner'), NULL))"
#define EVENT                                                                                                          \
  "SELECT seq, time_us, iif (activity = 'case.acted', 'case.' || json_extract (payload, '$.act'), activity), "         \
  "actor, " OF_ACT ("reason") ", " OF_ACT ("day") ", activity = 'case.acted', " OWNER " FROM ledger WHERE "

/* What a document was told in another case, before it came to this one, is that one's. */
static bool
load_events (Store *store, StoreLogCase *one, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   EVENT "case_id = ?1 UNION " EVENT "document IN (SELECT id FROM document WHERE case_id = ?1)"
                         " AND ifnull (case_id, ?1) = ?1 ORDER BY seq",
                   "i", one->id);
  bool row;
  one->events = g_array_new (FALSE, FALSE, sizeof (StoreLogEvent));
  g_array_set_clear_func (one->events, (GDestroyNotify)event_clear);
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return true;
      StoreLogEvent event = { .seq = sql_int (sql, 0),
                              .time_us = sql_int (sql, 1),
                              .activity = g_strdup (sql_text (sql, 2)),
                              .actor = g_strdup (sql_text (sql, 3)),
                              .reason = g_strdup (sql_text (sql, 4)),
                              .day = g_strdup (sql_text (sql, 5)),
                              .is_act = sql_int (sql, 6) != 0,
                              .owner = g_strdup (sql_text (sql, 7)) };
      g_array_append_val (one->events, event);
    }
  return false;
}

static bool
each_case (Store *store, const char *from, const char *to, StoreLogFunc each, void *data, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT c.number, c.received, c.status, c.outcome, ifnull (d.kind, ''), ifnull (d.subject, ''),"
                   " ifnull (d.language, ''), c.id, c.stage FROM cases c LEFT JOIN document d ON d.id = (SELECT f.id"
                   " FROM document f WHERE f.case_id = c.id ORDER BY f.case_ordinal LIMIT 1)"
                   " WHERE (?1 IS NULL OR c.received >= ?1) AND (?2 IS NULL OR c.received <= ?2) ORDER BY c.id",
                   "ss", from, to);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return true;
      g_auto (StoreLogCase) one = { .id = sql_int (sql, 7), .stage = sql_int (sql, 8) };
      char **texts[]
          = { &one.number, &one.received, &one.status, &one.outcome, &one.kind, &one.subject, &one.language };
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        *texts[i] = g_strdup (sql_text (sql, (int)i));
      if (!load_events (store, &one, error) || !each (&one, data, error))
        return false;
    }
  return false;
}

bool
store_log_each (Store *store, const char *from, const char *to, StoreLogFunc each, void *data, GError **error)
{
  bool own = sqlite3_get_autocommit (store->db) != 0; /* no snapshot is open that it would be part of */
  if (own && !store_snapshot_begin (store, error))
    return false;
  bool done = each_case (store, from, to, each, data, error);
  if (own)
    store_snapshot_end (store);
  return done;
}
