/* extract/exif.h - what reading needs of the marks beside the pixels of a picture. */
#pragma once
#include <glib.h>

/* The orientation of the JPEG, PNG or WebP in @bytes, 1 to 8; 1 when it does not tell. */
unsigned extract_exif_orientation (const guint8 *bytes, gsize size);
/* Whether a JPEG says that a program of Adobe's made it: then four inks are stored as what is not printed. */
gboolean extract_exif_is_adobe (const guint8 *bytes, gsize size);
