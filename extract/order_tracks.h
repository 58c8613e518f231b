/* extract/order_tracks.h - the words of a page as cells between wide gaps, and the cells that stand below each other.
 */
#pragma once
#include "extract/reading.h"

/* Words of one line between wide gaps. */
typedef struct
{
  guint first, end; /* words */
  guint line;       /* of the engine */
  RecordBox box;
  double base; /* where its letters stand */
  int track;   /* cells below each other */
  int zone;    /* -1 where it is left alone */
  int part;    /* of its zone: a column, or a table */
  int row;     /* of its zone */
} ExtractCell;

/* All words of @reading as cells, in their order. Owned by the caller. */
GArray *extract_order_cells (const ExtractReading *reading);

typedef struct
{
  RecordBox box;
  GPtrArray *cells; /* from top to bottom, lent */
  bool open;        /* more may follow, while they are found */
} ExtractTrack;
/* All @cells, each in one of the tracks, from left to right, whose number it gets. Owned by the caller. */
GPtrArray *extract_order_tracks (const ExtractReading *reading, GArray *cells);
/* The middle height of the words of @reading, in which distances are measured. */
double extract_order_height (const ExtractReading *reading);
/* By the line on which cells stand, for arrays of pointers to them. */
int extract_order_by_base (gconstpointer a, gconstpointer b);
/* Whether one stands, at least in part, above the other. */
bool extract_order_meet_across (const RecordBox *a, const RecordBox *b);
/* The middle one of @n @numbers, which are sorted; 0 when there are none. */
double extract_order_middle (double *numbers, guint n);
