#include "extract/order_zones.h"
#include "extract/order_rules.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* In usual heights of a word. */
#define SAME_ROW 0.35
#define SAME_LINE 0.7 /* of cells that the engine took for one line: boxes of words may be too large */
#define EXACTLY 0.15  /* rows of a table are printed on one line */
#define ALIGNED 0.5
enum
{
  FEW_ROWS = 3,  /* of a table with figures, or labels */
  MANY_ROWS = 5, /* of any other: addresses that stand side by side have fewer */
};
/* Of the cells of a track. */
#define MOSTLY 0.7
#define HALF 0.5
#define WORDS_OF_PROSE 4.5

static const ExtractReadWord *
word_at (const ExtractReading *reading, guint i)
{
  return &g_array_index (reading->words, ExtractReadWord, i);
}

/* --- what a track is --- */

static bool
is_figures (const ExtractReading *reading, const ExtractCell *cell)
{
  guint figures = 0, all = 0;
  for (guint i = cell->first; i < cell->end; i++)
    for (const char *at = word_at (reading, i)->text; *at != '\0'; at = g_utf8_next_char (at))
      {
        figures += g_unichar_isdigit (g_utf8_get_char (at));
        all += g_unichar_isalnum (g_utf8_get_char (at));
      }
  return figures * 2 > all;
}

static bool
has_figure (const ExtractReading *reading, const ExtractCell *cell)
{
  for (guint i = cell->first; i < cell->end; i++)
    if (strpbrk (word_at (reading, i)->text, "0123456789") != NULL)
      return true;
  return false;
}

static bool
is_label (const ExtractReading *reading, const ExtractCell *cell)
{
  return g_str_has_suffix (word_at (reading, cell->end - 1)->text, ":");
}

typedef bool (*CellIs) (const ExtractReading *reading, const ExtractCell *cell);

static bool
are_mostly (const ExtractReading *reading, const ExtractTrack *track, CellIs is)
{
  guint n = 0;
  for (guint i = 0; i < track->cells->len; i++)
    n += is (reading, g_ptr_array_index (track->cells, i));
  return n > HALF * track->cells->len;
}

/* Cells of a table have fewer words than lines of a text. */
static bool
is_prose (const ExtractTrack *track)
{
  guint words = 0;
  for (guint i = 0; i < track->cells->len; i++)
    {
      const ExtractCell *cell = g_ptr_array_index (track->cells, i);
      words += cell->end - cell->first;
    }
  return track->cells->len > FEW_ROWS && words > WORDS_OF_PROSE * track->cells->len;
}

static bool
is_aligned (const ExtractTrack *track, double height)
{
  g_autofree double *lefts = g_new (double, track->cells->len);
  guint n = 0, near = 0;
  for (; n < track->cells->len; n++)
    lefts[n] = ((const ExtractCell *)g_ptr_array_index (track->cells, n))->box.x0;
  double middle = extract_order_middle (lefts, n);
  for (guint i = 0; i < n; i++)
    near += fabs (lefts[i] - middle) < ALIGNED * height;
  return near > MOSTLY * n;
}

/* --- zones: tracks beside each other --- */

typedef struct
{
  const ExtractReading *reading;
  PIX *ink; /* that was read, or NULL */
  double height;
  GPtrArray *tracks; /* of the zone, lent */
  GPtrArray *cells;  /* of these, lent, sorted by row */
  int rows;
} Zone;

static bool
stand_side_by_side (const ExtractTrack *a, const ExtractTrack *b)
{
  int common = MIN (a->box.y1, b->box.y1) - MAX (a->box.y0, b->box.y0);
  int lower = MIN (a->box.y1 - a->box.y0, b->box.y1 - b->box.y0);
  return !extract_order_meet_across (&a->box, &b->box) && common * 2 > lower;
}

static void
number_rows (Zone *zone)
{
  const ExtractCell *first = NULL; /* of the row */
  g_ptr_array_sort (zone->cells, extract_order_by_base);
  for (guint i = 0; i < zone->cells->len; i++)
    {
      ExtractCell *cell = g_ptr_array_index (zone->cells, i);
      double reach = first != NULL && cell->line == first->line ? SAME_LINE : SAME_ROW;
      if (first == NULL || cell->base - first->base > reach * zone->height)
        {
          zone->rows++;
          first = cell;
        }
      cell->row = zone->rows - 1;
    }
}

/* How many cells each row has, in *@counts (owned by the caller), and how far their feet are apart in most rows of
 * several. Returns the number of these. */
static guint
measure_rows (const Zone *zone, guint **counts, double *apart)
{
  guint several = 0, *n = g_new0 (guint, (gsize)zone->rows);
  g_autofree double *spreads = g_new (double, (gsize)zone->rows);
  double top = 0;
  for (guint i = 0; i < zone->cells->len; i++)
    {
      const ExtractCell *cell = g_ptr_array_index (zone->cells, i);
      top = n[cell->row]++ == 0 ? cell->base : top;
      several += n[cell->row] == 2;
      if (n[cell->row] > 1)
        spreads[several - 1] = cell->base - top;
    }
  *apart = extract_order_middle (spreads, several);
  *counts = n;
  return several;
}

static double
in_rows (const ExtractTrack *track, const guint *counts)
{
  guint n = 0;
  for (guint i = 0; i < track->cells->len; i++)
    n += counts[((const ExtractCell *)g_ptr_array_index (track->cells, i))->row] > 1;
  return (double)n / track->cells->len;
}

/* Whether the engine took cells of several tracks for one line, and that more than once: in one line of a text a blank
 * may be wide. */
static bool
is_read_across (const Zone *zone)
{
  const guint none = G_MAXUINT;
  guint first = none; /* line that was read across */
  for (guint i = 0; i < zone->cells->len; i++)
    for (guint j = i + 1; j < zone->cells->len; j++)
      {
        const ExtractCell *a = g_ptr_array_index (zone->cells, i), *b = g_ptr_array_index (zone->cells, j);
        if (a->line != b->line || a->track == b->track)
          continue;
        if (first != none && a->line != first)
          return true;
        first = a->line;
      }
  return false;
}

/* What the tracks of a zone are, counted. */
typedef struct
{
  guint figures, labels, prose, loose, ragged, longest;
} Kinds;

static Kinds
kinds_of (const Zone *zone, const guint *counts)
{
  Kinds kinds = { 0 };
  for (guint i = 0; i < zone->tracks->len; i++)
    {
      const ExtractTrack *track = g_ptr_array_index (zone->tracks, i);
      kinds.figures += are_mostly (zone->reading, track, is_figures);
      kinds.labels += are_mostly (zone->reading, track, is_label);
      kinds.prose += is_prose (track);
      kinds.loose += in_rows (track, counts) < MOSTLY;
      kinds.ragged += !is_aligned (track, zone->height);
      kinds.longest = MAX (kinds.longest, track->cells->len);
    }
  return kinds;
}

static ExtractTrack *
track_at (const Zone *zone, guint t)
{
  return g_ptr_array_index (zone->tracks, t);
}

/* Whether what stands beside the first track are names of numbers and dates, and these: the columns with few rows of a
 * letterhead. */
static bool
is_beside (const Zone *zone)
{
  if (zone->tracks->len != 3 || zone->rows >= MANY_ROWS + 2)
    return false;
  const ExtractTrack *names = track_at (zone, 1), *values = track_at (zone, 2);
  bool paired = names->cells->len == values->cells->len && names->cells->len >= FEW_ROWS;
  for (guint i = 0; paired && i < names->cells->len; i++)
    {
      const ExtractCell *name = g_ptr_array_index (names->cells, i), *value = g_ptr_array_index (values->cells, i);
      paired = name->row == value->row;
    }
  return paired && are_mostly (zone->reading, values, has_figure) && !are_mostly (zone->reading, names, has_figure)
         && !are_mostly (zone->reading, track_at (zone, 0), has_figure);
}

/* A table has rows on one line, in all of its tracks but one, whose cells may have several lines, and something that
 * addresses side by side do not have: figures, labels, many rows, or lines between them. Columns are the rest: tracks
 * of words, each with a straight left edge. */
static ExtractZoneIs
judge (const Zone *zone)
{
  double apart = 0;
  g_autofree guint *counts = NULL;
  guint several = measure_rows (zone, &counts, &apart);
  Kinds kinds = kinds_of (zone, counts);
  if (is_beside (zone))
    return EXTRACT_ZONE_BESIDE;
  bool ruled = several >= FEW_ROWS && extract_order_ruled (zone->cells, zone->rows, zone->ink);
  bool level = apart <= (ruled ? SAME_LINE : EXACTLY) * zone->height; /* boxes of words may reach to a rule below */
  bool rows = several >= FEW_ROWS && level && kinds.loose <= 1 && kinds.prose <= 1;
  if (rows && (kinds.figures > 0 || kinds.labels > 0 || several >= MANY_ROWS || ruled))
    return EXTRACT_ZONE_TABLE;
  bool words = kinds.figures == 0 && kinds.labels == 0 && kinds.ragged == 0 && kinds.longest >= FEW_ROWS;
  return words && is_read_across (zone) ? EXTRACT_ZONE_COLUMNS : EXTRACT_ZONE_UNCLEAR;
}

static int
part_of (ExtractZoneIs is, const Zone *zone, const ExtractCell *cell)
{
  if (is == EXTRACT_ZONE_COLUMNS)
    return cell->track;
  bool first = ((const ExtractCell *)g_ptr_array_index (track_at (zone, 0)->cells, 0))->track == cell->track;
  return is == EXTRACT_ZONE_BESIDE && !first;
}

static int
in_order (gconstpointer a, gconstpointer b)
{
  const ExtractCell *first = *(ExtractCell *const *)a, *second = *(ExtractCell *const *)b;
  if (first->part != second->part)
    return first->part - second->part;
  return first->row != second->row ? first->row - second->row : first->box.x0 - second->box.x0;
}

static void
zone_free (gpointer data)
{
  g_ptr_array_unref (((ExtractZone *)data)->cells);
  g_free (data);
}

/* Adds what @zone is to @zones, unless it is unclear. */
static void
add_zone (GPtrArray *zones, Zone *zone)
{
  number_rows (zone);
  ExtractZoneIs is = judge (zone);
  if (is == EXTRACT_ZONE_UNCLEAR)
    return;
  for (guint i = 0; i < zone->cells->len; i++)
    {
      ExtractCell *cell = g_ptr_array_index (zone->cells, i);
      cell->zone = (int)zones->len;
      cell->part = part_of (is, zone, cell);
    }
  ExtractZone *found = g_new0 (ExtractZone, 1);
  found->is = is;
  found->cells = g_ptr_array_ref (zone->cells);
  g_ptr_array_sort (found->cells, in_order);
  g_ptr_array_add (zones, found);
}

static int
by_left (gconstpointer a, gconstpointer b)
{
  return (*(ExtractTrack *const *)a)->box.x0 - (*(ExtractTrack *const *)b)->box.x0;
}

/* Takes out of @tracks the first of them and all that stand beside it, or beside one of these. */
static GPtrArray *
take_neighbours (GPtrArray *tracks)
{
  GPtrArray *taken = g_ptr_array_new ();
  g_ptr_array_add (taken, g_ptr_array_steal_index (tracks, 0));
  for (guint i = 0; i < taken->len; i++)
    for (guint t = 0; t < tracks->len;)
      if (stand_side_by_side (g_ptr_array_index (taken, i), g_ptr_array_index (tracks, t)))
        g_ptr_array_add (taken, g_ptr_array_steal_index (tracks, t));
      else
        t++;
  return taken;
}

GPtrArray *
extract_order_zones (const ExtractReading *reading, GArray *cells, PIX *ink)
{
  GPtrArray *zones = g_ptr_array_new_with_free_func (zone_free);
  double height = extract_order_height (reading);
  g_autoptr (GPtrArray) tracks = extract_order_tracks (reading, cells), several = g_ptr_array_new ();
  for (guint t = 0; t < tracks->len; t++)
    if (((const ExtractTrack *)g_ptr_array_index (tracks, t))->cells->len > 1)
      g_ptr_array_add (several, g_ptr_array_index (tracks, t));
  while (several->len > 0)
    {
      g_autoptr (GPtrArray) side_by_side = take_neighbours (several), of_zone = g_ptr_array_new ();
      g_ptr_array_sort (side_by_side, by_left);
      Zone zone = { .reading = reading, .ink = ink, .height = height, .tracks = side_by_side, .cells = of_zone };
      for (guint t = 0; t < side_by_side->len; t++)
        g_ptr_array_extend (of_zone, ((ExtractTrack *)g_ptr_array_index (side_by_side, t))->cells, NULL, NULL);
      if (side_by_side->len > 1)
        add_zone (zones, &zone);
    }
  return zones;
}
