/* Support vectors: what tells a class is found, the same each time, and found again from where another ended. */
#include "classify/learn.h"
#include <math.h>

#define EXAMPLES 200
#define WORDS 40

static const char *const classes[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", NULL };
#define CLASSES 9 /* more than are learnt together */

/* A letter of class @k: a word that says so, and one that any has. */
typedef struct
{
  ClassifyFeature features[2];
  guint label;
} Letter;

static GArray *
letters_of_all_classes (void)
{
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (Letter));
  for (guint i = 0; i < EXAMPLES; i++)
    {
      Letter letter
          = { .features = { { .index = CLASSIFY_WORDS_FROM + i % CLASSES, .value = 0.8F, .times = 1 },
                            { .index = CLASSIFY_WORDS_FROM + CLASSES + i % WORDS, .value = 0.6F, .times = 1 } },
              .label = i % CLASSES };
      g_array_append_val (letters, letter);
    }
  return letters;
}

static GArray *
examples_of (const GArray *letters)
{
  GArray *examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  for (guint i = 0; i < letters->len; i++)
    {
      const Letter *letter = &g_array_index (letters, Letter, i);
      ClassifyExample example = { .features = letter->features, .n = 2, .label = letter->label, .times = 1 };
      g_array_append_val (examples, example);
    }
  return examples;
}

static guint
answer (const ClassifyLinear *linear, const Letter *letter)
{
  double values[CLASSES];
  guint best = 0;
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (ClassifyFeature));
  g_array_append_vals (features, letter->features, 2);
  classify_linear_values (linear, features, values);
  for (guint k = 1; k < CLASSES; k++)
    best = values[k] > values[best] ? k : best;
  return best;
}

static void
test_every_class_is_told_by_its_word_however_many_there_are (void)
{
  g_autoptr (GArray) letters = letters_of_all_classes ();
  g_autoptr (GArray) examples = examples_of (letters);
  g_autoptr (ClassifyLinear) linear = classify_learn (examples, classes, 1, NULL);
  for (guint i = 0; i < letters->len; i++)
    g_assert_cmpuint (answer (linear, &g_array_index (letters, Letter, i)), ==, i % CLASSES);
}

static void
test_a_class_without_an_example_is_never_answered (void)
{
  g_autoptr (GArray) letters = letters_of_all_classes ();
  for (guint i = 0; i < letters->len; i++)
    if (g_array_index (letters, Letter, i).label == 2)
      g_array_index (letters, Letter, i).label = CLASSES; /* of none */
  g_autoptr (GArray) examples = examples_of (letters);
  g_autoptr (ClassifyLinear) linear = classify_learn (examples, classes, 1, NULL);
  g_assert_cmpfloat (linear->constant[2], ==, -1);
  g_assert_cmpfloat (classify_linear_weight (linear, CLASSIFY_WORDS_FROM + 2, 2), ==, 0);
}

/* The alphas of a solution are where another begins: it is there at once. */
static void
test_what_begins_where_another_ended_ends_there (void)
{
  g_autoptr (GArray) letters = letters_of_all_classes ();
  g_autoptr (GArray) examples = examples_of (letters);
  g_autofree SupportLanes *alphas = g_new0 (SupportLanes, EXAMPLES * 2);
  g_autoptr (ClassifyLinear) first = classify_learn (examples, classes, 1, alphas);
  g_autoptr (ClassifyLinear) again = classify_learn (examples, classes, 1, alphas);
  for (gsize i = 0; i < (gsize)first->n * first->features->n; i++)
    g_assert_cmpfloat (fabsf (first->weights[i] - again->weights[i]), <, 0.1);
}

/* What counts twice counts like two. */
static void
test_an_example_that_counts_more_pulls_more (void)
{
  g_autoptr (GArray) letters = letters_of_all_classes ();
  g_array_index (letters, Letter, 0).label = 1; /* said to be otherwise than all like it */
  g_autoptr (GArray) examples = examples_of (letters);
  g_autoptr (ClassifyLinear) once = classify_learn (examples, classes, 1, NULL);
  g_array_index (examples, ClassifyExample, 0).times = 100;
  g_autoptr (ClassifyLinear) often = classify_learn (examples, classes, 1, NULL);
  g_assert_cmpfloat (classify_linear_weight (often, CLASSIFY_WORDS_FROM, 1), >,
                     classify_linear_weight (once, CLASSIFY_WORDS_FROM, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/learn/every-class", test_every_class_is_told_by_its_word_however_many_there_are);
  g_test_add_func ("/learn/none", test_a_class_without_an_example_is_never_answered);
  g_test_add_func ("/learn/again", test_what_begins_where_another_ended_ends_there);
  g_test_add_func ("/learn/times", test_an_example_that_counts_more_pulls_more);
  return g_test_run ();
}
