/* extract/bind_deflate.h - bytes packed for a PDF as short as deflate gets. */
#pragma once
#include <glib.h>

/* @data as /FlateDecode takes it; equal data give equal bytes. For what is small: a megabyte takes half a second. Owned
 * by the caller. */
GBytes *extract_bind_deflate (const void *data, gsize size);
/* The same around @data that is coded already; NULL where that is long or hardly saves anything. */
GBytes *extract_bind_deflate_again (const void *data, gsize size);
