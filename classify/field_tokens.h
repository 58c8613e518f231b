/* classify/field_tokens.h - the words and numbers of a text. */
#pragma once
#include "classify/field_text.h"

/* Fills text->tokens; where a blank was lost between a word and a number they are two. */
void field_tokens_find (FieldText *text);
