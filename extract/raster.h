/* extract/raster.h - a page's pixels to its record: turn, prepare, recognise, check, again if it must be. */
#pragma once
#include "extract/prepare.h"
#include "extract/refuse.h"

typedef struct
{
  const Limits *limits;
  char *const *languages; /* hints, best first, or NULL */
  bool trusted;           /* the first of them is most likely right: what was read tells whether it was */
  int64_t deadline_us;    /* of dk_monotonic_us */
  int64_t version;        /* of the work: raised when equal pixels give another record */
  const char *steps;      /* what was done to get at the pixels, which the record will tell; or NULL */
  /* Called, if not NULL, with the page's key (extract/page_key.h) before it is read: who knows the record of such a
   * page ends this process. NULL where the record will depend on more than the pixels. */
  void (*on_key) (GBytes *key, void *data);
  void *data;
  unsigned without; /* of ExtractStep: what a measurement leaves out; 0 for all work that counts */
} ExtractRasterJob;

/* Fills @page, but for its number, from @pix (1 or 8 bits) at @dpi. page->rotation is added to. Fails when the engine
 * is not there or memory is short. */
bool extract_raster_read (PIX *pix, unsigned dpi, const ExtractRasterJob *job, RecordPage *page, GError **error);
