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

static bool
is_named_as (const char *name, const char *suffix)
{
  size_t length = name != NULL ? strlen (name) : 0, end = strlen (suffix);
  return length >= end && g_ascii_strcasecmp (name + length - end, suffix) == 0;
}

bool
extract_media_is_named_as_picture (const char *name)
{
  static const char *const suffixes[] = { ".tif", ".tiff", ".jpg", ".jpeg", ".png" };
  for (size_t i = 0; i < G_N_ELEMENTS (suffixes); i++)
    if (is_named_as (name, suffixes[i]))
      return true;
  return false;
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

/* A PDF that lost its head still ends as one. */
static bool
has_pdf_end (const char *bytes, size_t size)
{
  size_t tail = MIN (size, 1024);
  const char *start = memmem (bytes + size - tail, tail, "startxref", 9);
  return start != NULL && memmem (start, (size_t)(bytes + size - start), "%%EOF", 5) != NULL
         && memmem (bytes, size, " 0 obj", 6) != NULL;
}

/* Length of the name of the header field @line, 0 when it is none. Old mail has blanks before the colon. */
static size_t
field_name (const char *line, size_t length)
{
  size_t name = 0, at;
  while (name < length && line[name] > ' ' && line[name] < 127 && line[name] != ':')
    name++;
  for (at = name; at < length && (line[at] == ' ' || line[at] == '\t');)
    at++;
  return at < length && line[at] == ':' ? name : 0;
}

static bool
is_named (const char *line, size_t name, const char *const *fields)
{
  for (; *fields != NULL; fields++)
    if (strlen (*fields) == name && g_ascii_strncasecmp (line, *fields, name) == 0)
      return true;
  return false;
}

/* Header-field grammar: nothing but fields down to an empty line, at least two of them well known, and one that only
 * machines write (a message id, a MIME version, a trace): a typed letter may begin with "From:" and "To:". A line that
 * is neither a field nor goes on with one is made good by a further known field. */
static bool
is_mail (const char *text, size_t size)
{
  static const char *const machine[]
      = { "message-id", "received", "mime-version", "return-path", "content-type", NULL };
  static const char *const typed[] = { "from",     "to",       "subject",     "date", "delivered-to",
                                       "reply-to", "x-mailer", "in-reply-to", "cc",   "content-transfer-encoding",
                                       NULL };
  unsigned known = 0, written_by_machine = 0, odd = 0;
  size_t at = 0, end = MIN (size, 8192);
  while (at < end)
    {
      const char *newline = memchr (text + at, '\n', end - at);
      size_t length = newline != NULL ? (size_t)(newline - text) - at : end - at;
      if (length > 0 && text[at + length - 1] == '\r')
        length--;
      if (length == 0 || newline == NULL)
        break;
      size_t name = field_name (text + at, length);
      if (name == 0 && (at == 0 || (text[at] != ' ' && text[at] != '\t' && ++odd > 1)))
        return false;
      written_by_machine += is_named (text + at, name, machine);
      known += is_named (text + at, name, machine) || is_named (text + at, name, typed);
      at = (size_t)(newline - text) + 1;
    }
  return known >= 2 + odd && written_by_machine >= 1;
}

static bool
is_mbox (const char *text, size_t size)
{
  if (!begins (text, size, "From ") || field_name (text, size) > 0)
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
text_kind (const char *text, size_t size, const char *name)
{
  if (is_mbox (text, size))
    return is_named_as (name, ".eml") ? "message/rfc822" : "application/mbox";
  if (is_mail (text, size))
    return "message/rfc822";
  if (begins (text, size, "{\\rtf"))
    return "application/rtf";
  if (begins (text, size, "<?xml"))
    return "text/xml";
  if (is_html (text, size))
    return "text/html";
  return NULL;
}

/* The head of a text of two or four bytes a character, which has zeros in it, in UTF-8. NULL for any other. Owned by
 * the caller. */
static char *
narrow_head (const char *text, size_t size)
{
  size_t head = MIN (size, 16384);
  if (memchr (text, 0, head) == NULL || !extract_charset_looks_like_text (text, head))
    return NULL;
  g_autoptr (GBytes) part = g_bytes_new_static (text, head);
  return extract_charset_text (part, NULL, NULL);
}

/* What nobody knows better than that it is a text, or that it is not. */
static const char *
vague_kind (const char *first, const char *name, const char *bytes, size_t size)
{
  static const char *const kept[]
      = { "text/html", "text/xml", "text/calendar", "text/vcard", "text/csv", "application/mbox", NULL };
  g_autofree char *narrow = narrow_head (bytes, size);
  const char *text = narrow != NULL ? narrow : bytes;
  size_t text_size = narrow != NULL ? strlen (narrow) : size;
  const char *kind = text_kind (text, text_size, name);
  if (kind != NULL)
    return kind;
  if (has_pdf_end (bytes, size))
    return "application/pdf";
  bool quotes_tag = strcmp (first, "text/html") == 0 && !opens_with_tag (text, text_size);
  if (one_of (first, kept) && !quotes_tag)
    return first;
  if (narrow != NULL || extract_charset_looks_like_text (bytes, size))
    return is_named_as (name, ".csv") ? "text/csv" : "text/plain";
  bool lost_head = is_named_as (name, ".pdf") && memmem (bytes, size, " 0 obj", 6) != NULL;
  return lost_head ? "application/pdf" : "application/octet-stream";
}

/* Formats whose files are texts themselves. The signs of all others are bytes that are no letters, or so short that a
 * word may begin with them: "PANASZ" as the "PA" of a plotter. */
static bool
is_written (const char *media_type)
{
  static const char *const written[]
      = { "application/pdf", "application/postscript", "application/rtf", "application/mbox", NULL };
  static const char *const families[] = { "text/", "image/", "message/", "application/pgp" };
  for (size_t i = 0; i < G_N_ELEMENTS (families); i++)
    if (g_str_has_prefix (media_type, families[i]))
      return true;
  return one_of (media_type, written);
}

static const char *
second_look (const char *first, const char *name, const char *bytes, size_t size)
{
  static const char *const aliases[][2] = { { "image/x-ms-bmp", "image/bmp" },
                                            { "image/x-bmp", "image/bmp" },
                                            { "image/jpg", "image/jpeg" },
                                            { "image/pjpeg", "image/jpeg" },
                                            { "application/x-ndjson", "text/plain" },
                                            { "application/json", "text/plain" },
                                            { "text/rtf", "application/rtf" },
                                            { "image/x-portable-greymap", "image/x-portable-graymap" } };
  if (g_str_has_prefix (first, "message/") && !is_mail (bytes, size) && !is_named_as (name, ".eml"))
    first = "text/plain";
  for (size_t i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (strcmp (first, aliases[i][0]) == 0)
      first = aliases[i][1];
  bool vague
      = g_str_has_prefix (first, "text/") || strcmp (first, "application/octet-stream") == 0
        || strcmp (first, "application/mbox") == 0
        || (!is_written (first) && memchr (bytes, 0, size) == NULL && extract_charset_looks_like_text (bytes, size));
  if (vague && has_pdf_header (bytes, size, is_named_as (name, ".pdf") ? 4096 : 1024))
    return "application/pdf";
  if (strcmp (first, "application/pdf") == 0 && !has_pdf_header (bytes, size, 4096))
    vague = true;
  return vague ? vague_kind (first, name, bytes, size) : first;
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
