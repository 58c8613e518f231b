/* classify/classify.h - from page records to findings: language, kinds, subject, fields. */
#pragma once
#include "base/clock.h"
#include "base/config.h"
#include "base/serve.h"
#include "base/vocabulary.h"

/* Compiles vocabulary and settings of @config for matching, with the model @model (NULL: the vocabulary decides alone);
 * to be called before serve(). Fails with CONFIG, or INVALID for the model. */
bool classify_warm_up (const Config *config, GBytes *model, GError **error);
/* The company's list of its customers, for checking who wrote; to be called before serve(). Fails as customers_new. */
bool classify_load_customers (GBytes *csv, GError **error);
/* The findings about the document of @pages (of RecordPage) that came on @received (DK_DAY_NONE when not known):
 * language, kind, subject, urgency and follow_up where there are such, then the fields, then pages and paragraphs in
 * other languages. After classify_warm_up. Of RecordFinding, owned by the caller. */
GPtrArray *classify_pages (const GPtrArray *pages, DkDay received);
/* "understand": fd 0 the page records of a document; argument "received" (s, ISO date, for dates without a year and
 * plausibility). Emits one RECORD_FINDING for "language", "kind", "subject" each (always), for "urgency" and
 * "follow_up" where there are such and for every field found. */
bool classify_understand (const ServeRequest *request, ServeOut *out, GError **error);
/* What cannot wait is told as soon as the first page is read: emits the RECORD_FINDING "urgency" where @page has one.
 */
bool classify_first_page (const RecordPage *page, ServeOut *out, GError **error);
/* "train": fd 0 the shipped letters, fd 1 those of the company, as classify_letters_add reads them, fd 2, where there
 * is such, what was learnt of the former. Emits the model as RECORD_BYTES, and where fd 2 is none or of other letters
 * or another vocabulary, which takes longer, what was learnt of them, behind a RECORD_AHEAD of RECORD_LETTERS. */
bool classify_train_work (const ServeRequest *request, ServeOut *out, GError **error);
/* "labels": fd 0 as for "understand"; for who looks after the vocabulary. Emits one RECORD_BYTES, a GVariant of type
 * RECORD_LABELS_TYPE: the language of the document, and for each label of that language (of every one where it is no
 * other than known) that stands in it its number, how often it stands there, how often it counts, and one more than the
 * number of a longer label it lies inside, 0 where there is none. */
bool classify_labels (const ServeRequest *request, ServeOut *out, GError **error);
/* Compiles all schemes for it, before the fork. */
void classify_labels_prepare (GVariant *arguments);
