/* extract/bind_strips.h - the JPEG data of a TIFF page as one JPEG file. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Joins the @n strips of a picture of @height rows, each but the last of @rows, with the @tables they share (NULL:
 * none) to a JPEG file; the coded data stay as they are, parted by restart markers. @rgb: its colours are not
 * transformed, and a marker has to say so. NULL when strips cannot be joined. Owned by the caller. */
GBytes *extract_bind_strips_join (GBytes *const *strips, unsigned n, GBytes *tables, unsigned height, unsigned rows,
                                  bool rgb);
