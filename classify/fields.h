/* classify/fields.h - who wrote, when, about which numbers and sums, and until when. */
#pragma once
#include "base/record.h"
#include "classify/context.h"

/* Everything found on @pages (of RecordPage), of RecordFinding: the names in the order of INTERFACES, of one name the
 * best first. context->received makes dates without a year and dates in the future judgeable; settings->own is struck
 * out (settings may be NULL). Of a long document the first and last pages are looked at. Owned by the caller. */
GPtrArray *classify_fields (const GPtrArray *pages, const ClassifyContext *context);
