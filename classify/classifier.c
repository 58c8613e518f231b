#include "classify/classifier.h"
#include "classify/boxes.h"

Classifier *
classifier_new (const Config *config, GBytes *model, GError **error)
{
  g_autoptr (Classifier) classifier = g_new0 (Classifier, 1);
  classifier->config = config_ref ((Config *)config);
  classifier->settings = settings_load (config, error);
  classifier->vocabulary = classifier->settings != NULL ? vocabulary_load (config, error) : NULL;
  if (classifier->vocabulary == NULL)
    return NULL;
  classifier->languages = classify_languages_new (classifier->vocabulary);
  classifier->lexicon = classify_lexicon_new (classifier->vocabulary);
  classifier->subjects = classify_subjects_new (classifier->vocabulary);
  classifier->titles = classify_matcher_new (classifier->vocabulary, "form");
  classifier->words = field_vocabulary_new (classifier->vocabulary);
  if (model != NULL && (classifier->model = classify_model_decode (model, error)) == NULL)
    return NULL;
  return g_steal_pointer (&classifier);
}

void
classifier_free (Classifier *classifier)
{
  if (classifier == NULL)
    return;
  g_clear_pointer (&classifier->model, classify_model_free);
  g_clear_pointer (&classifier->languages, classify_languages_free);
  g_clear_pointer (&classifier->lexicon, classify_lexicon_free);
  g_clear_pointer (&classifier->titles, classify_matcher_free);
  g_clear_pointer (&classifier->words, field_vocabulary_free);
  g_clear_pointer (&classifier->subjects, classify_subjects_free);
  g_clear_pointer (&classifier->vocabulary, vocabulary_free);
  g_clear_pointer (&classifier->settings, settings_free);
  g_clear_pointer (&classifier->config, config_unref);
  g_free (classifier);
}

/* The words of the letter itself, without what stands beside empty boxes; NULL where these are all. Owned by the
 * caller.
 */
static ClassifyWords *
what_is_said (const ClassifyLook *look)
{
  g_autoptr (ClassifyWords) body = classify_body_new (look->words, look->lines);
  ClassifyWords *chosen = classify_boxes_chosen (body != NULL ? body : look->words);
  return chosen != NULL ? chosen : g_steal_pointer (&body);
}

ClassifyLook *
classifier_look (const Classifier *classifier, const GPtrArray *pages, DkDay received)
{
  ClassifyLook *look = g_new0 (ClassifyLook, 1);
  look->words = classify_words_new (pages);
  look->language = classify_language (classifier->languages, pages, classifier->settings->certain);
  look->context = (ClassifyContext){ .config = classifier->config,
                                     .settings = classifier->settings,
                                     .words = classifier->words,
                                     .received = received,
                                     .language = look->language->value,
                                     .mixed = look->language->also[0] != NULL };
  g_autoptr (GArray) signs
      = classify_lexicon_signs (classifier->lexicon, look->words, classify_label_language (&look->context));
  look->lines = classify_lines_new (look->words, signs);
  look->context.lines = look->lines;
  look->body = what_is_said (look);
  look->said = look->body != NULL ? look->body : look->words;
  look->matches = classify_subject_matches (classifier->subjects, look->said, &look->context);
  look->cues = classify_cues_new (classifier->lexicon, look->said, look->matches, &look->context);
  look->features = classify_features_new (look->said, look->cues);
  return look;
}

void
classify_look_free (ClassifyLook *look)
{
  if (look == NULL)
    return;
  g_clear_pointer (&look->features, g_array_unref);
  classify_cues_free (look->cues);
  g_array_unref (look->matches);
  g_clear_pointer (&look->body, classify_words_free);
  g_array_unref (look->lines);
  g_clear_pointer (&look->language, record_finding_free);
  classify_words_free (look->words);
  g_free (look);
}
