/* extract/bind_text.h - the words of a page as invisible text. */
#pragma once
#include "base/record.h"
#include "extract/bind_font.h"

/* The content operators that write every word of @page into its box, in pixels, origin bottom left; the resources call
 * the font @name ("/F"). "" for a page without words. Owned by the caller. */
char *extract_bind_text (const RecordPage *page, const char *name, BindFont *font);
