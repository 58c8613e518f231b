/* cmd/docket_deadline.h - what the files of `docket deadline` share. */
#pragma once
#include "cases/deadline_chain.h"

/* What is asked: everything that the answer is computed from. */
typedef struct
{
  DeadlineTerms terms;
  const Policy *policy; /* NULL with --rule */
  Calendar *calendar;
  Policies *policies;
  DeadlineMoment received;
  GArray *events; /* of ChainEvent */
  GArray *pauses; /* of DeadlinePause */
} DeadlineQuestion;

/* Prints the answer for a person. */
void deadline_say (const char *language, const DeadlineQuestion *question, const Deadline *deadline);
