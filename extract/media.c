#include "extract/media.h"
#include "extract/charset.h"
#include <magic.h>
#include <string.h>

static magic_t database;

bool
extract_media_warm_up (GError **error)
{
  if (database != NULL)
    return true;
  magic_t opened = magic_open (MAGIC_MIME_TYPE | MAGIC_NO_CHECK_COMPRESS);
  if (opened == NULL)
    return dk_throw (error, DK_ERROR_FAILED, "open libmagic: no memory");
  if (magic_load (opened, NULL) != 0)
    {
      dk_throw (error, DK_ERROR_FAILED, "load the magic database: %s", magic_error (opened));
      magic_close (opened);
      return false;
    }
  database = opened;
  return true;
}

static bool
one_of (const char *word, const char *const *list)
{
  return g_strv_contains (list, word);
}

bool
extract_media_is_picture (const char *media_type)
{
  static const char *const pictures[] = { "image/tiff",
                                          "image/jpeg",
                                          "image/png",
                                          "image/webp",
                                          "image/gif",
                                          "image/bmp",
                                          "image/jp2",
                                          "image/x-portable-bitmap",
                                          "image/x-portable-graymap",
                                          "image/x-portable-pixmap",
                                          "image/x-portable-anymap",
                                          NULL };
  return one_of (media_type, pictures);
}

bool
extract_media_is_text (const char *media_type)
{
  static const char *const texts[] = { "text/plain", "text/csv", NULL };
  return one_of (media_type, texts);
}

bool
extract_media_is_pdf (const char *media_type)
{
  return strcmp (media_type, "application/pdf") == 0;
}

/* --- the second look --- */

static bool
begins (const char *text, size_t size, const char *prefix)
{
  size_t length = strlen (prefix);
  return size >= length && g_ascii_strncasecmp (text, prefix, length) == 0;
}

/* Readers forgive junk before the header; a text that only speaks of PDF has no object after it. */
static bool
has_pdf_header (const char *bytes, size_t size, size_t window)
{
  if (begins (bytes, size, "<"))
    return false;
  const char *at = g_strstr_len (bytes, (gssize)MIN (size, window), "%PDF-");
  if (at == NULL || at == bytes)
    return at != NULL;
  size_t rest = size - (size_t)(at - bytes);
  return memmem (at, rest, " obj", 4) != NULL;
}

static bool
is_known_field (const char *line, size_t length)
{
  static const char *const fields[]
      = { "from:",     "to:",          "subject:",      "date:",         "message-id:",
          "received:", "return-path:", "mime-version:", "content-type:", "delivered-to:",
          "reply-to:", "x-mailer:",    "in-reply-to:",  "cc:",           "content-transfer-encoding:" };
  for (size_t i = 0; i < G_N_ELEMENTS (fields); i++)
    if (begins (line, length, fields[i]))
      return true;
  return false;
}

static bool
is_field_or_continuation (const char *line, size_t length)
{
  if (length > 0 && (line[0] == ' ' || line[0] == '\t'))
    return true;
  size_t i = 0;
  while (i < length && line[i] > ' ' && line[i] < 127 && line[i] != ':')
    i++;
  return i > 0 && i < length && line[i] == ':';
}

/* Header-field grammar: nothing but fields down to an empty line, at least two of them well known, and one that only
 * machines write (a message id, a MIME version, a trace): a typed letter may begin with "From:" and "To:". */
static bool
is_mail (const char *text, size_t size)
{
  static const char *const machine[] = { "message-id:", "received:", "mime-version:", "return-path:", "content-type:" };
  unsigned known = 0, written_by_machine = 0;
  size_t at = 0, end = MIN (size, 8192);
  while (at < end)
    {
      const char *newline = memchr (text + at, '\n', end - at);
      size_t length = newline != NULL ? (size_t)(newline - text) - at : end - at;
      if (length > 0 && text[at + length - 1] == '\r')
        length--;
      if (length == 0 || newline == NULL)
        break;
      if (!is_field_or_continuation (text + at, length))
        return false;
      known += is_known_field (text + at, length);
      for (size_t i = 0; i < G_N_ELEMENTS (machine); i++)
        written_by_machine += begins (text + at, length, machine[i]);
      at = (size_t)(newline - text) + 1;
    }
  return known >= 2 && written_by_machine >= 1;
}

static bool
is_mbox (const char *text, size_t size)
{
  if (!begins (text, size, "From "))
    return false;
  const char *newline = memchr (text, '\n', MIN (size, 512));
  return newline != NULL && is_mail (newline + 1, size - (size_t)(newline + 1 - text));
}

/* A page has many tags for its size; a letter that quotes one does not. */
static bool
is_html (const char *text, size_t size)
{
  static const char *const tags[]
      = { "<html", "<body", "<div", "<p>", "<p ", "<br", "<table", "<span", "<a href", "<!doctype html" };
  g_autofree char *head = g_ascii_strdown (text, (gssize)MIN (size, 4096));
  unsigned found = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (tags); i++)
    for (const char *at = strstr (head, tags[i]); at != NULL; at = strstr (at + 1, tags[i]))
      found++;
  return found >= 3 && found * 400 > strlen (head);
}

/* libmagic calls a text with one tag anywhere in it a page; a page begins with one. */
static bool
opens_with_tag (const char *text, size_t size)
{
  size_t at = size >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (at < size && g_ascii_isspace (text[at]))
    at++;
  return at < size && text[at] == '<';
}

static const char *
text_kind (const char *text, size_t size)
{
  if (is_mbox (text, size))
    return "application/mbox";
  if (is_mail (text, size))
    return "message/rfc822";
  if (begins (text, size, "{\\rtf"))
    return "text/rtf";
  if (begins (text, size, "<?xml"))
    return "text/xml";
  if (is_html (text, size))
    return "text/html";
  return NULL;
}

static const char *
second_look (const char *first, const char *name, const char *bytes, size_t size)
{
  bool named_pdf = name != NULL && g_str_has_suffix (name, ".pdf");
  if (strcmp (first, "message/rfc822") == 0 && !is_mail (bytes, size)
      && !(name != NULL && g_str_has_suffix (name, ".eml")))
    first = "text/plain";
  bool vague = g_str_has_prefix (first, "text/") || strcmp (first, "application/octet-stream") == 0;
  if (vague && has_pdf_header (bytes, size, named_pdf ? 4096 : 1024))
    return "application/pdf";
  if (strcmp (first, "application/pdf") == 0 && !has_pdf_header (bytes, size, 4096))
    first = "text/plain";
  static const char *const kept[]
      = { "text/html", "text/rtf", "text/xml", "text/calendar", "text/vcard", "text/csv", NULL };
  if (vague || strcmp (first, "text/plain") == 0)
    {
      const char *kind = text_kind (bytes, size);
      if (kind != NULL)
        return kind;
      bool quotes_tag = strcmp (first, "text/html") == 0 && !opens_with_tag (bytes, size);
      if (one_of (first, kept) && !quotes_tag)
        return first;
      return extract_charset_looks_like_text (bytes, size) ? "text/plain" : "application/octet-stream";
    }
  static const char *const aliases[][2] = {
    { "image/x-ms-bmp", "image/bmp" }, { "image/x-bmp", "image/bmp" },           { "image/jpg", "image/jpeg" },
    { "image/pjpeg", "image/jpeg" },   { "application/x-ndjson", "text/plain" }, { "application/json", "text/plain" }
  };
  for (size_t i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (strcmp (first, aliases[i][0]) == 0)
      return aliases[i][1];
  return first;
}

char *
extract_media_type (GBytes *file, const char *name, GError **error)
{
  if (database == NULL)
    {
      dk_throw (error, DK_ERROR_FAILED, "tell the type of a file: the magic database is not loaded");
      return NULL;
    }
  size_t size;
  const char *bytes = g_bytes_get_data (file, &size);
  const char *vote = size > 0 ? magic_buffer (database, bytes, MIN (size, 1u << 20)) : NULL;
  g_autofree char *first = g_ascii_strdown (vote != NULL ? vote : "application/octet-stream", -1);
  return g_strdup (size > 0 ? second_look (first, name, bytes, size) : first);
}
