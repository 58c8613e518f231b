/* What a night costs: all open deadlines of a store looked at again, and how many clocks a second are computed.
 * Usage: clocks FOLDER CASES CONFIG. Makes a store of that many open cases in FOLDER, which must not be there. */
#include "cases/register.h"
#include "store/deadlines.h"
#include "store/sql.h"
#include "store/store.h"
#include <stdio.h>
#include <stdlib.h>

#define DAYS 60   /* on which the letters came */
#define STRANGE 7 /* deadlines that say something else than they should */

static double
seconds_since (gint64 begin_us)
{
  return (double)(g_get_monotonic_time () - begin_us) / G_USEC_PER_SEC;
}

/* The deadlines of all cases of one day, as the engine computes them. */
static bool
add_day (sqlite3 *db, const Policy *policy, const Calendar *calendar, int64_t day, GError **error)
{
  DkDay received = dk_day (2027, 1, 11) + (DkDay)day;
  g_autoptr (Deadline) deadline
      = deadline_of (&policy->terms, calendar, (DeadlineMoment){ received, -1 }, NULL, NULL, 0);
  g_autoptr (json_t) described = deadline_json (deadline, policy, calendar);
  g_autofree char *trace = dk_json_canonical (json_object_get (described, "trace"));
  g_autofree char *start = dk_day_format (received);
  g_autofree char *due = dk_day_format (deadline->due);
  g_autofree char *work_by = dk_day_format (deadline->work_by);
  return sql_run (
      db, error,
      "INSERT INTO deadline (id, case_id, kind, version, policy, calendar, start, due, work_by, state, clock, trace)"
      " SELECT id, id, 'final', 1, ?, ?, ?, ?, ?, ?, 'legal', ? FROM cases WHERE id % ? = ?",
      "sssssssii", policy->version, calendar_version (calendar), start, due, work_by, deadline_state (deadline), trace,
      (int64_t)DAYS, day);
}

static bool
fill (const char *path, int64_t cases, const Policies *policies, const Calendar *calendar, GError **error)
{
  g_autofree char *file = g_build_filename (path, "docket.db", NULL);
  sqlite3 *db = NULL;
  const Policy *policy = policies_find (policies, "ES-LEY10-2025/final", dk_day (2027, 1, 11), error);
  if (policy == NULL || sqlite3_open (file, &db) != SQLITE_OK)
    return false;
  bool good = sql_run (db, error, "BEGIN", "")
              && sql_run (db, error,
                          "INSERT INTO cases (id, number, prefix, year, serial, entity, status, owner, opened_us,"
                          " entry_date, received, documents)"
                          " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                          " SELECT i, 'D-2027-' || i, 'D', 2027, i, '', 'not_started', '', 0, '2027-01-11',"
                          " '2027-01-11', 1 FROM n",
                          "i", cases);
  for (int64_t day = 0; good && day < DAYS; day++)
    good = add_day (db, policy, calendar, day, error);
  good = good && sql_run (db, error, "UPDATE deadline SET due = '2030-01-01' WHERE id <= ?", "i", (int64_t)STRANGE)
         && sql_run (db, error, "COMMIT", "");
  sqlite3_close (db);
  return good;
}

/* As docketd does it: some thousand cases in a turn. */
static bool
look (const char *path, const Register *rules, GError **error)
{
  g_autoptr (Store) store = store_open (path, STORE_SCRATCH, error);
  gint64 begin_us = g_get_monotonic_time ();
  int64_t last = 0, strange = 0, deadlines = 0;
  if (store == NULL || !store_case_last (store, &last, error))
    return false;
  for (int64_t from = 0; from < last; from += 5000)
    {
      unsigned looked;
      g_autoptr (GArray) cases = register_recheck (store, rules, from, from + 5000, &looked, error);
      if (cases == NULL)
        return false;
      deadlines += looked;
      strange += cases->len;
    }
  printf ("Nightly look at %" G_GINT64_FORMAT " open deadlines: %.2f s (goal 2), %" G_GINT64_FORMAT
          " of %d strange ones"
          " found\n",
          deadlines, seconds_since (begin_us), strange, STRANGE);
  return strange == STRANGE;
}

static void
compute (const Calendar *calendar)
{
  gint64 begin_us = g_get_monotonic_time ();
  int clocks = 0;
  for (DkDay day = dk_day (2026, 1, 1); day < dk_day (2028, 11, 1); day++)
    for (int count = 1; count <= 30; count++, clocks++)
      {
        const DeadlineTerms terms = { .rule = { count, DEADLINE_WD } };
        deadline_free (deadline_of (&terms, calendar, (DeadlineMoment){ day, -1 }, NULL, NULL, 0));
      }
  double seconds = seconds_since (begin_us);
  printf ("%d clocks of 1 to 30 working days with their traces: %.2f s, %.0f a second\n", clocks, seconds,
          clocks / seconds);
}

static bool
run (const char *path, int64_t cases, const char *conf, GError **error)
{
  g_autoptr (Config) config = config_read (conf, error);
  g_autoptr (Register) rules = config != NULL ? register_load (config, error) : NULL;
  g_autoptr (Policies) policies = rules != NULL ? policies_load (config, error) : NULL;
  g_autoptr (Calendar) calendar = policies != NULL ? calendar_load (config, "ES", error) : NULL;
  if (calendar == NULL || !store_create (path, STORE_SCRATCH, error) || !fill (path, cases, policies, calendar, error))
    return false;
  compute (calendar);
  return look (path, rules, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 4)
    return 64;
  if (run (argv[1], g_ascii_strtoll (argv[2], NULL, 10), argv[3], &error))
    return 0;
  fprintf (stderr, "clocks: %s\n", error != NULL ? error->message : "the strange deadlines were not all found");
  return 1;
}
