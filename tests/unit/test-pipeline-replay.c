#include "pipeline/labels.h"
#include "pipeline/replay.h"
#include "tests/unit/pipeline-fixture.h"

/* --- the worker: this very program, with works of its own beside those of the fixture --- */

static bool
do_crash (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  signal (SIGSEGV, SIG_DFL);
  return raise (SIGSEGV) == 0;
}

/* A count that names a label nobody has. */
static bool
do_lie (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  GVariantBuilder hits;
  g_variant_builder_init (&hits, G_VARIANT_TYPE ("a(uuuu)"));
  g_variant_builder_add (&hits, "(uuuu)", 4000000, 1, 1, 0);
  g_autoptr (GVariant) answer = g_variant_ref_sink (g_variant_new (RECORD_LABELS_TYPE, "en", &hits));
  g_autoptr (GBytes) payload = g_variant_get_data_as_bytes (answer);
  return serve_emit (out, RECORD_BYTES, payload, error);
}

/* "understand" answers as DOCKET_TEST_ANSWER says. */
static bool
do_answer (const ServeRequest *request, ServeOut *out, GError **error)
{
  const char *answer = g_getenv ("DOCKET_TEST_ANSWER");
  if (g_strcmp0 (answer, "crash") == 0)
    return do_crash (request, out, error);
  if (answer == NULL)
    return do_understand (request, out, error);
  return emit_letter (out, answer, error);
}

static int
be_another_worker (int socket)
{
  static const ServeWork works[] = { { "identify", do_identify, NULL },
                                     { "read", do_read, NULL },
                                     { "bind", do_bind, NULL },
                                     { "understand", do_answer, NULL },
                                     { "labels", do_lie, NULL },
                                     { "crash", do_crash, NULL },
                                     { NULL, NULL, NULL } };
  SandboxFacts facts = sandbox_probe ();
  g_auto (ServePacket) first = { 0 };
  g_autoptr (Sandbox) sandbox = sandbox_new (NULL, NULL);
  if (sandbox == NULL || !serve_receive (socket, 10000, &first, NULL) || first.n_fds < 1)
    return 1;
  g_autoptr (GBytes) hello = serve_pack_hello (&facts, "");
  serve_send (socket, hello, NULL, 0, true, NULL);
  return serve (socket, works, sandbox, NULL) ? 0 : 1;
}

/* --- docketd's side --- */

typedef struct
{
  unsigned seen, failed, changed;
  char *kind; /* "complaint question", of the last */
} Seen;

static bool
note (const PipelineReplay *replay, void *data, GError **error)
{
  Seen *seen = data;
  (void)error;
  const PipelineReplayed *kind = pipeline_replay_decision (replay, "kind");
  seen->seen++;
  seen->failed += replay->failed;
  seen->changed += replay->changes;
  g_free (seen->kind);
  seen->kind = g_strdup_printf ("%s %s", kind->was, kind->would);
  return true;
}

/* Replays all documents while the worker answers @answer. */
static bool
replay_all (Fixture *at, const char *answer, const volatile int *stop, Seen *seen, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  *seen = (Seen){ 0 };
  g_autoptr (Config) config = config_read (at->path, &wrong);
  g_autoptr (PipelineConfiguration) candidate = pipeline_configuration_load (config, &wrong);
  g_assert_no_error (wrong);
  g_autoptr (GArray) documents = pipeline_pass_documents (at->store, 0, &wrong);
  g_assert_no_error (wrong);
  const PipelinePass pass = { .program = "/proc/self/exe", .jobs = 2, .stop = stop };
  g_setenv ("DOCKET_TEST_ANSWER", answer, TRUE);
  bool done = pipeline_replay (at->store, documents, candidate, &pass, note, seen, error);
  g_unsetenv ("DOCKET_TEST_ANSWER");
  return done;
}

static void
rest_all (Fixture *at, unsigned documents)
{
  for (unsigned i = 0; i < documents; i++)
    {
      g_autofree char *orders = g_strdup_printf ("pages 2\nletter %u\n", i);
      g_autoptr (StoreDocument) document = process (at, orders);
      g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
    }
}

static void
test_a_changed_answer_is_told_and_nothing_is_written (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t before, after;
  Seen seen;
  (void)data;
  rest_all (at, 3);
  ledger_head (at->store, &before, NULL, &error);
  g_assert_true (replay_all (at, "question", NULL, &seen, &error));
  g_assert_cmpuint (seen.seen, ==, 3);
  g_assert_cmpuint (seen.changed, ==, 3);
  g_assert_cmpstr (seen.kind, ==, "complaint question");
  g_free (seen.kind);
  g_assert_true (replay_all (at, "complaint", NULL, &seen, &error));
  g_assert_cmpuint (seen.changed, ==, 0);
  g_free (seen.kind);
  ledger_head (at->store, &after, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (before, ==, after);
}

static void
test_a_decision_of_a_person_would_never_change (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Seen seen;
  (void)data;
  rest_all (at, 1);
  correct (at->store, 1, "kind", "thanks");
  g_assert_true (replay_all (at, "question", NULL, &seen, &error));
  g_assert_cmpstr (seen.kind, ==, "thanks question");
  g_assert_cmpuint (seen.changed, ==, 0);
  g_free (seen.kind);
}

static void
test_of_a_letter_whose_work_crashes_nothing_is_known (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Seen seen;
  (void)data;
  rest_all (at, 2);
  g_assert_true (replay_all (at, "crash", NULL, &seen, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (seen.failed, ==, 2);
  g_assert_cmpuint (seen.changed, ==, 0);
  g_free (seen.kind);
}

static void
test_an_interruption_ends_it (Fixture *at, gconstpointer data)
{
  static const volatile int stop = 1;
  g_autoptr (GError) error = NULL;
  Seen seen;
  (void)data;
  rest_all (at, 2);
  g_assert_false (replay_all (at, "question", &stop, &seen, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_BUSY);
  g_assert_cmpuint (seen.seen, ==, 0);
}

static void
test_a_sample_is_spread_over_all (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  rest_all (at, 5);
  g_autoptr (GArray) two = pipeline_pass_documents (at->store, 2, &error);
  g_autoptr (GArray) all = pipeline_pass_documents (at->store, 9, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (two->len, ==, 2);
  g_assert_cmpint (g_array_index (two, int64_t, 0), ==, 1);
  g_assert_cmpint (g_array_index (two, int64_t, 1), ==, 3);
  g_assert_cmpuint (all->len, ==, 5);
}

static void
test_what_is_sent_back_is_understood_under_the_newest_configuration (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  unsigned sent = 0;
  int64_t id = 1;
  (void)data;
  rest_all (at, 1);
  g_autoptr (GArray) documents = g_array_new (FALSE, FALSE, sizeof id);
  g_array_append_val (documents, id);
  write_setting (at, "vocabulary/moods.yaml", "scheme: mood\nconcepts:\n  glad: {label: {en: glad}}\n");
  g_assert_true (pipeline_send_back (at->store, "user:eva", documents, "understand", 2, &sent, &error));
  g_assert_true (pipeline_send_back (at->store, "user:eva", documents, "understand", 2, &sent, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (sent, ==, 1);
  Pipeline *pipeline = open_pipeline (at);
  run_to_rest (pipeline, NULL, NULL);
  pipeline_free (pipeline);
  reopen (at);
  g_autoptr (StoreDocument) document = store_document_load (at->store, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
  g_assert_cmpint (document->config, ==, 2);
}

static void
test_a_count_of_labels_that_do_not_exist_is_refused (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  rest_all (at, 1);
  g_autoptr (Config) config = config_read (at->path, &error);
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (config, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) documents = pipeline_pass_documents (at->store, 0, &error);
  g_autoptr (PipelineLabels) labels = pipeline_labels_new (vocabulary);
  const PipelinePass pass = { .config = config, .program = "/proc/self/exe" };
  g_assert_false (pipeline_labels_look (labels, vocabulary, at->store, documents, &pass, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
}

static bool
expect_crash (const StoreDocument *document, const StoreReceipt *receipt, const PipelineResult *result, void *data,
              GError **error)
{
  (void)document;
  (void)receipt;
  (void)data;
  (void)error;
  g_assert_cmpint (result->fault, ==, RECORD_CODE_CRASHED);
  return true;
}

static void
test_work_that_crashes_is_told_as_such (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  rest_all (at, 1);
  g_autoptr (Config) config = config_read (at->path, &error);
  g_autoptr (GArray) documents = pipeline_pass_documents (at->store, 0, &error);
  const PipelinePass pass = { .config = config, .work = "crash", .program = "/proc/self/exe" };
  g_assert_true (pipeline_pass (at->store, documents, &pass, expect_crash, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "--socket") == 0)
    return be_another_worker (atoi (argv[2]));
  g_setenv ("DOCKET_DATA", "conf", TRUE);
  g_test_init (&argc, &argv, NULL);
#define TEST(name) PIPELINE_TEST ("/pipeline/replay/" #name, test_##name)
  TEST (a_changed_answer_is_told_and_nothing_is_written);
  TEST (a_decision_of_a_person_would_never_change);
  TEST (of_a_letter_whose_work_crashes_nothing_is_known);
  TEST (an_interruption_ends_it);
  TEST (a_sample_is_spread_over_all);
  TEST (what_is_sent_back_is_understood_under_the_newest_configuration);
  TEST (a_count_of_labels_that_do_not_exist_is_refused);
  TEST (work_that_crashes_is_told_as_such);
  return g_test_run ();
}
