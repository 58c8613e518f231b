/* classify/probe.h - what this program makes of letters, as a digest: where its code, a library or the configuration
 * makes something else of them, what was learnt of letters holds no more. */
#pragma once
#include "base/digest.h"
#include "classify/shipped.h"

/* Adds to @digest the features of some of @letters, taken evenly from all, and what is learnt of these alone: a
 * fraction of a second. */
void classify_probe (const Classifier *classifier, const ClassifyLetters *letters, DkDigest *digest);
