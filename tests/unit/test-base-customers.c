#include "base/customers.h"
#include <string.h>

static Customers *
read_list (const char *text, GError **error)
{
  g_autoptr (GBytes) csv = g_bytes_new_static (text, strlen (text));
  return customers_new (csv, error);
}

static const char list[]
    = "number,name,address,email,phone,iban\n"
      "55-20931,Grace Oakes,\"2 Mill Parade, Croydon CR0 1LB\",g.oakes@post.example,020 7946 0871,\n"
      "55-20932,Tom Ferris,\"1 Quay, Hull HU1 1AA\",tom@ferris.example,01482 555 001,\n"
      "77-00001,\"Anna \"\"Nan\"\" Vale\",,,,GB29NWBK60161331926819\n";

static guint
found (const Customers *customers, CustomersColumn column, const char *text, bool near, uint32_t *first)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  (near ? customers_find_near : customers_find) (customers, column, text, rows, 16);
  *first = rows->len > 0 ? g_array_index (rows, uint32_t, 0) : G_MAXUINT32;
  return rows->len;
}

static void
test_a_list_is_looked_up_by_number_mail_phone_and_account (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Customers) customers = read_list (list, &error);
  uint32_t row;
  g_assert_no_error (error);
  g_assert_cmpuint (found (customers, CUSTOMERS_NUMBER, "5520932", false, &row), ==, 1);
  g_assert_cmpuint (row, ==, 1);
  g_assert_cmpuint (found (customers, CUSTOMERS_EMAIL, "G.Oakes@post.example", false, &row), ==, 1);
  g_assert_cmpuint (found (customers, CUSTOMERS_PHONE, "+44 20 7946 0871", false, &row), ==, 1);
  g_assert_cmpuint (row, ==, 0);
  g_assert_cmpuint (found (customers, CUSTOMERS_IBAN, "GB29 NWBK 6016 1331 9268 19", false, &row), ==, 1);
  g_assert_cmpuint (row, ==, 2);
  g_assert_cmpuint (found (customers, CUSTOMERS_NUMBER, "99-99999", false, &row), ==, 0);
}

static void
test_quotes_keep_commas_and_quotes (void)
{
  g_autoptr (Customers) customers = read_list (list, NULL);
  g_autofree char *address = customers_value (customers, 0, CUSTOMERS_ADDRESS);
  g_autofree char *name = customers_value (customers, 2, CUSTOMERS_NAME);
  g_assert_cmpstr (address, ==, "2 Mill Parade, Croydon CR0 1LB");
  g_assert_cmpstr (name, ==, "Anna \"Nan\" Vale");
}

static void
test_a_misread_number_finds_all_that_are_near (void)
{
  g_autoptr (Customers) customers = read_list (list, NULL);
  uint32_t row;
  g_assert_cmpuint (found (customers, CUSTOMERS_NUMBER, "55-2O932", true, &row), ==, 1);
  g_assert_cmpuint (found (customers, CUSTOMERS_NUMBER, "55-20938", true, &row), ==, 2);
  g_assert_cmpuint (found (customers, CUSTOMERS_EMAIL, "tom@ferrls.example", true, &row), ==, 1);
  g_assert_cmpuint (row, ==, 1);
}

static void
test_columns_are_known_in_four_languages (void)
{
  static const char *const heads[]
      = { "Customer number;Full name", "N° client;Nom", "Número de cliente;Nombre", "Ügyfélszám;Név" };
  for (size_t i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *text = g_strdup_printf ("\xEF\xBB\xBF%s;x\r\nK100200;Ana Ruiz;y\r\n", heads[i]);
      g_autoptr (Customers) customers = read_list (text, &error);
      uint32_t row;
      g_assert_no_error (error);
      g_autofree char *name = customers_value (customers, 0, CUSTOMERS_NAME);
      g_assert_cmpstr (name, ==, "Ana Ruiz");
      g_assert_cmpuint (found (customers, CUSTOMERS_NUMBER, "K100200", false, &row), ==, 1);
    }
}

static void
test_what_is_no_list_is_refused_with_a_reason (void)
{
  static const char *const wrong[][2] = { { "a,b,c\n1,2,3\n", "line 1" },
                                          { "number,name\n1,\"open\n", "never closed" },
                                          { "number,name\n1,\xE9va\n", "not UTF-8" },
                                          { "", "line 1" } };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (read_list (wrong[i][0], &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, wrong[i][1]));
    }
}

static void
test_a_hundred_thousand_customers_are_read_in_seconds (void)
{
  g_autoptr (GString) text = g_string_new ("number,name,email\n");
  for (unsigned i = 0; i < 100000; i++)
    g_string_append_printf (text, "K%06u,Name %u,m%u@post.example\n", i, i, i);
  gint64 before = g_get_monotonic_time ();
  g_autoptr (Customers) customers = read_list (text->str, NULL);
  uint32_t row;
  g_assert_cmpuint (found (customers, CUSTOMERS_NUMBER, "K054321", false, &row), ==, 1);
  g_assert_cmpuint (row, ==, 54321);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/customers/looked up", test_a_list_is_looked_up_by_number_mail_phone_and_account);
  g_test_add_func ("/customers/quotes", test_quotes_keep_commas_and_quotes);
  g_test_add_func ("/customers/near", test_a_misread_number_finds_all_that_are_near);
  g_test_add_func ("/customers/languages", test_columns_are_known_in_four_languages);
  g_test_add_func ("/customers/refused", test_what_is_no_list_is_refused_with_a_reason);
  g_test_add_func ("/customers/many", test_a_hundred_thousand_customers_are_read_in_seconds);
  return g_test_run ();
}
