/* extract/order_zones.h - what stands side by side on a page, and whether it is a table or columns. */
#pragma once
#include "extract/cleanup.h"
#include "extract/order_tracks.h"

typedef enum
{
  EXTRACT_ZONE_UNCLEAR,
  EXTRACT_ZONE_TABLE,
  EXTRACT_ZONE_COLUMNS,
  EXTRACT_ZONE_BESIDE, /* an address, and beside it a table of references and dates */
} ExtractZoneIs;

typedef struct
{
  ExtractZoneIs is;
  GPtrArray *cells; /* lent, in the order in which they are read */
} ExtractZone;

/* The tables, and the columns that the engine read across, among @cells, whose track, zone, part and row are filled in.
 * @ink (1 bit), on which they were read, or NULL, has the lines between rows. Of ExtractZone, owned by the caller. */
GPtrArray *extract_order_zones (const ExtractReading *reading, GArray *cells, PIX *ink);
