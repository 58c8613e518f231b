/* What the company itself knows: the shapes of its numbers and the list of its customers. */
#include "classify/fields.h"
#include "tests/unit/shipped_context.h"
#include <string.h>

typedef struct
{
  Config *config;
  Settings *settings;
  Customers *customers;
} Company;

static Company
company_of (const char *numbers, const char *list)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdup_printf ("{\"docket.yaml\":\"country: GB\\nnumbers: %s\\n\"}", numbers);
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  g_autoptr (GBytes) csv = list != NULL ? g_bytes_new (list, strlen (list)) : NULL;
  Company company = { .config = config_from_bytes (bytes, &error) };
  g_assert_no_error (error);
  company.settings = settings_load (company.config, &error);
  g_assert_no_error (error);
  company.customers = csv != NULL ? customers_new (csv, &error) : NULL;
  g_assert_no_error (error);
  return company;
}

static void
company_clear (Company *company)
{
  customers_free (company->customers);
  settings_free (company->settings);
  config_unref (company->config);
}

/* The best value of @name in @text, "" for none; @confidence may be NULL. Owned by the caller. */
static char *
best (const Company *company, const char *text, const char *name, double *confidence)
{
  ClassifyContext context = { .words = shipped_words (),
                              .settings = company->settings,
                              .customers = company->customers,
                              .received = DK_DAY_NONE,
                              .language = "en" };
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup (text);
  g_ptr_array_add (pages, page);
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, name) != 0)
        continue;
      if (confidence != NULL)
        *confidence = finding->confidence;
      return g_strdup (finding->value);
    }
  return g_strdup ("");
}

static void
expect_best (const Company *company, const char *text, const char *name, const char *wanted)
{
  g_autofree char *value = best (company, text, name, NULL);
  g_assert_cmpstr (value, ==, wanted);
}

static void
test_a_number_of_the_companys_shape_needs_no_label (void)
{
  Company company = company_of ("{customer: ['55-#####', 'K######'], order: 'W-#####'}", NULL);
  expect_best (&company, "I wrote to you about 55-20931 in May.", "customer_no", "55-20931");
  expect_best (&company, "My kettle (W-77120) is broken, order 55-20931.", "order_no", "W-77120");
  expect_best (&company, "My kettle (W-77120) is broken, order 55-20931.", "customer_no", "55-20931");
  expect_best (&company, "Please write to K204417.", "customer_no", "K204417");
  company_clear (&company);
}

static void
test_misread_signs_are_put_right_by_the_shape (void)
{
  Company company = company_of ("{customer: '55-#####', order: 'W-#####'}", NULL);
  expect_best (&company, "Customer no.: 55-2O93l", "customer_no", "55-20931");
  expect_best (&company, "Customer no.: S5-20931", "customer_no", "55-20931");
  expect_best (&company, "order W~77I20", "order_no", "W-77120");
  expect_best (&company, "order W77120", "order_no", "W-77120");
  company_clear (&company);
}

static void
test_part_of_a_longer_number_is_no_number_of_the_company (void)
{
  Company company = company_of ("{customer: '55-#####'}", NULL);
  expect_best (&company, "the file 1255-20931 and 55-209311 and A-55-20931-7", "customer_no", "");
  company_clear (&company);
}

static void
test_a_labelled_number_without_the_shape_is_less_sure (void)
{
  Company company = company_of ("{customer: '55-#####'}", NULL), other = company_of ("{}", NULL);
  double shaped, plain;
  g_autofree char *a = best (&company, "Customer number 4417802", "customer_no", &shaped);
  g_autofree char *b = best (&other, "Customer number 4417802", "customer_no", &plain);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpfloat (shaped, <, plain - 0.2);
  company_clear (&company);
  company_clear (&other);
}

static const char list[] = "number;name;email;phone\n"
                           "55-20931;Grace Oakes;g.oakes@post.example;020 7946 0871\n"
                           "55-20981;Peter Lowe;p.lowe@post.example;020 7946 0100\n"
                           "77-10044;Ines Quill;ines@quill.example;01603 555 880\n";

static void
test_a_misread_number_becomes_the_one_customer_whom_the_letter_names (void)
{
  Company company = company_of ("{}", list);
  const char *letter = "Customer no.: 55-20939\n\nThe kettle leaks.\n\nYours sincerely\nGrace Oakes\n";
  expect_best (&company, letter, "customer_no", "55-20931");
  expect_best (&company, letter, "sender", "Grace Oakes");
  company_clear (&company);
}

static void
test_a_number_that_is_anothers_is_left_as_it_is (void)
{
  Company company = company_of ("{}", list);
  const char *letter = "Customer no.: 55-20939\n\nThe kettle leaks.\n\nYours sincerely\nWalter Hemming\n";
  expect_best (&company, letter, "customer_no", "55-20939");
  expect_best (&company, letter, "sender", "Walter Hemming");
  company_clear (&company);
}

static void
test_number_and_mail_of_one_customer_make_each_other_sure (void)
{
  Company company = company_of ("{}", list);
  double confidence = 0;
  const char *letter = "Ines Qui1l\nines@qulll.example\nAccount 77-10044\n\nThe bill is wrong.\n";
  g_autofree char *email = best (&company, letter, "email", &confidence);
  g_autofree char *number = best (&company, letter, "customer_no", &confidence);
  g_assert_cmpstr (email, ==, "ines@quill.example");
  g_assert_cmpstr (number, ==, "77-10044");
  g_assert_cmpfloat (confidence, >, 0.98);
  expect_best (&company, letter, "sender", "Ines Quill");
  company_clear (&company);
}

static void
test_numbers_given_out_one_after_the_other_are_told_apart_by_name (void)
{
  g_autoptr (GString) text = g_string_new ("number,name\n");
  for (unsigned i = 0; i < 10000; i++)
    g_string_append_printf (text, "55-2%04u,Person Number%u\n", i, i);
  g_string_append (text, "55-30001,Ines Quill\n");
  Company company = company_of ("{}", text->str);
  expect_best (&company, "Customer no. 55-20001\n\nThe bill is wrong.\n\nYours sincerely\nInes Quill\n", "customer_no",
               "55-30001");
  company_clear (&company);
}

static void
test_a_wrong_shape_is_refused_with_its_place (void)
{
  static const char *const wrong[][2] = { { "{customer: '####'}", "six or more" },
                                          { "{customer: '55-ab###'}", "4 to 32" },
                                          { "{order: 'W-7712#'}", "two or more" },
                                          { "{client: 'K######'}", "client" } };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *json = g_strdup_printf ("{\"docket.yaml\":\"country: GB\\nnumbers: %s\\n\"}", wrong[i][0]);
      g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
      g_autoptr (Config) config = config_from_bytes (bytes, &error);
      g_assert_no_error (error);
      g_assert_null (settings_load (config, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
      g_assert_nonnull (strstr (error->message, wrong[i][1]));
      g_assert_true (g_str_has_prefix (error->message, "docket.yaml:2:"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/company/shape", test_a_number_of_the_companys_shape_needs_no_label);
  g_test_add_func ("/company/shape misread", test_misread_signs_are_put_right_by_the_shape);
  g_test_add_func ("/company/longer number", test_part_of_a_longer_number_is_no_number_of_the_company);
  g_test_add_func ("/company/no shape", test_a_labelled_number_without_the_shape_is_less_sure);
  g_test_add_func ("/company/customer", test_a_misread_number_becomes_the_one_customer_whom_the_letter_names);
  g_test_add_func ("/company/another", test_a_number_that_is_anothers_is_left_as_it_is);
  g_test_add_func ("/company/both", test_number_and_mail_of_one_customer_make_each_other_sure);
  g_test_add_func ("/company/one after the other", test_numbers_given_out_one_after_the_other_are_told_apart_by_name);
  g_test_add_func ("/company/wrong shape", test_a_wrong_shape_is_refused_with_its_place);
  return g_test_run ();
}
