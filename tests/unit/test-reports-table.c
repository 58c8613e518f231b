#include "reports/chart.h"
#include "reports/format.h"
#include "reports/letter.h"
#include "reports/measure.h"
#include "reports/stopwords.h"
#include "reports/table.h"
#include <math.h>
#include <string.h>

static ReportTable *
table_of (const char *text, GPtrArray *quotes)
{
  ReportTable *table = report_table_new ("sources", "en");
  report_table_column (table, "profile", NULL, REPORT_TEXT);
  report_table_column (table, "share", NULL, REPORT_SHARE);
  report_table_column (table, "quotes", NULL, REPORT_QUOTES);
  report_row (table, REPORT_ROW);
  report_cell_text (table, text);
  report_cell_share (table, 1, 3);
  report_cell_quotes (table, quotes != NULL ? quotes : g_ptr_array_new ());
  return table;
}

static void
test_a_field_that_looks_like_a_formula_is_text (void)
{
  static const char *const texts[][2]
      = { { "=1+1", "\"'=1+1\"" }, { "+34 900", "\"'+34 900\"" }, { "-x", "\"'-x\"" },      { "@sum", "\"'@sum\"" },
          { "a=b", "a=b" },        { "a,b", "\"a,b\"" },          { "a\"b", "\"a\"\"b\"" }, { "ő", "ő" } };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ReportTable) table = table_of (texts[i][0], NULL);
      g_autofree char *csv = report_table_csv (table);
      g_autofree char *wanted = g_strdup_printf ("profile,share,quotes\r\n%s,0.3333,\r\n", texts[i][1]);
      g_assert_cmpstr (csv, ==, wanted);
    }
}

static void
test_markup_in_a_cell_and_a_quote_is_shown_not_obeyed (void)
{
  GPtrArray *quotes = g_ptr_array_new_with_free_func ((GDestroyNotify)report_quote_free);
  ReportQuote *quote = g_new0 (ReportQuote, 1);
  *quote = (ReportQuote){ g_strdup ("D-1/1"), g_strdup ("<b>never</b>"), g_strdup ("en"), 3, 8 };
  g_ptr_array_add (quotes, quote);
  g_autoptr (ReportTable) table = table_of ("<script>'\"&", quotes);
  g_autoptr (GString) html = g_string_new (NULL);
  report_table_html (table, html);
  g_assert_nonnull (strstr (html->str, "&lt;script&gt;&#39;&quot;&amp;"));
  g_assert_nonnull (strstr (html->str, "<q lang=\"en\">&lt;b&gt;<mark>never</mark>&lt;/b&gt;</q>"));
  g_assert_null (strstr (html->str, "<script"));
}

static void
test_what_is_not_known_is_blank_and_null (void)
{
  g_autoptr (ReportTable) table = report_table_new ("kinds", "en");
  report_table_column (table, "share", NULL, REPORT_SHARE);
  report_table_column (table, "p50_s", NULL, REPORT_SECONDS);
  report_table_column (table, "due", NULL, REPORT_DAY);
  report_row (table, REPORT_ROW);
  report_cell_share (table, 0, 0);
  report_cell_seconds (table, NAN);
  report_cell_day (table, DK_DAY_NONE);
  g_autofree char *csv = report_table_csv (table);
  g_autoptr (json_t) object = report_table_json (table);
  const json_t *row = json_array_get (json_object_get (object, "rows"), 0);
  g_assert_cmpstr (csv, ==, "share,p50_s,due\r\n,,\r\n");
  g_assert_true (json_is_null (json_object_get (row, "share")));
  g_assert_true (json_is_null (json_object_get (row, "due")));
  g_assert_true (json_is_null (json_object_get (object, "n")));
}

static void
test_intervals_percentiles_and_keyness_are_those_of_the_books (void)
{
  double low, high;
  report_wilson (15, 148, &low, &high); /* Newcombe 1998: 0.0624 to 0.1605 */
  g_assert_cmpfloat_with_epsilon (low, 0.0624, 0.0001);
  g_assert_cmpfloat_with_epsilon (high, 0.1605, 0.0001);
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_assert_true (isnan (report_percentile (values, 50)));
  for (double value = 10; value > 0; value--)
    g_array_append_val (values, value);
  report_sort (values);
  g_assert_cmpfloat (report_percentile (values, 50), ==, 5);
  g_assert_cmpfloat (report_percentile (values, 90), ==, 9);
  g_assert_cmpfloat (report_percentile (values, 100), ==, 10);
  g_assert_cmpfloat_with_epsilon (report_keyness (5, 10, 5, 10), 0, 1e-9);
  g_assert_cmpfloat_with_epsilon (report_keyness (10, 10, 0, 10), 2 * 20 * log (2), 1e-9);
  g_assert_cmpfloat (report_keyness (1, 10, 9, 10), <, 0);
  g_assert_true (isnan (report_keyness (1, 1, 0, 0)));
}

static void
test_numbers_speak_the_language_of_the_report (void)
{
  g_autofree char *share = report_show_share ("es", 0.0825);
  g_autofree char *count = report_show_count ("fr", 12345);
  g_autofree char *day = report_show_day ("hu", dk_day (2026, 11, 23));
  g_autofree char *fast = report_show_seconds ("en", 0.0401);
  g_autofree char *minutes = report_show_seconds ("en", 200);
  g_autofree char *days = report_show_seconds ("hu", 90 * 3600);
  g_assert_cmpstr (share, ==, "8,2\u00a0%");
  g_assert_cmpstr (count, ==, "12\u202f345");
  g_assert_cmpstr (day, ==, "2026. nov. 23.");
  g_assert_cmpstr (fast, ==, "40 ms");
  g_assert_cmpstr (minutes, ==, "3 min 20 s");
  g_assert_cmpstr (days, ==, "3 nap 18 ó");
}

static void
test_greetings_and_closings_are_known_in_four_languages (void)
{
  g_assert_true (report_is_greeting ("Dear Ms Smith,"));
  g_assert_true (report_is_greeting ("Madame, Monsieur,"));
  g_assert_true (report_is_greeting ("Estimados señores:"));
  g_assert_true (report_is_greeting ("Tisztelt Ügyfélszolgálat!"));
  g_assert_false (report_is_greeting ("Sirens kept me awake."));
  g_assert_true (report_is_closing ("Veuillez agréer, Madame, l’expression de mes salutations"));
  g_assert_true (report_is_closing ("Üdvözlettel:"));
  g_assert_true (report_is_closing ("Atentamente,"));
  g_assert_false (report_is_closing ("Regardless of that, it broke."));
  g_assert_true (report_is_stop_word ("hu", "hogy"));
  g_assert_true (report_is_stop_word ("fr", "été"));
  g_assert_true (report_is_denial ("es", "nunca"));
  g_assert_false (report_is_stop_word ("en", "parcel"));
}

static void
test_words_are_joined_by_blanks_alone (void)
{
  g_autoptr (GArray) words = report_letter_words ("Never arrived. Où ?");
  g_assert_cmpuint (words->len, ==, 3);
  g_assert_cmpstr (g_array_index (words, ReportWord, 0).word, ==, "never");
  g_assert_true (g_array_index (words, ReportWord, 1).joined);
  g_assert_cmpstr (g_array_index (words, ReportWord, 2).word, ==, "où");
  g_assert_false (g_array_index (words, ReportWord, 2).joined);
}

static void
test_a_chart_says_in_words_what_it_shows (void)
{
  g_autoptr (GArray) bars = chart_bars_new ();
  chart_bars_add (bars, g_strdup ("a & b"), g_strdup ("3"), 3, CHART_MAIN);
  chart_bars_add (bars, g_strdup ("none"), g_strdup ("0"), 0, CHART_MAIN);
  g_autoptr (ChartScene) scene = chart_bars ("Title", "Finding", bars, 9);
  g_autoptr (GString) svg = g_string_new (NULL);
  chart_svg (scene, "x", svg);
  g_assert_nonnull (strstr (svg->str, "role=\"img\" aria-labelledby=\"x-title x-desc\""));
  g_assert_nonnull (strstr (svg->str, "<title id=\"x-title\">Title</title><desc id=\"x-desc\">Finding</desc>"));
  g_assert_nonnull (strstr (svg->str, "width=\"100.00%\" height=\"14.0\"><title>a &amp; b: 3</title></rect>"));
  g_assert_null (strstr (svg->str, "none: 0"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reports/table/formula", test_a_field_that_looks_like_a_formula_is_text);
  g_test_add_func ("/reports/table/markup", test_markup_in_a_cell_and_a_quote_is_shown_not_obeyed);
  g_test_add_func ("/reports/table/blank", test_what_is_not_known_is_blank_and_null);
  g_test_add_func ("/reports/measure", test_intervals_percentiles_and_keyness_are_those_of_the_books);
  g_test_add_func ("/reports/format", test_numbers_speak_the_language_of_the_report);
  g_test_add_func ("/reports/courtesies", test_greetings_and_closings_are_known_in_four_languages);
  g_test_add_func ("/reports/words", test_words_are_joined_by_blanks_alone);
  g_test_add_func ("/reports/chart", test_a_chart_says_in_words_what_it_shows);
  return g_test_run ();
}
