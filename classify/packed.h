/* classify/packed.h - samples as few bytes: a letter's features stand as distances between those that are known, with
 * how often each stands in the letter, since all else follows from that. */
#pragma once
#include "classify/samples.h"

/* Appends those of @list, whose features @samples knows; @words are appended to likewise. */
void classify_pack_samples (const ClassifySamples *samples, const GArray *list, GByteArray *out, GArray *words);
/* Takes @n of them from *@data on, of which *@left bytes are left, into @list of @samples; words of unseen letters
 * from *@words on, of which *@n_words are left. False for bytes that pack does not write. */
bool classify_unpack_samples (ClassifySamples *samples, guint n, const guint8 **data, gsize *left, const double **words,
                              gsize *n_words, GArray *list);
