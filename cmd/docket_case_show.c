/* docket case show - a case as it stands: status, numbers, deadlines, what was said and done, alerts, pointers. */
#include "base/file.h"
#include "cmd/docket_case.h"
#include "cmd/say.h"
#include "store/contact.h"
#include "store/decision.h"
#include <stdio.h>
#include <string.h>

#define SHOWN_CHARACTERS 2000 /* of what was said */

/* What is shown of a case, gathered once. */
typedef struct
{
  const StoreCase *it;
  CaseState *state;
  GPtrArray *deadlines, *chain, *alerts, *links, *attachments;
  GArray *documents, *merged; /* ids */
  Calendar *calendar;         /* NULL where the firm has none */
  char *customer;             /* the name of its contact, or NULL */
} View;

static void
view_clear (View *view)
{
  g_clear_pointer (&view->state, case_state_free);
  g_clear_pointer (&view->deadlines, g_ptr_array_unref);
  g_clear_pointer (&view->chain, g_ptr_array_unref);
  g_clear_pointer (&view->alerts, g_ptr_array_unref);
  g_clear_pointer (&view->links, g_ptr_array_unref);
  g_clear_pointer (&view->attachments, g_ptr_array_unref);
  g_clear_pointer (&view->documents, g_array_unref);
  g_clear_pointer (&view->merged, g_array_unref);
  g_clear_pointer (&view->calendar, calendar_free);
  g_clear_pointer (&view->customer, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

static int
by_seq (gconstpointer a, gconstpointer b)
{
  int64_t x = (*(StoreChainEntry *const *)a)->seq, y = (*(StoreChainEntry *const *)b)->seq;
  return x < y ? -1 : x > y;
}

/* What was said and done in the case and in those that were merged into it, in order. An entry about two of them stands
 * in the first. */
static GPtrArray *
whole_chain (Store *store, const StoreCase *the_case, const GArray *merged, GError **error)
{
  g_autoptr (GPtrArray) chain = store_case_chain (store, the_case->id, 0, error);
  for (guint i = 0; chain != NULL && i < merged->len; i++)
    {
      GPtrArray *other = store_case_chain (store, g_array_index (merged, int64_t, i), 0, error);
      if (other == NULL)
        return NULL;
      g_ptr_array_extend_and_steal (chain, other);
    }
  if (chain == NULL)
    return NULL;
  g_ptr_array_sort (chain, by_seq);
  for (guint i = chain->len; i > 1; i--)
    if (by_seq (&chain->pdata[i - 1], &chain->pdata[i - 2]) == 0)
      g_ptr_array_remove_index (chain, i - 1);
  return g_steal_pointer (&chain);
}

/* Sets *@name to the name of the contact of the case, or of the one which that was merged into; NULL: none is known. */
static bool
load_customer (Store *store, int64_t case_id, char **name, GError **error)
{
  int64_t id = 0;
  *name = NULL;
  if (!store_case_contact (store, case_id, &id, error))
    return false;
  g_autoptr (StoreContact) own = id != 0 ? store_contact_load (store, id, error) : NULL;
  g_autoptr (StoreContact) root
      = own != NULL && own->root != own->id ? store_contact_load (store, own->root, error) : NULL;
  if (id == 0 || own == NULL || (own->root != own->id && root == NULL))
    return id == 0;
  *name = g_strdup (root != NULL ? root->name : own->name);
  return true;
}

static bool
gather (const CaseCommand *command, const StoreCase *the_case, View *view, GError **error)
{
  Store *store = command->store;
  *view = (View){ .it = the_case };
  return (view->state = case_state_load (store, the_case->id, &command->house, error)) != NULL
         && load_customer (store, the_case->id, &view->customer, error)
         && (view->deadlines = store_deadlines (store, the_case->id, error)) != NULL
         && (view->merged = store_case_merged (store, the_case->id, error)) != NULL
         && (view->chain = whole_chain (store, the_case, view->merged, error)) != NULL
         && (view->alerts = store_alerts (store, &(StoreAlertsFilter){ .case_id = the_case->id, .whole = true }, error))
                != NULL
         && (view->links = store_links (store, the_case->id, error)) != NULL
         && (view->attachments = store_attachments (store, the_case->id, error)) != NULL
         && (view->documents = store_case_documents (store, the_case->id, error)) != NULL
         && (*command->settings->calendar == '\0'
             || (view->calendar = calendar_load (command->config, command->settings->calendar, error)) != NULL);
}

/* The earliest date of such @clock (NULL: of all) that is still owed; DK_DAY_NONE: none. */
static DkDay
next_due (const GPtrArray *deadlines, const char *clock)
{
  DkDay next = DK_DAY_NONE;
  for (guint i = 0; i < deadlines->len; i++)
    {
      const StoreDeadline *deadline = deadlines->pdata[i];
      bool counts = clock == NULL || strcmp (deadline->clock, clock) == 0;
      DkDay due = !counts || store_deadline_is_over (deadline) ? DK_DAY_NONE : store_deadline_day (deadline->due);
      if (due != DK_DAY_NONE && (next == DK_DAY_NONE || due < next))
        next = due;
    }
  return next;
}

/* Whether a date is still owed that nobody can compute yet. */
static bool
lacks_date (const GPtrArray *deadlines)
{
  for (guint i = 0; i < deadlines->len; i++)
    {
      const StoreDeadline *deadline = deadlines->pdata[i];
      if (!store_deadline_is_over (deadline) && store_deadline_day (deadline->due) == DK_DAY_NONE)
        return true;
    }
  return false;
}

static const char *
deadline_word (const CaseCommand *command, const View *view)
{
  DkDay legal = next_due (view->deadlines, "legal");
  DkDay due = legal != DK_DAY_NONE ? legal : next_due (view->deadlines, NULL);
  if (view->calendar == NULL || view->state->status == CASE_CLOSED)
    return indicator_deadline_name (INDICATOR_FINE);
  if (due == DK_DAY_NONE && lacks_date (view->deadlines))
    return "unknown";
  return indicator_deadline_name (indicator_deadline (due, view->calendar, command->today));
}

static const char *
alert_word (const CaseCommand *command, const View *view)
{
  const StoreAlert *first = view->alerts->len > 0 ? view->alerts->pdata[0] : NULL;
  DkDay due = first != NULL ? dk_day_parse (first->due) : DK_DAY_NONE;
  return indicator_alert_name (indicator_alert (due, command->today));
}

/* Working minutes in which the service clock stood. */
static int64_t
paused_minutes (const View *view)
{
  OfficeHours hours;
  calendar_hours (view->calendar, &hours.open_min, &hours.close_min);
  return indicator_paused_minutes (view->state, view->calendar, hours, dk_now_us ());
}

/* --- JSON --- */

/* Whether its bytes are among the objects still. */
static bool
is_there (const CaseCommand *command, const StoreAttachment *attachment)
{
  autofd fd = store_blob_open (command->store, attachment->blob.sha256, NULL);
  return fd >= 0;
}

static json_t *
attachments_json (const CaseCommand *command, const View *view, int64_t seq)
{
  json_t *list = json_array ();
  for (guint i = 0; i < view->attachments->len; i++)
    {
      const StoreAttachment *one = view->attachments->pdata[i];
      if (one->seq == seq)
        json_array_append_new (list, json_pack ("{s:I, s:s, s:I, s:s, s:b}", "id", (json_int_t)one->id, "name",
                                                one->name, "size", (json_int_t)one->blob.size, "sha256",
                                                one->blob.sha256, "present", is_there (command, one)));
    }
  return list;
}

/* The case @id's number, "" for none. Owned by the caller. */
static char *
number_of (const CaseCommand *command, int64_t id)
{
  g_autoptr (StoreCase) found = id != 0 ? store_case_load (command->store, id, NULL) : NULL;
  return g_strdup (found != NULL ? found->number : "");
}

static json_t *
chain_json (const CaseCommand *command, const View *view)
{
  json_t *list = json_array ();
  for (guint i = 0; i < view->chain->len; i++)
    {
      const StoreChainEntry *entry = view->chain->pdata[i];
      g_autofree char *time = dk_time_format (entry->time_us), *number = number_of (command, entry->case_id);
      json_array_append_new (
          list, json_pack ("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:b, s:s, s:s, s:s, s:s, s:o, s:o, s:o}",
                           "seq", (json_int_t)entry->seq, "case", number, "time", time, "day", entry->day, "actor",
                           entry->actor, "act", entry->act, "reason", entry->reason, "channel", entry->channel,
                           "subject", entry->subject, "thanks", entry->gratitude, "status", entry->status, "template",
                           entry->letter, "language", entry->language, "blocks", entry->blocks, "attachments",
                           attachments_json (command, view, entry->seq), "text",
                           entry->text != NULL ? dk_json_text (entry->text) : json_null (), "document",
                           entry->document != 0 ? json_integer (entry->document) : json_null ()));
    }
  return list;
}

static json_t *
deadlines_json (const GPtrArray *deadlines)
{
  json_t *list = json_array ();
  for (guint i = 0; i < deadlines->len; i++)
    {
      const StoreDeadline *deadline = deadlines->pdata[i];
      g_autofree char *policy = g_strndup (deadline->policy, strcspn (deadline->policy, "@"));
      json_array_append_new (list, json_pack ("{s:s, s:s, s:s, s:s, s:s?, s:s?, s:s, s:I}", "kind", deadline->kind,
                                              "clock", deadline->clock, "policy", policy, "start", deadline->start,
                                              "due", deadline->due, "work_by", deadline->work_by, "state",
                                              deadline->state, "version", (json_int_t)deadline->version));
    }
  return list;
}

static json_t *
alerts_json (const GPtrArray *alerts)
{
  json_t *list = json_array ();
  for (guint i = 0; i < alerts->len; i++)
    {
      const StoreAlert *alert = alerts->pdata[i];
      json_array_append_new (list, json_pack ("{s:I, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)alert->id, "due",
                                              alert->due, "owner", alert->owner, "text", alert->text, "reason",
                                              alert->reason, "about", alert->about));
    }
  return list;
}

static json_t *
links_json (const GPtrArray *links)
{
  json_t *list = json_array ();
  for (guint i = 0; i < links->len; i++)
    {
      const StoreLink *link = links->pdata[i];
      json_array_append_new (
          list, json_pack ("{s:I, s:s, s:s}", "id", (json_int_t)link->id, "uri", link->uri, "label", link->label));
    }
  return list;
}

static json_t *
documents_json (const CaseCommand *command, const GArray *documents)
{
  json_t *list = json_array ();
  for (guint i = 0; i < documents->len; i++)
    {
      g_autoptr (StoreDocument) document
          = store_document_load (command->store, g_array_index (documents, int64_t, i), NULL);
      if (document != NULL)
        json_array_append_new (list, json_pack ("{s:I, s:s?, s:s?, s:s?, s:s?}", "document", (json_int_t)document->id,
                                                "number", document->number, "kind", document->kind, "subject",
                                                document->subject, "name", document->name));
    }
  return list;
}

static int64_t
review_of (const CaseCommand *command, const StoreCase *it)
{
  int64_t review = 0;
  return store_case_review (command->store, it->id, &review, NULL) ? review : 0;
}

/* The cases that were merged into it, with who had them. */
static json_t *
merged_json (const CaseCommand *command, const View *view)
{
  json_t *list = json_array ();
  for (guint i = 0; i < view->merged->len; i++)
    {
      g_autoptr (StoreCase) one = store_case_load (command->store, g_array_index (view->merged, int64_t, i), NULL);
      if (one != NULL)
        json_array_append_new (list, json_pack ("{s:s, s:s}", "number", one->number, "owner", one->owner));
    }
  return list;
}

/* The stage, and the cases that it goes on with. */
static void
relatives_json (const CaseCommand *command, const StoreCase *it, json_t *object)
{
  g_autofree char *parent = number_of (command, it->parent), *review = number_of (command, review_of (command, it));
  json_t *before = *parent != '\0' ? json_string (parent) : json_null ();
  json_object_set_new (object, "stage", json_integer (it->stage));
  json_object_set_new (object, "parent", it->stage > 1 ? before : json_null ());
  json_object_set_new (object, "follow_up_of", it->stage > 1 ? json_null () : before);
  json_object_set_new (object, "second_stage", *review != '\0' ? json_string (review) : json_null ());
}

static void
show_json (const CaseCommand *command, const View *view)
{
  const StoreCase *it = view->it;
  json_t *object
      = json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:I, s:s, s:s, s:s?, s:s?, s:i, s:i, s:s, s:s}", "number",
                   it->number, "status", it->status, "reason", it->reason, "owner", it->owner, "outcome", it->outcome,
                   "cause", it->cause, "round", (int)it->round, "version", (json_int_t)it->version, "received",
                   it->received, "entry_date", it->entry_date, "closed", it->closed, "waiting_since", it->unanswered,
                   "days_elapsed", indicator_days_elapsed (view->state, command->today), "waiting_days",
                   indicator_waiting_days (view->state, command->today), "alert", alert_word (command, view),
                   "deadline", deadline_word (command, view));
  if (view->calendar != NULL)
    json_object_set_new (object, "paused_minutes", json_integer (paused_minutes (view)));
  g_autoptr (StoreCase) into = it->merged_into != 0 ? store_case_load (command->store, it->merged_into, NULL) : NULL;
  json_object_set_new (object, "customer", view->customer != NULL ? json_string (view->customer) : json_null ());
  json_object_set_new (object, "merged_into", into != NULL ? json_string (into->number) : json_null ());
  json_object_set_new (object, "merged", merged_json (command, view));
  relatives_json (command, it, object);
  json_object_set_new (object, "deadlines", deadlines_json (view->deadlines));
  json_object_set_new (object, "documents", documents_json (command, view->documents));
  json_object_set_new (object, "alerts", alerts_json (view->alerts));
  json_object_set_new (object, "links", links_json (view->links));
  json_object_set_new (object, "chain", chain_json (command, view));
  command_print_json (object);
}

/* --- for people --- */

static void
show_numbers (const CaseCommand *command, const View *view)
{
  const char *language = command->command.language;
  g_autofree char *elapsed = g_strdup_printf ("%d", indicator_days_elapsed (view->state, command->today));
  g_autofree char *waiting = g_strdup_printf ("%d", indicator_waiting_days (view->state, command->today));
  g_autofree char *alert = say_text (language, "case.alert_state", "s", alert_word (command, view));
  g_autofree char *deadline = say_text (language, "case.deadline_state", "s", deadline_word (command, view));
  say_pair (language, "cli.label.days_elapsed", elapsed);
  say_pair (language, "cli.label.waiting_days", waiting);
  say_pair (language, "cli.label.alert", alert);
  say_pair (language, "cli.label.deadline", deadline);
}

static void
show_relatives (const CaseCommand *command, const StoreCase *it)
{
  const char *language = command->command.language;
  g_autofree char *parent = number_of (command, it->parent), *review = number_of (command, review_of (command, it));
  g_autofree char *stage = it->stage > 1 ? g_strdup_printf ("%u", it->stage) : NULL;
  say_pair (language, "cli.label.case_stage", stage);
  say_pair (language, it->stage > 1 ? "cli.label.reviews" : "cli.label.follows", parent);
  say_pair (language, "cli.label.second_stage", review);
}

static void
show_merged (const CaseCommand *command, const View *view)
{
  size_t i;
  const json_t *one;
  g_autoptr (json_t) list = merged_json (command, view);
  json_array_foreach (list, i, one)
  {
    const char *owner = dk_json_string (one, "owner", "");
    g_autofree char *line = g_strdup_printf ("%s%s%s%s", dk_json_string (one, "number", ""), *owner != '\0' ? " (" : "",
                                             owner, *owner != '\0' ? ")" : "");
    say_pair (command->command.language, "cli.label.merged", line);
  }
}

static void
show_head (const CaseCommand *command, const View *view)
{
  const char *language = command->command.language;
  const StoreCase *it = view->it;
  g_autofree char *status = report_label (language, "status", it->status);
  g_autofree char *reason = *it->reason != '\0' ? say_text (language, "case.reason", "s", it->reason) : NULL;
  g_autofree char *outcome = *it->outcome != '\0' ? say_text (language, "case.outcome", "s", it->outcome) : NULL;
  g_autofree char *cause = *it->cause != '\0' ? say_value (language, "subject", it->cause) : NULL;
  g_autofree char *version = g_strdup_printf ("%" G_GINT64_FORMAT, it->version);
  say_pair (language, "cli.label.number", it->number);
  say_pair (language, "cli.label.status", status);
  say_pair (language, "cli.label.case_reason", reason);
  say_pair (language, "cli.label.owner", it->owner);
  say_pair (language, "cli.label.customer", view->customer);
  show_relatives (command, it);
  show_merged (command, view);
  say_pair (language, "cli.label.case_outcome", outcome);
  say_pair (language, "cli.label.cause", cause);
  say_pair (language, "cli.label.received", it->received);
  say_pair (language, "cli.label.closed", it->closed);
  show_numbers (command, view);
  say_pair (language, "cli.label.version", version);
}

static void
show_attachments (const CaseCommand *command, const View *view, int64_t seq)
{
  for (guint i = 0; i < view->attachments->len; i++)
    {
      const StoreAttachment *one = view->attachments->pdata[i];
      g_autofree char *name = command_plain (one->name);
      if (one->seq == seq)
        say (command->command.language, is_there (command, one) ? "case.attachment" : "case.attachment_lost", "lsl",
             one->id, name, one->blob.size);
    }
}

/* At most so much of a text for a terminal, cut between characters; --json has it whole. Owned by the caller. */
static char *
shown_text (const StoreChainEntry *entry)
{
  const char *text = entry->text != NULL ? entry->text : "";
  g_autofree char *subject = *entry->letter != '\0' ? g_strndup (text, strcspn (text, "\n")) : NULL;
  if (subject != NULL) /* docket case letter prints it */
    return command_plain (subject);
  g_autofree char *start
      = g_utf8_strlen (text, -1) > SHOWN_CHARACTERS ? g_utf8_substring (text, 0, SHOWN_CHARACTERS) : NULL;
  g_autofree char *cut = start != NULL ? g_strconcat (start, "…", NULL) : NULL;
  return command_plain (cut != NULL ? cut : text);
}

/* Whether the @i-th entry opened the case again without being asked to: what the customer says to a closed one does. */
static bool
opens_again (const View *view, guint i)
{
  const StoreChainEntry *entry = view->chain->pdata[i];
  if (strcmp (entry->act, case_act_name (CASE_HEAR)) != 0 || strcmp (entry->status, "closed") == 0)
    return false;
  while (i-- > 0)
    {
      const StoreChainEntry *before = view->chain->pdata[i];
      if (before->case_id == entry->case_id && *before->status != '\0')
        return strcmp (before->status, "closed") == 0;
    }
  return false;
}

static void
show_chain (const CaseCommand *command, const View *view)
{
  g_autofree char *again = say_text (command->command.language, "case.again", "");
  for (guint i = 0; i < view->chain->len; i++)
    {
      const StoreChainEntry *entry = view->chain->pdata[i];
      g_autofree char *number = number_of (command, entry->case_id), *line = case_entry_line (command, entry);
      g_autofree char *text = shown_text (entry);
      bool merged = entry->case_id != view->it->id;
      bool opens = opens_again (view, i);
      printf ("  %s%s%s%s%s%s%s\n", line, opens ? " → " : "", opens ? again : "", merged ? " · " : "",
              merged ? number : "", *text != '\0' ? " — " : "", text);
      show_attachments (command, view, entry->seq);
    }
}

static void
show_plain (const CaseCommand *command, const View *view)
{
  g_autoptr (Vocabulary) vocabulary = command_vocabulary (command->store);
  say_subjects_by (vocabulary);
  const char *language = command->command.language;
  show_head (command, view);
  g_autoptr (json_t) object = json_object ();
  json_object_set_new (object, "deadlines", deadlines_json (view->deadlines));
  say_deadlines (language, object);
  for (guint i = 0; i < view->documents->len; i++)
    {
      g_autoptr (StoreDocument) document
          = store_document_load (command->store, g_array_index (view->documents, int64_t, i), NULL);
      if (document == NULL)
        continue;
      g_autofree char *line = document->number != NULL && document->name != NULL
                                  ? g_strconcat (document->number, ": ", document->name, NULL)
                                  : g_strdup (document->number);
      say_pair (language, "cli.label.document", line);
    }
  for (guint i = 0; i < view->alerts->len; i++)
    {
      const StoreAlert *alert = view->alerts->pdata[i];
      g_autofree char *line
          = g_strdup_printf ("%" G_GINT64_FORMAT ": %s %s %s", alert->id, alert->due, alert->owner, alert->text);
      say_pair (language, "cli.label.alert", line);
    }
  for (guint i = 0; i < view->links->len; i++)
    {
      const StoreLink *link = view->links->pdata[i];
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT ": %s %s", link->id, link->uri, link->label);
      say_pair (language, "cli.label.link", line);
    }
  show_chain (command, view);
  say_subjects_by (NULL);
}

bool
case_show (const CaseCommand *command, const StoreCase *the_case, GError **error)
{
  g_auto (View) view = { 0 };
  if (!gather (command, the_case, &view, error))
    return false;
  if (command->command.json)
    show_json (command, &view);
  else
    show_plain (command, &view);
  return true;
}
