/* classify/page.h - pages that came with the mail and are no message to anybody: an invoice, an article, an exam. */
#pragma once
#include "classify/classifier.h"

/* How probable it is by @model that what @look looks at is such a page, 0 where it greets or ends as a letter or @model
 * cannot tell. By so much each of @kinds, how probable the five kinds are, becomes less probable, and "other" more. */
double classify_page_judge (const ClassifyModel *model, const ClassifyLook *look, double kinds[CLASSIFY_KINDS]);
