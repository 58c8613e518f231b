/* extract/page_key.h - what makes two pages equal to the recogniser. */
#pragma once
#include "extract/raster.h"

/* A digest of all that the record of a recognised page depends on: its pixels, their resolution, how the page lay in
 * its file, the languages of @job as a set, job->version and job->steps. Equal keys, equal records but for the page's
 * number. Owned by the caller. */
GBytes *extract_page_key (PIX *pix, unsigned dpi, int rotation, const ExtractRasterJob *job);
/* Tells job->on_key the key, if anybody wants to know. */
void extract_page_key_tell (PIX *pix, unsigned dpi, int rotation, const ExtractRasterJob *job);
