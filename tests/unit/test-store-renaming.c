#include "store/renaming.h"
#include "tests/unit/store-fixture.h"

#define FOLDER "Réclamations/2026"
#define FIRST "2026-03-12 réclamation 1.pdf"

/* Sends document 1 to be named anew, by templates as part of @run or as @former; whether it could be. */
static bool
rename_it (Store *store, int64_t run, const StorePlace *former)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "user:eva", &error);
  bool sent = false;
  store_document_rename (transaction, 1, "file", 1, run, former, &sent, &error);
  g_assert_no_error (error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  return sent;
}

static void
file_it (Store *store, const char *folder, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", &error);
  g_autoptr (StoreDocument) document = store_document_load (store, 1, &error);
  g_autofree char *path = g_build_filename ("filed", folder, name, NULL);
  g_autofree char *old = g_build_filename ("filed", document->folder, document->name, NULL);
  store_blob_link (store, document->blob, path, &error);
  g_assert_no_error (error);
  store_document_filed (transaction, 1, folder, name, STORE_STAGE_REST, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  if (strcmp (old, path) != 0)
    unlinkat (store_dir (store), old, 0);
}

static void
correct_it (Store *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "user:eva", &error);
  store_decision_correct (transaction, 1, "sender", "Anne Durand", "file", &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

static int64_t
head (Store *store)
{
  g_autoptr (GError) error = NULL;
  int64_t seq = 0;
  ledger_head (store, &seq, NULL, &error);
  g_assert_no_error (error);
  return seq;
}

/* Both NULL: there is none. */
static void
assert_place (const StorePlace *place, const GError *error, const char *folder, const char *name)
{
  g_assert_no_error (error);
  g_assert_cmpstr (place->folder, ==, folder);
  g_assert_cmpstr (place->name, ==, name);
}

static void
test_a_former_name_stays_wanted_until_the_templates_are_applied (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (StorePlace) place = { 0 };
  StorePlace former = { (char *)(uintptr_t) "Ancien", (char *)(uintptr_t) "à part.pdf" };
  (void)data;
  settle (at->store, 1, "letter");
  store_place_wanted (at->store, 1, &place, &error);
  assert_place (&place, error, NULL, NULL);
  g_assert_true (rename_it (at->store, 0, &former));
  store_place_wanted (at->store, 1, &place, &error);
  assert_place (&place, error, "Ancien", "à part.pdf");
  file_it (at->store, "Ancien", "à part.pdf");
  store_place_wanted (at->store, 1, &place, &error);
  assert_place (&place, error, "Ancien", "à part.pdf");
  g_assert_true (rename_it (at->store, head (at->store), NULL));
  store_place_wanted (at->store, 1, &place, &error);
  assert_place (&place, error, NULL, NULL);
  assert_clean (at->store);
}

static void
test_a_correction_makes_a_former_name_unwanted (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (StorePlace) place = { 0 };
  StorePlace former = { (char *)(uintptr_t) "Ancien", (char *)(uintptr_t) "à part.pdf" };
  (void)data;
  settle (at->store, 1, "letter");
  rename_it (at->store, 0, &former);
  correct_it (at->store);
  store_place_wanted (at->store, 1, &place, &error);
  assert_place (&place, error, NULL, NULL);
}

static void
test_a_document_in_work_is_not_sent (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "letter");
  g_assert_true (rename_it (at->store, 5, NULL));
  int64_t before = head (at->store);
  g_assert_false (rename_it (at->store, 5, NULL));
  g_assert_cmpint (head (at->store), ==, before);
}

static void
test_places_of_the_past_are_known (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_auto (StorePlace) place = { 0 };
  (void)data;
  int64_t empty = head (at->store);
  settle (at->store, 1, "letter");
  int64_t before = head (at->store);
  store_place_before (at->store, 1, &place, &error);
  assert_place (&place, error, NULL, NULL);
  rename_it (at->store, before, NULL);
  file_it (at->store, FOLDER, "second.pdf");
  rename_it (at->store, before, NULL);
  file_it (at->store, FOLDER, "second.pdf");
  store_place_before (at->store, 1, &place, &error);
  assert_place (&place, error, FOLDER, FIRST);
  store_place_at (at->store, 1, before, &place, &error);
  assert_place (&place, error, FOLDER, FIRST);
  store_place_at (at->store, 1, head (at->store), &place, &error);
  assert_place (&place, error, FOLDER, "second.pdf");
  store_place_at (at->store, 1, empty, &place, &error);
  assert_place (&place, error, NULL, NULL);
}

static void
test_runs_and_what_they_renamed_are_known (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t run = -1;
  bool decided = true;
  (void)data;
  settle (at->store, 1, "letter");
  settle (at->store, 2, "another letter");
  int64_t before = head (at->store);
  g_assert_true (store_renaming_last (at->store, &run, &error) && run == 0);
  rename_it (at->store, before, NULL);
  file_it (at->store, FOLDER, "second.pdf");
  g_assert_true (store_renaming_last (at->store, &run, &error) && run == before);
  g_autoptr (GArray) renamed = store_renamed (at->store, before, &error);
  g_autoptr (GArray) later = store_renamed (at->store, head (at->store), &error);
  g_assert_no_error (error);
  g_assert_true (renamed->len == 1 && g_array_index (renamed, int64_t, 0) == 1);
  g_assert_cmpuint (later->len, ==, 0);
  g_assert_true (store_document_is_decided_since (at->store, 1, before, &decided, &error) && !decided);
  correct_it (at->store);
  g_assert_true (store_document_is_decided_since (at->store, 1, before, &decided, &error) && decided);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) STORE_TEST ("/store/renaming/" #name, test_##name)
  TEST (a_former_name_stays_wanted_until_the_templates_are_applied);
  TEST (a_correction_makes_a_former_name_unwanted);
  TEST (a_document_in_work_is_not_sent);
  TEST (places_of_the_past_are_known);
  TEST (runs_and_what_they_renamed_are_known);
  return g_test_run ();
}
