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

/* Prints every version of every clock of the case @number in the store at @path, the newest of a kind first. */
bool deadline_of_case (const char *path, const char *number, const char *language, bool json, GError **error);
/* Prints what contradicts in the packs and calendars of @config; *@found: whether anything does. */
bool deadline_lint (const Config *config, const char *language, bool json, bool *found, GError **error);
/* One row of the answer; @key "" stands for no label. */
void deadline_say_row (const char *language, const char *key, const char *text);
/* The same for a number of days, in the sentence @key. */
void deadline_say_days (const char *language, const char *label, const char *key, int days);
/* Prints the answer for a person. */
void deadline_say (const char *language, const DeadlineQuestion *question, const Deadline *deadline);
