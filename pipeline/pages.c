#include "pipeline/pages.h"
#include "base/file.h"
#include "store/document.h"
#include <sys/mman.h>

RecordPage *
pipeline_load_page (Store *store, const char *sha256, GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autoptr (GBytes) frame = store_blob_read (store, sha256, limits.output_bytes, error);
  return frame != NULL ? record_page_decode (frame, &limits, error) : NULL;
}

GPtrArray *
pipeline_first_pages (Store *store, int64_t document, unsigned most, GError **error)
{
  g_auto (GStrv) blobs = store_page_blobs (store, document, error);
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  if (blobs == NULL)
    return NULL;
  for (char **blob = blobs; *blob != NULL && pages->len < most; blob++)
    {
      RecordPage *page = pipeline_load_page (store, *blob, error);
      if (page == NULL)
        return NULL;
      g_ptr_array_add (pages, page);
    }
  return g_steal_pointer (&pages);
}

GPtrArray *
pipeline_pages (Store *store, int64_t document, GError **error)
{
  return pipeline_first_pages (store, document, UINT_MAX, error);
}

bool
pipeline_page_is_reusable (const RecordPage *page)
{
  return page->origin == RECORD_ORIGIN_RECOGNISED && page->words->len > 0 && page->warnings->len == 0;
}

/* Appends the page records of the document to @fd, one frame behind the other. */
static bool
write_pages (Store *store, const Limits *limits, int64_t document, int fd, GError **error)
{
  uint64_t total = 0, most = limits->memory_bytes / 2; /* the child must have room to read them */
  g_auto (GStrv) blobs = store_page_blobs (store, document, error);
  for (char **blob = blobs; blob != NULL && *blob != NULL; blob++)
    {
      g_autoptr (GBytes) frame = store_blob_read (store, *blob, most, error);
      gsize size = 0;
      const void *bytes = frame != NULL ? g_bytes_get_data (frame, &size) : NULL;
      total += size;
      if (total > most)
        return dk_throw (error, DK_ERROR_LIMIT, "the pages of document #%" G_GINT64_FORMAT " are too large together",
                         document);
      if (frame == NULL || !dk_write_all (fd, bytes, size, error))
        return false;
    }
  return blobs != NULL;
}

int
pipeline_pages_file (Store *store, const Limits *limits, int64_t document, GError **error)
{
  autofd fd = memfd_create ("pages", MFD_CLOEXEC);
  if (fd < 0)
    dk_throw_errno (error, "make a memory file for pages");
  return fd >= 0 && write_pages (store, limits, document, fd, error) ? dk_steal_fd (&fd) : -1;
}
