/* cases/register_work.c - what is done in a case by the rules: letters are written, new owners told, clocks set. */
#include "base/messages.h"
#include "cases/automatic.h"
#include "cases/handover.h"
#include "cases/register_internal.h"
#include "store/decision.h"
#include <string.h>

static bool
hand_over (StoreTransaction *transaction, const Register *rules, const StoreCase *before, const CaseWork *work,
           GError **error)
{
  const Calendar *calendar = register_calendar (rules->settings->calendar, (gpointer)(uintptr_t)rules);
  return handover_tell (transaction, rules->allocation, calendar, rules->settings, before->id, before->owner,
                        work->owner, work->text, error);
}

/* What the act asks of those who watch, once it is done. */
static bool
follow (StoreTransaction *transaction, const Register *rules, const StoreCase *before, const CaseWork *work,
        GError **error)
{
  if (!handover_settle (transaction, before->id, case_act_name (work->act), error))
    return false;
  if (work->act == CASE_TRANSFER)
    return hand_over (transaction, rules, before, work, error);
  return work->act != CASE_AUTO
         || automatic_watch (transaction, rules->settings, before->id, work->reason != NULL ? work->reason : "", error);
}

static bool
refuse_unanswered (const char *why, const char *what, GError **error)
{
  return dk_refuse (error, DK_ERROR_USAGE, "answer_owed", "ss", why, what);
}

/* Only a case whose letters were all understood, of which none complains and to which no law wants an answer, may end
 * without one. */
static bool
may_stay_unanswered (Store *store, const StoreCase *the_case, GError **error)
{
  g_autoptr (GArray) ids = store_case_documents (store, the_case->id, error);
  g_autoptr (GPtrArray) deadlines = ids != NULL ? store_deadlines (store, the_case->id, error) : NULL;
  for (guint i = 0; deadlines != NULL && i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_auto (GStrv) kinds = store_decided_kinds (store, id, error);
      g_autofree char *name = g_strdup_printf ("#%" G_GINT64_FORMAT, (gint64)id);
      if (kinds == NULL)
        return false;
      if (*kinds == NULL || g_strv_contains ((const char *const *)kinds, "complaint"))
        return refuse_unanswered (*kinds == NULL ? "unread" : "complaint", name, error);
    }
  for (guint i = 0; deadlines != NULL && i < deadlines->len; i++)
    {
      const StoreDeadline *deadline = deadlines->pdata[i];
      if (!store_deadline_is_over (deadline) && g_strcmp0 (deadline->clock, "service") != 0)
        return refuse_unanswered ("law", deadline->kind, error);
    }
  return deadlines != NULL;
}

/* Whether what @work closes may be closed, as far as its letters tell. */
static bool
may_end (Store *store, const Register *rules, const StoreCase *the_case, const CaseWork *work, GError **error)
{
  if (work->act != CASE_CLOSE)
    return true;
  if (g_strcmp0 (work->reason, "no_answer_needed") == 0)
    return may_stay_unanswered (store, the_case, error);
  return g_strcmp0 (work->reason, "resolved") != 0
         || letter_may_close (store, rules->letters, the_case, rules->settings, error);
}

/* Does @work, which has its whole text. */
static bool
do_work (StoreTransaction *transaction, const Register *rules, const StoreCase *before, const CaseWork *work,
         GError **error)
{
  const CaseHouse house = { .zone = rules->settings->zone, .limits = CASE_LIMITS_DEFAULT };
  return (work->act != CASE_TRANSFER || work->owner == NULL || handover_check (rules->allocation, work->owner, error))
         && may_end (store_of (transaction), rules, before, work, error)
         && case_work (transaction, before->id, work, &house, error)
         && follow (transaction, rules, before, work, error);
}

/* Who signs: the owner as people call them, else who writes, if that is a user: the login of a machine signs nothing.
 */
static const char *
signer (const Register *rules, const StoreCase *the_case, const char *writer)
{
  const char *name = *the_case->owner != '\0' ? the_case->owner : writer;
  const User *user = allocation_user (rules->allocation, name);
  if (user != NULL && user->title != NULL)
    return user->title;
  return user != NULL || *the_case->owner != '\0' ? name : "";
}

bool
register_letter_of (Store *store, const Register *rules, const StoreCase *the_case, const CaseWork *work,
                    const char *writer, LetterWritten *written, GError **error)
{
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (rules->config, error);
  const LetterOrder order = { .settings = rules->settings,
                              .vocabulary = vocabulary,
                              .name = work->letter,
                              .act = work->act,
                              .reason = work->reason != NULL ? work->reason : "",
                              .language = work->language,
                              .text = work->text,
                              .until = work->until,
                              .owner = signer (rules, the_case, writer) };
  return vocabulary != NULL && letter_write (store, rules->letters, the_case, &order, written, error);
}

/* Does @work with the letter that it names. */
static bool
do_letter (StoreTransaction *transaction, const Register *rules, const StoreCase *before, const CaseWork *work,
           GError **error)
{
  CaseWork whole = *work;
  g_auto (LetterWritten) written = { 0 };
  const char *actor = store_actor (transaction);
  const char *writer = g_str_has_prefix (actor, "user:") ? actor + strlen ("user:") : "";
  if (!case_is_at (before, work->version, error)
      || !register_letter_of (store_of (transaction), rules, before, work, writer, &written, error))
    return false;
  whole.text = written.text;
  whole.language = written.language;
  whole.blocks = written.blocks;
  return do_work (transaction, rules, before, &whole, error);
}

/* The letter that ends a case is its final answer, and with it the case is closed. */
static bool
do_final_and_close (StoreTransaction *transaction, const Register *rules, const StoreCase *before, const CaseWork *work,
                    GError **error)
{
  CaseWork final = *work, close = *work;
  final.act = CASE_FINAL;
  final.reason = "";
  close.letter = close.language = close.text = close.channel = NULL;
  close.attachments = NULL;
  close.version = 0;
  if (g_strcmp0 (work->reason, "resolved") != 0)
    return dk_refuse (error, DK_ERROR_USAGE, "close_letter", "");
  if (!do_letter (transaction, rules, before, &final, error))
    return false;
  g_autoptr (StoreCase) answered = store_case_load (store_of (transaction), before->id, error);
  return answered != NULL && do_work (transaction, rules, answered, &close, error);
}

bool
register_work (StoreTransaction *transaction, const Register *rules, int64_t case_id, const CaseWork *work,
               GError **error)
{
  g_autoptr (StoreCase) before = store_case_load (store_of (transaction), case_id, error);
  if (before == NULL)
    return false;
  bool done = work->letter == NULL      ? do_work (transaction, rules, before, work, error)
              : work->act == CASE_CLOSE ? do_final_and_close (transaction, rules, before, work, error)
                                        : do_letter (transaction, rules, before, work, error);
  return done && register_set_deadlines (transaction, rules, case_id, error);
}

const Letters *
register_letters (const Register *rules)
{
  return rules->letters;
}
