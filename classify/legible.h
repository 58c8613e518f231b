/* classify/legible.h - what was read so badly that it says nothing: mirrored pages, scribble, dirt. */
#pragma once
#include "base/record.h"

/* Takes out of @findings the fields whose words were hardly read; where so much of the document was hardly read that
 * the rest cannot be believed, kind and subject become guesses. */
void classify_legible_check (const GPtrArray *pages, GPtrArray *findings);
