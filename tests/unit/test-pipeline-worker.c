#include "tests/unit/dead_worker.h"
#include "tests/unit/hostile_worker.h"
#include <stdlib.h>

static Limits limits = LIMITS_DEFAULT;

static Config *
some_config (void)
{
  g_autoptr (GError) error = NULL;
  const char text[] = "{\"docket.yaml\":\"\"}";
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  Config *config = config_from_bytes (bytes, &error);
  g_assert_no_error (error);
  return config;
}

static PipelineWorker *
start (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = some_config ();
  PipelineWorker *worker = pipeline_worker_start (config, NULL, NULL, "/proc/self/exe", &error);
  g_assert_no_error (error);
  return worker;
}

static void
submit (PipelineWorker *worker, uint64_t job, const char *work, GVariant *arguments)
{
  g_autoptr (GError) error = NULL;
  pipeline_worker_submit (worker, job, work, arguments, &limits, NULL, 0, &error);
  g_assert_no_error (error);
}

static PipelineResult *
next_result (PipelineWorker *worker)
{
  g_autoptr (GError) error = NULL;
  PipelineResult *result;
  while ((result = pipeline_worker_next (worker)) == NULL)
    {
      struct pollfd fds[32];
      g_assert_cmpuint (pipeline_worker_running (worker), >, 0);
      unsigned n = pipeline_worker_poll_fds (worker, fds, G_N_ELEMENTS (fds));
      g_assert_cmpint (poll (fds, n, 1000), >=, 0);
      pipeline_worker_handle (worker, &error);
      g_assert_no_error (error);
    }
  return result;
}

static GVariant *
argument (const char *key, gint64 value)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, key, "x", value);
  return g_variant_dict_end (&dict);
}

static GVariant *
followed_by (const char *const *names)
{
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert_value (&dict, SERVE_AHEAD, g_variant_new_strv (names, -1));
  return g_variant_dict_end (&dict);
}

static void
assert_fault (const char *work, GVariant *arguments, RecordCode fault)
{
  g_autoptr (PipelineWorker) worker = start ();
  submit (worker, 1, work, arguments);
  g_autoptr (PipelineResult) result = next_result (worker);
  g_assert_cmpstr (record_code_name (result->fault), ==, record_code_name (fault));
  g_assert_false (result->lost || result->failed);
  /* The next document goes through. */
  submit (worker, 2, "page", NULL);
  g_autoptr (PipelineResult) next = next_result (worker);
  g_assert_cmpint (next->fault, ==, RECORD_CODE_NONE);
  g_assert_cmpuint (next->records->len, ==, 1);
}

static void
test_records_come_back_with_what_they_cost (void)
{
  g_autoptr (PipelineWorker) worker = start ();
  g_assert_true (sandbox_is_sufficient (pipeline_worker_facts (worker)));
  submit (worker, 77, "page", argument ("page", 3));
  g_autoptr (PipelineResult) result = next_result (worker);
  g_assert_cmpuint (result->job, ==, 77);
  g_assert_cmpint (result->fault, ==, RECORD_CODE_NONE);
  g_assert_false (result->lost || result->failed);
  const PipelineRecord *record = result->records->pdata[0];
  g_assert_cmpint (record->type, ==, RECORD_PAGE);
  g_autoptr (RecordPage) page = record_page_decode (record->payload, &limits, NULL);
  g_assert_cmpuint (page->no, ==, 3);
  g_assert_cmpuint (result->wall_us, >, 0);
  g_assert_cmpuint (result->peak_bytes, >, 0);
  g_assert_cmpuint (pipeline_worker_running (worker), ==, 0);
}

static void
test_a_refusal_is_told_and_a_failure_of_ours_too (void)
{
  g_autoptr (PipelineWorker) worker = start ();
  submit (worker, 1, "refuse", NULL);
  g_autoptr (PipelineResult) refused = next_result (worker);
  g_assert_cmpint (refused->refusal, ==, RECORD_CODE_DAMAGED);
  g_assert_cmpint (refused->fault, ==, RECORD_CODE_NONE);
  submit (worker, 2, "fail", NULL);
  g_autoptr (PipelineResult) failed = next_result (worker);
  g_assert_true (failed->failed);
  submit (worker, 3, "no such work", NULL);
  g_autoptr (PipelineResult) unknown = next_result (worker);
  g_assert_true (unknown->failed);
}

static void
test_a_child_that_has_made_a_page_does_what_follows_too (void)
{
  g_autoptr (PipelineWorker) worker = start ();
  submit (worker, 1, "page", followed_by ((const char *const[]){ "count", "refuse", NULL }));
  g_autoptr (PipelineResult) result = next_result (worker);
  g_assert_cmpint (result->fault, ==, RECORD_CODE_NONE);
  g_assert_cmpint (result->refusal, ==, RECORD_CODE_NONE);
  g_assert_cmpuint (result->records->len, ==, 1);
  g_assert_cmpuint (result->ahead->len, ==, 2);
  const PipelineResult *counted = result->ahead->pdata[0], *refused = result->ahead->pdata[1];
  g_assert_cmpstr (counted->work, ==, "count");
  g_assert_cmpuint (counted->records->len, ==, 1);
  g_assert_cmpstr (refused->work, ==, "refuse");
  g_assert_cmpint (refused->refusal, ==, RECORD_CODE_DAMAGED);
}

static void
test_nothing_follows_on_what_made_no_page (void)
{
  g_autoptr (PipelineWorker) worker = start ();
  submit (worker, 1, "refuse", followed_by ((const char *const[]){ "crash", NULL }));
  g_autoptr (PipelineResult) result = next_result (worker);
  g_assert_cmpint (result->fault, ==, RECORD_CODE_NONE);
  g_assert_cmpint (result->refusal, ==, RECORD_CODE_DAMAGED);
  g_assert_cmpuint (result->ahead->len, ==, 0);
}

static void
test_what_happens_to_a_child_behind_its_work_leaves_that_good (void)
{
  static const char *const bad[] = { "fail", "crash", "exec", "loop", "allocate", "lie", "flood", "no such work" };
  limits.cpu_s = 1;
  limits.output_bytes = 10 << 20;
  g_autoptr (PipelineWorker) worker = start ();
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      submit (worker, i, "page", followed_by ((const char *const[]){ "count", bad[i], "count", NULL }));
      g_autoptr (PipelineResult) result = next_result (worker);
      g_assert_cmpint (result->fault, ==, RECORD_CODE_NONE);
      g_assert_false (result->failed || result->lost);
      g_assert_cmpuint (result->records->len, ==, 1);
      g_assert_cmpuint (result->ahead->len, ==, 1);
    }
  limits = (Limits)LIMITS_DEFAULT;
}

static void
test_a_child_cannot_open_connect_or_execute (void)
{
  assert_fault ("open", NULL, RECORD_CODE_NONE); /* succeeds only when the open was refused */
  assert_fault ("connect", NULL, RECORD_CODE_SANDBOX);
  assert_fault ("exec", NULL, RECORD_CODE_SANDBOX);
}

static void
test_a_child_that_loops_or_sleeps_is_out_of_time (void)
{
  limits.cpu_s = 1;
  assert_fault ("loop", NULL, RECORD_CODE_TIMEOUT);
  limits.wall_s = 1;
  assert_fault ("sleep", NULL, RECORD_CODE_TIMEOUT);
  limits = (Limits)LIMITS_DEFAULT;
}

static void
test_a_child_that_takes_ten_gigabytes_is_out_of_memory (void)
{
  assert_fault ("allocate", NULL, RECORD_CODE_MEMORY);
}

static void
test_a_child_that_crashes_or_vanishes_is_told_as_crashed (void)
{
  assert_fault ("crash", NULL, RECORD_CODE_CRASHED);
  assert_fault ("vanish", NULL, RECORD_CODE_CRASHED);
}

static void
test_a_lying_record_is_a_fault (void)
{
  assert_fault ("lie", argument ("huge", 1), RECORD_CODE_LIMIT);
  assert_fault ("lie", argument ("huge", 0), RECORD_CODE_CRASHED);
  assert_fault ("babble", NULL, RECORD_CODE_CRASHED);
}

static void
test_a_flood_is_cut_at_its_limit (void)
{
  limits.output_bytes = 10 << 20;
  assert_fault ("flood", NULL, RECORD_CODE_LIMIT);
  limits = (Limits)LIMITS_DEFAULT;
}

static void
test_one_child_that_crashes_leaves_the_others_alone (void)
{
  g_autoptr (PipelineWorker) worker = start ();
  for (uint64_t job = 1; job <= 12; job++)
    submit (worker, job, job % 3 == 0 ? "crash" : "page", argument ("page", (gint64)job));
  for (int i = 0; i < 12; i++)
    {
      g_autoptr (PipelineResult) result = next_result (worker);
      g_assert_cmpint (result->fault, ==, result->job % 3 == 0 ? RECORD_CODE_CRASHED : RECORD_CODE_NONE);
      g_assert_cmpuint (result->records->len, ==, result->job % 3 == 0 ? 0 : 1);
    }
}

/* Before its end is noticed: what is handed over then has not been tried. */
static void
test_a_worker_that_has_just_died_says_that_it_is_gone (void)
{
  g_autoptr (PipelineWorker) worker = start ();
  g_autoptr (GError) error = NULL;
  kill_unnoticed (worker);
  g_assert_false (pipeline_worker_submit (worker, 1, "page", NULL, &limits, NULL, 0, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_STALE);
}

static void
test_a_killed_worker_loses_its_jobs_and_a_new_one_takes_them (void)
{
  g_autoptr (PipelineWorker) worker = start ();
  submit (worker, 1, "sleep", NULL);
  submit (worker, 2, "sleep", NULL);
  kill (pipeline_worker_pid (worker), SIGKILL);
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (PipelineResult) result = next_result (worker);
      g_assert_true (result->lost);
      g_assert_cmpint (result->fault, ==, RECORD_CODE_NONE);
    }
  g_assert_false (pipeline_worker_alive (worker));
  g_autoptr (GError) error = NULL;
  g_assert_false (pipeline_worker_submit (worker, 3, "page", NULL, &limits, NULL, 0, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_STALE);
  g_autoptr (PipelineWorker) second = start ();
  submit (second, 1, "page", NULL);
  g_autoptr (PipelineResult) result = next_result (second);
  g_assert_cmpint (result->fault, ==, RECORD_CODE_NONE);
}

static void
test_a_worker_that_cannot_serve_says_why (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = some_config ();
  g_setenv ("TEST_WORKER_PROBLEM", "a model is missing", TRUE);
  g_autoptr (PipelineWorker) worker = pipeline_worker_start (config, NULL, NULL, "/proc/self/exe", &error);
  g_unsetenv ("TEST_WORKER_PROBLEM");
  g_assert_null (worker);
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "a model is missing"));
  g_clear_error (&error);
  g_assert_null (pipeline_worker_start (config, NULL, NULL, "/nonexistent/docket-worker", &error));
  g_assert_nonnull (error);
}

#ifdef DK_TEST_HOOKS
static RecordCode
fault_of_document (PipelineWorker *worker, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  autofd file = dk_memory_file (bytes, &error);
  pipeline_worker_submit (worker, 1, "page", NULL, &limits, &file, 1, &error);
  g_assert_no_error (error);
  g_autoptr (PipelineResult) result = next_result (worker);
  return result->fault;
}

static void
test_a_hook_makes_only_the_marked_document_hostile (void)
{
  static const struct
  {
    const char *hook;
    RecordCode fault;
  } cases[] = {
    { "page:open:", RECORD_CODE_SANDBOX },    { "page:connect:", RECORD_CODE_SANDBOX },
    { "page:exec:", RECORD_CODE_SANDBOX },    { "page:loop:", RECORD_CODE_TIMEOUT },
    { "page:allocate:", RECORD_CODE_MEMORY }, { "page:lie:", RECORD_CODE_LIMIT },
    { "page:crash:", RECORD_CODE_CRASHED },   { "page:flood:", RECORD_CODE_LIMIT },
    { "read:crash:", RECORD_CODE_NONE },      { "page:crash:another name", RECORD_CODE_NONE },
  };
  limits.cpu_s = 1;
  limits.output_bytes = 10 << 20;
  limits.memory_bytes = UINT64_C (128) << 20;
  g_setenv ("DOCKET_TEST_HOOK_MARKER", "hostile", TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_setenv ("DOCKET_TEST_HOOK", cases[i].hook, TRUE);
      g_autoptr (PipelineWorker) worker = start ();
      g_assert_cmpint (fault_of_document (worker, "a hostile letter"), ==, cases[i].fault);
      g_assert_cmpint (fault_of_document (worker, "a kind letter"), ==, RECORD_CODE_NONE);
    }
  g_unsetenv ("DOCKET_TEST_HOOK");
  g_unsetenv ("DOCKET_TEST_HOOK_MARKER");
  limits = (Limits)LIMITS_DEFAULT;
}
#endif

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--socket") == 0)
    return be_a_hostile_worker (atoi (argv[2]));
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/pipeline/worker/" #name, test_##name)
  TEST (records_come_back_with_what_they_cost);
  TEST (a_refusal_is_told_and_a_failure_of_ours_too);
  TEST (a_child_that_has_made_a_page_does_what_follows_too);
  TEST (nothing_follows_on_what_made_no_page);
  TEST (what_happens_to_a_child_behind_its_work_leaves_that_good);
  TEST (a_child_cannot_open_connect_or_execute);
  TEST (a_child_that_loops_or_sleeps_is_out_of_time);
  TEST (a_child_that_takes_ten_gigabytes_is_out_of_memory);
  TEST (a_child_that_crashes_or_vanishes_is_told_as_crashed);
  TEST (a_lying_record_is_a_fault);
  TEST (a_flood_is_cut_at_its_limit);
  TEST (one_child_that_crashes_leaves_the_others_alone);
  TEST (a_worker_that_has_just_died_says_that_it_is_gone);
  TEST (a_killed_worker_loses_its_jobs_and_a_new_one_takes_them);
  TEST (a_worker_that_cannot_serve_says_why);
#ifdef DK_TEST_HOOKS
  TEST (a_hook_makes_only_the_marked_document_hostile);
#endif
  return g_test_run ();
}
