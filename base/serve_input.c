#include "base/record.h"
#include "base/serve.h"
#include <sys/stat.h>

const char *
serve_text (const ServeRequest *request, const char *key, const char *otherwise)
{
  const char *text = NULL;
  return g_variant_lookup (request->arguments, key, "&s", &text) ? text : otherwise;
}

const char *
serve_media_type (const ServeRequest *request)
{
  return request->facts != NULL ? request->facts->media_type
                                : serve_text (request, "media_type", "application/octet-stream");
}

int64_t
serve_int (const ServeRequest *request, const char *key, int64_t otherwise)
{
  gint64 value;
  return g_variant_lookup (request->arguments, key, "x", &value) ? value : otherwise;
}

GBytes *
serve_input (const ServeRequest *request, unsigned index, GError **error)
{
  struct stat info;
  if (index >= request->n_fds || fstat (request->fds[index], &info) < 0)
    {
      dk_throw (error, DK_ERROR_INVALID, "%s: there is no input %u", request->name, index);
      return NULL;
    }
  if ((uint64_t)info.st_size > request->limits.file_bytes)
    {
      dk_throw (error, DK_ERROR_LIMIT, "%s: input %u is larger than %" G_GUINT64_FORMAT " bytes", request->name, index,
                request->limits.file_bytes);
      return NULL;
    }
  g_autoptr (GMappedFile) map = g_mapped_file_new_from_fd (request->fds[index], FALSE, error);
  return map != NULL ? g_mapped_file_get_bytes (map) : NULL;
}

/* The frame at @offset of @all; its end goes to *@offset. */
static GBytes *
next_frame (GBytes *all, gsize *offset, GError **error)
{
  gsize size;
  const uint8_t *data = g_bytes_get_data (all, &size);
  gsize left = size - *offset;
  RecordType type;
  uint32_t length;
  if (left < RECORD_HEADER_BYTES)
    {
      dk_throw (error, DK_ERROR_INVALID, "page records end within a header");
      return NULL;
    }
  if (!record_header (data + *offset, left - RECORD_HEADER_BYTES, &type, &length, error))
    return NULL;
  GBytes *frame = g_bytes_new_from_bytes (all, *offset, RECORD_HEADER_BYTES + (gsize)length);
  *offset += RECORD_HEADER_BYTES + (gsize)length;
  return frame;
}

GPtrArray *
serve_pages (const ServeRequest *request, unsigned index, GError **error)
{
  g_autoptr (GBytes) all = request->pages != NULL ? g_bytes_ref (request->pages) : serve_input (request, index, error);
  if (all == NULL)
    return NULL;
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  for (gsize offset = 0; offset < g_bytes_get_size (all);)
    {
      g_autoptr (GBytes) frame = next_frame (all, &offset, error);
      RecordPage *page = frame != NULL ? record_page_decode (frame, &request->limits, error) : NULL;
      if (page == NULL)
        return NULL;
      g_ptr_array_add (pages, page);
    }
  return g_steal_pointer (&pages);
}
