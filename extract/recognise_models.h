/* extract/recognise_models.h - one engine for each model, loaded when it is first needed. Private to
 * extract/recognise*.c.
 *
 * A model takes 50 ms and some 10 MiB. The worker loads, before it forks, those that the next page will need for sure;
 * what its child needs besides the child loads itself, from files that are mapped since the start, and tells by a byte
 * of shared memory. The worker loads that model before the next fork, so that later children find it. */
#pragma once
#include "extract/recognise.h"
#include <tesseract/capi.h>

/* The engine of @language, loaded now if it was not. NULL when the language was not asked for at the start, or the
 * model is broken. Lent. */
TessBaseAPI *extract_recognise_engine (const char *language);
/* Likewise the one that tells how a page lies. */
TessBaseAPI *extract_recognise_orientation_engine (void);
/* CPU of this process, and of it what the engine and its models took. */
uint64_t extract_recognise_cpu_us (void);
extern RecordCost extract_recognise_spent;
