#include "base/serve_child.h"
#ifdef DK_TEST_HOOKS
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static bool
has_marker (const ServeRequest *request, const char *marker)
{
  if (marker == NULL)
    return true;
  g_autoptr (GBytes) input = request->n_fds > 0 ? serve_input (request, 0, NULL) : NULL;
  gsize size = 0;
  const void *data = input != NULL ? g_bytes_get_data (input, &size) : NULL;
  return data != NULL && memmem (data, size, marker, strlen (marker)) != NULL;
}

static void
open_file (int out)
{
  (void)out;
  _exit (open ("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? SERVE_EXIT_SANDBOX : 0);
}

static void
open_socket (int out)
{
  (void)out;
  int fd = socket (AF_INET, SOCK_STREAM, 0);
  _exit (fd < 0 ? SERVE_EXIT_SANDBOX : 0);
}

static void
execute (int out)
{
  (void)out;
  execl ("/bin/true", "true", NULL);
}

static void
loop (int out)
{
  for (volatile int running = 1; running;)
    (void)out;
}

static void
allocate (int out)
{
  (void)out;
  for (int i = 0; i < 160; i++)
    memset (g_malloc ((gsize)64 << 20), i, (gsize)64 << 20);
}

static void
lie (int out)
{
  static const unsigned char frame[] = { 0xF0, 0xFF, 0xFF, 0xFF, RECORD_PAGE, 0, RECORD_VERSION, 0, 'l', 'i', 'e' };
  _exit (write (out, frame, sizeof frame) < 0 ? SERVE_EXIT_FAILED : 0);
}

static void
crash (int out)
{
  (void)out;
  signal (SIGSEGV, SIG_DFL);
  raise (SIGSEGV);
}

static void
flood (int out)
{
  static unsigned char frame[RECORD_HEADER_BYTES + 65536] = { 0, 0, 1, 0, RECORD_BYTES, 0, RECORD_VERSION, 0 };
  while (write (out, frame, sizeof frame) >= 0)
    ;
}

static const struct
{
  const char *name;
  void (*act) (int out);
} hooks[] = {
  { "open", open_file }, { "connect", open_socket }, { "exec", execute }, { "loop", loop }, { "allocate", allocate },
  { "lie", lie },        { "crash", crash },         { "flood", flood },
};

/* Whether @hook, WORK:WHAT:NAME or WORK:WHAT:NAME:MARKER, means this request. */
static bool
is_meant (char *const *hook, const char *work, const ServeRequest *request)
{
  guint n = g_strv_length ((char **)hook);
  return n >= 3 && strcmp (hook[0], work) == 0
         && strstr (serve_text (request, "name", serve_text (request, "received", "")), hook[2]) != NULL
         && has_marker (request, n > 3 ? hook[3] : g_getenv ("DOCKET_TEST_HOOK_MARKER"));
}

void
serve_hook (const char *work, const ServeRequest *request, int out)
{
  const char *wanted = g_getenv ("DOCKET_TEST_HOOK");
  g_auto (GStrv) all = g_strsplit (wanted != NULL ? wanted : "", " ", 0);
  for (char **one = all; *one != NULL; one++)
    {
      g_auto (GStrv) hook = g_strsplit (*one, ":", 4);
      if (!is_meant (hook, work, request))
        continue;
      for (gsize i = 0; i < G_N_ELEMENTS (hooks); i++)
        if (strcmp (hooks[i].name, hook[1]) == 0)
          hooks[i].act (out);
    }
}
#endif
