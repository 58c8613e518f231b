/* index/page_data.h - what the index keeps of a page besides its terms: number, language and text, parted by NUL. */
#pragma once
#include "index/index.h"

G_BEGIN_DECLS
typedef struct
{
  const char *number, *language, *text; /* lent */
} PageData;
/* Owned by the caller. */
GBytes *page_data_pack (const IndexPage *page);
/* False where @data, with a NUL behind its @size bytes, is none. */
bool page_data_read (const char *data, size_t size, PageData *page);
/* Orders pages of equal rank: newest first, then as they lie in the document. Owned by the caller. */
char *page_data_order (const IndexPage *page);
G_END_DECLS
