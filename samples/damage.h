/* samples/damage.h - what feeders, fax lines, copiers and telephones do to a clean page. Every function takes 8 bits
 * grey, frees its input and gives a new picture; chance comes from a generator of its own, so that every run is the
 * same. */
#pragma once
#include <leptonica/allheaders.h>

typedef struct
{
  l_uint64 state;
} SamplesChance;
/* 0 to 1, exclusive. */
double samples_chance (SamplesChance *chance);

/* Turned by @degrees clockwise, corners white. */
PIX *samples_skew (PIX *pix, double degrees);
/* A flat-bed scan: slightly soft, paper not quite white, grain of @strength grey levels. */
PIX *samples_scan (PIX *pix, double strength, SamplesChance *chance);
/* One bit: below @threshold is black; @specks per million pixels of dirt, @gaps per million of ink lost. */
PIX *samples_bilevel (PIX *pix, int threshold, double specks, double gaps, SamplesChance *chance);
/* A worn copier: thin strokes and a faint streak along the feed; one bit. */
PIX *samples_photocopy (PIX *pix, SamplesChance *chance);
/* 204 by @lines dots an inch (196 when sent as fine, 98 as standard), one bit, with the noise of a line; from a page at
 * 204 dpi. */
PIX *samples_fax (PIX *pix, int lines, SamplesChance *chance);
/* A lid left open or a copier set too dark: fat letters, and the grain of the paper black on the right; one bit. */
PIX *samples_dark (PIX *pix, SamplesChance *chance);
/* Ink that keeps @part, 0 to 1, of its distance from white: an empty ribbon, a tired printer. */
PIX *samples_faded (PIX *pix, double part);
/* A sheet on a table, seen from slightly aside in warm, uneven light; 32 bits. */
PIX *samples_photo (PIX *pix, SamplesChance *chance);
