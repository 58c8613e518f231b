/* extract/cleanup.h - g_autoptr for the foreign things that this folder handles. */
#pragma once
#include <glib.h>
#include <leptonica/allheaders.h>

static inline void
extract_pix_free (PIX *pix)
{
  pixDestroy (&pix);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PIX, extract_pix_free)

static inline void
extract_boxa_free (BOXA *boxes)
{
  boxaDestroy (&boxes);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BOXA, extract_boxa_free)
