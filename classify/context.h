/* classify/context.h - what every rule may look at besides the pages: the configuration in force and what is known
 * already. */
#pragma once
#include "base/clock.h"
#include "base/config.h"
#include "base/customers.h"
#include "classify/field_vocabulary.h"

/* Lends everything; lives as long as one document is looked at. */
typedef struct
{
  const Config *config;
  const Settings *settings;
  const FieldVocabulary *words; /* by which fields are told; NULL: none */
  const Customers *customers;   /* NULL when the company gives no list */
  DkDay received;               /* DK_DAY_NONE when not known */
  const char *language;         /* of the document, ISO 639-1; "und" when it cannot be told */
  bool mixed;                   /* a good part of it is in another language */
  const GArray *lines;          /* of ClassifyLine; NULL where nobody looked for them */
} ClassifyContext;
