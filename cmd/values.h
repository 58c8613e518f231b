/* cmd/values.h - the values that there are: a wrong one is told which, so that no empty answer passes for one. @said is
 * what was typed, "--kind foo" or "subject:foo", for the sentence. */
#pragma once
#include "base/vocabulary.h"
#include "store/store.h"

/* Fails with USAGE unless @value is a code of ISO 639-1 or "und". */
bool values_check_language (const char *value, const char *said, GError **error);
/* Fails with USAGE unless @value is a kind, the path of a subject or another concept of @scheme. */
bool values_check_concept (const Vocabulary *vocabulary, const char *scheme, const char *value, const char *said,
                           GError **error);
/* Fails with USAGE unless documents may have the @value of @name ("kind" "subject" "language"): some have it, or such a
 * value is known in @store. */
bool values_check (Store *store, const char *name, const char *value, const char *said, GError **error);
