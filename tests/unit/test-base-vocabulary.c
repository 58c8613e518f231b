#include "base/vocabulary.h"
#include "tests/unit/own_config.h"

/* A configuration with the five kinds, a rant among complaints and the vocabulary @text, or the error that it gives. */
static Vocabulary *
vocabulary_of (const char *text, GError **error)
{
  const char *const files[][2]
      = { { "kinds.yaml", OWN_KINDS "  rant: {label: {en: rant}, broader: complaint}\n" }, { "words.yaml", text } };
  g_autoptr (Config) config = own_config ("", files, G_N_ELEMENTS (files));
  return vocabulary_load (config, error);
}

static void
expect_refusal (const char *text, const char *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Vocabulary) vocabulary = vocabulary_of (text, &error);
  g_assert_null (vocabulary);
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  if (!g_str_has_prefix (error->message, place))
    g_error ("%s does not begin with %s", error->message, place);
}

static Vocabulary *
shipped (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_read ("conf", &error);
  g_assert_no_error (error);
  Vocabulary *vocabulary = vocabulary_load (config, &error);
  g_assert_no_error (error);
  return vocabulary;
}

static void
test_a_concept_keeps_its_labels_and_what_it_implies (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Vocabulary) vocabulary = vocabulary_of ("scheme: subject\n"
                                                     "concepts:\n"
                                                     "  lifts:\n"
                                                     "    label: {en: lifts, hu: liftek}\n"
                                                     "  stuck:\n"
                                                     "    broader: lifts\n"
                                                     "    label: {en: stuck in a lift}\n"
                                                     "    file: {en: stuck}\n"
                                                     "    misspelling: {en: [stukc]}\n"
                                                     "    cue: {en: {2: [alarm button], -0.5: [music]}}\n"
                                                     "    implies: {rant: 0.25}\n",
                                                     &error);
  g_assert_no_error (error);
  const Concept *stuck = vocabulary_concept (vocabulary, "stuck");
  g_assert_cmpuint (stuck->labels->len, ==, 4);
  const Label *last = &g_array_index (stuck->labels, Label, 3);
  g_assert_cmpint (last->type, ==, LABEL_CUE);
  g_assert_cmpfloat (last->weight, ==, -0.5);
  g_assert_cmpstr (last->text, ==, "music");
  g_assert_cmpstr (g_array_index (stuck->implies, Implied, 0).id, ==, "rant");
  g_assert_cmpfloat (g_array_index (stuck->implies, Implied, 0).weight, ==, 0.25);
  g_assert_cmpuint (vocabulary_concepts (vocabulary, "subject")->len, ==, 2);
  g_assert_cmpuint (vocabulary_concepts (vocabulary, "urgency")->len, ==, 0);
}

static void
test_a_path_leads_to_its_concept_and_back (void)
{
  g_autoptr (Vocabulary) vocabulary = shipped ();
  g_autofree char *path = vocabulary_path (vocabulary, "not-received");
  g_assert_cmpstr (path, ==, "delivery/not-received");
  g_assert_cmpstr (vocabulary_at (vocabulary, path)->id, ==, "not-received");
  g_assert_null (vocabulary_at (vocabulary, "billing/not-received"));
  g_assert_null (vocabulary_at (vocabulary, "delivery/nothing"));
  g_assert_null (vocabulary_path (vocabulary, "nothing"));
}

static void
test_a_label_without_a_language_is_taken_from_english (void)
{
  g_autoptr (Vocabulary) vocabulary = shipped ();
  g_assert_cmpstr (vocabulary_label (vocabulary, "complaint", "fr"), ==, "réclamation");
  g_assert_cmpstr (vocabulary_label (vocabulary, "complaint", "de"), ==, "complaint");
  g_assert_cmpstr (vocabulary_label (vocabulary, "nothing", "en"), ==, "nothing");
  g_assert_cmpstr (vocabulary_file_form (vocabulary, "other", "hu"), ==, "irat");
  g_assert_cmpstr (vocabulary_file_form (vocabulary, "not-received", "fr"), ==, "livraison non reçue");
}

static void
test_folders_are_named_in_the_language_asked_for (void)
{
  g_autoptr (Vocabulary) vocabulary = shipped ();
  static const struct
  {
    const char *scheme, *path, *language, *folder, *code;
  } cases[] = { { "kind", "complaint", "fr", "Réclamations", "C" },
                { "subject", "delivery/not-received", "fr", "Livraison", "10" },
                { "subject", "delivery", "es", "Entrega", "10" },
                { "subject", "delivery/late", "hu", "Szállítás", "10" },
                { "kind", NULL, "de", "Other", "O" },
                { "subject", "", "de", "General", "00" },
                { "kind", "rant", "en", "Other", "O" },
                { "subject", "weather/rain", "en", "General", "00" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folder = vocabulary_folder (vocabulary, cases[i].scheme, cases[i].path, cases[i].language);
      g_assert_cmpstr (folder, ==, cases[i].folder);
      g_assert_cmpstr (vocabulary_folder_code (vocabulary, cases[i].scheme, cases[i].path), ==, cases[i].code);
    }
}

static void
test_every_shipped_subject_has_labels_in_four_languages (void)
{
  static const char *const languages[] = { "en", "fr", "es", "hu" };
  static const char *const schemes[] = { "kind", "subject", "sign", "form" };
  g_autoptr (Vocabulary) vocabulary = shipped ();
  for (size_t s = 0; s < G_N_ELEMENTS (schemes); s++)
    {
      const GPtrArray *concepts = vocabulary_concepts (vocabulary, schemes[s]);
      g_assert_cmpuint (concepts->len, >, 0);
      for (guint i = 0; i < concepts->len; i++)
        for (size_t l = 0; l < G_N_ELEMENTS (languages); l++)
          {
            const Concept *concept = concepts->pdata[i];
            guint cues = 0;
            for (guint j = 0; j < concept->labels->len; j++)
              cues += g_str_equal (g_array_index (concept->labels, Label, j).language, languages[l]);
            if (cues < 3)
              g_error ("%s has too few labels in %s", concept->id, languages[l]);
          }
    }
}

static void
test_mistakes_are_refused_with_their_place (void)
{
  expect_refusal ("scheme: s\nconcepts:\n  a: {label: {en: a}, lable: {en: b}}\n", "vocabulary/words.yaml:3:");
  expect_refusal ("scheme: s\nconcepts:\n  a: {label: {xx: a}}\n", "vocabulary/words.yaml:3:");
  expect_refusal ("scheme: s\nconcepts:\n  a: {broader: b, label: {en: a}}\n", "vocabulary/words.yaml:3:");
  expect_refusal ("scheme: s\nconcepts:\n  a: {label: {en: a}, implies: {b: 1}}\n", "vocabulary/words.yaml:3:");
  expect_refusal ("scheme: s\nconcepts:\n  A b: {label: {en: a}}\n", "vocabulary/words.yaml:3:");
  expect_refusal ("scheme: s\nconcepts:\n  a: {cue: {en: [b]}}\n", "vocabulary/words.yaml:3:");
  expect_refusal ("scheme: s\nconcepts:\n  a:\n    label: {en: a}\n    cue: {en: {heavy: [b]}}\n",
                  "vocabulary/words.yaml:5:");
  expect_refusal ("concepts: {}\n", "vocabulary/words.yaml:1:");
}

static void
test_a_sixth_kind_is_refused (void)
{
  expect_refusal ("scheme: kind\nconcepts:\n  tirade: {label: {en: tirade}}\n", "vocabulary/words.yaml:3:");
}

static void
test_what_is_implied_is_a_kind (void)
{
  expect_refusal ("scheme: form\n"
                  "concepts:\n"
                  "  lift: {label: {en: lift}}\n"
                  "  note:\n"
                  "    label: {en: note about a lift}\n"
                  "    implies:\n"
                  "      rant: 1\n"
                  "      lift: 1\n",
                  "vocabulary/words.yaml:8:7: note implies lift of the scheme form, which is no kind");
}

static void
test_a_concept_broader_than_itself_is_refused (void)
{
  expect_refusal ("scheme: s\nconcepts:\n  a: {broader: b, label: {en: a}}\n  b: {broader: a, label: {en: b}}\n",
                  "vocabulary/words.yaml:");
}

/* The vocabulary @own of a store that docket came with further words for: @shipped. */
static Vocabulary *
completed_vocabulary (const char *own, const char *shipped)
{
  g_autoptr (GError) error = NULL;
  const char *const files[][2] = { { "kinds.yaml", OWN_KINDS }, { "words.yaml", own } };
  g_autoptr (Config) config = own_config ("", files, G_N_ELEMENTS (files));
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (texts, (char *)CONFIG_COMPLETED "/words.yaml", (char *)(uintptr_t)shipped);
  g_autoptr (Config) whole = config_with (config, texts, &error);
  Vocabulary *vocabulary = vocabulary_load (whole, &error);
  g_assert_no_error (error);
  return vocabulary;
}

static const char *
first_cue (const Concept *concept)
{
  for (guint i = 0; i < concept->labels->len; i++)
    if (g_array_index (concept->labels, Label, i).type == LABEL_CUE)
      return g_array_index (concept->labels, Label, i).text;
  return NULL;
}

static void
test_a_concept_of_the_store_goes_before_the_one_that_came_with_docket (void)
{
  g_autoptr (Vocabulary) vocabulary = completed_vocabulary (
      "scheme: field\nconcepts:\n  desk: {label: {en: desk}, cue: {en: [counter]}}\n  town: {label: {en: town}}\n",
      "scheme: field\nconcepts:\n  desk: {label: {en: desk}, cue: {en: [office]}}\n"
      "  town: {label: {en: town}, cue: {en: [London]}}\n  street: {label: {en: street}, cue: {en: [road]}}\n");
  const Concept *desk = vocabulary_own_concept (vocabulary, "field", "desk"),
                *town = vocabulary_own_concept (vocabulary, "field", "town"),
                *street = vocabulary_own_concept (vocabulary, "field", "street");
  g_assert_cmpuint (vocabulary_concepts (vocabulary, "field")->len, ==, 3);
  g_assert_cmpstr (first_cue (desk), ==, "counter");
  g_assert_null (first_cue (town)); /* emptied on purpose */
  g_assert_cmpstr (first_cue (street), ==, "road");
  g_assert_false (desk->completed);
  g_assert_false (town->completed);
  g_assert_true (street->completed);
}

static void
test_of_what_came_with_docket_nothing_is_wrong_where_the_store_lacks_kinds (void)
{
  g_autoptr (GError) error = NULL;
  const char *const files[][2] = { { "words.yaml", "scheme: sign\nconcepts:\n  heading: {label: {en: subject}}\n" } };
  g_autoptr (Config) config = own_config ("", files, G_N_ELEMENTS (files));
  g_autoptr (GHashTable) texts = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (texts, (char *)CONFIG_COMPLETED "/forms.yaml",
                       (char *)"scheme: form\nconcepts:\n  sheet: {label: {en: sheet}, implies: {complaint: 1}}\n");
  g_autoptr (Config) whole = config_with (config, texts, &error);
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (whole, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (vocabulary_own_concept (vocabulary, "form", "sheet")->implies->len, ==, 0);
}

static void
test_a_subject_with_the_id_of_a_later_word_list_stays_beside_it (void)
{
  g_autoptr (Vocabulary) vocabulary
      = completed_vocabulary ("scheme: subject\nconcepts:\n  mailbox: {label: {en: mailboxes}, cue: {en: [dented]}}\n",
                              "scheme: field\nconcepts:\n  mailbox: {label: {en: mailbox}, cue: {en: [info]}}\n");
  g_assert_cmpstr (vocabulary_concept (vocabulary, "mailbox")->scheme, ==, "subject");
  g_assert_cmpstr (first_cue (vocabulary_own_concept (vocabulary, "subject", "mailbox")), ==, "dented");
  g_assert_cmpstr (first_cue (vocabulary_own_concept (vocabulary, "field", "mailbox")), ==, "info");
  g_assert_null (vocabulary_own_concept (vocabulary, "field", "none"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vocabulary/labels", test_a_concept_keeps_its_labels_and_what_it_implies);
  g_test_add_func ("/vocabulary/path", test_a_path_leads_to_its_concept_and_back);
  g_test_add_func ("/vocabulary/language", test_a_label_without_a_language_is_taken_from_english);
  g_test_add_func ("/vocabulary/folder", test_folders_are_named_in_the_language_asked_for);
  g_test_add_func ("/vocabulary/shipped", test_every_shipped_subject_has_labels_in_four_languages);
  g_test_add_func ("/vocabulary/mistakes", test_mistakes_are_refused_with_their_place);
  g_test_add_func ("/vocabulary/implied", test_what_is_implied_is_a_kind);
  g_test_add_func ("/vocabulary/sixth-kind", test_a_sixth_kind_is_refused);
  g_test_add_func ("/vocabulary/completed", test_a_concept_of_the_store_goes_before_the_one_that_came_with_docket);
  g_test_add_func ("/vocabulary/completed-kinds",
                   test_of_what_came_with_docket_nothing_is_wrong_where_the_store_lacks_kinds);
  g_test_add_func ("/vocabulary/completed-beside", test_a_subject_with_the_id_of_a_later_word_list_stays_beside_it);
  g_test_add_func ("/vocabulary/cycle", test_a_concept_broader_than_itself_is_refused);
  return g_test_run ();
}
