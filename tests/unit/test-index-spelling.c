#include "tests/unit/index-fixture.h"

/* "arived: arrived" for each word that @query has and no page. Owned by the caller. */
static char *
spelled (Fixture *f, const char *query)
{
  g_autoptr (IndexResult) result = search (f, query);
  GString *words = g_string_new (NULL);
  for (guint i = 0; i < result->spellings->len; i++)
    {
      const IndexSpelling *one = result->spellings->pdata[i];
      g_string_append_printf (words, "%s%s: %s", i > 0 ? ", " : "", one->word,
                              one->instead != NULL ? one->instead : "nothing");
    }
  return g_string_free (words, FALSE);
}

static void
expect_spelled_at (Fixture *f, const char *query, const char *expected, int line)
{
  g_autofree char *words = spelled (f, query);
  if (strcmp (words, expected) != 0)
    g_test_fail_printf ("line %d: %s suggests [%s], not [%s]", line, query, words, expected);
}
#define expect_spelled(f, query, expected) expect_spelled_at (f, query, expected, __LINE__)

static void
test_misspelt_word_suggests_one_that_pages_have (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: I never received the wardrobe; please receive it back.",
             "es: Presento una reclamación por el envío.", "fr: J'attends le remboursement de l'abonnement résilié.",
             "hu: Kérem a kártérítést a szőnyegért.", NULL);
  expect_spelled (f, "recieve wardrobe", "recieve: receive");
  expect_spelled (f, "RECLAMASION", "RECLAMASION: reclamación");
  expect_spelled (f, "enbio", "enbio: envío");
  expect_spelled (f, "rembousement", "rembousement: remboursement");
  expect_spelled (f, "l'abbonnement", "abbonnement: abonnement");
  expect_spelled (f, "kartéritezt", "kartéritezt: kártérítést");
  expect_spelled (f, "\"presento una reclamacoin\"", "reclamacoin: reclamación");
  expect_spelled (f, "wardrobe kettle", "kettle: nothing");
}

static void
test_commoner_word_is_suggested_before_a_rare_one_as_like (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: the delivury", "en: the delivery", "en: our delivery", NULL);
  expect_spelled (f, "delivary", "delivary: delivery");
}

static void
test_word_that_begins_and_ends_as_typed_is_suggested_before_others_unless_it_is_rare (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: the damage; it came damaged", NULL);
  expect_spelled (f, "damagd", "damagd: damaged");
  for (int64_t id = 2; id <= 10; id++)
    put_text (f, id, "en", "the damage");
  commit (f);
  expect_spelled (f, "damagd", "damagd: damage");
}

static void
test_nothing_is_suggested_where_none_is_needed (Fixture *f, gconstpointer data)
{
  (void)data;
  put_pages (f, "en: A table arrived broken, order 47110815.", "en: A chair arrived whole.", NULL);
  expect_spelled (f, "arrived", "");
  expect_spelled (f, "table whole", "");
  expect_spelled (f, "arrives whole broken", "");
  expect_spelled (f, "arived OR chair", "");
  expect_spelled (f, "chair whole -arived -whole", "");
  expect_spelled (f, "47110816", "47110816: nothing");
  expect_spelled (f, "cha", "cha: nothing");
}

static void
test_field_suggests_what_stands_in_it_and_a_removed_page_nothing (Fixture *f, gconstpointer data)
{
  (void)data;
  put (f, &(IndexPage){ .document = 1, .page_no = 1, .text = "unspeakable", .sender = "Zoé Kovács", .received = 0 });
  commit (f);
  expect_spelled (f, "from:kovach", "from:kovach: from:kovacs");
  expect_spelled (f, "unspeekable", "unspeekable: unspeakable");
  g_assert_true (index_remove (f->writer, 1, NULL));
  commit (f);
  expect_spelled (f, "unspeekable", "unspeekable: nothing");
}

#define add(test) g_test_add ("/index/spelling/" #test, Fixture, NULL, set_up, test_##test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add (misspelt_word_suggests_one_that_pages_have);
  add (commoner_word_is_suggested_before_a_rare_one_as_like);
  add (word_that_begins_and_ends_as_typed_is_suggested_before_others_unless_it_is_rare);
  add (nothing_is_suggested_where_none_is_needed);
  add (field_suggests_what_stands_in_it_and_a_removed_page_nothing);
  return g_test_run ();
}
