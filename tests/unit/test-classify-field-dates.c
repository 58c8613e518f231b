#include "tests/unit/field_letters.h"

static void
expect_date (const char *language, const char *text, const char *value)
{
  expect (language, text, "letter_date", value);
}

static void
test_date_lines_of_the_four_languages_are_read (void)
{
  expect_date ("hu", "Győr, 2026. március 2-án\n", "2026-03-02");
  expect_date ("hu", "Kelt: Eger, 2025. dec. 3.\n", "2025-12-03");
  expect_date ("hu", "2026. III. 12.\n", "2026-03-12");
  expect_date ("es", "Madrid, a 3 de marzo de 2026\n", "2026-03-03");
  expect_date ("es", "Barcelona, 1.º de mayo del 2025\n", "2025-05-01");
  expect_date ("fr", "le 12 mars 2026\n", "2026-03-12");
  expect_date ("fr", "Fait à Nantes, le 1er avril 2026\n", "2026-04-01");
  expect_date ("en", "Monday 11 November 2024\n", "2024-11-11");
  expect_date ("en", "1st December, 2024\n", "2024-12-01");
  expect_date ("en", "March 12, 2026\n", "2026-03-12");
  expect_date ("en", "2026-03-12\n", "2026-03-12");
}

static void
test_numbers_are_day_first_unless_the_letter_is_american (void)
{
  expect_date ("en", "12/03/2026\n", "2026-03-12");
  expect_date ("en", "10.1.26\n", "2026-01-10");
  expect_date ("en", "44 Maple Street\nSpringfield, IL 62704\n\n03/12/2026\n", "2026-03-12");
  expect_date ("en", "03/12/2026\n\nI bought it on 02/27/2026.\n", "2026-03-12");
}

static void
test_dates_in_sentences_are_not_the_letters (void)
{
  expect_date ("en", "I bought it on 3 March 2024 and it broke on 4 March 2024 in my kitchen.\n", "");
  expect_date ("fr", "Née le 3 mars 1961, je vous écris encore.\nDate de naissance : 03/03/1961\n", "");
  expect_date ("en", "Date of purchase: 3 March 2024\nDate: 9 March 2024\n", "2024-03-09");
}

static void
test_a_future_date_gives_way (void)
{
  const char *text = "1 May 2026\n\nDear Sir\n\nYours\nJane Hill\n2 March 2026\n";
  g_autofree char *date = letter_values ("en", "2026-03-04", NULL, text, "letter_date");
  g_assert_cmpstr (date, ==, "2026-03-02");
  g_autofree char *alone = letter_values ("en", "2026-03-04", NULL, "1 May 2026\n\nDear Sir\n", "letter_date");
  g_assert_cmpstr (alone, ==, "2026-05-01");
}

static void
test_a_year_left_out_is_that_of_receipt (void)
{
  g_autofree char *date = letter_values ("en", "2026-01-04", NULL, "London, 30 December\n\nDear Sir\n", "letter_date");
  g_assert_cmpstr (date, ==, "2025-12-30");
}

static void
test_misread_digits_are_put_right_where_a_date_results (void)
{
  expect_date ("en", "l9 July 2O24\n", "2024-07-19");
  expect_date ("en", "31 February 2024\n", "");
}

static void
test_a_dollar_beside_a_month_is_the_five_of_its_day (void)
{
  expect_date ("es", "Bilbao, a $ de noviembre de 2025\n", "2025-11-05");
  expect_date ("fr", "Lyon, le $ novembre 2025\n", "2025-11-05");
  expect_date ("en", "Leeds, 1$ November 2025\n", "2025-11-15");
  expect_date ("hu", "Szeged, 2025. november $-én\n", "2025-11-05");
  expect_date ("es", "2$/11/2025\n", "2025-11-25");
  expect_date ("es", "Cobraron 100 $ de noviembre de 2025\n", "");
  expect ("en", "They took 12 $ of May 2025.\n", "amount", "12.00 USD");
}

static void
expect_deadline (const char *language, const char *text, const char *value)
{
  expect (language, text, "deadline", value);
}

static void
test_a_date_with_a_cue_is_a_deadline (void)
{
  expect_deadline ("en", "2 May 2024\n\nReply by Friday 24 May please.\n", "2024-05-24");
  expect_deadline ("en", "2 May 2024\n\nno later than 31 May 2024\n", "2024-05-31");
  expect_deadline ("fr", "Le 2 mai 2024\n\nMerci de livrer au plus tard le 28 mai.\n", "2024-05-28");
  expect_deadline ("es", "2 de mayo de 2024\n\nEspero respuesta hasta el próximo 6 de junio.\n", "2024-06-06");
  expect_deadline ("hu", "2024. május 2.\n\nKérem május 20-áig átutalni.\n", "2024-05-20");
  expect_deadline ("hu", "2024. május 2.\n\nLegkésőbb 2024. június 1-jén várom.\n", "2024-06-01");
}

static void
test_days_are_counted_from_the_letter (void)
{
  expect_deadline ("en", "2 May 2024\n\nI expect an answer within fourteen (14) days.\n", "2024-05-16");
  expect_deadline ("fr", "Le 2 mai 2024\n\nMerci de répondre sous quinze jours.\n", "2024-05-17");
  expect_deadline ("fr", "Le 2 mai 2024\n\nMerci de répondre sous huitaine.\n", "2024-05-10");
  expect_deadline ("es", "2 de mayo de 2024\n\nContesten en un plazo máximo de 7 días.\n", "2024-05-09");
  expect_deadline ("hu", "2024. május 2.\n\nKérem 8 napon belül megjavítani.\n", "2024-05-10");
  expect_deadline ("en", "2 May 2024\n\nPay me within two months.\n", "2024-07-02");
  expect_deadline ("en", "Friday 3 May 2024\n\nReply within 3 working days.\n", "2024-05-08");
}

static void
test_what_was_promised_or_is_past_is_no_deadline (void)
{
  expect_deadline ("en", "2 May 2024\n\nYou promised delivery within 5 days.\n", "");
  expect_deadline ("en", "2 May 2024\n\nI returned it within 14 days of purchase.\n", "");
  expect_deadline ("en", "2 May 2024\n\nIt should have come before 20 April.\n", "");
  expect_deadline ("fr", "Le 2 mai 2024\n\nLa garantie est valable jusqu'au 1er août 2024.\n", "");
  expect_deadline ("fr", "Le 2 mai 2024\n\nElle m'a assuré que tout serait réglé sous 72 heures.\n", "");
  expect_deadline ("en", "Reply within 14 days.\n", "");
}

static void
test_an_hour_before_the_day_and_a_reply_by_return_are_no_obstacle (void)
{
  expect_deadline ("en", "2 May 2024\n\nUnless it is paid by 4.00 pm on 10 June 2024, we will sue.\n", "2024-06-10");
  expect_deadline ("en", "2 May 2024\n\nA letter saying so by return within two weeks.\n", "2024-05-16");
  expect_deadline ("en", "2 May 2024\n\nI want it back by the end of this month, 31 May.\n", "2024-05-31");
  expect_deadline ("en", "2 May 2024\n\nPay it in the next fortnight.\n", "2024-05-16");
}

static void
test_the_end_of_a_month_is_its_last_day (void)
{
  expect_deadline ("en", "2 May 2024\n\nI want it by the end of June.\n", "2024-06-30");
  expect_deadline ("fr", "Le 2 mai 2024\n\nMerci de livrer avant fin mai.\n", "2024-05-31");
  expect_deadline ("es", "2 de mayo de 2024\n\nEspero el dinero antes de finales de julio.\n", "2024-07-31");
  expect_deadline ("hu", "2024. május 2.\n\nKérem június végéig.\n", "2024-06-30");
}

static void
test_a_weekday_and_its_number_need_no_month (void)
{
  expect_deadline ("es", "28 de agosto de 2024\n\nSi el viernes 30 no lo tengo, quiero el dinero.\n", "2024-08-30");
  expect_deadline ("en", "14 October 2025\n\nRing me before Friday 17th.\n", "2025-10-17");
  expect_deadline ("en", "14 October 2025\n\nRing me before Friday 18th.\n", ""); /* it is a Saturday */
}

static void
test_a_weekday_by_which_something_is_asked_is_the_next_one (void)
{
  expect_deadline ("en", "19 November 2026\n\nPlease refund me by Friday.\n", "2026-11-20");
  expect_deadline ("en", "19 November 2026\n\nPlease pay me back by Friday.\n", "2026-11-20");
  expect_deadline ("en", "20 November 2026\n\nRefund it by Friday or I will do a chargeback.\n", "2026-11-27");
  expect_deadline ("fr", "Le 19 novembre 2026\n\nMerci de me rembourser avant mercredi prochain.\n", "2026-11-25");
  expect_deadline ("es", "20 de noviembre de 2026\n\nSi no lo solucionan antes del viernes pongo una queja.\n",
                   "2026-11-27");
  expect_deadline ("hu", "2026. november 19.\n\nKérem, hétfőig fizessék vissza az árát.\n", "2026-11-23");
}

static void
test_a_weekday_of_the_past_or_of_another_sets_no_deadline (void)
{
  expect_deadline ("en", "19 November 2026\n\nYou promised me that it would come by Friday.\n", "");
  expect_deadline ("en", "19 November 2026\n\nI sent it back before Friday.\n", "");
  expect_deadline ("en", "19 November 2026\n\nI did not expect anybody before Monday.\n", "");
  expect_deadline ("en", "19 November 2026\n\nThey offer 40% off if I pay by Friday.\n", "");
  expect_deadline ("fr", "Le 19 novembre 2026\n\nVous deviez livrer avant vendredi dernier.\n", "");
  expect_deadline ("es", "20 de noviembre de 2026\n\nMe dijeron que llegaría antes del viernes.\n", "");
  expect_deadline ("hu", "2026. november 19.\n\nPéntekig vártam otthon, de senki nem jött.\n", "");
}

static void
test_a_discount_for_paying_soon_sets_no_deadline (void)
{
  expect_deadline ("en", "2 May 2024\n\nI dispute the charge (£60 if paid by 20 May). Confirm within 21 days.\n",
                   "2024-05-23");
}

static void
test_the_day_on_a_form_is_that_of_its_signature (void)
{
  expect ("fr", "Commandé le : 22/05/2025\nReçu le : 27/05/2025\nDate : 05/06/2025\n", "letter_date", "2025-06-05");
  expect ("en", "> Sent: 3 June 2025\n> Has it come?\n\nNo, it has not.\nAnwen\n", "letter_date", "");
}

static void
test_how_long_a_shop_is_closed_sets_no_deadline (void)
{
  expect_deadline ("es", "28 de agosto de 2024\n\nEstá cerrado por vacaciones hasta el 2 de septiembre.\n", "");
}

static void
test_a_day_may_be_told_by_the_month_of_the_letter (void)
{
  expect ("en", "1 March 2025\n\nKindly settle by the 20th of this month.\n", "deadline", "2025-03-20");
  expect ("fr", "Le 1er mars 2025\n\nJ'attends votre réponse pour le 20 courant.\n", "deadline", "2025-03-20");
  expect ("es", "1 de marzo de 2025\n\nTienen hasta el 15 del presente mes.\n", "deadline", "2025-03-15");
  expect ("hu", "2025. március 1.\n\nVálaszukat e hónap 20-áig várom.\n", "deadline", "2025-03-20");
}

static void
test_days_without_an_answer_are_a_deadline (void)
{
  expect ("es", "1 de marzo de 2025\n\nSi en 10 días no tengo noticias, acudiré a Consumo.\n", "deadline",
          "2025-03-11");
  expect ("hu", "2025. március 1.\n\nHa tíz nap múlva sincs válasz, feljelentést teszek.\n", "deadline", "2025-03-11");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dates/lines", test_date_lines_of_the_four_languages_are_read);
  g_test_add_func ("/dates/day-first", test_numbers_are_day_first_unless_the_letter_is_american);
  g_test_add_func ("/dates/sentences", test_dates_in_sentences_are_not_the_letters);
  g_test_add_func ("/dates/future", test_a_future_date_gives_way);
  g_test_add_func ("/dates/no-year", test_a_year_left_out_is_that_of_receipt);
  g_test_add_func ("/dates/misread", test_misread_digits_are_put_right_where_a_date_results);
  g_test_add_func ("/deadline/cue", test_a_date_with_a_cue_is_a_deadline);
  g_test_add_func ("/deadline/days", test_days_are_counted_from_the_letter);
  g_test_add_func ("/deadline/none", test_what_was_promised_or_is_past_is_no_deadline);
  g_test_add_func ("/dates/an hour before the day and a reply by return are no obstacle",
                   test_an_hour_before_the_day_and_a_reply_by_return_are_no_obstacle);
  g_test_add_func ("/dates/the end of a month is its last day", test_the_end_of_a_month_is_its_last_day);
  g_test_add_func ("/dates/a weekday and its number need no month", test_a_weekday_and_its_number_need_no_month);
  g_test_add_func ("/dates/a weekday by which something is asked is the next one",
                   test_a_weekday_by_which_something_is_asked_is_the_next_one);
  g_test_add_func ("/dates/a weekday of the past or of another sets no deadline",
                   test_a_weekday_of_the_past_or_of_another_sets_no_deadline);
  g_test_add_func ("/dates/a discount for paying soon sets no deadline",
                   test_a_discount_for_paying_soon_sets_no_deadline);
  g_test_add_func ("/dates/the day on a form is that of its signature",
                   test_the_day_on_a_form_is_that_of_its_signature);
  g_test_add_func ("/dates/a dollar beside a month is the five of its day",
                   test_a_dollar_beside_a_month_is_the_five_of_its_day);
  g_test_add_func ("/dates/how long a shop is closed sets no deadline",
                   test_how_long_a_shop_is_closed_sets_no_deadline);
  g_test_add_func ("/dates/a day may be told by the month of the letter",
                   test_a_day_may_be_told_by_the_month_of_the_letter);
  g_test_add_func ("/dates/days without an answer are a deadline", test_days_without_an_answer_are_a_deadline);
  return g_test_run ();
}
