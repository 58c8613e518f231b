/* cases/policy_lint.h - what contradicts in packs and calendars that are valid, each by itself. */
#pragma once
#include "base/vocabulary.h"
#include "cases/deadline.h"

typedef struct
{
  const char *code; /* the sentence is cli.rules.CODE; docket-deadline(1) tells the rules */
  char *place;      /* "policies/OWN.yaml:4:5" */
  char *what;       /* a duty, a pack, a word, a calendar */
  char *other;      /* the one that it contradicts; "" where there is none */
  DkDay day, until; /* DK_DAY_NONE where there is none */
} PolicyFinding;
/* In a firm with @settings, on @today; @policies are those of @config. Of PolicyFinding, owned by the caller. */
GArray *policy_lint (const Config *config, const Policies *policies, const Settings *settings,
                     const Vocabulary *vocabulary, DkDay today);
