#include "store/quarantine.h"
#include "base/fault.h"
#include "base/file.h"
#include "store/internal.h"
#include "store/name.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

char *
store_quarantine_path (int64_t document, const char *name)
{
  g_autofree char *safe = store_name_safe (name, 180, false);
  return g_strdup_printf ("quarantine/%06" G_GINT64_FORMAT " %s", document, safe);
}

bool
store_quarantine_put (Store *store, int64_t document, const char *name, const char *sha256, const char *why,
                      GError **error)
{
  g_autofree char *path = store_quarantine_path (document, name);
  g_autofree char *reason = g_strconcat (path, ".reason.txt", NULL);
  g_autofree char *text = g_strconcat (why, "\n", NULL);
  if (!store_blob_link (store, sha256, path, error))
    return false;
  dk_fault ("quarantine: original linked, reason not written");
  return dk_write_file (store->dir, reason, text, strlen (text), 0644, error);
}

bool
store_quarantine_remove (Store *store, int64_t document, const char *name, GError **error)
{
  g_autofree char *path = store_quarantine_path (document, name);
  g_autofree char *reason = g_strconcat (path, ".reason.txt", NULL);
  if ((unlinkat (store->dir, reason, 0) < 0 && errno != ENOENT)
      || (unlinkat (store->dir, path, 0) < 0 && errno != ENOENT))
    return dk_throw_errno (error, "remove %s", path);
  return true;
}
