/* classify/field_dates.h - every date in a text, in the notations of the four languages. */
#pragma once
#include "classify/field_text.h"

typedef struct
{
  FieldSpan span;
  int year;         /* 0: not written */
  int month, day;   /* from 1; without a month the next such day is meant that is a @weekday */
  int weekday;      /* 1 for Monday to 7, where no month is written */
  bool swappable;   /* numeric, and could be read month first as well */
  bool month_first; /* numeric, and could not be read day first */
  bool repaired;    /* a letter was read as the digit it resembles */
  bool until;       /* Hungarian -ig is joined to it: a deadline */
  const char *rule; /* "date:day-month-year" … */
} FieldDate;

/* All dates in reading order, of FieldDate; they do not overlap. What a person would read month first is read so only
 * in a text with other signs of the United States. Owned by the caller. */
GArray *field_dates_find (const FieldText *text, const ClassifyContext *context);
/* The day that is meant; without a year, the one on or after @after (DK_DAY_NONE: there is none). */
DkDay field_date_day (const FieldDate *date, DkDay after);
