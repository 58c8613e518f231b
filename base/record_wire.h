/* base/record_wire.h - what the codecs of records share. Private to base/record*.c. */
#pragma once
#include "base/record.h"

/* The little-endian bytes of the floating @value, which is consumed. */
GBytes *record_wire_bytes (GVariant *value);
/* The value of @type in @payload, in this machine's byte order. Fails with INVALID when it is not in normal form. */
GVariant *record_wire_load (GBytes *payload, const char *type, const char *what, GError **error);
/* @text as a floating string; bytes that are not UTF-8 are replaced, one code point each. */
GVariant *record_wire_text (const char *text);
/* Of RecordWarning, as a(yu), floating; and back. Fails with INVALID, or with LIMIT above @limits. */
GVariant *record_wire_warnings (const GArray *warnings);
bool record_wire_read_warnings (GVariant *value, const Limits *limits, GArray *warnings, GError **error);
/* Whether the corners of @box are in order and not beyond @width_px and @height_px. */
bool record_wire_box_fits (const RecordBox *box, uint32_t width_px, uint32_t height_px);
#define RECORD_WIRE_MAX_PX 1000000 /* a side of a page: 200 inches, PDF's largest, at 5000 dpi */
