#include "cases/deadline_happened.h"
#include "cases/work.h"
#include <string.h>

DeadlineMoment
deadline_moment_of (int64_t time_us, const char *name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) at = zone != NULL && utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (at == NULL)
    return (DeadlineMoment){ (DkDay)(time_us / (INT64_C (86400) * G_USEC_PER_SEC)), -1 };
  return (DeadlineMoment){
    dk_day (g_date_time_get_year (at), g_date_time_get_month (at), g_date_time_get_day_of_month (at)),
    g_date_time_get_hour (at) * 60 + g_date_time_get_minute (at),
  };
}

void
happened_clear (Happened *happened)
{
  g_clear_pointer (&happened->events, g_array_unref);
  g_clear_pointer (&happened->pauses, g_array_unref);
  g_clear_pointer (&happened->conditions, g_ptr_array_unref);
}
/* What an act is to the clocks of its stage: a word to the customer acknowledges, a holding letter extends. */
static const char *const *
events_of_act (CaseAct act, unsigned stage)
{
  static const char *const none[] = { NULL }, *const refer[] = { "referral", NULL };
  static const char *const word[2][3] = { { "ack", "first", NULL }, { "review-ack", NULL } };
  static const char *const holding[2][5]
      = { { "ack", "first", "holding", "extension", NULL }, { "review-ack", "review-extension", NULL } };
  static const char *const final[2][4] = { { "ack", "first", "final", NULL }, { "review-ack", "final", NULL } };
  switch (act)
    {
    case CASE_ASK:
    case CASE_TELL:
      return word[stage > 1];
    case CASE_HOLD:
      return holding[stage > 1];
    case CASE_FINAL:
      return final[stage > 1];
    case CASE_REFER:
      return refer;
    default:
      return none;
    }
}

/* A duty that not every case has: that it holds, and that it holds no more. */
static void
note_condition (GPtrArray *conditions, const StoreChainEntry *entry)
{
  guint at;
  bool known = g_ptr_array_find_with_equal_func (conditions, entry->reason, g_str_equal, &at);
  if (strcmp (entry->subject, "off") == 0 && known)
    g_ptr_array_remove_index (conditions, at);
  else if (strcmp (entry->subject, "off") != 0 && !known)
    g_ptr_array_add (conditions, g_strdup (entry->reason));
}

static void
note_entry (Happened *happened, const StoreChainEntry *entry, unsigned stage, const char *zone)
{
  CaseAct act = case_act_parse (entry->act);
  DeadlineMoment at = deadline_moment_of (entry->time_us, zone);
  DkDay day = dk_day_parse (entry->day);
  if (day != DK_DAY_NONE && day != at.day)
    at = (DeadlineMoment){ day, -1 };
  for (const char *const *name = events_of_act (act, stage); *name != NULL; name++)
    {
      ChainEvent event = { *name, at };
      g_array_append_val (happened->events, event);
    }
  if (act == CASE_CLOCK)
    note_condition (happened->conditions, entry);
  if (act == CASE_HOLD && *entry->subject != '\0')
    {
      happened->told = at.day;
      happened->promised = dk_day_parse (entry->subject);
    }
}

bool
happened_read (Store *store, const StoreCase *the_case, const char *zone, Happened *happened, GError **error)
{
  const CaseHouse house = { zone, CASE_LIMITS_DEFAULT };
  g_autoptr (CaseState) state = case_state_load (store, the_case->id, &house, error);
  g_autoptr (GPtrArray) chain = state != NULL ? store_case_chain (store, the_case->id, 0, error) : NULL;
  if (chain == NULL)
    return false;
  happened->closed = state->status == CASE_CLOSED;
  happened->round = state->round;
  happened->resumed = state->round > 1 && !state->final_sent ? state->resumed : DK_DAY_NONE;
  happened->promised = DK_DAY_NONE;
  happened->conditions = g_ptr_array_new_with_free_func (g_free);
  happened->events = g_array_new (FALSE, FALSE, sizeof (ChainEvent));
  happened->pauses = g_array_new (FALSE, FALSE, sizeof (DeadlinePause));
  for (guint i = 0; i < chain->len; i++)
    note_entry (happened, chain->pdata[i], the_case->stage, zone);
  g_ptr_array_add (happened->conditions, NULL);
  for (guint i = 0; i < state->pauses->len; i++)
    {
      const CasePause *span = &g_array_index (state->pauses, CasePause, i);
      DeadlinePause pause = { deadline_moment_of (span->from_us, zone), { DK_DAY_NONE, -1 } };
      if (span->to_us != 0)
        pause.to = deadline_moment_of (span->to_us, zone);
      g_array_append_val (happened->pauses, pause);
    }
  return true;
}
