/* classify/follow_up.h - whether a letter goes on with something: an answer, a reminder. */
#pragma once
#include "classify/context.h"
#include "classify/words.h"

typedef struct ClassifyFollowUp ClassifyFollowUp;
/* Keeps a pointer to @vocabulary, whose scheme "follow-up" holds the cues. Owned by the caller. */
ClassifyFollowUp *classify_follow_up_new (const Vocabulary *vocabulary);
void classify_follow_up_free (ClassifyFollowUp *follow_up);
/* The finding "follow_up": the concept that the words stand for. NULL where there are none. Owned by the caller. */
RecordFinding *classify_follow_up (const ClassifyFollowUp *follow_up, const ClassifyWords *words, const char *language);
