/* extract/wrap.h - coded pixels in the least file around them, so that one decoder serves files and PDF. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct
{
  unsigned width_px, height_px;
  unsigned bits;     /* of a sample: 1 2 4 8 16, the first byte of 16 first */
  unsigned channels; /* 1 grey, 3 RGB, 4 CMYK */
  GBytes *palette;   /* of RGB bytes, for one channel; or NULL */
} ExtractWrap;

typedef enum
{
  EXTRACT_WRAP_PLAIN = 1,
  EXTRACT_WRAP_GROUP_3 = 3,
  EXTRACT_WRAP_GROUP_4 = 4,
  EXTRACT_WRAP_LZW = 5,
  EXTRACT_WRAP_JPEG = 7,
  EXTRACT_WRAP_FLATE = 8,
} ExtractWrapCoding;

/* A TIFF of one strip. @two_dimensional is of Group 3, @differences tells that samples are given less the one to their
 * left. White is 0 where @coding is of a fax, and black is 0 otherwise. Owned by the caller. */
GBytes *extract_wrap_tiff (const ExtractWrap *wrap, ExtractWrapCoding coding, bool two_dimensional, bool differences,
                           GBytes *data);
/* A PNG; @data is one zlib stream of rows, each behind the number of its filter. NULL for what PNG has not: CMYK. Owned
 * by the caller. */
GBytes *extract_wrap_png (const ExtractWrap *wrap, GBytes *data);
