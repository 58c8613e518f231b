/* docket case - what people do in a case, and how it stands. */
#include "cmd/docket_case.h"
#include "base/messages.h"
#include "cases/handover.h"
#include "cases/register.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/wake.h"
#include "store/versions.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ALERT_YEARS_MOST 10

static const char summary[]
    = "Shows a case and does things in it.\n\n"
      "  show NUMBER                 how it stands, and everything said and done\n"
      "  list                        open cases, the one to be worked first on top: --status --owner --waiting\n"
      "                              --alert --all --email --name --latest\n"
      "  alerts                      what is to be looked at, and when: --ics for a calendar program\n"
      "  work NUMBER [REASON]        somebody is at it: triage investigating third_party approval\n"
      "  open                        a case of what somebody said; see docket case open --help\n"
      "  note NUMBER                 something is written down, in a closed case too\n"
      "  hear NUMBER                 the customer said something: --channel phone|counter|…, --thanks\n"
      "  auto NUMBER [bounce]        an automatic message came, or ours came back\n"
      "  ask NUMBER REASON           we asked or offered: info_requested offer_made\n"
      "  tell, hold, final NUMBER    we wrote: something, a holding letter (--until DATE), the final answer\n"
      "  remind NUMBER               we reminded a customer who is silent\n"
      "  outcome NUMBER WHAT         upheld partly rejected goodwill none\n"
      "  cause NUMBER SUBJECT        what caused it, a subject of the vocabulary\n"
      "  close NUMBER REASON         resolved withdrawn no_reply out_of_scope spam repeat_no_new_facts\n"
      "                              no_answer_needed; with a final letter: --template\n"
      "  reopen NUMBER               it goes on\n"
      "  transfer NUMBER --to OWNER  to another owner; --text says why\n"
      "  escalate NUMBER             the customer asks for a review of the answer, by the letter NUMBER/n or not:\n"
      "                              a second stage; unescalate takes it back\n"
      "  refer NUMBER --to BODY      the customer went to an outside body\n"
      "  clock NUMBER KIND           a duty that not every case has holds here: final-payments …; --off: it does not\n"
      "  received NUMBER --on DATE   it came on that day; --text says why\n"
      "  alert NUMBER --on DATE      remind the owner; --move ID --on DATE, --done ID\n"
      "  link NUMBER URI             a pointer to another system; --label; --remove ID\n"
      "  attachment NUMBER ID        writes an attachment of it to --out FILE\n"
      "  letter NUMBER [SEQ]         prints the newest letter that was written from a template, or that of an entry\n"
      "  join DOCUMENT NUMBER        the letter belongs to that case\n"
      "  split DOCUMENT              the letter gets a case of its own\n"
      "  merge NUMBER INTO           NUMBER goes on in INTO; unmerge NUMBER takes that back";

typedef struct
{
  CaseCommand shared;
  char *text, *channel, *on, *to, *label, *until, *out, *template, *in;
  char **attach;
  gint64 version, done, move, remove;
  gboolean thanks, ics, off;
  CaseListOptions list;
} Options;

static void
options_clear (Options *options)
{
  case_command_clear (&options->shared);
  g_free (options->text);
  g_free (options->channel);
  g_free (options->on);
  g_free (options->to);
  g_free (options->label);
  g_free (options->until);
  g_free (options->out);
  g_free (options->template);
  g_free (options->in);
  g_strfreev (options->attach);
  g_free (options->list.status);
  g_free (options->list.owner);
  g_free (options->list.alert);
  g_free (options->list.after);
  g_free (options->list.email);
  g_free (options->list.name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What others wrote since the version that was typed, line by line: the chain has letters by their first line alone. */
static void
show_theirs (const Options *options, int64_t case_id)
{
  g_autoptr (GPtrArray) chain = store_case_chain (options->shared.store, case_id, options->version, NULL);
  for (guint i = 0; chain != NULL && i < chain->len; i++)
    {
      const StoreChainEntry *entry = chain->pdata[i];
      if (entry->text == NULL || *entry->status == '\0')
        continue;
      g_autofree char *line = case_entry_line (&options->shared, entry);
      say (options->shared.command.language, "case.theirs", "s", line);
      command_print_lines (entry->text);
    }
}

/* Somebody else was first: how the case stands now, and what was to be written, so that nothing is lost. */
static void
show_conflict (const Options *options, int64_t case_id, const char *act, const char *reason)
{
  g_autoptr (GError) ignored = NULL;
  g_autoptr (StoreCase) now = store_case_load (options->shared.store, case_id, &ignored);
  if (now != NULL)
    case_show (&options->shared, now, &ignored);
  if (options->shared.command.json)
    {
      command_print_json (json_pack ("{s:{s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?}}", "draft", "act", act, "reason",
                                     reason, "text", options->text, "channel", options->channel, "day", options->on,
                                     "to", options->to, "template", options->template));
      return;
    }
  show_theirs (options, case_id);
  if (options->text != NULL)
    {
      say (options->shared.command.language, "case.draft", "");
      command_print_lines (options->text);
    }
}

/* Begins to change the case, unless somebody acted in it since the version that was typed. */
static StoreTransaction *
begin (const Options *options, const StoreCase *the_case, const char *what, const char *word, GError **error)
{
  g_autofree char *actor = command_actor ();
  g_autoptr (StoreTransaction) transaction = store_begin (options->shared.store, actor, error);
  g_autoptr (StoreCase) now = transaction != NULL ? store_case_load (options->shared.store, the_case->id, error) : NULL;
  if (now == NULL)
    return NULL;
  if (case_is_at (now, options->version, error))
    return g_steal_pointer (&transaction);
  g_clear_pointer (&transaction, store_rollback);
  show_conflict (options, the_case->id, what, word);
  return NULL;
}

static bool
commit_and_show (Options *options, StoreTransaction *transaction, int64_t case_id, GError **error)
{
  if (!store_commit (transaction, error))
    return false;
  pipeline_wake (options->shared.store);
  g_autoptr (StoreCase) now = store_case_load (options->shared.store, case_id, error);
  return now != NULL && case_show (&options->shared, now, error);
}

static bool
do_work (Options *options, CaseAct act, const StoreCase *the_case, const char *word, GError **error)
{
  CaseWork work = { .act = act,
                    .reason = word,
                    .text = options->text,
                    .channel = options->channel,
                    .owner = options->to,
                    .letter = options->template,
                    .language = options->in,
                    .day = DK_DAY_NONE,
                    .off = options->off,
                    .gratitude = options->thanks,
                    .version = options->version };
  g_autofree char *actor = command_actor ();
  g_autoptr (GPtrArray) attachments = NULL;
  if (!case_find_day ("--on", options->on, &work.day, error)
      || !case_find_day ("--until", options->until, &work.until, error)
      || (act == CASE_CAUSE && !case_check_cause (options->shared.config, word, error))
      || !case_keep_files (&options->shared, options->attach, &attachments, error))
    return false;
  work.attachments = attachments;
  g_autoptr (Register) rules = case_command_rules (&options->shared, error);
  g_autoptr (StoreTransaction) transaction = rules != NULL ? store_begin (options->shared.store, actor, error) : NULL;
  if (transaction == NULL)
    return false;
  GError *failed = NULL;
  if ((act != CASE_CLOCK || register_has_condition (options->shared.store, rules, the_case, word, &failed))
      && register_work (transaction, rules, the_case->id, &work, &failed))
    return commit_and_show (options, g_steal_pointer (&transaction), the_case->id, error);
  g_clear_pointer (&transaction, store_rollback);
  if (g_error_matches (failed, DK_ERROR, DK_ERROR_STALE))
    show_conflict (options, the_case->id, case_act_name (act), word);
  g_propagate_error (error, failed);
  return false;
}

static bool
has_alert (const Options *options, const StoreCase *the_case, int64_t id, GError **error)
{
  g_autoptr (GPtrArray) alerts
      = store_alerts (options->shared.store, &(StoreAlertsFilter){ .case_id = the_case->id, .whole = true }, error);
  for (guint i = 0; alerts != NULL && i < alerts->len; i++)
    if (((const StoreAlert *)alerts->pdata[i])->id == id)
      return true;
  return alerts != NULL && dk_refuse (error, DK_ERROR_NOT_FOUND, "no_alert", "sl", the_case->number, id);
}

/* The name of who is at the terminal, as owners and users have it. Lent by @actor. */
const char *
case_writer (const char *actor)
{
  const char *colon = strchr (actor, ':');
  return colon != NULL ? colon + 1 : actor;
}

static bool
do_alert (Options *options, const StoreCase *the_case, GError **error)
{
  DkDay day = DK_DAY_NONE;
  int64_t id;
  g_autofree char *actor = command_actor ();
  if (!case_find_day ("--on", options->on, &day, error))
    return false;
  if (options->done == 0 && day == DK_DAY_NONE)
    return dk_refuse (error, DK_ERROR_USAGE, "alert_day", "");
  if (options->done == 0 && day < options->shared.today)
    return dk_refuse (error, DK_ERROR_USAGE, "alert_past", "s", options->on);
  if (day > dk_day_add_months (options->shared.today, 12 * ALERT_YEARS_MOST))
    return dk_refuse (error, DK_ERROR_USAGE, "alert_far", "sd", options->on, ALERT_YEARS_MOST);
  if ((options->done != 0 || options->move != 0)
      && !has_alert (options, the_case, options->done != 0 ? options->done : options->move, error))
    return false;
  g_autoptr (StoreTransaction) transaction = begin (options, the_case, "alert", "", error);
  const char *owner = options->to != NULL        ? options->to
                      : *the_case->owner != '\0' ? the_case->owner
                                                 : case_writer (actor);
  const StoreReminder reminder = {
    .case_id = the_case->id, .due = options->on, .owner = owner, .text = options->text != NULL ? options->text : ""
  };
  bool good = transaction != NULL
              && (options->done != 0   ? store_alert_move (transaction, options->done, NULL, error)
                  : options->move != 0 ? store_alert_move (transaction, options->move, options->on, error)
                                       : store_alert_set (transaction, &reminder, &id, error));
  return good && commit_and_show (options, g_steal_pointer (&transaction), the_case->id, error);
}

static bool
do_link (Options *options, const StoreCase *the_case, const char *uri, GError **error)
{
  if (options->remove == 0 && !case_check_pointer (uri, options->label, error))
    return false;
  g_autoptr (StoreTransaction) transaction = begin (options, the_case, "link", uri, error);
  bool good = transaction != NULL
              && (options->remove != 0 ? store_link_remove (transaction, the_case->id, options->remove, error)
                                       : store_link_add (transaction, the_case->id, uri,
                                                         options->label != NULL ? options->label : "", error));
  return good && commit_and_show (options, g_steal_pointer (&transaction), the_case->id, error);
}

static bool
do_merge (Options *options, const StoreCase *the_case, const char *into, GError **error)
{
  g_autoptr (StoreCase) winner
      = say_find_case (options->shared.command.language, options->shared.store, into, false, error);
  g_autoptr (StoreTransaction) transaction = winner != NULL ? begin (options, the_case, "merge", into, error) : NULL;
  return transaction != NULL
         && case_merge (transaction, the_case->id, winner->id, options->text, &options->shared.house, error)
         && handover_settle (transaction, the_case->id, "close", error)
         && commit_and_show (options, g_steal_pointer (&transaction), winner->id, error);
}

static bool
do_unmerge (Options *options, const StoreCase *the_case, GError **error)
{
  g_autoptr (Register) rules = case_command_rules (&options->shared, error);
  g_autoptr (StoreTransaction) transaction = rules != NULL ? begin (options, the_case, "unmerge", "", error) : NULL;
  return transaction != NULL && register_unmerge (transaction, rules, the_case->id, error)
         && commit_and_show (options, g_steal_pointer (&transaction), the_case->id, error);
}

/* Opens a second stage, or takes it back; what is shown then is the case that goes on. */
static bool
do_stage (Options *options, const char *what, const StoreCase *the_case, const char *number, GError **error)
{
  CaseStage how = { options->text, options->channel, DK_DAY_NONE, options->version };
  int64_t id = the_case->parent;
  GError *failed = NULL;
  if (!case_find_day ("--on", options->on, &how.asked, error))
    return false;
  bool done = strcmp (what, "escalate") == 0 ? case_escalate (&options->shared, the_case, number, &how, &id, &failed)
                                             : case_unescalate (&options->shared, the_case, &how, &failed);
  if (g_error_matches (failed, DK_ERROR, DK_ERROR_STALE))
    show_conflict (options, the_case->id, what, "");
  if (!done)
    {
      g_propagate_error (error, failed);
      return false;
    }
  pipeline_wake (options->shared.store);
  g_autoptr (StoreCase) now = store_case_load (options->shared.store, id, error);
  return now != NULL && case_show (&options->shared, now, error);
}

static bool
check (const Options *options, const char *what, char *const *words, int n, GError **error)
{
#define ACTS " work note hear ask tell hold final remind outcome cause close reopen transfer refer clock auto received "
#define SAID " work note hear ask tell hold final remind refer escalate unescalate "
#define LETTERS " ask tell hold final remind close "
  const CaseOption given[] = {
    { "text", options->text != NULL, ACTS "alert merge escalate unescalate " },
    { "channel", options->channel != NULL,
      options->template != NULL ? SAID "close " : SAID }, /* what closes says nothing but by a letter */
    { "attach", options->attach != NULL, ACTS },
    { "version", options->version != 0, ACTS "escalate unescalate alert link merge unmerge " },
    { "on", options->on != NULL, ACTS "alert escalate " },
    { "to", options->to != NULL, " transfer refer alert " },
    { "until", options->until != NULL, " hold " },
    { "template", options->template != NULL, LETTERS },
    { "in", options->in != NULL, LETTERS },
    { "off", options->off, " clock " },
    { "latest", options->list.latest, " list " },
    { "thanks", options->thanks, " hear " },
    { "label", options->label != NULL, " link " },
    { "remove", options->remove != 0, " link " },
    { "done", options->done != 0, " alert " },
    { "move", options->move != 0, " alert " },
    { "out", options->out != NULL, " attachment " },
    { "ics", options->ics, " alerts " },
    { "limit", options->list.limit != 0, " list alerts " },
    { "after", options->list.after != NULL, " list alerts " },
    { "owner", options->list.owner != NULL, " list alerts " },
    { "status", options->list.status != NULL, " list " },
    { "waiting", options->list.waiting != 0, " list " },
    { "alert", options->list.alert != NULL, " list " },
    { "email", options->list.email != NULL, " list " },
    { "name", options->list.name != NULL, " list " },
    { "all", options->list.all, " list " },
  };
  return case_check_words (what, words, n, error) && case_check_options (what, given, G_N_ELEMENTS (given), error)
         && case_check_needed (what, given, G_N_ELEMENTS (given), error)
         && (strcmp (what, "note") != 0 || options->text != NULL || options->attach != NULL
             || command_lacks ("case", what, "--text", error))
         && case_check_channel (options->channel, error)
         && case_check_letter (options->template, options->in, options->on, error);
}

static bool
do_in_case (Options *options, const char *what, const char *number, const char *word, GError **error)
{
  bool itself = strcmp (what, "unmerge") == 0 || strcmp (what, "merge") == 0;
  g_autoptr (StoreCase) the_case
      = say_find_case (options->shared.command.language, options->shared.store, number, itself, error);
  CaseAct act = case_act_parse (what);
  if (the_case == NULL)
    return false;
  if (strcmp (what, "show") == 0)
    return case_show (&options->shared, the_case, error);
  if (strcmp (what, "alert") == 0)
    return do_alert (options, the_case, error);
  if (strcmp (what, "link") == 0)
    return do_link (options, the_case, word, error);
  if (strcmp (what, "letter") == 0)
    return case_print_letter (&options->shared, the_case, word, error);
  if (strcmp (what, "attachment") == 0)
    return case_save_attachment (&options->shared, the_case, word, options->out, error);
  if (strcmp (what, "merge") == 0)
    return do_merge (options, the_case, word, error);
  if (strcmp (what, "unmerge") == 0)
    return do_unmerge (options, the_case, error);
  if (act == CASE_ESCALATE || act == CASE_UNESCALATE)
    return do_stage (options, what, the_case, number, error);
  if (act != CASE_ACTS && act != CASE_OPEN)
    return do_work (options, act, the_case, word, error);
  return dk_refuse (error, DK_ERROR_USAGE, "not_by_number", "s", what);
}

static bool
run (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[]
      = { { "text", 0, 0, G_OPTION_ARG_STRING, &options->text, "What was said, or why; - reads it", "TEXT" },
          { "channel", 0, 0, G_OPTION_ARG_STRING, &options->channel, "phone, counter, email, paper …", "C" },
          { "on", 0, 0, G_OPTION_ARG_STRING, &options->on, "The day it was, or of the alert (2026-11-23)", "DATE" },
          { "until", 0, 0, G_OPTION_ARG_STRING, &options->until,
            "The day by which a holding letter promises the answer", "DATE" },
          { "template", 0, 0, G_OPTION_ARG_STRING, &options->template,
            "ask, tell, hold, final, remind, close: by a letter written from this template", "NAME" },
          { "in", 0, 0, G_OPTION_ARG_STRING, &options->in, "The language of the letter, if not that of the case", "L" },
          { "to", 0, 0, G_OPTION_ARG_STRING, &options->to, "The new owner, whom the alert reminds, or the outside body",
            "OWNER" },
          { "off", 0, 0, G_OPTION_ARG_NONE, &options->off, "clock: the duty does not hold here after all", NULL },
          { "thanks", 0, 0, G_OPTION_ARG_NONE, &options->thanks, "The customer only thanked", NULL },
          { "version", 0, 0, G_OPTION_ARG_INT64, &options->version,
            "Only if nobody acted since the case was at version V", "V" },
          { "attach", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options->attach,
            "A file that was sent or came with it; may be repeated", "FILE" },
          { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "attachment: where to write it", "FILE" },
          { "label", 0, 0, G_OPTION_ARG_STRING, &options->label, "Of a pointer", "TEXT" },
          { "done", 0, 0, G_OPTION_ARG_INT64, &options->done, "The alert that is done", "ID" },
          { "move", 0, 0, G_OPTION_ARG_INT64, &options->move, "The alert to be moved", "ID" },
          { "remove", 0, 0, G_OPTION_ARG_INT64, &options->remove, "The pointer to be removed", "ID" },
          { "status", 0, 0, G_OPTION_ARG_STRING, &options->list.status,
            "list: not_started pending_company pending_customer closed", "S" },
          { "owner", 0, 0, G_OPTION_ARG_STRING, &options->list.owner, "list: of this owner; alerts: who is reminded",
            "OWNER" },
          { "waiting", 0, 0, G_OPTION_ARG_INT, &options->list.waiting, "list: somebody waits N days or longer", "N" },
          { "alert", 0, 0, G_OPTION_ARG_STRING, &options->list.alert, "list: none upcoming today overdue", "A" },
          { "email", 0, 0, G_OPTION_ARG_STRING, &options->list.email, "list: of the customer with this e-mail", "E" },
          { "name", 0, 0, G_OPTION_ARG_STRING, &options->list.name, "list: of customers with these words in a name",
            "W" },
          { "limit", 0, 0, G_OPTION_ARG_INT, &options->list.limit, "list, alerts: no more than N", "N" },
          { "after", 0, 0, G_OPTION_ARG_STRING, &options->list.after, "list, alerts: those behind this one", "NUMBER" },
          { "latest", 0, 0, G_OPTION_ARG_NONE, &options->list.latest, "list: those with the newest act on top", NULL },
          { "all", 0, 0, G_OPTION_ARG_NONE, &options->list.all, "list: closed cases too", NULL },
          { "ics", 0, 0, G_OPTION_ARG_NONE, &options->ics, "alerts: as an iCalendar feed", NULL },
          G_OPTION_ENTRY_NULL };
  if (!command_parse (&options->shared.command, entries, "WHAT NUMBER [WORD]", summary, &argc, &argv, error))
    return false;
  if (argc > 1 && !check (options, argv[1], argv + 2, argc - 2, error))
    return false;
  if (argc == 2 && strcmp (argv[1], "list") == 0)
    return case_command_open (&options->shared, error) && case_list (&options->shared, &options->list, error);
  if (argc == 2 && strcmp (argv[1], "alerts") == 0)
    return case_command_open (&options->shared, error)
           && case_alerts (&options->shared, &options->list, options->ics, error);
  if (argc < 3 || argc > 4)
    return dk_refuse (error, DK_ERROR_USAGE, "name_act", "");
  if (argc == 4 && strcmp (argv[1], "join") == 0)
    return case_command_open (&options->shared, error) && case_join (&options->shared, argv[2], argv[3], error);
  if (argc == 3 && strcmp (argv[1], "split") == 0)
    return case_command_open (&options->shared, error) && case_split (&options->shared, argv[2], error);
  return case_read_text (&options->text, error) && case_command_open (&options->shared, error)
         && do_in_case (options, argv[1], argv[2], argc > 3 ? argv[3] : "", error);
}

int
docket_case (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_auto (Options) options = { 0 };
  if (argc > 1 && strcmp (argv[1], "open") == 0)
    {
      argv[1] = (char *)(uintptr_t) "case open"; /* as it is called in what is told */
      return docket_case_open (argc - 1, argv + 1);
    }
  run (&options, argc, argv, &error);
  return command_end ("case", error);
}
