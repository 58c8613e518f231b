/* classify/field_claim.h - which of several sums a letter is about. */
#pragma once
#include "classify/field_text.h"

/* How much the words around the sum at @span speak for its being the one in dispute; below 0 when they say that it is
 * another: an offer, the postage, the usual price. */
int field_claim_points (const FieldText *text, FieldSpan span);
