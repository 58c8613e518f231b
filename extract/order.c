#include "extract/order.h"
#include "extract/order_zones.h"
#include <string.h>

enum
{
  MOST_WORDS = 6000, /* more are the grain of a picture */
};

/* The words in their new order, with what begins at each. */
typedef struct
{
  const ExtractReading *reading;
  GArray *words; /* of ExtractReadWord, whose text is that of the reading */
} Ordered;

static void
put_cell (Ordered *ordered, const ExtractCell *cell, unsigned begins)
{
  for (guint i = cell->first; i < cell->end; i++)
    {
      ExtractReadWord word = g_array_index (ordered->reading->words, ExtractReadWord, i);
      word.begins = i == cell->first ? begins : 0;
      g_array_append_val (ordered->words, word);
    }
}

static unsigned
begins_of (const ExtractReading *reading, const ExtractCell *cell)
{
  return g_array_index (reading->words, ExtractReadWord, cell->first).begins;
}

static const unsigned new_block = RECORD_WORD_BEGINS_LINE | RECORD_WORD_BEGINS_PARAGRAPH | RECORD_WORD_BEGINS_BLOCK;

static void
put_zone (Ordered *ordered, const ExtractZone *zone)
{
  for (guint i = 0; i < zone->cells->len; i++)
    {
      const ExtractCell *cell = g_ptr_array_index (zone->cells, i),
                        *before = i > 0 ? g_ptr_array_index (zone->cells, i - 1) : NULL;
      unsigned begins = RECORD_WORD_BEGINS_LINE;
      if (before == NULL || cell->part != before->part)
        begins = new_block;
      else if (cell->row == before->row)
        begins = 0;
      else if (zone->is == EXTRACT_ZONE_COLUMNS)
        begins |= begins_of (ordered->reading, cell) & RECORD_WORD_BEGINS_PARAGRAPH;
      put_cell (ordered, cell, begins);
    }
}

/* Puts each zone where its first word was, and all else as it was. */
static void
put_all (Ordered *ordered, const GArray *cells, const GPtrArray *zones)
{
  g_autofree bool *done = g_new0 (bool, zones->len + 1);
  bool behind_zone = false;
  for (guint i = 0; i < cells->len; i++)
    {
      const ExtractCell *cell = &g_array_index (cells, ExtractCell, i);
      unsigned begins = begins_of (ordered->reading, cell);
      if (cell->zone < 0)
        put_cell (ordered, cell, begins | (behind_zone ? RECORD_WORD_BEGINS_LINE : 0));
      else if (!done[cell->zone])
        put_zone (ordered, g_ptr_array_index (zones, cell->zone));
      if (cell->zone >= 0)
        done[cell->zone] = true;
      behind_zone = cell->zone >= 0;
    }
}

static bool
has_moved (const Ordered *ordered, const ExtractCell *cell, guint to)
{
  return g_array_index (ordered->words, ExtractReadWord, to).text
         != g_array_index (ordered->reading->words, ExtractReadWord, cell->first).text;
}

/* Whether a word of @zone stands at another place than before. */
static bool
is_new_order (const Ordered *ordered, const ExtractZone *zone)
{
  for (guint i = 0; i < zone->cells->len; i++)
    {
      const ExtractCell *cell = g_ptr_array_index (zone->cells, i);
      if (has_moved (ordered, cell, cell->first))
        return true;
    }
  return false;
}

ExtractOrder
extract_order (ExtractReading *reading, PIX *ink)
{
  ExtractOrder order = { false, false };
  if (reading->words->len > MOST_WORDS)
    return order;
  g_autoptr (GArray) cells = extract_order_cells (reading);
  g_autoptr (GPtrArray) zones = extract_order_zones (reading, cells, ink);
  if (zones->len == 0)
    return order;
  g_autoptr (GArray) words = g_array_sized_new (FALSE, FALSE, sizeof (ExtractReadWord), reading->words->len);
  Ordered ordered = { reading, words };
  put_all (&ordered, cells, zones);
  for (guint i = 0; i < zones->len; i++)
    {
      const ExtractZone *zone = g_ptr_array_index (zones, i);
      bool moved = is_new_order (&ordered, zone);
      order.rows |= moved && zone->is != EXTRACT_ZONE_COLUMNS;
      order.columns |= moved && zone->is == EXTRACT_ZONE_COLUMNS;
    }
  g_assert (words->len == reading->words->len);
  memcpy (reading->words->data, words->data, sizeof (ExtractReadWord) * words->len);
  return order;
}
