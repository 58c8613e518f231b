/* extract/jpeg.h - the brightness of a JPEG, by libjpeg. */
#pragma once
#include "extract/cleanup.h"
#include <stdbool.h>

/* @file as it is stored, 8 bits, with the resolution that it tells; *@cut tells whether some of it was missing or
 * broken. NULL when libjpeg makes nothing of it, as of four inks, or memory is short. Owned by the caller. */
PIX *extract_jpeg_grey (GBytes *file, bool *cut);
