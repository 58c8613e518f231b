/* A letter becomes numbers: how it is said is told apart from what it is about. */
#include "classify/classifier.h"
#include "classify/language_tables.h"
#include "tests/unit/classify_letters.h"

static Classifier *classifier;

static GArray *
features_of (const char *text)
{
  g_autoptr (GPtrArray) pages = letter_pages (text);
  g_autoptr (ClassifyLook) look = classifier_look (classifier, pages, DK_DAY_NONE);
  return g_steal_pointer (&look->features);
}

/* Indices from @from to below @to in @features, as text. */
static char *
indices_in (const GArray *features, guint32 from, guint32 to)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < features->len; i++)
    {
      guint32 index = g_array_index (features, ClassifyFeature, i).index;
      if (index >= from && index < to)
        g_string_append_printf (text, "%u ", index);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
skeletons_of (const char *text)
{
  g_autoptr (GArray) features = features_of (text);
  return indices_in (features, CLASSIFY_BLANKS_FROM, CLASSIFY_BEGINNINGS_FROM);
}

static char *
beginnings_of (const char *text)
{
  g_autoptr (GArray) features = features_of (text);
  return indices_in (features, CLASSIFY_BEGINNINGS_FROM, CLASSIFY_ENDINGS_FROM);
}

static char *
endings_of (const char *text)
{
  g_autoptr (GArray) features = features_of (text);
  return indices_in (features, CLASSIFY_ENDINGS_FROM, CLASSIFY_WORDS_FROM);
}

static void
test_two_topics_said_alike_have_one_skeleton (void)
{
  g_autofree char *cranes = skeletons_of ("Could you tell me why the crane creaks?");
  g_autofree char *violins = skeletons_of ("Could you tell me why the violin squeaks?");
  g_assert_cmpstr (cranes, !=, "");
  g_assert_cmpstr (cranes, ==, violins);
}

static void
test_one_topic_said_otherwise_has_another_skeleton (void)
{
  g_autofree char *asked = skeletons_of ("Could you tell me why the crane creaks?");
  g_autofree char *told = skeletons_of ("I have to tell you that the crane creaks.");
  g_assert_cmpstr (asked, !=, told);
}

static void
test_a_question_mark_belongs_to_the_skeleton (void)
{
  g_autofree char *asked = skeletons_of ("You have the crane?");
  g_autofree char *told = skeletons_of ("You have the crane.");
  g_assert_cmpstr (asked, !=, told);
}

static void
test_forms_of_one_word_begin_alike (void)
{
  g_autofree char *one = beginnings_of ("The crane creaked at 10.");
  g_autofree char *many = beginnings_of ("The cranes creak at 1200.");
  g_autofree char *others = beginnings_of ("The violins squeak at 1200.");
  g_assert_cmpstr (one, !=, "");
  g_assert_cmpstr (one, ==, many);
  g_assert_cmpstr (one, !=, others);
}

static void
test_words_of_one_form_end_alike (void)
{
  g_autofree char *told = endings_of ("The coffin squeaked.");
  g_autofree char *same = endings_of ("The muffin creaked.");
  g_autofree char *asked = endings_of ("The muffin creaked?");
  g_assert_cmpstr (told, !=, "");
  g_assert_cmpstr (told, ==, same);
  g_assert_cmpstr (told, !=, asked);
}

/* Letters are counted, not bytes. */
static void
test_a_short_word_is_its_own_beginning_and_ending (void)
{
  g_autofree char *greek = endings_of ("\u03bb\u03bb");
  g_autofree char *other = endings_of ("\u03bb\u03bb\u03bb");
  g_assert_cmpstr (greek, !=, "");
  g_assert_cmpstr (greek, !=, other);
}

static void
test_the_words_of_grammar_are_known_in_four_languages (void)
{
  const char *const grammar[] = { "the", "have", "vous", "pour", "que", "pero", "hogy", "nem", NULL };
  for (const char *const *word = grammar; *word != NULL; word++)
    if (!classify_language_is_function_word (*word))
      g_error ("%s is taken for the topic", *word);
  const char *const topics[] = { "violin", "facture", "radiador", "szamla", "3000", NULL };
  for (const char *const *word = topics; *word != NULL; word++)
    if (classify_language_is_function_word (*word))
      g_error ("%s is taken for grammar", *word);
}

static void
test_features_come_in_the_order_of_their_indices_each_once (void)
{
  g_autoptr (GArray) features = features_of ("The crane creaks and the crane creaks. Why does the crane creak?");
  for (guint i = 1; i < features->len; i++)
    g_assert_cmpuint (g_array_index (features, ClassifyFeature, i - 1).index, <,
                      g_array_index (features, ClassifyFeature, i).index);
  g_assert_cmpuint (g_array_index (features, ClassifyFeature, features->len - 1).index, <, CLASSIFY_FEATURES);
}

/* Else the length of its only sentence alone said of a long story what it is: a question, surely. */
static void
test_a_story_without_a_full_stop_has_no_count_beyond_measure (void)
{
  g_autoptr (GString) story = g_string_new (NULL);
  for (int i = 0; i < 400; i++)
    g_string_append (story, "and then they said ");
  g_autoptr (GArray) features = features_of (story->str);
  for (guint i = 0; i < features->len; i++)
    {
      const ClassifyFeature *feature = &g_array_index (features, ClassifyFeature, i);
      if (feature->index < CLASSIFY_COUNTS)
        g_assert_cmpfloat (feature->value, <, 3);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_read ("conf", &error);
  classifier = config != NULL ? classifier_new (config, NULL, &error) : NULL;
  g_assert_no_error (error);
  g_test_add_func ("/features/same skeleton", test_two_topics_said_alike_have_one_skeleton);
  g_test_add_func ("/features/another skeleton", test_one_topic_said_otherwise_has_another_skeleton);
  g_test_add_func ("/features/question mark", test_a_question_mark_belongs_to_the_skeleton);
  g_test_add_func ("/features/beginnings", test_forms_of_one_word_begin_alike);
  g_test_add_func ("/features/endings", test_words_of_one_form_end_alike);
  g_test_add_func ("/features/short words", test_a_short_word_is_its_own_beginning_and_ending);
  g_test_add_func ("/features/grammar", test_the_words_of_grammar_are_known_in_four_languages);
  g_test_add_func ("/features/order", test_features_come_in_the_order_of_their_indices_each_once);
  g_test_add_func ("/features/no full stop", test_a_story_without_a_full_stop_has_no_count_beyond_measure);
  int status = g_test_run ();
  classifier_free (classifier);
  return status;
}
