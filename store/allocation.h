/* store/allocation.h - to whom a case was given, by which rule and why. */
#pragma once
#include "store/ledger.h"

typedef struct
{
  int64_t case_id;
  const char *rule;   /* its name, "" none */
  const char *team;   /* "" none */
  const char *owner;  /* "" nobody */
  const char *method; /* fixed least_open round_robin, "" none */
  const char *reason; /* a code: how it came to that */
} StoreAllocation;
/* Notes it; the owner of the case is then that of @allocation. */
bool store_case_allocate (StoreTransaction *transaction, const StoreAllocation *allocation, GError **error);
/* Whom @rule chose last; *@owner is NULL when nobody. Owned by the caller. */
bool store_allocation_last (Store *store, const char *rule, char **owner, GError **error);

/* Open cases of an owner. */
typedef struct
{
  char *owner; /* "" nobody */
  int64_t open;
} StoreLoad;
void store_load_free (StoreLoad *load);
/* All that have open cases, by name, of StoreLoad. */
GPtrArray *store_loads (Store *store, GError **error);
bool store_load_of (Store *store, const char *owner, int64_t *open, GError **error);
/* Whether @name was a user in any version of the configuration. */
bool store_was_user (Store *store, const char *name, bool *was, GError **error);
/* Open cases of @owner, oldest first, of which no alert tells that the owner is no user any more; at most @limit, of
 * int64_t. */
GArray *store_cases_untold (Store *store, const char *owner, unsigned limit, GError **error);
/* The owner of the newest open case of the file of @root but @except; *@owner is NULL where there is none. Owned by the
 * caller. */
bool store_contact_owner (Store *store, int64_t root, int64_t except, char **owner, GError **error);
