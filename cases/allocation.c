#include "cases/allocation.h"
#include "base/messages.h"
#include "cases/allocation_rules.h"
#include "cases/work.h"
#include "store/case.h"
#include "store/chain.h"
#include "store/contact.h"
#include "store/receipt.h"
#include <string.h>

/* What the rules look at. */
typedef struct
{
  Store *store;
  const Allocation *allocation;
  const StoreDocument *document;
  const char *profile, *region;
  int64_t case_id;
  char *existing; /* who has another open case of the person, or NULL */
  char *former;   /* who had the first stage of the complaint and may not review it; "" */
  DkDay today;
} Matter;

typedef struct
{
  char *owner;        /* NULL: nobody */
  const char *reason; /* static */
} Choice;

/* --- who can --- */

static bool
speaks (const User *user, const char *language)
{
  return user->languages == NULL || user->languages[0] == NULL || language == NULL || strcmp (language, "und") == 0
         || g_strv_contains ((const char *const *)user->languages, language);
}

/* Whether @user is there, speaks the language and has room. */
static bool
can_take (const Matter *matter, const User *user, bool *can, GError **error)
{
  int64_t open = 0;
  *can = user != NULL && strcmp (user->name, matter->former) != 0 && allocation_absence (user, matter->today) == NULL
         && speaks (user, matter->document->language);
  if (!*can || user->capacity < 0)
    return true;
  if (!store_load_of (matter->store, user->name, &open, error))
    return false;
  *can = open < user->capacity;
  return true;
}

/* Who takes the cases of @name, who is absent: the first substitute down the line who can; NULL nobody. */
static bool
find_substitute (const Matter *matter, const char *name, const User **found, GError **error)
{
  const User *user = allocation_user (matter->allocation, name);
  *found = NULL;
  for (int i = 0; i < ALLOCATION_SUBSTITUTES && user != NULL; i++)
    {
      bool can;
      const Absence *absence = allocation_absence (user, matter->today);
      user = absence != NULL && absence->substitute != NULL ? allocation_user (matter->allocation, absence->substitute)
                                                            : NULL;
      if (user != NULL && !can_take (matter, user, &can, error))
        return false;
      if (user != NULL && can)
        {
          *found = user;
          return true;
        }
    }
  return true;
}

/* --- the methods --- */

static bool
choose_fixed (const Matter *matter, const char *name, Choice *choice, GError **error)
{
  bool can;
  const User *user = allocation_user (matter->allocation, name), *other = NULL;
  if (!can_take (matter, user, &can, error) || (!can && !find_substitute (matter, name, &other, error)))
    return false;
  const User *chosen = can ? user : other;
  *choice = (Choice){ .owner = chosen != NULL ? g_strdup (chosen->name) : NULL,
                      .reason = can              ? "fixed"
                                : chosen != NULL ? "substitute"
                                                 : "nobody" };
  return true;
}

/* Of the members of @team those who can, in its order; else their substitutes. Of const User, owned by the caller. */
static GPtrArray *
find_candidates (const Matter *matter, const Team *team, bool *substitutes, GError **error)
{
  g_autoptr (GPtrArray) present = g_ptr_array_new ();
  for (char **name = team->members; *name != NULL; name++)
    {
      bool can;
      const User *user = allocation_user (matter->allocation, *name);
      if (!can_take (matter, user, &can, error))
        return NULL;
      if (can)
        g_ptr_array_add (present, (gpointer)(uintptr_t)user);
    }
  *substitutes = present->len == 0;
  for (char **name = team->members; *substitutes && *name != NULL; name++)
    {
      const User *other;
      if (!find_substitute (matter, *name, &other, error))
        return NULL;
      if (other != NULL && !g_ptr_array_find (present, other, NULL))
        g_ptr_array_add (present, (gpointer)(uintptr_t)other);
    }
  return g_steal_pointer (&present);
}

static const User *
least_open (const Matter *matter, const GPtrArray *candidates, GError **error)
{
  const User *best = NULL;
  int64_t least = 0, open;
  for (guint i = 0; i < candidates->len; i++)
    {
      const User *user = candidates->pdata[i];
      if (!store_load_of (matter->store, user->name, &open, error))
        return NULL;
      if (best == NULL || open < least)
        {
          best = user;
          least = open;
        }
    }
  return best;
}

/* The place of @name in the team; that after the last where it is not there. */
static guint
place_of (const Team *team, const char *name)
{
  guint i = 0;
  while (team->members[i] != NULL && g_strcmp0 (team->members[i], name) != 0)
    i++;
  return i;
}

/* The first after the one who was chosen last, in the order of the team. */
static const User *
next_in_turn (const Matter *matter, const Rule *rule, const Team *team, const GPtrArray *candidates, GError **error)
{
  g_autofree char *last = NULL;
  if (!store_allocation_last (matter->store, rule->name, &last, error))
    return NULL;
  guint n = g_strv_length (team->members), at = last != NULL ? place_of (team, last) : n, from = at < n ? at + 1 : 0;
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k < candidates->len; k++)
      if (place_of (team, ((const User *)candidates->pdata[k])->name) == (from + i) % n)
        return candidates->pdata[k];
  return candidates->pdata[0];
}

static bool
choose_of_team (const Matter *matter, const Rule *rule, Choice *choice, GError **error)
{
  bool substitutes;
  const Team *team = allocation_team (matter->allocation, rule->team);
  g_autoptr (GPtrArray) candidates = find_candidates (matter, team, &substitutes, error);
  if (candidates == NULL)
    return false;
  if (candidates->len == 0)
    {
      choice->reason = "nobody";
      return true;
    }
  const User *chosen = strcmp (rule->method, "round_robin") == 0 ? next_in_turn (matter, rule, team, candidates, error)
                                                                 : least_open (matter, candidates, error);
  if (chosen == NULL)
    return false;
  *choice = (Choice){ .owner = g_strdup (chosen->name), .reason = substitutes ? "substitute" : rule->method };
  return true;
}

/* --- which rule --- */

static bool
is_below (const char *value, const char *wanted, char part)
{
  size_t length = strlen (wanted);
  return value != NULL && strncmp (value, wanted, length) == 0 && (value[length] == '\0' || value[length] == part);
}

static bool
holds (const Matter *matter, const Rule *rule)
{
  const StoreDocument *document = matter->document;
  return (rule->kind == NULL || g_strcmp0 (document->kind, rule->kind) == 0)
         && (rule->subject == NULL || is_below (document->subject, rule->subject, '/'))
         && (rule->language == NULL || g_strcmp0 (document->language, rule->language) == 0)
         && (rule->region == NULL || is_below (matter->region, rule->region, '-'))
         && (rule->profile == NULL || g_strcmp0 (matter->profile, rule->profile) == 0);
}

/* An owner of another case who cannot take it, nor a substitute, leaves it to the rules that follow, and so does who
 * had the first stage. */
static bool
ask (const Matter *matter, const Rule *rule, Choice *choice, GError **error)
{
  if (g_strcmp0 (rule->user, matter->former) == 0)
    return true;
  if (!rule->existing)
    return rule->user != NULL ? choose_fixed (matter, rule->user, choice, error)
                              : choose_of_team (matter, rule, choice, error);
  if (matter->existing == NULL || allocation_user (matter->allocation, matter->existing) == NULL)
    return true;
  if (!choose_fixed (matter, matter->existing, choice, error))
    return false;
  choice->reason = choice->owner == NULL ? NULL : strcmp (choice->reason, "fixed") == 0 ? "existing" : choice->reason;
  return true;
}

/* --- what is noted --- */

static bool
alert_lead (StoreTransaction *transaction, const Matter *matter, const Rule *rule, const Settings *settings,
            GError **error)
{
  int64_t id;
  const char *lead = allocation_lead (matter->allocation, rule != NULL ? rule->team : NULL);
  g_autofree char *due = dk_day_format (matter->today);
  g_autofree char *text = dk_message (settings->language, rule != NULL ? "allocation.nobody" : "allocation.no_rule",
                                      "s", rule != NULL ? rule->name : "");
  const StoreReminder reminder
      = { .case_id = matter->case_id, .due = due, .owner = lead, .text = text, .reason = STORE_ALERT_UNALLOCATED };
  return store_alert_set (transaction, &reminder, &id, error);
}

static bool
note (StoreTransaction *transaction, const Matter *matter, const Rule *rule, const Choice *choice,
      const Settings *settings, GError **error)
{
  StoreAllocation fact = { .case_id = matter->case_id,
                           .rule = rule != NULL ? rule->name : "",
                           .team = rule != NULL && rule->team != NULL ? rule->team : "",
                           .owner = choice->owner != NULL ? choice->owner : "",
                           .method = rule != NULL ? rule->method : "",
                           .reason = choice->reason };
  return store_case_allocate (transaction, &fact, error)
         && (choice->owner != NULL || alert_lead (transaction, matter, rule, settings, error));
}

/* The first rule that holds and answers; *@rule is NULL where none does. choice->owner is owned by the caller. */
static bool
decide (const Matter *matter, const Rule **rule, Choice *choice, GError **error)
{
  const GPtrArray *rules = allocation_rules (matter->allocation);
  *rule = NULL;
  *choice = (Choice){ 0 };
  for (guint i = 0; i < rules->len && choice->reason == NULL; i++)
    {
      if (!holds (matter, rules->pdata[i]))
        continue;
      if (!ask (matter, rules->pdata[i], choice, error))
        return false;
      *rule = choice->reason != NULL ? rules->pdata[i] : NULL;
    }
  return true;
}

/* Asks the rules; where they find nobody @keeper (NULL: nobody) keeps the case. */
static bool
give (StoreTransaction *transaction, const Matter *matter, const char *keeper, const Settings *settings, GError **error)
{
  const Rule *rule;
  Choice choice;
  if (!decide (matter, &rule, &choice, error))
    return false;
  g_autofree char *owner = choice.owner;
  if (choice.owner == NULL && keeper != NULL)
    return note (transaction, matter, NULL, &(Choice){ .owner = (char *)(uintptr_t)keeper, .reason = "split" },
                 settings, error);
  if (rule != NULL)
    return note (transaction, matter, rule, &choice, settings, error);
  g_autoptr (StoreCase) the_case = store_case_load (matter->store, matter->case_id, error);
  return the_case != NULL
         && (*the_case->owner != '\0'
             || note (transaction, matter, NULL, &(Choice){ .reason = "no_rule" }, settings, error));
}

static bool
give_as (StoreTransaction *transaction, const Allocation *allocation, const Settings *settings,
         const StoreDocument *document, int64_t case_id, const char *keeper, GError **error)
{
  Store *store = store_of (transaction);
  int64_t contact;
  Matter matter = { .store = store, .allocation = allocation, .document = document, .case_id = case_id };
  g_autoptr (StoreCase) the_case = store_case_load (store, case_id, error);
  g_autofree char *former = the_case != NULL ? case_former_owner (store, the_case, error) : NULL;
  if (former == NULL)
    return false;
  g_autoptr (StoreReceipt) receipt = store_receipt_of (store, document->id, error);
  if (receipt == NULL || !store_case_contact (store, case_id, &contact, error)
      || !dk_day_in_zone (dk_now_us (), settings->zone, &matter.today, error))
    return false;
  g_autoptr (StoreContact) person = contact != 0 ? store_contact_load (store, contact, error) : NULL;
  g_autofree char *existing = NULL;
  if (contact != 0 && (person == NULL || !store_contact_owner (store, person->root, case_id, &existing, error)))
    return false;
  matter.profile = receipt->profile;
  matter.region = person == NULL ? NULL : *person->region != '\0' ? person->region : person->country;
  matter.existing = existing;
  matter.former = former;
  return give (transaction, &matter, keeper, settings, error);
}

bool
allocation_apply (StoreTransaction *transaction, const Allocation *allocation, const Settings *settings,
                  const StoreDocument *document, int64_t case_id, GError **error)
{
  g_autoptr (StoreCase) the_case = store_case_load (store_of (transaction), case_id, error);
  if (the_case == NULL)
    return false;
  return (allocation_rules (allocation)->len == 0 && the_case->stage < 2)
         || give_as (transaction, allocation, settings, document, case_id, NULL, error);
}

bool
allocation_split (StoreTransaction *transaction, const Allocation *allocation, const Settings *settings,
                  const StoreDocument *document, int64_t case_id, const char *owner, GError **error)
{
  bool can = *owner != '\0' && (allocation_users (allocation)->len == 0 || allocation_user (allocation, owner) != NULL);
  return can ? give_as (transaction, allocation, settings, document, case_id, owner, error)
             : allocation_apply (transaction, allocation, settings, document, case_id, error);
}
