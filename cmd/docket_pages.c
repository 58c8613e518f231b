#include "base/cleanup.h"
#include "base/file.h"
#include "cmd/pages.h"
#include "cmd/say.h"
#include "pipeline/preview.h"
#include "store/receipt.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the file --- */

static int
open_out (const char *out, GError **error)
{
  int fd = out != NULL ? open (out, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : dup (STDOUT_FILENO);
  if (fd < 0)
    dk_throw_errno (error, "write %s", out != NULL ? out : "standard output");
  return fd;
}

/* Half a file would pass for a whole one. */
static void
remove_half (const char *out)
{
  struct stat info;
  if (out != NULL && stat (out, &info) == 0 && S_ISREG (info.st_mode))
    unlink (out);
}

static bool
write_bytes (const char *out, const void *bytes, size_t size, GError **error)
{
  autofd fd = open_out (out, error);
  if (fd < 0)
    return false;
  if (dk_write_all (fd, bytes, size, error))
    return true;
  remove_half (out);
  return false;
}

/* --- the pages --- */

/* Throws the sentence cli.@key with the document's number, and @page where the sentence names it. */
static bool
throw_sentence (const Command *command, const StoreDocument *document, const char *key, int64_t page, GError **error)
{
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  g_autofree char *sentence
      = say_text (command->language, key, "sl", document->number != NULL ? document->number : id, page);
  return dk_throw (error, DK_ERROR_NOT_FOUND, "%s", sentence);
}

static bool
has_page (const Command *command, const StoreDocument *document, int page, GError **error)
{
  return page <= 0 || (unsigned)page <= document->pages
         || throw_sentence (command, document, "show.no_page", page, error);
}

static RecordPage *
load (Store *store, const char *blob, GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autoptr (GBytes) frame = store_blob_read (store, blob, limits.output_bytes, error);
  return frame != NULL ? record_page_decode (frame, &limits, error) : NULL;
}

static bool
flush (GString *text, int fd, GError **error)
{
  bool written = dk_write_all (fd, text->str, text->len, error);
  g_string_truncate (text, 0);
  return written;
}

static bool
write_pages (Store *store, char **blobs, const ReportDocument *document, const Pages *pages, int fd, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  bool first = true;
  pages->format->begin (text, document);
  for (char **blob = blobs; *blob != NULL; blob++)
    {
      g_autoptr (RecordPage) page = load (store, *blob, error);
      if (page == NULL)
        return false;
      if (pages->page > 0 && page->no != (unsigned)pages->page)
        continue;
      g_string_append (text, first ? "" : pages->format->between);
      pages->format->page (text, document, page);
      first = false;
      if (!flush (text, fd, error))
        return false;
    }
  pages->format->end (text);
  return flush (text, fd, error);
}

bool
pages_write (const Command *command, Store *store, const StoreDocument *document, const Pages *pages, GError **error)
{
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  g_autoptr (StoreReceipt) receipt = store_receipt_of (store, document->id, error);
  g_auto (GStrv) blobs = receipt != NULL ? store_page_blobs (store, document->id, error) : NULL;
  if (blobs == NULL)
    return false;
  guint n = g_strv_length (blobs);
  if (n == 0 && pages->format->boxed)
    return throw_sentence (command, document, "show.unread", 0, error);
  if (pages->format->boxed && !document->paged)
    return throw_sentence (command, document, "show.no_boxes", 0, error);
  if (!has_page (command, document, pages->page, error))
    return false;
  autofd fd = open_out (pages->out, error);
  if (fd < 0)
    return false;
  const ReportDocument source = { .name = receipt->name,
                                  .number = document->number != NULL ? document->number : id,
                                  .language = document->language,
                                  .pages = pages->page > 0 ? 1 : n };
  if (write_pages (store, blobs, &source, pages, fd, error))
    return true;
  remove_half (pages->out);
  return false;
}

/* --- previews --- */

static bool
ending_of (const char *out, bool *jpeg, GError **error)
{
  const char *dot = strrchr (out, '.');
  *jpeg = dot != NULL && (g_ascii_strcasecmp (dot, ".jpg") == 0 || g_ascii_strcasecmp (dot, ".jpeg") == 0);
  return *jpeg || (dot != NULL && g_ascii_strcasecmp (dot, ".png") == 0)
         || dk_refuse (error, DK_ERROR_USAGE, "preview_name", "s", out);
}

static bool
throw_refusal (const Command *command, const StoreDocument *document, int page, RecordCode code, GError **error)
{
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  g_autofree char *reason = report_label (command->language, "reason", record_code_name (code));
  g_autofree char *sentence = say_text (command->language, "show.no_preview", "sls",
                                        document->number != NULL ? document->number : id, (int64_t)page, reason);
  return dk_throw (error, DK_ERROR_NOT_FOUND, "%s", sentence);
}

bool
pages_preview (const Command *command, Store *store, const StoreDocument *document, int page, int width_px,
               const char *out, GError **error)
{
  PipelinePreview wanted = { .page = (unsigned)MAX (page, 1), .width_px = (unsigned)width_px };
  RecordCode refusal;
  if (!ending_of (out, &wanted.jpeg, error))
    return false;
  if (document->media_type == NULL)
    return throw_sentence (command, document, "show.unread", 0, error);
  if (document->reason != NULL && !document->paged) /* nobody knows its pages */
    return throw_refusal (command, document, (int)wanted.page, record_code_parse (document->reason), error);
  if (!document->paged)
    return throw_sentence (command, document, "show.no_picture", 0, error);
  if (!has_page (command, document, page, error))
    return false;
  g_autoptr (Config) config = command_config (store, error);
  g_autoptr (GBytes) picture
      = config != NULL ? pipeline_preview (store, config, document, &wanted, &refusal, error) : NULL;
  if (config != NULL && picture == NULL && refusal != RECORD_CODE_NONE)
    return throw_refusal (command, document, (int)wanted.page, refusal, error);
  return picture != NULL && write_bytes (out, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture), error);
}
