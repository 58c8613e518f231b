/* classify/field_repair.h - what stands more than once in a letter proves each other: the sender's name in the head,
 * the signature and the e-mail address. A misread letter is put right where one of them shows what it was. */
#pragma once
#include "classify/field_find.h"

/* Works on the sender and e-mail among work->findings. */
void field_repair_people (FieldWork *work);
