/* Pages whose words do not simply follow each other. */
#include "extract/page.h"
#include "extract/prepare.h"
#include "tests/unit/extract_models.h"
#include "tests/unit/fixture.h"
#include <string.h>

static const Limits limits = LIMITS_DEFAULT;

/* Reads tests/fixtures/extract/@name as a page that is said to be in English, by a worker that knows French too. */
static RecordPage *
read_page (const char *name, unsigned without)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  g_autoptr (GError) error = NULL;
  char *hints[] = { (char *)"en", NULL };
  const ExtractPageJob how = { .languages = hints, .limits = &limits, .without = without };
  RecordPage *page = extract_page_job (file, "image/tiff", 1, &how, &error);
  g_assert_no_error (error);
  g_test_message ("%s: %s\n%s", name, page->steps, page->text);
  return page;
}

static void
assert_has (const RecordPage *page, const char *text)
{
  if (strstr (page->text, text) == NULL)
    g_error ("the page does not say \"%s\"", text);
}

static void
test_a_letter_quoted_in_another_language_is_read_with_its_model (void)
{
  g_autoptr (RecordPage) page = read_page ("quoted.tif", 0);
  g_assert_cmpstr (page->steps, ==, "other-language");
  assert_has (page, "à la fin du mois d’août est arrivé cassé");
  assert_has (page, "Je vous ai déjà écrit deux fois à ce sujet");
  assert_has (page, "l’un des pieds est fendu et la housse a été déchirée");
  assert_has (page, "The warehouse says that the chair left our hands in good order");
  const char *french = strstr (page->text, "Madame"), *english = strstr (page->text, "have decided?");
  g_assert_true (english < french && french < strstr (page->text, "The warehouse"));
  g_autoptr (RecordPage) plain = read_page ("quoted.tif", EXTRACT_STEP_PARAGRAPHS);
  g_assert_null (strstr (plain->text, "déjà"));
}

/* Words of the quoted letter lie where they lay before: only their letters are others. */
static void
test_words_read_again_stay_at_their_place (void)
{
  g_autoptr (RecordPage) page = read_page ("quoted.tif", 0), plain = read_page ("quoted.tif", EXTRACT_STEP_PARAGRAPHS);
  guint same = 0;
  for (guint i = 0; i < page->words->len; i++)
    for (guint j = 0; j < plain->words->len; j++)
      {
        RecordBox a = g_array_index (page->words, RecordWord, i).box;
        RecordBox b = g_array_index (plain->words, RecordWord, j).box;
        same += ABS (a.x0 - b.x0) <= 3 && ABS (a.y0 - b.y0) <= 3 && ABS (a.x1 - b.x1) <= 3 && ABS (a.y1 - b.y1) <= 3;
      }
  g_assert_cmpuint (same * 10, >=, plain->words->len * 9);
}

static void
test_a_page_in_one_language_is_read_once (void)
{
  g_autoptr (RecordPage) page = read_page ("columns.tif", 0);
  g_assert_null (strstr (page->steps, "other-language"));
  g_assert_cmpstr (page->language, ==, "en");
}

static void
test_a_form_and_a_table_keep_their_rows (void)
{
  g_autoptr (RecordPage) form = read_page ("form.tif", 0), table = read_page ("table.tif", 0);
  g_assert_cmpstr (form->steps, ==, "rows");
  assert_has (form, "\nName of the insured Edith Marlowe\nNumber of the policy 48-1163-07\n");
  assert_has (form, "\nTelephone by day 01632 960 114\nI have told the truth");
  assert_has (table, "\nArticle Pieces Each Sum\nGarden chair, green 4 31.50 126.00\nFolding table 1 88.90 88.90\n");
  assert_has (table, "\nDelivery 1 15.00 15.00\nPlease pay within thirty days");
}

static void
test_a_letterhead_keeps_its_addresses_and_columns_follow_each_other (void)
{
  g_autoptr (RecordPage) letter = read_page ("letterhead.tif", 0), news = read_page ("columns.tif", 0);
  g_assert_cmpstr (letter->steps, ==, "columns");
  assert_has (letter,
              "\nMrs Edith Marlowe\n12 Orchard Road\nLittle Hampden\nClaims department\n4 Quay Street\nPort Selby\n");
  assert_has (news, "for their\npatience, and above all the shops,\n");
  g_assert_true (strstr (news->text, "\nriver.") < strstr (news->text, "Meters are read again"));
}

int
main (int argc, char **argv)
{
  begin_with_models (&argc, &argv, "en,fr");
  g_test_add_func ("/extract/layout/quoted", test_a_letter_quoted_in_another_language_is_read_with_its_model);
  g_test_add_func ("/extract/layout/places", test_words_read_again_stay_at_their_place);
  g_test_add_func ("/extract/layout/once", test_a_page_in_one_language_is_read_once);
  g_test_add_func ("/extract/layout/rows", test_a_form_and_a_table_keep_their_rows);
  g_test_add_func ("/extract/layout/columns", test_a_letterhead_keeps_its_addresses_and_columns_follow_each_other);
  return g_test_run ();
}
