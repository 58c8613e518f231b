/* tests/unit/extract_page.h - the pictures of pages that tests read. */
#pragma once
#include "tests/unit/fixture.h"
#include <leptonica/allheaders.h>

/* The picture @name among the fixtures. Owned by the caller. */
static inline PIX *
page (const char *name)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  size_t size;
  const l_uint8 *bytes = g_bytes_get_data (file, &size);
  PIX *pix = pixReadMem (bytes, size);
  g_assert_nonnull (pix);
  return pix;
}
