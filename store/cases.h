/* store/cases.h - many cases at once: lists and counts that a screen shows. */
#pragma once
#include "store/case.h"

/* What cases to list; NULL and 0 leave a condition out. Dates are ISO. */
typedef struct
{
  const char *status, *owner;
  bool open;                 /* all but closed ones */
  const char *waiting_since; /* somebody waits since then or longer, as docket counts it */
  const char *alert, *today; /* "none" "upcoming" "today" "overdue" on the day @today: the alert that calls most */
  const int64_t *among;      /* @n_among ids, none others */
  unsigned n_among;
  bool latest; /* those with the newest act first */
  unsigned limit;
  int64_t after; /* the case that the page before ended with, 0: from the top */
} StoreCasesFilter;

typedef struct
{
  int64_t id;
  char *number, *status, *reason, *owner, *received;
  char *waiting;  /* ISO: since when somebody waits, or NULL */
  char *alert;    /* the earliest alert that is not done, or NULL */
  char *due;      /* the earliest deadline of an open case that is neither met nor missed, or NULL */
  char *work_by;  /* the day to work the earliest by, or NULL */
  char *active;   /* the day of its newest act */
  char *customer; /* the name of the contact whose file it is in, or NULL */
  unsigned stage;
} StoreCaseRow;
/* Merged cases are left out. Those to be worked first stand first, those without a date last. Of StoreCaseRow, owned by
 * the caller. */
GPtrArray *store_cases (Store *store, const StoreCasesFilter *filter, GError **error);
