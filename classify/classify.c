#include "classify/classify.h"
#include "classify/context.h"
#include "classify/fields.h"
#include "classify/kind.h"
#include "classify/language.h"
#include "classify/subject.h"

/* What classify_warm_up compiled; every child is forked with it and only reads it. */
static struct
{
  Config *config;
  Settings *settings;
  Vocabulary *vocabulary;
  ClassifyLanguages *languages;
  ClassifyKinds *kinds;
  ClassifySubjects *subjects;
} warm;

static void
cool_down (void)
{
  g_clear_pointer (&warm.languages, classify_languages_free);
  g_clear_pointer (&warm.kinds, classify_kinds_free);
  g_clear_pointer (&warm.subjects, classify_subjects_free);
  g_clear_pointer (&warm.vocabulary, vocabulary_free);
  g_clear_pointer (&warm.settings, settings_free);
  g_clear_pointer (&warm.config, config_unref);
}

bool
classify_warm_up (const Config *config, GError **error)
{
  g_autoptr (Settings) settings = settings_load (config, error);
  if (settings == NULL)
    return false;
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (config, error);
  if (vocabulary == NULL || !classify_fields_warm_up (config, error))
    return false;
  cool_down ();
  warm.config = config_ref ((Config *)config);
  warm.settings = g_steal_pointer (&settings);
  warm.vocabulary = g_steal_pointer (&vocabulary);
  warm.languages = classify_languages_new (warm.vocabulary);
  warm.kinds = classify_kinds_new (warm.vocabulary);
  warm.subjects = classify_subjects_new (warm.vocabulary);
  return true;
}

GPtrArray *
classify_pages (const GPtrArray *pages, DkDay received)
{
  g_assert (warm.vocabulary != NULL);
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  RecordFinding *language = classify_language (warm.languages, pages, words, warm.settings->certain);
  g_ptr_array_add (findings, language);
  const ClassifyContext context = { .config = warm.config,
                                    .settings = warm.settings,
                                    .vocabulary = warm.vocabulary,
                                    .received = received,
                                    .language = language->value };
  g_autoptr (GArray) subjects = classify_subject_matches (warm.subjects, words, &context);
  g_ptr_array_add (findings, classify_kind (warm.kinds, words, subjects, &context));
  g_ptr_array_add (findings, classify_subject (warm.subjects, words, subjects, &context));
  g_autoptr (GPtrArray) fields = classify_fields (pages, &context);
  g_ptr_array_extend_and_steal (findings, g_steal_pointer (&fields));
  return findings;
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
