#include "extract/page.h"
#include "base/clock.h"
#include "extract/charset.h"
#include "extract/language.h"
#include "extract/media.h"
#include "extract/pdf_page.h"
#include "extract/picture.h"
#include "extract/recognise.h"
#include "extract/resolution.h"
#include <string.h>

/* --- identify --- */

static bool
count_pages (GBytes *file, const char *media_type, const Limits *limits, unsigned *pages, GError **error)
{
  if (extract_media_is_pdf (media_type))
    {
      g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, limits, error);
      *pages = pdf != NULL ? extract_pdf_pages (pdf) : 0;
      if (pdf != NULL && extract_pdf_is_mute (pdf))
        extract_recognise_expect ();
      return pdf != NULL;
    }
  if (extract_media_is_picture (media_type))
    {
      ExtractPictureFacts facts;
      if (!extract_picture_pages (file, media_type, limits, pages, error))
        return false;
      /* A picture file of one page that cannot be decoded is refused as a whole; of many pages, page by page. */
      return *pages > 1 || extract_picture_facts (file, media_type, 1, limits, &facts, error);
    }
  if (!extract_media_is_text (media_type))
    return extract_refuse (error, RECORD_CODE_UNSUPPORTED, "read a %s", media_type);
  g_autofree char *text = extract_charset_text (file, NULL, error);
  if (text == NULL)
    return false;
  *pages = extract_charset_pages (text);
  return *pages <= limits->pages
         || extract_refuse (error, RECORD_CODE_LIMIT, "read a text: more than %u pages", limits->pages);
}

RecordFacts *
extract_facts (GBytes *file, const char *name, const Limits *limits, char **media_type, GError **error)
{
  size_t size = g_bytes_get_size (file);
  unsigned pages = 0;
  *media_type = extract_media_type (file, name, error);
  if (*media_type == NULL)
    return NULL;
  if (size == 0)
    extract_refuse (error, RECORD_CODE_EMPTY, "tell what a file is: it is empty");
  else if (size > limits->file_bytes)
    extract_refuse (error, RECORD_CODE_TOO_LARGE, "tell what a file is: %zu bytes", size);
  else if (count_pages (file, *media_type, limits, &pages, error))
    {
      RecordFacts *facts = record_facts_new (*media_type, pages);
      facts->paged = !extract_media_is_text (*media_type);
      facts->picture = extract_media_is_picture (*media_type);
      return facts;
    }
  return NULL;
}

/* --- read --- */

static bool
read_text (GBytes *file, const Limits *limits, RecordPage *page, GError **error)
{
  g_autofree char *all = extract_charset_text (file, NULL, error);
  if (all == NULL)
    return false;
  char *text = extract_charset_page (all, page->no);
  if (text == NULL)
    return extract_refuse (error, RECORD_CODE_DAMAGED, "read page %u of a text: there is no such page", page->no);
  if (strlen (text) > limits->text_bytes)
    {
      const char *end = g_utf8_find_prev_char (text, text + limits->text_bytes);
      text[end != NULL ? end - text : 0] = '\0';
      record_page_add_warning (page, RECORD_CODE_LIMIT);
    }
  g_free (page->text);
  page->text = text;
  bool blank = text[strspn (text, " \t\n")] == '\0';
  page->origin = blank ? RECORD_ORIGIN_BLANK : RECORD_ORIGIN_EMBEDDED;
  g_strlcpy (page->language, extract_language_guess (text, NULL), sizeof page->language);
  return true;
}

static bool
read_picture (GBytes *file, const char *media_type, const ExtractRasterJob *job, RecordPage *page, GError **error)
{
  ExtractPictureFacts facts;
  g_autoptr (PIX) loaded = extract_picture_load (file, media_type, page->no, job->limits, &facts, error);
  if (loaded == NULL)
    return false;
  ExtractResolution dpi = extract_resolution ((ExtractResolution){ facts.x_dpi, facts.y_dpi }, facts.width_px,
                                              facts.height_px, pixGetDepth (loaded) == 1);
  if (extract_picture_turn (facts.orientation) % 180 != 0)
    dpi = (ExtractResolution){ dpi.y, dpi.x };
  g_autoptr (PIX) pix = extract_resolution_square (loaded, &dpi);
  if (pix == NULL)
    return extract_refuse (error, RECORD_CODE_MEMORY, "scale picture %u", page->no);
  page->rotation = extract_picture_turn (facts.orientation);
  if (facts.cut)
    record_page_add_warning (page, RECORD_CODE_DAMAGED);
  return extract_raster_read (pix, dpi.x, job, page, error);
}

/* Some of the time is kept for what comes after the engine, and for a machine that is busy. */
static int64_t
deadline_of (const Limits *limits)
{
  int64_t budget_s = MIN (limits->wall_s, limits->cpu_s);
  return dk_monotonic_us () + budget_s * 800000;
}

RecordPage *
extract_page_job (GBytes *file, const char *media_type, unsigned page_no, const ExtractPageJob *how, GError **error)
{
  g_autoptr (RecordPage) page = record_page_new (page_no);
  ExtractRasterJob job = { .limits = how->limits,
                           .languages = how->languages,
                           .deadline_us = deadline_of (how->limits),
                           .trusted = how->trusted,
                           .version = how->version,
                           .on_key = how->on_key,
                           .data = how->data,
                           .without = how->without };
  bool done = false;
  if (extract_media_is_pdf (media_type))
    done = extract_pdf_read (file, &job, &page, error);
  else if (extract_media_is_picture (media_type))
    done = read_picture (file, media_type, &job, page, error);
  else if (extract_media_is_text (media_type))
    done = read_text (file, how->limits, page, error);
  else
    extract_refuse (error, RECORD_CODE_UNSUPPORTED, "read a page of a %s", media_type);
  return done ? g_steal_pointer (&page) : NULL;
}
