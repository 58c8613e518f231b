/* extract/exif.h - the one Exif value that reading needs. */
#pragma once
#include <glib.h>

/* The orientation of the JPEG in @bytes, 1 to 8; 1 when it does not tell. */
unsigned extract_exif_orientation (const guint8 *bytes, gsize size);
