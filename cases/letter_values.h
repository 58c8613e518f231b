/* cases/letter_values.h - what a letter is written with: the case, and the values of its words. Private to
 * cases/letter*.c. */
#pragma once
#include "cases/letter.h"

typedef struct
{
  Store *store;
  const Letters *letters;
  const StoreCase *it;
  const LetterOrder *order;
  const LetterForm *letter;
  const char *language;
  GPtrArray *deadlines; /* of StoreDeadline */
  char **packs;
  char *values[LETTER_WORDS]; /* NULL: none */
  DkDay today;
} LetterWriting;
void letter_writing_clear (LetterWriting *writing);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LetterWriting, letter_writing_clear)
/* Finds deadlines, packs and today: the law of the case. Store, case and the settings of the order are there. */
bool letter_gather_law (LetterWriting *writing, GError **error);
/* Finds what stands behind letter; what is above it is there. */
bool letter_gather (LetterWriting *writing, GError **error);
