/* extract/bind.h - a searchable PDF of a picture file and the words that were read on it; that of a PDF is made in
 * bind_overlay. */
#pragma once
#include "base/record.h"

/* Binds the pages of the picture @file that @pages (of RecordPage) names, in that order. Pictures go in as they came
 * where PDF can carry them and are turned by /Rotate; words lie invisible in their boxes. A page whose picture cannot
 * be decoded is left white; its record already calls it missing. Equal input gives
 * equal bytes. Owned by the caller. Fails with a fault when no page can be shown or a limit is passed, FAILED when PDF
 * cannot be written. */
GBytes *extract_bind_pdf (GBytes *file, const char *media_type, const GPtrArray *pages, const Limits *limits,
                          GError **error);
