/* extract/bind_deflate.h - coded pictures, packed once more for a PDF. */
#pragma once
#include <glib.h>

/* @data, coded already, as /FlateDecode takes it; NULL where that is long or hardly saves anything. Equal data give
 * equal bytes. Owned by the caller. */
GBytes *extract_bind_deflate_again (const void *data, gsize size);
