/* cases/allocation_rules.h - the rules as they are written. Private to cases/allocation*.c. */
#pragma once
#include "cases/allocation.h"

typedef struct
{
  char *name;
  char *kind, *subject, *language, *region, *profile; /* conditions; NULL: any */
  bool existing;                                      /* to who has another open case of the person */
  char *user, *team;                                  /* or to one of these */
  const char *method;                                 /* fixed least_open round_robin existing */
} Rule;
/* Of Rule, in their order. Lent. */
const GPtrArray *allocation_rules (const Allocation *allocation);
const Team *allocation_team (const Allocation *allocation, const char *name);
/* Who is told where nobody can take a case of @team (NULL: of none): its lead, else the first user who is one, else "".
 */
const char *allocation_lead (const Allocation *allocation, const char *team);
