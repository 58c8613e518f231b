#include "cases/contact.h"
#include "cases/customer_list.h"
#include "tests/unit/cases_config.h"
#include "tests/unit/store-fixture.h"

typedef struct
{
  Fixture at;
  Settings *settings;
  int64_t letters;
} Mail;

static void
set_up_mail (Mail *mail, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of (NULL, NULL);
  set_up (&mail->at, data);
  mail->letters = 0;
  mail->settings = settings_load (config, &error);
  g_assert_no_error (error);
}

static void
tear_down_mail (Mail *mail, gconstpointer data)
{
  settings_free (mail->settings);
  tear_down (&mail->at, data);
}

/* A letter of which is known what @fields say: "sender", "Anna Kiss", …, NULL. A value that begins with ? is unsure.
 * Gives the contact it is of. */
static int64_t
letter (Mail *mail, ...)
{
  g_autoptr (GError) error = NULL;
  static const char *const sure[] = { NULL };
  Store *store = mail->at.store;
  StoreTaken taken;
  g_autofree char *text = g_strdup_printf ("letter %d", (int)++mail->letters);
  take (store, 100 + mail->letters, text, &taken, &error);
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", &error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_ptr_array_add (findings, finding ("language", "es", 1));
  va_list pairs;
  va_start (pairs, mail);
  for (const char *name = va_arg (pairs, const char *); name != NULL; name = va_arg (pairs, const char *))
    {
      const char *value = va_arg (pairs, const char *);
      RecordFinding *found = finding (name, value + (*value == '?'), 0.9);
      found->undecided = *value == '?';
      g_ptr_array_add (findings, found);
    }
  va_end (pairs);
  int64_t contact = 0;
  bool done = identify (transaction, taken.document, 1, &error)
              && read_page (transaction, taken.document, 1, RECORD_ORIGIN_EMBEDDED, "understand", &error)
              && store_document_understood (transaction, taken.document, findings, 0, 0, sure, "register", &error)
              && open_case (transaction, taken.document, &error);
  g_autoptr (StoreDocument) document = done ? store_document_load (store, taken.document, &error) : NULL;
  done = document != NULL && contact_note_document (transaction, mail->settings, document, document->case_id, &error)
         && store_case_contact (store, document->case_id, &contact, &error)
         && store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return contact;
}

static guint
proposals (Mail *mail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = store_proposals (mail->at.store, 0, 0, &error);
  g_assert_no_error (error);
  return open->len;
}

static char *
first_reason (Mail *mail)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) open = store_proposals (mail->at.store, 0, 0, &error);
  g_assert_cmpuint (open->len, >, 0);
  return g_strdup (((const StoreProposal *)open->pdata[0])->reason);
}

static void
assert_file (Mail *mail, const char *text, int64_t wanted)
{
  g_autoptr (GError) error = NULL;
  int64_t root = 0;
  contact_find (mail->at.store, mail->settings, text, &root, &error);
  g_assert_no_error (error);
  g_assert_cmpint (root, ==, wanted);
}

/* Everything that is kept of the file. */
static char *
file_of (Mail *mail, int64_t root)
{
  g_autoptr (GError) error = NULL;
  GString *text = g_string_new (NULL);
  g_autoptr (GPtrArray) members = store_contact_members (mail->at.store, root, &error);
  g_autoptr (GPtrArray) points = store_contact_points (mail->at.store, root, &error);
  g_autoptr (GArray) cases = store_contact_cases (mail->at.store, root, 0, &error);
  g_autoptr (GArray) documents = store_contact_documents (mail->at.store, root, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < members->len; i++)
    g_string_append_printf (text, "member %d\n", (int)((StoreContact *)members->pdata[i])->id);
  for (guint i = 0; i < points->len; i++)
    g_string_append_printf (text, "%s\n", ((StorePoint *)points->pdata[i])->normalised);
  for (guint i = 0; i < cases->len; i++)
    g_string_append_printf (text, "case %d\n", (int)g_array_index (cases, int64_t, i));
  for (guint i = 0; i < documents->len; i++)
    g_string_append_printf (text, "document %d\n", (int)g_array_index (documents, int64_t, i));
  return g_string_free (text, FALSE);
}

static void
test_an_email_alone_leads_to_the_contact (Mail *mail, gconstpointer data)
{
  (void)data;
  int64_t anna = letter (mail, "sender", "Anna Ruiz", "email", "anna@ejemplo.es", NULL);
  g_assert_cmpint (letter (mail, "email", "ANNA@ejemplo.es", NULL), ==, anna);
  g_assert_cmpint (letter (mail, "sender", "Anna Ruiz", "email", "other@ejemplo.es", NULL), !=, anna);
  assert_file (mail, "anna@ejemplo.es", anna);
  assert_clean (mail->at.store);
}

static void
test_a_name_alone_never_leads_to_a_contact (Mail *mail, gconstpointer data)
{
  (void)data;
  int64_t first = letter (mail, "sender", "Anna Ruiz", NULL);
  g_assert_cmpint (letter (mail, "sender", "Ruiz, Anna", NULL), !=, first);
  g_assert_cmpuint (proposals (mail), ==, 1);
  g_autofree char *reason = first_reason (mail);
  g_assert_cmpstr (reason, ==, "name");
}

static void
test_a_phone_leads_there_with_a_name_that_fits (Mail *mail, gconstpointer data)
{
  (void)data;
  int64_t anna = letter (mail, "sender", "Anna Ruiz Gil", "phone", "612 345 678", NULL);
  g_assert_cmpint (letter (mail, "sender", "A. Ruiz", "phone", "+34612345678", NULL), ==, anna);
  g_assert_cmpint (letter (mail, "phone", "612345678", NULL), !=, anna);
  g_assert_cmpint (letter (mail, "sender", "Luis Ruiz", "phone", "612345678", NULL), !=, anna);
  g_assert_cmpuint (proposals (mail), >=, 2);
}

static void
test_a_customer_number_with_another_name_is_only_proposed (Mail *mail, gconstpointer data)
{
  (void)data;
  int64_t anna = letter (mail, "sender", "Anna Ruiz", "customer_no", "4711", NULL);
  g_assert_cmpint (letter (mail, "customer_no", "47-11", NULL), ==, anna);
  g_assert_cmpint (letter (mail, "sender", "Pedro Gil", "customer_no", "4711", NULL), !=, anna);
  g_autofree char *reason = first_reason (mail);
  g_assert_cmpstr (reason, ==, "customer_no_other_name");
  assert_file (mail, "4711", anna);
}

static void
test_what_is_unsure_is_only_proposed (Mail *mail, gconstpointer data)
{
  (void)data;
  int64_t anna = letter (mail, "sender", "Anna Ruiz", "email", "anna@ejemplo.es", NULL);
  g_assert_cmpint (letter (mail, "email", "?anna@ejemplo.es", NULL), !=, anna);
  g_assert_cmpuint (proposals (mail), ==, 1);
  assert_file (mail, "anna@ejemplo.es", anna);
}

static void
test_a_letter_that_leads_to_two_proposes_them_as_one (Mail *mail, gconstpointer data)
{
  (void)data;
  letter (mail, "email", "anna@ejemplo.es", NULL);
  int64_t client = letter (mail, "customer_no", "4711", NULL);
  g_assert_cmpint (letter (mail, "email", "anna@ejemplo.es", "customer_no", "4711", NULL), ==, client);
  g_autofree char *reason = first_reason (mail);
  g_assert_cmpstr (reason, ==, "two_files");
}

static void
test_a_letter_without_a_sender_has_no_contact (Mail *mail, gconstpointer data)
{
  (void)data;
  g_assert_cmpint (letter (mail, NULL), ==, 0);
}

static void
test_what_a_later_letter_says_fills_the_gaps (Mail *mail, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t anna = letter (mail, "email", "anna@ejemplo.es", NULL);
  letter (mail, "sender", "Anna Ruiz", "email", "anna@ejemplo.es", "customer_no", "4711", "address",
          "Calle Triana 8, 35002 Las Palmas", NULL);
  g_autoptr (StoreContact) contact = store_contact_load (mail->at.store, anna, &error);
  g_assert_cmpstr (contact->name, ==, "Anna Ruiz");
  g_assert_cmpstr (contact->region, ==, "ES-CN");
  g_assert_cmpstr (contact->lifecycle, ==, "client");
  assert_file (mail, "4711", anna);
}

static void
change (Mail *mail, bool (*act) (StoreTransaction *transaction, int64_t a, int64_t b, GError **error), int64_t a,
        int64_t b)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (mail->at.store, "user:eva", &error);
  act (transaction, a, b, &error);
  g_assert_no_error (error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

static bool
unmerge (StoreTransaction *transaction, int64_t a, int64_t b, GError **error)
{
  (void)b;
  return store_contact_unmerge (transaction, a, error);
}

static void
test_two_people_who_merge_at_once_do_not_cross (Mail *mail, gconstpointer data)
{
  g_autoptr (GError) late = NULL, twice = NULL;
  (void)data;
  int64_t a = letter (mail, "sender", "Anna Ruiz", "email", "anna@ejemplo.es", NULL);
  int64_t b = letter (mail, "sender", "Anna Ruiz", "phone", "612345678", NULL);
  int64_t c = letter (mail, "customer_no", "4711", NULL);
  change (mail, store_contact_merge, a, b);
  g_autoptr (StoreTransaction) transaction = store_begin (mail->at.store, "user:luis", &late);
  g_assert_false (store_contact_merge (transaction, b, c, &late)); /* who saw b as it was before */
  g_assert_error (late, DK_ERROR, DK_ERROR_STALE);
  g_assert_false (store_contact_merge (transaction, a, b, &twice));
  g_assert_error (twice, DK_ERROR, DK_ERROR_EXISTS);
}

static void
test_merging_and_unmerging_leaves_both_files_exact (Mail *mail, gconstpointer data)
{
  (void)data;
  int64_t a = letter (mail, "sender", "Anna Ruiz", "email", "anna@ejemplo.es", NULL);
  int64_t b = letter (mail, "sender", "Anna Ruiz", "phone", "612345678", NULL);
  int64_t c = letter (mail, "customer_no", "4711", NULL);
  g_autofree char *a_before = file_of (mail, a), *b_before = file_of (mail, b), *c_before = file_of (mail, c);
  change (mail, store_contact_merge, a, b);
  change (mail, store_contact_merge, c, a);
  assert_file (mail, "612345678", c);
  g_assert_cmpuint (proposals (mail), ==, 0);
  change (mail, unmerge, a, 0);
  assert_file (mail, "612345678", a);
  change (mail, unmerge, b, 0);
  g_autofree char *a_after = file_of (mail, a), *b_after = file_of (mail, b), *c_after = file_of (mail, c);
  g_assert_cmpstr (a_after, ==, a_before);
  g_assert_cmpstr (b_after, ==, b_before);
  g_assert_cmpstr (c_after, ==, c_before);
  assert_clean (mail->at.store);
}

static void
test_two_that_were_told_apart_are_not_proposed_again (Mail *mail, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t a = letter (mail, "sender", "Anna Ruiz", NULL), b = letter (mail, "sender", "Anna Ruiz", NULL);
  g_autoptr (StoreTransaction) transaction = store_begin (mail->at.store, "user:eva", &error);
  store_contact_tell_apart (transaction, 1, &error);
  store_contact_propose (transaction, b, a, 0.4, "name", 0, &error);
  store_contact_propose (transaction, a, b, 0.4, "name", 0, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (proposals (mail), ==, 0);
}

static void
test_people_are_found_without_accents_by_the_beginnings_of_words (Mail *mail, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t jozsef = letter (mail, "sender", "Kőrösi József", NULL);
  letter (mail, "sender", "Kőrösi Anna", NULL);
  g_autoptr (GArray) found = contact_search (mail->at.store, mail->settings, "joz koro", 10, &error);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpint (g_array_index (found, int64_t, 0), ==, jozsef);
  g_autoptr (GArray) cases = store_cases_named (mail->at.store, "KÖRÖSI", 10, &error);
  g_assert_cmpuint (cases->len, ==, 2);
  g_autoptr (GArray) none = store_cases_named (mail->at.store, "…", 10, &error);
  g_assert_cmpuint (none->len, ==, 0);
}

/* --- the customer list --- */

static CustomerCount
import (Mail *mail, const char *csv, guint problems, const char *first)
{
  g_autoptr (GError) error = NULL;
  CustomerCount count;
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (CustomerList) list = customer_list_read (bytes, mail->settings, &error);
  g_assert_no_error (error);
  customer_list_apply (mail->at.store, mail->settings, "user:eva", list, &count, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->problems->len, ==, problems);
  if (problems > 0)
    g_assert_cmpstr (((CustomerProblem *)list->problems->pdata[0])->code, ==, first);
  return count;
}

static void
test_importing_a_list_twice_changes_nothing (Mail *mail, gconstpointer data)
{
  static const char csv[] = "Ügyfélszám;Név;Lakcím;E-mail;Telefon;IBAN;Állapot;Nyelv\n"
                            "1;Kiss Anna;\"Fő utca 3,\n1011 Budapest\";anna@pelda.hu;06301234567;;volt ügyfél;magyar\n"
                            "2;Talleres Ruiz S.L.;;;;ES9121000418450200051332;;\n";
  g_autoptr (GError) error = NULL;
  (void)data;
  CustomerCount first = import (mail, csv, 0, NULL);
  g_assert_cmpuint (first.made, ==, 2);
  int64_t before = count (mail->at.store, "SELECT count(*) FROM ledger");
  CustomerCount second = import (mail, csv, 0, NULL);
  g_assert_cmpuint (second.same, ==, 2);
  g_assert_cmpint (count (mail->at.store, "SELECT count(*) FROM ledger"), ==, before);
  g_autoptr (StoreContact) anna = store_contact_load (mail->at.store, 1, &error);
  g_assert_cmpstr (anna->lifecycle, ==, "former");
  g_assert_cmpstr (anna->language, ==, "hu");
  g_autoptr (StoreContact) ruiz = store_contact_load (mail->at.store, 2, &error);
  g_assert_cmpstr (ruiz->kind, ==, "company");
  g_assert_cmpstr (ruiz->lifecycle, ==, "client");
  assert_clean (mail->at.store);
}

static void
test_a_customer_lives_in_the_country_that_the_list_shows (Mail *mail, gconstpointer data)
{
  static const char csv[] = "number,name,address,phone,country,language\n"
                            "1,Ana Ruiz,\"Sol 3, 38001 Santa Cruz\",600111222,,\n"
                            "2,Jean Petit,\"12 rue de la Paix, 75002 Paris\",0142681234,,\n"
                            "3,Hans Weber,\"Hauptstr. 5, 10115 Berlin, Deutschland\",,Allemagne,\n"
                            "4,Kurt Weber,\"Hauptstr. 6, 10115 Berlin, Germany\",,,\n"
                            "5,Luc Roy,\"Grand Place 5, 28000 Chartres\",,,fr\n"
                            "6,Eva Sanz,\"Mayor 1, 28013 Madrid\",,España,fr\n"
                            "7,Nagy Edit,\"Fő utca 3, 1011 Budapest\",,Narnia,hu\n";
  static const char *const lives[][2] = { { "ES", "ES-CN" }, { "FR", "FR-IDF" }, { "DE", "" }, { "DE", "" },
                                          { "", "" },        { "ES", "ES-MD" },  { "HU", "" } };
  (void)data;
  import (mail, csv, 1, "country");
  for (gsize i = 0; i < G_N_ELEMENTS (lives); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StoreContact) one = store_contact_load (mail->at.store, (int64_t)i + 1, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (one->country, ==, lives[i][0]);
      g_assert_cmpstr (one->region, ==, lives[i][1]);
    }
  g_assert_cmpint (count (mail->at.store, "SELECT count(*) FROM contact_point WHERE normalised = '+33142681234'"), ==,
                   1);
}

static void
test_a_bad_line_is_named_and_the_others_are_taken (Mail *mail, gconstpointer data)
{
  (void)data;
  CustomerCount taken = import (
      mail, "number,name,email\n,Nobody,\n2,\n3,Anna Ruiz,nonsense\n3,Again,\n4,B C,b@c.es,more\n", 5, "no_number");
  g_assert_cmpuint (taken.made, ==, 1);
}

static void
test_lines_are_counted_over_quoted_line_ends (Mail *mail, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char csv[] = "number,name,address\n1,Anna Ruiz,\"a\nb\nc\"\n\n,Nobody,\n";
  (void)data;
  g_autoptr (GBytes) bytes = g_bytes_new (csv, strlen (csv));
  g_autoptr (CustomerList) list = customer_list_read (bytes, mail->settings, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (list->problems->len, ==, 1);
  g_assert_cmpuint (((CustomerProblem *)list->problems->pdata[0])->line, ==, 6);
}

static void
test_who_wrote_before_becomes_the_customer (Mail *mail, gconstpointer data)
{
  (void)data;
  int64_t anna = letter (mail, "sender", "Anna Ruiz", "email", "anna@ejemplo.es", NULL);
  CustomerCount taken = import (mail, "number,name,email\n4711,Ruiz Anna,anna@ejemplo.es\n", 0, NULL);
  g_assert_cmpuint (taken.changed, ==, 1);
  assert_file (mail, "4711", anna);
  taken = import (mail, "number,name,email\n4712,Pedro Gil,anna@ejemplo.es\n", 1, "belongs");
  g_assert_cmpuint (taken.made, ==, 1);
  g_assert_cmpuint (proposals (mail), ==, 1);
}

static void
test_a_list_as_windows_writes_it_is_read (Mail *mail, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  static const char csv[] = "n\xFAmero;nombre\n1;Pe\xF1"
                            "a Ib\xE1\xF1"
                            "ez\n";
  (void)data;
  import (mail, csv, 0, NULL);
  g_autoptr (StoreContact) contact = store_contact_load (mail->at.store, 1, &error);
  g_assert_cmpstr (contact->name, ==, "Peña Ibáñez");
}

static void
test_a_list_that_does_not_name_its_columns_is_refused (Mail *mail, gconstpointer data)
{
  static const char *const lists[] = { "", "1,Anna Ruiz\n", "number\n1\n", "\"number,name\n1,Anna\n" };
  (void)data;
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new (lists[i], strlen (lists[i]));
      g_autoptr (CustomerList) list = customer_list_read (bytes, mail->settings, &error);
      g_assert_null (list);
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
    }
}

#define ADD(name, test) g_test_add ("/cases/contact/" name, Mail, NULL, set_up_mail, test, tear_down_mail)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("merge-at-once", test_two_people_who_merge_at_once_do_not_cross);
  ADD ("email", test_an_email_alone_leads_to_the_contact);
  ADD ("name", test_a_name_alone_never_leads_to_a_contact);
  ADD ("phone", test_a_phone_leads_there_with_a_name_that_fits);
  ADD ("customer-no", test_a_customer_number_with_another_name_is_only_proposed);
  ADD ("unsure", test_what_is_unsure_is_only_proposed);
  ADD ("two", test_a_letter_that_leads_to_two_proposes_them_as_one);
  ADD ("nobody", test_a_letter_without_a_sender_has_no_contact);
  ADD ("gaps", test_what_a_later_letter_says_fills_the_gaps);
  ADD ("merge", test_merging_and_unmerging_leaves_both_files_exact);
  ADD ("apart", test_two_that_were_told_apart_are_not_proposed_again);
  ADD ("search", test_people_are_found_without_accents_by_the_beginnings_of_words);
  ADD ("import-twice", test_importing_a_list_twice_changes_nothing);
  ADD ("import-country", test_a_customer_lives_in_the_country_that_the_list_shows);
  ADD ("import-bad", test_a_bad_line_is_named_and_the_others_are_taken);
  ADD ("import-lines", test_lines_are_counted_over_quoted_line_ends);
  ADD ("import-writer", test_who_wrote_before_becomes_the_customer);
  ADD ("import-windows", test_a_list_as_windows_writes_it_is_read);
  ADD ("import-columns", test_a_list_that_does_not_name_its_columns_is_refused);
  return g_test_run ();
}
