#include "cases/join.h"
#include "cases/number.h"
#include "cases/register.h"
#include "store/decision.h"
#include "store/receipt.h"
#include "tests/unit/cases_config.h"
#include "tests/unit/store-fixture.h"

/* A letter with a case, or one that looks for its own. */
typedef struct
{
  const char *text, *received;
  const char *const *values; /* pairs of name and value, NULL at the end */
} Incoming;

static GPtrArray *
pages_of (const char *text)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup (text);
  g_ptr_array_add (pages, page);
  return pages;
}

/* The document of @letter, understood and waiting for its case. */
static int64_t
come_in (const Fixture *at, const Incoming *letter)
{
  static const char *const review[] = { NULL };
  static int64_t inode = 100;
  g_autoptr (GError) error = NULL;
  g_autofree char *bytes = g_strdup_printf ("letter %d", (int)++inode);
  StoreTaken taken;
  bool at_rest;
  take (at->store, inode, bytes, &taken, &error);
  for (int i = 0; i < 2; i++)
    step (at->store, taken.document, 1, &at_rest, &error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_ptr_array_add (findings, finding ("kind", "complaint", 0.9));
  for (const char *const *pair = letter->values; *pair != NULL; pair += 2)
    g_ptr_array_add (findings, finding (pair[0], pair[1], 0.9));
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_true (store_document_understood (transaction, taken.document, findings, 1, 0, review, "register", &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
  return taken.document;
}

static Register *
rules (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_shipped ();
  Register *loaded = register_load (config, &error);
  g_assert_no_error (error);
  return loaded;
}

/* Registers @letter as docketd does; *@join says why, and is the caller's to clear. */
static int64_t
receive (const Fixture *at, const Incoming *letter, Join *join)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Register) loaded = rules ();
  int64_t id = come_in (at, letter);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_autoptr (GPtrArray) decisions = store_decisions (at->store, id, true, &error);
  g_autoptr (GPtrArray) pages = pages_of (letter->text);
  g_autoptr (StoreReceipt) receipt = store_receipt_of (at->store, id, &error);
  const JoinLetter looked = { at->store, "D", document, receipt->received, pages, decisions };
  g_assert_true (join_find (&looked, join, &error));
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  const RegisterLetter arrived = { document, letter->received, "eva", "file", join, 1 };
  g_assert_true (register_letter (transaction, loaded, &arrived, &error));
  g_assert_true (join_note (transaction, &looked, &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
  return id;
}

static void
expect (const Fixture *at, const char *text, const char *const *values, JoinOutcome outcome, const char *number)
{
  g_autoptr (GError) error = NULL;
  g_auto (Join) join = { .outcome = JOIN_NEW };
  const Incoming letter = { text, "2026-11-20", values };
  int64_t id = receive (at, &letter, &join);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  if (join.outcome != outcome)
    g_error ("outcome %d, not %d (%.2f %s): %s", (int)join.outcome, (int)outcome, join.score,
             join.finding != NULL ? dk_json_string (join.finding, "raw", "") : "", text);
  g_assert_cmpstr (document->number, ==, number);
}

static const char *const harker[] = { "sender",   "Joan Harker", "order_no",   "SF-559021", "customer_no",
                                      "4470-118", "letter_date", "2026-11-02", NULL };

static void
first_letter (const Fixture *at)
{
  g_auto (Join) join = { .outcome = JOIN_NEW };
  const Incoming letter = { "The lamp arrived broken.", "2026-11-03", harker };
  receive (at, &letter, &join);
}

static const char *const none[] = { NULL };

static void
test_a_number_with_right_check_digits_that_is_in_the_store_joins (Fixture *at, gconstpointer data)
{
  (void)data;
  first_letter (at);
  g_autofree char *number = number_format ("D", 2026, 1);
  expect (at, "Re: D-2026-000001-45", none, JOIN_SURE, "D-2026-000001-45/2");
  expect (at, "Re: d 2O26 OOOOO1 4S and more", none, JOIN_SURE, "D-2026-000001-45/3");
  expect (at, "D202600000145", none, JOIN_SURE, "D-2026-000001-45/4");
  expect (at, "D-2026-\n000001-45 12 May", none, JOIN_SURE, "D-2026-000001-45/5");
  g_assert_cmpstr (number, ==, "D-2026-000001-45");
  assert_clean (at->store);
}

static void
test_a_number_that_proves_nothing_joins_nothing_by_itself (Fixture *at, gconstpointer data)
{
  (void)data;
  first_letter (at);
  expect (at, "Re: D-2026-000001-46", none, JOIN_UNSURE, "D-2026-000001-45/2");
  expect (at, "Re: D-2026-000031-45", none, JOIN_UNSURE, "D-2026-000001-45/3");
  expect (at, "Re: D 2O26 OOOO3l 4S", none, JOIN_NEW, "D-2026-000002-42/1");
  expect (at, "D-2026-000001-451 is no number of ours", none, JOIN_NEW, "D-2026-000003-39/1");
  assert_clean (at->store);
}

static void
test_a_bar_code_joins (Fixture *at, gconstpointer data)
{
  static const char *const values[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_auto (Join) join = { .outcome = JOIN_NEW };
  const Incoming letter = { "a photograph", "2026-11-20", values };
  (void)data;
  first_letter (at);
  int64_t id = come_in (at, &letter);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_autoptr (GPtrArray) decisions = store_decisions (at->store, id, true, &error);
  g_autoptr (GPtrArray) pages = pages_of ("a photograph");
  record_page_add_barcode (pages->pdata[0], "CODE-128", "D-2026-000001-45", (RecordBox){ 1, 2, 30, 40 });
  const JoinLetter looked = { at->store, "D", document, letter.received, pages, decisions };
  g_assert_true (join_find (&looked, &join, &error));
  g_assert_cmpint (join.outcome, ==, JOIN_SURE);
  g_assert_cmpint (join.case_id, ==, 1);
}

static void
test_a_reference_line_joins_where_one_open_case_has_the_number (Fixture *at, gconstpointer data)
{
  (void)data;
  first_letter (at);
  expect (at, "Your ref: SF 559021\n", none, JOIN_NEW, "D-2026-000002-42/1");
  expect (at, "Your ref: SF-559021\n", none, JOIN_SURE, "D-2026-000001-45/2");
  expect (at, "V/Réf. : SF-559021\n", none, JOIN_SURE, "D-2026-000001-45/3");
  expect (at, "Hivatkozási szám: 4470-118\n", none, JOIN_SURE, "D-2026-000001-45/4");
  expect (at, "Su ref.: SF-1\n", none, JOIN_NEW, "D-2026-000003-39/1");
}

static void
test_who_wrote_alone_never_joins (Fixture *at, gconstpointer data)
{
  static const char *const same[] = { "sender", "Harker, Joan", "customer_no", "4470 118", NULL };
  (void)data;
  first_letter (at);
  expect (at, "When do you open?", same, JOIN_PROPOSED, "D-2026-000002-42/1");
}

static void
test_who_wrote_and_a_matter_join (Fixture *at, gconstpointer data)
{
  static const char *const order[] = { "sender", "Joan Harker", "order_no", "SF559021", NULL };
  static const char *const again[] = { "sender", "Joan Harker", "follow_up", "reminder", NULL };
  (void)data;
  first_letter (at);
  expect (at, "The lamp again.", order, JOIN_SURE, "D-2026-000001-45/2");
  expect (at, "I wrote to you on 2 November.", again, JOIN_SURE, "D-2026-000001-45/3");
  expect (at, "Le 2 novembre je vous ai écrit.", again, JOIN_SURE, "D-2026-000001-45/4");
  expect (at, "2026. november 2-i levelem", again, JOIN_SURE, "D-2026-000001-45/5");
  expect (at, "I wrote to you before.", again, JOIN_PROPOSED, "D-2026-000002-42/1");
}

static void
test_others_with_the_same_number_are_not_joined_unasked (Fixture *at, gconstpointer data)
{
  static const char *const stranger[]
      = { "sender", "Tom Ellis", "order_no", "SF-559021", "customer_no", "9001-555", NULL };
  (void)data;
  first_letter (at);
  expect (at, "My neighbour's lamp.", stranger, JOIN_NEW, "D-2026-000002-42/1");
}

static void
test_two_cases_that_are_as_good_are_left_to_a_person (Fixture *at, gconstpointer data)
{
  static const char *const both[] = { "sender", "Joan Harker", "follow_up", "reminder", NULL };
  static const char *const second[] = { "sender",   "Joan Harker", "order_no",   "SF-771200", "customer_no",
                                        "4470-118", "letter_date", "2026-11-02", NULL };
  g_auto (Join) join = { .outcome = JOIN_NEW };
  const Incoming letter = { "A second thing.", "2026-09-03", second };
  (void)data;
  first_letter (at);
  receive (at, &letter, &join);
  expect (at, "I wrote to you on 2 November.", both, JOIN_PROPOSED, "D-2026-000003-39/1");
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM decision WHERE name = 'case' AND undecided"), >=, 1);
  assert_clean (at->store);
}

static void
test_what_a_person_joins_and_splits_can_be_rebuilt (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Register) loaded = rules ();
  (void)data;
  first_letter (at);
  expect (at, "Another matter.", none, JOIN_NEW, "D-2026-000002-42/1");
  for (int act = 0; act < 2; act++)
    {
      g_autoptr (StoreDocument) document = store_document_load (at->store, 2, &error);
      g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
      g_assert_true (act == 0 ? register_join (transaction, loaded, document, 1, "file", &error)
                              : register_split (transaction, loaded, document, "file", &error));
      g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
      assert_clean (at->store);
    }
  g_autoptr (StoreDocument) now = store_document_load (at->store, 2, &error);
  g_assert_cmpstr (now->number, ==, "D-2026-000003-39/1");
  static const char *const names[] = { "D-2026-000002-42/1", "D-2026-000001-45/2" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (StoreDocument) found = store_document_find (at->store, names[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (found->id, ==, 2);
    }
  g_autoptr (StoreDocument) whole = store_document_find (at->store, "D-2026-000002-42", &error);
  g_assert_cmpint (whole->id, ==, 1);
}

int
main (int argc, char **argv)
{
  g_setenv ("DOCKET_NOW", "2026-11-23T08:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/join/number", test_a_number_with_right_check_digits_that_is_in_the_store_joins);
  STORE_TEST ("/join/unproven", test_a_number_that_proves_nothing_joins_nothing_by_itself);
  STORE_TEST ("/join/bar-code", test_a_bar_code_joins);
  STORE_TEST ("/join/line", test_a_reference_line_joins_where_one_open_case_has_the_number);
  STORE_TEST ("/join/writer", test_who_wrote_alone_never_joins);
  STORE_TEST ("/join/matter", test_who_wrote_and_a_matter_join);
  STORE_TEST ("/join/stranger", test_others_with_the_same_number_are_not_joined_unasked);
  STORE_TEST ("/join/rival", test_two_cases_that_are_as_good_are_left_to_a_person);
  STORE_TEST ("/join/person", test_what_a_person_joins_and_splits_can_be_rebuilt);
  return g_test_run ();
}
