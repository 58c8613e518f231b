/* extract/bind_twice.h - words that a page of a PDF shows as text already, where they were also read. */
#pragma once
#include "base/record.h"

/* The words of @page, of RecordWord, but those that the text @own of the same page has at the same place. Owned by the
 * caller. */
GArray *extract_bind_twice_without (const RecordPage *page, const RecordPage *own);
