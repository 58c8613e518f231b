/* docket export files - the filed documents as a tree of plain files, each with JSON beside it. */
#include "base/file.h"
#include "base/messages.h"
#include "cmd/export.h"
#include "pipeline/describe.h"
#include "store/blob.h"
#include "store/documents.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define A_PAGE 500 /* documents that are asked for at once */
#define PART ".docket-export.part"

typedef struct
{
  const Command *command;
  const char *from, *to;
  Store *store;
  int dir; /* where the tree grows */
} Export;

static bool
copy_bytes (int from, int to, const char *name, GError **error)
{
  g_autofree char *chunk = g_malloc (1 << 18);
  ssize_t n;
  while ((n = read (from, chunk, 1 << 18)) > 0)
    if (!dk_write_all (to, chunk, (size_t)n, error))
      return false;
  return n == 0 || dk_throw_errno (error, "read the object of %s", name);
}

/* The bytes that the document has in filed/. */
static bool
copy_file (const Export *export, int folder, const StoreDocument *document, GError **error)
{
  autofd from = store_blob_open (export->store, document->placed, error);
  autofd to = from >= 0 ? openat (folder, PART, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600) : -1;
  if (from < 0)
    return false;
  if (to < 0)
    return dk_throw_errno (error, "make %s", document->name);
  if (copy_bytes (from, to, document->name, error) && dk_publish (folder, to, PART, document->name, error))
    return true;
  unlinkat (folder, PART, 0);
  return false;
}

static bool
write_json (const Export *export, int folder, const StoreDocument *document, GError **error)
{
  g_autoptr (json_t) object = describe_document (export->store, document->id, export->command->language, error);
  if (object == NULL)
    return false;
  json_object_set_new (object, "number", dk_json_text (document->number));
  json_object_set_new (object, "document", json_integer (document->id));
  g_autofree char *name = g_strconcat (document->name, ".json", NULL);
  g_autofree char *line = dk_json_line (object), *text = g_strconcat (line, "\n", NULL);
  return dk_write_file (folder, name, text, strlen (text), 0600, error);
}

static bool
export_one (const Export *export, int64_t id, GError **error)
{
  g_autoptr (StoreDocument) document = store_document_load (export->store, id, error);
  if (document == NULL)
    return false;
  const char *path = *document->folder != '\0' ? document->folder : ".";
  if (!dk_make_dirs (export->dir, path, error))
    return false;
  autofd folder = dk_open_dir (export->dir, path, error);
  if (folder >= 0 && copy_file (export, folder, document, error) && write_json (export, folder, document, error))
    return true;
  g_prefix_error (error, "document #%" G_GINT64_FORMAT ": ", id);
  return false;
}

static bool
is_wanted (const Export *export, const StoreDocumentRow *row)
{
  return row->name != NULL && (export->from == NULL || strcmp (row->received, export->from) >= 0)
         && (export->to == NULL || strcmp (row->received, export->to) <= 0);
}

static bool
export_all (const Export *export, int64_t *documents, GError **error)
{
  StoreDocumentsFilter filter = { .copies = true, .limit = A_PAGE };
  for (guint n = A_PAGE; n == A_PAGE;)
    {
      g_autoptr (GPtrArray) rows = store_document_rows (export->store, &filter, error);
      if (rows == NULL)
        return false;
      n = rows->len;
      for (guint i = 0; i < rows->len; i++)
        {
          const StoreDocumentRow *row = rows->pdata[i];
          filter.after = row->id;
          if (!is_wanted (export, row))
            continue;
          if (!export_one (export, row->id, error))
            return false;
          ++*documents;
        }
    }
  return true;
}

bool
export_files (const Command *command, const char *path, const char *from, const char *to, int64_t *documents,
              GError **error)
{
  g_autoptr (Store) store = command_open (command, error);
  *documents = 0;
  if (store == NULL)
    return false;
  if (g_mkdir_with_parents (path, 0700) < 0)
    return dk_throw_errno (error, "make folder %s", path);
  autofd dir = dk_open_dir (AT_FDCWD, path, error);
  g_auto (GStrv) names = dir >= 0 ? dk_list_dir (dir, ".", error) : NULL;
  if (names == NULL)
    return false;
  if (names[0] != NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "not_empty", "s", path);
  const Export export = { command, from, to, store, dir };
  return export_all (&export, documents, error);
}
