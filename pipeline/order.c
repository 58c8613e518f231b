/* At the start: filed/ and quarantine/ are made to say what the catalogue says; a crash may have left a name too many
 * or one too few. */
#include "pipeline/order.h"
#include "base/file.h"
#include "base/log.h"
#include "base/messages.h"
#include "store/documents.h"
#include "store/quarantine.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define ORPHAN_AGE_S (36 * 3600)

/* A searchable PDF can be made again from the original and its page records (DESIGN P4). */
static bool
bind_again (Store *store, const StoreDocument *document, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  return transaction != NULL && store_document_bound_lost (transaction, document->id, "bind", error)
         && store_commit (g_steal_pointer (&transaction), error);
}

/* A missing object is told by verify; the rest of the mail must not wait for it. */
static bool
link_again (Store *store, const StoreDocument *document, const char *path, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (store_blob_link (store, document->placed, path, &failed))
    return true;
  if (!g_error_matches (failed, DK_ERROR, DK_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  bool derived = document->bound != NULL && strcmp (document->bound, document->blob) != 0;
  dk_log ("object_missing", "document=%" G_GINT64_FORMAT " derived=%d", document->id, derived);
  return !derived || strcmp (document->stage, STORE_STAGE_REST) != 0 || bind_again (store, document, error);
}

/* What is to lie in filed/ and quarantine/, and what does not. */
typedef struct
{
  int dir;
  GHashTable *expected; /* of paths */
  GArray *missing;      /* of int64_t, documents without their name */
} Order;

static void
order_clear (Order *order)
{
  g_clear_pointer (&order->expected, g_hash_table_unref);
  g_clear_pointer (&order->missing, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Order, order_clear)

static bool
expect_filed (int64_t document, const char *folder, const char *name, void *data, GError **error)
{
  Order *order = data;
  struct stat st;
  char *path = g_build_filename ("filed", folder, name, NULL);
  (void)error;
  if (fstatat (order->dir, path, &st, AT_SYMLINK_NOFOLLOW) < 0)
    g_array_append_val (order->missing, document);
  g_hash_table_add (order->expected, path);
  return true;
}

static bool
mend_filed (Pipeline *pipeline, const Order *order, GError **error)
{
  for (guint i = 0; i < order->missing->len; i++)
    {
      g_autoptr (StoreDocument) document
          = store_document_load (pipeline->store, g_array_index (order->missing, int64_t, i), error);
      g_autofree char *path
          = document != NULL ? g_build_filename ("filed", document->folder, document->name, NULL) : NULL;
      if (path == NULL || !link_again (pipeline->store, document, path, error))
        return false;
    }
  return true;
}

static bool
mend_quarantined (Pipeline *pipeline, Order *order, int64_t id, GError **error)
{
  Store *store = pipeline->store;
  struct stat st;
  g_autoptr (StoreDocument) document = store_document_load (store, id, error);
  g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (store, id, error) : NULL;
  if (receipt == NULL)
    return false;
  g_autofree char *put = store_quarantine_path (id, receipt->name);
  g_autofree char *reason = g_strconcat (put, ".reason.txt", NULL);
  bool there = fstatat (order->dir, put, &st, AT_SYMLINK_NOFOLLOW) == 0
               && fstatat (order->dir, reason, &st, AT_SYMLINK_NOFOLLOW) == 0;
  g_autofree char *key = g_strconcat ("reason.", document->reason, NULL);
  g_autofree char *why = dk_message (pipeline->in_force->settings->language, key, "");
  if (!there && !store_quarantine_put (store, id, receipt->name, document->blob, why, error))
    return false;
  g_hash_table_add (order->expected, g_steal_pointer (&put));
  g_hash_table_add (order->expected, g_steal_pointer (&reason));
  return true;
}

/* Removes names of ours below @path that no document has. A file with one link only was put there by somebody: it
 * stays. */
static bool
sweep (Pipeline *pipeline, const char *path, GHashTable *expected, unsigned *removed, GError **error)
{
  int dir = store_dir (pipeline->store);
  g_auto (GStrv) names = dk_list_dir (dir, path, error);
  if (names == NULL)
    return false;
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *below = g_build_filename (path, *name, NULL);
      struct stat st;
      if (fstatat (dir, below, &st, AT_SYMLINK_NOFOLLOW) < 0)
        continue;
      if (S_ISDIR (st.st_mode))
        {
          if (!sweep (pipeline, below, expected, removed, error))
            return false;
          unlinkat (dir, below, AT_REMOVEDIR); /* only when it is empty now */
        }
      else if (S_ISREG (st.st_mode) && (st.st_nlink > 1 || g_str_has_suffix (*name, ".reason.txt"))
               && !g_hash_table_contains (expected, below) && unlinkat (dir, below, 0) == 0)
        ++*removed;
    }
  return true;
}

static bool
mend_all (Pipeline *pipeline, Order *order, GError **error)
{
  if (!store_filed_each (pipeline->store, expect_filed, order, error) || !mend_filed (pipeline, order, error))
    return false;
  g_autoptr (GArray) quarantined = store_documents (pipeline->store, STORE_DOCUMENTS_QUARANTINED, 0, 0, error);
  for (guint i = 0; quarantined != NULL && i < quarantined->len; i++)
    if (!mend_quarantined (pipeline, order, g_array_index (quarantined, int64_t, i), error))
      return false;
  return quarantined != NULL;
}

static bool
make_folders (int dir, GError **error)
{
  return dk_make_dirs (dir, "filed", error) && dk_make_dirs (dir, "quarantine", error);
}

bool
pipeline_tidy (Pipeline *pipeline, GError **error)
{
  g_auto (Order) order = { .dir = store_dir (pipeline->store),
                           .expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                           .missing = g_array_new (FALSE, FALSE, sizeof (int64_t)) };
  unsigned removed = 0;
  /* before: a store from a backup has neither; after: they may have gone as empty folders */
  if (!make_folders (order.dir, error) || !mend_all (pipeline, &order, error)
      || !sweep (pipeline, "filed", order.expected, &removed, error)
      || !sweep (pipeline, "quarantine", order.expected, &removed, error))
    return false;
  if (removed > 0)
    dk_log ("tidied", "names=%u", removed);
  return make_folders (order.dir, error) && store_blob_sweep (pipeline->store, ORPHAN_AGE_S, error);
}
