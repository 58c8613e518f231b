/* Each row is taken as runs of ink. A run that touches runs of the row above, be it at a corner, is of their piece; the
 * pieces that it joins become one. A run names an earlier one of its piece until all rows are known, so that the first
 * names itself (union and find); then it names its piece. */
#include "extract/pieces.h"
#include "extract/changes.h"
#include <stdint.h>

enum
{
  MOST_SIDE = UINT16_MAX,
  WORD = 32, /* pixels in a word, the first in its highest bit */
};

typedef struct
{
  uint16_t x0, x1; /* the first pixel, and the first behind the last */
  uint32_t piece;
} Run;

struct ExtractPieces
{
  PIX *ink;
  Run *runs;
  size_t n_runs, room;
  uint32_t *rows; /* the first run of each row, and the end of the last */
  ExtractPiece *all;
  uint32_t n;
};

void
extract_pieces_free (ExtractPieces *pieces)
{
  if (pieces == NULL)
    return;
  pixDestroy (&pieces->ink);
  g_free (pieces->runs);
  g_free (pieces->rows);
  g_free (pieces->all);
  g_free (pieces);
}

/* --- runs --- */

/* Room for @n more. */
static bool
make_room (ExtractPieces *pieces, size_t n)
{
  size_t needed = pieces->n_runs + n;
  if (needed <= pieces->room)
    return true;
  size_t room = MAX (needed, 2 * pieces->room);
  Run *runs = room < UINT32_MAX ? g_try_realloc_n (pieces->runs, room, sizeof *runs) : NULL;
  if (runs == NULL)
    return false;
  pieces->runs = runs;
  pieces->room = room;
  return true;
}

static void
add_runs (ExtractPieces *pieces, const uint32_t *changes, unsigned n)
{
  Run *run = pieces->runs + pieces->n_runs;
  for (unsigned i = 0; i < n; i += 2)
    *run++ = (Run){ .x0 = (uint16_t)changes[i], .x1 = (uint16_t)changes[i + 1] };
  pieces->n_runs += n / 2;
}

static uint32_t
first_of (Run *runs, uint32_t i)
{
  while (runs[i].piece != i)
    i = runs[i].piece = runs[runs[i].piece].piece;
  return i;
}

/* Of two first runs the earlier is that of both pieces. */
static uint32_t
join (Run *runs, uint32_t a, uint32_t b)
{
  uint32_t first = MIN (a, b);
  runs[MAX (a, b)].piece = first;
  return first;
}

/* Joins the runs from @begin to @end to those above, from @above on. */
static void
join_row (Run *runs, uint32_t above, uint32_t begin, uint32_t end)
{
  for (uint32_t i = begin; i < end; i++)
    {
      uint32_t first = i;
      while (above < begin && runs[above].x1 < runs[i].x0)
        above++;
      for (uint32_t up = above; up < begin && runs[up].x0 <= runs[i].x1; up++)
        {
          uint32_t other = first_of (runs, up);
          first = first == i ? other : join (runs, first, first_of (runs, up));
        }
      runs[i].piece = first;
    }
}

static bool
find_runs (ExtractPieces *pieces)
{
  unsigned width = (unsigned)pixGetWidth (pieces->ink), height = (unsigned)pixGetHeight (pieces->ink);
  const l_uint32 *row = pixGetData (pieces->ink);
  g_autofree uint32_t *changes = g_new (uint32_t, width + 1);
  uint32_t above = 0;
  pieces->rows = g_try_new (uint32_t, height + 1);
  for (unsigned y = 0; pieces->rows != NULL && y < height; y++, row += pixGetWpl (pieces->ink))
    {
      uint32_t begin = pieces->rows[y] = (uint32_t)pieces->n_runs;
      unsigned n = extract_changes (row, width, changes);
      if (!make_room (pieces, n / 2))
        return false;
      add_runs (pieces, changes, n);
      join_row (pieces->runs, above, begin, (uint32_t)pieces->n_runs);
      above = begin;
    }
  if (pieces->rows != NULL)
    pieces->rows[height] = (uint32_t)pieces->n_runs;
  return pieces->rows != NULL;
}

/* --- pieces --- */

/* A run names its piece from now on: whatever it named before stands before it, and does so already. */
static void
number_runs (ExtractPieces *pieces)
{
  Run *runs = pieces->runs;
  for (uint32_t i = 0; i < pieces->n_runs; i++)
    runs[i].piece = runs[i].piece == i ? pieces->n++ : runs[runs[i].piece].piece;
}

static void
add_run (ExtractPiece *piece, const Run *run, int32_t y)
{
  RecordBox *box = &piece->box;
  if (piece->pixels == 0)
    *box = (RecordBox){ run->x0, y, run->x1, y + 1 };
  *box = (RecordBox){ MIN (box->x0, run->x0), box->y0, MAX (box->x1, run->x1), y + 1 };
  piece->pixels += (guint32)(run->x1 - run->x0);
}

static bool
measure (ExtractPieces *pieces)
{
  int32_t height = pixGetHeight (pieces->ink);
  pieces->all = g_try_new0 (ExtractPiece, MAX (pieces->n, 1));
  for (int32_t y = 0; pieces->all != NULL && y < height; y++)
    for (uint32_t i = pieces->rows[y]; i < pieces->rows[y + 1]; i++)
      add_run (&pieces->all[pieces->runs[i].piece], &pieces->runs[i], y);
  return pieces->all != NULL;
}

ExtractPieces *
extract_pieces_new (PIX *ink)
{
  if (MAX (pixGetWidth (ink), pixGetHeight (ink)) > MOST_SIDE)
    return NULL;
  g_autoptr (ExtractPieces) pieces = g_new0 (ExtractPieces, 1);
  pieces->ink = pixClone (ink);
  if (!find_runs (pieces))
    return NULL;
  number_runs (pieces);
  return measure (pieces) ? g_steal_pointer (&pieces) : NULL;
}

const ExtractPiece *
extract_pieces_all (const ExtractPieces *pieces, guint *n)
{
  *n = pieces->n;
  return pieces->all;
}

/* --- without some of them --- */

static void
whiten (l_uint32 *row, const Run *run)
{
  unsigned first = run->x0 / WORD, last = (run->x1 - 1U) / WORD;
  for (unsigned i = first; i <= last; i++)
    {
      uint32_t bits = UINT32_MAX;
      if (i == first)
        bits &= UINT32_MAX >> run->x0 % WORD;
      if (i == last)
        bits &= UINT32_MAX << (WORD - 1 - (run->x1 - 1U) % WORD);
      row[i] &= ~bits;
    }
}

PIX *
extract_pieces_without (const ExtractPieces *pieces, bool (*drops) (const ExtractPiece *piece, const void *data),
                        const void *data)
{
  PIX *rest = pixCopy (NULL, pieces->ink);
  l_uint32 *row = rest != NULL ? pixGetData (rest) : NULL;
  for (l_int32 y = 0; rest != NULL && y < pixGetHeight (rest); y++, row += pixGetWpl (rest))
    for (uint32_t i = pieces->rows[y]; i < pieces->rows[y + 1]; i++)
      if (drops (&pieces->all[pieces->runs[i].piece], data))
        whiten (row, &pieces->runs[i]);
  return rest;
}
