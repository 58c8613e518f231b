#include "tests/unit/classify_letters.h"

/* Whole letters with addresses, references and closing formulas, none of which may decide. */

static const char english[]
    = "Margaret Holloway\n14 Station Road\nLudlow SY8 2AB\n\nCustomer Service Department\nHearth & Home Ltd\n"
      "2 Market Street, Leeds LS1 4HT\n\n3 February 2026\n\nOur ref: HH/2231    Invoice no. 88-1043\n\nDear Sirs,\n\n"
      "On 12 January I ordered a reading lamp from your catalogue and paid at once. It was promised within a week. "
      "To this day the parcel has not arrived, although your website says it was handed to the courier. I have rung "
      "four times and each time I was told to be patient.\n\nUnless it comes by Friday I want my money back.\n\n"
      "Thank you for your attention.\n\nYours faithfully,\nM. Holloway\n";
static const char french[]
    = "Étienne Carpentier\n8, rue des Tilleuls\n37000 Tours\n\nService Clients\nLumière et Maison\n"
      "15 avenue de la Gare\n69003 Lyon\n\nTours, le 3 février 2026\n\nObjet : facture n° 2026-118\n\n"
      "Madame, Monsieur,\n\nEn vérifiant mon relevé, je découvre que la somme de 84,50 € a été prélevée deux fois le "
      "12 janvier. J'ai écrit à deux reprises à votre agence, sans succès. Je vous demande de me rendre cette somme "
      "sous huit jours.\n\nDans l'attente de votre réponse, je vous prie d'agréer, Madame, Monsieur, mes salutations "
      "distinguées.\n\nÉ. Carpentier\n";
static const char spanish[]
    = "Beatriz Olmedo Sanz\nCalle Mayor, 21\n47001 Valladolid\n\nDepartamento de Atención al Cliente\n"
      "Energía del Duero, S. A.\nPlaza de España, 3\n\nValladolid, 3 de febrero de 2026\n\nEstimados señores:\n\n"
      "Me dirijo a ustedes para proponer una mejora. Sería muy útil que en el recibo figurase el consumo de cada mes "
      "con un gráfico sencillo, y que se pudiera elegir el día del cobro. Muchos vecinos lo comentamos.\n\n"
      "Les agradezco de antemano su atención.\n\nUn cordial saludo,\nBeatriz Olmedo\n";
static const char hungarian[]
    = "Somogyi Ildikó\n6722 Szeged\nKossuth utca 14.\n\nÜgyfélszolgálat részére\nTiszamenti Hálózat Zrt.\n"
      "1117 Budapest, Fehérvári út 5.\n\nSzeged, 2026. február 3.\n\nTárgy: kérdés a garanciáról\n\n"
      "Tisztelt Ügyfélszolgálat!\n\nAzt szeretném kérdezni, hogy a tavaly vásárolt kazánra meddig érvényes a jótállás, "
      "és melyik szervizhez fordulhatok az éves karbantartás miatt?\n\nVálaszukat előre is köszönöm.\n\n"
      "Üdvözlettel:\nSomogyi Ildikó\n";

static void
subject_begins (const char *letter, const char *top)
{
  g_autoptr (RecordFinding) subject = letter_finding (letter, "subject");
  if (!g_str_has_prefix (subject->value, top))
    g_error ("subject is %s (%.2f), not %s", subject->value, subject->confidence, top);
}

static void
test_an_english_letter_about_a_parcel_is_a_complaint (void)
{
  letter_is (english, "language", "en");
  letter_is (english, "kind", "complaint");
  subject_begins (english, "delivery/not-received");
}

static void
test_a_french_letter_about_a_double_payment_is_a_complaint (void)
{
  letter_is (french, "language", "fr");
  letter_is (french, "kind", "complaint");
  subject_begins (french, "billing/double-charge");
}

static void
test_a_spanish_letter_with_an_idea_is_a_suggestion (void)
{
  letter_is (spanish, "language", "es");
  letter_is (spanish, "kind", "suggestion");
  subject_begins (spanish, "billing");
}

static void
test_a_hungarian_letter_that_asks_is_a_question (void)
{
  letter_is (hungarian, "language", "hu");
  letter_is (hungarian, "kind", "question");
  subject_begins (hungarian, "guarantee");
}

static const char two_languages[]
    = "Estimados señores:\n\nEl recibo de la luz de abril viene con un cargo de 74,30 euros que nadie me ha explicado. "
      "Les ruego que lo anulen.\n\nDear Sirs, please find attached my bill of April. I would like to have it in "
      "English "
      "too, since my tenant does not read Spanish and pays half of it.\n\nAtentamente,\nRosario Vidal\n";

static void
test_a_paragraph_in_another_language_is_named_with_its_place (void)
{
  g_autoptr (RecordFinding) paragraph = letter_finding (two_languages, "paragraph_language");
  g_assert_nonnull (paragraph);
  g_assert_cmpstr (paragraph->value, ==, "es");
  const RecordEvidence *evidence = paragraph->evidence->pdata[0];
  g_assert_true (g_str_has_prefix (evidence->text, "El recibo"));
  g_assert_true (g_str_has_suffix (evidence->text, "anulen."));
}

static void
test_words_of_both_languages_count_in_a_letter_of_two (void)
{
  g_autoptr (RecordFinding) subject = letter_finding (two_languages, "subject");
  bool found = false;
  for (guint i = 0; i < subject->evidence->len; i++)
    found = found || g_str_has_prefix (((const RecordEvidence *)subject->evidence->pdata[i])->text, "recibo");
  g_assert_true (found);
}

static void
test_a_page_without_a_language_of_its_own_gets_that_of_its_text (void)
{
  g_autoptr (RecordFinding) page = letter_finding (
      "Vous trouverez ci-joint ma carte, que le distributeur a rendue en deux morceaux.\n", "page_language");
  g_assert_nonnull (page);
  g_assert_cmpstr (page->value, ==, "fr");
  g_autoptr (RecordFinding) digits = letter_finding ("12 345 67\n", "page_language");
  g_assert_null (digits);
}

static void
test_the_language_shows_a_line_that_is_in_it (void)
{
  g_autoptr (RecordFinding) language = letter_finding (spanish, "language");
  g_assert_cmpuint (language->evidence->len, >, 0);
  const RecordEvidence *evidence = language->evidence->pdata[0];
  g_assert_cmpstr (evidence->rule, ==, "language");
  g_assert_nonnull (strstr (spanish, evidence->text));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/english", test_an_english_letter_about_a_parcel_is_a_complaint);
  g_test_add_func ("/letter/french", test_a_french_letter_about_a_double_payment_is_a_complaint);
  g_test_add_func ("/letter/spanish", test_a_spanish_letter_with_an_idea_is_a_suggestion);
  g_test_add_func ("/letter/hungarian", test_a_hungarian_letter_that_asks_is_a_question);
  g_test_add_func ("/letter/paragraph", test_a_paragraph_in_another_language_is_named_with_its_place);
  g_test_add_func ("/letter/mixed", test_words_of_both_languages_count_in_a_letter_of_two);
  g_test_add_func ("/letter/page", test_a_page_without_a_language_of_its_own_gets_that_of_its_text);
  g_test_add_func ("/letter/language", test_the_language_shows_a_line_that_is_in_it);
  return g_test_run ();
}
