/* The fields of letters written for this: every layout, four languages, clean and as bad scans would have them. */
#include "tests/unit/field_score.h"
#include "tests/unit/fixture.h"

#define COPIES 3 /* misread ones, each in its own way */

static FieldScore
scores_of (const char *path, double share, FieldScore scores[G_N_ELEMENTS (field_score_names)])
{
  g_autoptr (GBytes) file = fixture (path);
  g_autofree char *text = g_strndup (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      json_t *letter = *lines[i] == '{' ? json_loads (lines[i], 0, NULL) : NULL;
      for (guint32 copy = 0; letter != NULL && copy < (share > 0 ? COPIES : 1); copy++)
        field_score_letter (scores, letter, share, copy * 1000 + i);
      json_decref (letter);
    }
  FieldScore sum = field_score_sum (scores);
  for (size_t i = 0; i < G_N_ELEMENTS (field_score_names); i++)
    g_test_message ("%s: %.3f", field_score_names[i], field_score_f1 (&scores[i]));
  g_test_message ("all, %.0f %% misread: %.3f", share * 100, field_score_f1 (&sum));
  return sum;
}

static const FieldScore *
score_of (const FieldScore *scores, const char *name)
{
  size_t i = 0;
  while (strcmp (field_score_names[i], name) != 0)
    i++;
  return &scores[i];
}

static void
test_clean_letters_give_their_fields (void)
{
  FieldScore scores[G_N_ELEMENTS (field_score_names)] = { 0 };
  FieldScore sum = scores_of ("classify/fields.jsonl", 0, scores);
  g_assert_cmpfloat (field_score_f1 (&sum), >=, 0.97);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "iban")), >=, 0.99);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "amount")), >=, 0.99);
}

static void
test_two_in_a_hundred_misread_leave_most_fields (void)
{
  FieldScore scores[G_N_ELEMENTS (field_score_names)] = { 0 };
  FieldScore sum = scores_of ("classify/fields.jsonl", 0.02, scores);
  g_assert_cmpfloat (field_score_f1 (&sum), >=, 0.88);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "iban")), >=, 0.97);
}

static void
test_five_in_a_hundred_misread_leave_more_right_than_wrong (void)
{
  FieldScore scores[G_N_ELEMENTS (field_score_names)] = { 0 };
  FieldScore sum = scores_of ("classify/fields.jsonl", 0.05, scores);
  g_assert_cmpfloat (field_score_f1 (&sum), >=, 0.75);
}

static void
test_letters_by_other_hands_give_their_fields (void)
{
  FieldScore scores[G_N_ELEMENTS (field_score_names)] = { 0 };
  FieldScore sum = scores_of ("classify/fields2.jsonl", 0, scores);
  g_assert_cmpfloat (field_score_f1 (&sum), >=, 0.96);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "iban")), >=, 0.99);
}

static void
test_chats_mails_and_forms_by_other_hands_give_their_fields (void)
{
  FieldScore scores[G_N_ELEMENTS (field_score_names)] = { 0 };
  FieldScore sum = scores_of ("classify/fields3.jsonl", 0, scores);
  g_assert_cmpfloat (field_score_f1 (&sum), >=, 0.96);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "iban")), >=, 0.99);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "phone")), >=, 0.95);
}

static void
test_letters_of_many_countries_and_genres_give_their_fields (void)
{
  FieldScore scores[G_N_ELEMENTS (field_score_names)] = { 0 };
  FieldScore sum = scores_of ("classify/fields7.jsonl", 0, scores);
  g_assert_cmpfloat (field_score_f1 (&sum), >=, 0.96);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "iban")), >=, 0.99);
  g_assert_cmpfloat (field_score_precision (score_of (scores, "amount")), >=, 0.98);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fields/clean letters give their fields", test_clean_letters_give_their_fields);
  g_test_add_func ("/fields/two in a hundred misread leave most fields",
                   test_two_in_a_hundred_misread_leave_most_fields);
  g_test_add_func ("/fields/five in a hundred misread leave more right than wrong",
                   test_five_in_a_hundred_misread_leave_more_right_than_wrong);
  g_test_add_func ("/fields/letters by other hands give their fields", test_letters_by_other_hands_give_their_fields);
  g_test_add_func ("/fields/chats, mails and forms by other hands give their fields",
                   test_chats_mails_and_forms_by_other_hands_give_their_fields);
  g_test_add_func ("/fields/letters of many countries and genres give their fields",
                   test_letters_of_many_countries_and_genres_give_their_fields);
  return g_test_run ();
}
