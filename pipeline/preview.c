#include "pipeline/preview.h"
#include "base/file.h"
#include "pipeline/pages.h"
#include "pipeline/stage.h"
#include "pipeline/worker.h"
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PREVIEW_BYTES (UINT64_C (128) << 20) /* of the widest and highest */
#define MAX_POLL_FDS 4
#define KEPT_S (36 * 3600)
#define KEPT_MOST 2000 /* more than anybody looks at in that time */

/* How the upright page lies in its file, as far as it is known. */
typedef struct
{
  int rotation; /* negative: not known */
  unsigned width_px, height_px;
} Lie;

static bool
find_lie (Store *store, const StoreDocument *document, unsigned no, Lie *lie, GError **error)
{
  g_auto (GStrv) blobs = store_page_blobs (store, document->id, error);
  *lie = (Lie){ .rotation = -1 };
  if (blobs == NULL)
    return false;
  for (char **blob = blobs; *blob != NULL; blob++)
    {
      g_autoptr (RecordPage) page = pipeline_load_page (store, *blob, error);
      if (page == NULL)
        return false;
      if (page->no == no && page->dpi > 0)
        *lie = (Lie){ page->rotation, page->width_px, page->height_px };
      if (page->no >= no)
        break;
    }
  return true;
}

/* --- what is kept --- */

static char *
kept_name (const StoreDocument *document, const PipelinePreview *wanted, const Lie *lie)
{
  return g_strdup_printf ("preview-%s-%u-%u-%d.%s", document->blob, wanted->page, wanted->width_px, lie->rotation,
                          wanted->jpeg ? "jpg" : "png");
}

static bool
is_whole (GBytes *bytes, bool jpeg)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  return jpeg ? size > 3 && memcmp (data, "\xff\xd8\xff", 3) == 0
              : size > 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0;
}

static GBytes *
load_kept (Store *store, const char *name, bool jpeg)
{
  g_autofree char *path = g_build_filename ("tmp", name, NULL);
  g_autoptr (GBytes) bytes = dk_read_file (store_dir (store), path, PREVIEW_BYTES, NULL);
  return bytes != NULL && is_whole (bytes, jpeg) ? g_steal_pointer (&bytes) : NULL;
}

/* Nobody comes by to tidy up while docketd runs for months: who adds one removes the old ones, all where they are too
 * many. */
static void
make_room (int tmp)
{
  g_auto (GStrv) names = dk_list_dir (tmp, ".", NULL);
  unsigned kept = 0;
  for (char **name = names; name != NULL && *name != NULL; name++)
    kept += g_str_has_prefix (*name, "preview-");
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      struct stat info;
      if (g_str_has_prefix (*name, "preview-") && fstatat (tmp, *name, &info, AT_SYMLINK_NOFOLLOW) == 0
          && (kept >= KEPT_MOST || info.st_mtime < time (NULL) - KEPT_S))
        unlinkat (tmp, *name, 0);
    }
}

/* Whoever may not write to the store, or finds it full, gets the picture all the same. */
static void
keep (Store *store, const char *name, GBytes *bytes)
{
  autofd tmp = dk_open_dir (store_dir (store), "tmp", NULL);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  if (tmp < 0)
    return;
  make_room (tmp);
  dk_write_file (tmp, name, data, size, 0600, NULL);
}

/* --- the work --- */

static GVariant *
arguments_of (const StoreDocument *document, const PipelinePreview *wanted, const Lie *lie)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&builder, "{sv}", "media_type", g_variant_new_string (document->media_type));
  g_variant_builder_add (&builder, "{sv}", "format", g_variant_new_string (wanted->jpeg ? "jpeg" : "png"));
  g_variant_builder_add (&builder, "{sv}", "page", g_variant_new_int64 (wanted->page));
  g_variant_builder_add (&builder, "{sv}", "width", g_variant_new_int64 (wanted->width_px));
  g_variant_builder_add (&builder, "{sv}", "rotation", g_variant_new_int64 (lie->rotation));
  g_variant_builder_add (&builder, "{sv}", "sheet_width", g_variant_new_int64 (lie->width_px));
  g_variant_builder_add (&builder, "{sv}", "sheet_height", g_variant_new_int64 (lie->height_px));
  return g_variant_builder_end (&builder);
}

static PipelineResult *
wait_for_result (PipelineWorker *worker, GError **error)
{
  PipelineResult *result;
  while ((result = pipeline_worker_next (worker)) == NULL)
    {
      struct pollfd fds[MAX_POLL_FDS];
      poll (fds, pipeline_worker_poll_fds (worker, fds, MAX_POLL_FDS), 1000);
      if (!pipeline_worker_handle (worker, error))
        return NULL;
    }
  return result;
}

static GBytes *
bytes_of (const PipelineResult *result, bool jpeg, RecordCode *refusal, GError **error)
{
  *refusal = result->fault != RECORD_CODE_NONE ? result->fault : result->refusal;
  if (*refusal != RECORD_CODE_NONE)
    return NULL;
  if (result->failed || result->lost)
    {
      dk_throw (error, DK_ERROR_FAILED, "docket-worker could not make the preview");
      return NULL;
    }
  g_autoptr (GBytes) bytes = pipeline_result_bytes (result);
  if (is_whole (bytes, jpeg))
    return g_steal_pointer (&bytes);
  dk_throw (error, DK_ERROR_INVALID, "the worker sent no picture");
  return NULL;
}

static GBytes *
make (Store *store, const Config *config, const StoreDocument *document, const PipelinePreview *wanted, const Lie *lie,
      RecordCode *refusal, GError **error)
{
  Limits limits = pipeline_limits ();
  limits.output_bytes = PREVIEW_BYTES;
  autofd file = store_blob_open (store, document->blob, error);
  if (file < 0)
    return NULL;
  g_autoptr (PipelineWorker) worker = pipeline_worker_start (config, NULL, NULL, NULL, error);
  if (worker == NULL
      || !pipeline_worker_submit (worker, 1, "preview", arguments_of (document, wanted, lie), &limits, &file, 1, error))
    return NULL;
  g_autoptr (PipelineResult) result = wait_for_result (worker, error);
  return result != NULL ? bytes_of (result, wanted->jpeg, refusal, error) : NULL;
}

GBytes *
pipeline_preview (Store *store, const Config *config, const StoreDocument *document, const PipelinePreview *wanted,
                  RecordCode *refusal, GError **error)
{
  Lie lie;
  *refusal = RECORD_CODE_NONE;
  if (!find_lie (store, document, wanted->page, &lie, error))
    return NULL;
  g_autofree char *name = kept_name (document, wanted, &lie);
  GBytes *kept = load_kept (store, name, wanted->jpeg);
  if (kept != NULL)
    return kept;
  g_autoptr (GBytes) made = make (store, config, document, wanted, &lie, refusal, error);
  if (made != NULL)
    keep (store, name, made);
  return g_steal_pointer (&made);
}
