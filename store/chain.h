/* store/chain.h - what was done in a case, in order: acts with where they lead, alerts, pointers to outside systems.
 * What an act means and whether it may happen stands in cases/. */
#pragma once
#include "store/case.h"

typedef struct
{
  const char *act, *reason; /* codes of cases/status.h */
  const char *day;          /* ISO: the civil date of it */
  const char *channel;      /* "phone" "counter" "paper" …, or "" */
  bool gratitude;
  int64_t document;     /* what it is about or was sent, 0: none */
  const char *text;     /* what was said or why; personal; NULL: nothing */
  const char *subject;  /* who it concerns: the new owner, the case merged into …; "" */
  const StoreCase *now; /* where it leads: status, reason, outcome, cause, owner, round, unanswered, told, closed,
                           merged_into are noted with it */
} StoreAct;
/* Appends the act to the case @case_id. */
bool store_case_act (StoreTransaction *transaction, int64_t case_id, const StoreAct *act, GError **error);

/* An entry of the chain; of ledger entries about the case that are no acts, act is the activity's name. */
typedef struct
{
  int64_t seq, time_us, document;
  char *actor, *act, *reason, *day, *channel, *text, *subject;
  bool gratitude;
} StoreChainEntry;
/* In order, those after the entry @after; of StoreChainEntry, owned by the caller. */
GPtrArray *store_case_chain (Store *store, int64_t case_id, int64_t after, GError **error);

typedef struct
{
  int64_t id, case_id;
  char *number; /* of the case */
  char *due, *owner, *text;
  bool done;
} StoreAlert;
void store_alert_free (StoreAlert *alert);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreAlert, store_alert_free)
/* Reminds @owner of the case on the day @due (ISO); *@id is the alert's. */
bool store_alert_set (StoreTransaction *transaction, int64_t case_id, const char *due, const char *owner,
                      const char *text, int64_t *id, GError **error);
/* Moves an alert to @due, or ends it where that is NULL. Fails with NOT_FOUND for one that is done or never was. */
bool store_alert_move (StoreTransaction *transaction, int64_t alert, const char *due, GError **error);
/* Alerts that are not done, of a case or, for 0, of all, by due date; at most @limit (0: all) of those behind the alert
 * @after (0: from the first). Owned by the caller. */
GPtrArray *store_alerts (Store *store, int64_t case_id, unsigned limit, int64_t after, GError **error);

typedef struct
{
  int64_t id;
  char *uri, *label;
} StoreLink;
void store_link_free (StoreLink *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreLink, store_link_free)
bool store_link_add (StoreTransaction *transaction, int64_t case_id, const char *uri, const char *label,
                     GError **error);
bool store_link_remove (StoreTransaction *transaction, int64_t case_id, int64_t link, GError **error);
GPtrArray *store_links (Store *store, int64_t case_id, GError **error);
