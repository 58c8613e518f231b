/* Who waits for whom: a letter does not wait for the later pages of a long document, urgent ones wait for nobody. */
#include "tests/unit/pipeline-fixture.h"

#define LONG "pages 40\nslow\n"

typedef struct
{
  Fixture *at;
  const char *orders; /* of the letter that comes while the long document is read */
  int64_t letter, pages_before, pages_after;
  guint most_at_once;
} Mail;

static int64_t
pages_read (const Fixture *at)
{
  return count (at->store, "SELECT count(*) FROM page WHERE document = 1 AND blob IS NOT NULL");
}

/* Lets the letter come once four pages are read, and ends when it is filed: the index is committed
 * every two seconds, whoever waits. */
static bool
letter_is_filed (Pipeline *pipeline, void *data)
{
  Mail *mail = data;
  mail->most_at_once = MAX (mail->most_at_once, g_hash_table_size (pipeline->pieces));
  int64_t pages = pages_read (mail->at);
  if (mail->letter == 0 && pages >= 4)
    {
      mail->letter = take_orders (mail->at, mail->orders);
      mail->pages_before = pages;
      pipeline->plan_at_us = 0;
    }
  if (mail->letter == 0)
    return false;
  g_autoptr (StoreDocument) letter = store_document_load (mail->at->store, mail->letter, NULL);
  mail->pages_after = pages;
  return letter->name != NULL;
}

/* How many pages of a long document are read from the arrival of a letter to its filing. */
static int64_t
pages_read_meanwhile (Fixture *at, const char *orders)
{
  Mail mail = { .at = at, .orders = orders };
  take_orders (at, LONG);
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  run_to_rest (pipeline, letter_is_filed, &mail);
  g_test_message ("%d pages of the long document were read meanwhile", (int)(mail.pages_after - mail.pages_before));
  g_assert_cmpuint (mail.most_at_once, >=, 2); /* the long document alone had both places */
  return mail.pages_after - mail.pages_before;
}

/* Each of the letter's three steps in a child may have to wait for one of two pages under way. */
static void
test_a_letter_does_not_wait_for_the_rest_of_a_long_document (Fixture *at, gconstpointer data)
{
  (void)data;
  g_assert_cmpint (pages_read_meanwhile (at, "pages 1\n"), <=, 6);
}

static void
test_the_last_pages_of_an_urgent_document_come_before_the_first_of_others (Fixture *at, gconstpointer data)
{
  (void)data;
  g_assert_cmpint (pages_read_meanwhile (at, "urgent\npages 12\n"), <=, 6);
  g_assert_cmpint (pages_read (at), <, 20);
}

static void
add_tests (void)
{
  PIPELINE_TEST ("/pipeline/fair/letter", test_a_letter_does_not_wait_for_the_rest_of_a_long_document);
  PIPELINE_TEST ("/pipeline/fair/urgent", test_the_last_pages_of_an_urgent_document_come_before_the_first_of_others);
}

int
main (int argc, char **argv)
{
  return pipeline_tests (argc, argv, add_tests);
}
