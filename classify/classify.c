#include "classify/classify.h"
#include "classify/classifier.h"
#include "classify/fields.h"
#include "classify/follow_up.h"
#include "classify/foreign.h"
#include "classify/labels.h"
#include "classify/legible.h"
#include "classify/passages.h"
#include "classify/train.h"
#include "classify/urgency.h"
#include "classify/variety.h"
#include <string.h>

#define PIECE (1 << 20) /* bytes of a model in one record */

/* What the work "train" is handed. */
enum
{
  TRAIN_LETTERS,   /* those that are shipped, */
  TRAIN_CORRECTED, /* and of the company's people; */
  TRAIN_KEPT,      /* what was learnt of the former already, where there is such */
};

/* What classify_warm_up made ready; every child is forked with it and only reads it. */
static Classifier *warm;
static ClassifyUrgency *warm_urgency;
static Customers *warm_customers; /* NULL where the company gives no list */
static ClassifyMatcher *warm_follow_up;
static ClassifyLabels *warm_labels; /* only where somebody asked for them */

bool
classify_warm_up (const Config *config, GBytes *model, GError **error)
{
  g_autoptr (Classifier) classifier = classifier_new (config, model, error);
  if (classifier == NULL)
    return false;
  g_clear_pointer (&warm_labels, classify_labels_free);
  g_clear_pointer (&warm_urgency, classify_urgency_free);
  g_clear_pointer (&warm_follow_up, classify_matcher_free);
  g_clear_pointer (&warm, classifier_free);
  warm = g_steal_pointer (&classifier);
  warm_urgency = classify_urgency_new (warm->vocabulary);
  warm_follow_up = classify_matcher_new (warm->vocabulary, "follow-up");
  return true;
}

bool
classify_load_customers (GBytes *csv, GError **error)
{
  g_autoptr (Customers) customers = customers_new (csv, error);
  if (customers == NULL)
    return false;
  g_clear_pointer (&warm_customers, customers_free);
  warm_customers = g_steal_pointer (&customers);
  return true;
}

GPtrArray *
classify_pages (const GPtrArray *pages, DkDay received)
{
  g_assert (warm != NULL);
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_autoptr (ClassifyLook) look = classifier_look (warm, pages, received);
  g_ptr_array_add (findings, classify_kind (warm, look));
  g_ptr_array_add (findings, classify_subject (warm, look));
  look->context.customers = warm_customers;
  const char *language = classify_label_language (&look->context);
  RecordFinding *more[] = { classify_urgency (warm_urgency, look->words, language),
                            classify_follow_up (warm_follow_up, look->words, language) };
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    if (more[i] != NULL)
      g_ptr_array_add (findings, more[i]);
  g_autoptr (GPtrArray) fields = classify_fields (pages, &look->context);
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&fields));
  classify_legible_check (pages, findings);
  classify_variety_check (look->said, findings);
  classify_foreign_check (look->language->value, findings);
  classify_passages (warm->languages, pages, look->language->value, findings);
  classify_passages_show (warm->languages, pages, look->language);
  g_ptr_array_insert (findings, 0, g_steal_pointer (&look->language));
  return findings;
}

bool
classify_first_page (const RecordPage *page, ServeOut *out, GError **error)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  g_ptr_array_add (pages, (RecordPage *)(uintptr_t)page);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  const ClassifyContext context = { .language = page->language };
  g_autoptr (RecordFinding) urgency = classify_urgency (warm_urgency, words, classify_label_language (&context));
  g_autoptr (GBytes) payload = urgency != NULL ? record_finding_encode (urgency) : NULL;
  return payload == NULL || serve_emit (out, RECORD_FINDING, payload, error);
}

bool
classify_understand (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GPtrArray) pages = serve_pages (request, 0, error);
  if (pages == NULL)
    return false;
  const char *received = serve_text (request, "received", "");
  g_autoptr (GPtrArray) findings = classify_pages (pages, dk_day_parse (received));
  for (guint i = 0; i < MIN (findings->len, request->limits.decisions); i++)
    {
      g_autoptr (GBytes) payload = record_finding_encode (findings->pdata[i]);
      if (!serve_emit (out, RECORD_FINDING, payload, error))
        return false;
    }
  return true;
}

static bool
emit_pieces (ServeOut *out, GBytes *bytes, GError **error)
{
  for (gsize at = 0, size = g_bytes_get_size (bytes); at < size; at += PIECE)
    {
      g_autoptr (GBytes) piece = g_bytes_new_from_bytes (bytes, at, MIN (PIECE, size - at));
      if (!serve_emit (out, RECORD_BYTES, piece, error))
        return false;
    }
  return true;
}

/* What was learnt of the shipped letters, as a training before this one kept it; NULL when that is of other letters, of
 * another vocabulary or by a program that makes something else of them. */
static ClassifyShipped *
kept_letters (const ServeRequest *request, GBytes *letters)
{
  g_autoptr (GBytes) kept = request->n_fds > TRAIN_KEPT ? serve_input (request, TRAIN_KEPT, NULL) : NULL;
  g_autofree char *key = kept != NULL ? classify_shipped_key (warm, letters) : NULL;
  return key != NULL ? classify_shipped_decode (kept, key) : NULL;
}

bool
classify_train_work (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (ClassifyLetters) corrected = classify_letters_new ();
  g_autoptr (GBytes) letters = serve_input (request, TRAIN_LETTERS, error);
  g_autoptr (GBytes) lines = letters != NULL ? serve_input (request, TRAIN_CORRECTED, error) : NULL;
  if (lines == NULL || !classify_letters_add (corrected, lines, true, error))
    return false;
  g_autoptr (ClassifyShipped) kept = kept_letters (request, letters);
  g_autoptr (ClassifyShipped) anew = kept == NULL ? classify_shipped_new (warm, letters, error) : NULL;
  const ClassifyShipped *shipped = kept != NULL ? kept : anew;
  g_autoptr (ClassifyModel) model = shipped != NULL ? classify_train_on (warm, shipped, corrected, error) : NULL;
  g_autoptr (GBytes) bytes = model != NULL ? classify_model_encode (model) : NULL;
  if (bytes == NULL || !emit_pieces (out, bytes, error) || anew == NULL)
    return bytes != NULL && anew == NULL;
  g_autoptr (GBytes) name = g_bytes_new_static (RECORD_LETTERS, strlen (RECORD_LETTERS));
  g_autoptr (GBytes) learnt = classify_shipped_encode (anew);
  return serve_emit (out, RECORD_AHEAD, name, error) && emit_pieces (out, learnt, error);
}

void
classify_labels_prepare (GVariant *arguments)
{
  (void)arguments;
  if (warm_labels == NULL)
    warm_labels = classify_labels_new (warm->vocabulary);
}

bool
classify_labels (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GPtrArray) pages = serve_pages (request, 0, error);
  if (pages == NULL)
    return false;
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (RecordFinding) language = classify_language (warm->languages, pages, warm->settings->certain);
  const ClassifyContext context = { .language = language->value };
  g_autoptr (GArray) hits = classify_labels_count (warm_labels, words, classify_label_language (&context));
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(uuuu)"));
  for (guint i = 0; i < hits->len; i++)
    {
      const ClassifyLabelHits *one = &g_array_index (hits, ClassifyLabelHits, i);
      g_variant_builder_add (&builder, "(uuuu)", one->no, one->found, one->counted, one->hider);
    }
  g_autoptr (GVariant) answer = g_variant_ref_sink (g_variant_new (RECORD_LABELS_TYPE, language->value, &builder));
  g_autoptr (GBytes) payload = g_variant_get_data_as_bytes (answer);
  return serve_emit (out, RECORD_BYTES, payload, error);
}
