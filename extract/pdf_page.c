#include "extract/pdf_page.h"
#include "extract/barcode.h"
#include "extract/language.h"
#include "extract/text_layer.h"
#include "extract/writer.h"
#include <math.h>

enum
{
  FEW_WORDS = 100,
  FEW_MARKS = 8, /* of which no bar code is made */
  SMALL_DPI = 75,
  BAR_CODE_DPI = 200, /* at which the thinnest bars that printers make are two pixels wide */
};

/* The work on one page. */
typedef struct
{
  ExtractPdf *pdf;
  const ExtractRasterJob *job;
  RecordPage *own; /* the words that the page brings with it; lent */
  ExtractPdfLook look;
  ExtractPlausible plausible; /* own */
  PIX *pix;                   /* the page, once it was wanted */
  unsigned dpi;
  bool as_stored;
} Work;

static PIX *
pixels_of (Work *work, GError **error)
{
  if (work->pix == NULL)
    work->pix = extract_pdf_pixels (work->pdf, work->own->no, work->job->limits, &work->dpi, &work->as_stored, error);
  return work->pix;
}

/* A drawing that fails leaves the doubt. */
static ExtractTextVerdict
look_at_ink (Work *work, ExtractTextVerdict verdict)
{
  unsigned dpi = SMALL_DPI;
  g_autoptr (PIX) small = NULL;
  if (verdict == EXTRACT_TEXT_OLD && pixels_of (work, NULL) != NULL)
    {
      small = pixClone (work->pix);
      dpi = work->dpi;
    }
  else if (verdict != EXTRACT_TEXT_OLD)
    small = extract_pdf_render (work->pdf, work->own->no, work->job->limits, &dpi, NULL);
  return small != NULL ? extract_text_judge_ink (verdict, work->own, small, dpi) : EXTRACT_TEXT_DOUBT;
}

static void
add_step (RecordPage *page, const char *step)
{
  g_autofree char *steps = page->steps;
  page->steps = g_strconcat (step, *step != '\0' && *steps != '\0' ? " " : "", steps, NULL);
}

/* From the pixels of a drawing of the page to those of its record. */
static void
scale_barcodes (RecordPage *page, const PIX *pix)
{
  double x = (double)page->width_px / pixGetWidth (pix), y = (double)page->height_px / pixGetHeight (pix);
  for (guint i = 0; i < page->barcodes->len; i++)
    {
      RecordBox *box = &((RecordBarcode *)page->barcodes->pdata[i])->box;
      *box = (RecordBox){ (int32_t)floor (box->x0 * x), (int32_t)floor (box->y0 * y), (int32_t)ceil (box->x1 * x),
                          (int32_t)ceil (box->y1 * y) };
      *box = extract_box_clip (*box, page->width_px, page->height_px);
    }
}

/* A page of few words may be a separator sheet: its bar codes are drawn, not written. The words are there; a drawing
 * that fails does not take them away. */
static void
look_for_barcodes (Work *work)
{
  const ExtractPdfLook *look = &work->look;
  bool drawn = !look->understood || look->bars || look->marks >= FEW_MARKS || look->picture_share > 0;
  if (work->own->words->len >= FEW_WORDS || !drawn)
    return;
  unsigned dpi = BAR_CODE_DPI;
  g_autoptr (PIX) pix = extract_pdf_render (work->pdf, work->own->no, work->job->limits, &dpi, NULL);
  g_autoptr (ExtractSurvey) survey = pix != NULL ? extract_survey_new (pix) : NULL;
  if (survey == NULL)
    return;
  extract_barcodes (pix, survey, 0, work->job->limits->barcodes, work->own);
  scale_barcodes (work->own, pix);
}

static void
keep_own (Work *work, ExtractTextVerdict verdict)
{
  RecordPage *page = work->own;
  page->origin = RECORD_ORIGIN_EMBEDDED;
  page->confidence = 100;
  g_strlcpy (page->language, extract_language_guess (page->text, NULL), sizeof page->language);
  add_step (page, extract_text_step (verdict, &work->look, true));
  look_for_barcodes (work);
}

static bool
read_pixels (Work *work, ExtractTextVerdict verdict, RecordPage **page, GError **error)
{
  PIX *pix = pixels_of (work, error);
  g_autofree char *steps = g_strconcat (extract_text_step (verdict, &work->look, false), " ",
                                        work->as_stored ? "as-stored" : "drawn", NULL);
  g_autoptr (RecordPage) seen = record_page_new (work->own->no);
  ExtractRasterJob job = *work->job;
  job.steps = g_strchug (steps);
  if (work->own->words->len > 0)
    job.on_key = NULL; /* the page's own words have a say in what becomes of it */
  if (pix == NULL || !extract_raster_read (pix, work->dpi, &job, seen, error))
    return false;
  if (work->own->words->len > 0 && !extract_text_is_better (verdict, &work->plausible, seen))
    {
      keep_own (work, verdict);
      return true;
    }
  add_step (seen, steps);
  RecordPage *own = *page;
  *page = g_steal_pointer (&seen);
  record_page_free (own);
  return true;
}

/* Whether nothing was painted: there is no use in drawing it. */
static bool
is_empty (const ExtractPdfLook *look)
{
  return look->understood && look->shown == 0 && look->marks == 0 && look->picture_share <= 0;
}

bool
extract_pdf_read (GBytes *file, const ExtractRasterJob *job, RecordPage **page, GError **error)
{
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, job->limits, error);
  Work work = { .pdf = pdf, .job = job, .own = *page };
  unsigned lost = 0;
  if (pdf == NULL || !extract_pdf_text (pdf, job->limits, *page, &lost, error)
      || !extract_pdf_look (pdf, (*page)->no, job->limits, &work.look, error))
    return false;
  work.plausible = extract_plausible ((*page)->text);
  work.plausible.characters += lost;
  work.plausible.rubbish += lost;
  ExtractTextVerdict verdict = extract_text_judge (*page, &work.look, &work.plausible);
  if (extract_text_wants_ink (verdict, &work.look, &work.plausible))
    verdict = look_at_ink (&work, verdict);
  bool done = true;
  if (verdict == EXTRACT_TEXT_NONE && is_empty (&work.look))
    (*page)->origin = RECORD_ORIGIN_BLANK;
  else if (verdict == EXTRACT_TEXT_OWN || verdict == EXTRACT_TEXT_OLD)
    keep_own (&work, verdict);
  else
    done = read_pixels (&work, verdict, page, error);
  pixDestroy (&work.pix);
  return done;
}
