/* classify/classify.h - from page records to findings: language, kinds, subject, fields. */
#pragma once
#include "base/config.h"
#include "base/serve.h"
#include "base/vocabulary.h"

/* Compiles vocabulary and settings of @config for matching; to be called once, before serve(). Fails with CONFIG. */
bool classify_warm_up (const Config *config, GError **error);
/* "understand": fd 0 the page records of a document; argument "received" (s, ISO date, for dates without a year and
 * plausibility). Emits one RECORD_FINDING for "language", "kind", "subject" each (always) and for every field found. */
bool classify_understand (const ServeRequest *request, ServeOut *out, GError **error);
