#include "classify/body.h"
#include "classify/letters.h"
#include "tests/unit/shipped_context.h"
#include <string.h>

/* The words of the letter itself in @pages, parted by blanks; "-" where that is all of them. */
static char *
body_of_pages (const GPtrArray *pages, const char *language)
{
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (GArray) lines = shipped_lines (words, language);
  g_autoptr (ClassifyWords) body = classify_body_new (words, lines);
  if (body == NULL)
    return g_strdup ("-");
  g_autoptr (GString) said = g_string_new (NULL);
  for (guint i = 0; i < body->words->len; i++)
    g_string_append_printf (said, "%s%s", i > 0 ? " " : "", g_array_index (body->words, ClassifyWord, i).text);
  return g_string_free (g_steal_pointer (&said), FALSE);
}

static void
is_body (const char *text, const char *language, const char *expected)
{
  g_autoptr (GPtrArray) pages = classify_letter_pages (text);
  g_autofree char *said = body_of_pages (pages, language);
  g_assert_cmpstr (said, ==, expected);
}

static void
test_addresses_greeting_ending_and_signature_are_not_the_letter (void)
{
  is_body ("Ada Crane\n4 Fen Road\nEly CB7 1AB\n\nThe Manager\nBrook & Sons Ltd, Delivery Department\n\n3 May 2026\n\n"
           "Dear Mr Brook,\n\nThe lamp hums whenever I\nread at night.\n\nI look forward to hearing from you.\n\n"
           "Yours sincerely,\nAda Crane\n",
           "en", "the lamp hums whenever i read at night");
  is_body ("Odile Vasseur\n3, quai du Port\n29200 Brest\nN° client : 88 12\n\nMadame, Monsieur,\n\n"
           "La lampe grésille dès que je lis le soir.\n\n"
           "Veuillez agréer, Madame, Monsieur, mes salutations distinguées.\nOdile Vasseur\n",
           "fr", "la lampe gresille des que je lis le soir");
  is_body (
      "Iker Zabala\nCalle Olmo 12\n47003 Valladolid\n\nMuy señores míos:\n\nLa lámpara zumba cuando leo de noche.\n\n"
      "Quedo a la espera de su respuesta.\nAtentamente,\nIker Zabala\n",
      "es", "la lampara zumba cuando leo de noche");
  is_body ("Orosz Tímea\n6722 Szeged, Fő utca 9.\n\nTisztelt Ügyfélszolgálat!\n\nA lámpa este, olvasás közben zúg.\n\n"
           "Várom mielőbbi válaszukat.\nTisztelettel:\nOrosz Tímea\n",
           "hu", "a lampa este olvasas kozben zug");
}

static void
test_a_heading_is_of_the_letter_without_its_label (void)
{
  is_body (
      "Ada Crane\nEly\n\nSubject: a lamp that hums\n\nDear Sirs,\n\nIt does so whenever I read at night.\nA. Crane\n",
      "en", "a lamp that hums it does so whenever i read at night");
  /* A narrow no-break space, as French typography has it. */
  is_body ("Odile Vasseur\nBrest\n\nObjet\u202f: lampe cassée\n\nMadame,\n\nElle grésille dès que je lis le soir.\n"
           "O. Vasseur\n",
           "fr", "lampe cassee elle gresille des que je lis le soir");
}

static void
test_a_title_above_the_greeting_is_of_the_letter (void)
{
  is_body (
      "École Duras\n2, place du Marché\n\nLampes Rolin\nÀ l'attention de M. Rolin\n\nMerci pour la belle lampe !\n\n"
      "Cher Monsieur,\n\nElle éclaire notre salle.\n\nCordialement,\nZoé Muller\n",
      "fr", "merci pour la belle lampe elle eclaire notre salle");
}

static void
test_what_is_said_in_sentences_below_the_ending_is_of_the_letter (void)
{
  is_body ("Hello,\n\nThe lamp hums whenever I read.\n\nKind regards,\nAda\n\nP.S. The switch is loose as well.\n",
           "en", "the lamp hums whenever i read p s the switch is loose as well");
}

static void
test_lines_of_an_address_that_end_with_a_full_stop_are_no_sentences (void)
{
  is_body ("Ana Rey\nC/ Olmo, 12\n\nLuces del Sur y del Norte, S.A.\nServicio de Ventas\n\nEstimados señores:\n\n"
           "La lámpara zumba cuando leo.\n\nAtentamente,\nAna Rey\n",
           "es", "la lampara zumba cuando leo");
  is_body ("Orosz Tímea\nFő utca 9. 2. em. 4.\n\nFényforrás Zrt.\n\nKelt: Szeged, 2026. május 3.\n\n"
           "Tisztelt Cégvezetés!\n\nA lámpa zúg, ha olvasok.\n\nÜdvözlettel:\nOrosz Tímea\n",
           "hu", "a lampa zug ha olvasok");
}

static void
test_a_greeting_in_any_words_is_known_by_its_place (void)
{
  is_body ("Ada Crane\n4 Fen Road\nEly CB7 1AB\n\nTo the Lamp Department,\n\nThe lamp hums at night.\n\n"
           "Kind regards,\nAda Crane\n",
           "en", "the lamp hums at night");
}

static void
test_a_letter_of_few_words_is_found_below_a_long_address (void)
{
  is_body ("Ada Crane\n4 Fen Road\nEly CB7 1AB\n\nBrook & Sons Ltd\nDelivery Department\n9 Mill Lane\nEly CB7 2XY\n\n"
           "Dear Sirs,\n\nThe lamp hums.\n\nKind regards,\nAda Crane\n",
           "en", "the lamp hums");
}

static void
test_pages_behind_the_ending_are_enclosures (void)
{
  g_autoptr (GPtrArray) pages
      = classify_letter_pages ("Dear Sirs,\n\nThe lamp hums whenever I read at night.\n\nYours,\nAda\n");
  g_autoptr (GPtrArray) more
      = classify_letter_pages ("The buyer shall pay for the lamp within thirty days of delivery.\n");
  ((RecordPage *)more->pdata[0])->no = 2;
  g_ptr_array_add (pages, g_ptr_array_steal_index (more, 0));
  g_autofree char *said = body_of_pages (pages, "en");
  g_assert_cmpstr (said, ==, "the lamp hums whenever i read at night");
}

static void
test_what_is_quoted_below_a_reply_is_anothers (void)
{
  is_body ("Hello,\n\nThe lamp hums whenever I read at night.\n\nRegards,\nAda\n\n"
           "On 3 May 2026, Brook & Sons wrote:\nThank you for buying our lamp. We hope you like it.\n",
           "en", "the lamp hums whenever i read at night");
  is_body (
      "La lámpara zumba siempre que leo.\n\n-----Mensaje original-----\nGracias por comprar nuestra lámpara nueva.\n",
      "es", "la lampara zumba siempre que leo");
  is_body ("The lamp hums whenever I read at night.\n\nAda Crane <ada@crane.example> wrote:\nA lamp, please.\n", "en",
           "the lamp hums whenever i read at night");
  is_body ("> Gefällt Ihnen die Lampe?\nThe lamp hums whenever I read.\n> Is it bright enough for you?\n"
           "It is bright enough for me.\n",
           "en", "the lamp hums whenever i read it is bright enough for me");
}

static void
test_words_of_writing_in_the_letter_itself_quote_nobody (void)
{
  is_body ("Hello,\n\nThe lamp hums whenever I read at night.\n- on 3 May I wrote to you about it\n"
           "- on 9 May I rang your shop twice about it.\nNobody answered me, and it hums on.\n\nRegards,\nAda\n",
           "en",
           "the lamp hums whenever i read at night on 3 may i wrote to you about it on 9 may i rang your shop twice "
           "about it nobody answered me and it hums on");
  is_body ("Hello,\n\nThe lamp hums whenever I read at night, as I told the man to whom\nI wrote twice.\n"
           "It still hums, louder than before.\n\nRegards,\nAda\n",
           "en",
           "the lamp hums whenever i read at night as i told the man to whom i wrote twice it still hums louder than "
           "before");
}

static void
test_a_message_passed_on_without_a_sentence_of_its_own_is_the_letter (void)
{
  is_body ("FYI\n\n-----Original Message-----\nHello,\n\nThe lamp hums whenever I read at night.\n\nRegards,\nAda\n",
           "en", "the lamp hums whenever i read at night");
}

static void
test_without_greeting_and_ending_all_is_the_letter (void)
{
  is_body ("The lamp hums whenever I read at night.\n", "en", "-");
  is_body ("MEMBERSHIP FORM\nFamily name: Crane\nTown: Ely\nI agree to the rules of the library.\n", "en", "-");
  is_body ("", "en", "-");
}

static void
test_a_greeting_that_is_all_there_is_stays (void)
{
  is_body ("Good morning,\nAda\n", "en", "-");
}

static void
test_sentences_go_on_over_lines_and_still_ask (void)
{
  g_autoptr (GPtrArray) pages
      = classify_letter_pages ("Dear Sirs,\n\nThe lamp hums. Is it\nmeant to do so at night?\n\nRegards,\nAda\n");
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  g_autoptr (GArray) lines = shipped_lines (words, NULL);
  g_autoptr (ClassifyWords) body = classify_body_new (words, lines);
  g_assert_nonnull (body);
  g_assert_cmpuint (body->sentences->len, ==, 2);
  const ClassifySentence *first = &g_array_index (body->sentences, ClassifySentence, 0), *second = first + 1;
  g_assert_cmpuint (first->from, ==, 0);
  g_assert_cmpuint (first->to, ==, 3);
  g_assert_false (first->asks);
  g_assert_cmpuint (second->from, ==, 3);
  g_assert_cmpuint (second->to, ==, body->words->len);
  g_assert_true (second->asks);
  g_assert_cmpuint (g_array_index (body->words, ClassifyWord, 4).sentence, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/body/frame", test_addresses_greeting_ending_and_signature_are_not_the_letter);
  g_test_add_func ("/body/heading", test_a_heading_is_of_the_letter_without_its_label);
  g_test_add_func ("/body/title", test_a_title_above_the_greeting_is_of_the_letter);
  g_test_add_func ("/body/postscript", test_what_is_said_in_sentences_below_the_ending_is_of_the_letter);
  g_test_add_func ("/body/full-stops", test_lines_of_an_address_that_end_with_a_full_stop_are_no_sentences);
  g_test_add_func ("/body/form", test_a_greeting_in_any_words_is_known_by_its_place);
  g_test_add_func ("/body/few-words", test_a_letter_of_few_words_is_found_below_a_long_address);
  g_test_add_func ("/body/enclosures", test_pages_behind_the_ending_are_enclosures);
  g_test_add_func ("/body/wrote", test_words_of_writing_in_the_letter_itself_quote_nobody);
  g_test_add_func ("/body/quoted", test_what_is_quoted_below_a_reply_is_anothers);
  g_test_add_func ("/body/passed-on", test_a_message_passed_on_without_a_sentence_of_its_own_is_the_letter);
  g_test_add_func ("/body/whole", test_without_greeting_and_ending_all_is_the_letter);
  g_test_add_func ("/body/greeting", test_a_greeting_that_is_all_there_is_stays);
  g_test_add_func ("/body/sentences", test_sentences_go_on_over_lines_and_still_ask);
  return g_test_run ();
}
