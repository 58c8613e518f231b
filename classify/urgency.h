/* classify/urgency.h - what must not wait: danger, a lawyer, an authority, the press, a person who depends on us. */
#pragma once
#include "classify/context.h"
#include "classify/words.h"

typedef struct ClassifyUrgency ClassifyUrgency;
/* Keeps a pointer to @vocabulary, whose scheme "urgency" holds the cues and "sign" the negations. Owned by the caller.
 */
ClassifyUrgency *classify_urgency_new (const Vocabulary *vocabulary);
void classify_urgency_free (ClassifyUrgency *urgency);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyUrgency, classify_urgency_free)
/* The finding "urgency": the concept that most speaks for, others that hold too, and the words. Labels of @language
 * count, or of every language where it is NULL. NULL where nothing urges, as in most letters. Owned by the caller. */
RecordFinding *classify_urgency (const ClassifyUrgency *urgency, const ClassifyWords *words, const char *language);
