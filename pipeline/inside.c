/* The stages that docketd does itself: register and file. */
#include "base/fault.h"
#include "pipeline/stage.h"
#include "store/decision.h"
#include "store/name.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool
register_run (Pipeline *pipeline, Piece **leased, GError **error)
{
  const Piece *piece = *leased;
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  return transaction != NULL
         && register_document (transaction, pipeline->in_force->rules, piece->document, piece->receipt->received,
                               piece->receipt->owner, pipeline_next (piece), error)
         && pipeline_commit (g_steal_pointer (&transaction), pipeline, piece, error);
}

/* --- file --- */

static void
name_parts_clear (PipelineNameParts *parts)
{
  g_free (parts->date);
  g_free (parts->sender);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PipelineNameParts, name_parts_clear)

static char *
first_value (const GPtrArray *decisions, const char *name)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (strcmp (decision->name, name) == 0)
        return g_strdup (decision->value);
    }
  return NULL;
}

static bool
find_name_parts (Pipeline *pipeline, const Piece *piece, PipelineNameParts *parts, GError **error)
{
  const StoreDocument *document = piece->document;
  g_autoptr (GPtrArray) decisions = store_decisions (pipeline->store, document->id, true, error);
  if (decisions == NULL)
    return false;
  g_autofree char *letter_date = first_value (decisions, "letter_date");
  parts->date = g_strdup (letter_date != NULL ? letter_date : piece->receipt->received);
  parts->sender = first_value (decisions, "sender");
  parts->kind = document->kind;
  parts->subject = document->subject;
  return true;
}

static const char *
extension_of (const StoreDocument *document)
{
  static const char *const extensions[][2] = {
    { "application/pdf", ".pdf" }, { "text/plain", ".txt" },  { "image/tiff", ".tif" }, { "image/jpeg", ".jpg" },
    { "image/png", ".png" },       { "image/webp", ".webp" }, { "image/gif", ".gif" },  { "image/bmp", ".bmp" },
  };
  if (document->bound != NULL && strcmp (document->bound, document->blob) != 0)
    return ".pdf";
  for (gsize i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_strcmp0 (extensions[i][0], document->media_type) == 0)
      return extensions[i][1];
  return g_str_has_prefix (document->media_type, "text/")    ? ".txt"
         : g_str_has_prefix (document->media_type, "image/") ? ".pnm"
                                                             : ".bin";
}

char *
pipeline_name (const PipelineConfiguration *configuration, const StoreDocument *document,
               const PipelineNameParts *parts, unsigned attempt)
{
  const Vocabulary *vocabulary = configuration->vocabulary;
  const char *language = configuration->settings->language;
  const Concept *subject = parts->subject != NULL ? vocabulary_at (vocabulary, parts->subject) : NULL;
  g_autofree char *counted = g_strdup_printf ("%s (%u)", document->number, attempt);
  return store_name_build (
      parts->date, parts->kind != NULL ? vocabulary_file_form (vocabulary, parts->kind, language) : NULL,
      subject != NULL ? vocabulary_file_form (vocabulary, subject->id, language) : NULL, parts->sender,
      attempt == 0   ? ""
      : attempt == 1 ? document->number
                     : counted,
      extension_of (document), configuration->settings->ascii);
}

/* A name in @folder that no other document has: without, then with the docket number, then with a count. */
static char *
free_name (Pipeline *pipeline, const Piece *piece, const PipelineNameParts *parts, const char *folder, unsigned attempt,
           GError **error)
{
  for (; attempt < 1000; attempt++)
    {
      g_autofree char *name = pipeline_name (pipeline->in_force, piece->document, parts, attempt);
      bool taken;
      if (!store_place_is_taken (pipeline->store, piece->document->id, folder, name, &taken, error))
        return NULL;
      if (!taken)
        return g_steal_pointer (&name);
    }
  dk_throw (error, DK_ERROR_EXISTS, "no free name for document #%" G_GINT64_FORMAT, piece->document->id);
  return NULL;
}

/* The name that the document has had so far is its own, whatever bytes it had then. */
static bool
place (Pipeline *pipeline, const StoreDocument *document, const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename ("filed", folder, name, NULL);
  const char *sha256 = document->bound != NULL ? document->bound : document->blob;
  bool has_grown = g_strcmp0 (document->name, name) == 0 && g_strcmp0 (document->folder, folder) == 0
                   && g_strcmp0 (document->placed, sha256) != 0;
  return has_grown ? store_blob_replace (pipeline->store, sha256, path, error)
                   : store_blob_link (pipeline->store, sha256, path, error);
}

/* Links the document under a free name; a foreign file that stands in the way makes the next name be tried. */
static char *
link_document (Pipeline *pipeline, const Piece *piece, const PipelineNameParts *parts, const char *folder,
               GError **error)
{
  const StoreDocument *document = piece->document;
  for (unsigned attempt = 0; attempt < 10; attempt++)
    {
      g_autofree char *name = free_name (pipeline, piece, parts, folder, attempt, error);
      if (name == NULL)
        return NULL;
      g_autoptr (GError) failed = NULL;
      if (place (pipeline, document, folder, name, &failed))
        return g_steal_pointer (&name);
      if (!g_error_matches (failed, DK_ERROR, DK_ERROR_EXISTS))
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
  dk_throw (error, DK_ERROR_EXISTS, "no free name for document #%" G_GINT64_FORMAT " in filed/", document->id);
  return NULL;
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

char *
pipeline_folder (const PipelineConfiguration *configuration, const char *kind, const char *subject,
                 const char *received)
{
  DkDay day = dk_day_parse (received);
  int year = day != DK_DAY_NONE ? dk_date (day).year : 0;
  g_autofree char *wanted
      = vocabulary_folder (configuration->vocabulary, kind, subject, year, configuration->settings->language);
  return store_name_safe_path (wanted, configuration->settings->ascii);
}

bool
file_run (Pipeline *pipeline, Piece **leased, GError **error)
{
  const Piece *piece = *leased;
  const StoreDocument *document = piece->document;
  g_auto (PipelineNameParts) parts = { 0 };
  if (!find_name_parts (pipeline, piece, &parts, error))
    return false;
  g_autofree char *folder
      = pipeline_folder (pipeline->in_force, document->kind, document->subject, piece->receipt->received);
  g_autofree char *name = link_document (pipeline, piece, &parts, folder, error);
  if (name == NULL)
    return false;
  dk_fault ("file: linked, not noted");
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  if (transaction == NULL
      || !store_document_filed (transaction, document->id, folder, name, pipeline_next (piece), error)
      || !pipeline_commit (g_steal_pointer (&transaction), pipeline, piece, error))
    return false;
  dk_fault ("file: noted, old name not removed");
  unlink_old (pipeline, document, folder, name);
  return true;
}
