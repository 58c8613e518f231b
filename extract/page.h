/* extract/page.h - the work of the stages identify and read without their wire, for tests and measurements. */
#pragma once
#include "extract/refuse.h"

/* What @file is. *@media_type (owned by the caller) is told even where the file is refused: as empty, unsupported,
 * damaged, needs_password or limit. @name is the source's, or NULL. */
RecordFacts *extract_facts (GBytes *file, const char *name, const Limits *limits, char **media_type, GError **error);
/* How a page is read, besides the page itself. */
typedef struct
{
  char *const *languages; /* hints, best first, or NULL */
  const Limits *limits;
  bool trusted;                             /* the first of them is most likely right: no look at a few lines first */
  int64_t version;                          /* of the work, part of the page's key */
  void (*on_key) (GBytes *key, void *data); /* as in extract/raster.h */
  void *data;
  unsigned
      without; /* of ExtractStep, in extract/prepare.h: what a measurement leaves out; 0 for all work that counts */
} ExtractPageJob;
/* Reads page @page_no (from 1) of @file, which is a @media_type, telling the page's key before it is recognised. Owned
 * by the caller. A fault of the page is an EXTRACT_FAULT; where the time was up the page has what was read, and a
 * warning.
 */
RecordPage *extract_page_job (GBytes *file, const char *media_type, unsigned page_no, const ExtractPageJob *how,
                              GError **error);
