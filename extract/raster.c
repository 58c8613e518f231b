#include "extract/raster.h"
#include "base/clock.h"
#include "extract/attempt.h"
#include "extract/barcode.h"
#include "extract/faint.h"
#include "extract/flatten.h"
#include "extract/language.h"
#include "extract/page_key.h"
#include "extract/spread.h"
#include "extract/writer.h"
#include <math.h>

/* Mean confidences below which a flattened sheet may not be one, and faint print may be mirrored or none. */
#define SURE_SHEET 75.0
#define SURE_OF_FAINT 75.0

/* --- the record --- */

static void
measure (RecordPage *page, PIX *pix, unsigned dpi, int turn)
{
  bool aside = turn % 180 != 0;
  page->dpi = dpi;
  page->width_px = (unsigned)(aside ? pixGetHeight (pix) : pixGetWidth (pix));
  page->height_px = (unsigned)(aside ? pixGetWidth (pix) : pixGetHeight (pix));
  page->rotation = (page->rotation + turn) % 360;
}

/* What was read, and of which part of the page. */
typedef struct
{
  const ExtractAttempt *attempt;
  int left;                /* column at which it begins */
  const ExtractFlat *flat; /* of which it was read, or NULL */
} Part;

static void
write_words (const Part *part, ExtractWriter *writer)
{
  const ExtractAttempt *attempt = part->attempt;
  for (guint i = 0; i < attempt->reading->words->len; i++)
    {
      const ExtractReadWord *word = &g_array_index (attempt->reading->words, ExtractReadWord, i);
      RecordBox box = extract_prepare_back (attempt->prepared, word->box);
      double climb = 0;
      if (part->flat != NULL)
        box = extract_flat_back (part->flat, box, attempt->turn, &climb);
      box.x0 += part->left;
      box.x1 += part->left;
      int angle = (int)lround ((attempt->prepared->angle * 180 / G_PI + climb) * 10);
      if (!extract_writer_word (writer, word->text, box, (int)lround (word->confidence), word->begins, angle))
        break;
    }
}

static char *
steps_of (const Part *first, bool facing)
{
  const ExtractAttempt *attempt = first->attempt;
  const char *words[] = { facing ? "facing-pages" : "",      first->flat != NULL ? "flatten" : "",
                          attempt->prepared->steps,          attempt->foreign > 0 ? "other-language" : "",
                          attempt->order.rows ? "rows" : "", attempt->order.columns ? "columns" : "" };
  GString *steps = g_string_new (NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (*words[i] != '\0')
      g_string_append_printf (steps, "%s%s", steps->len > 0 ? " " : "", words[i]);
  return g_string_free (steps, FALSE);
}

/* Writes what was read of the one page, or of two that face each other. */
static void
write_page (const Part *first, const Part *second, const Limits *limits, RecordPage *page)
{
  const ExtractReading *left = first->attempt->reading, *right = second != NULL ? second->attempt->reading : NULL;
  ExtractWriter writer = extract_writer_begin (page, limits);
  write_words (first, &writer);
  if (second != NULL)
    write_words (second, &writer);
  extract_writer_end (&writer);
  unsigned letters = left->letters + (right != NULL ? right->letters : 0);
  double sum = left->confidence * left->letters + (right != NULL ? right->confidence * right->letters : 0);
  g_strlcpy (page->language, extract_language_guess (page->text, NULL), sizeof page->language);
  page->origin = RECORD_ORIGIN_RECOGNISED;
  page->confidence = page->words->len > 0 && letters > 0 ? sum / letters : -1;
  page->skew = first->attempt->prepared->angle * 180 / G_PI;
  g_free (page->steps);
  page->steps = steps_of (first, second != NULL);
  if (left->cut || (right != NULL && right->cut))
    record_page_add_warning (page, RECORD_CODE_TIMEOUT);
}

/* --- facing pages --- */

/* Reads the part of @upright from column @from to @to as a page of its own. NULL when it cannot, or lies otherwise than
 * the other: then they are no facing pages. */
static ExtractAttempt *
read_half (const ExtractSource *source, PIX *upright, int from, int to)
{
  BOX *box = boxCreate (from, 0, to - from, pixGetHeight (upright));
  g_autoptr (PIX) part = pixClipRectangle (upright, box, NULL);
  boxDestroy (&box);
  g_autoptr (ExtractSurvey) survey = part != NULL ? extract_survey_new (part) : NULL;
  if (survey == NULL)
    return NULL;
  ExtractSource half = *source;
  half.pix = part;
  half.survey = survey;
  g_autoptr (ExtractAttempt) attempt = extract_attempt_best (&half, NULL);
  return attempt != NULL && attempt->turn == 0 ? g_steal_pointer (&attempt) : NULL;
}

/* Reads two facing pages, left before right. False, with nothing done, where there is but one. */
static bool
read_spread (const ExtractSource *source, RecordPage *page)
{
  int turn = MAX (extract_survey_orientation (source->survey), 0);
  int gutter = extract_spread_gutter (source->survey, turn);
  if (gutter == 0 || source->job->without & EXTRACT_STEP_TURN)
    return false;
  g_autoptr (PIX) whole = pixRotateOrth (source->pix, turn / 90);
  g_autoptr (ExtractAttempt) left = whole != NULL ? read_half (source, whole, 0, gutter) : NULL;
  g_autoptr (ExtractAttempt) right = left != NULL ? read_half (source, whole, gutter, pixGetWidth (whole)) : NULL;
  if (right == NULL)
    return false;
  measure (page, source->pix, source->dpi, turn);
  write_page (&(Part){ .attempt = left }, &(Part){ .attempt = right, .left = gutter }, source->job->limits, page);
  return true;
}

/* --- photos at an angle --- */

/* Reads the sheet that @source shows at an angle, flattened. False, with nothing done, where it shows none, or no
 * letter became sure by it. */
static bool
read_flat (const ExtractSource *source, RecordPage *page)
{
  g_autoptr (ExtractFlat) flat
      = source->job->without & EXTRACT_STEP_FLATTEN ? NULL : extract_flatten (source->pix, source->survey);
  g_autoptr (ExtractSurvey) survey = flat != NULL ? extract_survey_new (flat->pix) : NULL;
  if (survey == NULL)
    return false;
  survey->uneven = true; /* as light falls on whatever is photographed */
  ExtractSource sheet = *source;
  sheet.pix = flat->pix;
  sheet.survey = survey;
  g_autoptr (ExtractAttempt) attempt = extract_attempt_best (&sheet, NULL);
  if (attempt == NULL || (attempt->reading->confidence < SURE_SHEET && !attempt->reading->cut))
    return false;
  measure (page, source->pix, source->dpi, (flat->turn + attempt->turn) % 360);
  write_page (&(Part){ .attempt = attempt, .flat = flat }, NULL, source->job->limits, page);
  return true;
}

static bool
read_letters (const ExtractSource *source, RecordPage *page, GError **error)
{
  if (read_spread (source, page) || read_flat (source, page))
    return true;
  g_autoptr (ExtractAttempt) best = extract_attempt_best (source, error);
  if (best == NULL)
    return false;
  measure (page, source->pix, source->dpi, best->turn);
  write_page (&(Part){ .attempt = best }, NULL, source->job->limits, page);
  return true;
}

static void
put_step_first (RecordPage *page, const char *step)
{
  g_autofree char *steps = page->steps;
  page->steps = g_strconcat (step, *steps != '\0' ? " " : "", steps, NULL);
}

/* Reads the letters of @source, which passes for blank, where they are hardly darker than the paper. False, with
 * nothing done, where there are none, or they are not sure: print that shows through from the back is mirrored. */
static bool
read_faint (const ExtractSource *source, RecordPage *page)
{
  g_autoptr (PIX) clear = extract_faint_bring_out (source->pix);
  g_autoptr (ExtractSurvey) survey = clear != NULL ? extract_survey_new (clear) : NULL;
  if (survey == NULL || survey->blank)
    return false;
  ExtractSource faint = *source;
  faint.pix = clear;
  faint.survey = survey;
  g_autoptr (ExtractAttempt) attempt = extract_attempt_best (&faint, NULL);
  if (attempt == NULL || attempt->reading->confidence < SURE_OF_FAINT)
    return false;
  measure (page, source->pix, source->dpi, attempt->turn);
  write_page (&(Part){ .attempt = attempt }, NULL, source->job->limits, page);
  put_step_first (page, "contrast");
  return true;
}

/* Takes the grains off a grey page that is strewn with them: *@pix and *@survey are of the clean page then. */
static bool
sift (PIX **pix, ExtractSurvey **survey, unsigned without)
{
  if (without & EXTRACT_STEP_DESPECKLE || (*survey)->blank || pixGetDepth (*pix) != 8
      || !extract_survey_lines (*survey, MAX (extract_survey_orientation (*survey), 0))->grain)
    return false;
  g_autoptr (PIX) clean = pixMedianFilter (*pix, 3, 3);
  g_autoptr (ExtractSurvey) anew = clean != NULL ? extract_survey_new (clean) : NULL;
  if (anew == NULL || anew->blank || extract_survey_lines (anew, 0)->grain)
    return false;
  pixDestroy (pix);
  *pix = g_steal_pointer (&clean);
  extract_survey_free (*survey);
  *survey = g_steal_pointer (&anew);
  return true;
}

static bool
out_of_memory (PIX *pix, GError **error)
{
  return extract_refuse (error, RECORD_CODE_MEMORY, "look at a page of %dx%d pixels", pixGetWidth (pix),
                         pixGetHeight (pix));
}

bool
extract_raster_read (PIX *pix, unsigned dpi, const ExtractRasterJob *job, RecordPage *page, GError **error)
{
  bool negative = extract_survey_is_negative (pix);
  g_autoptr (PIX) positive = negative ? pixInvert (NULL, pix) : pixClone (pix);
  g_autoptr (ExtractSurvey) survey = positive != NULL ? extract_survey_new (positive) : NULL;
  int before = page->rotation;
  if (survey == NULL)
    return out_of_memory (pix, error);
  bool sifted = sift (&positive, &survey, job->without);
  ExtractSource source
      = { .pix = positive, .dpi = dpi, .survey = survey, .job = job, .started_us = dk_monotonic_us () };
  if (survey->blank && !read_faint (&source, page))
    {
      measure (page, pix, dpi, 0);
      page->origin = RECORD_ORIGIN_BLANK;
    }
  else if (!survey->blank)
    {
      extract_page_key_tell (pix, dpi, before, job);
      if (!read_letters (&source, page, error))
        return false;
    }
  if (sifted)
    put_step_first (page, "despeckle");
  if (negative && !survey->blank)
    put_step_first (page, "invert");
  int turn = (page->rotation - before + 360) % 360;
  return extract_barcodes (positive, survey, turn, job->limits->barcodes, page) || out_of_memory (pix, error);
}
