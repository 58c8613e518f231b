/* A program that takes a letter in and leads it to rest is killed at each of its fault points in turn; what is done
 * again afterwards must end in the same store. Builds without fault points run the one pass that is not killed. */
#include "store/model.h"
#include "tests/unit/store-fixture.h"
#include <signal.h>
#include <sys/wait.h>

/* --- the program, started by the test as "live STORE", "grow STORE", "learn STORE" or "rebuild STORE" --- */

static const StorePlan plans[] = { { "identify", STORE_JOB_FIRST, 1, "" },   { "read", STORE_JOB_BY_PAGE, 1, "" },
                                   { "understand", STORE_JOB_WHOLE, 1, "" }, { "register", STORE_JOB_WHOLE, 1, "" },
                                   { "file", STORE_JOB_WHOLE, 1, "" },       { "index", STORE_JOB_WHOLE, 1, "" } };
static const char *const stages[] = { "identify", "read", "understand", "register", "file", "index", NULL };

/* One leased piece of work, published with its job closed; *@job is NULL when nothing is left. */
static bool
work (Store *store, StoreJob **job, GError **error)
{
  g_autoptr (StoreTransaction) planning = store_begin (store, "docketd", error);
  if (planning == NULL || !store_job_plan (planning, plans, G_N_ELEMENTS (plans), 0, error)
      || !store_commit (g_steal_pointer (&planning), error) || !store_job_lease (store, stages, 60, job, error))
    return false;
  if (*job == NULL)
    return true;
  g_autoptr (StoreDocument) document = store_document_load (store, (*job)->document, error);
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  return document != NULL && transaction != NULL && step_in (transaction, document, 2, error)
         && store_job_done (transaction, *job, error) && store_commit (g_steal_pointer (&transaction), error);
}

static bool
work_to_the_end (Store *store, GError **error)
{
  for (bool more = true; more;)
    {
      g_autoptr (StoreJob) job = NULL;
      if (!work (store, &job, error))
        return false;
      more = job != NULL;
    }
  return true;
}

static bool
run_life (const char *path, GError **error)
{
  g_autoptr (GError) exists = NULL;
  StoreTaken taken;
  if (!store_create (path, STORE_DURABLE, &exists) && !g_error_matches (exists, DK_ERROR, DK_ERROR_EXISTS))
    {
      g_propagate_error (error, g_steal_pointer (&exists));
      return false;
    }
  g_autoptr (Store) store = store_open (path, STORE_DURABLE, error);
  if (store == NULL || !store_lock_pipeline (store, error) || !store_job_expire (store, true, error)
      || !take (store, 1, "letter", &taken, error))
    return false;
  return work_to_the_end (store, error);
}

/* The letter grows by a page. */
static bool
run_growth (const char *path, GError **error)
{
  StoreTaken taken;
  g_autoptr (Store) store = store_open (path, STORE_DURABLE, error);
  return store != NULL && store_lock_pipeline (store, error) && store_job_expire (store, true, error)
         && grow (store, 1, 1, "letter, page two", &taken, error) && work_to_the_end (store, error);
}

/* A model comes into force, as docketd does it: once, since it is told by the store that there is one. */
static bool
run_learning (const char *path, GError **error)
{
  g_autoptr (Store) store = store_open (path, STORE_DURABLE, error);
  g_autoptr (GBytes) model = g_bytes_new_static ("model", 5);
  g_autoptr (json_t) figures = json_object ();
  const StoreModelFacts facts = { .letters = 1, .corrections = 1, .through = 1, .figures = figures };
  int64_t id;
  if (store == NULL || !store_lock_pipeline (store, error) || !store_model_current (store, &id, NULL, error))
    return false;
  return id > 0 || store_model_adopt (store, model, &facts, &id, error);
}

static bool
run_rebuild (const char *path, GError **error)
{
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  return store_rebuild (path, problems, error) && problems->len == 0;
}

static int
run (char **argv)
{
  g_autoptr (GError) error = NULL;
  bool (*program) (const char *path, GError **error) = strcmp (argv[1], "live") == 0    ? run_life
                                                       : strcmp (argv[1], "grow") == 0  ? run_growth
                                                       : strcmp (argv[1], "learn") == 0 ? run_learning
                                                                                        : run_rebuild;
  if (program (argv[2], &error))
    return 0;
  g_printerr ("%s: %s\n", argv[1], error != NULL ? error->message : "the ledger has problems");
  return 1;
}

/* --- the test --- */

/* Starts this program; true when it ended by itself, false when it was killed at the @n-th fault point (0: none). */
static bool
start (const char *what, const char *path, int n)
{
  const char *argv[] = { "/proc/self/exe", what, path, NULL };
  g_autofree char *number = g_strdup_printf ("%d", n);
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "DOCKET_CRASH_AT", number, TRUE);
  g_autoptr (GError) error = NULL;
  int status;
  g_spawn_sync (NULL, (char **)(uintptr_t)argv, environment, G_SPAWN_STDERR_TO_DEV_NULL * (n > 0), NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (status) ? WEXITSTATUS (status) == 0 : WTERMSIG (status) == SIGKILL && n > 0);
  return WIFEXITED (status);
}

static void
expect_one_letter_at_rest (Fixture *at)
{
  g_autoptr (GError) error = NULL;
  StoreBalance balance;
  reopen (at);
  assert_clean (at->store);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM receipt"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM document WHERE stage = 'rest'"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM document"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM cases WHERE serial = 1"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM cases"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job"), ==, 0);
  g_assert_cmpint (count (at->store, "SELECT max(seq) - count(*) FROM ledger"), ==, 0);
  store_balance (at->store, NULL, &balance, &error);
  g_assert_no_error (error);
  g_assert_cmpint (balance.filed, ==, 1);
  g_array_unref (balance.missing);
}

/* Kills @what at its first point, its second, and so on until it lives; returns how many points there were. */
static int
crash_loop (const char *what, void (*check) (Fixture *at), void (*prepare) (Fixture *at))
{
  bool lived = false;
  int n = 0;
  while (!lived)
    {
      Fixture at = { .path = fixture_folder () };
      if (prepare != NULL)
        prepare (&at);
#ifdef DK_FAULTS
      n++;
#endif
      lived = start (what, at.path, n);
      if (!lived)
        g_assert_true (start (what, at.path, 0));
      check (&at);
      tear_down (&at, NULL);
    }
  return n;
}

static void
test_a_life_killed_at_any_point_ends_in_the_same_store (void)
{
  int points = crash_loop ("live", expect_one_letter_at_rest, NULL);
  g_test_message ("%d fault points", points);
#ifdef DK_FAULTS
  g_assert_cmpint (points, >=, 60);
#endif
}

static void
live_first (Fixture *at)
{
  g_assert_true (start ("live", at->path, 0));
}

static void
expect_one_grown_letter_at_rest (Fixture *at)
{
  expect_one_letter_at_rest (at);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM receipt WHERE size = 16"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM document WHERE placed = blob"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM ledger WHERE activity = 'receipt.grown'"), ==, 1);
}

static void
test_growth_killed_at_any_point_ends_in_the_same_store (void)
{
  int points = crash_loop ("grow", expect_one_grown_letter_at_rest, live_first);
  g_test_message ("%d fault points", points);
#ifdef DK_FAULTS
  g_assert_cmpint (points, >=, 50);
#endif
}

static void
expect_one_model (Fixture *at)
{
  expect_one_letter_at_rest (at);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM model WHERE state = 'adopted'"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM model"), ==, 1);
}

static void
test_learning_killed_at_any_point_ends_with_one_model (void)
{
  int points = crash_loop ("learn", expect_one_model, live_first);
  g_test_message ("%d fault points", points);
#ifdef DK_FAULTS
  g_assert_cmpint (points, >=, 5);
#endif
}

static void
test_a_rebuild_killed_at_any_point_is_done_again (void)
{
  int points = crash_loop ("rebuild", expect_one_letter_at_rest, live_first);
  g_test_message ("%d fault points", points);
#ifdef DK_FAULTS
  g_assert_cmpint (points, >=, 3);
#endif
}

int
main (int argc, char **argv)
{
  if (argc == 3 && argv[1][0] != '-')
    return run (argv);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/crash/life", test_a_life_killed_at_any_point_ends_in_the_same_store);
  g_test_add_func ("/store/crash/grow", test_growth_killed_at_any_point_ends_in_the_same_store);
  g_test_add_func ("/store/crash/learn", test_learning_killed_at_any_point_ends_with_one_model);
  g_test_add_func ("/store/crash/rebuild", test_a_rebuild_killed_at_any_point_is_done_again);
  return g_test_run ();
}
