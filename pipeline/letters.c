#include "pipeline/letters.h"
#include "base/config.h"
#include "base/file.h"
#include "base/log.h"
#include "pipeline/pages.h"
#include "store/blob.h"
#include "store/document.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#define SEED_BYTES (UINT64_C (16) << 20) /* of one file */
#define SEED_NAME "seed.letters"         /* what docket-seed learnt of them, beside the programs or the configuration */
#define KEPT_NAME "tmp/letters.kept"     /* what a training in this store learnt of them; store_blob_sweep leaves it */
#define FIRST_PAGES 3                    /* of a letter: what follows are mostly enclosures */
#define TEXT_BYTES 20000

/* --- those that are shipped --- */

static bool
copy_file (const char *folder, const char *name, int fd, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, SEED_BYTES, error);
  if (bytes == NULL)
    return false;
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return dk_write_all (fd, data, size, error) && dk_write_all (fd, "\n", 1, error);
}

int
pipeline_seed_letters (GError **error)
{
  g_autofree char *shipped = config_shipped_path ();
  g_autofree char *folder = g_build_filename (shipped, "letters", NULL);
  g_auto (GStrv) names = dk_list_dir (AT_FDCWD, folder, error);
  if (names == NULL)
    return -1;
  autofd fd = memfd_create ("letters", MFD_CLOEXEC);
  unsigned n = 0;
  if (fd < 0)
    return dk_throw_errno (error, "make a memory file for letters"), -1;
  for (char **name = names; *name != NULL; name++)
    if (g_str_has_suffix (*name, ".tsv"))
      {
        n++;
        if (!copy_file (folder, *name, fd, error))
          return -1;
      }
  if (n > 0)
    return dk_steal_fd (&fd);
  dk_throw (error, DK_ERROR_NOT_FOUND, "%s holds no letters to learn from", folder);
  return -1;
}

int
pipeline_learnt_letters (Store *store)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *program = self != NULL ? g_path_get_dirname (self) : g_strdup ("/");
  g_autofree char *beside = g_build_filename (program, SEED_NAME, NULL);
  g_autofree char *folder = config_shipped_path ();
  g_autofree char *shipped = g_build_filename (folder, SEED_NAME, NULL);
  g_autofree char *kept = store_join (store, KEPT_NAME);
  const char *const paths[] = { kept, beside, shipped };
  int fd = -1;
  for (gsize i = 0; fd < 0 && i < G_N_ELEMENTS (paths); i++)
    fd = open (paths[i], O_RDONLY | O_CLOEXEC);
  return fd;
}

void
pipeline_keep_letters (Store *store, const PipelineResult *result)
{
  g_autofree char *path = store_join (store, KEPT_NAME);
  for (guint i = 0; i < result->ahead->len; i++)
    {
      const PipelineResult *next = result->ahead->pdata[i];
      if (g_strcmp0 (next->work, RECORD_LETTERS) != 0)
        continue;
      gsize size;
      g_autoptr (GBytes) bytes = pipeline_result_bytes (next);
      const void *data = g_bytes_get_data (bytes, &size);
      bool done = dk_write_file (AT_FDCWD, path, data, size, 0600, NULL);
      dk_log ("letters_kept", "mb=%" G_GSIZE_FORMAT " done=%d", size >> 20, done);
    }
}

/* --- those of people --- */

/* The text of the first pages, as one field of the line. */
static void
append_text (GString *line, const char *text, gsize most)
{
  for (const char *at = text; *at != '\0' && line->len < most; at = g_utf8_next_char (at))
    if (*at == '\n')
      g_string_append (line, "\\n");
    else if (*at == '\\')
      g_string_append (line, "\\\\");
    else if (g_ascii_iscntrl (*at))
      g_string_append_c (line, ' ');
    else
      g_string_append_len (line, at, g_utf8_next_char (at) - at);
}

static bool
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return true;
  return false;
}

/* The text of the first pages is appended; false when they cannot be had. */
static bool
append_pages (Store *store, int64_t document, GString *line, GError **error)
{
  g_auto (GStrv) blobs = store_page_blobs (store, document, error);
  gsize most = line->len + TEXT_BYTES;
  for (unsigned i = 0; blobs != NULL && blobs[i] != NULL && i < FIRST_PAGES; i++)
    {
      g_autoptr (RecordPage) page = pipeline_load_page (store, blobs[i], error);
      if (page == NULL)
        return false;
      append_text (line, page->text, most);
    }
  return blobs != NULL;
}

/* Kinds that a company added to its vocabulary no model knows. */
static bool
is_kind (const char *word)
{
  static const char *const kinds[] = { "complaint", "suggestion", "thanks", "question", "other", NULL };
  return word != NULL && g_strv_contains (kinds, word);
}

static void
append_also (GString *line, const json_t *also)
{
  size_t i;
  const json_t *kind;
  unsigned n = 0;
  json_array_foreach (also, i, kind) if (is_kind (json_string_value (kind)))
      g_string_append_printf (line, "%s%s", n++ > 0 ? "," : "", json_string_value (kind));
  g_string_append (line, n > 0 ? "\t" : "-\t");
}

bool
pipeline_write_letter (Store *store, const StoreExample *example, int fd, uint64_t *size, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autoptr (GError) lost = NULL;
  const char *kind = is_kind (example->kind) ? example->kind : "-";
  if (*kind == '-' && example->subject == NULL)
    return true;
  g_string_append_printf (line, "%" G_GINT64_FORMAT "\t%s\t", example->document, kind);
  append_also (line, example->also);
  g_string_append_printf (line, "%s\t-\t-\t-\t", example->subject != NULL ? example->subject : "-");
  gsize head = line->len;
  if (!append_pages (store, example->document, line, &lost) || !has_letters (line->str + head))
    return true; /* verify tells what is lost; the others are learnt from all the same */
  g_string_append_c (line, '\n');
  *size += line->len;
  return dk_write_all (fd, line->str, line->len, error);
}
