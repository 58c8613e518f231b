#include "extract/second_look.h"
#include "base/clock.h"

/* Of the mean confidence of a line. Less doubtful lines, or answers less surer, lose as many letters as they win. */
#define DOUBTFUL 75.0
#define SURER 12.0
#define LARGER 1.4f
enum
{
  MOST_LINES = 12, /* of a page: more are a bad page, not bad lines */
  MARGIN = 6,      /* white round a line, in pixels */
};

typedef struct
{
  guint first, end; /* words */
  RecordBox box;
  double confidence;
  unsigned letters;
} Line;

static Line
line_at (const GArray *words, guint first)
{
  Line line = { .first = first, .end = first, .box = { G_MAXINT32, G_MAXINT32, 0, 0 } };
  double sum = 0;
  do
    {
      const ExtractReadWord *word = &g_array_index (words, ExtractReadWord, line.end);
      unsigned letters = extract_reading_letters (word->text);
      line.box = (RecordBox){ MIN (line.box.x0, word->box.x0), MIN (line.box.y0, word->box.y0),
                              MAX (line.box.x1, word->box.x1), MAX (line.box.y1, word->box.y1) };
      sum += (double)word->confidence * letters;
      line.letters += letters;
      line.end++;
    }
  while (line.end < words->len && !(g_array_index (words, ExtractReadWord, line.end).begins & RECORD_WORD_BEGINS_LINE));
  line.confidence = line.letters > 0 ? sum / line.letters : 0;
  return line;
}

static ExtractReading *
read_alone (const char *language, const ExtractPrepared *prepared, BOX *place, int64_t deadline_us)
{
  g_autoptr (PIX) clip = pixClipRectangle (prepared->pix, place, NULL);
  g_autoptr (PIX) grey = clip != NULL ? pixConvertTo8 (clip, 0) : NULL;
  g_autoptr (PIX) larger = grey != NULL ? pixScaleGrayLI (grey, LARGER, LARGER) : NULL;
  return larger != NULL
             ? extract_recognise_line (language, larger, (unsigned)((float)prepared->dpi * LARGER), deadline_us, NULL)
             : NULL;
}

/* Takes the words of @again, found in a picture LARGER than the page whose corner is at @left, @top, for those of
 * @line. */
static void
replace (ExtractReading *reading, const Line *line, ExtractReading *again, int left, int top)
{
  unsigned begins = g_array_index (reading->words, ExtractReadWord, line->first).begins;
  g_array_remove_range (reading->words, line->first, line->end - line->first);
  for (guint i = 0; i < again->words->len; i++)
    {
      ExtractReadWord word = g_array_index (again->words, ExtractReadWord, i);
      word.text = g_strdup (word.text);
      word.box = (RecordBox){ left + (int32_t)(word.box.x0 / LARGER), top + (int32_t)(word.box.y0 / LARGER),
                              left + (int32_t)(word.box.x1 / LARGER), top + (int32_t)(word.box.y1 / LARGER) };
      word.gap = (ExtractGap){ left + (int)(word.gap.x0 / LARGER), left + (int)(word.gap.x1 / LARGER) };
      word.begins = i == 0 ? begins : 0;
      g_array_insert_val (reading->words, line->first + i, word);
    }
}

/* Reads @line again. Returns how many words it has now. */
static guint
look_again (ExtractReading *reading, const Line *line, const ExtractPrepared *prepared, int64_t deadline_us,
            unsigned *replaced)
{
  guint n = line->end - line->first;
  int left = MAX (line->box.x0 - MARGIN, 0), top = MAX (line->box.y0 - MARGIN, 0);
  BOX *place = boxCreate (left, top, line->box.x1 + MARGIN - left, line->box.y1 + MARGIN - top);
  g_autoptr (ExtractReading) again = read_alone (reading->language, prepared, place, deadline_us);
  boxDestroy (&place);
  if (again == NULL || again->cut || again->words->len == 0 || again->confidence < line->confidence + SURER
      || again->letters * 10 < line->letters * 8)
    return n;
  replace (reading, line, again, left, top);
  (*replaced)++;
  return again->words->len;
}

unsigned
extract_second_look (ExtractReading *reading, const ExtractPrepared *prepared, int64_t deadline_us)
{
  unsigned replaced = 0, looked = 0;
  for (guint first = 0; first < reading->words->len && looked < MOST_LINES && dk_monotonic_us () < deadline_us;)
    {
      Line line = line_at (reading->words, first);
      bool doubtful = line.confidence < DOUBTFUL && line.letters > 0;
      looked += doubtful;
      first += doubtful ? look_again (reading, &line, prepared, deadline_us, &replaced) : line.end - line.first;
    }
  return replaced;
}
