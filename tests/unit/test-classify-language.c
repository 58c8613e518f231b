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
test_a_paragraph_in_another_language_counts_by_its_share (void)
{
  static const char own[] = "Mellékelten küldöm a szerelő levelét, amelyet a nővérem kapott, és kérem, hogy fizessék "
                            "ki a javítás költségét.\nA számlát is csatoltam, az összeget a bankszámlámra várom.\n";
  static const char other[] = "Das Dach wurde am Montag geprüft, die Rinne war nicht dicht und wird nun ersetzt.\n";
  g_autofree char *fifth = g_strconcat (own, other, NULL);
  g_autoptr (RecordFinding) quoted = letter_finding (fifth, "language");
  g_assert_cmpstr (quoted->value, ==, "hu");
  g_assert_cmpuint (g_strv_length (quoted->also), ==, 1);
  g_assert_cmpstr (quoted->also[0], ==, "de");
  g_autofree char *less = g_strconcat (own, "\n", own, "\n", own, other, NULL);
  g_autoptr (RecordFinding) alone = letter_finding (less, "language");
  g_assert_cmpuint (g_strv_length (alone->also), ==, 0);
}

static void
test_a_letter_in_two_languages_alike_is_not_sure_of_either (void)
{
  g_autoptr (RecordFinding) language
      = letter_finding ("Le chat de la voisine a encore renversé toutes les poubelles de la cour pendant la nuit.\n\n"
                        "The neighbour's cat has knocked over all the dustbins in the courtyard again at night.\n",
                        "language");
  g_assert_true (language->undecided);
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
  g_test_add_func ("/language/paragraph", test_a_paragraph_in_another_language_counts_by_its_share);
  g_test_add_func ("/language/alike", test_a_letter_in_two_languages_alike_is_not_sure_of_either);
  g_test_add_func ("/language/order", test_findings_come_in_their_order);
  return g_test_run ();
}
