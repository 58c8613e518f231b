/* cases/allocation.h - who works on what: users (users/NAME.yaml), teams and rules (allocation/rules.yaml).
 *
 * Rules are asked in their order; the first whose conditions all hold decides. It gives the case to a user, to a member
 * of a team, or to who has another open case of the same person. Who is absent is passed over for the substitute; who
 * does not speak the language of the letter, or has as many open cases as the capacity allows, gets none. Where nobody
 * is left the case stays unassigned and the lead of the team is alerted. */
#pragma once
#include "base/clock.h"
#include "base/config.h"
#include "store/allocation.h"
#include "store/document.h"

typedef struct
{
  DkDay from, to;   /* both are days of absence */
  char *substitute; /* NULL: none */
} Absence;

typedef struct
{
  char *name;       /* as in the name of the file, and as the owner of cases */
  char *title;      /* what people call them, or NULL */
  char **languages; /* none: all */
  bool lead;
  int64_t capacity;    /* open cases at most, -1: any number */
  GPtrArray *absences; /* of Absence */
} User;

typedef struct
{
  char *name, *lead; /* lead NULL: none */
  char **members;
} Team;

typedef struct Allocation Allocation;
/* Fails with CONFIG at what is wrong, also at a rule that can never apply since one before it takes all of its cases. A
 * user that is named and not there is no error: nothing is given to them. */
Allocation *allocation_load (const Config *config, GError **error);
void allocation_free (Allocation *allocation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Allocation, allocation_free)
/* Of User and of Team, in the order of names and as written. Lent. */
const GPtrArray *allocation_users (const Allocation *allocation);
const GPtrArray *allocation_teams (const Allocation *allocation);
/* NULL when there is none. */
const User *allocation_user (const Allocation *allocation, const char *name);
/* Names in rules, teams and absences that are no users: nothing is given to them. Each once, in order, NULL-terminated;
 * owned by the caller. */
char **allocation_unknown (const Allocation *allocation);
/* The absence of @user on @day, or NULL. */
const Absence *allocation_absence (const User *user, DkDay day);
/* Who is there on @day for @user, who is away: the first down the line of substitutes; NULL for nobody, as where they
 * stand in for each other in a circle. */
const User *allocation_stand_in (const Allocation *allocation, const User *user, DkDay day);
/* The most that substitutes are followed. */
#define ALLOCATION_SUBSTITUTES 8

/* Gives the case @case_id, which @document opened, to whom the rules say, as a fact of the ledger with rule and reason.
 * Without rules, and where none holds and the case has an owner, nothing happens; but a second stage, which who had the
 * first may not have, is nobody's then, and the lead is alerted. */
bool allocation_apply (StoreTransaction *transaction, const Allocation *allocation, const Settings *settings,
                       const StoreDocument *document, int64_t case_id, GError **error);
/* The same for the case @case_id, which @document has after it left one of @owner: who knows the matter keeps it where
 * the rules find nobody. */
bool allocation_split (StoreTransaction *transaction, const Allocation *allocation, const Settings *settings,
                       const StoreDocument *document, int64_t case_id, const char *owner, GError **error);
/* allocation_watch.c: owners of open cases that are no users, "" among them; of StoreLoad. Where there are no users at
 * all, those only who once were. */
GPtrArray *allocation_unowned (Store *store, const Allocation *allocation, GError **error);
/* Sets an alert for the lead in each open case whose owner was a user and is none any more, where none tells it yet,
 * and ends those alerts whose case has an owner again or is closed. Opens transactions of its own in the name of
 * @actor, none where nothing is to be told. */
bool allocation_watch (Store *store, const Allocation *allocation, const Settings *settings, const char *actor,
                       GError **error);
