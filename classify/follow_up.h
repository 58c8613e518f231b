/* classify/follow_up.h - whether a letter goes on with something: an answer, a reminder. */
#pragma once
#include "classify/matcher.h"

/* The finding "follow_up": the concept of the scheme "follow-up", whose @cues are looked for in @language, or in every
 * one where it is NULL, that the words stand for. NULL where there are none. Owned by the caller. */
RecordFinding *classify_follow_up (const ClassifyMatcher *cues, const ClassifyWords *words, const char *language);
