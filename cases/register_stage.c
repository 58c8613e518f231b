/* cases/register_stage.c - the second stage of a complaint: what the customer, who has our final answer, asks to be
 * looked at again by somebody else. It is a case of its own, whose parent is the first. */
#include "base/messages.h"
#include "cases/contact.h"
#include "cases/handover.h"
#include "cases/register_internal.h"
#include "store/decision.h"
#include <string.h>

/* --- whether it may be --- */

/* The duties that hold for the complaint of @first when something is asked on @day. */
static GPtrArray *
duties_of (Store *store, const Register *rules, const StoreCase *first, DkDay day, GError **error)
{
  const DeadlineHouse house = register_house (rules);
  g_autoptr (StoreDocument) complaint = NULL;
  g_autofree char *received = NULL;
  if (!register_leading (store, first->id, &complaint, &received, error))
    return NULL;
  return complaint != NULL ? deadline_policies (store, &house, complaint, day, error) : g_ptr_array_new ();
}

bool
register_has_condition (Store *store, const Register *rules, const StoreCase *the_case, const char *kind,
                        GError **error)
{
  bool second = the_case->stage > 1;
  g_autoptr (StoreCase) first = store_case_load (store, second ? the_case->parent : the_case->id, error);
  g_autoptr (GPtrArray) duties
      = first != NULL ? duties_of (store, rules, first, dk_day_parse (the_case->received), error) : NULL;
  g_autoptr (GString) others = g_string_new (NULL);
  if (duties == NULL)
    return false;
  for (guint i = 0; i < duties->len; i++)
    {
      const Policy *policy = duties->pdata[i];
      if (!policy->conditional || (policy->stage > 1) != second)
        continue;
      if (strcmp (policy->kind, kind) == 0)
        return true;
      g_string_append_printf (others, " %s", policy->kind);
    }
  return dk_refuse (error, DK_ERROR_USAGE, "no_condition", "ss", kind,
                    others->len > 0 ? g_strchug (others->str) : "none");
}

static bool
has_second_stage (const Register *rules, const GPtrArray *duties)
{
  bool has = rules->settings->second_stage;
  for (guint i = 0; i < duties->len; i++)
    has |= ((const Policy *)duties->pdata[i])->stage > 1;
  return has;
}

/* The last day on which a pack lets a review be asked for after the answer of @final; DK_DAY_NONE where it does not
 * say.
 */
static DkDay
last_day (const Register *rules, const Policy *policy, DkDay final)
{
  const DeadlineHouse house = register_house (rules);
  const Calendar *calendar = house.calendar_of (policy_calendar (policy, rules->settings->calendar), house.data);
  if (policy->review_within.count == 0 || calendar == NULL)
    return DK_DAY_NONE;
  const DeadlineTerms terms = { .rule = policy->review_within };
  g_autoptr (Deadline) end
      = deadline_of (&terms, calendar, (DeadlineMoment){ final, -1 }, rules->settings->zone, NULL, 0);
  return end->due;
}

static bool
is_in_time (const Register *rules, const GPtrArray *duties, DkDay final, DkDay asked, GError **error)
{
  for (guint i = 0; i < duties->len; i++)
    {
      const Policy *policy = duties->pdata[i];
      DkDay last = last_day (rules, policy, final);
      if (last == DK_DAY_NONE || asked <= last)
        continue;
      g_autofree char *day = dk_day_format (last), *answered = dk_day_format (final);
      g_autofree char *rule = deadline_rule_format (policy->review_within);
      return dk_refuse (error, DK_ERROR_USAGE, "review_late", "ssss", day, policy->pack, rule, answered);
    }
  return true;
}

static bool
is_first (Store *store, const StoreCase *first, GError **error)
{
  int64_t id;
  if (first->stage > 1)
    return dk_refuse (error, DK_ERROR_USAGE, "no_third", "s", first->number);
  if (!store_case_review (store, first->id, &id, error))
    return false;
  g_autoptr (StoreCase) review = id != 0 ? store_case_load (store, id, error) : NULL;
  return id == 0 || (review != NULL && dk_refuse (error, DK_ERROR_USAGE, "second_stage_is", "s", review->number));
}

bool
register_may_escalate (Store *store, const Register *rules, const StoreCase *first, DkDay asked, GError **error)
{
  const CaseHouse house = { .zone = rules->settings->zone, .limits = CASE_LIMITS_DEFAULT };
  const CaseEvent event = { .act = CASE_ESCALATE, .day = asked, .reason = "" };
  if (!is_first (store, first, error))
    return false;
  g_autoptr (CaseState) state = case_state_load (store, first->id, &house, error);
  g_autoptr (GPtrArray) duties = state != NULL ? duties_of (store, rules, first, asked, error) : NULL;
  if (duties == NULL)
    return false;
  if (!has_second_stage (rules, duties))
    return dk_refuse (error, DK_ERROR_USAGE, "no_second_stage", "s", first->number);
  return case_state_allows (state, &event, &house.limits, error)
         && is_in_time (rules, duties, state->final, asked, error);
}

/* --- opening it --- */

/* The customer is that of the first stage. */
static bool
take_contact (StoreTransaction *transaction, int64_t from, int64_t to, GError **error)
{
  int64_t contact;
  return store_case_contact (store_of (transaction), from, &contact, error)
         && (contact == 0 || store_case_set_contact (transaction, to, contact, 1, "review", 0, error));
}

/* Opens it with the letter, whichever case that is in, or with none. */
static bool
open_with (StoreTransaction *transaction, StoreCase *second, const RegisterReview *review, GError **error)
{
  const StoreDocument *letter = review->letter;
  if (letter == NULL || letter->case_id == 0)
    return store_case_open (transaction, second, letter != NULL ? letter->id : 0, review->next, error);
  if (letter->case_id != review->first)
    return dk_refuse (error, DK_ERROR_USAGE, "other_case", "s", letter->number);
  return store_case_split (transaction, second, letter->id, review->next, error);
}

/* To whom it goes is decided as for the complaint, by its letter. */
static bool
settle_in (StoreTransaction *transaction, const Register *rules, int64_t first, int64_t second, GError **error)
{
  g_autoptr (StoreDocument) complaint = NULL;
  g_autofree char *received = NULL;
  return take_contact (transaction, first, second, error)
         && register_leading (store_of (transaction), first, &complaint, &received, error)
         && (complaint == NULL
             || allocation_apply (transaction, rules->allocation, rules->settings, complaint, second, error))
         && register_set_deadlines (transaction, rules, first, error);
}

static StoreCase *
new_second (StoreTransaction *transaction, const Register *rules, const RegisterReview *review, DkDay asked,
            GError **error)
{
  g_autofree char *received = dk_day_format (asked);
  StoreCase *second = register_new_case (transaction, rules, received, "", error);
  if (second != NULL)
    {
      second->stage = 2;
      second->parent = review->first;
    }
  return second;
}

bool
register_escalate (StoreTransaction *transaction, const Register *rules, const RegisterReview *review, int64_t *id,
                   GError **error)
{
  const CaseHouse house = { .zone = rules->settings->zone, .limits = CASE_LIMITS_DEFAULT };
  DkDay today, asked = review->asked;
  g_autoptr (StoreCase) first = store_case_load (store_of (transaction), review->first, error);
  if (first == NULL || !dk_day_in_zone (dk_now_us (), house.zone, &today, error))
    return false;
  if (asked == DK_DAY_NONE || asked > today)
    asked = today;
  if (!register_may_escalate (store_of (transaction), rules, first, asked, error))
    return false;
  g_autoptr (StoreCase) second = new_second (transaction, rules, review, asked, error);
  if (second == NULL || !open_with (transaction, second, review, error))
    return false;
  *id = second->id;
  const CaseWork work = { .act = CASE_ESCALATE,
                          .text = review->text,
                          .channel = review->channel,
                          .day = asked,
                          .other = second->number,
                          .document = review->letter != NULL ? review->letter->id : 0,
                          .version = review->version };
  return case_work (transaction, first->id, &work, &house, error)
         && handover_settle (transaction, first->id, "escalate", error)
         && settle_in (transaction, rules, first->id, second->id, error);
}

/* --- taking it back --- */

bool
register_unescalate (StoreTransaction *transaction, const Register *rules, int64_t id, const char *text, GError **error)
{
  const CaseHouse house = { .zone = rules->settings->zone, .limits = CASE_LIMITS_DEFAULT };
  g_autoptr (StoreCase) second = store_case_load (store_of (transaction), id, error);
  if (second == NULL)
    return false;
  if (second->stage < 2)
    return dk_refuse (error, DK_ERROR_USAGE, "not_second", "s", second->number);
  const CaseWork work = { .act = CASE_UNESCALATE, .text = text, .day = DK_DAY_NONE, .other = second->number };
  return case_work (transaction, second->parent, &work, &house, error)
         && case_merge_back (transaction, id, second->parent, text, &house, error)
         && register_set_deadlines (transaction, rules, second->parent, error);
}
