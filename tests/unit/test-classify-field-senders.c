/* Names and addresses in letters of other layouts, countries and spellings. */
#include "tests/unit/field_letters.h"

static void
test_who_signs_with_an_office_behind_the_name_is_a_sender (void)
{
  expect_first ("fr", "Merci encore pour vos gâteaux, qui ont plu à tous.\n\nZoé Mercier, directrice\n", "sender",
                "Zoé Mercier");
}

static void
test_initials_are_spelt_out_where_the_letter_does (void)
{
  expect ("fr",
          "Dossier transmis par : Maître Clotilde Vasseur, avocate\n\nVeuillez payer.\n\nCordialement,\nC. Vasseur\n",
          "sender", "Clotilde Vasseur");
}

static void
test_a_second_given_name_is_not_completed_by_an_initial (void)
{
  expect ("fr", "Marie-Ève Gagnon-Roy\nmeve.gagnon@courriel.example\n\nMerci.\n\nMarie-Ève Gagnon-Roy\n", "sender",
          "Marie-Ève Gagnon-Roy");
}

static void
test_a_rare_spelling_is_no_misreading (void)
{
  expect ("en", "Sender: Mohammed Al-Rashid\n", "sender", "Mohammed Al-Rashid");
  expect ("es", "De: Concha Altamirano <conchi.alta@inbox.example>\n\nGracias.\n\nConcha Altamirano\n", "email",
          "conchi.alta@inbox.example");
}

static void
test_what_was_written_before_is_not_the_writer_s (void)
{
  expect ("en",
          "From: Del Hughes\nSent: 21 July 2025\n\nSee below, and please answer.\nI still wait.\n\nDel Hughes\n\n"
          "-----Original Message-----\nFrom: accounts@skips.example\nPlease pay £564.00.\n",
          "email", "");
}

static void
test_surname_and_given_name_may_stand_on_one_line (void)
{
  expect ("en", "Title: Ms    Surname: Vanterpool    First names: Keisha\n", "sender", "Keisha Vanterpool");
}

static void
test_the_parts_of_a_name_on_a_form_are_one_sender (void)
{
  expect ("es", "HOJA DE RECLAMACIONES\nApellidos: Ortega Ruiz\nNombre: Marisol\nDomicilio: Calle Olmo 12\n", "sender",
          "Marisol Ortega Ruiz");
  expect ("es", "Primer apellido: Ortega\nSegundo apellido: Ruiz\nNombre: Marisol\n\nLa lavadora gira.\n", "sender",
          "Marisol Ortega Ruiz");
  expect ("fr", "Nom : Le Goff\nNom de jeune fille : Kerloc'h\nPrénom(s) : Odile Anne\n\nRien reçu.\n", "sender",
          "Odile Anne Le Goff");
  expect ("en", "COMPLAINT FORM\nForename(s): Ada Mary\nSurname: Crane-Holt\n\nThe lamp hums.\n", "sender",
          "Ada Mary Crane-Holt");
  expect ("hu", "PANASZBEJELENTŐ LAP\nKeresztnév: Tímea\nVezetéknév: Orosz\n\nA lámpa zúg.\n", "sender", "Orosz Tímea");
}

static void
test_the_parts_of_a_name_may_stand_beside_or_below_their_labels (void)
{
  expect ("es", "APELLIDOS\nOrtega Ruiz\nNOMBRE\nMarisol\nDOMICILIO\nCalle Olmo 12\n\nLa lavadora gira.\n", "sender",
          "Marisol Ortega Ruiz");
  expect ("fr", "Nom           Prénom\nBertrand      Odile\n\nRien reçu.\n", "sender", "Odile Bertrand");
  expect ("en", "First name: Ada      Last name: Crane\n\nThe lamp hums.\n\nAda Crane\n", "sender", "Ada Crane");
  expect ("hu", "Családi név      Orosz\nUtónév           Tímea\n\nA lámpa zúg.\n", "sender", "Orosz Tímea");
}

static void
test_the_labels_of_the_parts_of_a_name_may_be_misread (void)
{
  expect ("es", "Apell1dos: Ortega Ruiz\nNornbre: Marisol\n\nLa lavadora gira.\n", "sender", "Marisol Ortega Ruiz");
  expect ("fr", "N0m : Bertrand\nPrenorn : Odile\n\nRien reçu.\n", "sender", "Odile Bertrand");
  expect ("en", "Surnarne: Crane\nFlrst name: Ada\n\nThe lamp hums.\n", "sender", "Ada Crane");
  expect ("hu", "Csa1ádi nev: Orosz\nUtónev: Tímea\n\nA lámpa zúg.\n", "sender", "Orosz Tímea");
}

static void
test_the_parts_of_two_names_are_not_joined (void)
{
  expect_first ("es",
                "DATOS DE LA EMPRESA\nNombre: Electro\nDATOS DEL CONSUMIDOR\nApellidos: Ortega Ruiz\nNombre: Marisol\n",
                "sender", "Marisol Ortega Ruiz");
  expect_first ("es", "Nombre y apellidos: Marisol Ortega Ruiz\nApellidos del titular: Lobo Rey\n", "sender",
                "Marisol Ortega Ruiz");
}

static void
test_a_hungarian_form_gives_the_postcode_first (void)
{
  expect ("hu", "Irányítószám: 6723\nTelepülés: Szeged\nKözterület, házszám: Csillag tér 6.\n", "address",
          "6723, Szeged, Csillag tér 6.");
}

static void
test_the_sum_that_is_claimed_is_no_recipient (void)
{
  expect ("es", "Nos facturaron $ 214.500,00 y recibimos por $ 171.600,00.\nImporte reclamado: $ 42.900,00\n", "amount",
          "42900.00 ARS | 171600.00 ARS | 214500.00 ARS");
}

static void
test_two_addresses_may_stand_side_by_side (void)
{
  const char *letter = "Nadège Poulain                         Résidences du Parc\n"
                       "12 bis rue Victor-Hugo                 Service Comptabilité\n"
                       "80000 Amiens                           4 boulevard Carnot\n"
                       "                                       80090 Amiens\n\n"
                       "Madame,\nje réclame le dépôt.\n\nNadège Poulain\n";
  expect_first ("fr", letter, "address", "12 bis rue Victor-Hugo, 80000 Amiens");
  expect ("fr", letter, "sender", "Nadège Poulain");
}

static void
test_who_speaks_as_the_client_in_most_turns_writes (void)
{
  expect ("hu",
          "Ügyfél: Vendég\nVendég: jó estét\nOperátor: Kérem a nevét.\nVendég: Rezeda Bulcsú\nOperátor: Köszönöm.\n",
          "sender", "Rezeda Bulcsú");
}

static void
test_a_state_is_no_form_of_a_firm (void)
{
  expect_first ("en",
                "Marisol Everhart\n2218 Juniper Bend Ct.\nFort Collins, CO 80525\n\nRocky Range Outfitters\n"
                "P.O. Box 4410\nBoulder, CO 80306\n\nPlease refund me.\n\nSincerely,\n\nMarisol Everhart\n",
                "sender", "Marisol Everhart");
}

static void
test_two_names_at_the_head_are_a_firm (void)
{
  expect_first (
      "en",
      "Harbottle & Skene\nChartered Surveyors\n3 Bridge Wynd, Melrose TD6 9ZZ\n\nDear Secretary,\nWe shall be "
      "glad to come.\n\nYours sincerely,\n\nJames H. Skene\n",
      "sender", "Harbottle & Skene");
}

static void
test_a_visitor_s_name_may_stand_in_brackets (void)
{
  expect ("hu",
          "Látogató (Kiss Dalma): sziasztok\nZsani: Szia, miben segíthetek?\nLátogató (Kiss Dalma): nem jött meg\n"
          "Zsani: Utánanézek.\n",
          "sender", "Kiss Dalma");
}

static void
test_a_house_needs_no_word_for_its_street (void)
{
  expect ("es", "Reclamo los $ 900.\n\nJulieta Scarpatti\nMendoza 2240 5.º A, Rosario (2000), Santa Fe\n341 555-0177\n",
          "address", "Mendoza 2240 5.º A, Rosario (2000), Santa Fe");
  expect ("es", "Ruego su anulación.\n\nWashington Bentancor\nC.I. 3.550.188-4\nEllauri 550 ap. 801\n", "address",
          "Ellauri 550 ap. 801");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/senders/office", test_who_signs_with_an_office_behind_the_name_is_a_sender);
  g_test_add_func ("/senders/initials are spelt out where the letter does",
                   test_initials_are_spelt_out_where_the_letter_does);
  g_test_add_func ("/senders/a second given name is not completed by an initial",
                   test_a_second_given_name_is_not_completed_by_an_initial);
  g_test_add_func ("/senders/a rare spelling is no misreading", test_a_rare_spelling_is_no_misreading);
  g_test_add_func ("/senders/what was written before is not the writer's",
                   test_what_was_written_before_is_not_the_writer_s);
  g_test_add_func ("/senders/surname and given name may stand on one line",
                   test_surname_and_given_name_may_stand_on_one_line);
  g_test_add_func ("/senders/a Hungarian form gives the postcode first",
                   test_a_hungarian_form_gives_the_postcode_first);
  g_test_add_func ("/senders/the sum that is claimed is no recipient", test_the_sum_that_is_claimed_is_no_recipient);
  g_test_add_func ("/senders/two addresses may stand side by side", test_two_addresses_may_stand_side_by_side);
  g_test_add_func ("/senders/who speaks as the client in most turns writes",
                   test_who_speaks_as_the_client_in_most_turns_writes);
  g_test_add_func ("/senders/a state is no form of a firm", test_a_state_is_no_form_of_a_firm);
  g_test_add_func ("/senders/two names at the head are a firm", test_two_names_at_the_head_are_a_firm);
  g_test_add_func ("/senders/a visitor's name may stand in brackets", test_a_visitor_s_name_may_stand_in_brackets);
  g_test_add_func ("/senders/a house needs no word for its street", test_a_house_needs_no_word_for_its_street);
  g_test_add_func ("/senders/the parts of a name on a form are one sender",
                   test_the_parts_of_a_name_on_a_form_are_one_sender);
  g_test_add_func ("/senders/the parts of a name may stand beside or below their labels",
                   test_the_parts_of_a_name_may_stand_beside_or_below_their_labels);
  g_test_add_func ("/senders/the labels of the parts of a name may be misread",
                   test_the_labels_of_the_parts_of_a_name_may_be_misread);
  g_test_add_func ("/senders/the parts of two names are not joined", test_the_parts_of_two_names_are_not_joined);
  return g_test_run ();
}
