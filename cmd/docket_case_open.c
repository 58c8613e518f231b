/* docket case open - a case of what somebody said on the telephone or at the counter: it has its number at once. */
#include "base/messages.h"
#include "capture/typed.h"
#include "cases/contact.h"
#include "cases/register.h"
#include "cmd/correct.h"
#include "cmd/docket_case.h"
#include "pipeline/wake.h"
#include <string.h>

typedef struct
{
  CaseCommand shared;
  char *text, *channel, *on;
  char **set, **attach;
} OpenOptions;

static void
open_options_clear (OpenOptions *options)
{
  case_command_clear (&options->shared);
  g_free (options->text);
  g_free (options->channel);
  g_free (options->on);
  g_strfreev (options->set);
  g_strfreev (options->attach);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (OpenOptions, open_options_clear)

/* What the person says of it; without a word on its kind it is a complaint, so that the clocks run. */
static bool
note_values (const OpenOptions *options, StoreTransaction *transaction, int64_t document, GError **error)
{
  bool kind = false;
  for (char **pair = options->set; pair != NULL && *pair != NULL; pair++)
    {
      kind |= g_str_has_prefix (*pair, "kind=");
      if (!correct_value (options->shared.config, transaction, document, *pair, error))
        return false;
    }
  return kind || correct_value (options->shared.config, transaction, document, "kind=complaint", error);
}

/* The first entry of its chain: who said what, with what they brought. */
static bool
note_said (const OpenOptions *options, StoreTransaction *transaction, const Register *rules,
           const StoreDocument *document, const StoreArrival *arrival, GError **error)
{
  g_autoptr (GPtrArray) attachments = NULL;
  if (!case_keep_files (&options->shared, options->attach, &attachments, error))
    return false;
  const CaseWork work = { .act = CASE_HEAR,
                          .text = options->text,
                          .channel = options->channel,
                          .day = arrival->received,
                          .document = document->id,
                          .attachments = attachments };
  return register_work (transaction, rules, document->case_id, &work, error);
}

static bool
open_case (const OpenOptions *options, const StoreArrival *arrival, StoreTransaction *transaction, int64_t *case_id,
           GError **error)
{
  StoreTaken taken;
  g_autoptr (Register) rules = case_command_rules (&options->shared, error);
  if (rules == NULL || !store_receipt_take (transaction, arrival, &taken, error)
      || !note_values (options, transaction, taken.document, error))
    return false;
  g_autofree char *received = dk_day_format (arrival->received);
  g_autoptr (StoreDocument) document = store_document_load (options->shared.store, taken.document, error);
  if (document == NULL
      || !register_document (transaction, rules, document, received, arrival->owner, STORE_STAGE_FIRST, error))
    return false;
  g_autoptr (StoreDocument) now = store_document_load (options->shared.store, taken.document, error);
  if (now == NULL || !note_said (options, transaction, rules, now, arrival, error))
    return false;
  *case_id = now->case_id;
  return true;
}

static bool
run (OpenOptions *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_STRING, &options->text, "What was said; - reads it", "TEXT" },
    { "channel", 0, 0, G_OPTION_ARG_STRING, &options->channel, "How: phone, counter …", "C" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->set,
      "What you know: kind, subject, sender, email, phone, customer_no …; may be repeated", "NAME=VALUE" },
    { "on", 0, 0, G_OPTION_ARG_STRING, &options->on, "The day it was said; else today", "DATE" },
    { "attach", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->attach, "A file that came with it; may be repeated",
      "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  CaptureTyped typed = { .received = DK_DAY_NONE };
  StoreArrival arrival;
  int64_t id;
  if (!command_parse (&options->shared.command, entries, NULL,
                      "Opens a case of what somebody said on the telephone or at the counter. It is a complaint unless "
                      "--set kind=… says otherwise.",
                      &argc, &argv, error))
    return false;
  if (options->channel == NULL || options->text == NULL)
    return command_lacks ("case", "open", options->channel == NULL ? "--channel" : "--text", error);
  if (!case_check_channel (options->channel, error) || !case_read_text (&options->text, error)
      || !case_find_day ("--on", options->on, &typed.received, error) || !case_command_open (&options->shared, error))
    return false;
  typed.channel = options->channel;
  typed.text = options->text;
  g_autofree char *actor = command_actor ();
  g_autoptr (StoreTransaction) transaction = NULL;
  if (!capture_typed (options->shared.store, options->shared.settings, &typed, &arrival, error)
      || (transaction = store_begin (options->shared.store, actor, error)) == NULL
      || !open_case (options, &arrival, transaction, &id, error)
      || !store_commit (g_steal_pointer (&transaction), error))
    return false;
  pipeline_wake (options->shared.store);
  g_autoptr (StoreCase) now = store_case_load (options->shared.store, id, error);
  return now != NULL && case_show (&options->shared, now, error);
}

int
docket_case_open (int argc, char **argv)
{
  g_auto (OpenOptions) options = { 0 };
  g_autoptr (GError) error = NULL;
  run (&options, argc, argv, &error);
  return command_end ("case open", error);
}
