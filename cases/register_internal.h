/* cases/register_internal.h - what the files of register share. Private to cases/register*.c. */
#pragma once
#include "cases/allocation.h"
#include "cases/deadline_set.h"
#include "cases/letter.h"
#include "cases/register.h"
#include "cases/work.h"

struct Register
{
  Settings *settings;
  Policies *policies;
  Allocation *allocation;
  Letters *letters;
  Config *config;
  GHashTable *calendars; /* code to Calendar */
};

DeadlineHouse register_house (const Register *rules);
/* The calendar with @code of the Register @rules, lent; NULL: none. */
const Calendar *register_calendar (const char *code, gpointer rules);
/* A new case with the next number of the entity. Owned by the caller. */
StoreCase *register_new_case (StoreTransaction *transaction, const Register *rules, const char *received,
                              const char *owner, GError **error);
/* The letter of a case that starts its clocks: of those that complain the one that came first, so that no later letter
 * starts them anew; else the first of all. *@document is NULL where no letter is left. */
bool register_leading (Store *store, int64_t case_id, StoreDocument **document, char **received, GError **error);
/* Sets the deadlines of the case, and of its second stage, which hang on the same letter. */
bool register_set_deadlines (StoreTransaction *transaction, const Register *rules, int64_t case_id, GError **error);
