/* cases/outlook.h - how far the calendars of a firm reach: told weeks before a clock would end beyond them. */
#pragma once
#include "cases/deadline.h"

#define OUTLOOK_DAYS 42 /* looked ahead */

typedef struct
{
  char *policy;      /* the first duty that is concerned, "HU-MNB/final-payments" */
  char *file;        /* code of the calendar that must be extended */
  const char *key;   /* what of it, once its days are entered: "covered_to", "counted_to" or "published_to" */
  const char *state; /* "calendar_missing" or "expected" */
  DkDay last;        /* that the calendar can tell */
  DkDay from;        /* letters that come on this day or later are concerned */
} OutlookGap;
/* For each calendar and state the duty that is concerned first, of OutlookGap: of all that begin, in a firm of
 * @settings, with a letter that comes within OUTLOOK_DAYS of @today. Owned by the caller. */
GArray *outlook_gaps (const Config *config, const Policies *policies, const Settings *settings, DkDay today,
                      GError **error);
