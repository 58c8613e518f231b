#include "extract/order_tracks.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In usual heights of a word. */
#define WIDE_GAP 1.5
#define NEXT_LINE 7.0

/* --- cells --- */

static int
by_number (const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return (first > second) - (first < second);
}

double
extract_order_middle (double *numbers, guint n)
{
  qsort (numbers, n, sizeof *numbers, by_number);
  return n > 0 ? numbers[n / 2] : 0;
}

static const ExtractReadWord *
word_at (const ExtractReading *reading, guint i)
{
  return &g_array_index (reading->words, ExtractReadWord, i);
}

double
extract_order_height (const ExtractReading *reading)
{
  g_autofree double *heights = g_new (double, reading->words->len + 1);
  for (guint i = 0; i < reading->words->len; i++)
    heights[i] = word_at (reading, i)->box.y1 - word_at (reading, i)->box.y0;
  return extract_order_middle (heights, reading->words->len);
}

/* Where the words of @cell stand: letters that reach below it are left out. */
static double
base_of (const ExtractReading *reading, const ExtractCell *cell)
{
  g_autofree double *feet = g_new (double, cell->end - cell->first);
  guint n = 0;
  for (guint i = cell->first; i < cell->end; i++)
    if (strpbrk (word_at (reading, i)->text, "gjpqy,;Q()[]") == NULL
        && extract_reading_letters (word_at (reading, i)->text) > 0)
      feet[n++] = word_at (reading, i)->box.y1;
  return n > 0 ? extract_order_middle (feet, n) : cell->box.y1 - 0.2 * (cell->box.y1 - cell->box.y0);
}

GArray *
extract_order_cells (const ExtractReading *reading)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (ExtractCell));
  double gap = WIDE_GAP * extract_order_height (reading);
  guint line = 0;
  for (guint first = 0, end; first < reading->words->len; first = end)
    {
      end = first + 1;
      while (end < reading->words->len && !(word_at (reading, end)->begins & RECORD_WORD_BEGINS_LINE)
             && word_at (reading, end)->box.x0 - word_at (reading, end - 1)->box.x1 < gap)
        end++;
      line += (word_at (reading, first)->begins & RECORD_WORD_BEGINS_LINE) != 0;
      ExtractCell cell = { first, end, line, extract_reading_box (reading, first, end), 0, -1, -1, 0, -1 };
      cell.base = base_of (reading, &cell);
      g_array_append_val (cells, cell);
    }
  return cells;
}

/* --- tracks: cells below each other --- */

static void
track_free (gpointer data)
{
  g_ptr_array_unref (((ExtractTrack *)data)->cells);
  g_free (data);
}

bool
extract_order_meet_across (const RecordBox *a, const RecordBox *b)
{
  return a->x0 < b->x1 && b->x0 < a->x1;
}

static bool
meet_down (const RecordBox *a, const RecordBox *b)
{
  int common = MIN (a->y1, b->y1) - MAX (a->y0, b->y0);
  return common * 3 > MIN (a->y1 - a->y0, b->y1 - b->y0);
}

int
extract_order_by_base (gconstpointer a, gconstpointer b)
{
  const ExtractCell *first = *(ExtractCell *const *)a, *second = *(ExtractCell *const *)b;
  return (first->base > second->base) - (first->base < second->base);
}

/* Whether another of @sorted that stands beside cell @i stands below @track as well: then the track is what spans both,
 * such as a heading. */
static bool
is_shared (const GPtrArray *sorted, guint i, const ExtractTrack *track, double height)
{
  const ExtractCell *cell = g_ptr_array_index (sorted, i);
  for (int step = -1; step <= 1; step += 2)
    for (guint j = i + (guint)step; j < sorted->len; j += (guint)step)
      {
        const ExtractCell *other = g_ptr_array_index (sorted, j);
        if (fabs (other->base - cell->base) > 2 * height)
          break;
        if (meet_down (&other->box, &cell->box) && !extract_order_meet_across (&other->box, &cell->box)
            && extract_order_meet_across (&other->box, &track->box))
          return true;
      }
  return false;
}

static void
add_to_track (GPtrArray *tracks, ExtractTrack *track, ExtractCell *cell)
{
  if (track == NULL)
    {
      track = g_new0 (ExtractTrack, 1);
      track->cells = g_ptr_array_new ();
      track->box = cell->box;
      track->open = true;
      g_ptr_array_add (tracks, track);
    }
  track->box = (RecordBox){ MIN (track->box.x0, cell->box.x0), track->box.y0, MAX (track->box.x1, cell->box.x1),
                            MAX (track->box.y1, cell->box.y1) };
  g_ptr_array_add (track->cells, cell);
}

/* The only open track that cell @i of @sorted continues. Those that it ends are closed. */
static ExtractTrack *
track_above (GPtrArray *tracks, const GPtrArray *sorted, guint i, double height)
{
  const ExtractCell *cell = g_ptr_array_index (sorted, i);
  ExtractTrack *found = NULL;
  guint n = 0;
  for (guint t = 0; t < tracks->len; t++)
    {
      ExtractTrack *track = g_ptr_array_index (tracks, t);
      if (!track->open || !extract_order_meet_across (&track->box, &cell->box))
        continue;
      n++;
      found = track;
    }
  if (n == 1 && cell->base - found->box.y1 < NEXT_LINE * height && !is_shared (sorted, i, found, height))
    return found;
  for (guint t = 0; t < tracks->len; t++)
    {
      ExtractTrack *track = g_ptr_array_index (tracks, t);
      track->open = track->open && !extract_order_meet_across (&track->box, &cell->box);
    }
  return NULL;
}

static int
by_left (gconstpointer a, gconstpointer b)
{
  return (*(ExtractTrack *const *)a)->box.x0 - (*(ExtractTrack *const *)b)->box.x0;
}

GPtrArray *
extract_order_tracks (const ExtractReading *reading, GArray *cells)
{
  double height = extract_order_height (reading);
  GPtrArray *tracks = g_ptr_array_new_with_free_func (track_free);
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  for (guint i = 0; i < cells->len; i++)
    g_ptr_array_add (sorted, &g_array_index (cells, ExtractCell, i));
  g_ptr_array_sort (sorted, extract_order_by_base);
  for (guint i = 0; i < sorted->len; i++)
    add_to_track (tracks, track_above (tracks, sorted, i, height), g_ptr_array_index (sorted, i));
  g_ptr_array_sort (tracks, by_left);
  for (guint n = 0; n < tracks->len; n++)
    {
      const ExtractTrack *track = g_ptr_array_index (tracks, n);
      for (guint i = 0; i < track->cells->len; i++)
        ((ExtractCell *)g_ptr_array_index (track->cells, i))->track = (int)n;
    }
  return tracks;
}
