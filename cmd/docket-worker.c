/* docket-worker: reads hostile files for docketd, each in a sandboxed child. People never start it. */
#include "base/file.h"
#include "base/serve_packet.h"
#include "classify/classify.h"
#include "extract/extract.h"
#include <fcntl.h>
#include <malloc.h>
#include <omp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>

#define CONFIG_WAIT_MS 60000
#define MODEL_BYTES (64 << 20)
#define CONFIG_BYTES (8 * LIMITS_CONFIG_BYTES) /* with what was parsed of it */

/* A letter that cannot wait says so on its first page, and need not wait for its others to be read. */
static bool
read_page (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (RecordPage) page = NULL;
  return extract_read (request, out, &page, error)
         && (page == NULL || page->no != 1 || classify_first_page (page, out, error));
}

static const ServeWork works[] = {
  { "identify", extract_identify, extract_identify_prepare },
  { "read", read_page, extract_read_prepare },
  { "bind", extract_bind, NULL },
  { "preview", extract_preview, NULL },
  { "understand", classify_understand, NULL },
  { "train", classify_train_work, NULL },
  { "labels", classify_labels, classify_labels_prepare },
  { NULL, NULL, NULL },
};

static const char help[] = "Usage: docket-worker --socket FD\n"
                           "Reads files for docketd, which starts it. It has no use of its own.\n\n"
                           "  --socket FD  the open socket to docketd\n"
                           "  --help       this text\n"
                           "  --version    the version of docket\n";

/* libgomp reads its environment before main: a thread pool in a sandboxed child would be its death. */
static void
start_again_without_threads (char **argv)
{
  if (g_strcmp0 (g_getenv ("OMP_THREAD_LIMIT"), "1") != 0 && g_setenv ("OMP_THREAD_LIMIT", "1", TRUE))
    execv ("/proc/self/exe", argv);
  omp_set_max_active_levels (0);
}

/* A page is worked on in pictures of megabytes, one after the other: a child that gave each back to the system would
 * have it cleared and mapped anew for the next. It ends soon, and all is given back then. */
static void
keep_memory (void)
{
  mallopt (M_MMAP_THRESHOLD, 32 << 20); /* the most that it takes */
  mallopt (M_TRIM_THRESHOLD, 512 << 20);
  mallopt (M_TOP_PAD, 4 << 20);
}

/* The model that was made of the shipped letters, beside the program as in a build folder, else with the shipped
 * configuration. Without it the vocabulary decides alone. */
static GBytes *
shipped_model (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *shipped = config_shipped_path ();
  const char *const folders[] = { folder, shipped };
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = folders[i] != NULL ? g_build_filename (folders[i], "seed.model", NULL) : NULL;
      GBytes *bytes = path != NULL ? dk_read_file (AT_FDCWD, path, MODEL_BYTES, NULL) : NULL;
      if (bytes != NULL)
        return bytes;
    }
  return NULL;
}

/* The file that came with the packet as @name; NULL without an error where none did. */
static GBytes *
file_of (const ServePacket *packet, const char *name, uint64_t limit, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (packet->bytes, &size);
  g_autofree char *text = g_strndup (bytes, size);
  g_auto (GStrv) names = g_strsplit (text, " ", -1);
  for (unsigned i = 0; i < packet->n_fds && names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return dk_read_fd (packet->fds[i], limit, error);
  return NULL;
}

/* What docketd sends first: the configuration, where the company has taught docket its model, and where it gives one
 * its list of customers. */
static bool
receive_first (int socket, Config **config, GBytes **model, GBytes **customers, GError **error)
{
  g_auto (ServePacket) packet = { 0 };
  g_autoptr (GError) failed = NULL;
  if (!serve_receive (socket, CONFIG_WAIT_MS, &packet, error))
    return false;
  g_autoptr (GBytes) bytes = file_of (&packet, "configuration", CONFIG_BYTES, &failed);
  *config = bytes != NULL ? config_unpack (bytes, &failed) : NULL;
  *model = failed == NULL ? file_of (&packet, "model", MODEL_BYTES, &failed) : NULL;
  *customers = failed == NULL ? file_of (&packet, "customers", LIMITS_CUSTOMERS_BYTES, &failed) : NULL;
  if (failed != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  if (*config == NULL)
    return dk_throw (error, DK_ERROR_INVALID, "the first packet brings no configuration");
  if (*model == NULL)
    *model = shipped_model ();
  return true;
}

/* Loads all that a child may not open any more. */
static bool
warm_up (const Config *config, GBytes *model, GBytes *customers, GError **error)
{
  g_autoptr (Settings) settings = settings_load (config, error);
  return settings != NULL && classify_warm_up (config, model, error)
         && (customers == NULL || classify_load_customers (customers, error))
         && extract_warm_up (settings->languages, error);
}

static bool
say_hello (int socket, const SandboxFacts *facts, const GError *problem, GError **error)
{
  g_autoptr (GBytes) hello = serve_pack_hello (facts, problem != NULL ? problem->message : "");
  return serve_send (socket, hello, NULL, 0, true, error);
}

static bool
run (int socket, GError **error)
{
  SandboxFacts facts = sandbox_probe ();
  facts.namespaces = sandbox_isolate ();
  prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); /* entering a namespace may have cleared it */
  g_autoptr (GError) problem = NULL;
  g_autoptr (Config) config = NULL;
  g_autoptr (GBytes) model = NULL, customers = NULL;
  g_autoptr (Sandbox) sandbox = NULL;
  if (receive_first (socket, &config, &model, &customers, &problem) && warm_up (config, model, customers, &problem))
    sandbox = sandbox_new (extract_read_only (), &problem);
  malloc_trim (0); /* free memory that was written to is copied for each child that writes there */
  if (!say_hello (socket, &facts, problem, error))
    return false;
  if (sandbox != NULL)
    return serve (socket, works, sandbox, error);
  g_propagate_error (error, g_steal_pointer (&problem));
  return false;
}

/* The descriptor behind --socket, -1 when it is none. */
static int
socket_of (const char *text)
{
  char *end;
  guint64 number = g_ascii_strtoull (text, &end, 10);
  struct stat info;
  bool good = *text != '\0' && *end == '\0' && number <= G_MAXINT && fstat ((int)number, &info) == 0;
  return good && S_ISSOCK (info.st_mode) ? (int)number : -1;
}

int
main (int argc, char **argv)
{
  start_again_without_threads (argv);
  if (argc == 2 && strcmp (argv[1], "--help") == 0)
    return fputs (help, stdout) < 0;
  if (argc == 2 && strcmp (argv[1], "--version") == 0)
    return puts ("docket-worker " DOCKET_VERSION) < 0;
  keep_memory ();
  int socket = argc == 3 && strcmp (argv[1], "--socket") == 0 ? socket_of (argv[2]) : -1;
  if (socket < 0)
    {
      fputs ("docket-worker: docketd starts this program; start docketd, or `docket up`, instead.\n", stderr);
      return 64;
    }
  g_autoptr (GError) error = NULL;
  if (run (socket, &error))
    return 0;
  fprintf (stderr, "docket-worker: %s\n", error->message);
  return dk_exit_status (error);
}
