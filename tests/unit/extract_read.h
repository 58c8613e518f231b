/* tests/unit/extract_read.h - reads a page as a child of the worker does, for tests that want no more of it. */
#pragma once
#include "extract/page.h"

static inline RecordPage *
read_page_of (GBytes *file, const char *media_type, unsigned no, char *const *hints, const Limits *limits,
              GError **error)
{
  const ExtractPageJob how = { .languages = hints, .limits = limits };
  return extract_page_job (file, media_type, no, &how, error);
}
