/* cases/policy_internal.h - the packs as they were read. Private to cases/policy*.c. */
#pragma once
#include "cases/deadline.h"

typedef struct
{
  Policy policy;
  DkDay from, to;
  const YamlNode *node; /* lent by the configuration, while that is there */
} PolicyDuty;

struct Policies
{
  GStringChunk *texts;
  GPtrArray *duties; /* of PolicyDuty, in the order of the files */
  GPtrArray *lists;  /* of char **, which duties lend */
};
