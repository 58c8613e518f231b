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
  double confidence;
  unsigned letters;
} Line;

static Line
line_at (const ExtractReading *reading, guint first)
{
  Line line = { .first = first, .end = extract_reading_line_end (reading, first) };
  line.confidence = extract_reading_confidence (reading, first, line.end, &line.letters);
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

/* Reads @line again. Returns how many words it has now. */
static guint
look_again (ExtractReading *reading, const Line *line, const ExtractPrepared *prepared, int64_t deadline_us,
            unsigned *replaced)
{
  guint n = line->end - line->first;
  RecordBox box = extract_reading_box (reading, line->first, line->end);
  const char *language = g_array_index (reading->words, ExtractReadWord, line->first).language;
  int left = MAX (box.x0 - MARGIN, 0), top = MAX (box.y0 - MARGIN, 0);
  BOX *place = boxCreate (left, top, box.x1 + MARGIN - left, box.y1 + MARGIN - top);
  g_autoptr (ExtractReading) again = read_alone (language, prepared, place, deadline_us);
  boxDestroy (&place);
  if (again == NULL || again->cut || again->words->len == 0 || again->confidence < line->confidence + SURER
      || again->letters * 10 < line->letters * 8)
    return n;
  extract_reading_replace (reading, line->first, line->end, again, left, top, LARGER);
  (*replaced)++;
  return again->words->len;
}

unsigned
extract_second_look (ExtractReading *reading, const ExtractPrepared *prepared, int64_t deadline_us)
{
  unsigned replaced = 0, looked = 0;
  for (guint first = 0; first < reading->words->len && looked < MOST_LINES && dk_monotonic_us () < deadline_us;)
    {
      Line line = line_at (reading, first);
      bool doubtful = line.confidence < DOUBTFUL && line.letters > 0;
      looked += doubtful;
      first += doubtful ? look_again (reading, &line, prepared, deadline_us, &replaced) : line.end - line.first;
    }
  return replaced;
}
