/* docket case escalate and unescalate - the second stage of a complaint. */
#include "cases/register.h"
#include "cmd/docket_case.h"
#include "cmd/say.h"
#include "pipeline/stages.h"
#include <string.h>

/* The letter NUMBER/n that asks for the review; NULL where @text names the case alone. */
static bool
find_letter (const CaseCommand *it, const char *text, StoreDocument **letter, GError **error)
{
  *letter = strchr (text, '/') != NULL ? say_find_document (it->command.language, it->store, text, error) : NULL;
  return *letter != NULL || strchr (text, '/') == NULL;
}

bool
case_escalate (const CaseCommand *it, const StoreCase *first, const char *text, const CaseStage *how, int64_t *id,
               GError **error)
{
  g_autofree char *actor = command_actor ();
  g_autoptr (StoreDocument) letter = NULL;
  if (!find_letter (it, text, &letter, error))
    return false;
  const RegisterReview review = { .first = first->id,
                                  .letter = letter,
                                  .asked = how->asked,
                                  .text = how->text,
                                  .channel = how->channel,
                                  .next = PIPELINE_STAGE_NAMING,
                                  .version = how->version };
  g_autoptr (Register) rules = case_command_rules (it, error);
  g_autoptr (StoreTransaction) transaction = rules != NULL ? store_begin (it->store, actor, error) : NULL;
  return transaction != NULL && register_escalate (transaction, rules, &review, id, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

bool
case_unescalate (const CaseCommand *it, const StoreCase *second, const CaseStage *how, GError **error)
{
  g_autofree char *actor = command_actor ();
  g_autoptr (Register) rules = case_command_rules (it, error);
  g_autoptr (StoreTransaction) transaction = rules != NULL ? store_begin (it->store, actor, error) : NULL;
  return transaction != NULL && register_unescalate (transaction, rules, second->id, how->text, error)
         && store_commit (g_steal_pointer (&transaction), error);
}
