/* extract/picture.h - the pixels of picture files, measured before they are decoded. */
#pragma once
#include "extract/cleanup.h"
#include "extract/refuse.h"

/* What a file says of one of its pictures. */
typedef struct
{
  unsigned width_px, height_px; /* as stored, before any turn */
  unsigned x_dpi, y_dpi;        /* 0: not told */
  unsigned bits;                /* of a pixel, all channels together */
  unsigned orientation;         /* as in Exif and TIFF, 1 to 8; 1 when not told */
  bool unsupported;             /* samples of a kind that are no brightness: real or complex numbers */
  bool cut;                     /* told by loading: its end is missing, and grey */
} ExtractPictureFacts;

/* Pages of a TIFF, 1 for every other picture. Refused as damaged when there is none, as limit above limits->pages. */
bool extract_picture_pages (GBytes *file, const char *media_type, const Limits *limits, unsigned *pages,
                            GError **error);
/* Reads the header of picture @page_no (from 1). Refused as damaged, as unsupported, or as limit when it has more
 * pixels than allowed. */
bool extract_picture_facts (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits,
                            ExtractPictureFacts *facts, GError **error);
/* Decodes it: 1 bit (black is 1) or 8 bits grey, colour taken as luma, transparency as white paper, turned as
 * @facts->orientation asks. Owned by the caller. Refused as extract_picture_facts does. */
PIX *extract_picture_load (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits,
                           ExtractPictureFacts *facts, GError **error);
/* The same, but not turned. */
PIX *extract_picture_load_as_stored (GBytes *file, const char *media_type, unsigned page_no, const Limits *limits,
                                     ExtractPictureFacts *facts, GError **error);
/* The pixels, as they are stored, of picture @page_no of @file when that was the last to be loaded and has two levels:
 * whoever binds what was just read need not decode it again. Owned by the caller, not to be written to; else NULL. */
PIX *extract_picture_kept (GBytes *file, unsigned page_no);
/* @pix, stored with @orientation, as it is meant to be seen. Mirrors @pix itself. Owned by the caller. */
PIX *extract_picture_upright (PIX *pix, unsigned orientation);
/* The clockwise turn in degrees of a picture stored with @orientation; the mirrored ones are mirrored first, left to
 * right. */
int extract_picture_turn (unsigned orientation);
