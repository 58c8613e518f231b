#include "classify/field_people.h"
#include "classify/field_places.h"
#include "classify/fields.h"
#include "classify/letters.h"
#include "tests/unit/own_config.h"
#include "tests/unit/shipped_context.h"
#include <string.h>

static void
test_words_of_all_languages_are_one_plain_list (void)
{
  const FieldListWords *desks = field_vocabulary_list (shipped_words (), FIELD_LIST_DESK);
  static const char *const wanted[] = { "complaints", "reclamations", "atencion", "ugyfelszolgalat" };
  for (gsize i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_true (g_strv_contains (desks->plain, wanted[i]));
  g_assert_true (g_strv_contains (desks->printed, "ügyfélszolgálat"));
  g_assert_nonnull (strstr (desks->text, " reclamations "));
}

static void
test_every_list_has_words_and_none_twice (void)
{
  for (FieldList list = 0; list < FIELD_LISTS; list++)
    {
      const FieldListWords *words = field_vocabulary_list (shipped_words (), list);
      g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
      g_assert_nonnull (words->plain[0]);
      for (gsize i = 0; words->plain[i] != NULL; i++)
        {
          bool as_printed = list == FIELD_LIST_FIRM_FORM_FIRST; /* "Ets" and "ETS" */
          g_assert_cmpuint (strspn (words->plain[i], "abcdefghijklmnopqrstuvwxyz"), ==, strlen (words->plain[i]));
          if (!g_hash_table_add (seen, (gpointer)(as_printed ? words->printed[i] : words->plain[i])))
            g_error ("%s stands twice in list %d", words->printed[i], (int)list);
        }
    }
}

static void
test_every_concept_of_the_scheme_is_a_list (void)
{
  g_assert_cmpuint (vocabulary_concepts (shipped_vocabulary (), VOCABULARY_FIELD)->len, ==, FIELD_LISTS);
}

/* The customer number that is found in "Folio: 44718820" by the field words of @vocabulary. Owned by the caller. */
static char *
number_behind_folio (const Vocabulary *vocabulary)
{
  g_autoptr (FieldVocabulary) words = field_vocabulary_new (vocabulary);
  g_autoptr (GPtrArray) pages = classify_letter_pages ("Dear Sirs,\n\nFolio: 44718820\nThe lamp hums.\n");
  g_autoptr (GArray) lines = shipped_lines_of_pages (pages, "en");
  ClassifyContext context = { .words = words, .received = DK_DAY_NONE, .language = "en", .lines = lines };
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = findings->pdata[i];
      if (g_str_equal (finding->name, "customer_no"))
        return g_strdup (finding->value);
    }
  return g_strdup ("none");
}

static void
test_a_label_of_the_company_tells_a_number (void)
{
  static const char *const files[][2] = { { "fields.yaml", "scheme: field\n"
                                                           "concepts:\n"
                                                           "  customer-number:\n"
                                                           "    label: {en: customer number}\n"
                                                           "    cue: {en: [folio]}\n" } };
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = own_config ("", files, G_N_ELEMENTS (files));
  g_autoptr (Vocabulary) vocabulary = vocabulary_load (config, &error);
  g_assert_no_error (error);
  g_autofree char *shipped = number_behind_folio (shipped_vocabulary ());
  g_autofree char *own = number_behind_folio (vocabulary);
  g_assert_cmpstr (shipped, ==, "none");
  g_assert_cmpstr (own, ==, "44718820");
}

static void
test_without_a_vocabulary_there_are_no_words (void)
{
  const FieldListWords *none = field_vocabulary_list (NULL, FIELD_LIST_TOWN);
  g_assert_null (none->plain[0]);
  g_assert_null (none->printed[0]);
  g_assert_cmpstr (none->text, ==, "");
}

static void
test_a_misread_name_is_mended_where_one_alone_is_near (void)
{
  g_autofree char *mended = field_frequent_name (shipped_words (), "catheriue", 9, true);
  g_assert_cmpstr (mended, ==, "catherine");
  g_assert_null (field_frequent_name (shipped_words (), "catherine", 9, true));
  g_assert_null (field_frequent_name (NULL, "catheriue", 9, true));
}

static void
test_streets_and_towns_are_mended_as_the_vocabulary_has_them (void)
{
  static const char misread[] = "4 calie Mayor, Barceiona";
  g_autofree char *mended = field_places_repaired (misread, shipped_words ());
  g_autofree char *left = field_places_repaired (misread, NULL);
  g_assert_cmpstr (mended, ==, "4 calle Mayor, Barcelona");
  g_assert_cmpstr (left, ==, misread);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/field-vocabulary/plain", test_words_of_all_languages_are_one_plain_list);
  g_test_add_func ("/field-vocabulary/once", test_every_list_has_words_and_none_twice);
  g_test_add_func ("/field-vocabulary/lists", test_every_concept_of_the_scheme_is_a_list);
  g_test_add_func ("/field-vocabulary/own", test_a_label_of_the_company_tells_a_number);
  g_test_add_func ("/field-vocabulary/none", test_without_a_vocabulary_there_are_no_words);
  g_test_add_func ("/field-vocabulary/names", test_a_misread_name_is_mended_where_one_alone_is_near);
  g_test_add_func ("/field-vocabulary/mended", test_streets_and_towns_are_mended_as_the_vocabulary_has_them);
  return g_test_run ();
}
