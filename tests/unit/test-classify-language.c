#include "tests/unit/classify_letters.h"

static void
test_letters_in_four_languages_are_known (void)
{
  letter_is ("Dear Sir or Madam, the lamp which I bought from you last week came without its plug.\n", "language",
             "en");
  letter_is ("Madame, Monsieur, la lampe que j'ai achetée chez vous la semaine dernière est arrivée sans prise.\n",
             "language", "fr");
  letter_is ("Estimados señores: la lámpara que compré la semana pasada en su tienda llegó sin enchufe.\n", "language",
             "es");
  letter_is ("Tisztelt Hölgyem vagy Uram! A múlt héten Önöknél vásárolt lámpa dugó nélkül érkezett meg hozzám.\n",
             "language", "hu");
}

static void
test_one_line_is_enough (void)
{
  letter_is ("The driver was rude.\n", "language", "en");
  letter_is ("Toujours pas de réponse.\n", "language", "fr");
  letter_is ("Nadie me contesta.\n", "language", "es");
  letter_is ("panasz a számláról\n", "language", "hu");
  letter_is ("Keine Antwort bis heute.\n", "language", "de");
}

static void
test_hungarian_without_accents_is_hungarian (void)
{
  letter_is ("Tisztelt Cim! A mult heten vasarolt lampa torotten erkezett, kerem a visszateriteset.\n", "language",
             "hu");
}

static void
test_other_languages_keep_their_own_code (void)
{
  letter_is ("Sehr geehrte Damen und Herren, die Lampe, die ich letzte Woche bei Ihnen gekauft habe, ist defekt.\n",
             "language", "de");
  letter_is ("שלום רב, לא קיבלתי את החבילה שהזמנתי לפני שבועיים ואיש אינו עונה לי.\n", "language", "he");
}

static void
test_text_that_is_no_language_is_undetermined (void)
{
  static const char *const texts[] = { "", "\n\n", "123 456 789\n", "+ - / *\n" };
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RecordFinding) language = letter_finding (texts[i], "language");
      g_assert_cmpstr (language->value, ==, "und");
      g_assert_true (language->undecided);
    }
}

static void
test_a_second_language_is_named_too (void)
{
  g_autoptr (RecordFinding) language = letter_finding (
      "Madame, Monsieur, la lampe que j'ai achetée chez vous la semaine dernière est arrivée sans prise électrique et "
      "je vous demande de bien vouloir me faire parvenir cette pièce dans les meilleurs délais possibles.\n\n"
      "Dear Sir or Madam, the lamp which I bought from you last week came without its plug and I would like to ask you "
      "to send the missing part as soon as you can, together with the instructions for use.\n",
      "language");
  g_assert_cmpuint (g_strv_length (language->also), ==, 1);
}

static void
test_findings_come_in_their_order (void)
{
  letters_warm_up ();
  g_autoptr (GPtrArray) pages = letter_pages ("My parcel never arrived.\n");
  g_autoptr (GPtrArray) findings = classify_pages (pages, DK_DAY_NONE);
  g_assert_cmpuint (findings->len, >=, 3);
  g_assert_cmpstr (((RecordFinding *)findings->pdata[0])->name, ==, "language");
  g_assert_cmpstr (((RecordFinding *)findings->pdata[1])->name, ==, "kind");
  g_assert_cmpstr (((RecordFinding *)findings->pdata[2])->name, ==, "subject");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/four", test_letters_in_four_languages_are_known);
  g_test_add_func ("/language/short", test_one_line_is_enough);
  g_test_add_func ("/language/unaccented", test_hungarian_without_accents_is_hungarian);
  g_test_add_func ("/language/others", test_other_languages_keep_their_own_code);
  g_test_add_func ("/language/none", test_text_that_is_no_language_is_undetermined);
  g_test_add_func ("/language/two", test_a_second_language_is_named_too);
  g_test_add_func ("/language/order", test_findings_come_in_their_order);
  return g_test_run ();
}
