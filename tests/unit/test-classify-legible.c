#include "classify/legible.h"

static RecordPage *
read_page (const char *text, uint8_t confidence)
{
  RecordPage *page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup (text);
  page->origin = RECORD_ORIGIN_RECOGNISED;
  for (uint32_t from = 0, to; text[from] != '\0'; from = to + 1)
    {
      to = from + (uint32_t)strcspn (text + from, " \n");
      RecordWord word = { .from = from, .to = to, .box = { 0, 0, 10, 10 }, .confidence = confidence };
      g_array_append_val (page->words, word);
    }
  return page;
}

/* A kind and a sender found on @page, once they are checked. */
static GPtrArray *
checked (const RecordPage *page)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_autoptr (GPtrArray) pages = g_ptr_array_new ();
  g_ptr_array_add (pages, (RecordPage *)(uintptr_t)page);
  g_ptr_array_add (findings, record_finding_new ("kind", "question", "", 0.9));
  RecordFinding *sender = record_finding_new ("sender", "Wan Zvo", "Wan Zvo", 0.8);
  record_finding_because (sender, page, 0, 7, "place:first-lines");
  g_ptr_array_add (findings, sender);
  classify_legible_check (pages, findings);
  return findings;
}

static void
test_of_what_was_hardly_read_nothing_is_sure_and_nobody_wrote_it (void)
{
  g_autoptr (RecordPage) page = read_page ("Wan Zvo msiO eM ttsnsT\n", 36);
  g_autoptr (GPtrArray) findings = checked (page);
  g_assert_cmpuint (findings->len, ==, 1);
  const RecordFinding *kind = findings->pdata[0];
  g_assert_true (kind->undecided);
  g_assert_cmpfloat (kind->confidence, <=, 0.5);
}

static void
test_a_bad_scan_is_believed (void)
{
  g_autoptr (RecordPage) page = read_page ("Wan Zvo has a question\n", 80);
  g_autoptr (GPtrArray) findings = checked (page);
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_false (((const RecordFinding *)findings->pdata[0])->undecided);
}

static void
test_one_bad_line_costs_its_field_alone (void)
{
  g_autoptr (RecordPage) page = read_page ("Wan Zvo has a question about the bill of last month\n", 95);
  g_array_index (page->words, RecordWord, 0).confidence = g_array_index (page->words, RecordWord, 1).confidence = 20;
  g_autoptr (GPtrArray) findings = checked (page);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_false (((const RecordFinding *)findings->pdata[0])->undecided);
}

static void
test_a_text_without_boxes_is_believed (void)
{
  g_autoptr (RecordPage) page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup ("Wan Zvo\n");
  g_autoptr (GPtrArray) findings = checked (page);
  g_assert_cmpuint (findings->len, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/legible/of what was hardly read nothing is sure, and nobody wrote it",
                   test_of_what_was_hardly_read_nothing_is_sure_and_nobody_wrote_it);
  g_test_add_func ("/legible/a bad scan is believed", test_a_bad_scan_is_believed);
  g_test_add_func ("/legible/one bad line costs its field alone", test_one_bad_line_costs_its_field_alone);
  g_test_add_func ("/legible/a text without boxes is believed", test_a_text_without_boxes_is_believed);
  return g_test_run ();
}
