/* samples/write.h - files as scanning programs, fax machines and telephones write them. */
#pragma once
#include <leptonica/allheaders.h>
#include <stdbool.h>
#include <tiffio.h>

#define SAMPLES_DEFAULT_ROWS 0 /* so many that a strip has about 8 kB before it is packed: libtiff's choice */

typedef struct
{
  uint16_t compression; /* COMPRESSION_CCITTFAX4 or COMPRESSION_CCITTFAX3 */
  uint32_t rows;        /* of a strip, or SAMPLES_DEFAULT_ROWS */
  uint32_t options;     /* GROUP3OPT_… of group 3 */
  bool low_bit_first;   /* the order of bits on a telephone line, which many fax machines keep */
  bool black_is_zero;
} SamplesTiff;

/* Writes @pix, one bit, with libtiff's @mode: "w" makes the file, "a" adds a page to it. */
bool samples_write_tiff (PIX *pix, const SamplesTiff *how, const char *path, const char *mode);
/* A JPEG as a telephone stores it that was held upright: the picture lies on its side, as the sensor does, and Exif
 * says to turn it by a quarter clockwise. */
bool samples_write_turned_photo (PIX *pix, int quality, const char *path);
