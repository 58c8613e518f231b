/* docket show and docket why - a document and its case; every decision with the words it rests on. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/pages.h"
#include "cmd/say.h"
#include "pipeline/describe.h"
#include "pipeline/preview.h"
#include "store/case.h"
#include "store/decision.h"
#include "store/model.h"
#include "store/receipt.h"
#include <stdio.h>
#include <string.h>

#define WIDTH_PX 800 /* of a preview */

/* --- show --- */

static bool
add_receipts (json_t *object, Store *store, const StoreDocument *document, GError **error)
{
  g_autoptr (GPtrArray) receipts = store_receipts_of (store, document->id, error);
  if (receipts == NULL)
    return false;
  json_t *list = json_array ();
  for (guint i = 0; i < receipts->len; i++)
    {
      const StoreReceipt *receipt = receipts->pdata[i];
      json_array_append_new (list, json_pack ("{s:I, s:s, s:s, s:s}", "receipt", (json_int_t)receipt->id, "date",
                                              receipt->received, "source", receipt->source, "name", receipt->name));
    }
  return json_object_set_new (object, "receipts", list) == 0;
}

/* "NUMBER/n", or "#id". Owned by the caller. */
static json_t *
handle_json (Store *store, int64_t id, GError **error)
{
  g_autoptr (StoreDocument) document = store_document_load (store, id, error);
  g_autofree char *handle = g_strdup_printf ("#%" G_GINT64_FORMAT, id);
  return document != NULL ? json_string (document->number != NULL ? document->number : handle) : NULL;
}

/* Which document it says the same as, and which say the same as it. */
static bool
add_copies (json_t *object, Store *store, const StoreDocument *document, GError **error)
{
  g_autoptr (GArray) ids = store_document_copies (store, document->id, error);
  json_t *copies = json_array ();
  json_object_set_new (object, "copies", copies);
  json_t *original = document->copy_of != 0 ? handle_json (store, document->copy_of, error) : json_null ();
  json_object_set_new (object, "copy_of", original);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      json_t *handle = handle_json (store, g_array_index (ids, int64_t, i), error);
      if (handle == NULL)
        return false;
      json_array_append_new (copies, handle);
    }
  return ids != NULL && original != NULL;
}

static bool
add_case (json_t *object, Store *store, const StoreDocument *document, GError **error)
{
  json_object_update_new (object, json_pack ("{s:I, s:s?, s:s, s:O}", "document", (json_int_t)document->id, "number",
                                             document->number, "stage", document->stage, "review", document->review));
  if (document->case_id == 0)
    return json_object_set_new (object, "case", json_null ()) == 0;
  g_autoptr (StoreCase) the_case = store_case_load (store, document->case_id, error);
  if (the_case == NULL)
    return false;
  return json_object_set_new (object, "case",
                              json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s}", "number", the_case->number, "status",
                                         the_case->status, "entity", the_case->entity, "owner", the_case->owner,
                                         "entry_date", the_case->entry_date, "received", the_case->received))
         == 0;
}

/* Whether a person should look at the decision @name. */
static bool
is_listed (const json_t *object, const char *name)
{
  size_t i;
  const json_t *code;
  json_array_foreach (json_object_get (object, "review"), i,
                      code) if (strcmp (json_string_value (code), name) == 0) return true;
  return false;
}

/* What docket was not sure of counts as confirmed once a person looked. */
static void
print_choice (const char *language, const json_t *object, const char *name)
{
  const json_t *choice = json_object_get (object, name), *also;
  size_t i;
  if (!json_is_object (choice))
    return;
  g_autofree char *label = g_strconcat ("field.", name, NULL);
  g_autofree char *value = say_value (language, name, dk_json_string (choice, "value", ""));
  const char *key = is_listed (object, name)                    ? "choice.unsure"
                    : dk_json_bool (choice, "undecided", false) ? "choice.confirmed"
                                                                : "choice.sure";
  g_autofree char *text = say_text (language, key, "sf", value, dk_json_real (choice, "confidence", 0));
  say_pair (language, label, text);
  json_array_foreach (json_object_get (choice, "also"), i, also)
  {
    g_autofree char *other = say_value (language, name, json_string_value (also));
    say_pair (language, "cli.label.also", other);
  }
}

static void
print_fields (const char *language, const json_t *object)
{
  size_t i;
  const json_t *field;
  json_array_foreach (json_object_get (object, "fields"), i, field)
  {
    g_autofree char *label = say_field_label (dk_json_string (field, "name", ""));
    say_pair (language, label, dk_json_string (field, "value", ""));
  }
}

/* The first receipt is told of above; what came again is a line each. */
static void
print_further_receipts (const char *language, const json_t *object)
{
  size_t i;
  const json_t *receipt;
  json_array_foreach (json_object_get (object, "receipts"), i, receipt)
  {
    g_autofree char *text = say_text (language, "receipt", "ss", dk_json_string (receipt, "date", ""),
                                      dk_json_string (receipt, "name", ""));
    if (i > 0)
      say_pair (language, "cli.label.again", text);
  }
}

static void
print_code (const char *language, const char *label, const char *prefix, const char *code)
{
  g_autofree char *word = code != NULL ? report_label (language, prefix, code) : NULL;
  say_pair (language, label, word);
}

static void
print_head (const char *language, const json_t *object)
{
  const json_t *the_case = json_object_get (object, "case");
  say_pair (language, "cli.label.number", dk_json_string (object, "number", NULL));
  say_pair (language, "cli.label.source", dk_json_string (object, "path", NULL));
  say_pair (language, "cli.label.received", dk_json_string (json_object_get (object, "received"), "date", NULL));
  print_further_receipts (language, object);
  say_pair (language, "cli.label.copy", dk_json_string (object, "copy_of", NULL));
  size_t i;
  const json_t *copy;
  json_array_foreach (json_object_get (object, "copies"), i, copy)
      say_pair (language, "cli.label.copies", json_string_value (copy));
  print_code (language, "cli.label.outcome", "outcome", dk_json_string (object, "outcome", NULL));
  say_pair (language, "cli.label.reason", dk_json_string (json_object_get (object, "reason"), "text", NULL));
  say_warnings (language, object);
  print_code (language, "cli.label.status", "status", dk_json_string (the_case, "status", NULL));
  say_pair (language, "cli.label.owner", dk_json_string (the_case, "owner", NULL));
}

static void
print_document (const char *language, const json_t *object)
{
  const json_t *code;
  size_t i;
  print_head (language, object);
  print_code (language, "field.language", "report.language", dk_json_string (object, "language", NULL));
  print_choice (language, object, "urgency");
  print_choice (language, object, "kind");
  print_choice (language, object, "subject");
  print_fields (language, object);
  say_deadlines (language, object);
  g_autofree char *place
      = g_strdup_printf ("%s/%s", dk_json_string (object, "folder", ""), dk_json_string (object, "name", ""));
  if (dk_json_string (object, "name", NULL) != NULL)
    say_pair (language, "cli.label.filed_as", place);
  g_autofree char *pages = g_strdup_printf ("%zu", json_array_size (json_object_get (object, "pages")));
  say_pair (language, "cli.label.pages", pages);
  json_array_foreach (json_object_get (object, "review"), i, code)
      print_code (language, "cli.label.to_review", "report.doubt", json_string_value (code));
}

typedef struct
{
  gboolean text, hocr, alto, preview;
  int page, width_px;
  char *out;
} Shown;

static void
shown_clear (Shown *shown)
{
  g_free (shown->out);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Shown, shown_clear)

static bool
check_preview (const Shown *shown, GError **error)
{
  if (!shown->preview)
    return shown->width_px == 0 || dk_refuse (error, DK_ERROR_USAGE, "width_preview", "");
  if (shown->out == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "preview_out", "");
  return shown->width_px == 0
         || (shown->width_px >= LIMITS_PREVIEW_LEAST_PX && shown->width_px <= LIMITS_PREVIEW_MOST_PX)
         || dk_refuse (error, DK_ERROR_USAGE, "preview_width", "ddd", shown->width_px, LIMITS_PREVIEW_LEAST_PX,
                       LIMITS_PREVIEW_MOST_PX);
}

static bool
check_options (const Command *command, const Shown *shown, int argc, GError **error)
{
  bool file = shown->hocr || shown->alto || shown->preview || shown->out != NULL;
  int formats = shown->text + shown->hocr + shown->alto + shown->preview;
  if (argc < 2)
    return dk_refuse (error, DK_ERROR_USAGE, "name_document", "s", "show");
  if (formats + (command->json != 0) > 1)
    return dk_refuse (error, DK_ERROR_USAGE, "one_format", "");
  if (file && argc > 2)
    return dk_refuse (error, DK_ERROR_USAGE, "one_document", "");
  if (formats == 0 && (shown->page != 0 || shown->out != NULL))
    return dk_refuse (error, DK_ERROR_USAGE, "page_out_for", "");
  if (shown->page < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "page", "d", shown->page);
  return check_preview (shown, error);
}

static bool
parse_show (Command *command, Shown *shown, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_NONE, &shown->text, "Print the text of the pages, parted by form feeds", NULL },
    { "hocr", 0, 0, G_OPTION_ARG_NONE, &shown->hocr, "Print the words and where they stand, as hOCR", NULL },
    { "alto", 0, 0, G_OPTION_ARG_NONE, &shown->alto, "Print the words and where they stand, as ALTO XML", NULL },
    { "preview", 0, 0, G_OPTION_ARG_NONE, &shown->preview, "Write a small picture of a page; with --out", NULL },
    { "width", 0, 0, G_OPTION_ARG_INT, &shown->width_px, "Of the preview, in pixels; default 800", "PX" },
    { "page", 0, 0, G_OPTION_ARG_INT, &shown->page, "Only this page, from 1; default all, of a preview the first",
      "N" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &shown->out, "Write to FILE instead", "FILE" },
    G_OPTION_ENTRY_NULL,
  };
  return command_parse (command, entries, "N…", "Shows documents by docket number (NUMBER or NUMBER/n) or #id.", argc,
                        argv, error)
         && check_options (command, shown, *argc, error);
}

static bool
show_document (const Command *command, Store *store, const StoreDocument *document, GError **error)
{
  g_autoptr (json_t) object = describe_document (store, document->id, command->language, error);
  if (object == NULL || !add_case (object, store, document, error) || !add_receipts (object, store, document, error)
      || !add_copies (object, store, document, error))
    return false;
  if (command->json)
    command_print_json (json_incref (object));
  else
    print_document (command->language, object);
  return true;
}

static bool
show_one (const Command *command, const Shown *shown, Store *store, const char *number, GError **error)
{
  g_autoptr (StoreDocument) document = say_find_document (command->language, store, number, error);
  if (document == NULL)
    return false;
  if (shown->preview)
    return pages_preview (command, store, document, shown->page, shown->width_px > 0 ? shown->width_px : WIDTH_PX,
                          shown->out, error);
  const Pages pages = { shown->hocr   ? &report_hocr
                        : shown->alto ? &report_alto
                        : shown->text ? &report_plain
                                      : NULL,
                        shown->page, shown->out };
  return pages.format != NULL ? pages_write (command, store, document, &pages, error)
                              : show_document (command, store, document, error);
}

static bool
show (Command *command, int argc, char **argv, GError **error)
{
  g_auto (Shown) shown = { 0 };
  if (!parse_show (command, &shown, &argc, &argv, error))
    return false;
  g_autoptr (Store) store = command_open (command, error);
  if (store == NULL)
    return false;
  g_autoptr (Vocabulary) vocabulary = command->json ? NULL : command_vocabulary (store);
  say_subjects_by (vocabulary);
  for (int i = 1; i < argc; i++)
    {
      if (!show_one (command, &shown, store, argv[i], error))
        return false;
      if (!command->json && i + 1 < argc)
        printf ("\n");
      fflush (stdout); /* pages go past the buffer */
    }
  return true;
}

int
docket_show (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  show (&command, argc, argv, &error);
  return command_end ("show", error);
}

/* --- why --- */

/* The handle of the document of which was said what holds for this one too; null where it is this one. NULL on error.
 */
static json_t *
copied_of (Store *store, const StoreDecision *decision, GError **error)
{
  int64_t id = store_decision_copied_of (decision);
  return id != 0 ? handle_json (store, id, error) : json_null ();
}

static json_t *
decision_json (const StoreDecision *decision, json_t *copied)
{
  return json_pack ("{s:I, s:s, s:s, s:s, s:f, s:b, s:O, s:o, s:b, s:s, s:O, s:I, s:I, s:I, s:I}", "decision",
                    (json_int_t)decision->id, "name", decision->name, "value", decision->value, "raw", decision->raw,
                    "confidence", decision->confidence, "undecided", decision->undecided, "also", decision->also,
                    "because", describe_because (store_decision_because (decision)), "human", decision->human, "by",
                    decision->actor, "copied_of", copied, "configuration", (json_int_t)decision->config, "model",
                    (json_int_t)decision->model, "seq", (json_int_t)decision->seq, "supersedes",
                    (json_int_t)decision->supersedes);
}

/* A field is found by rules alone. */
static bool
is_judged (const StoreDecision *decision)
{
  return strcmp (decision->name, "kind") == 0 || strcmp (decision->name, "subject") == 0;
}

static void
print_decision (const char *language, const StoreDecision *decision, const char *model, const json_t *copied)
{
  g_autofree char *name = report_label (language, "field", decision->name);
  g_autofree char *word = say_value (language, decision->name, decision->value);
  g_autofree char *value = command_plain (word);
  size_t i;
  const json_t *evidence;
  if (decision->human && *value == '\0')
    say (language, "why.person_none", "ss", name, decision->actor);
  else if (decision->human)
    say (language, "why.person", "sss", name, value, decision->actor);
  else if (is_judged (decision))
    say (language, decision->undecided ? "why.judged_unsure" : "why.judged", "ssfls", name, value, decision->confidence,
         decision->config, model);
  else
    say (language, decision->undecided ? "why.unsure" : "why.decided", "ssfl", name, value, decision->confidence,
         decision->config);
  if (json_is_string (copied))
    say (language, "why.copied", "s", json_string_value (copied));
  json_array_foreach (store_decision_because (decision), i, evidence) say_evidence (language, evidence);
}

static bool
why (Command *command, int argc, char **argv, GError **error)
{
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, "Also the decisions that others replaced", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (command, entries, "N", "Tells every decision about a document, and the words it rests on.", &argc,
                      &argv, error))
    return false;
  if (argc != 2)
    return dk_refuse (error, DK_ERROR_USAGE, "name_document", "s", "why");
  g_autoptr (Store) store = command_open (command, error);
  g_autoptr (StoreDocument) document
      = store != NULL ? say_find_document (command->language, store, argv[1], error) : NULL;
  g_autoptr (GPtrArray) decisions = document == NULL ? NULL
                                    : all            ? store_decisions (store, document->id, false, error)
                                                     : store_decisions_said (store, document->id, error);
  if (decisions == NULL)
    return false;
  g_autoptr (Vocabulary) vocabulary = command->json ? NULL : command_vocabulary (store);
  say_subjects_by (vocabulary);
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      g_autofree char *model = store_model_name (store, decision->model, error);
      g_autoptr (json_t) copied = model != NULL ? copied_of (store, decision, error) : NULL;
      if (copied == NULL)
        return false;
      if (command->json)
        command_print_json (decision_json (decision, copied));
      else
        print_decision (command->language, decision, model, copied);
    }
  return say_case_facts (command->language, command->json, all, store, document, error);
}

int
docket_why (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  why (&command, argc, argv, &error);
  return command_end ("why", error);
}
