/* classify/field_repair.h - what stands more than once in a letter proves each other: the sender's name in the head,
 * the signature and the e-mail address. A misread letter is put right where one of them shows what it was. */
#pragma once
#include "classify/field_witness.h"

/* Works on the sender and e-mail among work->findings. */
void field_repair_people (FieldWork *work);

/* Its parts. Each word of the name of @sender, by @witnesses and the addresses among @findings. */
void field_repair_name (RecordFinding *sender, const FieldWitnesses *witnesses, const GPtrArray *findings,
                        bool surname_first);
/* The part before the @ by @words, the plain ones of the sender's name; the part behind it by the words of the letter.
 */
void field_repair_address (RecordFinding *email, char **words, const FieldWitnesses *witnesses, const char *language);
/* Gives @finding another value, of which it is less sure. */
void field_repair_replace (RecordFinding *finding, GString *value);
