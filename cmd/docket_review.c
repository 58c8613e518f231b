/* docket review - what is unsure or in quarantine; accept, correct, release. */
#include "base/messages.h"
#include "cases/contact.h"
#include "cases/register.h"
#include "cmd/command.h"
#include "cmd/correct.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/describe.h"
#include "pipeline/stages.h"
#include "pipeline/wake.h"
#include "store/blind.h"
#include "store/decision.h"
#include "store/quarantine.h"
#include "store/receipt.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  Command command;
  gboolean accept, release;
  gint limit;
  char **set, *last; /* last: the handle that the page before ended with */
  gsize from;        /* the list where a page begins, behind the document after */
  int64_t after;
  Store *store;
  Config *config;
} Review;

static void
review_clear (Review *review)
{
  command_clear (&review->command);
  g_strfreev (review->set);
  g_free (review->last);
  g_clear_pointer (&review->config, config_unref);
  g_clear_pointer (&review->store, store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Review, review_clear)

/* --- the list --- */

static char *
document_handle (const StoreDocument *document)
{
  return document->number != NULL ? g_strdup (document->number) : g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
}

static bool
doubts (const StoreDocument *document, const char *code)
{
  size_t i;
  const json_t *item;
  json_array_foreach (document->review, i, item) if (strcmp (json_string_value (item), code) == 0) return true;
  return false;
}

static void
add_sentence (GString *sentences, char *sentence)
{
  g_string_append_printf (sentences, "; %s", sentence);
  g_free (sentence);
}

static void
add_pages (GString *sentences, const char *language, const char *key, const GArray *pages)
{
  g_autoptr (GString) numbers = g_string_new (NULL);
  for (guint i = 0; i < pages->len; i++)
    g_string_append_printf (numbers, "%s%d", i > 0 ? ", " : "", g_array_index (pages, int, i));
  if (pages->len > 0)
    add_sentence (sentences, say_text (language, key, "ds", (int)pages->len, numbers->str));
}

/* Which pages of @object, a document as describe_document has it, could not be read, or not all of it. */
static void
add_unread (GString *sentences, const char *language, const json_t *object)
{
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) partial = g_array_new (FALSE, FALSE, sizeof (int));
  size_t i, k;
  const json_t *page, *warning;
  json_array_foreach (json_object_get (object, "pages"), i, page)
  {
    int no = (int)dk_json_int (page, "no", 0);
    bool warned = false, is_missing = strcmp (dk_json_string (page, "origin", ""), "missing") == 0;
    json_array_foreach (json_object_get (object, "warnings"), k, warning) warned
        |= dk_json_int (warning, "page", 0) == no;
    if (is_missing || warned)
      g_array_append_val (is_missing ? missing : partial, no);
  }
  add_pages (sentences, language, "review.missing", missing);
  add_pages (sentences, language, "review.partial", partial);
  if (missing->len + partial->len == 0)
    add_sentence (sentences, say_text (language, "review.warned", ""));
}

/* Which case it may belong to, or whether it does belong to the one it is in. */
static bool
add_join (GString *sentences, const Review *review, const StoreDocument *document, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (review->store, document->id, true, error);
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      const char *other = json_string_value (json_array_get (decision->also, 0));
      if (strcmp (decision->name, "case") == 0)
        add_sentence (sentences, say_text (review->command.language, other != NULL ? "review.join" : "review.joined",
                                           "s", other != NULL ? other : decision->value));
    }
  return decisions != NULL;
}

static bool
print_open_questions (const Review *review, const char *handle, const char *source, const StoreDocument *document,
                      GError **error)
{
  const char *language = review->command.language;
  bool kind = doubts (document, "kind"), subject = doubts (document, "subject");
  g_autoptr (GString) questions = g_string_new (NULL);
  if (document->urgency != NULL)
    {
      g_autofree char *urgency = say_value (language, "urgency", document->urgency);
      add_sentence (questions, say_text (language, "review.urgent", "s", urgency));
    }
  if (kind || subject)
    add_sentence (questions, say_text (language,
                                       !subject ? "review.kind"
                                       : !kind  ? "review.subject"
                                                : "review.both",
                                       ""));
  if (doubts (document, "join") && !add_join (questions, review, document, error))
    return false;
  if (doubts (document, "reading"))
    add_sentence (questions, say_text (language, "review.reading", ""));
  if (doubts (document, "wordless"))
    add_sentence (questions, say_text (language, "review.wordless", ""));
  if (doubts (document, "partial"))
    {
      g_autoptr (json_t) object = describe_document (review->store, document->id, language, error);
      if (object == NULL)
        return false;
      add_unread (questions, language, object);
    }
  g_autofree char *plain = command_plain (source);
  g_autofree char *kind_word = document->kind != NULL ? say_value (language, "kind", document->kind)
                                                      : say_text (language, "review.unknown_kind", "");
  g_autofree char *subject_word = document->subject != NULL ? say_value (language, "subject", document->subject)
                                                            : say_text (language, "review.unknown_subject", "");
  g_autofree char *head = say_text (language, "review.document", "ssss", handle, plain, kind_word, subject_word);
  printf ("%s%s\n", head, questions->str);
  return true;
}

static bool
list_one (const Review *review, const StoreDocument *document, GError **error)
{
  g_autoptr (StoreReceipt) receipt = store_receipt_of (review->store, document->id, error);
  if (receipt == NULL)
    return false;
  g_autofree char *handle = document_handle (document);
  bool quarantined = strcmp (document->stage, STORE_STAGE_QUARANTINED) == 0;
  bool blind = doubts (document, STORE_REVIEW_BLIND);
  if (review->command.json)
    {
      command_print_json (json_pack ("{s:s, s:I, s:s, s:b, s:s?, s:O, s:s?, s:s?, s:s, s:s?}", "number", handle,
                                     "document", (json_int_t)document->id, "source", receipt->name, "quarantined",
                                     quarantined, "reason", document->reason, "review", document->review, "kind",
                                     blind ? NULL : document->kind, "subject", blind ? NULL : document->subject,
                                     "outcome", document->outcome, "urgency", document->urgency));
      return true;
    }
  if (quarantined)
    {
      g_autofree char *why = report_label (review->command.language, "reason", document->reason);
      g_autofree char *source = command_plain (receipt->name);
      say (review->command.language, "review.quarantined", "sss", handle, source, why);
      return true;
    }
  if (!blind)
    return print_open_questions (review, handle, receipt->name, document, error);
  g_autofree char *source = command_plain (receipt->name);
  say (review->command.language, "review.blind", "ss", handle, source);
  return true;
}

/* Where a page begins that follows @handle: in the same of the lists that list_all prints. */
static bool
find_page (Review *review, const char *handle, GError **error)
{
  g_autoptr (StoreDocument) last = say_find_document (review->command.language, review->store, handle, error);
  if (last == NULL)
    return false;
  review->after = last->id;
  review->from = strcmp (last->stage, STORE_STAGE_QUARANTINED) == 0 ? 2 : last->urgency != NULL ? 0 : 1;
  return true;
}

static bool
list_all (const Review *review, GError **error)
{
  static const StoreDocumentFilter filters[]
      = { STORE_DOCUMENTS_TO_REVIEW_AT_ONCE, STORE_DOCUMENTS_TO_REVIEW, STORE_DOCUMENTS_QUARANTINED };
  unsigned n = 0, limit = (unsigned)review->limit;
  for (gsize f = review->from; f < G_N_ELEMENTS (filters) && (limit == 0 || n < limit); f++)
    {
      g_autoptr (GArray) ids = store_documents (review->store, filters[f], f == review->from ? review->after : 0,
                                                limit > 0 ? limit - n : 0, error);
      for (guint i = 0; ids != NULL && i < ids->len; i++, n++)
        {
          g_autoptr (StoreDocument) document
              = store_document_load (review->store, g_array_index (ids, int64_t, i), error);
          if (document == NULL || !list_one (review, document, error))
            return false;
        }
      if (ids == NULL)
        return false;
    }
  if (n == 0 && !review->command.json)
    say (review->command.language, "review.nothing", "");
  return true;
}

/* --- changing --- */

static bool
release (StoreTransaction *transaction, const StoreDocument *document, GError **error)
{
  if (strcmp (document->stage, STORE_STAGE_QUARANTINED) != 0)
    return dk_refuse (error, DK_ERROR_USAGE, "not_quarantined", "l", document->id);
  return store_document_released (transaction, document->id, error);
}

static bool
change (const Review *review, const StoreDocument *document, GError **error)
{
  g_autofree char *actor = command_actor ();
  g_autoptr (Register) rules = register_load (review->config, error);
  g_autoptr (StoreTransaction) transaction = rules != NULL ? store_begin (review->store, actor, error) : NULL;
  if (transaction == NULL)
    return false;
  if ((review->accept || review->set != NULL) && document->case_id == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "only_release", "l", document->id);
  bool sender = false;
  for (char **pair = review->set; pair != NULL && *pair != NULL; pair++)
    {
      g_autofree char *name = g_strndup (*pair, strcspn (*pair, "="));
      sender |= contact_is_clue (name);
      if (!correct_value (review->config, transaction, document->id, *pair, error))
        return false;
    }
  if ((review->release && !release (transaction, document, error))
      || (review->accept && !store_review_accept (transaction, document->id, error))
      || !store_decision_copy (transaction, document->id, PIPELINE_STAGE_NAMING, error))
    return false;
  return (sender ? register_correct_sender (transaction, rules, document, error)
                 : register_refresh_deadlines (transaction, rules, document, error))
         && store_commit (g_steal_pointer (&transaction), error);
}

/* The file in quarantine/ goes after the commit; what a crash leaves there, docketd tidies. */
static bool
change_one (const Review *review, const char *handle, GError **error)
{
  g_autoptr (StoreDocument) document = say_find_document (review->command.language, review->store, handle, error);
  g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (review->store, document->id, error) : NULL;
  if (receipt == NULL || !change (review, document, error))
    return false;
  return !review->release || store_quarantine_remove (review->store, document->id, receipt->name, error);
}

static bool
run (Review *review, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "accept", 0, 0, G_OPTION_ARG_NONE, &review->accept, "You looked, and everything is right", NULL },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &review->set,
      "Your value instead of docket's, such as kind=complaint; may be repeated", "NAME=VALUE" },
    { "release", 0, 0, G_OPTION_ARG_NONE, &review->release, "Out of quarantine: try the stage that refused it again",
      NULL },
    { "limit", 0, 0, G_OPTION_ARG_INT, &review->limit, "Without N: at most so many lines; 0: all", "COUNT" },
    { "after", 0, 0, G_OPTION_ARG_STRING, &review->last, "Without N: what stands behind this one", "N" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&review->command, entries, "[N…]",
                      "Lists what is unsure or in quarantine; with N accepts, corrects or releases it.", &argc, &argv,
                      error))
    return false;
  review->store = command_open (&review->command, error);
  review->config = review->store != NULL ? command_config (review->store, error) : NULL;
  if (review->config == NULL)
    return false;
  g_autoptr (Vocabulary) vocabulary = review->command.json ? NULL : vocabulary_load (review->config, NULL);
  say_subjects_by (vocabulary);
  bool acts = review->accept || review->release || review->set != NULL;
  if (acts && argc < 2)
    return dk_refuse (error, DK_ERROR_USAGE, "name_documents", "s", "review");
  if (review->limit < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "list_limit", "");
  if (argc < 2)
    return (review->last == NULL || find_page (review, review->last, error)) && list_all (review, error);
  for (int i = 1; i < argc; i++)
    {
      if (acts && !change_one (review, argv[i], error))
        return false;
      g_autoptr (StoreDocument) document = say_find_document (review->command.language, review->store, argv[i], error);
      if (document == NULL || !list_one (review, document, error))
        return false;
    }
  if (!acts)
    return true;
  pipeline_wake (review->store);
  if (!review->command.json && !store_pipeline_is_locked (review->store))
    say (review->command.language, "stopped", "");
  return true;
}

int
docket_review (int argc, char **argv)
{
  g_auto (Review) review = { 0 };
  g_autoptr (GError) error = NULL;
  run (&review, argc, argv, &error);
  return command_end ("review", error);
}
