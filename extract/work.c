/* The worker's table calls these: they unwrap a request and wrap what came of it. */
#include "extract/extract.h"
#include "extract/media.h"
#include "extract/page.h"
#include "extract/recognise.h"

/* A fault of the document is an answer; anything else is a failure of ours. */
static bool
emit_fault (ServeOut *out, GError *why, GError **error)
{
  RecordCode code = extract_fault_code (why);
  if (code == RECORD_CODE_NONE)
    {
      g_propagate_error (error, why);
      return false;
    }
  g_error_free (why);
  g_autoptr (GBytes) payload = record_refusal_encode (code);
  return serve_emit (out, RECORD_REFUSAL, payload, error);
}

static bool
emit_facts (ServeOut *out, const RecordFacts *facts, GError **error)
{
  g_autoptr (GBytes) payload = record_facts_encode (facts);
  return serve_emit (out, RECORD_FACTS, payload, error);
}

bool
extract_identify (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GBytes) file = serve_input (request, 0, error);
  if (file == NULL)
    return false;
  g_autofree char *media_type = NULL;
  GError *why = NULL;
  g_autoptr (RecordFacts) facts
      = extract_facts (file, serve_text (request, "name", NULL), &request->limits, &media_type, &why);
  if (facts != NULL)
    return emit_facts (out, facts, error);
  if (media_type != NULL && extract_fault_code (why) != RECORD_CODE_NONE)
    {
      g_autoptr (RecordFacts) known = record_facts_new (media_type, 1);
      if (!emit_facts (out, known, error))
        {
          g_error_free (why);
          return false;
        }
    }
  return emit_fault (out, why, error);
}

/* A name may lie, which costs no more than the time to load a model. */
void
extract_identify_prepare (GVariant *arguments)
{
  g_auto (GStrv) hints = NULL;
  const char *name = "";
  g_variant_lookup (arguments, "name", "&s", &name);
  if (extract_media_is_named_as_picture (name) && g_variant_lookup (arguments, "languages", "^as", &hints))
    extract_recognise_prepare (hints);
}

void
extract_read_prepare (GVariant *arguments)
{
  g_auto (GStrv) hints = NULL;
  const char *media_type = "";
  g_variant_lookup (arguments, "languages", "^as", &hints);
  g_variant_lookup (arguments, "media_type", "&s", &media_type);
  bool scanned = extract_media_is_pdf (media_type) && extract_recognise_is_expected ();
  extract_recognise_prepare (scanned || extract_media_is_picture (media_type) ? hints : NULL);
}

static void
emit_key (GBytes *key, void *data)
{
  serve_emit (data, RECORD_PAGE_KEY, key, NULL); /* a hint: without it the page is read as ever */
}

bool
extract_read (const ServeRequest *request, ServeOut *out, RecordPage **page, GError **error)
{
  *page = NULL;
  g_autoptr (GBytes) file = serve_input (request, 0, error);
  if (file == NULL)
    return false;
  int64_t page_no = serve_int (request, "page", 1);
  if (page_no < 1 || page_no > request->limits.pages)
    return dk_throw (error, DK_ERROR_INVALID, "read page %" G_GINT64_FORMAT ": there is no such page", page_no);
  g_autoptr (GVariant) hints = g_variant_lookup_value (request->arguments, "languages", G_VARIANT_TYPE_STRING_ARRAY);
  g_auto (GStrv) languages = hints != NULL ? g_variant_dup_strv (hints, NULL) : NULL;
  GError *why = NULL;
  const char *media_type = serve_media_type (request);
  const ExtractPageJob how = { .languages = languages,
                               .limits = &request->limits,
                               .trusted = serve_int (request, "trusted", 0) != 0,
                               .version = serve_int (request, "version", 0),
                               .on_key = emit_key,
                               .data = out };
  *page = extract_page_job (file, media_type, (unsigned)page_no, &how, &why);
  if (*page == NULL)
    return emit_fault (out, why, error);
  const RecordCost cost = extract_recognise_cost ();
  g_autoptr (GBytes) told = record_cost_encode (&cost);
  g_autoptr (GBytes) frame = record_page_encode (*page);
  return serve_emit (out, RECORD_COST, told, error) && serve_emit_frame (out, frame, error);
}
