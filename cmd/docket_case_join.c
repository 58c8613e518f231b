/* docket case join and split - which letters belong together. */
#include "base/messages.h"
#include "cases/register.h"
#include "cmd/docket_case.h"
#include "cmd/say.h"
#include "pipeline/stages.h"
#include "pipeline/wake.h"
#include <string.h>

static bool
is_registered (const StoreDocument *document, GError **error)
{
  return document->case_id != 0 || dk_refuse (error, DK_ERROR_USAGE, "unregistered", "l", document->id);
}

/* Prints what became of the document that was @before. */
static bool
tell (const CaseCommand *it, const StoreDocument *before, const char *key, GError **error)
{
  g_autoptr (StoreDocument) now = store_document_load (it->store, before->id, error);
  if (now == NULL)
    return false;
  if (it->command.json)
    command_print_json (
        json_pack ("{s:I, s:s, s:s}", "document", (json_int_t)now->id, "was", before->number, "number", now->number));
  else
    say (it->command.language, key, "ss", before->number, now->number);
  pipeline_wake (it->store);
  return true;
}

/* The case that @text names, by its number or by a document of it. One without a letter has its number alone. */
static bool
find_case (const CaseCommand *it, const char *text, int64_t *case_id, GError **error)
{
  g_autoptr (StoreCase) the_case = strpbrk (text, "/#") == NULL ? store_case_find (it->store, text, false, NULL) : NULL;
  if (the_case != NULL)
    return *case_id = the_case->id, true;
  g_autoptr (StoreDocument) of_case = say_find_document (it->command.language, it->store, text, error);
  if (of_case == NULL || !is_registered (of_case, error))
    return false;
  *case_id = of_case->case_id;
  return true;
}

static bool
change (const CaseCommand *it, const char *act, const StoreDocument *document, int64_t case_id, GError **error)
{
  g_autofree char *actor = command_actor ();
  g_autoptr (Register) rules = case_command_rules (it, error);
  g_autoptr (StoreTransaction) transaction = rules != NULL ? store_begin (it->store, actor, error) : NULL;
  if (transaction == NULL)
    return false;
  bool changed = strcmp (act, "join") == 0
                     ? register_join (transaction, rules, document, case_id, PIPELINE_STAGE_NAMING, error)
                     : register_split (transaction, rules, document, PIPELINE_STAGE_NAMING, error);
  return changed && store_commit (g_steal_pointer (&transaction), error);
}

bool
case_join (const CaseCommand *it, const char *document, const char *number, GError **error)
{
  int64_t case_id = 0;
  g_autoptr (StoreDocument) found = say_find_document (it->command.language, it->store, document, error);
  return found != NULL && is_registered (found, error) && find_case (it, number, &case_id, error)
         && change (it, "join", found, case_id, error) && tell (it, found, "case.joined", error);
}

bool
case_split (const CaseCommand *it, const char *document, GError **error)
{
  g_autoptr (StoreDocument) found = say_find_document (it->command.language, it->store, document, error);
  return found != NULL && is_registered (found, error) && change (it, "split", found, 0, error)
         && tell (it, found, "case.split", error);
}
