#include "extract/second_look.h"
#include "base/clock.h"

/* Of the mean confidence of a line. Less doubtful lines, or answers less surer, lose as many letters as they win. */
#define DOUBTFUL 75.0
#define SURER 12.0
#define LEGIBLE 70.0
#define RUBBISH 50.0 /* what is much less sure will be dropped as dirt (extract/noise) */
#define AS_SURE 2.0
#define LARGER 1.4f
#define WIDE_GAP 1.5 /* between words, in heights of a small letter: one that may hold another word */
#define INK 140      /* darker is ink, where the paper is white */
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
  unsigned holes; /* gaps with letters in them */
} Line;

/* --- lost letters --- */

/* Whether letters stand in @gap of @pix: ink of half its height, not a rule or points alone. */
static bool
has_letters (PIX *pix, const RecordBox *gap)
{
  BOX *place = boxCreate (gap->x0, gap->y0, gap->x1 - gap->x0, gap->y1 - gap->y0), *ink = NULL;
  g_autoptr (PIX) part = pixClipRectangle (pix, place, NULL);
  g_autoptr (PIX) binary = part != NULL ? pixConvertTo1 (part, INK) : NULL;
  l_int32 w = 0, h = 0;
  if (binary != NULL && pixClipToForeground (binary, NULL, &ink) == 0 && ink != NULL)
    boxGetGeometry (ink, NULL, NULL, &w, &h);
  boxDestroy (&place);
  boxDestroy (&ink);
  return h * 2 > gap->y1 - gap->y0 && w > h;
}

/* The gaps of the line of words @first to @end (exclusive) in which the engine overlooked letters. */
static unsigned
holes_of (const ExtractReading *reading, guint first, guint end, PIX *pix)
{
  unsigned holes = 0;
  for (guint i = first; i + 1 < end; i++)
    {
      const RecordBox *left = &g_array_index (reading->words, ExtractReadWord, i).box;
      const RecordBox *right = &g_array_index (reading->words, ExtractReadWord, i + 1).box;
      RecordBox gap = { left->x1 + 1, MAX (left->y0, right->y0), right->x0 - 1, MIN (left->y1, right->y1) };
      int height = gap.y1 - gap.y0;
      holes += height > 0 && gap.x1 - gap.x0 > WIDE_GAP * height && has_letters (pix, &gap);
    }
  return holes;
}

/* --- lines --- */

static Line
line_at (const ExtractReading *reading, guint first, PIX *pix)
{
  Line line = { .first = first, .end = extract_reading_line_end (reading, first) };
  line.confidence = extract_reading_confidence (reading, first, line.end, &line.letters);
  line.holes = holes_of (reading, first, line.end, pix);
  return line;
}

/* Whether @again is a better reading of @line: surer, or as sure and with letters where it had holes. */
static bool
is_better (const ExtractReading *again, const Line *line)
{
  if (again->cut || again->words->len == 0)
    return false;
  bool whole = line->holes > 0 && line->confidence >= DOUBTFUL && again->letters > line->letters
               && again->confidence >= line->confidence - AS_SURE;
  return whole || (again->confidence >= line->confidence + SURER && again->letters * 10 >= line->letters * 8);
}

static PIX *
grey_part (PIX *pix, const RecordBox *box)
{
  BOX *place = boxCreate (box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0);
  g_autoptr (PIX) clip = pixClipRectangle (pix, place, NULL);
  boxDestroy (&place);
  return clip != NULL ? pixConvertTo8 (clip, 0) : NULL;
}

/* Reads @box of @prepared alone and larger. */
static ExtractReading *
read_alone (const char *language, const ExtractPrepared *prepared, const RecordBox *box, int64_t deadline_us)
{
  g_autoptr (PIX) grey = grey_part (prepared->pix, box);
  g_autoptr (PIX) larger = grey != NULL ? pixScaleGrayLI (grey, LARGER, LARGER) : NULL;
  return larger != NULL
             ? extract_recognise_line (language, larger, (unsigned)((float)prepared->dpi * LARGER), deadline_us, NULL)
             : NULL;
}

/* The same as @page has it: the thin strokes of a typewriter do not survive what makes other letters sharper. */
static ExtractReading *
read_as_stored (const char *language, const ExtractPrepared *prepared, PIX *page, const RecordBox *box,
                int64_t deadline_us)
{
  RecordBox at = extract_prepare_back (prepared, *box);
  g_autoptr (PIX) grey = grey_part (page, &at);
  unsigned dpi = (unsigned)(prepared->dpi / prepared->x_scale);
  return grey != NULL ? extract_recognise_line (language, grey, dpi, deadline_us, NULL) : NULL;
}

/* Whether a line that said nothing does so now. What was made of dirt may have had more letters. */
static bool
is_legible (const ExtractReading *again, const Line *line)
{
  return again != NULL && !again->cut && again->confidence >= LEGIBLE && again->letters * 2 >= line->letters;
}

/* Reads @line again. Returns how many words it has now. */
static guint
look_again (ExtractReading *reading, const Line *line, const ExtractPrepared *prepared, PIX *page, int64_t deadline_us,
            unsigned *replaced)
{
  RecordBox box = extract_reading_box (reading, line->first, line->end);
  const char *language = g_array_index (reading->words, ExtractReadWord, line->first).language;
  box = (RecordBox){ MAX (box.x0 - MARGIN, 0), MAX (box.y0 - MARGIN, 0), box.x1 + MARGIN, box.y1 + MARGIN };
  g_autoptr (ExtractReading) alone = read_alone (language, prepared, &box, deadline_us), stored = NULL;
  const ExtractReading *again = alone != NULL && is_better (alone, line) ? alone : NULL;
  if (again == NULL && page != NULL && line->confidence < RUBBISH)
    {
      stored = read_as_stored (language, prepared, page, &box, deadline_us);
      again = is_legible (stored, line) ? stored : NULL;
    }
  if (again == NULL)
    return line->end - line->first;
  extract_reading_replace (reading, line->first, line->end, again, box.x0, box.y0,
                           again == stored ? (float)(1 / prepared->x_scale) : LARGER);
  (*replaced)++;
  return again->words->len;
}

unsigned
extract_second_look (ExtractReading *reading, const ExtractPrepared *prepared, PIX *page, int64_t deadline_us)
{
  unsigned replaced = 0, looked = 0;
  for (guint first = 0; first < reading->words->len && looked < MOST_LINES && dk_monotonic_us () < deadline_us;)
    {
      Line line = line_at (reading, first, prepared->pix);
      bool doubtful = (line.confidence < DOUBTFUL || line.holes > 0) && line.letters > 0;
      looked += doubtful;
      first += doubtful ? look_again (reading, &line, prepared, page, deadline_us, &replaced) : line.end - line.first;
    }
  return replaced;
}
