#include "base/file.h"
#include "base/serve.h"
#include "base/serve_packet.h"
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>

/* --- a worker of our own, in a forked process --- */
static bool
echo (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GBytes) input = serve_input (request, 0, error);
  if (input == NULL)
    return false;
  g_autofree char *text
      = g_strdup_printf ("%s %d %.*s", serve_text (request, "word", "none"), (int)serve_int (request, "number", -1),
                         (int)g_bytes_get_size (input), (const char *)g_bytes_get_data (input, NULL));
  g_autoptr (GBytes) answer = g_bytes_new (text, strlen (text));
  return serve_emit (out, RECORD_BYTES, answer, error);
}

static bool
count_pages (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GPtrArray) pages = serve_pages (request, 0, error);
  if (pages == NULL)
    return false;
  for (guint i = 0; i < pages->len; i++)
    {
      g_autoptr (GBytes) frame = record_page_encode (pages->pdata[i]);
      if (!serve_emit_frame (out, frame, error))
        return false;
    }
  return true;
}

static bool
pour (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  g_autoptr (GBytes) block = g_bytes_new_take (g_malloc0 (1000), 1000);
  while (serve_emit (out, RECORD_BYTES, block, error))
    ;
  return false;
}

static bool
wait_for_ever (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  for (;;)
    g_usleep (1000000);
  return true;
}

static bool
ask_for_too_much (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  g_autofree char *block = g_malloc (G_MAXSIZE / 4);
  return block == NULL;
}

/* Everything that was open in the worker and is not handed over is closed. */
static bool
look_around (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)out;
  for (int fd = 3 + (int)request->n_fds + 1; fd < 1024; fd++)
    if (fcntl (fd, F_GETFD) >= 0)
      return dk_throw (error, DK_ERROR_FAILED, "descriptor %d is open", fd);
  return true;
}

static const ServeWork works[] = {
  { "echo", echo, NULL },
  { "pages", count_pages, NULL },
  { "pour", pour, NULL },
  { "wait", wait_for_ever, NULL },
  { "greedy", ask_for_too_much, NULL },
  { "look", look_around, NULL },
  { NULL, NULL, NULL },
};

typedef struct
{
  pid_t pid;
  int socket;
} Worker;

static void
set_up (Worker *worker, gconstpointer data)
{
  (void)data;
  int ends[2];
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends), ==, 0);
  worker->pid = fork ();
  if (worker->pid == 0)
    {
      close (ends[0]);
      g_autoptr (Sandbox) sandbox = sandbox_new (NULL, NULL);
      bool served = sandbox != NULL && serve (ends[1], works, sandbox, NULL);
      _exit (served ? 0 : 1);
    }
  close (ends[1]);
  worker->socket = ends[0];
}

static void
tear_down (Worker *worker, gconstpointer data)
{
  (void)data;
  close (worker->socket);
  int status;
  g_assert_cmpint (waitpid (worker->pid, &status, 0), ==, worker->pid);
  g_assert_cmpint (status, ==, 0);
}

/* Sends a request with @input; the read end of its pipe. */
static int
request (Worker *worker, uint64_t job, const char *work, GVariant *arguments, const Limits *limits, GBytes *input)
{
  g_autoptr (GError) error = NULL;
  int ends[2];
  g_assert_cmpint (pipe2 (ends, O_CLOEXEC), ==, 0);
  autofd file = dk_memory_file (input, &error);
  g_autoptr (GBytes) packet = serve_pack_request (job, work, arguments, limits);
  serve_send (worker->socket, packet, (int[]){ ends[1], file }, 2, true, &error);
  g_assert_no_error (error);
  close (ends[1]);
  return ends[0];
}

static ServeNotice
notice_of (Worker *worker)
{
  g_autoptr (GError) error = NULL;
  g_auto (ServePacket) packet = { 0 };
  ServeNotice notice;
  serve_receive (worker->socket, 20000, &packet, &error);
  g_assert_no_error (error);
  g_assert_true (serve_unpack_notice (packet.bytes, &notice, NULL));
  return notice;
}

static const Limits limits = LIMITS_DEFAULT;

static GBytes *
text_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static void
test_a_request_is_answered_by_its_records_and_an_end (Worker *worker, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) input = text_bytes ("input");
  GVariantDict dict;
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "word", "s", "hello");
  g_variant_dict_insert (&dict, "number", "x", G_GINT64_CONSTANT (42));
  autofd pipe = request (worker, 7, "echo", g_variant_dict_end (&dict), &limits, input);
  g_autoptr (GBytes) all = dk_read_fd (pipe, 1000, &error);
  g_assert_no_error (error);
  g_autoptr (GBytes) payload = text_bytes ("hello 42 input");
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) first = record_frame (RECORD_BYTES, payload);
  g_autoptr (GBytes) last = record_frame (RECORD_END, nothing);
  gsize size = g_bytes_get_size (first);
  g_assert_cmpuint (g_bytes_get_size (all), ==, size + RECORD_HEADER_BYTES);
  g_assert_cmpmem (g_bytes_get_data (all, NULL), size, g_bytes_get_data (first, NULL), size);
  g_assert_cmpmem ((const char *)g_bytes_get_data (all, NULL) + size, RECORD_HEADER_BYTES,
                   g_bytes_get_data (last, NULL), RECORD_HEADER_BYTES);
  ServeNotice notice = notice_of (worker);
  g_assert_cmpuint (notice.job, ==, 7);
  g_assert_cmpint (notice.status, ==, 0);
  g_assert_cmpuint (notice.peak_bytes, >, 0);
}

static void
test_page_records_are_read_one_after_the_other (Worker *worker, gconstpointer data)
{
  (void)data;
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  for (unsigned no = 1; no <= 3; no++)
    {
      g_autoptr (RecordPage) page = record_page_new (no);
      g_autoptr (GBytes) frame = record_page_encode (page);
      g_byte_array_append (frames, g_bytes_get_data (frame, NULL), (guint)g_bytes_get_size (frame));
    }
  g_autoptr (GBytes) input = g_bytes_new (frames->data, frames->len);
  autofd pipe = request (worker, 1, "pages", NULL, &limits, input);
  g_autoptr (GBytes) all = dk_read_fd (pipe, 10000, NULL);
  g_assert_cmpmem (g_bytes_get_data (all, NULL), frames->len, frames->data, frames->len);
  g_assert_cmpint (notice_of (worker).status, ==, 0);
  g_autoptr (GBytes) cut = g_bytes_new (frames->data, frames->len - 3);
  autofd second = request (worker, 2, "pages", NULL, &limits, cut);
  ServeNotice notice = notice_of (worker);
  g_assert_cmpint (WEXITSTATUS (notice.status), ==, SERVE_EXIT_FAILED);
}

static void
test_output_stops_at_its_limit (Worker *worker, gconstpointer data)
{
  (void)data;
  Limits tight = limits;
  tight.output_bytes = 5000;
  g_autoptr (GBytes) input = text_bytes ("");
  autofd pipe = request (worker, 1, "pour", NULL, &tight, input);
  g_autoptr (GBytes) all = dk_read_fd (pipe, 100000, NULL);
  g_assert_cmpuint (g_bytes_get_size (all), ==, 4 * (1000 + RECORD_HEADER_BYTES));
  g_assert_cmpint (WEXITSTATUS (notice_of (worker).status), ==, SERVE_EXIT_LIMIT);
}

static void
test_a_child_is_killed_on_request_and_by_its_wall_time (Worker *worker, gconstpointer data)
{
  (void)data;
  g_autoptr (GBytes) input = text_bytes ("");
  autofd pipe = request (worker, 5, "wait", NULL, &limits, input);
  g_autoptr (GBytes) packet = serve_pack_request (5, "", NULL, NULL);
  g_assert_true (serve_send (worker->socket, packet, NULL, 0, true, NULL));
  ServeNotice notice = notice_of (worker);
  g_assert_true (WIFSIGNALED (notice.status) && notice.stopped == RECORD_CODE_NONE);
  Limits hurried = limits;
  hurried.wall_s = 1;
  autofd second = request (worker, 6, "wait", NULL, &hurried, input);
  notice = notice_of (worker);
  g_assert_cmpuint (notice.job, ==, 6);
  g_assert_true (WIFSIGNALED (notice.status) && notice.stopped == RECORD_CODE_TIMEOUT);
}

static void
test_unknown_work_is_a_failure_of_ours (Worker *worker, gconstpointer data)
{
  (void)data;
  g_autoptr (GBytes) input = text_bytes ("");
  autofd pipe = request (worker, 1, "juggle", NULL, &limits, input);
  g_assert_cmpint (WEXITSTATUS (notice_of (worker).status), ==, SERVE_EXIT_FAILED);
}

#ifndef DK_SANITIZED /* the address sanitizer answers such a request itself */
static void
test_a_child_without_memory_says_so (Worker *worker, gconstpointer data)
{
  (void)data;
  g_autoptr (GBytes) input = text_bytes ("");
  autofd pipe = request (worker, 1, "greedy", NULL, &limits, input);
  g_assert_cmpint (notice_of (worker).status, ==, W_EXITCODE (SERVE_EXIT_MEMORY, 0));
}
#endif

static void
test_a_child_has_no_descriptor_but_its_own (Worker *worker, gconstpointer data)
{
  (void)data;
  g_autoptr (GBytes) input = text_bytes ("");
  autofd pipe = request (worker, 1, "look", NULL, &limits, input);
  g_assert_cmpint (notice_of (worker).status, ==, 0);
}

static void
test_children_end_with_the_socket (Worker *worker, gconstpointer data)
{
  (void)data;
  g_autoptr (GBytes) input = text_bytes ("");
  autofd pipe = request (worker, 1, "wait", NULL, &limits, input);
  shutdown (worker->socket, SHUT_RDWR);
  g_autoptr (GBytes) all = dk_read_fd (pipe, 100, NULL); /* ends when nobody can write any more */
  g_assert_cmpuint (g_bytes_get_size (all), ==, 0);
}

static void
test_a_packet_that_is_none_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = text_bytes ("nonsense");
  g_auto (ServeOrder) order = { 0 };
  g_assert_false (serve_unpack_request (bytes, &order, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
  ServeNotice notice;
  g_assert_false (serve_unpack_notice (bytes, &notice, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add ("/base/serve/" #name, Worker, NULL, set_up, test_##name, tear_down)
  TEST (a_request_is_answered_by_its_records_and_an_end);
  TEST (page_records_are_read_one_after_the_other);
  TEST (output_stops_at_its_limit);
  TEST (a_child_is_killed_on_request_and_by_its_wall_time);
  TEST (unknown_work_is_a_failure_of_ours);
#ifndef DK_SANITIZED
  TEST (a_child_without_memory_says_so);
#endif
  TEST (a_child_has_no_descriptor_but_its_own);
  TEST (children_end_with_the_socket);
  g_test_add_func ("/base/serve/a_packet_that_is_none_is_refused", test_a_packet_that_is_none_is_refused);
  return g_test_run ();
}
