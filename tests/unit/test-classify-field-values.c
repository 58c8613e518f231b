#include "tests/unit/field_letters.h"

static void
test_sums_are_read_in_every_notation (void)
{
  static const char *const sums[][2] = {
    { "It cost £1,234.56.", "1234.56 GBP" },    { "It cost GBP 34.99.", "34.99 GBP" },
    { "Prix : 1 234,56 €", "1234.56 EUR" },     { "Precio: 1.234,56 euros", "1234.56 EUR" },
    { "61,98€ de más", "61.98 EUR" },           { "Ára 18 900 Ft volt", "18900 HUF" },
    { "Ára 289.900,- Ft volt", "289900 HUF" },  { "98 ezer forintot kérek", "98000 HUF" },
    { "1,2 millió Ft", "1200000 HUF" },         { "Pagué 3 mil euros", "3000.00 EUR" },
    { "You took EUR62.75 twice", "62.75 EUR" }, { "Il me doit 149 euros.", "149.00 EUR" },
    { "I paid $48.50 for it", "48.50 USD" },    { "the sum of £31.5O only", "31.50 GBP" },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (sums); i++)
    expect ("und", sums[i][0], "amount", sums[i][1]);
}

static void
test_the_disputed_sum_comes_first (void)
{
  expect ("en", "Receipts of £14.50 and £17.00 are enclosed. Kindly refund the sum of £31.50.", "amount",
          "31.50 GBP | 17.00 GBP | 14.50 GBP");
  expect ("en", "You debited EUR 162.75 instead of EUR 62.75.", "amount", "162.75 EUR | 62.75 EUR");
  expect ("hu", "A számlán 45 670 Ft szerepel 4 567 Ft helyett.", "amount", "45670 HUF | 4567 HUF");
}

static void
test_numbers_without_a_currency_are_no_sums (void)
{
  expect ("en", "Call 020 7946 0033 about order 77120, room 12, page 1,234.", "amount", "");
}

static void
test_numbers_follow_their_labels (void)
{
  expect ("en", "Customer no.: 55-20931  Order no.: W-77120", "customer_no", "55-20931");
  expect ("en", "Customer no.: 55-20931  Order no.: W-77120", "order_no", "W-77120");
  expect ("en", "Acct GB-0091-7723 / Inv 778120 / 25-Mar-2024", "invoice_no", "778120");
  expect ("es", "Factura 0099871, n.º cliente 20-118-77", "customer_no", "20-118-77");
  expect ("fr", "Réf. client TLS-77-4102", "customer_no", "TLS-77-4102");
  expect ("fr", "avis n° AE-23-90017", "invoice_no", "AE-23-90017");
  expect ("fr", "Votre référence : 2025/DEV/0081", "reference_no", "2025/DEV/0081");
  expect ("en", "My cusdonnez number is 4417802", "customer_no", "");
  expect ("en", "My custmer number is 4417802", "customer_no", "4417802");
}

static void
test_hungarian_labels_stand_after_the_number_too (void)
{
  expect ("hu", "az SF-559021 számú megrendelés", "order_no", "SF-559021");
  expect ("hu", "A 0024117 számlán kétszer szerepel", "invoice_no", "0024117");
  expect ("hu", "a 26-1180 sz. szerződésem", "customer_no", "26-1180");
  expect ("hu", "Rendelés száma: 100-55821", "order_no", "100-55821");
  expect ("hu", "Rendelés száma: 100-55821", "invoice_no", "");
}

static void
test_what_only_looks_like_a_labelled_number_is_left (void)
{
  expect ("hu", "Bankszámlaszámom: 11773016-01234567-00000000", "invoice_no", "");
  expect ("en", "My account 12345678, sort code 20-00-00", "customer_no", "");
  expect ("en", "a customer since 1990 and orders in 2024", "customer_no", "");
  expect ("en", "authorisation code 553207", "reference_no", "");
  expect ("hu", "Vevőszolgálat\n9994 Csillagvár, Ipar út 8.", "customer_no", "");
  expect ("hu", "Ügyfélszolgálat\n9998 Hegyalja, Fűrész utca 21.", "customer_no", "");
  expect ("hu", "telefon: +36705550982 | ügyfélazonosító: 4417802", "customer_no", "4417802");
}

static void
test_an_iban_must_check (void)
{
  expect ("en", "to GB29 NWBK 6016 1331 9268 19.", "iban", "GB29NWBK60161331926819");
  expect ("en", "to GB29 NWBK 6016 1331 9268 18.", "iban", "");
  expect ("es", "IBAN: ES91-2100-0418-4502-0005-1332", "iban", "ES9121000418450200051332");
  expect ("hu", "HU42 1177 3016 1111 1018 0000 0000 számlára", "iban", "HU42117730161111101800000000");
  expect ("fr", "FR14 2004 1010 0505 0001 3M02 606", "iban", "FR1420041010050500013M02606");
}

static void
test_an_iban_is_repaired_only_where_the_check_proves_it (void)
{
  expect ("en", "to GB29 NWBK 6OI6 1331 9Z68 19", "iban", "GB29NWBK60161331926819");
  expect ("es", "E591 2100 O418 4502 0005 1332", "iban", "ES9121000418450200051332");
  expect ("es", "ES91 2100 O418 4502 0005 1333", "iban", "");
}

static void
test_mail_addresses_are_found_and_mended (void)
{
  expect ("en", "write to grace@post.example.", "email", "grace@post.example");
  expect ("en", "grace @post. example", "email", "grace@post.example");
  expect ("fr", "(élodie©poste.example)", "email", "elodie@poste.example");
  expect ("en", "prices @ the shop", "email", "");
  expect ("hu", "Bokor Zsófia\nbokor.zsofi@posta.example\n\nKérem az árát.\n\nBokor Zsófia\n", "email",
          "bokor.zsofi@posta.example");
  expect ("en", "From: A B <a@b.example>\nTo: us@firm.example\n", "email", "a@b.example");
}

static void
test_telephone_numbers_of_five_countries_are_found (void)
{
  expect ("en", "Call me on 07700 900 417 please", "phone", "07700 900 417");
  expect ("en", "(217) 555-0139", "phone", "(217) 555-0139");
  expect ("fr", "Joignez-moi au 06.12.55.48.90", "phone", "06.12.55.48.90");
  expect ("es", "Presidente: 981 55 02 36.", "phone", "981 55 02 36");
  expect ("hu", "Baross Gábor út 9., 96/555-144", "phone", "96/555-144");
  expect ("hu", "Dr. Horváth Ilona (06-46-555-109)", "phone", "06-46-555-109");
  expect ("en", "Mobile +353 85 555 0163", "phone", "+353 85 555 0163");
  expect ("en", "code 553207, invoice 778120, room 214", "phone", "");
}

static void
test_senders_are_found_without_title (void)
{
  expect ("en", "Thank you!\nYours truly\nMrs. Winifred Ashcroft-Bell\n", "sender", "Winifred Ashcroft-Bell");
  expect ("hu", "Köszönöm!\nTisztelettel: Dr. Fehér Katalin\n", "sender", "Fehér Katalin");
  expect ("fr", "Signature : Lucas Moreau\n", "sender", "Lucas Moreau");
  expect ("en", "From: Tom Okonkwo <tom@mailbox.example>\n", "sender", "Tom Okonkwo");
  expect ("en",
          "Your ref: A/1\nEast Wycombe District Council\n\nDear Ms Hall,\nNo.\nYours sincerely,\nJon Finch\nPartner\n",
          "sender", "Jon Finch");
  expect ("es", "Me llamo Nuria Castells y soy socia.\nUn saludo\n", "sender", "Nuria Castells");
  expect ("en", "Hello, I would like a refund.\nThanks\n", "sender", "");
}

static void
test_addresses_are_one_line (void)
{
  expect ("en", "Jane Hill\nRose Cottage\nMain Road\nFowey PL23 1AA\n", "address",
          "Rose Cottage, Main Road, Fowey PL23 1AA");
  expect ("hu", "Mózes Levente, 4026 Debrecen, Bem tér 6.\n", "address", "4026 Debrecen, Bem tér 6.");
  expect ("fr", "8, boulevard de la Marne - 76000 Rouen\n", "address", "8, boulevard de la Marne, 76000 Rouen");
  expect ("en", "44 Maple Street\nSpringfield, IL 62704\n", "address", "44 Maple Street, Springfield, IL 62704");
  expect ("en", "3318 Prairie Avenue\nJoliet, IL 60435\n", "address", "3318 Prairie Avenue, Joliet, IL 60435");
  expect ("es", "Me cobraron 28001 Pesetas de más.\n", "address", "");
}

static void
test_what_is_broken_over_a_line_end_is_read_whole (void)
{
  expect ("en", "Your order num-\nber: AB-\n4711 is late.\n", "order_no", "AB-4711");
  expect ("fr", "Ma com\u00AD\nmande n° 2024-\n00317 n'est pas arrivée.\n", "order_no", "2024-00317");
  expect ("hu", "Budapest, 2026. már-\ncius 12.\n\nTisztelt Ügyfélszolgálat!\n", "letter_date", "2026-03-12");
  expect ("es", "Madrid, 12 de septiem\u2010\nbre de 2025\n\nMuy señores míos:\n", "letter_date", "2025-09-12");
  expect ("en", "2026-\n03-12\n\nDear Sir,\n", "letter_date", "2026-03-12");
}

static void
test_the_reason_of_a_broken_value_covers_both_its_parts (void)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup ("Madrid, 12 de septiem\u00AD\nbre de 2025\n");
  page->dpi = 300;
  page->width_px = page->height_px = 1000;
  RecordWord words[] = { { 0, 7, { 400, 100, 520, 140 }, 96, RECORD_WORD_BEGINS_LINE, 0 },
                         { 8, 10, { 540, 100, 580, 140 }, 96, 0, 0 },
                         { 11, 13, { 600, 100, 640, 140 }, 96, 0, 0 },
                         { 14, 22, { 660, 100, 900, 140 }, 96, 0, 0 },
                         { 23, 26, { 100, 150, 180, 190 }, 96, RECORD_WORD_BEGINS_LINE, 0 } };
  g_array_append_vals (page->words, words, G_N_ELEMENTS (words));
  g_ptr_array_add (pages, page);
  g_autoptr (GPtrArray) findings = classify_fields (
      pages, &(ClassifyContext){ .words = shipped_words (), .received = DK_DAY_NONE, .language = "es" });
  g_assert_cmpuint (findings->len, ==, 1);
  const RecordFinding *finding = findings->pdata[0];
  const RecordEvidence *evidence = finding->evidence->pdata[0];
  g_assert_cmpstr (finding->raw, ==, "12 de septiembre de 2025");
  g_assert_cmpint (evidence->box.y0, ==, 100);
  g_assert_cmpint (evidence->box.y1, ==, 190);
  g_assert_cmpint (evidence->box.x0, ==, 100);
  g_assert_cmpint (evidence->box.x1, ==, 900);
}

static void
test_what_is_to_have_happened_by_a_day_sets_a_deadline (void)
{
  static const char letter[]
      = "Fecha: 1 de marzo de 2026\n\nSi el día 22/03/2026 no está resuelto, acudiré a la oficina.\n";
  expect ("es", letter, "deadline", "2026-03-22");
}

static void
test_a_day_that_something_is_meant_for_gives_way_to_the_day_an_answer_is_asked_by (void)
{
  static const char letter[]
      = "Lyon, le 2 novembre 2026\n\nJe résilie pour le 31 décembre 2026. Répondez au plus tard le 20 novembre 2026.\n";
  expect_first ("fr", letter, "deadline", "2026-11-20");
}

static void
test_half_of_a_sum_is_asked_for_not_the_sum (void)
{
  expect_first ("en", "I'd like half of the £420 back, i.e. £210.\n", "amount", "210.00 GBP");
}

static void
test_the_swiss_write_no_currency_behind_their_stroke (void)
{
  expect ("fr", "Part non utilisée : 248.–\n", "amount", "248.00 CHF");
}

static void
test_a_span_of_years_is_no_number_of_a_letter (void)
{
  expect ("en", "Reference 2021-2026\n", "reference_no", "");
}

static void
test_a_letter_behind_the_groups_of_a_number_belongs_to_it (void)
{
  expect ("fr", "N° de sociétaire : 2 770 145 K\n", "customer_no", "2 770 145 K");
}

static void
test_a_hungarian_day_may_be_a_word (void)
{
  expect ("hu", "Kelt: 2026. október tizenhetedikén\n", "letter_date", "2026-10-17");
}

static void
test_a_letter_too_many_in_an_account_is_left_out_where_the_check_sum_proves_it (void)
{
  expect ("hu", "Kérem a HUS57 1990 0427 4123 4567 0000 0002 számlára.\n", "iban", "HU57199004274123456700000002");
}

static void
test_an_account_of_which_the_country_is_lost_is_no_customer_number (void)
{
  expect ("fr", "Compte à créditer : R7610278061400002055180146\n", "customer_no", "");
}

static void
test_what_is_left_to_pay_is_disputed_not_what_was_paid (void)
{
  expect_first ("en", "The price was $11,000.00. You paid $5,000.00 down. That leaves $6,000.00.", "amount",
                "6000.00 USD");
  expect_first ("es", "La factura es de 900,00 €, cubrió un anticipo de 500,00 €; el saldo de 400,00 € venció.",
                "amount", "400.00 EUR");
}

static void
test_what_a_deposit_is_part_of_is_not_disputed (void)
{
  expect_first ("en", "Deposit paid: £950.00 (of a total of £3,160.00)\nDeposit to be returned to: my bank\n", "amount",
                "950.00 GBP");
}

static void
test_a_box_of_a_form_may_part_pounds_and_pence (void)
{
  expect ("en", "Amount disputed: $ 318 .72\n", "amount", "318.72 USD");
}

static void
test_money_of_further_countries_is_known (void)
{
  expect ("en", "Refund R1 250,00 please.", "amount", "1250.00 ZAR");
  expect ("en", "The line R95 X2K4 is a postcode, as L8 3SL is.", "amount", "");
  expect ("en", "a wrong debit of Rs.2,360/- in May", "amount", "2360.00 INR");
  expect ("fr", "annuler ces 85 000 F CFA", "amount", "85000.00 XOF");
}

static void
test_numbers_of_owners_fliers_and_loyal_customers_are_the_customer_s (void)
{
  expect ("hu", "A tulajdonos kódja: VT-17\n", "customer_no", "VT-17");
  expect ("hu", "Törzsvásárlói kártyám száma: 00 4417 93\n", "customer_no", "00 4417 93");
  expect ("en", "Frequent flyer no.: APX 220 914 63\nBag tag: 0417 338821\n", "customer_no", "APX 220 914 63");
  expect ("en", "debit in my a/c no. 1102 3345 778\n", "customer_no", "1102 3345 778");
  expect ("fr", "Compte 0077 4180 2.\n", "customer_no", "0077 4180 2");
}

static void
test_a_month_may_stand_between_an_invoice_and_its_number (void)
{
  expect ("fr", "Ma facture d'avril (no 4-2025-90031) est fausse.", "invoice_no", "4-2025-90031");
}

static void
test_an_hour_is_no_number_of_a_customer (void)
{
  expect ("en", "paid into our account by 4.00 pm on Friday", "customer_no", "");
}

static void
test_a_label_on_the_next_line_names_what_follows_it (void)
{
  expect ("hu", "Tel: +36 70 555 0119\nRendelési azonosító: 220417-B\n", "phone", "+36 70 555 0119");
}

static void
test_areas_of_latin_america_stand_in_brackets (void)
{
  expect ("es", "Conmutador (55) 5550 1180\nPBX (606) 755 0133\n", "phone", "(55) 5550 1180 | (606) 755 0133");
}

static void
test_the_end_of_a_sentence_is_no_part_of_a_mail_address (void)
{
  expect ("hu", "az egyiket kérem vissza. talosr@posta.example", "email", "talosr@posta.example");
}

static void
test_of_sums_with_their_parts_the_one_asked_for_comes_first (void)
{
  expect_first ("en", "A late fee of $35 was added to my $1,020.44 balance though I paid. Remove the fee.", "amount",
                "35.00 USD");
  expect_first ("fr", "On m'a prélevé 49,90 € au lieu de 29,90 €. Merci de me rendre 20 €.", "amount", "20.00 EUR");
  expect_first ("es", "El presupuesto, 800 €; lo facturado, 1.050 €. No pagaré los 250 € de más.", "amount",
                "250.00 EUR");
  expect_first ("hu", "A havidíj 5 990 Ft, önök 8 990 Ft-ot vontak le. A 3 000 Ft különbséget kérem.", "amount",
                "3000 HUF");
}

static void
test_an_account_of_whose_country_one_letter_is_left_proves_itself (void)
{
  expect ("hu", "a U56103000022020000012345678 számlára", "iban", "HU56103000022020000012345678");
  expect ("hu", "a U56103000022020000012345679 számlára", "iban", "");
}

static void
test_how_many_were_ordered_is_no_number_of_the_order (void)
{
  expect ("hu", "A 2025/0331 sz. megrendelésünk (500 db naptár) hiányos.", "order_no", "2025/0331");
}

static void
test_what_is_left_of_two_sums_is_disputed (void)
{
  expect ("en", "Your bill is for $318.76. The right figure is $151.20, which makes $167.56.", "amount",
          "167.56 USD | 318.76 USD | 151.20 USD");
}

static void
test_of_a_list_of_sums_none_is_taken_by_chance (void)
{
  expect ("en", "Bread   £41.18\nMilk   £212.00\nPetrol   £55.02\nWine   £79.99\n", "amount", "");
}

static void
test_what_the_writer_owes_or_does_not_contest_is_not_disputed (void)
{
  expect ("en", "I have paid the £420 that I owe. I dispute the other £120.", "amount", "120.00 GBP | 420.00 GBP");
  expect ("en", "Value lost: £258.00\nYour own charge, £31.50, we do not contest.", "amount", "258.00 GBP | 31.50 GBP");
}

static void
test_a_word_for_a_number_is_the_nearest (void)
{
  expect ("hu", "Pápa, 2025. augusztus 25.\n\nKérem, tizenöt napon belül fizessék vissza.", "deadline", "2025-09-09");
}

static void
test_hours_of_work_are_no_days (void)
{
  expect ("es", "Rosario, 3 de septiembre de 2025\n\nExijo la devolución en el plazo de 72 horas hábiles.", "deadline",
          "2025-09-08");
}

static void
test_the_end_of_the_month_is_that_of_the_letter (void)
{
  expect ("fr", "Créteil, le 19 mai 2025\n\nMerci de le réparer avant la fin du mois.", "deadline", "2025-05-31");
  expect ("fr", "Créteil, le 19 mai 2025\n\nJe veux résilier à la fin du mois.", "deadline", "");
}

static void
test_rows_of_a_table_do_not_date_a_letter (void)
{
  expect ("fr", "12/05/2025     Pharmacie      18,30\n14/05/2025     Hôtel      642,00\nFait à Annecy le 20/05/2025\n",
          "letter_date", "2025-05-20");
}

static void
test_postcodes_tell_whose_dollars_they_are (void)
{
  expect ("es", "Les pagué $150.00 de más.\n2250 SW 8th Street\nHialeah, FL 33010\n", "amount", "150.00 USD");
  expect ("en", "I paid $150.00.\n1408 Temperance Cres\nHumboldt SK S7N 0N4\n", "amount", "150.00 CAD");
}

static void
test_a_contact_is_no_contract_and_a_hill_no_bill (void)
{
  expect ("en", "Contact no. : 01629 555 018\n", "customer_no", "");
  expect ("en", "17 Bell Street\nForest Hill VIC 3131\n", "invoice_no", "");
}

static void
test_a_hungarian_and_does_not_end_a_sum (void)
{
  expect ("hu", "Fejenként 18 900 forintot fizettünk, ez összesen 75 600 forint, és ennyit is kérek vissza.", "amount",
          "75600 HUF | 18900 HUF");
}

static void
test_both_of_two_sums_may_be_disputed_together (void)
{
  expect ("hu", "A fuvar 2 890 Ft-ba került. A függöny ára 39 900 Ft volt, így összesen 42 790 Ft jár vissza.",
          "amount", "42790 HUF | 39900 HUF | 2890 HUF");
}

static void
test_what_was_paid_of_a_sum_is_not_disputed (void)
{
  expect ("en",
          "You billed €1,360.00. We deducted €1,224.00 for the missing ones and paid the balance of €136.00. Send us a "
          "credit note for the €1,224.00.",
          "amount", "1224.00 EUR | 1360.00 EUR | 136.00 EUR");
}

static void
test_a_request_is_no_lease_and_a_place_no_subscriber (void)
{
  expect ("en", "Could I take your order number please?\nLK7740215\n", "customer_no", "");
  expect ("en", "Station Brae, Aboyne AB34 9ZZ\n", "customer_no", "");
}

static void
test_what_a_number_is_called_behind_it_says_more_than_a_reference (void)
{
  expect ("hu", "Hivatkozás: MM-7740215 számú számla\n", "invoice_no", "MM-7740215");
}

static void
test_the_invoice_that_is_written_about_is_named_again (void)
{
  expect ("en",
          "Your invoices 60071 and 60488. Invoice 60071 is paid. Please cancel invoice 60488. Invoice 60488 is wrong.",
          "invoice_no", "60488 | 60071");
}

static void
test_a_writer_may_say_what_day_it_is (void)
{
  expect ("en", "We still wait. It is now the 11th of March 2025 and nothing has come since.", "letter_date",
          "2025-03-11");
}

static void
test_a_sum_is_whole_where_a_line_end_breaks_it (void)
{
  expect ("hu", "Kérem vissza a tegnap levont 149\n900 Ft összeget mielőbb.\n", "amount", "149900 HUF");
  expect ("fr", "Je réclame le remboursement intégral de 1\n250,00 € au plus vite.\n", "amount", "1250.00 EUR");
  expect ("es", "Ruego la devolución de los 487,36\neuros cobrados de más.\n", "amount", "487.36 EUR");
  expect ("en", "I paid your shop in the high street £\n1,250.00 and want it back.\n", "amount", "1250.00 GBP");
}

static void
test_numbers_below_each_other_are_no_broken_sum (void)
{
  expect ("en", "The hotel in the old town was booked for 2\n500 GBP vouchers came later.\n", "amount", "500.00 GBP");
  expect ("fr", "Quantité : 2\n450,00 €\n", "amount", "450.00 EUR");
  expect ("es", "Compré en su tienda del centro dos lámparas por 45\nEUR 30.00 es lo que piden.\n", "amount",
          "30.00 EUR");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/amount/notations", test_sums_are_read_in_every_notation);
  g_test_add_func ("/amount/disputed", test_the_disputed_sum_comes_first);
  g_test_add_func ("/amount/none", test_numbers_without_a_currency_are_no_sums);
  g_test_add_func ("/numbers/labels", test_numbers_follow_their_labels);
  g_test_add_func ("/numbers/hungarian", test_hungarian_labels_stand_after_the_number_too);
  g_test_add_func ("/numbers/none", test_what_only_looks_like_a_labelled_number_is_left);
  g_test_add_func ("/iban/checks", test_an_iban_must_check);
  g_test_add_func ("/iban/repair", test_an_iban_is_repaired_only_where_the_check_proves_it);
  g_test_add_func ("/email", test_mail_addresses_are_found_and_mended);
  g_test_add_func ("/phone", test_telephone_numbers_of_five_countries_are_found);
  g_test_add_func ("/sender", test_senders_are_found_without_title);
  g_test_add_func ("/address", test_addresses_are_one_line);
  g_test_add_func ("/broken/values", test_what_is_broken_over_a_line_end_is_read_whole);
  g_test_add_func ("/broken/reason", test_the_reason_of_a_broken_value_covers_both_its_parts);
  g_test_add_func ("/values/what is to have happened by a day sets a deadline",
                   test_what_is_to_have_happened_by_a_day_sets_a_deadline);
  g_test_add_func ("/values/a day that something is meant for gives way to the day an answer is asked by",
                   test_a_day_that_something_is_meant_for_gives_way_to_the_day_an_answer_is_asked_by);
  g_test_add_func ("/values/half of a sum is asked for, not the sum", test_half_of_a_sum_is_asked_for_not_the_sum);
  g_test_add_func ("/values/the Swiss write no currency behind their stroke",
                   test_the_swiss_write_no_currency_behind_their_stroke);
  g_test_add_func ("/values/a span of years is no number of a letter", test_a_span_of_years_is_no_number_of_a_letter);
  g_test_add_func ("/values/a letter behind the groups of a number belongs to it",
                   test_a_letter_behind_the_groups_of_a_number_belongs_to_it);
  g_test_add_func ("/values/a Hungarian day may be a word", test_a_hungarian_day_may_be_a_word);
  g_test_add_func ("/values/a letter too many in an account is left out where the check sum proves it",
                   test_a_letter_too_many_in_an_account_is_left_out_where_the_check_sum_proves_it);
  g_test_add_func ("/values/an account of which the country is lost is no customer number",
                   test_an_account_of_which_the_country_is_lost_is_no_customer_number);
  g_test_add_func ("/values/what is left to pay is disputed, not what was paid",
                   test_what_is_left_to_pay_is_disputed_not_what_was_paid);
  g_test_add_func ("/values/what a deposit is part of is not disputed", test_what_a_deposit_is_part_of_is_not_disputed);
  g_test_add_func ("/values/a box of a form may part pounds and pence", test_a_box_of_a_form_may_part_pounds_and_pence);
  g_test_add_func ("/values/money of further countries is known", test_money_of_further_countries_is_known);
  g_test_add_func ("/values/numbers of owners, fliers and loyal customers are the customer's",
                   test_numbers_of_owners_fliers_and_loyal_customers_are_the_customer_s);
  g_test_add_func ("/values/a month may stand between an invoice and its number",
                   test_a_month_may_stand_between_an_invoice_and_its_number);
  g_test_add_func ("/values/an hour is no number of a customer", test_an_hour_is_no_number_of_a_customer);
  g_test_add_func ("/values/a label on the next line names what follows it",
                   test_a_label_on_the_next_line_names_what_follows_it);
  g_test_add_func ("/values/areas of Latin America stand in brackets", test_areas_of_latin_america_stand_in_brackets);
  g_test_add_func ("/values/the end of a sentence is no part of a mail address",
                   test_the_end_of_a_sentence_is_no_part_of_a_mail_address);
  g_test_add_func ("/values/of sums with their parts the one asked for comes first",
                   test_of_sums_with_their_parts_the_one_asked_for_comes_first);
  g_test_add_func ("/values/an account of whose country one letter is left proves itself",
                   test_an_account_of_whose_country_one_letter_is_left_proves_itself);
  g_test_add_func ("/values/how many were ordered is no number of the order",
                   test_how_many_were_ordered_is_no_number_of_the_order);
  g_test_add_func ("/values/what is left of two sums is disputed", test_what_is_left_of_two_sums_is_disputed);
  g_test_add_func ("/values/of a list of sums none is taken by chance", test_of_a_list_of_sums_none_is_taken_by_chance);
  g_test_add_func ("/values/what the writer owes or does not contest is not disputed",
                   test_what_the_writer_owes_or_does_not_contest_is_not_disputed);
  g_test_add_func ("/values/a word for a number is the nearest", test_a_word_for_a_number_is_the_nearest);
  g_test_add_func ("/values/hours of work are no days", test_hours_of_work_are_no_days);
  g_test_add_func ("/values/the end of the month is that of the letter",
                   test_the_end_of_the_month_is_that_of_the_letter);
  g_test_add_func ("/values/rows of a table do not date a letter", test_rows_of_a_table_do_not_date_a_letter);
  g_test_add_func ("/values/postcodes tell whose dollars they are", test_postcodes_tell_whose_dollars_they_are);
  g_test_add_func ("/values/a contact is no contract, and a hill no bill",
                   test_a_contact_is_no_contract_and_a_hill_no_bill);
  g_test_add_func ("/values/a Hungarian \"and\" does not end a sum", test_a_hungarian_and_does_not_end_a_sum);
  g_test_add_func ("/values/both of two sums may be disputed together", test_both_of_two_sums_may_be_disputed_together);
  g_test_add_func ("/values/what was paid of a sum is not disputed", test_what_was_paid_of_a_sum_is_not_disputed);
  g_test_add_func ("/values/a request is no lease, and a place no subscriber",
                   test_a_request_is_no_lease_and_a_place_no_subscriber);
  g_test_add_func ("/values/what a number is called behind it says more than a reference",
                   test_what_a_number_is_called_behind_it_says_more_than_a_reference);
  g_test_add_func ("/values/the invoice that is written about is named again",
                   test_the_invoice_that_is_written_about_is_named_again);
  g_test_add_func ("/values/a writer may say what day it is", test_a_writer_may_say_what_day_it_is);
  g_test_add_func ("/values/a sum is whole where a line end breaks it", test_a_sum_is_whole_where_a_line_end_breaks_it);
  g_test_add_func ("/values/numbers below each other are no broken sum",
                   test_numbers_below_each_other_are_no_broken_sum);
  return g_test_run ();
}
