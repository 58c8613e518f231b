#include "tests/unit/field_letters.h"

static const char spanish_letter[]
    = "María del Carmen Ruiz Peña\nAvda. de la Constitución, 45, 3.º B\n41001 Sevilla\nTfno.: 654 32 10 98\n\n"
      "Aguas del Sur, S.A.\nAtención al Cliente\n\nSevilla, a 3 de marzo de 2026\n\n"
      "Asunto: reclamación por la factura n.º FA-26/00177\n\nMuy señores míos:\n\n"
      "Con fecha 15 de febrero me cobraron 1.204,35 euros por un consumo que no he hecho. Mi número de cliente es "
      "00-447812.\n"
      "Solicito la devolución en el plazo de diez días en la cuenta ES91 2100 0418 4502 0005 1332.\n\n"
      "Atentamente,\n\nMaría del Carmen Ruiz Peña\n";

static void
test_a_spanish_letter_gives_all_its_fields (void)
{
  expect ("es", spanish_letter, "sender", "María del Carmen Ruiz Peña");
  expect ("es", spanish_letter, "address", "Avda. de la Constitución, 45, 3.º B, 41001 Sevilla");
  expect ("es", spanish_letter, "phone", "654 32 10 98");
  expect ("es", spanish_letter, "letter_date", "2026-03-03");
  expect ("es", spanish_letter, "invoice_no", "FA-26/00177");
  expect ("es", spanish_letter, "customer_no", "00-447812");
  expect ("es", spanish_letter, "amount", "1204.35 EUR");
  expect ("es", spanish_letter, "iban", "ES9121000418450200051332");
  expect ("es", spanish_letter, "deadline", "2026-03-13");
}

static const char hungarian_letter[]
    = "Kiss Éva\n1077 Budapest\nWesselényi utca 12. II/4.\nTelefon: 06 30 555 1234\n\nTiszta Fény "
      "Kft.\nÜgyfélszolgálat\n"
      "1138 Budapest, Váci út 99.\n\nTárgy: panasz az SF-559021 számú megrendelés miatt\n\nTisztelt "
      "Ügyfélszolgálat!\n\n"
      "2026. február 10-én megrendeltem egy mosógépet 124.900,- Ft-ért, de a mai napig nem érkezett meg.\n"
      "Kérem, hogy 15 napon belül szállítsák ki. Ügyfélszámom: 88-20417.\n\nGyőr, 2026. március "
      "2-án\n\nÜdvözlettel:\nKiss "
      "Éva\n";

static void
test_a_hungarian_letter_gives_all_its_fields (void)
{
  expect ("hu", hungarian_letter, "sender", "Kiss Éva");
  expect ("hu", hungarian_letter, "address", "1077 Budapest, Wesselényi utca 12. II/4.");
  expect ("hu", hungarian_letter, "phone", "06 30 555 1234");
  expect ("hu", hungarian_letter, "letter_date", "2026-03-02");
  expect ("hu", hungarian_letter, "order_no", "SF-559021");
  expect ("hu", hungarian_letter, "customer_no", "88-20417");
  expect ("hu", hungarian_letter, "amount", "124900 HUF");
  expect ("hu", hungarian_letter, "deadline", "2026-03-17");
}

static const char french_letter[]
    = "Monsieur Philippe Garnier\n14 bis, rue des Lilas\n69003 LYON\nTél. : 04 72 55 10 98\n\nÉnergie Verte SA\n"
      "Service Réclamations\nBP 4012\n75009 PARIS\n\nLyon, le 5 janvier 2026\n\n"
      "Objet : facture n° F2025-118834 du 20 décembre 2025\nRéférence client : 40 228 117\n\nMadame, Monsieur,\n\n"
      "Je conteste la facture citée en objet d'un montant de 1 284,60 €. Ma consommation habituelle est de 210 €.\n"
      "Je vous mets en demeure de la rectifier dans un délai de 15 jours.\n\n"
      "Je vous prie d'agréer, Madame, Monsieur, l'expression de mes salutations distinguées.\n\nPh. Garnier\n";

static void
test_a_french_letter_gives_all_its_fields (void)
{
  expect_first ("fr", french_letter, "sender", "Philippe Garnier");
  expect ("fr", french_letter, "address", "14 bis, rue des Lilas, 69003 LYON");
  expect ("fr", french_letter, "phone", "04 72 55 10 98");
  expect ("fr", french_letter, "letter_date", "2026-01-05");
  expect ("fr", french_letter, "invoice_no", "F2025-118834");
  expect ("fr", french_letter, "customer_no", "40 228 117");
  expect ("fr", french_letter, "amount", "1284.60 EUR | 210.00 EUR");
  expect ("fr", french_letter, "deadline", "2026-01-20");
}

static const char english_letter[]
    = "Mr James Whitfield\nFlat 3, 18 Albert Terrace\nHarrogate\nNorth Yorkshire\nHG1 4PD\n\nNorthern Broadband Ltd\n"
      "Customer Relations\nPO Box 112\nLeeds LS1 5ZZ\n\n14th February 2026\n\nDear Sir or Madam\n\n"
      "Account number: 7730 2214 09\nThe engineer came on 3 February 2026. I was charged £65.00 for it.\n"
      "I expect a refund within 14 days. My telephone number is 01423 555 872.\n\nYours faithfully\n\nJames "
      "Whitfield\n";

static void
test_an_english_letter_gives_all_its_fields (void)
{
  expect_first ("en", english_letter, "sender", "James Whitfield");
  expect ("en", english_letter, "address", "Flat 3, 18 Albert Terrace, Harrogate, North Yorkshire, HG1 4PD");
  expect ("en", english_letter, "phone", "01423 555 872");
  expect ("en", english_letter, "letter_date", "2026-02-14");
  expect ("en", english_letter, "customer_no", "7730 2214 09");
  expect ("en", english_letter, "amount", "65.00 GBP");
  expect ("en", english_letter, "deadline", "2026-02-28");
}

static void
test_a_mail_is_read_by_its_head (void)
{
  const char *mail = "De : \"Hélène Marchand\" <helene.m@poste.example>\nÀ : contact@voyages.example\n"
                     "Date : mar. 10 févr. 2026 à 09:12\nObjet : annulation\n\n"
                     "Le vol du 2 février a été annulé. Merci de répondre avant le 28/02.\nHélène\n";
  expect ("fr", mail, "sender", "Hélène Marchand");
  expect ("fr", mail, "email", "helene.m@poste.example");
  expect ("fr", mail, "letter_date", "2026-02-10");
  expect ("fr", mail, "deadline", "2026-02-28");
}

static void
test_a_form_is_read_by_its_labels (void)
{
  const char *form = "HOJA DE RECLAMACIONES\nNombre y apellidos: Javier Ortiz Lamas    DNI: 12345678Z\n"
                     "Domicilio: C/ Mayor, 12, 2.º A, 28013 Madrid\n"
                     "Teléfono: 915 55 01 22    Correo electrónico: j.ortiz@correo.example\nFecha: 07/11/2025\n"
                     "N.º de pedido: P-100-2231\nFirma del reclamante\n";
  expect_first ("es", form, "sender", "Javier Ortiz Lamas");
  expect ("es", form, "address", "C/ Mayor, 12, 2.º A, 28013 Madrid");
  expect ("es", form, "phone", "915 55 01 22");
  expect ("es", form, "email", "j.ortiz@correo.example");
  expect ("es", form, "letter_date", "2025-11-07");
  expect ("es", form, "order_no", "P-100-2231");
}

static void
test_a_form_without_colons_is_read (void)
{
  const char *form = "BRIGHT ENERGY LTD - COMPLAINT FORM\n\nFull name      Peter Mulligan\n"
                     "Postal address 14 Weaver Street, Belfast BT1 4GH\nDate           4 March 2026\n"
                     "Account number 7712-0091\n";
  expect_first ("en", form, "sender", "Peter Mulligan");
  expect ("en", form, "address", "14 Weaver Street, Belfast BT1 4GH");
  expect ("en", form, "letter_date", "2026-03-04");
  expect ("en", form, "customer_no", "7712-0091");
}

static void
test_the_recipients_own_data_are_struck_out (void)
{
  char *own[] = { "Northern Broadband Ltd", "1 Mill Street, Leeds LS1 5ZZ", "help@broadband.example",
                  "+44 113 496 0000", NULL };
  const char *text = "Northern Broadband Ltd\n1 Mill Street, Leeds LS1 5ZZ\n0113 496 0000\nhelp@broadband.example\n\n"
                     "2 March 2026\n\nPlease call me: 01423 555 872 or jw@home.example.\n\nRegards,\nJames Whitfield\n";
  static const char *const wanted[][2] = {
    { "sender", "James Whitfield" }, { "address", "" }, { "phone", "01423 555 872" }, { "email", "jw@home.example" }
  };
  for (size_t i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autofree char *found = letter_values ("en", NULL, own, text, wanted[i][0]);
      g_assert_cmpstr (found, ==, wanted[i][1]);
    }
}

static void
test_a_reason_points_to_the_words_on_the_page (void)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  for (unsigned no = 1; no <= 2; no++)
    {
      RecordPage *page = record_page_new (no);
      g_free (page->text);
      page->text = g_strdup (no == 1 ? "Ünnepi ﬁnom szöveg\n" : "Győr: megrendelésszám — AB-1234/5\n");
      g_ptr_array_add (pages, page);
    }
  ClassifyContext context = { .words = shipped_words (), .received = DK_DAY_NONE, .language = "hu" };
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  g_assert_cmpuint (findings->len, ==, 1);
  const RecordFinding *finding = g_ptr_array_index (findings, 0);
  g_assert_cmpstr (finding->name, ==, "order_no");
  g_assert_cmpstr (finding->raw, ==, "AB-1234/5");
  g_assert_cmpuint (finding->evidence->len, ==, 2);
  for (guint i = 0; i < 2; i++) /* the number alone, then with its label */
    {
      const RecordEvidence *evidence = g_ptr_array_index (finding->evidence, i);
      g_assert_cmpuint (evidence->page, ==, 2);
      g_assert_cmpuint (evidence->from, ==, i == 0 ? 24 : 6);
      g_assert_cmpuint (evidence->to, ==, 33);
      g_assert_cmpstr (evidence->rule, ==, "label:order-no");
    }
}

static void
test_an_empty_document_has_no_fields (void)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  ClassifyContext context = { .words = shipped_words (), .received = DK_DAY_NONE, .language = "und" };
  g_autoptr (GPtrArray) findings = classify_fields (none, &context);
  g_assert_cmpuint (findings->len, ==, 0);
  expect ("en", "", "sender", "");
  expect ("en", "\n\n \f\n", "sender", "");
}

static void
test_hostile_text_ends_soon (void)
{
  static const char *const pieces[] = { "1",
                                        "a",
                                        " ",
                                        "\n",
                                        "a@",
                                        "1-",
                                        "é",
                                        "€",
                                        "1.1.2024 ",
                                        "Aa Bb\n",
                                        "28001 Madrid, calle 1\n",
                                        "order no ",
                                        "GB29 NWBK 6016 1331 9268 18 ",
                                        "+44 20 7946 0033 ",
                                        "within 14 days ",
                                        "Name: ",
                                        "Address: x ",
                                        "regards ",
                                        "|",
                                        "1 234,56 € ",
                                        "1.",
                                        "/",
                                        "o1" };
  for (size_t i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      GString *text = g_string_new (NULL);
      while (text->len < (1U << 20))
        g_string_append (text, pieces[i]);
      gint64 before = g_get_monotonic_time ();
      g_autofree char *found = letter_values ("en", NULL, NULL, text->str, "sender");
      g_assert_cmpint (g_get_monotonic_time () - before, <, 20 * G_USEC_PER_SEC);
      g_string_free (text, TRUE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fields/a-spanish-letter", test_a_spanish_letter_gives_all_its_fields);
  g_test_add_func ("/fields/a-hungarian-letter", test_a_hungarian_letter_gives_all_its_fields);
  g_test_add_func ("/fields/a-french-letter", test_a_french_letter_gives_all_its_fields);
  g_test_add_func ("/fields/an-english-letter", test_an_english_letter_gives_all_its_fields);
  g_test_add_func ("/fields/a-mail", test_a_mail_is_read_by_its_head);
  g_test_add_func ("/fields/a-form", test_a_form_is_read_by_its_labels);
  g_test_add_func ("/fields/a-form-without-colons", test_a_form_without_colons_is_read);
  g_test_add_func ("/fields/own-data", test_the_recipients_own_data_are_struck_out);
  g_test_add_func ("/fields/reasons", test_a_reason_points_to_the_words_on_the_page);
  g_test_add_func ("/fields/empty", test_an_empty_document_has_no_fields);
  g_test_add_func ("/fields/hostile", test_hostile_text_ends_soon);
  return g_test_run ();
}
