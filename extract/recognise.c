#include "extract/recognise.h"
#include "base/clock.h"
#include "extract/recognise_models.h"
#include "extract/spaces.h"
#include "extract/spelling.h"
#include <string.h>

/* Above that the engine is more often right than a dictionary. */
#define SURE 88.0

/* Methods of Tesseract's public classes that walk from left to right, called past those that stand in their place for
 * Hebrew and Arabic: these would look at each word, and at each line before it, for whether it is read from the right.
 */
bool engine_next (TessResultIterator *at,
                  TessPageIteratorLevel level) __asm__("_ZN9tesseract12PageIterator4NextENS_17PageIteratorLevelE");
bool engine_begins (const TessResultIterator *at, TessPageIteratorLevel level) __asm__(
    "_ZNK9tesseract12PageIterator15IsAtBeginningOfENS_17PageIteratorLevelE");
char *engine_text (const TessResultIterator *at, TessPageIteratorLevel level) __asm__(
    "_ZNK9tesseract17LTRResultIterator11GetUTF8TextENS_17PageIteratorLevelE");

/* --- reading --- */

/* The engine reads lines that run down or up the page without a word about it (it calls such a block upright): their
 * words are higher than wide, and follow each other downwards or upwards. */
static int
turn_of (const ExtractReading *reading)
{
  unsigned sideways = 0, flat = 0;
  int downwards = 0;
  for (guint i = 0; i < reading->words->len; i++)
    {
      const ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      unsigned letters = extract_reading_letters (word->text);
      if (letters < 3)
        continue;
      bool high = (word->box.y1 - word->box.y0) * 2 > (word->box.x1 - word->box.x0) * 3;
      sideways += high ? letters : 0;
      flat += high ? 0 : letters;
      if (high && i > 0 && !(word->begins & RECORD_WORD_BEGINS_LINE))
        downwards += word->box.y0 > word[-1].box.y0 ? 1 : -1;
    }
  if (sideways <= 2 * flat || downwards == 0)
    return 0;
  return downwards > 0 ? 270 : 90;
}

static unsigned
begins_of (const TessResultIterator *at)
{
  unsigned begins = engine_begins (at, RIL_TEXTLINE) ? RECORD_WORD_BEGINS_LINE : 0;
  if (engine_begins (at, RIL_PARA))
    begins |= RECORD_WORD_BEGINS_PARAGRAPH;
  if (engine_begins (at, RIL_BLOCK))
    begins |= RECORD_WORD_BEGINS_BLOCK | RECORD_WORD_BEGINS_PARAGRAPH;
  return begins;
}

typedef struct
{
  PIX *ink;        /* the page in two levels as the engine saw it, NULL when memory is short */
  unsigned begins; /* of words that were left out, handed on to the next */
  double weight;   /* sum of confidence times letters */
} Collecting;

/* Finds the widest gap inside @word and the letter behind it; narrow ones are not asked for. */
static void
find_gap (ExtractReadWord *word, PIX *ink, const TessResultIterator *at)
{
  if (ink == NULL || g_utf8_strlen (word->text, -1) < 2)
    return;
  word->gap = extract_spaces_gap (ink, word->box);
  if ((word->gap.x1 - word->gap.x0) * 6 < word->box.y1 - word->box.y0)
    return;
  int middle = (word->gap.x0 + word->gap.x1) / 2;
  TessResultIterator *letter = TessResultIteratorCopy (at);
  const TessPageIterator *place = TessResultIteratorGetPageIteratorConst (letter);
  size_t before = 0, length = strlen (word->text);
  do
    {
      int x0 = 0, y0, x1 = 0, y1;
      char *text = TessResultIteratorGetUTF8Text (letter, RIL_SYMBOL);
      TessPageIteratorBoundingBox (place, RIL_SYMBOL, &x0, &y0, &x1, &y1);
      if ((x0 + x1) / 2 < middle)
        before += text != NULL ? strlen (text) : 0;
      TessDeleteText (text);
    }
  while (!TessPageIteratorIsAtFinalElement (place, RIL_WORD, RIL_SYMBOL)
         && TessResultIteratorNext (letter, RIL_SYMBOL));
  TessResultIteratorDelete (letter);
  word->gap_at = before < length && g_utf8_validate (word->text + before, -1, NULL) ? (unsigned)before : 0;
}

static void
collect_word (ExtractReading *reading, Collecting *collecting, TessResultIterator *at)
{
  collecting->begins |= begins_of (at);
  char *text = engine_text (at, RIL_WORD);
  if (text == NULL)
    return;
  int x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  TessPageIteratorBoundingBox (TessResultIteratorGetPageIterator (at), RIL_WORD, &x0, &y0, &x1, &y1);
  float confidence = TessResultIteratorConfidence (at, RIL_WORD);
  unsigned letters = extract_reading_letters (text);
  ExtractReadWord word = { .text = g_strdup (g_strstrip (text)),
                           .box = { x0, y0, x1, y1 },
                           .confidence = confidence,
                           .begins = collecting->begins,
                           .language = reading->language };
  TessDeleteText (text);
  if (*word.text == '\0')
    {
      g_free (word.text);
      return;
    }
  find_gap (&word, collecting->ink, at);
  collecting->begins = 0;
  collecting->weight += (double)confidence * letters;
  reading->letters += letters;
  g_array_append_val (reading->words, word);
}

static void
collect (ExtractReading *reading, TessBaseAPI *engine)
{
  TessResultIterator *at = TessBaseAPIGetIterator (engine);
  if (at == NULL)
    return;
  Collecting collecting = { .ink = TessBaseAPIGetThresholdedImage (engine) };
  do
    collect_word (reading, &collecting, at);
  while (engine_next (at, RIL_WORD));
  TessResultIteratorDelete (at);
  pixDestroy (&collecting.ink);
  reading->turned = turn_of (reading);
  reading->confidence = reading->letters > 0 ? collecting.weight / reading->letters : 0;
}

ExtractReading *
extract_recognise (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us, GError **error)
{
  TessBaseAPI *engine = extract_recognise_engine (language);
  if (engine == NULL)
    {
      dk_throw (error, DK_ERROR_FAILED, "read a page: the model of \"%s\" is not loaded", language);
      return NULL;
    }
  g_autoptr (ExtractReading) reading = extract_reading_new (language);
  uint64_t before_us = extract_recognise_cpu_us ();
  TessBaseAPISetImage2 (engine, pix);
  TessBaseAPISetSourceResolution (engine, (int)CLAMP (dpi, 70, 2400));
  ETEXT_DESC *monitor = TessMonitorCreate ();
  int64_t rest_ms = (deadline_us - dk_monotonic_us ()) / 1000;
  TessMonitorSetDeadlineMSecs (monitor, (int)CLAMP (rest_ms, 1, G_MAXINT / 2));
  TessBaseAPIRecognize (engine, monitor);
  extract_recognise_spent.engine_us += extract_recognise_cpu_us () - before_us;
  reading->cut = dk_monotonic_us () >= deadline_us;
  TessMonitorDelete (monitor);
  collect (reading, engine);
  before_us = extract_recognise_cpu_us ();
  TessBaseAPIClear (engine);
  extract_recognise_spent.engine_us += extract_recognise_cpu_us () - before_us;
  return g_steal_pointer (&reading);
}

/* Reads @pix as laid out by @layout, not as a page. */
static ExtractReading *
recognise_as (TessPageSegMode layout, const char *language, PIX *pix, unsigned dpi, int64_t deadline_us, GError **error)
{
  TessBaseAPI *engine = extract_recognise_engine (language);
  if (engine != NULL)
    TessBaseAPISetPageSegMode (engine, layout);
  ExtractReading *reading = extract_recognise (language, pix, dpi, deadline_us, error);
  if (engine != NULL)
    TessBaseAPISetPageSegMode (engine, PSM_AUTO);
  return reading;
}

ExtractReading *
extract_recognise_block (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us, GError **error)
{
  return recognise_as (PSM_SINGLE_BLOCK, language, pix, dpi, deadline_us, error);
}

/* The row with the least ink of those not farther than @reach from @row: between two lines, so that none is cut. */
static l_int32
gap_near (NUMA *ink, l_int32 row, l_int32 reach)
{
  l_float32 least = G_MAXFLOAT;
  l_int32 gap = row, last = MIN (row + reach, numaGetCount (ink) - 1);
  for (l_int32 y = MAX (row - reach, 0); y <= last; y++)
    {
      l_float32 here = 0;
      numaGetFValue (ink, y, &here);
      if (here < least)
        {
          least = here;
          gap = y;
        }
    }
  return gap;
}

/* The first of the @rows rows that hold most of the ink. */
static l_int32
densest_rows (NUMA *ink, l_int32 rows)
{
  l_int32 best = 0, height = numaGetCount (ink);
  double sum = 0, most = -1;
  for (l_int32 y = 0; y < height; y++)
    {
      l_float32 enters = 0, leaves = 0;
      numaGetFValue (ink, y, &enters);
      if (y >= rows)
        numaGetFValue (ink, y - rows, &leaves);
      sum += enters - leaves;
      if (y >= rows - 1 && sum > most)
        {
          most = sum;
          best = y - rows + 1;
        }
    }
  return best;
}

/* The rows of the densest part of the page, of which that is one of @parts; all of them where the page is low. */
static BOX *
densest_strip (ExtractPrepared *page, int parts)
{
  l_int32 width = pixGetWidth (page->pix), height = pixGetHeight (page->pix);
  l_int32 rows = MAX (height / parts, MIN (height, 120));
  PIX *binary = extract_prepared_ink (page);
  NUMA *ink = binary != NULL ? pixCountPixelsByRow (binary, NULL) : NULL;
  l_int32 top = ink != NULL ? densest_rows (ink, rows) : 0, bottom = top + rows;
  if (ink != NULL && rows < height)
    {
      top = gap_near (ink, top, rows / 4);
      bottom = gap_near (ink, bottom, rows / 4);
    }
  numaDestroy (&ink);
  return boxCreate (0, top, width, bottom - top);
}

ExtractReading *
extract_recognise_strip (const char *language, ExtractPrepared *page, int parts, int64_t deadline_us, GError **error)
{
  BOX *place = densest_strip (page, parts);
  g_autoptr (PIX) strip = pixClipRectangle (page->pix, place, NULL);
  boxDestroy (&place);
  return extract_recognise_block (language, strip != NULL ? strip : page->pix, page->dpi, deadline_us, error);
}

ExtractReading *
extract_recognise_line (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us, GError **error)
{
  return recognise_as (PSM_SINGLE_LINE, language, pix, dpi, deadline_us, error);
}

static bool
is_word (const char *word, const char *language, void *data)
{
  TessBaseAPI *engine = extract_recognise_engine (language);
  (void)data;
  return engine != NULL && TessBaseAPIIsValidWord (engine, word) != 0;
}

bool
extract_recognise_knows_word (const char *word, const char *language)
{
  g_autofree char *core = extract_spelling_core (word);
  return *core != '\0' && is_word (core, language, NULL);
}

void
extract_recognise_mend_spaces (ExtractReading *reading)
{
  extract_spaces_mend (reading, is_word, NULL);
}

void
extract_recognise_mend_words (ExtractReading *reading)
{
  for (guint i = 0; i < reading->words->len; i++)
    {
      ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      bool sure = word->confidence >= SURE;
      char *mended = extract_spelling_mend (word->text, word->language, sure, is_word, NULL);
      if (mended == NULL)
        continue;
      g_free (word->text);
      word->text = mended;
    }
}

RecordCost
extract_recognise_cost (void)
{
  return extract_recognise_spent;
}

int
extract_recognise_orientation (PIX *pix, unsigned dpi, double *confidence)
{
  int degrees = -1;
  float sure = 0, script_sure = 0;
  const char *script = NULL;
  *confidence = 0;
  TessBaseAPI *orientation_engine = extract_recognise_orientation_engine ();
  if (orientation_engine == NULL)
    return -1;
  uint64_t before_us = extract_recognise_cpu_us ();
  TessBaseAPISetImage2 (orientation_engine, pix);
  TessBaseAPISetSourceResolution (orientation_engine, (int)CLAMP (dpi, 70, 2400));
  /* The name of the script is lent, whatever the header of 5.3 says: freeing it breaks the engine. */
  bool known = TessBaseAPIDetectOrientationScript (orientation_engine, &degrees, &sure, &script, &script_sure);
  TessBaseAPIClear (orientation_engine);
  extract_recognise_spent.engine_us += extract_recognise_cpu_us () - before_us;
  if (!known)
    return -1;
  *confidence = sure;
  /* It names how the page lies; the way back is the rest of the circle. */
  return (360 - degrees) % 360;
}
