#include "extract/lost_blocks.h"
#include "base/clock.h"
#include "extract/paragraphs.h"
#include "extract/pieces.h"
#include "extract/recognise.h"

enum
{
  MOST_BLOCKS = 3, /* of a page: more are pictures */
  FEW_LETTERS = 12,
  MARGIN = 6,      /* pixels round a block, and round the words that were read */
  COARSE = 8,      /* pixels a side that become one: letters of a line run together */
  LINES_APART = 5, /* of those, up to which lines are one block */
  /* Pixels of letters, as high as the page was made for the engine. */
  LEAST_LETTER = 9,
  MOST_LETTER = 32,
  MOST_TOUCHING = 200, /* in blurred print whole words are one piece */
};
#define SURE 80.0
#define LEAST_LOST 0.02 /* of all ink: less is not worth a look */
#define MOST_TALL 0.2   /* of the pieces of a text are higher than letters */

/* The ink of @prepared that is in no word of @reading. NULL where it is hardly any, or memory is short. */
static PIX *
unread_ink (const ExtractReading *reading, ExtractPrepared *prepared)
{
  l_int32 before = 0, after = 0;
  PIX *binary = extract_prepared_ink (prepared);
  g_autoptr (PIX) ink = binary != NULL ? pixCopy (NULL, binary) : NULL;
  if (ink == NULL)
    return NULL;
  pixCountPixels (ink, &before, NULL);
  for (guint i = 0; i < reading->words->len; i++)
    {
      const RecordBox *box = &g_array_index (reading->words, ExtractReadWord, i).box;
      BOX *place = boxCreate (box->x0 - MARGIN, box->y0 - MARGIN, box->x1 - box->x0 + 2 * MARGIN,
                              box->y1 - box->y0 + 2 * MARGIN);
      pixClearInRect (ink, place);
      boxDestroy (&place);
    }
  pixCountPixels (ink, &after, NULL);
  return after > LEAST_LOST * before ? g_steal_pointer (&ink) : NULL;
}

/* Where the pieces of @ink stand close together, in its pixels. Owned by the caller, NULL when memory is short. */
static ExtractPieces *
blots_of (PIX *ink)
{
  g_autoptr (PIX) coarse = pixReduceRankBinaryCascade (ink, 1, 1, 1, 0);
  g_autoptr (PIX) closed = coarse != NULL ? pixCloseSafeBrick (NULL, coarse, LINES_APART, LINES_APART) : NULL;
  return closed != NULL ? extract_pieces_new (closed) : NULL;
}

/* Whether most of the pieces in @box are letters, and enough of them. */
static bool
is_text (const ExtractPiece *pieces, guint n, const RecordBox *box)
{
  guint letters = 0, tall = 0;
  for (guint i = 0; i < n; i++)
    {
      const RecordBox *at = &pieces[i].box;
      int width = at->x1 - at->x0, height = at->y1 - at->y0;
      if (at->x0 < box->x0 || at->x1 > box->x1 || at->y0 < box->y0 || at->y1 > box->y1 || height < LEAST_LETTER)
        continue;
      letters += height <= MOST_LETTER && width <= MOST_TOUCHING;
      tall += height > MOST_LETTER || width > MOST_TOUCHING;
    }
  return letters >= FEW_LETTERS && tall <= MOST_TALL * letters;
}

/* The first line below the upper edge of @box and in its columns, or the end. */
static guint
place_of (const ExtractReading *reading, const RecordBox *box)
{
  for (guint i = 0; i < reading->words->len; i = extract_reading_line_end (reading, i))
    {
      RecordBox line = extract_reading_box (reading, i, extract_reading_line_end (reading, i));
      if (line.y0 > box->y0 && line.x0 < box->x1 && line.x1 > box->x0)
        return i;
    }
  return reading->words->len;
}

static bool
read_block (ExtractReading *reading, const ExtractPrepared *prepared, const RecordBox *box, int64_t deadline_us)
{
  g_autoptr (PIX) part = extract_paragraphs_cut_out (reading, 0, 0, prepared, box);
  g_autoptr (ExtractReading) block
      = part != NULL ? extract_recognise_block (reading->language, part, prepared->dpi, deadline_us, NULL) : NULL;
  if (block == NULL || block->cut || block->confidence < SURE || block->letters < FEW_LETTERS)
    return false;
  extract_reading_insert (reading, place_of (reading, box), block, box->x0, box->y0);
  return true;
}

unsigned
extract_lost_blocks_read (ExtractReading *reading, ExtractPrepared *prepared, int64_t deadline_us)
{
  g_autoptr (PIX) ink = unread_ink (reading, prepared);
  g_autoptr (ExtractPieces) blots = ink != NULL ? blots_of (ink) : NULL, pieces = NULL;
  guint n_blots = 0, n = 0;
  unsigned found = 0, looked = 0;
  const ExtractPiece *all_blots = blots != NULL ? extract_pieces_all (blots, &n_blots) : NULL, *all = NULL;
  for (guint i = 0; i < n_blots && looked < MOST_BLOCKS && dk_monotonic_us () < deadline_us; i++)
    {
      const RecordBox *blot = &all_blots[i].box;
      RecordBox box = { MAX (blot->x0 * COARSE - MARGIN, 0), MAX (blot->y0 * COARSE - MARGIN, 0),
                        MIN (blot->x1 * COARSE + MARGIN, pixGetWidth (ink)),
                        MIN (blot->y1 * COARSE + MARGIN, pixGetHeight (ink)) };
      if (box.x1 - box.x0 < FEW_LETTERS * LEAST_LETTER / 2)
        continue;
      if (pieces == NULL)
        pieces = extract_pieces_new (ink);
      all = pieces != NULL ? extract_pieces_all (pieces, &n) : NULL;
      if (!is_text (all, n, &box))
        continue;
      looked++;
      found += read_block (reading, prepared, &box, deadline_us);
    }
  return found;
}
