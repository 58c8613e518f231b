#include "base/file.h"
#include "classify/letters.h"
#include "classify/misread.h"
#include "tests/unit/classify_letters.h"
#include <fcntl.h>

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
test_addresses_and_courtesies_say_nothing_of_the_subject (void)
{
  letter_is ("Ada Crane\n4 Invoice Row\nEly\n\nBrook Ltd\nBilling and Contract Department\n\nDear Sirs,\n\n"
             "My parcel never arrived and nobody answers.\n\nI look forward to the settlement of the invoice.\n"
             "Yours faithfully,\nAda Crane\nContract manager\n",
             "subject", "delivery/not-received");
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

static const char *const company[]
    = { "delivery", "billing", "contract", "service", "product", "guarantee", "website", "general" };

/* Letters of each of the company's subjects: that are of it, that were found to be, and both. */
typedef struct
{
  guint are, found, right;
} Tally;

static int
company_subject (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 2);
  for (guint i = 0; i < G_N_ELEMENTS (company); i++)
    if (g_str_equal (parts[0], company[i]))
      return (int)i;
  return -1;
}

static double
mean_f1 (const Tally *tallies)
{
  double sum = 0;
  for (guint i = 0; i < G_N_ELEMENTS (company); i++)
    sum += 2.0 * tallies[i].right / MAX (1, tallies[i].are + tallies[i].found);
  return sum / G_N_ELEMENTS (company);
}

/* The mean F1 of the company's subjects on the letters for which its words were chosen, with @share of the characters
 * misread. */
static double
f1_of_subjects (double share)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ClassifyLetters) letters = classify_letters_new ();
  static const char *const languages[] = { "en", "fr", "es", "hu" };
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *path = g_strdup_printf ("conf/letters/%s-subjects.tsv", languages[i]);
      g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, 1 << 20, &error);
      g_assert_no_error (error);
      g_assert_true (classify_letters_add (letters, bytes, false, &error));
    }
  Tally tallies[G_N_ELEMENTS (company)] = { 0 };
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      int is = company_subject (letter->subject);
      if (is < 0 || letter->unseen)
        continue;
      g_autofree char *text = classify_misread (letter->text, share, i);
      g_autoptr (RecordFinding) finding = letter_finding (text, "subject");
      int found = company_subject (finding->value);
      tallies[is].are++;
      if (found >= 0)
        tallies[found].found++;
      tallies[is].right += found == is;
    }
  g_assert_cmpuint (tallies[0].are, ==, 96);
  return mean_f1 (tallies);
}

static void
test_the_subjects_of_a_company_are_told_apart (void)
{
  g_assert_cmpfloat (f1_of_subjects (0), >=, 0.93);
}

static void
test_the_subjects_of_a_company_are_told_apart_on_a_bad_scan (void)
{
  g_assert_cmpfloat (f1_of_subjects (0.05), >=, 0.85);
}

/* What a fault has cost the writer is no bill of ours. */
static void
test_what_a_dented_oven_cost_is_about_the_oven (void)
{
  letter_is (
      "Dear Sirs,\n\nThe oven came with a deep dent in the door. Your mistakes have cost me 45 pounds, out of my own "
      "pocket. Please pay me the sum of 45 pounds.\n",
      "subject", "delivery/damaged");
  letter_is (
      "Madame, Monsieur,\n\nLe four a été livré avec une porte cabossée. Vos erreurs m'ont déjà coûté 45 euros, de "
      "ma poche. Je vous demande de me verser la somme de 45 euros.\n",
      "subject", "delivery/damaged");
  letter_is ("Muy señores míos:\n\nEl horno vino con la puerta abollada. Sus errores me han costado 45 euros de mi "
             "bolsillo. Les pido que me paguen la cantidad de 45 euros.\n",
             "subject", "delivery/damaged");
  letter_is ("Tisztelt Címzett!\n\nA sütő behorpadt ajtóval jött meg. A hiba 45 000 forintomba került, a saját "
             "zsebemből. Kérem ezt az összeget.\n",
             "subject", "delivery/damaged");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subject/frame", test_addresses_and_courtesies_say_nothing_of_the_subject);
  g_test_add_func ("/subject/delivery", test_a_parcel_that_never_came_is_delivery_not_received);
  g_test_add_func ("/subject/billing", test_a_double_charge_is_billing);
  g_test_add_func ("/subject/thanks", test_a_thank_you_has_a_subject_too);
  g_test_add_func ("/subject/street", test_a_street_lamp_is_lighting);
  g_test_add_func ("/subject/also", test_a_second_subject_is_named_as_well);
  g_test_add_func ("/subject/general", test_without_a_word_for_it_the_subject_is_general_and_unsure);
  g_test_add_func ("/subject/company", test_the_subjects_of_a_company_are_told_apart);
  g_test_add_func ("/subject/company-misread", test_the_subjects_of_a_company_are_told_apart_on_a_bad_scan);
  g_test_add_func ("/subject/what a dented oven cost is about the oven",
                   test_what_a_dented_oven_cost_is_about_the_oven);
  return g_test_run ();
}
