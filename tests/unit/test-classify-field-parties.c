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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/parties/the telephone of the firm written to is not the writer's",
                   test_the_telephone_of_the_firm_written_to_is_not_the_writers);
  g_test_add_func ("/parties/what stands behind \"To\" belongs to the other side",
                   test_what_stands_behind_to_belongs_to_the_other_side);
  g_test_add_func ("/parties/an account of theirs is no account of the writer's",
                   test_an_account_of_theirs_is_no_account_of_the_writers);
  g_test_add_func ("/parties/a firm whose letterhead it is wrote the letter that somebody signs",
                   test_a_firm_whose_letterhead_it_is_wrote_the_letter_that_somebody_signs);
  g_test_add_func ("/parties/family and given name on two lines of a form are one name",
                   test_family_and_given_name_on_two_lines_of_a_form_are_one_name);
  g_test_add_func ("/parties/a form in columns needs no colons", test_a_form_in_columns_needs_no_colons);
  g_test_add_func ("/parties/what a form explains in brackets does not part label and number",
                   test_what_a_form_explains_in_brackets_does_not_part_label_and_number);
  g_test_add_func ("/parties/the customer who is asked in a chat is the writer",
                   test_the_customer_who_is_asked_in_a_chat_is_the_writer);
  return g_test_run ();
}
