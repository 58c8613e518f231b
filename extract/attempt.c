#include "extract/attempt.h"
#include "base/clock.h"
#include "extract/language.h"
#include "extract/lost_blocks.h"
#include "extract/noise.h"
#include "extract/numerals.h"
#include "extract/order.h"
#include "extract/paragraphs.h"
#include "extract/pronoun.h"
#include "extract/recognise.h"
#include "extract/second_look.h"
#include "extract/second_words.h"
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

void
extract_attempt_free (ExtractAttempt *attempt)
{
  if (attempt == NULL)
    return;
  extract_prepared_free (attempt->prepared);
  extract_reading_free (attempt->reading);
  g_free (attempt);
}

static bool
has_choice (const ExtractSource *source)
{
  char *const *hints = source->job->languages;
  return hints != NULL && hints[0] != NULL && hints[1] != NULL;
}

/* The language that the words speak for, when it is another than that of the model and has one. NULL when there is
 * none. */
static const char *
better_language (const ExtractReading *reading)
{
  g_autofree char *text = extract_reading_text (reading, 0, reading->words->len);
  const char *guess = extract_language_guess (text, NULL);
  bool other = strcmp (guess, "und") != 0 && strcmp (guess, reading->language) != 0;
  return other && extract_recognise_knows (guess) ? guess : NULL;
}

static ExtractReading *
read_strip (const ExtractSource *source, ExtractPrepared *prepared, const char *language, int parts)
{
  return extract_recognise_strip (language, prepared, parts, source->job->deadline_us, NULL);
}

/* Where letters are too bad for words, the right model is still the surest of a few lines. @own is what the model of
 * the language believed so far made of them, one of @parts of the page. NULL when none is clearly surer. */
static const char *
surest_language (const ExtractSource *source, ExtractPrepared *prepared, const ExtractReading *own, int parts)
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
  g_autofree char *text = extract_reading_text (reading, 0, reading->words->len);
  return strcmp (extract_language_guess (text, NULL), "und") == 0;
}

/* The first hint, unless there are several and a look at a few lines speaks for another language: by its words or,
 * where there are none that are known, by a model that is surer. */
static const char *
likely_language (const ExtractSource *source, ExtractPrepared *prepared)
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
static ExtractAttempt *
attempt_new (const ExtractSource *source, int turn, bool even, const char *language, GError **error)
{
  g_autoptr (ExtractAttempt) attempt = g_new0 (ExtractAttempt, 1);
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
  ExtractPrepared *prepared = attempt->prepared;
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
worth (const ExtractAttempt *attempt)
{
  double sure = attempt->reading->confidence / 100;
  return attempt->reading->letters * sure * sure * sure;
}

/* Takes @other, which may be NULL, if it is @least sure and worth more, or brought sideways lines upright. */
static void
keep_better (ExtractAttempt **best, ExtractAttempt *other, double least)
{
  if (other == NULL)
    return;
  bool upright = (*best)->reading->turned != 0 && other->reading->turned == 0;
  bool better = other->reading->confidence >= least && (upright || worth (other) > worth (*best));
  extract_attempt_free (better ? *best : other);
  *best = better ? other : *best;
}

/* --- second thoughts --- */

static bool
is_doubtful (const ExtractAttempt *attempt)
{
  return attempt->reading->confidence < DOUBTFUL || attempt->reading->letters < FEW_LETTERS;
}

/* How surely letters are read in a few lines of the page turned by @turn; 0 where there are hardly any. */
static double
sureness_turned (const ExtractSource *source, const ExtractAttempt *attempt, int turn)
{
  const ExtractPlan plan = { .turn = turn, .even = attempt->even, .without = source->job->without };
  g_autoptr (ExtractPrepared) prepared = extract_prepare (source->pix, source->dpi, source->survey, &plan);
  if (prepared == NULL)
    return 0;
  g_autoptr (ExtractReading) strip = read_strip (source, prepared, attempt->reading->language, LAST_LOOK);
  return strip != NULL && strip->turned == 0 && strip->letters >= FEW_LETTERS ? strip->confidence : 0;
}

/* The turn in which letters are read clearly more surely than in @attempt; 0 when there is none. */
static int
surest_turn (const ExtractSource *source, const ExtractAttempt *attempt)
{
  int best = 0;
  double most = MAX (SURE_TURN, attempt->reading->confidence + CLEARLY);
  for (int turn = 90; turn < 360; turn += 90)
    {
      double sure = sureness_turned (source, attempt, (attempt->turn + turn) % 360);
      best = sure > most ? (attempt->turn + turn) % 360 : best;
      most = MAX (most, sure);
    }
  return best;
}

/* From the page as it lies; 0 when nothing speaks for another. */
static int
suspected_turn (const ExtractAttempt *attempt)
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
time_for_another (const ExtractSource *source)
{
  if (source->job->without & EXTRACT_STEP_SECOND)
    return false;
  int64_t now = dk_monotonic_us ();
  return source->job->deadline_us - now > 2 * (now - source->started_us);
}

/* --- languages --- */

static const char *
other_language (const ExtractSource *source, const ExtractAttempt *attempt)
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
change_language (ExtractAttempt *attempt, const ExtractSource *source, const char *language)
{
  const ExtractPrepared *prepared = attempt->prepared;
  ExtractReading *again = extract_recognise (language, prepared->pix, prepared->dpi, source->job->deadline_us, NULL);
  bool whole = again != NULL && !again->cut;
  extract_reading_free (whole ? attempt->reading : again);
  attempt->reading = whole ? again : attempt->reading;
}

/* The turn that the layout or the orientation model names is tried; where that is not it, the one whose letters are
 * sure. */
static void
try_turns (const ExtractSource *source, ExtractAttempt **best)
{
  int suspected = time_for_another (source) ? suspected_turn (*best) : 0;
  if (suspected != 0)
    keep_better (best, attempt_new (source, suspected, (*best)->even, NULL, NULL), SURE_TURN);
  bool rubbish = (*best)->reading->letters >= FEW_LETTERS && (*best)->reading->confidence < SURE_TURN;
  suspected = rubbish && time_for_another (source) ? surest_turn (source, *best) : 0;
  if (suspected != 0)
    keep_better (best, attempt_new (source, suspected, (*best)->even, NULL, NULL), SURE_TURN);
}

/* A turn by which no letter became sure was none: the page is read as it lies, and kept so where that is no worse. */
static void
doubt_turn (const ExtractSource *source, ExtractAttempt **best)
{
  const ExtractReading *turned = (*best)->reading;
  if ((*best)->turn == 0 || (turned->letters >= FEW_LETTERS && turned->confidence >= SURE_TURN)
      || !time_for_another (source))
    return;
  ExtractAttempt *lying = attempt_new (source, 0, (*best)->even, NULL, NULL);
  if (lying == NULL)
    return;
  bool worse = worth (lying) < worth (*best) && (*best)->reading->confidence >= SURE_TURN;
  extract_attempt_free (worse ? lying : *best);
  *best = worse ? *best : lying;
}

/* Looks at the whole page again where the first look was doubtful; the better look is kept. @turn is what the survey
 * said. */
static void
think_twice (const ExtractSource *source, int turn, ExtractAttempt **best)
{
  if (is_doubtful (*best) && pixGetDepth (source->pix) == 8 && time_for_another (source))
    keep_better (best, attempt_new (source, (*best)->turn, !(*best)->even, (*best)->reading->language, NULL), 0);
  if (turn < 0)
    try_turns (source, best);
  else
    doubt_turn (source, best);
  const char *other = time_for_another (source) ? other_language (source, *best) : NULL;
  if (other != NULL)
    change_language (*best, source, other);
  if (!(source->job->without & EXTRACT_STEP_PARAGRAPHS) && time_for_another (source))
    (*best)->foreign = extract_paragraphs_read ((*best)->reading, (*best)->prepared, source->job->deadline_us);
}

/* Mends lines and words of the look that was kept. */
static void
mend (const ExtractSource *source, ExtractAttempt *best)
{
  unsigned without = source->job->without;
  if (!(without & EXTRACT_STEP_LOST))
    extract_lost_blocks_read (best->reading, best->prepared, source->job->deadline_us);
  if (!(without & EXTRACT_STEP_SECOND))
    extract_second_look (best->reading, best->prepared,
                         best->turn == 0 && best->prepared->x_scale < 1 ? source->pix : NULL, source->job->deadline_us);
  if (!(without & EXTRACT_STEP_SPACES))
    extract_recognise_mend_spaces (best->reading);
  if (!(without & EXTRACT_STEP_SECOND))
    extract_second_words (best->reading, best->prepared, source->job->deadline_us);
  if (!(without & EXTRACT_STEP_SPELLING))
    extract_recognise_mend_words (best->reading);
  if (!(without & EXTRACT_STEP_STROKES))
    {
      extract_pronoun_mend (best->reading, best->prepared->pix);
      extract_numerals_mend (best->reading, best->prepared->pix);
    }
  if (!(without & EXTRACT_STEP_NOISE))
    extract_noise_drop (best->reading);
  if (!(without & EXTRACT_STEP_ORDER))
    best->order = extract_order (best->reading, extract_prepared_ink (best->prepared));
}

ExtractAttempt *
extract_attempt_best (const ExtractSource *source, GError **error)
{
  int turn = source->job->without & EXTRACT_STEP_TURN ? -1 : extract_survey_orientation (source->survey);
  ExtractAttempt *best = attempt_new (source, MAX (turn, 0), source->survey->uneven, NULL, error);
  if (best == NULL)
    return NULL;
  think_twice (source, turn, &best);
  mend (source, best);
  return best;
}
