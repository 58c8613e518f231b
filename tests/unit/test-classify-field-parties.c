#include "tests/unit/field_letters.h"

static const char two_blocks[]
    = "Nora Fairlie\n4 Quarry Lane\nHexham NE46 1AB\n01632 960214\n\n"
      "Tarn Kitchens\n9 Dock Road\nGateshead NE8 2CD\nTel: 01632 960888\n\n3 May 2026\n\n"
      "Dear Sirs,\n\nThe worktop has split. Please come and look at it.\n\nYours faithfully,\n"
      "Nora Fairlie\n";

static void
test_the_telephone_of_the_firm_written_to_is_not_the_writers (void)
{
  expect ("en", two_blocks, "phone", "01632 960214");
  expect_first ("en", two_blocks, "address", "4 Quarry Lane, Hexham NE46 1AB");
}

static void
test_what_stands_behind_to_belongs_to_the_other_side (void)
{
  static const char letter[] = "From\nAnil Desai\n12 Temple Street\nCardiff CF10 1AA\n\nTo\nThe Branch Manager\n"
                               "Harbour Insurance\nPier Road, Barry CF62 5BB\n\nDate: 04.06.2026\n\nSir,\n\n"
                               "My claim has not been answered.\n\nAnil Desai\nMob: 07700 900441\n";
  expect ("en", letter, "address", "12 Temple Street, Cardiff CF10 1AA");
  expect_first ("en", letter, "sender", "Anil Desai");
}

static void
test_below_the_heading_of_who_is_complained_of_stands_the_other_side (void)
{
  static const char form[]
      = "HOJA DE QUEJAS Y RECLAMACIONES\n1. DATOS DE LA PERSONA RECLAMANTE\nNombre y apellidos: Pilar Ocaña "
        "Ruiz\nTeléfono: 600 123 456\n2. DATOS DE LA PERSONA O ENTIDAD RECLAMADA\nNombre o razón social: "
        "Electro Bahía S.L.\nTeléfono: 956 100 200\n3. HECHOS RECLAMADOS\nLa lavadora no centrifuga.\n";
  expect ("es", form, "sender", "Pilar Ocaña Ruiz");
  expect ("es", form, "phone", "600 123 456");
}

static void
test_below_a_numbered_heading_of_the_firm_stands_the_other_side (void)
{
  static const char es[]
      = "HOJA DE QUEJAS Y RECLAMACIONES\n1. Datos de la persona consumidora\nNombre y apellidos: Pilar "
        "Ocaña Ruiz\nTeléfono: 600 123 456\n2. Datos de la empresa\nNombre Electro Bahía, S.L.\n"
        "Domicilio Avda. de la Industria 240, 41090 Sevilla\n3. Hechos\nLa lavadora no centrifuga.\n";
  static const char fr[] = "RÉCLAMATION\n1) Vos coordonnées\nNom : Solange Prigent\nTéléphone : 06 39 98 12 77\n"
                           "2) L'entreprise\nNom Électro Baie SARL\nAdresse 8, avenue des Tilleuls, 33990 Bordeaux\n"
                           "3) Les faits\nLe lave-linge fuit.\n";
  expect ("es", es, "sender", "Pilar Ocaña Ruiz");
  expect ("es", es, "address", "");
  expect ("fr", fr, "sender", "Solange Prigent");
  expect ("fr", fr, "address", "");
}

static void
test_a_form_without_colons_tells_who_wrote_and_where_he_lives (void)
{
  static const char es[] = "HOJA DE RECLAMACIONES\n\n1. Datos de la persona consumidora\nApellidos y nombre Carvajal "
                           "Montesinos, Beatriz\nDomicilio Calle Arenal de la Cruz 18, 2.º B\nLocalidad Jerez de la "
                           "Frontera C.P. 11490\nTeléfono 600 555 014\n";
  static const char fr[] = "RÉCLAMATION\n\nNom et prénom Kermarrec Théo\nAdresse 6 bis, impasse du Lavoir\nCode postal "
                           "29990 Ville Plouzané-le-Haut\nTéléphone 06 39 98 12 77\n";
  static const char en[] = "COMPLAINT FORM\n\nFull name Colin Ashdown\nAddress Flat 3, 88 Marine Parade\nTown Whitby "
                           "Postcode YO21 9XX\nTelephone 01632 960 123\n";
  expect ("es", es, "sender", "Beatriz Carvajal Montesinos");
  expect ("es", es, "address", "Calle Arenal de la Cruz 18, 2.º B, Jerez de la Frontera, 11490");
  expect ("fr", fr, "sender", "Kermarrec Théo");
  expect ("fr", fr, "address", "6 bis, impasse du Lavoir, 29990 Plouzané-le-Haut");
  expect ("en", en, "sender", "Colin Ashdown");
  expect ("en", en, "address", "Flat 3, 88 Marine Parade, Whitby, YO21 9XX");
}

static void
test_a_surname_before_a_comma_stands_behind_the_given_name_but_in_hungarian (void)
{
  expect ("es", "RECLAMACIÓN\n\nNombre y apellidos: Carvajal Montesinos, Beatriz\nDNI 00000000T\n", "sender",
          "Beatriz Carvajal Montesinos");
  expect ("es", "RECLAMACIÓN\n\nNombre y apellidos: Beatriz Carvajal Montesinos, DNI 00000000T\n", "sender",
          "Beatriz Carvajal Montesinos");
  expect ("hu", "PANASZ\n\nNév: Kovács-Dobó, Gellért\nTelefon: 06 30 555 0147\n", "sender", "Kovács-Dobó, Gellért");
}

static void
test_an_account_of_theirs_is_no_account_of_the_writers (void)
{
  static const char letter[]
      = "Pilar Ocaña\n\nHasta entonces no pagaremos a su cuenta ES91 2100 0418 4502 0005 1332.\n\n"
        "Pilar Ocaña\n";
  expect ("es", letter, "iban", "");
}

static void
test_a_firm_whose_letterhead_it_is_wrote_the_letter_that_somebody_signs (void)
{
  static const char letter[] = "NORTHGATE DENTAL SUPPLY, INC.\n41 Foundry Lane\nDerby DE1 2AB\nPhone 01632 960113\n\n"
                               "October 11, 2025\n\nKestrel Freight\nAttn: Claims\n9 Front Street\nHull HU1 3CD\n\n"
                               "To whom it may concern:\n\nOne of two pallets was never delivered.\n\nSincerely,\n\n"
                               "Lorna Vesey\nOffice Manager\n";
  expect_first ("en", letter, "sender", "NORTHGATE DENTAL SUPPLY, INC.");
  expect ("en", letter, "phone", "01632 960113");
}

static void
test_family_and_given_name_on_two_lines_of_a_form_are_one_name (void)
{
  static const char form[]
      = "Nom                 : MOREAU\nPrénom              : Salomé\nObjet : retard\n\nRien reçu.\n";
  expect_first ("fr", form, "sender", "Salomé MOREAU");
}

static void
test_a_form_that_nobody_filled_in_has_no_sender (void)
{
  static const char form[] = "FORMULARIO DE CONTACTO\nNombre: ______________________\nApellidos: ___________________\n"
                             "Motivo: [ ] Queja [ ] Sugerencia [ ] Consulta\nDescripción:\n_________________________\n"
                             "Firma:\n";
  expect ("es", form, "sender", "");
}

static void
test_a_form_in_columns_needs_no_colons (void)
{
  static const char form[] = "COMPLAINT\n\nFull name        Edith Marlow\nCustomer number        7741-20\n"
                             "Order number        KL-20441\nWhat happened        It never came.\n";
  expect_first ("en", form, "sender", "Edith Marlow");
  expect ("en", form, "customer_no", "7741-20");
  expect ("en", form, "order_no", "KL-20441");
}

static void
test_what_a_form_explains_in_brackets_does_not_part_label_and_number (void)
{
  expect ("en", "Customer number (if you have one): C-0094417\nI have a question.\n", "customer_no", "C-0094417");
  expect ("hu", "| Rendelésszám | W-20240718-56 |\n| Darab | 1 |\n", "order_no", "W-20240718-56");
}

static void
test_the_customer_who_is_asked_in_a_chat_is_the_writer (void)
{
  static const char chat[] = "[19:44] bot: Hi! How can I help?\n[19:46] Declan Roe: Hello, can I help you?\n"
                             "[19:47] you: Una Mulvey, account 8006 2231\n[19:48] you: the bill is wrong\n";
  expect_first ("en", chat, "sender", "Una Mulvey");
}

static void
test_the_side_that_asks_in_a_chat_has_not_given_its_own_telephone (void)
{
  static const char chat[]
      = "[Live chat, 4 May 2026, 10:02]\nAgent Ruth: Hello, how can I help?\n"
        "Visitor: the kettle came without a lid\nAgent Ruth: May I have your name and order number?\n"
        "Visitor: Martha Ogden, it's KT77120045\nAgent Ruth: And a telephone number?\n"
        "Visitor: 07700 900 118\nAgent Ruth: Our depot is on 01632 960 500.\nVisitor: thanks\n";
  expect_first ("en", chat, "sender", "Martha Ogden");
  expect ("en", chat, "phone", "07700 900 118");
  expect ("en", chat, "order_no", "KT77120045");
}

static void
test_a_sentence_in_another_script_is_nobodys_name (void)
{
  expect ("und", "مرحبا، أريد تقديم شكوى بشأن الطلب المتأخر\n", "sender", "");
  expect ("und", "Я хочу пожаловаться на задержку заказа\n", "sender", "");
  expect ("und", "Θέλω να παραπονεθώ για την καθυστέρηση\n", "sender", "");
}

static void
test_a_name_in_another_script_is_one (void)
{
  static const char letter[] = "Dear Sirs,\n\nThe parcel never came.\n\nYours faithfully,\n\nИван Петров\n";
  expect_first ("en", letter, "sender", "Иван Петров");
}

static void
test_what_is_quoted_below_a_reply_is_anothers (void)
{
  static const char mail[]
      = "From: Tom Ferris <tom@ferris.example>\nDate: 3 June 2026\nSubject: Re: boots\n\n"
        "I want my £60 back, not a voucher.\n\nTom Ferris\n\n> Dear Mr Ferris,\n"
        "> the total of £180 stands.\n> Ada, Bootland, 01632 960 771\n> Mill Lane, Leeds LS1 4AB\n";
  expect ("en", mail, "phone", "");
  expect ("en", mail, "address", "");
  expect_first ("en", mail, "amount", "60.00 GBP");
}

static void
test_the_part_of_a_form_that_names_the_business_is_not_the_writers (void)
{
  static const char form[] = "INTAKE FORM\nFiled: 2026-02-11\n\nPERSON FILING\n  Name       Della Reyes\n"
                             "  Address    14 Pecan Way, Macon, GA 31204\n  Phone      478-555-0121\n\nBUSINESS\n"
                             "  Name       Cedar Auto Glass\n  Address    9 River Road, Macon, GA 31201\n"
                             "  Phone      478-555-0166\n\nWHAT HAPPENED\nThe windscreen they put in whistles, and it "
                             "has leaked ever since the first rain came down in March.\n";
  expect_first ("en", form, "sender", "Della Reyes");
  expect ("en", form, "phone", "478-555-0121");
  expect_first ("en", form, "letter_date", "2026-02-11");
}

static void
test_the_printed_line_at_the_foot_of_a_mail_is_the_recipients (void)
{
  static const char mail[]
      = "Asunto: entradas\n\nNo llegaron las entradas que pagué.\n\nLuz Arrieta Gómez\n"
        "612 55 01 77\n\nTeatro Luna - Calle Real 3, 28001 Madrid - tel. 910 00 09 40 - info@luna.example\n";
  expect ("es", mail, "phone", "612 55 01 77");
  expect ("es", mail, "email", "");
}

static void
test_the_end_of_a_misread_account_is_no_number (void)
{
  static const char letter[]
      = "Tisztelt Cím!\n\nKérem, utalják a pénzt a HUS57 1990 0427 4173 4567 0000 0002 számlára.\n\n"
        "Bakos Ilona\n";
  expect ("hu", letter, "invoice_no", "");
}

static void
test_a_wife_keeps_the_ending_of_her_name_where_her_husbands_stands_too (void)
{
  static const char letter[]
      = "Vági Kálmánné\n1111 Budapest, Kő utca 2.\n\nFérjem, Vági Kálmán elhunyt.\n\nTisztelettel:\n\n"
        "Vági Kálmánné\n";
  expect_first ("hu", letter, "sender", "Vági Kálmánné");
}

static void
test_headings_are_nobodys_names (void)
{
  expect ("en", "CURRICULUM VITAE\n\nTOTAL DUE\n\nnone\n", "sender", "");
}

static void
test_a_name_in_another_script_keeps_its_letters (void)
{
  static const char letter[] = "محمد عبد الرحمن\n\nأكتب إليكم بشأن الفاتورة.\n\nمحمد عبد الرحمن\n";
  expect_first ("und", letter, "sender", "محمد عبد الرحمن");
}

static void
test_who_signs_for_a_firm_writes_in_its_name (void)
{
  static const char letter[]
      = "HOLLIS & SONS  Bakers since 1931\n3 Market Row, Truro TR1 2HN\n\nTo: Fal Mills, Truro TR2 6AA\n\n"
        "12 March 2026\n\nSix sacks were wet.\n\nBest regards\n\nMay\nfor Hollis & Sons\n";
  expect_first ("en", letter, "sender", "Hollis & Sons");
}

static void
test_villages_between_a_name_and_a_postcode_are_the_address (void)
{
  static const char letter[]
      = "The Accounts Department\nQuay Fuels\nDock Road\nLimerick V94 X2P8\n\n4 May 2026\n\nThe bill is wrong.\n\n"
        "Nora Ní Bhriain\nBaile na Sceach\nKilfinane\nCo. Limerick\nV35 HK20\n";
  expect ("en", letter, "address", "Baile na Sceach, Kilfinane, Co. Limerick, V35 HK20");
  expect_first ("en", letter, "sender", "Nora Ní Bhriain");
}

static void
test_the_address_of_one_who_tells_where_he_lives_ends_with_the_place (void)
{
  static const char letter[] = "I, Hari Ramesh Joshi, residing at 7, Lotus Society, Adajan, Surat 395009, state that "
                               "nothing came.\n\nH. R. Joshi\n";
  expect ("en", letter, "address", "7, Lotus Society, Adajan, Surat 395009");
  expect_first ("en", letter, "sender", "Hari Ramesh Joshi");
}

static void
test_an_address_that_is_told_goes_on_below_the_end_of_its_line (void)
{
  static const char letter[]
      = "Cabinet ROUVIÈRE & TESSON\nAvocats au barreau de Lyon\n14, quai Perrache — 69990 Lyon — Tél. 04 65 71 00 "
        "42\n\n"
        "Madame, Monsieur,\n\nJ'ai été consultée par Madame Clémence Bonnafous, demeurant 31, rue Sainte-Hélène à\n"
        "69990 Lyon, au sujet du canapé qu'elle vous a commandé le 4 août 2026.\n\nAnne Rouvière\n";
  expect ("fr", letter, "address", "14, quai Perrache, 69990 Lyon | 31, rue Sainte-Hélène à 69990 Lyon");
}

static void
test_an_office_under_a_name_does_not_sign (void)
{
  static const char letter[]
      = "À qui de droit,\n\nMerci du prêt des tables.\n\nAu plaisir,\n\nHector Tremblay-Roy\nComité des loisirs\n"
        "hector@tremblay.example\n";
  expect_first ("fr", letter, "sender", "Hector Tremblay-Roy");
}

static void
test_the_digits_of_a_number_are_no_postcode (void)
{
  static const char letter[]
      = "Vági Ilona\n1111 Budapest, Kő utca 2.\n\nzám: 2026/K-04419\n\nNem jött meg.\n\nVági Ilona\n";
  expect ("hu", letter, "address", "1111 Budapest, Kő utca 2.");
}

static void
test_a_letterhead_is_the_writer_s_where_nobody_signs_with_a_name (void)
{
  static const char letter[]
      = "Asociación Cultural La Encina\nApdo. de Correos 7 - 19100 Pastrana\n\nAyuntamiento. Oficina de "
        "Fiestas\nExpediente 44\n\nLa factura del escenario no es nuestra y pedimos que se anule, pues el "
        "acto lo organizó otra entidad del pueblo vecino.\n\nLa presidenta\n";
  expect_first ("es", letter, "sender", "Asociación Cultural La Encina");
  expect_first ("es", letter, "address", "Apdo. de Correos 7, 19100 Pastrana");
}

static void
test_partners_make_a_firm (void)
{
  static const char letter[]
      = "CABINET MORVAN & ASSOCIÉS\n14, quai Riboulet  76000 ROUEN\nstandard 02 35 55 01 40\n\nMonsieur "
        "LEFORT Didier\n2 rue du Puits\n76000 ROUEN\n\nVotre solde reste impayé malgré nos trois rappels "
        "de l'an passé et de cette année.\n\nLe service comptable\n";
  expect_first ("fr", letter, "sender", "CABINET MORVAN & ASSOCIÉS");
  expect_first ("fr", letter, "address", "14, quai Riboulet 76000 ROUEN");
  expect_first ("fr", letter, "phone", "02 35 55 01 40");
}

static void
test_street_and_town_have_labels_of_their_own_on_a_form (void)
{
  static const char letter[]
      = "DISPUTE FORM          Return to: PO Box 41, Salem OR 97301\n\n1. Name on account     Priscilla "
        "Hargrove\n2. Street              818 Cactus Wren Dr\n   City/State/ZIP      Mesa AZ 85201\n3. "
        "Statement date      04/02/2025\n\nSignature  Priscilla Hargrove          Date signed  "
        "04/18/2025\n";
  expect ("en", letter, "address", "818 Cactus Wren Dr, Mesa AZ 85201");
  expect_first ("en", letter, "sender", "Priscilla Hargrove");
  expect ("en", letter, "letter_date", "2025-04-18");
}

static void
test_labels_that_stand_twice_in_a_form_are_no_speakers (void)
{
  static const char letter[]
      = "1. RECLAMANTE\nNombre: Eulalia Crespo\nDomicilio: c/ Norte 4\nTeléfono: 926550144\n2. COMERCIO\n"
        "Nombre: Sillas Ruiz\nDomicilio: c/ Sur 9\n3. HECHOS\nUna silla rota.\n";
  expect_first ("es", letter, "phone", "926550144");
}

static void
test_nobody_writes_from_an_address_that_takes_no_answer (void)
{
  static const char letter[]
      = "From: Webform <noreply@ferry.example>\nDate: 30 July 2025\n\nFull name: Anwen Prosser\nReply "
        "e-mail: anwen.p@post.example\nMessage: late again\n";
  expect ("en", letter, "email", "anwen.p@post.example");
}

static void
test_attention_in_any_place_of_a_label_names_the_recipient (void)
{
  static const char letter[]
      = "À l'attention de : Lampes Berthier, 9 rue du Gaz, 59100 Roubaix, sav@berthier.example\n\nNom : "
        "GARNAUD Élise\nAdresse : 8 allée Monet, 31200 Toulouse\n";
  expect_first ("fr", letter, "address", "8 allée Monet, 31200 Toulouse");
}

static void
test_a_petition_begins_with_the_name (void)
{
  static const char letter[]
      = "Señores\nAguas del Sur S.A.\n\nMARTHA LUCÍA PINZÓN ROA, identificada con C.C. 43.000.000, solicito "
        "que se revise la lectura.\n\nNotificaciones: Calle 9B # 75-31, barrio Centro, Medellín. Cel. 300 "
        "555 0191.\n";
  expect_first ("es", letter, "sender", "MARTHA LUCÍA PINZÓN ROA");
  expect_first ("es", letter, "address", "Calle 9B # 75-31, barrio Centro, Medellín");
}

static void
test_an_answer_is_wanted_by_whom_the_label_names (void)
{
  expect_first ("hu", "Kérem a pénzemet vissza.\n\nVálasz ide: Bódis-Rácz Emőd, 3396 Kerecsend, Nyár út 4.\n", "sender",
                "Bódis-Rácz Emőd");
}

static void
test_a_word_for_a_street_is_nobody_s_name (void)
{
  static const char letter[]
      = "Quillon & Pike, Attorneys\n1200 Market Plaza\nDover, DE 19904\n\nSolar Works Inc.\n77 Dover "
        "Pike\nDover, DE 19901\n\nPlease return the deposit our client paid you in the spring of last "
        "year, as agreed on the telephone.\n\nSincerely,\nGregory Pike\n";
  g_autofree char *senders = letter_values ("en", NULL, NULL, letter, "sender");
  g_assert_null (strstr (senders, "Solar"));
}

static void
test_a_letter_before_a_number_is_no_postcode_when_a_comma_or_dash_parts_them (void)
{
  expect ("en", "Flight LP 417 SYD-BNE was late. I was charged N45,000 twice.\n\nAnwen Prosser\n", "address", "");
}

static void
test_a_firm_may_have_a_number_in_its_name (void)
{
  static const char letter[]
      = "BETA-TRANS 2000 Fuvarozó Bt.                 Ikt.: BT/118\n8000 Székesfehérvár, Raktár u. 2.\n"
        "T: 22/555-014\n\nDátum: 2025.06.20.\n\nRozsmalom Zrt.\nPénzügy\n\nA számla rendezetlen, pedig "
        "kétszer is kértük már, hogy utalják át a hátralékot.\n\nBETA-TRANS 2000 Bt.\n";
  expect_first ("hu", letter, "sender", "BETA-TRANS 2000 Fuvarozó Bt.");
}

static void
test_buyers_and_those_on_whose_part_a_mail_comes_are_named_behind_their_labels (void)
{
  expect_first ("en", "Buyer ........ Tuppence Harlow\nOrder ........ TM-117\n", "sender", "Tuppence Harlow");
  expect_first ("fr", "De la part de : Mlle Capucine Rouvière\nObjet : retard\n", "sender", "Capucine Rouvière");
  expect_first ("hu", "Név/cégnév: Zöldág Kertészet Kft.\nSzékhely: 6000 Kecskemét, Halasi út 7.\n", "sender",
                "Zöldág Kertészet Kft.");
}

static void
test_what_a_post_office_writes_below_a_mail_is_not_the_writer_s (void)
{
  static const char letter[]
      = "Feladó: <bene.m@posta.example>\n\nKérem a teljes kárt megtéríteni.\n\nBene Márton\n\nEzt az "
        "üzenetet a Csillag Biztosító (8900 Zalaegerszeg, Fő u. 1., tel. 92/555-000) rendszere "
        "ellenőrizte.\n";
  expect ("hu", letter, "address", "");
  expect ("hu", letter, "phone", "");
}

static void
test_attention_makes_the_mail_beside_it_the_recipient_s (void)
{
  static const char letter[]
      = "À l'attention de : Lampes Berthier, 9 rue du Gaz, 59100 Roubaix, sav@berthier.example\n\nNom : "
        "GARNAUD Élise\n";
  expect ("fr", letter, "email", "");
  expect ("fr", letter, "address", "");
}

static void
test_an_enclosure_behind_the_letter_is_not_the_writers (void)
{
  static const char letter[]
      = "Nora Fairlie\n4 Quarry Lane\nHexham NE46 1AB\n\n3 May 2026\n\nDear Sirs,\n\n"
        "The worktop has split. A copy of your invoice is enclosed. Please let me have £40.00 back.\n\n"
        "Yours faithfully,\nNora Fairlie\n\fTarn Kitchens Ltd\nINVOICE\nDate: 2 March 2026\n"
        "Account: GB33BUKB20201555555555\nTel: 01632 960888\nTotal £512.00\n";
  expect_first ("en", letter, "sender", "Nora Fairlie");
  expect ("en", letter, "letter_date", "2026-05-03");
  expect ("en", letter, "phone", "");
  expect ("en", letter, "iban", "");
  expect_first ("en", letter, "amount", "40.00 GBP");
}

static void
test_a_second_letter_in_the_same_scan_has_another_sender (void)
{
  static const char heap[]
      = "Thibault Renaudin\n8, impasse des Tilleuls\n35510 Cesson\n\nCesson, le 4 mai 2026\n\nMadame, Monsieur,\n\n"
        "Ma facture n'a pas été remboursée.\n\nVeuillez agréer mes salutations distinguées.\n\nThibault Renaudin\n"
        "\fBruno Castel\n2 rue Haute\n29000 Quimper\n\nBonjour,\n\nMerci pour tout.\n\nCordialement,\nBruno Castel\n";
  expect ("fr", heap, "sender", "Thibault Renaudin");
}

static void
test_a_letter_of_two_pages_is_signed_on_the_second (void)
{
  static const char letter[] = "3 May 2026\n\nDear Sirs,\n\nThe worktop has split and nobody came.\n"
                               "\fPlease come and look at it soon.\n\nYours faithfully,\nNora Fairlie\n01632 960214\n";
  expect ("en", letter, "sender", "Nora Fairlie");
  expect ("en", letter, "phone", "01632 960214");
}

static const struct
{
  const char *path;
  GTestFunc run;
} tests[] = {
  { "/parties/complained-of", test_below_the_heading_of_who_is_complained_of_stands_the_other_side },
  { "/parties/sentence in another script", test_a_sentence_in_another_script_is_nobodys_name },
  { "/parties/name in another script", test_a_name_in_another_script_is_one },
  { "/parties/the telephone of the firm written to is not the writer's",
    test_the_telephone_of_the_firm_written_to_is_not_the_writers },
  { "/parties/what stands behind \"To\" belongs to the other side",
    test_what_stands_behind_to_belongs_to_the_other_side },
  { "/parties/an account of theirs is no account of the writer's",
    test_an_account_of_theirs_is_no_account_of_the_writers },
  { "/parties/a firm whose letterhead it is wrote the letter that somebody signs",
    test_a_firm_whose_letterhead_it_is_wrote_the_letter_that_somebody_signs },
  { "/parties/family and given name on two lines of a form are one name",
    test_family_and_given_name_on_two_lines_of_a_form_are_one_name },
  { "/parties/a form in columns needs no colons", test_a_form_in_columns_needs_no_colons },
  { "/parties/what a form explains in brackets does not part label and number",
    test_what_a_form_explains_in_brackets_does_not_part_label_and_number },
  { "/parties/the customer who is asked in a chat is the writer",
    test_the_customer_who_is_asked_in_a_chat_is_the_writer },
  { "/parties/the side that asks in a chat has not given its own telephone",
    test_the_side_that_asks_in_a_chat_has_not_given_its_own_telephone },
  { "/parties/what is quoted below a reply is another's", test_what_is_quoted_below_a_reply_is_anothers },
  { "/parties/the part of a form that names the business is not the writer's",
    test_the_part_of_a_form_that_names_the_business_is_not_the_writers },
  { "/parties/the printed line at the foot of a mail is the recipient's",
    test_the_printed_line_at_the_foot_of_a_mail_is_the_recipients },
  { "/parties/the end of a misread account is no number", test_the_end_of_a_misread_account_is_no_number },
  { "/parties/a wife keeps the ending of her name where her husband's stands too",
    test_a_wife_keeps_the_ending_of_her_name_where_her_husbands_stands_too },
  { "/parties/headings are nobody's names", test_headings_are_nobodys_names },
  { "/parties/a name in another script keeps its letters", test_a_name_in_another_script_keeps_its_letters },
  { "/parties/who signs for a firm writes in its name", test_who_signs_for_a_firm_writes_in_its_name },
  { "/parties/villages between a name and a postcode are the address",
    test_villages_between_a_name_and_a_postcode_are_the_address },
  { "/parties/the address of one who tells where he lives ends with the place",
    test_the_address_of_one_who_tells_where_he_lives_ends_with_the_place },
  { "/parties/below a numbered heading of the firm stands the other side",
    test_below_a_numbered_heading_of_the_firm_stands_the_other_side },
  { "/parties/a form without colons tells who wrote and where he lives",
    test_a_form_without_colons_tells_who_wrote_and_where_he_lives },
  { "/parties/a surname before a comma stands behind the given name, but in Hungarian",
    test_a_surname_before_a_comma_stands_behind_the_given_name_but_in_hungarian },
  { "/parties/an address that is told goes on below the end of its line",
    test_an_address_that_is_told_goes_on_below_the_end_of_its_line },
  { "/parties/an office under a name does not sign", test_an_office_under_a_name_does_not_sign },
  { "/parties/the digits of a number are no postcode", test_the_digits_of_a_number_are_no_postcode },
  { "/parties/a letterhead is the writer's where nobody signs with a name",
    test_a_letterhead_is_the_writer_s_where_nobody_signs_with_a_name },
  { "/parties/partners make a firm", test_partners_make_a_firm },
  { "/parties/street and town have labels of their own on a form",
    test_street_and_town_have_labels_of_their_own_on_a_form },
  { "/parties/labels that stand twice in a form are no speakers",
    test_labels_that_stand_twice_in_a_form_are_no_speakers },
  { "/parties/nobody writes from an address that takes no answer",
    test_nobody_writes_from_an_address_that_takes_no_answer },
  { "/parties/\"attention\" in any place of a label names the recipient",
    test_attention_in_any_place_of_a_label_names_the_recipient },
  { "/parties/a petition begins with the name", test_a_petition_begins_with_the_name },
  { "/parties/an answer is wanted by whom the label names", test_an_answer_is_wanted_by_whom_the_label_names },
  { "/parties/a word for a street is nobody's name", test_a_word_for_a_street_is_nobody_s_name },
  { "/parties/a letter before a number is no postcode when a comma or dash parts them",
    test_a_letter_before_a_number_is_no_postcode_when_a_comma_or_dash_parts_them },
  { "/parties/a firm may have a number in its name", test_a_firm_may_have_a_number_in_its_name },
  { "/parties/buyers and those on whose part a mail comes are named behind their labels",
    test_buyers_and_those_on_whose_part_a_mail_comes_are_named_behind_their_labels },
  { "/parties/what a post office writes below a mail is not the writer's",
    test_what_a_post_office_writes_below_a_mail_is_not_the_writer_s },
  { "/parties/\"attention\" makes the mail beside it the recipient's",
    test_attention_makes_the_mail_beside_it_the_recipient_s },
  { "/parties/a form that nobody filled in has no sender", test_a_form_that_nobody_filled_in_has_no_sender },
  { "/parties/an enclosure behind the letter is not the writers",
    test_an_enclosure_behind_the_letter_is_not_the_writers },
  { "/parties/a second letter in the same scan has another sender",
    test_a_second_letter_in_the_same_scan_has_another_sender },
  { "/parties/a letter of two pages is signed on the second", test_a_letter_of_two_pages_is_signed_on_the_second },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add_func (tests[i].path, tests[i].run);
  return g_test_run ();
}
