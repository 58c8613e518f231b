/* The stage understand: what letters say, and which of them a person should look at. */
#include "pipeline/understand.h"
#include "pipeline/pages.h"
#include "pipeline/state.h"
#include "store/blind.h"
#include "store/decision.h"
#include <string.h>

#define READABLE 60 /* mean confidence of a page, of 100, below which a person should look at it */

bool
pipeline_ask_understanding (Store *store, const Limits *limits, const StoreDocument *document,
                            const StoreReceipt *receipt, PipelineRequest *request, GError **error)
{
  g_variant_builder_add (&request->arguments, "{sv}", "received", g_variant_new_string (receipt->received));
  return pipeline_request_add (request, pipeline_pages_file (store, limits, document->id, error));
}

bool
understand_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error)
{
  return pipeline_ask_understanding (pipeline->store, &pipeline->limits, piece->document, piece->receipt, request,
                                     error);
}

bool
pipeline_is_doubtful (const char *name, bool undecided, double confidence, const Settings *settings)
{
  bool decides = strcmp (name, "kind") == 0 || strcmp (name, "subject") == 0;
  return decides && (undecided || (!settings->certain_auto && confidence < settings->certain));
}

/* What a person should look at: the doubtful among the decisions that file and date a case, and pages without a word,
 * or so badly read that nothing said about them is worth much. */
static GPtrArray *
doubts (const Pipeline *pipeline, const GPtrArray *findings, double lowest_confidence)
{
  const Settings *settings = pipeline->in_force->settings;
  g_autoptr (GPtrArray) codes = g_ptr_array_new ();
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = findings->pdata[i];
      if (pipeline_is_doubtful (finding->name, finding->undecided, finding->confidence, settings))
        g_ptr_array_add (codes, finding->name);
    }
  if (lowest_confidence < READABLE)
    g_ptr_array_add (codes, (char *)(uintptr_t)(lowest_confidence < 0 ? "wordless" : "reading"));
  return g_steal_pointer (&codes);
}

static bool
note_understanding (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const GPtrArray *findings,
                    GError **error)
{
  double lowest_confidence;
  if (!store_page_confidence (pipeline->store, piece->document->id, &lowest_confidence, error))
    return false;
  g_autoptr (GPtrArray) review = doubts (pipeline, findings, lowest_confidence);
  bool drawn = false;
  if (review->len == 0 && strcmp (piece->document->outcome, "ok") == 0
      && !store_blind_draw (pipeline->store, piece->document->id, pipeline->in_force->settings->blind_check, &drawn,
                            error))
    return false;
  g_ptr_array_add (review, drawn ? (char *)(uintptr_t)STORE_REVIEW_BLIND : NULL);
  g_ptr_array_add (review, NULL);
  return store_document_understood (transaction, piece->document->id, findings, pipeline->config_id, pipeline->model_id,
                                    (const char *const *)review->pdata, pipeline_next (piece), error)
         /* one that has grown has its case already */
         && register_understood (transaction, pipeline->in_force->rules, piece->document, error);
}

GPtrArray *
pipeline_findings (const PipelineResult *result, const Limits *limits, GError **error)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  for (guint i = 0; i < result->records->len && findings->len < limits->decisions; i++)
    {
      const PipelineRecord *record = result->records->pdata[i];
      RecordFinding *finding
          = record->type == RECORD_FINDING ? record_finding_decode (record->payload, limits, error) : NULL;
      if (record->type == RECORD_FINDING && finding == NULL)
        return NULL;
      if (finding != NULL)
        g_ptr_array_add (findings, finding);
    }
  return g_steal_pointer (&findings);
}

bool
understand_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                    GError **error)
{
  g_autoptr (GPtrArray) findings = pipeline_findings (result, &pipeline->limits, error);
  return findings != NULL && note_understanding (pipeline, transaction, piece, findings, error);
}

/* Nothing could be made of it: an honest "other", for a person to decide. */
bool
understand_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                    GError **error)
{
  static const char *const guesses[][2] = { { "language", "und" }, { "kind", "other" }, { "subject", "general" } };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  (void)code;
  for (gsize i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      RecordFinding *finding = record_finding_new (guesses[i][0], guesses[i][1], "", 0);
      finding->undecided = true;
      g_ptr_array_add (findings, finding);
    }
  return note_understanding (pipeline, transaction, piece, findings, error);
}
