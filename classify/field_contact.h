/* classify/field_contact.h - what e-mail addresses and telephone numbers share: points for being the writer's. */
#pragma once
#include "classify/field_find.h"

typedef struct
{
  FieldSpan span;
  char *value;
  bool repaired;
  int points;
} FieldContact;

void field_contact_clear (gpointer contact);
gint field_contact_better_first (gconstpointer a, gconstpointer b);
/* Whether one of the last @most tokens before @at on its line is in @list; @near: or nearly. */
bool field_contact_led_by (const FieldText *text, uint32_t at, unsigned most, const char *list, bool near);
/* The same, nearly. */
bool field_contact_labelled (const FieldText *text, uint32_t at, unsigned most, const char *list);
