#include "pipeline/describe.h"
#include "base/messages.h"
#include "pipeline/pages.h"
#include "store/case.h"
#include "store/decision.h"
#include "store/document.h"
#include "store/receipt.h"
#include <math.h>
#include <string.h>

static json_t *
reason_json (const char *code, const char *language)
{
  if (code == NULL)
    return json_null ();
  g_autofree char *key = g_strconcat ("reason.", code, NULL);
  g_autofree char *text = dk_message (language, key, "");
  bool password
      = strcmp (code, "needs_password") == 0; /* the outcome says so; the closed list of codes has no such word */
  return json_pack ("{s:s, s:s}", "code", password ? "unreadable" : code, "text", text);
}

/* Each has a page, null where the whole document is meant. */
static json_t *
warnings_json (const json_t *warnings)
{
  json_t *list = json_array ();
  size_t i;
  const json_t *warning;
  json_array_foreach (warnings, i, warning)
  {
    json_t *page = json_object_get (warning, "page");
    json_array_append_new (list, json_pack ("{s:s, s:o}", "code", dk_json_string (warning, "code", ""), "page",
                                            page != NULL ? json_incref (page) : json_null ()));
  }
  return list;
}

static json_t *
box_json (RecordBox box)
{
  return json_pack ("[i, i, i, i]", box.x0, box.y0, box.x1, box.y1);
}

/* Two decimals are all that a confidence means. */
static json_t *
confidence_json (double confidence, double scale)
{
  return json_real (round (confidence * scale) / scale);
}

static json_t *
page_json (const RecordPage *page)
{
  bool measured = page->dpi > 0;
  return json_pack (
      "{s:i, s:s, s:s, s:o, s:o, s:o, s:s}", "no", (int)page->no, "origin", record_origin_name (page->origin),
      "language", page->language, "rotation", measured ? json_integer (page->rotation) : json_null (), "dpi",
      measured ? json_integer (page->dpi) : json_null (), "confidence",
      measured && page->confidence >= 0 ? confidence_json (page->confidence, 10) : json_null (), "text", page->text);
}

static void
add_pages (json_t *object, const GPtrArray *pages)
{
  json_t *list = json_array (), *barcodes = json_array ();
  for (guint i = 0; i < pages->len; i++)
    {
      const RecordPage *page = pages->pdata[i];
      json_array_append_new (list, page_json (page));
      for (guint k = 0; k < page->barcodes->len; k++)
        {
          const RecordBarcode *code = page->barcodes->pdata[k];
          json_array_append_new (barcodes, json_pack ("{s:i, s:s, s:s, s:o}", "page", (int)page->no, "type", code->type,
                                                      "value", code->value, "box", box_json (code->box)));
        }
    }
  json_object_set_new (object, "pages", list);
  json_object_set_new (object, "barcodes", barcodes);
}

/* A place on a page: its box where the page has pixels, its characters always. */
static void
set_place (json_t *object, const json_t *evidence)
{
  const json_t *box = json_object_get (evidence, "box");
  bool boxed = json_integer_value (json_array_get (box, 2)) > 0;
  json_object_set_new (object, "page", json_integer (dk_json_int (evidence, "page", 1)));
  json_object_set (object, "box", boxed ? (json_t *)(uintptr_t)box : json_null ());
  json_object_set_new (
      object, "chars",
      json_pack ("[I, I]", (json_int_t)dk_json_int (evidence, "from", 0), (json_int_t)dk_json_int (evidence, "to", 0)));
}

static json_t *
because_json (const json_t *evidence)
{
  json_t *object = json_object ();
  set_place (object, evidence);
  json_object_set (object, "text", json_object_get (evidence, "text"));
  json_object_set (object, "rule", json_object_get (evidence, "rule"));
  return object;
}

json_t *
describe_because (const json_t *evidence)
{
  json_t *because = json_array ();
  size_t i;
  const json_t *item;
  json_array_foreach (evidence, i, item) json_array_append_new (because, because_json (item));
  return because;
}

static json_t *
choice_json (const StoreDecision *decision)
{
  return json_pack ("{s:s, s:o, s:b, s:O, s:o}", "value", decision->value, "confidence",
                    confidence_json (decision->confidence, 100), "undecided", decision->undecided, "also",
                    decision->also, "because", describe_because (store_decision_because (decision)));
}

static json_t *
field_json (const StoreDecision *decision)
{
  const json_t *evidence = json_array_get (store_decision_because (decision), 0);
  json_t *object
      = json_pack ("{s:s, s:s, s:s}", "name", decision->name, "value", decision->value, "raw", decision->raw);
  if (evidence != NULL)
    set_place (object, evidence);
  else
    json_object_update_new (object, json_pack ("{s:n, s:n, s:n}", "page", "box", "chars"));
  json_object_set_new (object, "confidence", confidence_json (decision->confidence, 100));
  return object;
}

/* What was found out about a page's own language, or that of a paragraph on it, goes to that page. */
static void
add_passage (json_t *object, const StoreDecision *decision)
{
  const json_t *evidence = json_array_get (store_decision_because (decision), 0);
  json_t *pages = json_object_get (object, "pages");
  size_t i;
  json_t *page;
  json_array_foreach (pages, i, page)
  {
    if (dk_json_int (page, "no", 0) != dk_json_int (evidence, "page", -1))
      continue;
    if (strcmp (decision->name, "page_language") == 0)
      {
        json_object_set_new (page, "language", json_string (decision->value));
        continue;
      }
    json_t *paragraphs = json_object_get (page, "paragraphs");
    if (paragraphs == NULL)
      json_object_set_new (page, "paragraphs", paragraphs = json_array ());
    json_t *paragraph = json_pack ("{s:s, s:o}", "language", decision->value, "confidence",
                                   confidence_json (decision->confidence, 100));
    set_place (paragraph, evidence);
    json_object_del (paragraph, "page");
    json_array_append_new (paragraphs, paragraph);
  }
}

/* What no field of the letter is. */
static bool
is_own_matter (const char *name)
{
  static const char *const names[] = { "language", "urgency", "case", "follow_up", "name", "folder", NULL };
  return g_strv_contains (names, name);
}

static bool
add_decisions (json_t *object, Store *store, const StoreDocument *document, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  if (decisions == NULL)
    return false;
  json_object_set_new (object, "language", dk_json_text (document->language));
  json_object_set_new (object, "kind", json_null ());
  json_object_set_new (object, "subject", json_null ());
  json_t *fields = json_array ();
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (strcmp (decision->name, "kind") == 0 || strcmp (decision->name, "subject") == 0)
        json_object_set_new (object, decision->name, choice_json (decision));
      else if (g_str_has_suffix (decision->name, "_language"))
        add_passage (object, decision);
      else if (strcmp (decision->name, "urgency") == 0 && strcmp (decision->value, "none") != 0)
        json_object_set_new (object, decision->name, choice_json (decision));
      else if (!is_own_matter (decision->name))
        json_array_append_new (fields, field_json (decision));
    }
  json_object_set_new (object, "fields", fields);
  return true;
}

/* "FR-ACPR/final" of "FR-ACPR/final@2024-05-01". */
static char *
without_version (const char *name)
{
  return g_strndup (name, strcspn (name, "@"));
}

static bool
add_deadlines (json_t *object, Store *store, const StoreDocument *document, GError **error)
{
  json_t *list = json_array ();
  json_object_set_new (object, "deadlines", list);
  if (document->case_id == 0)
    return true;
  g_autoptr (GPtrArray) deadlines = store_deadlines (store, document->case_id, error);
  if (deadlines == NULL)
    return false;
  for (guint i = 0; i < deadlines->len; i++)
    {
      const StoreDeadline *deadline = deadlines->pdata[i];
      g_autofree char *policy = without_version (deadline->policy);
      if (strcmp (deadline->state, STORE_DEADLINE_WITHDRAWN) != 0)
        json_array_append_new (list,
                               json_pack ("{s:s, s:s, s:s, s:s?, s:s?, s:s, s:O}", "kind", deadline->kind, "policy",
                                          policy, "start", deadline->start, "due", deadline->due, "work_by",
                                          deadline->work_by, "state", deadline->state, "trace", deadline->trace));
    }
  return true;
}

json_t *
describe_document (Store *store, int64_t id, const char *language, GError **error)
{
  g_autoptr (StoreDocument) document = store_document_load (store, id, error);
  g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (store, id, error) : NULL;
  g_autoptr (GPtrArray) pages = receipt != NULL ? pipeline_pages (store, id, error) : NULL;
  if (pages == NULL)
    return NULL;
  g_autoptr (json_t) object = json_pack (
      "{s:s, s:s?, s:s, s:o, s:o, s:{s:s, s:s}}", "path", receipt->name, "media_type", document->media_type, "outcome",
      document->outcome, "reason", reason_json (document->reason, language), "warnings",
      warnings_json (document->warnings), "received", "date", receipt->received, "source", receipt->received_source);
  add_pages (object, pages);
  if (!add_decisions (object, store, document, error))
    return NULL;
  json_object_set_new (object, "name", dk_json_text (document->name));
  json_object_set_new (object, "folder", dk_json_text (document->folder));
  if (!add_deadlines (object, store, document, error))
    return NULL;
  json_object_set_new (object, "children", json_array ());
  return g_steal_pointer (&object);
}

json_t *
describe_refused (const char *path, RecordCode code, const char *received, const char *received_source,
                  const char *language)
{
  return json_pack ("{s:o, s:n, s:s, s:o, s:[], s:{s:s, s:s}, s:[], s:[], s:n, s:n, s:n, s:[], s:n, s:n, s:[], s:[]}",
                    "path", dk_json_text (path), "media_type", "outcome", "refused", "reason",
                    reason_json (record_code_name (code), language), "warnings", "received", "date", received, "source",
                    received_source, "pages", "barcodes", "language", "kind", "subject", "fields", "name", "folder",
                    "deadlines", "children");
}

char *
describe_text (Store *store, int64_t id, GError **error)
{
  g_autoptr (GPtrArray) pages = pipeline_pages (store, id, error);
  if (pages == NULL)
    return NULL;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < pages->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\f" : "", ((const RecordPage *)pages->pdata[i])->text);
  return g_string_free (text, FALSE);
}
