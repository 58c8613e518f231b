#include "tests/unit/classify_letters.h"

static void
test_a_parcel_that_never_came_is_delivery_not_received (void)
{
  letter_is ("My parcel never arrived.\n", "subject", "delivery/not-received");
  letter_is ("Je n'ai jamais reçu mon colis.\n", "subject", "delivery/not-received");
  letter_is ("No he recibido mi paquete.\n", "subject", "delivery/not-received");
  letter_is ("Nem kaptam meg a csomagomat.\n", "subject", "delivery/not-received");
}

static void
test_a_double_charge_is_billing (void)
{
  letter_is ("I was charged twice for the March bill.\n", "subject", "billing/double-charge");
  letter_is ("J'ai été prélevé deux fois pour la facture de mars.\n", "subject", "billing/double-charge");
  letter_is ("Me han cobrado dos veces la factura de marzo.\n", "subject", "billing/double-charge");
  letter_is ("A márciusi számlát kétszer vonták le.\n", "subject", "billing/double-charge");
}

static void
test_a_thank_you_has_a_subject_too (void)
{
  letter_is ("Merci à votre livreur, si souriant, qui a monté le colis au quatrième.\n", "subject", "delivery");
}

static void
test_a_street_lamp_is_lighting (void)
{
  letter_is ("A sarkon hetek óta nem világít a lámpa.\n", "subject", "street/lighting");
  letter_is ("La farola de la esquina lleva semanas apagada.\n", "subject", "street/lighting");
}

static void
test_a_second_subject_is_named_as_well (void)
{
  g_autoptr (RecordFinding) subject
      = letter_finding ("The parcel was delivered late, the courier lost the tracking number and the driver left. "
                        "I was also charged twice on the invoice and the payment was wrong.\n",
                        "subject");
  g_assert_cmpuint (g_strv_length (subject->also), >, 0);
  g_assert_true (g_str_has_prefix (subject->value, "delivery") || g_str_has_prefix (subject->value, "billing"));
}

static void
test_without_a_word_for_it_the_subject_is_general_and_unsure (void)
{
  static const char *const texts[] = { "", "Hello.\n", "0123 456 789\n", "مرحبا\n" };
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (RecordFinding) subject = letter_finding (texts[i], "subject");
      g_assert_cmpstr (subject->value, ==, "general");
      g_assert_true (subject->undecided);
      g_assert_cmpfloat (subject->confidence, <=, 0.2);
      g_assert_cmpuint (subject->evidence->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subject/delivery", test_a_parcel_that_never_came_is_delivery_not_received);
  g_test_add_func ("/subject/billing", test_a_double_charge_is_billing);
  g_test_add_func ("/subject/thanks", test_a_thank_you_has_a_subject_too);
  g_test_add_func ("/subject/street", test_a_street_lamp_is_lighting);
  g_test_add_func ("/subject/also", test_a_second_subject_is_named_as_well);
  g_test_add_func ("/subject/general", test_without_a_word_for_it_the_subject_is_general_and_unsure);
  return g_test_run ();
}
