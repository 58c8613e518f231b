#include "cases/point.h"
#include "store/contact.h"
#include "tests/unit/fixture.h"

static void
assert_is (const char *type, const char *text, const char *country, const char *wanted)
{
  g_autofree char *given = point_normalise (type, text, country);
  g_assert_cmpstr (given, ==, wanted);
}

static void
test_an_email_is_small_letters (void)
{
  assert_is ("email", " Anna.Kiss@Pelda.HU ", "HU", "anna.kiss@pelda.hu");
  assert_is ("email", "anna.kiss", "HU", NULL);
  assert_is ("email", "anna@pelda", "HU", NULL);
  assert_is ("email", "anna kiss@pelda.hu", "HU", NULL);
  assert_is ("email", "anna@bela@pelda.hu", "HU", NULL);
}

static void
test_a_phone_number_is_the_same_however_it_is_written (void)
{
  assert_is ("phone", "612 345 678", "ES", "+34612345678");
  assert_is ("phone", "+34 612-345-678", "FR", "+34612345678");
  assert_is ("phone", "0034 612 345 678", "ES-CN", "+34612345678");
  assert_is ("phone", "01 42 68 53 00", "FR", "+33142685300");
  assert_is ("phone", "06 30 123 4567", "HU", "+36301234567");
  assert_is ("phone", "+44 (0)20 7946 0958", "GB", "+442079460958");
  assert_is ("phone", "020 7946 0958", "GB", "+442079460958");
  assert_is ("phone", "020 7946 0958 ext. 12", "GB", "+442079460958");
  assert_is ("phone", "12345", "ES", NULL);
}

static void
test_an_iban_has_right_check_digits (void)
{
  assert_is ("iban", "ES91 2100 0418 4502 0005 1332", "ES", "ES9121000418450200051332");
  assert_is ("iban", "ES91 2100 0418 4502 0005 1333", "ES", NULL);
  assert_is ("iban", "ES00", "ES", NULL);
}

static void
test_a_customer_number_is_letters_and_digits (void)
{
  assert_is ("customer_no", "k 4711-22/b", "ES", "K471122B");
  assert_is ("customer_no", " - ", "ES", NULL);
}

static void
test_a_name_is_the_same_in_either_order_and_without_titles (void)
{
  assert_is ("name", "Dr. Kovács László", "HU", "kovacs laszlo");
  assert_is ("name", "László Kovács", "HU", "kovacs laszlo");
  assert_is ("name", "GARCÍA LÓPEZ, José", "ES", "garcia jose lopez");
  assert_is ("name", "Mme O’Neill", "FR", "oneill");
  assert_is ("name", "…", "FR", NULL);
}

static void
test_a_company_is_the_same_with_its_legal_form_and_without (void)
{
  assert_is ("name", "Talleres Ruiz, S.L.", "ES", "ruiz talleres");
  assert_is ("name", "Talleres Ruiz SL", "ES", "ruiz talleres");
  assert_is ("name", "Boulangerie Martin S. A. R. L.", "FR", "boulangerie martin");
  assert_is ("name", "S. L. García", "ES", "garcia l s");
  assert_is ("name", "SL", "ES", "sl");
}

static void
test_a_company_shows_by_its_legal_form (void)
{
  g_assert_true (point_is_company ("Talleres Ruiz, S.L."));
  g_assert_true (point_is_company ("Kovács és Társa Kft."));
  g_assert_true (point_is_company ("Boulangerie Martin SARL"));
  g_assert_true (point_is_company ("Ellwood & Sons Ltd"));
  g_assert_false (point_is_company ("Margaret Ellwood"));
  g_assert_false (point_is_company ("Ag Kiss"));
}

static void
test_an_address_shows_its_country_or_none (void)
{
  static const char *const shown[][3] = {
    { "44990 Port-Saint-Yves", "fr", "FR" },
    { "12 rue des Lilas, 67000 Strasbourg", NULL, "FR" },
    { "7 Ash Grove, Leeds LS6 2AB", "en", "GB" },
    { "7 Ash Grove, Leeds LS6 2AB", "es", "GB" },
    { "Calle Mayor 3, 28013 Madrid", "en", "ES" },
    { "28013 Madrid", "es", "ES" },
    { "28013 Madrid", "en", "" },
    { "Hauptstraße 5, 44990 Nirgendwo", "de", "" },
    { "Fő utca 3, 1011 Budapest", NULL, "HU" },
    { "1011 Budapest", "hu", "HU" },
    { "Rue de France 12, 1000 Bruxelles", "fr", "" },
    { "Avenida de Francia 3, 46023 Valencia", "es", "ES" },
    { "12 Mill Lane, Ludlow, England", "en", "GB" },
    { "Mill Lane 12345", "en", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    g_assert_cmpstr (point_country (shown[i][0], shown[i][1]), ==, shown[i][2]);
}

static void
test_a_postcode_gives_the_region (void)
{
  g_assert_cmpstr (point_region ("Calle León y Castillo 12, 35003 Las Palmas", "ES"), ==, "ES-CN");
  g_assert_cmpstr (point_region ("Avenida 38001, 28013 Madrid", "ES-AN"), ==, "ES-MD");
  g_assert_cmpstr (point_region ("12 rue des Lilas, 67000 Strasbourg", "FR"), ==, "FR-GES");
  g_assert_cmpstr (point_region ("Fő utca 3, 1011 Budapest", "HU"), ==, "");
  g_assert_cmpstr (point_region ("Calle Mayor 3, 99999 Nada", "ES"), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cases/point/email", test_an_email_is_small_letters);
  g_test_add_func ("/cases/point/phone", test_a_phone_number_is_the_same_however_it_is_written);
  g_test_add_func ("/cases/point/iban", test_an_iban_has_right_check_digits);
  g_test_add_func ("/cases/point/customer", test_a_customer_number_is_letters_and_digits);
  g_test_add_func ("/cases/point/name", test_a_name_is_the_same_in_either_order_and_without_titles);
  g_test_add_func ("/cases/point/legal-form", test_a_company_is_the_same_with_its_legal_form_and_without);
  g_test_add_func ("/cases/point/company", test_a_company_shows_by_its_legal_form);
  g_test_add_func ("/cases/point/country", test_an_address_shows_its_country_or_none);
  g_test_add_func ("/cases/point/region", test_a_postcode_gives_the_region);
  return g_test_run ();
}
