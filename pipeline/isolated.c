/* The stages that docket-worker does: what each asks for and how its answer is noted. */
#include "base/digest.h"
#include "base/file.h"
#include "base/serve.h"
#include "pipeline/pages.h"
#include "pipeline/state.h"
#include "pipeline/understand.h"
#include <string.h>
#include <sys/stat.h>

#define TRUSTED_AFTER 4 /* pages in a row in one language, after which the next is taken to be in it too */

static bool
ask_original (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error)
{
  return pipeline_request_add (request, store_blob_open (pipeline->store, piece->document->blob, error));
}

/* The one record of @type that the stage promises. */
static GBytes *
need_record (const PipelineResult *result, RecordType type, GError **error)
{
  GBytes *payload = pipeline_result_record (result, type);
  if (payload == NULL)
    dk_throw (error, DK_ERROR_INVALID, "the worker sent no record of type %d", (int)type);
  return payload;
}

/* --- what to read a page with --- */

/* Adds @language if people write in it. No model of another is loaded: it would only make the child choose. */
static void
add_language (GPtrArray *languages, const Settings *settings, const char *language)
{
  if (language != NULL && g_strv_contains ((const char *const *)settings->languages, language)
      && !g_ptr_array_find_with_equal_func (languages, language, g_str_equal, NULL))
    g_ptr_array_add (languages, (char *)(uintptr_t)language);
}

/* Pages of one document are mostly in one language, and so is a stack of letters from one place. */
static bool
is_trusted (const Pipeline *pipeline, const char *read_so_far, const char *first)
{
  if (read_so_far != NULL && *read_so_far != '\0')
    return g_strcmp0 (read_so_far, first) == 0;
  return pipeline->same_language >= TRUSTED_AFTER && g_strcmp0 (pipeline->last_language, first) == 0;
}

/* A document of one page has all its pages when that is read, and its child does the stages that come then; so does the
 * one that finds out that there is but one. A text has no pixels, whatever is read. */
static void
ask_ahead (const Piece *piece, PipelineRequest *request)
{
  g_autoptr (GPtrArray) works = g_ptr_array_new ();
  bool known = piece->stage != pipeline_stages;
  if (known && piece->document->pages != 1)
    return;
  for (const PipelineStage *next = piece->stage + 1; next->work != NULL; next++)
    if (!known || piece->document->paged || next->applies == NULL)
      g_ptr_array_add (works, (char *)(uintptr_t)next->work);
  g_variant_builder_add (&request->arguments, "{sv}", SERVE_AHEAD,
                         g_variant_new_strv ((const char *const *)works->pdata, works->len));
  g_variant_builder_add (&request->arguments, "{sv}", "received", g_variant_new_string (piece->receipt->received));
}

/* What it takes to read @page, and to do what comes then. */
static bool
ask_reading (Pipeline *pipeline, const Piece *piece, int64_t page, PipelineRequest *request, GError **error)
{
  const Settings *settings = pipeline->in_force->settings;
  g_autofree char *read_so_far = NULL;
  if (!store_page_language (pipeline->store, piece->document->id, &read_so_far, error))
    return false;
  g_autoptr (GPtrArray) languages = g_ptr_array_new ();
  add_language (languages, settings, read_so_far);
  for (char **hint = piece->receipt->languages; *hint != NULL; hint++)
    add_language (languages, settings, *hint);
  add_language (languages, settings, pipeline->last_language);
  add_language (languages, settings, settings->language);
  for (char **known = settings->languages; *known != NULL; known++)
    add_language (languages, settings, *known);
  g_ptr_array_add (languages, NULL);
  ask_ahead (piece, request);
  g_variant_builder_add (&request->arguments, "{sv}", "page", g_variant_new_int64 (page));
  g_variant_builder_add (&request->arguments, "{sv}", "version",
                         g_variant_new_int64 (pipeline_stage ("read")->version));
  g_variant_builder_add (&request->arguments, "{sv}", "trusted",
                         g_variant_new_int64 (is_trusted (pipeline, read_so_far, languages->pdata[0])));
  g_variant_builder_add (&request->arguments, "{sv}", "languages",
                         g_variant_new_strv ((const char *const *)languages->pdata, -1));
  return true;
}

/* --- identify --- */

bool
identify_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error)
{
  struct stat st;
  g_variant_builder_add (&request->arguments, "{sv}", "name", g_variant_new_string (piece->receipt->name));
  if (!ask_reading (pipeline, piece, 1, request, error) || !ask_original (pipeline, piece, request, error))
    return false;
  if (fstat (request->fds[0], &st) < 0)
    return dk_throw_errno (error, "look at document #%" G_GINT64_FORMAT, piece->document->id);
  return (uint64_t)st.st_size <= pipeline->limits.file_bytes
         || dk_throw (error, DK_ERROR_LIMIT, "document #%" G_GINT64_FORMAT " is larger than the limits allow",
                      piece->document->id);
}

bool
identify_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                  GError **error)
{
  GBytes *payload = need_record (result, RECORD_FACTS, error);
  g_autoptr (RecordFacts) facts = payload != NULL ? record_facts_decode (payload, &pipeline->limits, error) : NULL;
  return facts != NULL
         && store_document_identified (transaction, piece->document->id, facts, pipeline_next (piece), error);
}

/* --- read --- */

bool
read_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error)
{
  g_variant_builder_add (&request->arguments, "{sv}", "media_type", g_variant_new_string (piece->document->media_type));
  return ask_reading (pipeline, piece, piece->job->page, request, error)
         && ask_original (pipeline, piece, request, error);
}

static bool
publish_page (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const RecordPage *page,
              GBytes *frame, const char *key, GError **error)
{
  StoreBlob blob;
  int64_t unread = 0;
  if (!store_blob_put (pipeline->store, frame, &blob, error)
      || !store_pages_unread (pipeline->store, piece->document->id, &unread, error))
    return false;
  piece->document->recognised |= page->origin == RECORD_ORIGIN_RECOGNISED;
  const char *next = unread <= 1 ? pipeline_next (piece) : NULL;
  return store_page_read (transaction, piece->document->id, page, &blob, key, next, error);
}

/* NULL where the child told none. */
static char *
key_of (const PipelineResult *result)
{
  GBytes *key = pipeline_result_record (result, RECORD_PAGE_KEY);
  return key != NULL && g_bytes_get_size (key) == DK_DIGEST_BYTES ? dk_hex (key) : NULL;
}

/* The first page may say that the document cannot wait. */
static bool
publish_urgency (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                 GError **error)
{
  g_autoptr (GPtrArray) findings = pipeline_findings (result, &pipeline->limits, error);
  if (findings == NULL || findings->len == 0 || piece->document->urgency != NULL)
    return findings != NULL;
  const RecordFinding *finding = findings->pdata[0];
  return strcmp (finding->name, "urgency") != 0
         || store_document_hurry (transaction, piece->document->id, finding->value, error);
}

bool
read_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
              GError **error)
{
  GBytes *frame = need_record (result, RECORD_PAGE, error);
  g_autoptr (RecordPage) page = frame != NULL ? record_page_decode (frame, &pipeline->limits, error) : NULL;
  if (page == NULL)
    return false;
  g_autofree char *key = pipeline_page_is_reusable (page) ? key_of (result) : NULL;
  if (page->no != (unsigned)piece->job->page)
    return dk_throw (error, DK_ERROR_INVALID, "the worker sent page %u instead of %d", page->no, (int)piece->job->page);
  if (!publish_page (pipeline, transaction, piece, page, frame, key, error)
      || !publish_urgency (pipeline, transaction, piece, result, error))
    return false;
  if (strcmp (page->language, "und") != 0)
    {
      bool same = g_strcmp0 (pipeline->last_language, page->language) == 0;
      pipeline->same_language = same ? pipeline->same_language + 1 : 1;
      g_free (pipeline->last_language);
      pipeline->last_language = g_strdup (page->language);
    }
  return true;
}

/* The page stays as a picture and is marked missing; the document goes on. */
bool
read_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code, GError **error)
{
  g_autoptr (RecordPage) page = record_page_new ((unsigned)piece->job->page);
  record_page_add_warning (page, code);
  g_autoptr (GBytes) frame = record_page_encode (page);
  return publish_page (pipeline, transaction, piece, page, frame, NULL, error);
}

/* --- bind: the searchable PDF of a picture, or of a PDF whose pages are pictures --- */

bool
bind_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error)
{
  g_variant_builder_add (&request->arguments, "{sv}", "media_type", g_variant_new_string (piece->document->media_type));
  return ask_original (pipeline, piece, request, error)
         && pipeline_request_add (request,
                                  pipeline_pages_file (pipeline->store, &pipeline->limits, piece->document->id, error));
}

/* The original itself is filed. */
static bool
file_original (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, GError **error)
{
  StoreBlob original = { .size = 0 };
  int fd = store_blob_open (pipeline->store, piece->document->blob, error);
  if (fd < 0)
    return false;
  original.size = lseek (fd, 0, SEEK_END);
  close (fd);
  g_strlcpy (original.sha256, piece->document->blob, sizeof original.sha256);
  return store_document_bound (transaction, piece->document->id, &original, pipeline_next (piece), error);
}

/* Without any bytes the worker says that the file has to stay as it came. */
bool
bind_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
              GError **error)
{
  gsize size;
  g_autoptr (GBytes) pdf = pipeline_result_bytes (result);
  const char *bytes = g_bytes_get_data (pdf, &size);
  if (size == 0 && !piece->document->picture)
    return file_original (pipeline, transaction, piece, error);
  if (size < 8 || memcmp (bytes, "%PDF-", 5) != 0)
    return dk_throw (error, DK_ERROR_INVALID, "the worker sent no PDF");
  StoreBlob blob;
  return store_blob_put (pipeline->store, pdf, &blob, error)
         && store_document_bound (transaction, piece->document->id, &blob, pipeline_next (piece), error);
}

bool
bind_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code, GError **error)
{
  (void)code;
  return file_original (pipeline, transaction, piece, error);
}
