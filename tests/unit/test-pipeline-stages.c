#include "pipeline/stage.h"
#include <string.h>

/* The keys that a document goes through, joined by blanks, from the first. */
static char *
way_of (bool picture, int64_t case_id)
{
  StoreDocument document = { .picture = picture, .case_id = case_id };
  Piece piece = { .stage = pipeline_stages, .document = &document };
  GString *way = g_string_new (piece.stage->key);
  while (piece.stage != NULL)
    {
      const char *next = pipeline_next (&piece);
      g_string_append_printf (way, " %s", next);
      piece.stage = pipeline_stage (next);
    }
  return g_string_free (way, FALSE);
}

static void
test_a_text_goes_from_identify_to_rest_without_being_bound (void)
{
  g_autofree char *way = way_of (false, 0);
  g_assert_cmpstr (way, ==, "identify read understand register file index rest");
}

static void
test_a_picture_is_bound_after_it_was_read (void)
{
  g_autofree char *way = way_of (true, 0);
  g_assert_cmpstr (way, ==, "identify read bind understand register file index rest");
}

static void
test_a_document_with_a_case_is_not_registered_again (void)
{
  g_autofree char *way = way_of (false, 1);
  g_assert_cmpstr (way, ==, "identify read understand file index rest");
}

static void
test_the_first_stage_and_the_stage_of_corrections_are_in_the_table (void)
{
  g_assert_cmpstr (pipeline_stages[0].key, ==, "identify");
  g_assert_nonnull (pipeline_stage (PIPELINE_STAGE_NAMING));
  g_assert_null (pipeline_stage ("no stage"));
}

static void
test_people_read_the_words_of_the_closed_set (void)
{
  g_assert_cmpstr (pipeline_stage_name ("bind"), ==, "read");
  g_assert_cmpstr (pipeline_stage_name ("index"), ==, "index");
  g_assert_cmpstr (pipeline_stage_name (STORE_STAGE_QUARANTINED), ==, STORE_STAGE_QUARANTINED);
}

static void
test_every_stage_is_done_by_the_worker_or_by_docketd (void)
{
  size_t n = 0;
  for (int isolated = 0; isolated < 2; isolated++)
    for (const char *const *key = pipeline_stage_keys (isolated); *key != NULL; key++, n++)
      {
        const PipelineStage *stage = pipeline_stage (*key);
        g_assert_true (isolated ? stage->ask != NULL && stage->publish != NULL : stage->run != NULL);
        g_assert_cmpint (stage->tries, >, 0);
      }
  g_assert_cmpint (n, ==, pipeline_n_stages);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/pipeline/stages/" #name, test_##name)
  TEST (a_text_goes_from_identify_to_rest_without_being_bound);
  TEST (a_picture_is_bound_after_it_was_read);
  TEST (a_document_with_a_case_is_not_registered_again);
  TEST (the_first_stage_and_the_stage_of_corrections_are_in_the_table);
  TEST (people_read_the_words_of_the_closed_set);
  TEST (every_stage_is_done_by_the_worker_or_by_docketd);
  return g_test_run ();
}
