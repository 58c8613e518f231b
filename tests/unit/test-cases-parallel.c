/* Several processes open cases in the same store at the same time. */
#include "cases/number.h"
#include "tests/unit/store-fixture.h"
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define WRITERS 8
#define CASES 25 /* of each */

static bool
open_one (Store *store, int64_t inode)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("letter %d", (int)inode);
  StoreTaken taken;
  if (!take (store, inode, text, &taken, &error))
    return false;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", &error);
  return transaction != NULL && open_case (transaction, taken.document, &error)
         && store_commit (g_steal_pointer (&transaction), &error);
}

static void
write_and_end (const char *path, int writer)
{
  g_autoptr (GError) error = NULL;
  Store *store = store_open (path, STORE_DURABLE, &error);
  bool good = store != NULL;
  for (int i = 0; good && i < CASES; i++)
    good = open_one (store, 1000 + writer * CASES + i);
  _exit (good ? 0 : 1);
}

static void
test_eight_writers_get_two_hundred_numbers_without_gap_or_repeat (Fixture *at, gconstpointer data)
{
  pid_t pids[WRITERS];
  (void)data;
  g_clear_pointer (&at->store, store_free); /* a database must not go through fork */
  for (int i = 0; i < WRITERS; i++)
    if ((pids[i] = fork ()) == 0)
      write_and_end (at->path, i);
  for (int i = 0; i < WRITERS; i++)
    {
      int status;
      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_cmpint (status, ==, 0);
    }
  reopen (at);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM cases"), ==, WRITERS * CASES);
  g_assert_cmpint (count (at->store, "SELECT max (serial) FROM cases"), ==, WRITERS * CASES);
  g_assert_cmpint (count (at->store, "SELECT count (DISTINCT number) FROM cases"), ==, WRITERS * CASES);
  g_assert_cmpint (count (at->store, "SELECT max (seq) - count (*) FROM ledger"), ==, 0);
  assert_clean (at->store);
}

/* A digit misread, or two neighbours swapped, in each of as many numbers, at every place: none is a number. */
static void
test_no_misread_one_of_two_hundred_passes_its_check (Fixture *at, gconstpointer data)
{
  (void)at;
  (void)data;
  for (int serial = 1; serial <= WRITERS * CASES; serial++)
    {
      g_autofree char *number = number_format ("D", 2026, serial);
      g_assert_true (number_parse (number, NULL));
      for (char *place = number + 2; *place != '\0'; place++)
        {
          char right = *place, *next = place[1] == '-' ? place + 2 : place + 1;
          if (right == '-')
            continue;
          for (*place = '0'; *place <= '9'; ++*place)
            g_assert_cmpint (number_parse (number, NULL), ==, *place == right);
          *place = right;
          if (*next == '\0' || *next == right)
            continue;
          *place = *next;
          *next = right;
          g_assert_false (number_parse (number, NULL));
          *next = *place;
          *place = right;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) STORE_TEST ("/cases/parallel/" #name, test_##name)
  TEST (eight_writers_get_two_hundred_numbers_without_gap_or_repeat);
  TEST (no_misread_one_of_two_hundred_passes_its_check);
  return g_test_run ();
}
