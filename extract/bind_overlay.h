/* extract/bind_overlay.h - words that were read on the pages of a PDF, laid invisible into that PDF. */
#pragma once
#include "base/record.h"

/* The PDF @file with the recognised words of @pages (of RecordPage, all pages of the file) on their pages; these are
 * shown upright. All else stays as it is, and pages whose own text was good stay untouched. NULL when it has to remain
 * as it came: no page was recognised, it is signed or encrypted, it is too large for memory or @limits, or libqpdf
 * cannot write it without a complaint. Equal input gives equal bytes. Owned by the caller. */
GBytes *extract_bind_overlay (GBytes *file, const GPtrArray *pages, const Limits *limits);
