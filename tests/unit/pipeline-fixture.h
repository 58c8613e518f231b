/* tests/unit/pipeline-fixture.h - a store with the shipped configuration, and a worker that does what a document's own
 * text orders: lines such as "pages 3", "picture", "refuse", "crash 2" (page 2 crashes), "slow" (half a second
 * for a page), "sheet 3" (pixels whose key is 3), "lamp 5" (what they say), "cut" (read in part), "tongues" (says which
 * languages it was told), "stumble" and "boast" (binding ahead crashes, or sends no PDF). The test program is that
 * worker when it is started with --socket. */
#pragma once
#include "base/digest.h"
#include "base/serve.h"
#include "base/serve_packet.h"
#include "pipeline/outcome.h"
#include "tests/unit/store-fixture.h"
#include <signal.h>
#include <stdlib.h>

/* --- the worker --- */

/* The number behind @order in the document of @request, 1 where none stands there; 0 where the order is not given. */
static inline int64_t
ordered (const ServeRequest *request, const char *order)
{
  g_autoptr (GBytes) bytes = serve_input (request, 0, NULL);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) words = g_strsplit (*line, " ", 2);
      if (g_strcmp0 (words[0], order) == 0)
        return words[1] != NULL ? g_ascii_strtoll (words[1], NULL, 10) : 1;
    }
  return 0;
}

static inline bool
do_identify (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GBytes) refusal = record_refusal_encode (RECORD_CODE_DAMAGED);
  if (ordered (request, "refuse"))
    return serve_emit (out, RECORD_REFUSAL, refusal, error);
  g_autoptr (RecordFacts) facts = record_facts_new ("image/tiff", (unsigned)MAX (1, ordered (request, "pages")));
  facts->picture = ordered (request, "picture") != 0;
  g_autoptr (GBytes) payload = record_facts_encode (facts);
  return serve_emit (out, RECORD_FACTS, payload, error);
}

static inline bool
tell_key (int64_t sheet, ServeOut *out, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%*d", DK_DIGEST_BYTES, (int)sheet);
  g_autoptr (GBytes) key = g_bytes_new (text, DK_DIGEST_BYTES);
  return serve_emit (out, RECORD_PAGE_KEY, key, error);
}

/* A page of pixels, whose text names the lamp of the orders; read whole, unless they say "cut". */
static inline void
recognise (const ServeRequest *request, RecordPage *page)
{
  RecordWord word = { .from = 0, .to = 4, .box = { 10, 10, 90, 40 }, .confidence = 90 };
  g_free (page->text);
  page->text = g_strdup_printf ("lamp %d never came\n", (int)ordered (request, "lamp"));
  page->origin = RECORD_ORIGIN_RECOGNISED;
  page->confidence = 90;
  page->dpi = 300;
  page->width_px = page->height_px = 1000;
  g_array_append_val (page->words, word);
  if (ordered (request, "cut"))
    record_page_add_warning (page, RECORD_CODE_TIMEOUT);
}

static inline void
tell_tongues (const ServeRequest *request, RecordPage *page)
{
  g_auto (GStrv) languages = NULL;
  g_variant_lookup (request->arguments, "languages", "^as", &languages);
  g_autofree char *told = g_strjoinv (" ", languages);
  g_free (page->text);
  page->text = g_strconcat (told, "\n", NULL);
}

static inline bool
do_read (const ServeRequest *request, ServeOut *out, GError **error)
{
  int64_t no = serve_int (request, "page", 1);
  if (ordered (request, "crash") == no)
    {
      signal (SIGSEGV, SIG_DFL);
      raise (SIGSEGV);
    }
  if (ordered (request, "sheet") && !tell_key (ordered (request, "sheet"), out, error))
    return false;
  if (ordered (request, "slow"))
    g_usleep (G_USEC_PER_SEC / 2);
  g_autoptr (RecordPage) page = record_page_new ((unsigned)no);
  g_free (page->text);
  page->text = g_strdup_printf ("the lamp of page %d never came\n", (int)no);
  g_strlcpy (page->language, "en", sizeof page->language);
  page->origin = RECORD_ORIGIN_EMBEDDED;
  if (ordered (request, "sheet"))
    recognise (request, page);
  if (ordered (request, "tongues"))
    tell_tongues (request, page);
  g_autoptr (GBytes) frame = record_page_encode (page);
  return serve_emit_frame (out, frame, error);
}

static inline bool
do_bind (const ServeRequest *request, ServeOut *out, GError **error)
{
  static const char pdf[] = "%PDF-1.4\nthe pages, searchable\n";
  bool ahead = request->pages != NULL;
  if (ahead && ordered (request, "stumble"))
    abort ();
  g_autoptr (GBytes) payload = g_bytes_new_static (pdf, ahead && ordered (request, "boast") ? 4 : sizeof pdf - 1);
  return serve_emit (out, RECORD_BYTES, payload, error);
}

/* A letter in English of @kind. */
static inline bool
emit_letter (ServeOut *out, const char *kind, GError **error)
{
  const char *const found[][2] = { { "language", "en" }, { "kind", kind }, { "subject", "delivery/not-received" } };
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++)
    {
      g_autoptr (RecordFinding) one = record_finding_new (found[i][0], found[i][1], "", 0.9);
      g_autoptr (GBytes) payload = record_finding_encode (one);
      if (!serve_emit (out, RECORD_FINDING, payload, error))
        return false;
    }
  return true;
}

static inline bool
do_understand (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GPtrArray) pages = serve_pages (request, 0, error);
  if (pages == NULL)
    return false;
  if (pages->len > 0 && g_getenv ("TEST_UNDERSTAND_SLOWLY") != NULL)
    g_usleep (G_USEC_PER_SEC / 2);
  return emit_letter (out, "complaint", error);
}

/* What was learnt of the shipped letters: that, and what was handed over of it. */
static inline bool
emit_learnt (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GBytes) kept = request->n_fds > 2 ? serve_input (request, 2, error) : g_bytes_new_static ("", 0);
  g_autoptr (GBytes) name = g_bytes_new_static (RECORD_LETTERS, strlen (RECORD_LETTERS));
  GByteArray *all = g_byte_array_new ();
  g_byte_array_append (all, (const guint8 *)"learnt ", strlen ("learnt "));
  g_byte_array_append (all, g_bytes_get_data (kept, NULL), (guint)g_bytes_get_size (kept));
  g_autoptr (GBytes) learnt = g_byte_array_free_to_bytes (all);
  return serve_emit (out, RECORD_AHEAD, name, error) && serve_emit (out, RECORD_BYTES, learnt, error);
}

/* As $TEST_TRAIN says: "crash", "rubbish", or the F1 that the model claims, of $TEST_LETTERS shipped letters; behind
 * its head stands what it was made of. */
static inline bool
do_train (const ServeRequest *request, ServeOut *out, GError **error)
{
  const char *wanted = g_getenv ("TEST_TRAIN");
  g_autoptr (GBytes) seed = serve_input (request, 0, error);
  g_autoptr (GBytes) corrections = seed != NULL ? serve_input (request, 1, error) : NULL;
  if (corrections == NULL || g_strcmp0 (wanted, "crash") == 0)
    abort ();
  g_autofree char *text = g_strndup (g_bytes_get_data (corrections, NULL), g_bytes_get_size (corrections));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autofree char *model
      = g_strdup_printf ("%s\n{\"letters\":%s,\"corrections\":%u,\"kind\":{\"f1\":%s,\"n\":9},\"subject\":{}}\n%s",
                         g_strcmp0 (wanted, "rubbish") == 0 ? "rubbish" : "docket-model 2",
                         g_getenv ("TEST_LETTERS") != NULL ? g_getenv ("TEST_LETTERS") : "1000",
                         g_strv_length (lines) - 1, wanted != NULL && g_ascii_isdigit (*wanted) ? wanted : "0.9", text);
  gsize half = strlen (model) / 2; /* a model comes in pieces */
  g_autoptr (GBytes) first = g_bytes_new (model, half);
  g_autoptr (GBytes) second = g_bytes_new (model + half, strlen (model) - half);
  return serve_emit (out, RECORD_BYTES, first, error) && serve_emit (out, RECORD_BYTES, second, error)
         && emit_learnt (request, out, error);
}

static inline int
be_a_worker (int socket)
{
  static const ServeWork works[]
      = { { "identify", do_identify, NULL },     { "read", do_read, NULL },   { "bind", do_bind, NULL },
          { "understand", do_understand, NULL }, { "train", do_train, NULL }, { NULL, NULL, NULL } };
  SandboxFacts facts = sandbox_probe ();
  g_auto (ServePacket) first = { 0 };
  g_autoptr (Sandbox) sandbox = sandbox_new (NULL, NULL);
  if (sandbox == NULL || !serve_receive (socket, 10000, &first, NULL) || first.n_fds < 1)
    return 1;
  g_autoptr (GBytes) model = first.n_fds > 1 ? dk_read_fd (first.fds[1], 1 << 20, NULL) : NULL;
  bool is_usable = model == NULL || memcmp (g_bytes_get_data (model, NULL), "docket", 6) == 0;
  g_autoptr (GBytes) hello = serve_pack_hello (&facts, is_usable ? "" : "this is no model");
  serve_send (socket, hello, NULL, 0, true, NULL);
  return serve (socket, works, sandbox, NULL) ? 0 : 1;
}

/* --- docketd's side --- */

static inline void
write_setting (const Fixture *at, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *full = g_build_filename (at->path, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  g_file_set_contents (full, text, -1, &error);
  g_assert_no_error (error);
}

static inline void
set_up_shipped (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *path;
  json_t *text;
  set_up (at, data);
  g_autoptr (Config) shipped = config_read ("conf", &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) bytes = config_bytes (shipped);
  g_autoptr (json_t) files = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
  json_object_foreach (files, path, text) write_setting (at, path, json_string_value (text));
  const char *settings = json_string_value (json_object_get (files, "docket.yaml"));
  g_autofree char *nothing_drawn = config_text_with (settings, "blind_check", "0"); /* which are drawn is chance */
  write_setting (at, "docket.yaml", nothing_drawn);
}

static inline Pipeline *
open_pipeline (const Fixture *at)
{
  static const PipelineOptions options = { .jobs = 2, .worker = "/proc/self/exe" };
  g_autoptr (GError) error = NULL;
  Pipeline *pipeline = pipeline_open (at->store, &options, &error);
  g_assert_no_error (error);
  return pipeline;
}

static inline void
run_to_rest (Pipeline *pipeline, PipelineUntil until, void *data)
{
  g_autoptr (GError) error = NULL;
  pipeline_run (pipeline, until != NULL ? until : pipeline_is_idle, data, NULL, &error);
  g_assert_no_error (error);
}

static inline int64_t
take_orders (const Fixture *at, const char *orders)
{
  static int64_t inode;
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  take (at->store, ++inode, orders, &taken, &error);
  g_assert_no_error (error);
  return taken.document;
}

/* Takes a document with @orders in and leads it to rest. */
static inline StoreDocument *
process (Fixture *at, const char *orders)
{
  g_autoptr (GError) error = NULL;
  int64_t id = take_orders (at, orders);
  Pipeline *pipeline = open_pipeline (at);
  run_to_rest (pipeline, NULL, NULL);
  pipeline_free (pipeline);
  reopen (at); /* which gives the lock back */
  StoreDocument *document = store_document_load (at->store, id, &error);
  g_assert_no_error (error);
  return document;
}

static inline bool
exists (const Fixture *at, const char *path)
{
  g_autofree char *full = g_build_filename (at->path, path, NULL);
  return g_file_test (full, G_FILE_TEST_EXISTS);
}

#define PIPELINE_TEST(path, function) g_test_add (path, Fixture, NULL, set_up_shipped, function, tear_down)

/* The main of a test program, which is the worker too. */
static inline int
pipeline_tests (int argc, char **argv, void (*add_tests) (void))
{
  if (argc == 3 && strcmp (argv[1], "--socket") == 0)
    return be_a_worker (atoi (argv[2]));
  g_setenv ("DOCKET_DATA", "conf", TRUE);
  g_test_init (&argc, &argv, NULL);
  add_tests ();
  return g_test_run ();
}
