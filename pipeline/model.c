#include "pipeline/model.h"
#include "base/config.h"
#include "base/file.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define FIRST_LINE "docket-model 2\n"
#define DIGEST_LENGTH 64
#define HEAD_BYTES (1 << 20) /* the longest head */

static void
copy_numbers (json_t *to, const json_t *from, const char *const *keys)
{
  for (; *keys != NULL; keys++)
    if (json_is_number (json_object_get (from, *keys)))
      json_object_set (to, *keys, json_object_get (from, *keys));
}

/* What is kept of the head, which says more to the worker. */
static json_t *
pick_facts (const json_t *head)
{
  static const char *const counts[] = { "letters", "corrections", NULL };
  static const char *const figures[] = { "f1", "ece", "threshold", "alone", "n", NULL };
  static const char *const judged[] = { "kind", "subject" };
  const char *made_from = dk_json_string (head, "made_from", "");
  json_t *facts = json_object ();
  copy_numbers (facts, head, counts);
  if (strlen (made_from) <= DIGEST_LENGTH)
    json_object_set_new (facts, "made_from", dk_json_text (made_from));
  for (gsize i = 0; i < G_N_ELEMENTS (judged); i++)
    {
      json_t *of = json_object ();
      copy_numbers (of, json_object_get (head, judged[i]), figures);
      json_object_set_new (facts, judged[i], of);
    }
  return facts;
}

static json_t *
parse_head (const char *data, gsize size, GError **error)
{
  gsize first = strlen (FIRST_LINE);
  const char *line = data + first;
  const char *end = size > first && memcmp (data, FIRST_LINE, first) == 0
                        ? memchr (line, '\n', MIN (size - first, HEAD_BYTES))
                        : NULL;
  if (end == NULL)
    {
      dk_throw (error, DK_ERROR_INVALID, "this is no model of docket, or one of another version");
      return NULL;
    }
  g_autoptr (json_t) head = dk_json_parse (line, (size_t)(end - line), error);
  return head != NULL ? pick_facts (head) : NULL;
}

json_t *
pipeline_model_facts (GBytes *model, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (model, &size);
  return parse_head (data, size, error);
}

static json_t *
facts_at (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "seed.model", NULL);
  autofd fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autofree char *head = g_malloc (HEAD_BYTES);
  ssize_t n = fd >= 0 ? read (fd, head, HEAD_BYTES) : -1;
  return n > 0 ? parse_head (head, (gsize)n, NULL) : NULL;
}

json_t *
pipeline_model_seed_facts (void)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : NULL;
  g_autofree char *shipped = config_shipped_path ();
  json_t *facts = folder != NULL ? facts_at (folder) : NULL;
  return facts != NULL ? facts : facts_at (shipped);
}

double
pipeline_model_f1 (const json_t *facts)
{
  return dk_json_real (json_object_get (facts, "kind"), "f1", -1);
}
