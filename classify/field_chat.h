/* classify/field_chat.h - conversations printed as they went: lines that each begin with who speaks. */
#pragma once
#include "classify/field_find.h"

/* Marks the lines of the one who writes and those of everybody else, and names the former in work->speaker. */
void field_chat_find (FieldWork *work);
/* The line before @line in which the other side asked; UINT32_MAX when nobody did. */
uint32_t field_chat_question (const FieldWork *work, uint32_t line);
