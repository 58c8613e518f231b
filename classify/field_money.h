/* classify/field_money.h - one sum of money: how it is written in the four languages, and what bad scans make of it. */
#pragma once
#include "classify/field_text.h"

typedef struct
{
  FieldSpan span;
  int64_t units;
  int cents;            /* 0 to 99 */
  const char *currency; /* ISO 4217, a literal */
  bool repaired;
  bool decimals, comma; /* it has two decimals; a comma parts them */
} FieldMoney;

/* Reads the number that begins at @at of @text with the currency before or behind it. False when there is none, or when
 * it is too damaged to say how much it is. */
bool field_money_at (const FieldText *text, uint32_t at, const char *language, FieldMoney *money);
