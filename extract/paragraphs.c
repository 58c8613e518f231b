#include "extract/paragraphs.h"
#include "base/clock.h"
#include "extract/language.h"
#include "extract/recognise.h"
#include <string.h>

enum
{
  MOST_PASSAGES = 8, /* of a page */
  MARGIN = 8,        /* white round what is read again, in pixels */
};
/* By so many words a passage must speak for the other language rather than for that of the page. */
#define CLEARLY 4.0
/* What a line that speaks for none takes from that: a passage does not reach over many of them. */
#define SILENCE 0.25

typedef struct
{
  guint first, end; /* words */
  RecordBox box;
  unsigned evidence[EXTRACT_LANGUAGES];
  bool begins_paragraph;
  bool below; /* the line before, in the same column */
  bool done;  /* with another language already */
} Line;

/* Lines @first to @end (exclusive) that speak for @language. */
typedef struct
{
  guint first, end;
  int language;
  double clearly;
} Passage;

static bool
is_below (const RecordBox *upper, const RecordBox *lower)
{
  int common = MIN (upper->x1, lower->x1) - MAX (upper->x0, lower->x0);
  int narrower = MIN (upper->x1 - upper->x0, lower->x1 - lower->x0);
  return lower->y0 > upper->y0 && common * 2 > narrower;
}

static GArray *
lines_of (const ExtractReading *reading)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  for (guint first = 0, end; first < reading->words->len; first = end)
    {
      end = extract_reading_line_end (reading, first);
      Line line = { .first = first, .end = end, .box = extract_reading_box (reading, first, end) };
      g_autofree char *text = extract_reading_text (reading, first, end);
      extract_language_evidence (text, line.evidence);
      line.begins_paragraph
          = g_array_index (reading->words, ExtractReadWord, first).begins & RECORD_WORD_BEGINS_PARAGRAPH;
      line.below = lines->len > 0 && is_below (&g_array_index (lines, Line, lines->len - 1).box, &line.box);
      g_array_append_val (lines, line);
    }
  return lines;
}

static Line *
line_at (GArray *lines, guint i)
{
  return &g_array_index (lines, Line, i);
}

static double
rather (const Line *line, int language, int own)
{
  return (double)line->evidence[language] - (double)line->evidence[own] - SILENCE;
}

/* The passage that speaks most clearly for @language rather than for @own: the lines with the greatest sum. */
static Passage
clearest (GArray *lines, int language, int own)
{
  Passage best = { .language = language };
  double sum = 0;
  guint first = 0;
  for (guint i = 0; i < lines->len; i++)
    {
      const Line *line = line_at (lines, i);
      if (sum <= 0 || !line->below || line->done)
        {
          sum = 0;
          first = i;
        }
      sum += line->done ? 0 : rather (line, language, own);
      if (sum > best.clearly)
        best = (Passage){ first, i + 1, language, sum };
    }
  return best;
}

/* With the paragraph of the line before it. */
static bool
goes_on (const Line *line)
{
  return line->below && !line->begins_paragraph;
}

static bool
is_silent (const Line *line, int own)
{
  return line->evidence[own] == 0 && !line->done;
}

/* The lines of the same paragraphs that speak for no language, such as a name, belong to @passage too. */
static void
complete (GArray *lines, Passage *passage, int own)
{
  while (passage->first > 0 && goes_on (line_at (lines, passage->first))
         && is_silent (line_at (lines, passage->first - 1), own))
    passage->first--;
  while (passage->end < lines->len && goes_on (line_at (lines, passage->end))
         && is_silent (line_at (lines, passage->end), own))
    passage->end++;
}

/* The clearest passage in any language of which there is a model; its language is @own when none is clear enough. */
static Passage
find (GArray *lines, int own)
{
  Passage best = { .language = own };
  for (int l = 0; l < EXTRACT_LANGUAGES; l++)
    {
      if (l == own || !extract_recognise_knows (extract_language_codes[l]))
        continue;
      Passage passage = clearest (lines, l, own);
      best = passage.clearly > best.clearly ? passage : best;
    }
  if (best.clearly < CLEARLY)
    return (Passage){ .language = own };
  complete (lines, &best, own);
  return best;
}

/* --- reading again --- */

PIX *
extract_paragraphs_cut_out (const ExtractReading *reading, guint first, guint end, const ExtractPrepared *prepared,
                            const RecordBox *box)
{
  BOX *place = boxCreate (box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0);
  PIX *part = pixClipRectangle (prepared->pix, place, NULL);
  boxDestroy (&place);
  for (guint i = 0; part != NULL && i < reading->words->len; i++)
    {
      const RecordBox *other = &g_array_index (reading->words, ExtractReadWord, i).box;
      bool inside = other->x0 < box->x1 && other->x1 > box->x0 && other->y0 < box->y1 && other->y1 > box->y0;
      if (!inside || (i >= first && i < end))
        continue;
      BOX *paper = boxCreate (other->x0 - box->x0, other->y0 - box->y0, other->x1 - other->x0, other->y1 - other->y0);
      if (pixGetDepth (part) == 1)
        pixClearInRect (part, paper);
      else
        pixSetInRect (part, paper);
      boxDestroy (&paper);
    }
  return part;
}

static bool
speaks_for (const ExtractReading *reading, guint first, guint end, const char *language)
{
  g_autofree char *text = extract_reading_text (reading, first, end);
  return strcmp (extract_language_guess (text, NULL), language) == 0;
}

/* Reads the words @first to @end (exclusive), if they speak for @language, again with its model. True when they were
 * replaced. */
static bool
read_again (ExtractReading *reading, guint first, guint end, const char *language, const ExtractPrepared *prepared,
            int64_t deadline_us)
{
  if (!speaks_for (reading, first, end, language))
    return false;
  RecordBox box = extract_reading_box (reading, first, end);
  box = (RecordBox){ MAX (box.x0 - MARGIN, 0), MAX (box.y0 - MARGIN, 0), box.x1 + MARGIN, box.y1 + MARGIN };
  g_autoptr (PIX) part = extract_paragraphs_cut_out (reading, first, end, prepared, &box);
  g_autoptr (ExtractReading) again
      = part != NULL ? extract_recognise_block (language, part, prepared->dpi, deadline_us, NULL) : NULL;
  unsigned letters = 0;
  double confidence = extract_reading_confidence (reading, first, end, &letters);
  if (again == NULL || again->cut || again->confidence <= confidence || again->letters * 10 < letters * 8
      || !speaks_for (again, 0, again->words->len, language))
    return false;
  extract_reading_replace (reading, first, end, again, box.x0, box.y0, 1);
  return true;
}

static int
index_of (const char *language)
{
  for (int l = 0; l < EXTRACT_LANGUAGES; l++)
    if (strcmp (extract_language_codes[l], language) == 0)
      return l;
  return -1;
}

static void
move_words (GArray *lines, guint from, guint by)
{
  for (guint i = from; i < lines->len; i++)
    {
      line_at (lines, i)->first += by;
      line_at (lines, i)->end += by;
    }
}

unsigned
extract_paragraphs_read (ExtractReading *reading, const ExtractPrepared *prepared, int64_t deadline_us)
{
  unsigned replaced = 0;
  int own = index_of (reading->language);
  g_autoptr (GArray) lines = lines_of (reading);
  for (int i = 0; own >= 0 && i < MOST_PASSAGES && dk_monotonic_us () < deadline_us; i++)
    {
      Passage passage = find (lines, own);
      if (passage.language == own)
        break;
      guint before = reading->words->len;
      replaced += read_again (reading, line_at (lines, passage.first)->first, line_at (lines, passage.end - 1)->end,
                              extract_language_codes[passage.language], prepared, deadline_us);
      move_words (lines, passage.end, reading->words->len - before); /* round, where there are fewer now */
      for (guint l = passage.first; l < passage.end; l++)
        line_at (lines, l)->done = true;
    }
  return replaced;
}
