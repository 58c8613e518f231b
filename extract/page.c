#include "extract/page.h"
#include "base/clock.h"
#include "extract/barcode.h"
#include "extract/charset.h"
#include "extract/language.h"
#include "extract/media.h"
#include "extract/pdf.h"
#include "extract/picture.h"
#include "extract/raster.h"
#include <string.h>

enum
{
  FEW_WORDS = 100,
};

/* --- identify --- */

static bool
count_pages (GBytes *file, const char *media_type, const Limits *limits, unsigned *pages, GError **error)
{
  if (extract_media_is_pdf (media_type))
    {
      g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, limits, error);
      *pages = pdf != NULL ? extract_pdf_pages (pdf) : 0;
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

/* What a file says of its resolution is believed when the sheet would be one that people have: not a poster, as phones
 * claim with their 72 dpi. Else the picture is taken for a sheet of A4. */
static unsigned
believable_dpi (unsigned told, double long_side_px)
{
  double inches = told > 0 ? long_side_px / told : 0,
         largest = told <= 96 ? 17 : 36; /* 72 and 96 are what programs say that do not know */
  if (told >= 50 && told <= 1200 && inches >= 1 && inches <= largest)
    return told;
  return (unsigned)CLAMP (long_side_px / 11.69 + 0.5, 50, 1200);
}

/* A fax line may be half as many dots high as wide: one number must do for both. */
static PIX *
square_pixels (PIX *pix, ExtractPictureFacts *facts)
{
  double ratio = facts->x_dpi > 0 && facts->y_dpi > 0 ? (double)facts->x_dpi / facts->y_dpi : 1;
  bool on_its_side = extract_picture_turn (facts->orientation) % 180 != 0;
  if (ratio > 0.8 && ratio < 1.25)
    return pixClone (pix);
  if (ratio > 4 || ratio < 0.25)
    return pixClone (pix);
  double x = ratio < 1 ? 1 / ratio : 1, y = ratio > 1 ? ratio : 1;
  facts->x_dpi = facts->y_dpi = MAX (facts->x_dpi, facts->y_dpi);
  return on_its_side ? pixScale (pix, (float)y, (float)x) : pixScale (pix, (float)x, (float)y);
}

static bool
read_picture (GBytes *file, const char *media_type, const ExtractRasterJob *job, RecordPage *page, GError **error)
{
  ExtractPictureFacts facts;
  g_autoptr (PIX) loaded = extract_picture_load (file, media_type, page->no, job->limits, &facts, error);
  if (loaded == NULL)
    return false;
  g_autoptr (PIX) pix = square_pixels (loaded, &facts);
  if (pix == NULL)
    return extract_refuse (error, RECORD_CODE_MEMORY, "scale picture %u", page->no);
  unsigned dpi = believable_dpi (facts.x_dpi, MAX (pixGetWidth (pix), pixGetHeight (pix)));
  page->rotation = extract_picture_turn (facts.orientation);
  if (facts.cut)
    record_page_add_warning (page, RECORD_CODE_DAMAGED);
  return extract_raster_read (pix, dpi, job, page, error);
}

static void
accept_embedded (RecordPage *page)
{
  page->origin = RECORD_ORIGIN_EMBEDDED;
  page->confidence = 100;
  g_strlcpy (page->language, extract_language_guess (page->text, NULL), sizeof page->language);
}

/* A page of few words may be a separator sheet: its bar codes are drawn, not written. */
static bool
look_for_barcodes (ExtractPdf *pdf, const Limits *limits, RecordPage *page, GError **error)
{
  unsigned dpi;
  if (page->words->len >= FEW_WORDS)
    return true;
  g_autoptr (PIX) pix = extract_pdf_render (pdf, page->no, limits, &dpi, error);
  g_autoptr (ExtractSurvey) survey = pix != NULL ? extract_survey_new (pix) : NULL;
  return survey != NULL && extract_barcodes (pix, survey, 0, limits->barcodes, page);
}

static bool
read_pdf (GBytes *file, const ExtractRasterJob *job, RecordPage **page, GError **error)
{
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, job->limits, error);
  bool trusted = false;
  if (pdf == NULL || !extract_pdf_text (pdf, job->limits, *page, &trusted, error))
    return false;
  if (trusted)
    {
      g_autoptr (GError) unseen = NULL;
      accept_embedded (*page);
      /* The words are there; a drawing that fails does not take them away. */
      look_for_barcodes (pdf, job->limits, *page, &unseen);
      return true;
    }
  unsigned dpi;
  g_autoptr (PIX) pix = extract_pdf_render (pdf, (*page)->no, job->limits, &dpi, error);
  if (pix == NULL)
    return false;
  g_autoptr (RecordPage) seen = record_page_new ((*page)->no);
  if (!extract_raster_read (pix, dpi, job, seen, error))
    return false;
  /* Text that is there but cannot be seen is still better than nothing. */
  if (seen->words->len == 0 && (*page)->words->len > 0 && extract_language_is_plausible ((*page)->text))
    {
      accept_embedded (*page);
      return true;
    }
  RecordPage *embedded = *page;
  *page = g_steal_pointer (&seen);
  record_page_free (embedded);
  return true;
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
                           .version = how->version,
                           .on_key = how->on_key,
                           .data = how->data };
  bool done = false;
  if (extract_media_is_pdf (media_type))
    done = read_pdf (file, &job, &page, error);
  else if (extract_media_is_picture (media_type))
    done = read_picture (file, media_type, &job, page, error);
  else if (extract_media_is_text (media_type))
    done = read_text (file, how->limits, page, error);
  else
    extract_refuse (error, RECORD_CODE_UNSUPPORTED, "read a page of a %s", media_type);
  return done ? g_steal_pointer (&page) : NULL;
}

RecordPage *
extract_page (GBytes *file, const char *media_type, unsigned page_no, char *const *languages, const Limits *limits,
              GError **error)
{
  const ExtractPageJob how = { .languages = languages, .limits = limits };
  return extract_page_job (file, media_type, page_no, &how, error);
}
