/* The stages that docketd does itself: register and file. */
#include "base/fault.h"
#include "pipeline/outcome.h"
#include "pipeline/place.h"
#include "pipeline/trace.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool
register_run (Pipeline *pipeline, Piece **leased, GError **error)
{
  const Piece *piece = *leased;
  g_autoptr (PipelineTrace) trace = pipeline_trace_load (pipeline, piece->document, piece->receipt, error);
  g_auto (Join) join = { .outcome = JOIN_NEW };
  if (trace == NULL || !join_find (&trace->letter, &join, error))
    return false;
  const RegisterLetter letter = { .document = piece->document,
                                  .received = piece->receipt->received,
                                  .owner = piece->receipt->owner,
                                  .next = pipeline_next (piece),
                                  .join = &join,
                                  .config = pipeline->config_id };
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  return transaction != NULL && register_letter (transaction, pipeline->in_force->rules, &letter, error)
         && join_note (transaction, &trace->letter, error)
         && pipeline_commit (g_steal_pointer (&transaction), pipeline, piece, error);
}

/* --- file --- */

static bool
is_taken (int64_t document, const char *folder, const char *name, bool *taken, void *store, GError **error)
{
  return store_place_is_taken (store, document, folder, name, taken, error);
}

/* The name that the document has had so far is its own, whatever bytes it had then. */
static bool
put (Pipeline *pipeline, const StoreDocument *document, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename ("filed", folder, name, NULL);
  const char *sha256 = document->bound != NULL ? document->bound : document->blob;
  bool has_grown = g_strcmp0 (document->name, name) == 0 && g_strcmp0 (document->folder, folder) == 0
                   && g_strcmp0 (document->placed, sha256) != 0;
  return has_grown ? store_blob_replace (pipeline->store, sha256, path, error)
                   : store_blob_link (pipeline->store, sha256, path, error);
}

/* Links the document under a free name; one that it has already stays. A foreign file that stands in the way makes the
 * next name be tried. */
static char *
link_document (Pipeline *pipeline, const StoreDocument *document, const PipelinePlace *place, GError **error)
{
  bool held = pipeline_place_is_held (place, document);
  for (unsigned attempt = 0;; attempt++)
    {
      g_autofree char *name = held && attempt == 0 ? g_strdup (document->name)
                                                   : pipeline_place_free_name (place, document->id, &attempt, is_taken,
                                                                               pipeline->store, error);
      g_autoptr (GError) failed = NULL;
      if (name == NULL || put (pipeline, document, place->folder, name, &failed))
        return g_steal_pointer (&name);
      if (!g_error_matches (failed, DK_ERROR, DK_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
}

/* The name a corrected document had before, and folders that it leaves empty. */
static void
unlink_old (Pipeline *pipeline, const StoreDocument *document, const char *folder, const char *name)
{
  if (document->name == NULL || (strcmp (document->name, name) == 0 && strcmp (document->folder, folder) == 0))
    return;
  g_autofree char *path = g_build_filename ("filed", document->folder, document->name, NULL);
  unlinkat (store_dir (pipeline->store), path, 0);
  for (char *slash = strrchr (path, '/'); slash != NULL && strchr (path, '/') != slash; slash = strrchr (path, '/'))
    {
      *slash = '\0';
      if (unlinkat (store_dir (pipeline->store), path, AT_REMOVEDIR) < 0)
        break;
    }
}

bool
file_run (Pipeline *pipeline, Piece **leased, GError **error)
{
  const Piece *piece = *leased;
  const StoreDocument *document = piece->document;
  g_autoptr (PipelinePlace) place
      = pipeline_place_new (pipeline->store, pipeline->in_force, document, piece->receipt, true, error);
  g_autofree char *name = place != NULL ? link_document (pipeline, document, place, error) : NULL;
  if (name == NULL)
    return false;
  dk_fault ("file: linked, not noted");
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  if (transaction == NULL
      || !store_document_filed (transaction, document->id, place->folder, name, pipeline_next (piece), error)
      || !pipeline_commit (g_steal_pointer (&transaction), pipeline, piece, error))
    return false;
  dk_fault ("file: noted, old name not removed");
  unlink_old (pipeline, document, place->folder, name);
  return true;
}
