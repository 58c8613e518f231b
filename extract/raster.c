#include "extract/raster.h"
#include "base/clock.h"
#include "extract/barcode.h"
#include "extract/language.h"
#include "extract/noise.h"
#include "extract/page_key.h"
#include "extract/prepare.h"
#include "extract/recognise.h"
#include "extract/second_look.h"
#include "extract/spread.h"
#include "extract/survey.h"
#include "extract/writer.h"
#include <math.h>
#include <string.h>

/* Mean confidences of upright letters are above the first even where they are hard to read; rubbish from turned pages
 * is below it. */
#define DOUBTFUL 75.0
/* Below this mean a page without common words is tried in the other languages; a model must be surer by so much. */
#define READABLE 90.0
#define CLEARLY 3.0
#define FEW_LETTERS 20
/* Parts of the page of which one is read to tell the language: some four lines of a letter, later twice as many. */
#define FIRST_LOOK 20
#define LAST_LOOK 10
#define SURE_TURN 60.0       /* rubbish is rubbish from every side */
#define SURE_ORIENTATION 1.0 /* of the orientation model */

typedef struct
{
  PIX *pix;
  unsigned dpi;
  ExtractSurvey *survey;
  const ExtractRasterJob *job;
  int64_t started_us;
} Source;

/* One attempt: the page turned by that much, prepared and read. */
typedef struct
{
  int turn;
  bool even;
  ExtractPrepared *prepared;
  ExtractReading *reading;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  if (attempt == NULL)
    return;
  extract_prepared_free (attempt->prepared);
  extract_reading_free (attempt->reading);
  g_free (attempt);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static bool
has_choice (const Source *source)
{
  char *const *hints = source->job->languages;
  return hints != NULL && hints[0] != NULL && hints[1] != NULL;
}

/* The language that the words speak for, when it is another than that of the model and has one. NULL when there is
 * none. */
static const char *
better_language (const ExtractReading *reading)
{
  g_autofree char *text = extract_reading_text (reading);
  const char *guess = extract_language_guess (text, NULL);
  bool other = strcmp (guess, "und") != 0 && strcmp (guess, reading->language) != 0;
  return other && extract_recognise_knows (guess) ? guess : NULL;
}

static ExtractReading *
read_strip (const Source *source, const ExtractPrepared *prepared, const char *language, int parts)
{
  return extract_recognise_strip (language, prepared->pix, prepared->dpi, parts, source->job->deadline_us, NULL);
}

/* Where letters are too bad for words, the right model is still the surest of a few lines. @own is what the model of
 * the language believed so far made of them, one of @parts of the page. NULL when none is clearly surer. */
static const char *
surest_language (const Source *source, const ExtractPrepared *prepared, const ExtractReading *own, int parts)
{
  const char *best = NULL;
  double most = own->confidence + CLEARLY;
  for (char *const *hint = source->job->languages; *hint != NULL; hint++)
    {
      if (strcmp (*hint, own->language) == 0 || !extract_recognise_knows (*hint))
        continue;
      g_autoptr (ExtractReading) strip = read_strip (source, prepared, *hint, parts);
      if (strip != NULL && strip->confidence > most)
        {
          most = strip->confidence;
          best = strip->language;
        }
    }
  return best;
}

static bool
speaks_for_none (const ExtractReading *reading)
{
  g_autofree char *text = extract_reading_text (reading);
  return strcmp (extract_language_guess (text, NULL), "und") == 0;
}

/* The first hint, unless there are several and a look at a few lines speaks for another language: by its words or,
 * where there are none that are known, by a model that is surer. */
static const char *
likely_language (const Source *source, const ExtractPrepared *prepared)
{
  const char *first = extract_recognise_first (source->job->languages);
  if (first == NULL || !has_choice (source) || source->job->trusted)
    return first;
  g_autoptr (ExtractReading) strip = read_strip (source, prepared, first, FIRST_LOOK);
  const char *other = strip != NULL ? better_language (strip) : NULL;
  if (other == NULL && strip != NULL && strip->letters >= FEW_LETTERS && strip->confidence < READABLE
      && speaks_for_none (strip))
    other = surest_language (source, prepared, strip, FIRST_LOOK);
  return other != NULL ? other : first;
}

/* Reads @source turned by @turn, in @language, or the likely one where it is NULL. */
static Attempt *
attempt_new (const Source *source, int turn, bool even, const char *language, GError **error)
{
  g_autoptr (Attempt) attempt = g_new0 (Attempt, 1);
  attempt->turn = turn;
  attempt->even = even;
  attempt->prepared = extract_prepare (source->pix, source->dpi, source->survey,
                                       &(ExtractPlan){ .turn = turn, .even = even, .without = source->job->without });
  if (attempt->prepared == NULL)
    {
      extract_refuse (error, RECORD_CODE_MEMORY, "prepare a page of %dx%d pixels", pixGetWidth (source->pix),
                      pixGetHeight (source->pix));
      return NULL;
    }
  const ExtractPrepared *prepared = attempt->prepared;
  if (language == NULL)
    language = likely_language (source, prepared);
  if (language == NULL)
    {
      dk_throw (error, DK_ERROR_FAILED, "read a page: no recognition model is loaded");
      return NULL;
    }
  attempt->reading = extract_recognise (language, prepared->pix, prepared->dpi, source->job->deadline_us, error);
  return attempt->reading != NULL ? g_steal_pointer (&attempt) : NULL;
}

/* What a reading is worth: letters, the more certain the more. Rubbish has many letters, none of them certain. */
static double
worth (const Attempt *attempt)
{
  double sure = attempt->reading->confidence / 100;
  return attempt->reading->letters * sure * sure * sure;
}

/* Takes @other, which may be NULL, if it is @least sure and worth more, or brought sideways lines upright. */
static void
keep_better (Attempt **best, Attempt *other, double least)
{
  if (other == NULL)
    return;
  bool upright = (*best)->reading->turned != 0 && other->reading->turned == 0;
  bool better = other->reading->confidence >= least && (upright || worth (other) > worth (*best));
  attempt_free (better ? *best : other);
  *best = better ? other : *best;
}

/* --- second thoughts --- */

static bool
is_doubtful (const Attempt *attempt)
{
  return attempt->reading->confidence < DOUBTFUL || attempt->reading->letters < FEW_LETTERS;
}

static int
suspected_turn (const Attempt *attempt)
{
  if (attempt->reading->turned != 0)
    return attempt->reading->turned;
  if (!is_doubtful (attempt))
    return 0;
  double sure = 0;
  int turn = extract_recognise_orientation (attempt->prepared->pix, attempt->prepared->dpi, &sure);
  return turn > 0 && sure >= SURE_ORIENTATION ? turn : 0;
}

static bool
time_for_another (const Source *source)
{
  if (source->job->without & EXTRACT_STEP_SECOND)
    return false;
  int64_t now = dk_monotonic_us ();
  return source->job->deadline_us - now > 2 * (now - source->started_us);
}

/* --- languages --- */

static const char *
other_language (const Source *source, const Attempt *attempt)
{
  const char *better = better_language (attempt->reading);
  if (better != NULL || attempt->reading->confidence >= READABLE || !has_choice (source)
      || !speaks_for_none (attempt->reading))
    return better;
  g_autoptr (ExtractReading) own = read_strip (source, attempt->prepared, attempt->reading->language, LAST_LOOK);
  return own != NULL ? surest_language (source, attempt->prepared, own, LAST_LOOK) : NULL;
}

/* The layout of the page is settled by now: only the words are read again. */
static void
change_language (Attempt *attempt, const Source *source, const char *language)
{
  const ExtractPrepared *prepared = attempt->prepared;
  ExtractReading *again = extract_recognise (language, prepared->pix, prepared->dpi, source->job->deadline_us, NULL);
  bool whole = again != NULL && !again->cut;
  extract_reading_free (whole ? attempt->reading : again);
  attempt->reading = whole ? again : attempt->reading;
}

/* Looks at the whole page again where the first look was doubtful; the better look is kept. @turn is what the survey
 * said. */
static void
think_twice (const Source *source, int turn, Attempt **best)
{
  if (is_doubtful (*best) && pixGetDepth (source->pix) == 8 && time_for_another (source))
    keep_better (best, attempt_new (source, (*best)->turn, !(*best)->even, (*best)->reading->language, NULL), 0);
  int suspected = turn < 0 && time_for_another (source) ? suspected_turn (*best) : 0;
  if (suspected != 0)
    keep_better (best, attempt_new (source, suspected, (*best)->even, NULL, NULL), SURE_TURN);
  const char *other = time_for_another (source) ? other_language (source, *best) : NULL;
  if (other != NULL)
    change_language (*best, source, other);
}

/* Mends lines and words of the look that was kept. */
static void
mend (const Source *source, Attempt *best)
{
  unsigned without = source->job->without;
  if (!(without & EXTRACT_STEP_SECOND))
    extract_second_look (best->reading, best->prepared, source->job->deadline_us);
  if (!(without & EXTRACT_STEP_SPACES))
    extract_recognise_mend_spaces (best->reading);
  if (!(without & EXTRACT_STEP_SPELLING))
    extract_recognise_mend_words (best->reading);
  if (!(without & EXTRACT_STEP_NOISE))
    extract_noise_drop (best->reading);
}

static Attempt *
read_best (const Source *source, GError **error)
{
  int turn = source->job->without & EXTRACT_STEP_TURN ? -1 : extract_survey_orientation (source->survey);
  Attempt *best = attempt_new (source, MAX (turn, 0), source->survey->uneven, NULL, error);
  if (best == NULL)
    return NULL;
  think_twice (source, turn, &best);
  mend (source, best);
  return best;
}

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

/* The words of @attempt, which was made of the part of the page that begins at column @left. */
static void
write_words (const Attempt *attempt, int left, ExtractWriter *writer)
{
  int angle = (int)lround (attempt->prepared->angle * 1800 / G_PI);
  for (guint i = 0; i < attempt->reading->words->len; i++)
    {
      const ExtractReadWord *word = &g_array_index (attempt->reading->words, ExtractReadWord, i);
      RecordBox box = extract_prepare_back (attempt->prepared, word->box);
      box.x0 += left;
      box.x1 += left;
      if (!extract_writer_word (writer, word->text, box, (int)lround (word->confidence), word->begins, angle))
        break;
    }
}

/* Writes what was read of the one page, or of two that face each other at column @gutter. */
static void
write_page (const Attempt *first, const Attempt *second, int gutter, const Limits *limits, RecordPage *page)
{
  const ExtractReading *left = first->reading, *right = second != NULL ? second->reading : NULL;
  ExtractWriter writer = extract_writer_begin (page, limits);
  write_words (first, 0, &writer);
  if (second != NULL)
    write_words (second, gutter, &writer);
  extract_writer_end (&writer);
  unsigned letters = left->letters + (right != NULL ? right->letters : 0);
  double sum = left->confidence * left->letters + (right != NULL ? right->confidence * right->letters : 0);
  g_strlcpy (page->language, extract_language_guess (page->text, NULL), sizeof page->language);
  page->origin = RECORD_ORIGIN_RECOGNISED;
  page->confidence = page->words->len > 0 && letters > 0 ? sum / letters : -1;
  page->skew = first->prepared->angle * 180 / G_PI;
  g_free (page->steps);
  page->steps = second == NULL ? g_strdup (first->prepared->steps)
                               : g_strjoin (" ", "facing-pages", first->prepared->steps, NULL);
  if (left->cut || (right != NULL && right->cut))
    record_page_add_warning (page, RECORD_CODE_TIMEOUT);
}

/* --- facing pages --- */

/* Reads the part of @upright from column @from to @to as a page of its own. NULL when it cannot, or lies otherwise than
 * the other: then they are no facing pages. */
static Attempt *
read_half (const Source *source, PIX *upright, int from, int to)
{
  BOX *box = boxCreate (from, 0, to - from, pixGetHeight (upright));
  g_autoptr (PIX) part = pixClipRectangle (upright, box, NULL);
  boxDestroy (&box);
  g_autoptr (ExtractSurvey) survey = part != NULL ? extract_survey_new (part) : NULL;
  if (survey == NULL)
    return NULL;
  Source half = *source;
  half.pix = part;
  half.survey = survey;
  g_autoptr (Attempt) attempt = read_best (&half, NULL);
  return attempt != NULL && attempt->turn == 0 ? g_steal_pointer (&attempt) : NULL;
}

/* Reads two facing pages, left before right. False, with nothing done, where there is but one. */
static bool
read_spread (const Source *source, RecordPage *page)
{
  int turn = MAX (extract_survey_orientation (source->survey), 0);
  int gutter = extract_spread_gutter (source->survey, turn);
  if (gutter == 0 || source->job->without & EXTRACT_STEP_TURN)
    return false;
  g_autoptr (PIX) whole = pixRotateOrth (source->pix, turn / 90);
  g_autoptr (Attempt) left = whole != NULL ? read_half (source, whole, 0, gutter) : NULL;
  g_autoptr (Attempt) right = left != NULL ? read_half (source, whole, gutter, pixGetWidth (whole)) : NULL;
  if (right == NULL)
    return false;
  measure (page, source->pix, source->dpi, turn);
  write_page (left, right, gutter, source->job->limits, page);
  return true;
}

static bool
read_letters (const Source *source, RecordPage *page, GError **error)
{
  if (read_spread (source, page))
    return true;
  g_autoptr (Attempt) best = read_best (source, error);
  if (best == NULL)
    return false;
  measure (page, source->pix, source->dpi, best->turn);
  write_page (best, NULL, 0, source->job->limits, page);
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
  g_autoptr (PIX) positive = extract_survey_is_negative (pix) ? pixInvert (NULL, pix) : pixClone (pix);
  g_autoptr (ExtractSurvey) survey = positive != NULL ? extract_survey_new (positive) : NULL;
  int before = page->rotation;
  if (survey == NULL)
    return out_of_memory (pix, error);
  Source source = { .pix = positive, .dpi = dpi, .survey = survey, .job = job, .started_us = dk_monotonic_us () };
  if (survey->blank)
    {
      measure (page, pix, dpi, 0);
      page->origin = RECORD_ORIGIN_BLANK;
    }
  else
    {
      extract_page_key_tell (pix, dpi, before, job);
      if (!read_letters (&source, page, error))
        return false;
    }
  if (positive != pix && !survey->blank)
    {
      g_autofree char *steps = page->steps;
      page->steps = g_strconcat ("invert", *steps != '\0' ? " " : "", steps, NULL);
    }
  int turn = (page->rotation - before + 360) % 360;
  return extract_barcodes (positive, survey, turn, job->limits->barcodes, page) || out_of_memory (pix, error);
}
