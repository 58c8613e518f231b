#include "pipeline/labels.h"
#include <string.h>

PipelineLabels *
pipeline_labels_new (const Vocabulary *vocabulary)
{
  PipelineLabels *labels = g_new0 (PipelineLabels, 1);
  labels->labels = g_array_new (FALSE, TRUE, sizeof (PipelineLabelHits));
  g_array_set_size (labels->labels, vocabulary_n_labels (vocabulary));
  labels->by_language = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  labels->by_value = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const char *const *scheme = vocabulary_schemes (vocabulary); *scheme != NULL; scheme++)
    {
      const GPtrArray *concepts = vocabulary_concepts (vocabulary, *scheme);
      for (guint i = 0; i < concepts->len; i++)
        {
          const Concept *concept = concepts->pdata[i];
          for (guint j = 0; j < concept->labels->len; j++)
            {
              const Label *label = &g_array_index (concept->labels, Label, j);
              g_array_index (labels->labels, PipelineLabelHits, label->no)
                  = (PipelineLabelHits){ .concept = concept, .label = label };
            }
        }
    }
  return labels;
}

void
pipeline_labels_free (PipelineLabels *labels)
{
  if (labels == NULL)
    return;
  g_array_unref (labels->labels);
  g_hash_table_unref (labels->by_language);
  g_hash_table_unref (labels->by_value);
  g_free (labels);
}

static void
count_one (GHashTable *table, char *key)
{
  g_hash_table_insert (table, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (table, key)) + 1));
}

static char *
value_key (const char *name, const char *top, const char *language)
{
  return g_strdup_printf ("%s %s %s", name, top, language);
}

unsigned
pipeline_labels_in (const PipelineLabels *labels, const char *language)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (labels->by_language, language));
}

unsigned
pipeline_labels_of (const PipelineLabels *labels, const char *name, const char *top, const char *language)
{
  g_autofree char *key = value_key (name, top, language);
  return GPOINTER_TO_UINT (g_hash_table_lookup (labels->by_value, key));
}

/* One letter while it is counted. */
typedef struct
{
  PipelineLabels *labels;
  const Vocabulary *vocabulary;
  char *kind, *subject; /* the first part of its path; "" where not known */
} Look;

static bool
is_own (const Look *look, const Concept *concept)
{
  const char *value = strcmp (concept->scheme, "kind") == 0      ? look->kind
                      : strcmp (concept->scheme, "subject") == 0 ? look->subject
                                                                 : "";
  return strcmp (vocabulary_top (look->vocabulary, concept)->id, value) == 0;
}

/* Notes the answer of the worker, which is not trusted. */
static bool
note_hits (const Look *look, GVariant *answer, GError **error)
{
  const char *language;
  g_autoptr (GVariantIter) each = NULL;
  guint32 no, found, counted, hider;
  g_variant_get (answer, "(&sa(uuuu))", &language, &each);
  count_one (look->labels->by_language, g_strdup (language));
  count_one (look->labels->by_value, value_key ("kind", look->kind, language));
  count_one (look->labels->by_value, value_key ("subject", look->subject, language));
  while (g_variant_iter_next (each, "(uuuu)", &no, &found, &counted, &hider))
    {
      if (no >= look->labels->labels->len || hider > look->labels->labels->len)
        return dk_throw (error, DK_ERROR_INVALID, "the worker sent a label that the vocabulary does not have");
      PipelineLabelHits *hits = &g_array_index (look->labels->labels, PipelineLabelHits, no);
      hits->found++;
      hits->counted += counted > 0;
      hits->own += counted > 0 && is_own (look, hits->concept);
      if (hits->hider == 0)
        hits->hider = hider;
    }
  look->labels->documents++;
  return true;
}

static bool
note (const StoreDocument *document, const StoreReceipt *receipt, const PipelineResult *result, void *data,
      GError **error)
{
  Look *look = data;
  (void)receipt;
  if (result->fault != RECORD_CODE_NONE || result->refusal != RECORD_CODE_NONE || result->failed)
    return true;
  const PipelineRecord *record = result->records->len == 1 ? result->records->pdata[0] : NULL;
  if (record == NULL || record->type != RECORD_BYTES)
    return dk_throw (error, DK_ERROR_INVALID, "the worker did not count labels");
  g_autoptr (GVariant) answer
      = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (RECORD_LABELS_TYPE), record->payload, FALSE));
  if (!g_variant_is_normal_form (answer))
    return dk_throw (error, DK_ERROR_INVALID, "the worker sent a damaged count of labels");
  const char *subject = document->subject != NULL ? document->subject : "";
  g_free (look->kind);
  g_free (look->subject);
  look->kind = g_strdup (document->kind != NULL ? document->kind : "");
  look->subject = g_strndup (subject, strcspn (subject, "/"));
  return note_hits (look, answer, error);
}

bool
pipeline_labels_look (PipelineLabels *labels, const Vocabulary *vocabulary, Store *store, const GArray *documents,
                      const PipelinePass *pass, GError **error)
{
  Look look = { .labels = labels, .vocabulary = vocabulary };
  PipelinePass whole = *pass;
  whole.work = "labels";
  bool done = pipeline_pass (store, documents, &whole, note, &look, error);
  g_free (look.kind);
  g_free (look.subject);
  return done;
}
