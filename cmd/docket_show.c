/* docket show and docket why - a document and its case; every decision with the words it rests on. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "pipeline/describe.h"
#include "store/case.h"
#include "store/decision.h"
#include "store/receipt.h"
#include <stdio.h>
#include <string.h>

/* --- show --- */

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

static void
print_pair (const char *key, const char *value)
{
  if (value == NULL || *value == '\0')
    return;
  g_autofree char *plain = command_plain (value);
  printf ("%-14s %s\n", key, plain);
}

static void
print_choice (const json_t *object, const char *key)
{
  const json_t *choice = json_object_get (object, key);
  if (json_is_object (choice))
    printf ("%-14s %s%s (%.2f)\n", key, dk_json_string (choice, "value", ""),
            dk_json_bool (choice, "undecided", false) ? ", not sure" : "", dk_json_real (choice, "confidence", 0));
}

static void
print_document (const json_t *object)
{
  const json_t *the_case = json_object_get (object, "case"), *item;
  size_t i;
  print_pair ("number", dk_json_string (object, "number", NULL));
  print_pair ("source", dk_json_string (object, "path", NULL));
  print_pair ("received", dk_json_string (json_object_get (object, "received"), "date", NULL));
  print_pair ("outcome", dk_json_string (object, "outcome", NULL));
  print_pair ("reason", dk_json_string (json_object_get (object, "reason"), "text", NULL));
  print_pair ("status", dk_json_string (the_case, "status", NULL));
  print_pair ("owner", dk_json_string (the_case, "owner", NULL));
  print_pair ("language", dk_json_string (object, "language", NULL));
  print_choice (object, "kind");
  print_choice (object, "subject");
  json_array_foreach (json_object_get (object, "fields"), i, item)
      print_pair (dk_json_string (item, "name", ""), dk_json_string (item, "value", ""));
  json_array_foreach (json_object_get (object, "deadlines"), i, item)
      printf ("%-14s %s: due %s, work by %s (%s)\n", "deadline", dk_json_string (item, "policy", ""),
              dk_json_string (item, "due", "unknown"), dk_json_string (item, "work_by", "unknown"),
              dk_json_string (item, "state", ""));
  g_autofree char *place
      = g_strdup_printf ("%s/%s", dk_json_string (object, "folder", ""), dk_json_string (object, "name", ""));
  if (dk_json_string (object, "name", NULL) != NULL)
    print_pair ("filed as", place);
  printf ("%-14s %zu\n", "pages", json_array_size (json_object_get (object, "pages")));
  json_array_foreach (json_object_get (object, "review"), i, item)
      printf ("%-14s %s\n", "to review", json_string_value (item));
}

static bool
show (Command *command, int argc, char **argv, GError **error)
{
  gboolean text = FALSE;
  const GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_NONE, &text, "Print the text of the pages, parted by form feeds", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (command, entries, "N…", "Shows documents by docket number (NUMBER or NUMBER/n) or #id.", &argc,
                      &argv, error))
    return false;
  if (argc < 2)
    return dk_throw (error, DK_ERROR_USAGE, "name a docket number or #id; see docket show --help");
  g_autoptr (Store) store = command_open (command, error);
  if (store == NULL)
    return false;
  for (int i = 1; i < argc; i++)
    {
      g_autoptr (StoreDocument) document = store_document_find (store, argv[i], error);
      g_autoptr (json_t) object
          = document != NULL ? describe_document (store, document->id, command->language, error) : NULL;
      if (object == NULL || !add_case (object, store, document, error))
        return false;
      g_autofree char *pages = text ? describe_text (store, document->id, error) : NULL;
      if (text && pages == NULL)
        return false;
      if (text)
        fputs (pages, stdout);
      else if (command->json)
        command_print_json (json_incref (object));
      else
        print_document (object);
      if (!command->json && i + 1 < argc)
        printf ("\n");
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

static json_t *
decision_json (const StoreDecision *decision)
{
  return json_pack ("{s:I, s:s, s:s, s:s, s:f, s:b, s:O, s:o, s:b, s:s, s:I, s:I, s:I}", "decision",
                    (json_int_t)decision->id, "name", decision->name, "value", decision->value, "raw", decision->raw,
                    "confidence", decision->confidence, "undecided", decision->undecided, "also", decision->also,
                    "because", describe_because (decision->because), "human", decision->human, "by", decision->actor,
                    "configuration", (json_int_t)decision->config, "seq", (json_int_t)decision->seq, "supersedes",
                    (json_int_t)decision->supersedes);
}

static void
print_decision (const StoreDecision *decision)
{
  g_autofree char *value = command_plain (decision->value);
  size_t i;
  const json_t *evidence;
  printf ("%s: %s", decision->name, value);
  if (decision->human)
    printf (" — decided by %s\n", decision->actor);
  else
    printf (" — %s, confidence %.2f, configuration version %" G_GINT64_FORMAT "\n",
            decision->undecided ? "not sure" : "decided", decision->confidence, decision->config);
  json_array_foreach (decision->because, i, evidence)
  {
    const json_t *box = json_object_get (evidence, "box");
    g_autofree char *text = g_strdup (dk_json_string (evidence, "text", ""));
    g_autofree char *words = command_plain (g_strdelimit (text, "\n\r\t\f", ' '));
    printf ("    “%s” (rule %s, page %d", words, dk_json_string (evidence, "rule", ""),
            (int)dk_json_int (evidence, "page", 0));
    if (json_integer_value (json_array_get (box, 2)) > 0)
      printf (", box %d %d %d %d", (int)json_integer_value (json_array_get (box, 0)),
              (int)json_integer_value (json_array_get (box, 1)), (int)json_integer_value (json_array_get (box, 2)),
              (int)json_integer_value (json_array_get (box, 3)));
    else
      printf (", characters %d to %d", (int)dk_json_int (evidence, "from", 0), (int)dk_json_int (evidence, "to", 0));
    printf (")\n");
  }
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
    return dk_throw (error, DK_ERROR_USAGE, "name one docket number or #id; see docket why --help");
  g_autoptr (Store) store = command_open (command, error);
  g_autoptr (StoreDocument) document = store != NULL ? store_document_find (store, argv[1], error) : NULL;
  g_autoptr (GPtrArray) decisions = document != NULL ? store_decisions (store, document->id, !all, error) : NULL;
  if (decisions == NULL)
    return false;
  for (guint i = 0; i < decisions->len; i++)
    if (command->json)
      command_print_json (decision_json (decisions->pdata[i]));
    else
      print_decision (decisions->pdata[i]);
  return true;
}

int
docket_why (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  why (&command, argc, argv, &error);
  return command_end ("why", error);
}
