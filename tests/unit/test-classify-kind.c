#include "classify/classifier.h"
#include "tests/unit/classify_letters.h"
#include "tests/unit/own_config.h"

/* With two kinds of the company's own below thanks, and a form for them. */
static Classifier *
classifier_of_a_company (void)
{
  static const char *const files[][2] = {
    { "kinds.yaml", OWN_KINDS "  praise: {label: {en: praise}, broader: thanks}\n"
                              "  praise-of-staff: {label: {en: praise of staff}, broader: praise}\n" },
    { "forms.yaml", "scheme: form\n"
                    "concepts:\n"
                    "  guest-book:\n"
                    "    label: {en: guest book}\n"
                    "    implies: {question: 0.5, praise-of-staff: 1}\n" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = own_config ("country: GB\n", files, G_N_ELEMENTS (files));
  Classifier *classifier = classifier_new (config, NULL, &error);
  g_assert_no_error (error);
  return classifier;
}

static void
test_a_complaint_that_names_itself_is_one (void)
{
  letter_is ("Dear Sirs,\n\nI wish to complain about the state of my new washing machine.\n", "kind", "complaint");
  letter_is ("Madame, Monsieur,\n\nJe vous adresse une réclamation au sujet de ma dernière facture.\n", "kind",
             "complaint");
  letter_is ("Muy señores míos:\n\nPresento una reclamación por el corte de luz del domingo.\n", "kind", "complaint");
  letter_is ("Tisztelt Ügyfélszolgálat!\n\nPanaszt szeretnék tenni a hétfői kiszállítás miatt.\n", "kind", "complaint");
}

static void
test_a_complaint_that_never_says_so_is_one (void)
{
  letter_is ("The lamp I ordered on 3 May has not arrived and nobody replies to my messages.\n", "kind", "complaint");
  letter_is ("Le fauteuil commandé en mai n'est toujours pas arrivé, et personne ne répond à mes messages.\n", "kind",
             "complaint");
  letter_is ("El sillón que pedí en mayo todavía no ha llegado y nadie contesta a mis mensajes.\n", "kind",
             "complaint");
  letter_is ("A májusban rendelt fotel még mindig nem érkezett meg, és senki sem válaszol az üzeneteimre.\n", "kind",
             "complaint");
}

static void
test_suggestions_thanks_and_questions_are_told_apart (void)
{
  letter_is ("It would be nice if you could add benches beside the platform.\n", "kind", "suggestion");
  letter_is ("Il serait utile d'ajouter un banc près du guichet.\n", "kind", "suggestion");
  letter_is ("Sería bueno que pusieran un banco junto a la ventanilla.\n", "kind", "suggestion");
  letter_is ("Jó lenne, ha a pult mellé egy padot is kitennének.\n", "kind", "suggestion");
  letter_is ("I would like to thank Mrs Poole at the counter, she was wonderful.\n", "kind", "thanks");
  letter_is ("Un grand merci à votre technicien, il a été formidable.\n", "kind", "thanks");
  letter_is ("Quiero agradecer a Lucía su amabilidad, fue un encanto.\n", "kind", "thanks");
  letter_is ("Szeretném megköszönni Ilona segítségét, nagyon kedves volt.\n", "kind", "thanks");
  letter_is ("Could you tell me whether the shop is open on Sundays?\n", "kind", "question");
  letter_is ("Pourriez-vous me dire si le magasin est ouvert le dimanche ?\n", "kind", "question");
  letter_is ("¿Podrían decirme si la tienda abre los domingos?\n", "kind", "question");
  letter_is ("Szeretném megkérdezni, hogy vasárnap nyitva van-e az üzlet?\n", "kind", "question");
}

static void
test_a_statement_of_account_is_other (void)
{
  letter_is ("ACCOUNT STATEMENT\nOpening balance 120.00\n03/04 rent 80.00\nClosing balance 40.00\nPage 1 of 1\n",
             "kind", "other");
  letter_is ("BANKSZÁMLAKIVONAT\nNyitó egyenleg 120 000\nZáró egyenleg 40 000\n", "kind", "other");
}

static void
test_a_form_is_what_its_title_says (void)
{
  letter_is ("MUNICIPAL CONSUMER OFFICE\nHOJA DE QUEJAS Y RECLAMACIONES\nApellidos: Ortega Ruiz\nHechos:\n"
             "¿Por qué la lavadora gira tan despacio?\nFirma\n",
             "kind", "complaint");
  letter_is ("JEGYZŐKÖNYV FOGYASZTÓI PANASZRÓL\nNév: Kovács Júlia\nBemutatott iratok: nyugta\nKelt: Pécs\n", "kind",
             "complaint");
  letter_is ("Formulaire de réclamation\nNom : Bertrand\nQuel produit ? une lampe\n", "kind", "complaint");
  letter_is ("COMPLAINT FORM\nName Peter Lowe\nWhat would you like us to do? Ring me, please.\n", "kind", "complaint");
  g_autoptr (RecordFinding) kind
      = letter_finding ("COMPLAINT FORM\nName Peter Lowe\nWhat would you like us to do? Ring me.\n", "kind");
  const RecordEvidence *title = kind->evidence->pdata[0];
  g_assert_cmpstr (title->rule, ==, "form:complaint-form");
  g_assert_cmpstr (title->text, ==, "COMPLAINT FORM");
  g_assert_false (kind->undecided);
}

static void
test_a_form_for_several_kinds_or_words_of_a_sentence_are_no_title (void)
{
  letter_is ("COMPLAINTS AND SUGGESTIONS\nName Peter Lowe\nThank you for the wonderful evening.\n", "kind", "thanks");
  letter_is ("Could you please tell me where I can get a\ncomplaint form, and whether it has to be sent by post?\n",
             "kind", "question");
  letter_is ("Existen hojas de reclamaciones a disposición del cliente\n\n¿Podrían decirme si abren los domingos?\n",
             "kind", "question");
}

static void
test_a_form_for_a_kind_of_the_company_is_of_the_kind_above_it (void)
{
  g_autoptr (Classifier) classifier = classifier_of_a_company ();
  g_autoptr (GPtrArray) pages = letter_pages ("GUEST BOOK\nName Peter Lowe\nWe came twice this year.\n");
  g_autoptr (ClassifyLook) look = classifier_look (classifier, pages, DK_DAY_NONE);
  g_autoptr (RecordFinding) kind = classify_kind (classifier, look);
  g_assert_cmpstr (kind->value, ==, "thanks");
  g_assert_cmpfloat (kind->confidence, >, 0.9);
}

static void
test_a_closing_formula_is_no_thanks (void)
{
  letter_is ("My parcel never arrived. I want a refund.\n\nThanks in advance,\nA. Moor\n", "kind", "complaint");
  letter_is ("Mon colis n'est jamais arrivé. Je demande un remboursement.\n\nMerci d'avance.\n", "kind", "complaint");
  letter_is ("Mi paquete no ha llegado. Exijo el reembolso.\n\nGracias de antemano.\n", "kind", "complaint");
  letter_is ("A csomagom nem érkezett meg. Kérem vissza a pénzemet.\n\nKöszönettel:\nNagy Éva\n", "kind", "complaint");
}

static void
test_not_satisfied_is_no_praise (void)
{
  letter_is ("I am not satisfied with the repair.\n", "kind", "complaint");
  letter_is ("Je ne suis pas satisfait de la réparation.\n", "kind", "complaint");
  letter_is ("No estoy satisfecho con la reparación.\n", "kind", "complaint");
  letter_is ("Nem vagyok elégedett a javítással.\n", "kind", "complaint");
}

static void
test_missing_accents_and_misread_letters_change_nothing (void)
{
  letter_is ("TISZTELT CIM! A MAI NAPIG NEM KAPTAM MEG A CSOMAGOT, PANASZT TESZEK.\n", "kind", "complaint");
  letter_is ("Je vous adresse une reclamatlon : le colis est arrive endommage.\n", "kind", "complaint");
  letter_is ("This is simply unacceptabie and I feel very disappolnted.\n", "kind", "complaint");
}

static void
test_the_words_that_decided_are_shown (void)
{
  g_autoptr (RecordFinding) kind = letter_finding ("Bonjour,\n\nJe n'ai jamais reçu mon colis.\n", "kind");
  g_assert_cmpstr (kind->value, ==, "complaint");
  g_assert_cmpuint (kind->evidence->len, >, 0);
  const RecordEvidence *reason = kind->evidence->pdata[0];
  g_assert_cmpuint (reason->page, ==, 1);
  g_assert_cmpuint (reason->from, >=, 10);
  g_assert_cmpuint (reason->to, >, reason->from);
  g_assert_nonnull (strstr ("Je n'ai jamais reçu mon colis.", reason->text));
  g_assert_true (g_str_has_prefix (reason->rule, "vocabulary:"));
}

static void
test_the_box_of_the_words_is_shown_where_the_page_has_boxes (void)
{
  letters_warm_up ();
  g_autoptr (GPtrArray) pages = letter_pages ("I wish to complain.\n");
  RecordPage *page = pages->pdata[0];
  page->dpi = 300;
  page->width_px = page->height_px = 1000;
  RecordWord word = { .from = 10, .to = 19, .box = { 100, 20, 250, 60 }, .confidence = 91 };
  g_array_append_val (page->words, word);
  g_autoptr (GPtrArray) findings = classify_pages (pages, DK_DAY_NONE);
  const RecordFinding *kind = findings->pdata[1];
  g_assert_cmpstr (kind->value, ==, "complaint");
  const RecordEvidence *reason = kind->evidence->pdata[0];
  g_assert_cmpstr (reason->text, ==, "complain");
  g_assert_cmpint (reason->box.x0, ==, 100);
  g_assert_cmpint (reason->box.y1, ==, 60);
}

static void
test_a_letter_that_says_nothing_is_undecided (void)
{
  static const char *const texts[] = { "",
                                       "\n",
                                       " \f \n",
                                       "12345 67890 11.22.33\n",
                                       "שלום, לא קיבלתי את החבילה שלי.\n",
                                       "لم يصل الطرد حتى الآن\n",
                                       "xqzt wvbn\n",
                                       "? ? ?\n",
                                       "-\n-\n" };
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RecordFinding) kind = letter_finding (texts[i], "kind");
      g_assert_nonnull (kind);
      g_assert_true (kind->undecided);
      g_assert_cmpfloat (kind->confidence, <, 0.6);
    }
}

static void
test_thanks_inside_a_complaint_are_named_too (void)
{
  g_autoptr (RecordFinding) kind
      = letter_finding ("I would like to thank your driver, who was very helpful and very kind.\n\n"
                        "The wardrobe, however, is broken and your office refuses to replace it. This is unacceptable. "
                        "I demand a full refund.\n",
                        "kind");
  g_assert_cmpstr (kind->value, ==, "complaint");
  g_assert_true (g_strv_contains ((const char *const *)kind->also, "thanks"));
}

/* A wardrobe without doors, in German; a washing machine that came broken, in Portuguese. */
static void
test_in_a_language_it_was_not_taught_docket_is_never_sure (void)
{
  static const char *const letters[]
      = { "Sehr geehrte Damen und Herren,\n\nam 6. November wurde mir der bestellte Kleiderschrank geliefert, jedoch "
          "fehlen zwei Türen und sämtliche Scharniere. Trotz mehrfacher Anrufe habe ich bis heute keine Antwort "
          "erhalten. Ich fordere Sie auf, die fehlenden Teile nachzuliefern.\n\nMit freundlichen Grüßen\n",
          "Exmos. Senhores,\n\nA máquina de lavar que encomendei em 2 de outubro chegou avariada e ninguém atende o "
          "telefone. Exijo a devolução dos 389,00 euros no prazo de dez dias.\n\nCom os melhores cumprimentos,\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    {
      g_autoptr (RecordFinding) kind = letter_finding (letters[i], "kind");
      g_autoptr (RecordFinding) subject = letter_finding (letters[i], "subject");
      g_assert_true (kind->undecided && subject->undecided);
      g_assert_cmpfloat (kind->confidence, <=, 0.5);
    }
}

static void
test_the_title_of_a_form_tells_the_kind_of_a_letter_in_any_language (void)
{
  g_autoptr (RecordFinding) kind
      = letter_finding ("HOJA DE RECLAMACIONES\n\nAm 6. November wurde mir der bestellte Kleiderschrank geliefert, "
                        "jedoch fehlen zwei Türen und sämtliche Scharniere. Trotz mehrfacher Anrufe habe ich bis heute "
                        "keine Antwort erhalten. Ich fordere Sie auf, die fehlenden Teile nachzuliefern.\n",
                        "kind");
  g_assert_cmpstr (kind->value, ==, "complaint");
  g_assert_false (kind->undecided);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kind/form", test_a_form_is_what_its_title_says);
  g_test_add_func ("/kind/no-title", test_a_form_for_several_kinds_or_words_of_a_sentence_are_no_title);
  g_test_add_func ("/kind/form-of-company", test_a_form_for_a_kind_of_the_company_is_of_the_kind_above_it);
  g_test_add_func ("/kind/direct", test_a_complaint_that_names_itself_is_one);
  g_test_add_func ("/kind/indirect", test_a_complaint_that_never_says_so_is_one);
  g_test_add_func ("/kind/others", test_suggestions_thanks_and_questions_are_told_apart);
  g_test_add_func ("/kind/other", test_a_statement_of_account_is_other);
  g_test_add_func ("/kind/closing", test_a_closing_formula_is_no_thanks);
  g_test_add_func ("/kind/negation", test_not_satisfied_is_no_praise);
  g_test_add_func ("/kind/damaged", test_missing_accents_and_misread_letters_change_nothing);
  g_test_add_func ("/kind/because", test_the_words_that_decided_are_shown);
  g_test_add_func ("/kind/box", test_the_box_of_the_words_is_shown_where_the_page_has_boxes);
  g_test_add_func ("/kind/undecided", test_a_letter_that_says_nothing_is_undecided);
  g_test_add_func ("/kind/also", test_thanks_inside_a_complaint_are_named_too);
  g_test_add_func ("/kind/in a language it was not taught docket is never sure",
                   test_in_a_language_it_was_not_taught_docket_is_never_sure);
  g_test_add_func ("/kind/the title of a form tells the kind of a letter in any language",
                   test_the_title_of_a_form_tells_the_kind_of_a_letter_in_any_language);
  return g_test_run ();
}
