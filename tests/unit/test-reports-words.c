#include "reports/lines.h"
#include "reports/words.h"
#include <string.h>

static RecordPage *
page_of (const char *text, const RecordWord *words, guint n)
{
  RecordPage *page = record_page_new (2);
  page->origin = RECORD_ORIGIN_RECOGNISED;
  g_strlcpy (page->language, "hu", sizeof page->language);
  page->dpi = 300;
  page->width_px = 2480;
  page->height_px = 3508;
  page->confidence = 93.5;
  g_free (page->text);
  page->text = g_strdup (text);
  g_array_append_vals (page->words, words, n);
  return page;
}

/* @page as one file; what is not well formed fails the test. Owned by the caller. */
static char *
written (const ReportFormat *format, const RecordPage *page, const char *name)
{
  g_autoptr (GError) error = NULL;
  const ReportDocument document = { .name = name, .number = "D-2026-000001-45/1", .language = "hu", .pages = 1 };
  const GMarkupParser parser = { NULL };
  GString *xml = g_string_new (NULL);
  format->begin (xml, &document);
  format->page (xml, &document, page);
  format->end (xml);
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, NULL, NULL);
  g_markup_parse_context_parse (context, xml->str, (gssize)xml->len, &error);
  g_assert_no_error (error);
  g_assert_true (g_markup_parse_context_end_parse (context, &error));
  return g_string_free (xml, FALSE);
}

static void
expect_in (const char *xml, const char *part)
{
  if (strstr (xml, part) == NULL)
    g_test_fail_printf ("%s\nis not in\n%s", part, xml);
}

static const RecordWord letter[] = {
  { 0, 5, { 100, 100, 300, 150 }, 95, 7, 0 },   /* Tisza */
  { 6, 12, { 320, 100, 560, 150 }, 80, 0, 0 },  /* rekla- */
  { 13, 18, { 100, 170, 290, 220 }, 90, 1, 0 }, /* máció */
  { 20, 27, { 100, 400, 400, 450 }, 100, 3, 0 } /* A-4711. */
};
#define LETTER "Tisza rekla-\nmáció\n\nA-4711.\n"

static void
test_hocr_has_a_level_for_each_level_of_the_page (void)
{
  g_autoptr (RecordPage) page = page_of (LETTER, letter, 4);
  g_autofree char *xml = written (&report_hocr, page, "scan.tif");
  expect_in (xml,
             "<div class=\"ocr_page\" id=\"page_2\" lang=\"hu\" xml:lang=\"hu\" title=\"image &quot;scan.tif&quot;; "
             "bbox 0 0 2480 3508; ppageno 1; scan_res 300 300\">");
  expect_in (xml, "<div class=\"ocr_carea\" id=\"block_2_1\" title=\"bbox 100 100 560 450\">");
  expect_in (xml, "<p class=\"ocr_par\" id=\"par_2_1\" lang=\"hu\" xml:lang=\"hu\" title=\"bbox 100 100 560 220\">");
  expect_in (xml, "<p class=\"ocr_par\" id=\"par_2_2\" lang=\"hu\" xml:lang=\"hu\" title=\"bbox 100 400 400 450\">");
  expect_in (xml, "<span class=\"ocr_line\" id=\"line_2_2\" title=\"bbox 100 170 290 220; baseline 0 0\">");
  expect_in (xml, "title=\"bbox 320 100 560 150; x_wconf 80\">rekla-</span></span>");
  expect_in (xml, "<meta name=\"ocr-number-of-pages\" content=\"1\" />");
}

static void
test_alto_names_the_whole_of_a_word_broken_over_lines (void)
{
  g_autoptr (RecordPage) page = page_of (LETTER, letter, 4);
  g_autofree char *xml = written (&report_alto, page, "scan.tif");
  expect_in (xml, "<String ID=\"string_2_2\" HPOS=\"320\" VPOS=\"100\" WIDTH=\"200\" HEIGHT=\"50\" WC=\"0.80\" "
                  "CONTENT=\"rekla\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"reklamáció\"/>\n"
                  "<HYP HPOS=\"520\" VPOS=\"100\" WIDTH=\"40\" HEIGHT=\"50\" CONTENT=\"-\"/>\n</TextLine>");
  expect_in (xml, "CONTENT=\"máció\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"reklamáció\"/>");
  expect_in (xml, "WC=\"1.00\" CONTENT=\"A-4711.\"/>");
  expect_in (xml, "<SP HPOS=\"300\" VPOS=\"100\" WIDTH=\"20\" HEIGHT=\"50\"/>");
  expect_in (xml,
             "PHYSICAL_IMG_NR=\"2\" PROCESSING=\"OCR_1\" LANG=\"hu\" WIDTH=\"2480\" HEIGHT=\"3508\" PC=\"0.935\">");
  g_assert_null (strstr (xml, "ROTATION"));
}

static void
test_a_word_of_three_lines_has_one_whole (void)
{
  const RecordWord words[] = { { 0, 4, { 0, 0, 40, 10 }, 90, 7, 0 },
                               { 5, 11, { 0, 20, 60, 30 }, 90, 1, 0 },
                               { 12, 17, { 0, 40, 50, 50 }, 90, 1, 0 } };
  g_autoptr (RecordPage) page = page_of ("Ver-\nsiche-\nrung,\n", words, 3);
  g_autofree char *xml = written (&report_alto, page, "scan.tif");
  expect_in (xml, "CONTENT=\"Ver\" SUBS_TYPE=\"HypPart1\" SUBS_CONTENT=\"Versicherung,\"/>");
  expect_in (xml, "CONTENT=\"siche\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"Versicherung,\"/>");
  expect_in (xml, "CONTENT=\"rung,\" SUBS_TYPE=\"HypPart2\" SUBS_CONTENT=\"Versicherung,\"/>");
}

static void
test_an_endless_chain_of_hyphens_is_no_word (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GArray) words = g_array_new (FALSE, FALSE, sizeof (RecordWord));
  for (guint i = 0; i < 20000; i++)
    {
      RecordWord word = { .from = i * 4, .to = i * 4 + 3, .box = { 0, 0, 9, 9 }, .begins = 1 };
      g_string_append (text, "aa-\n");
      g_array_append_val (words, word);
    }
  g_autoptr (RecordPage) page = page_of (text->str, (const RecordWord *)words->data, words->len);
  g_autofree char *xml = written (&report_alto, page, "scan.tif");
  g_assert_null (strstr (xml, "SUBS_TYPE"));
  g_assert_nonnull (strstr (xml, "CONTENT=\"aa-\""));
}

static void
test_what_xml_cannot_carry_is_replaced (void)
{
  const RecordWord words[] = { { 0, 10, { 0, 0, 40, 10 }, 90, 7, 0 }, { 11, 13, { 50, 0, 60, 10 }, 90, 0, 0 } };
  g_autoptr (RecordPage) page = page_of ("<a&\"b\x01\xC2\x85\uFFFE\x0b> 😀𝒜\n", words, 2);
  for (const ReportFormat *const *format = (const ReportFormat *const[]){ &report_hocr, &report_alto, NULL };
       *format != NULL; format++)
    {
      g_autofree char *xml = written (*format, page, "a\"b <&>\n.tif");
      expect_in (xml, "&lt;a&amp;&quot;b\uFFFD\uFFFD\uFFFD\uFFFD&gt;");
      expect_in (xml, "😀𝒜");
      expect_in (xml, "b &lt;&amp;&gt;&#10;.tif");
    }
}

static void
test_a_line_written_from_the_right_says_so (void)
{
  const RecordWord words[] = { { 0, 4, { 800, 0, 900, 40 }, 90, 7, 0 }, { 5, 9, { 690, 0, 790, 40 }, 90, 0, 0 } };
  g_autoptr (RecordPage) page = page_of ("שלום עולם\n", words, 2);
  g_autofree char *hocr = written (&report_hocr, page, "scan.tif"), *alto = written (&report_alto, page, "scan.tif");
  expect_in (hocr, " dir=\"rtl\" title=");
  expect_in (alto, " BASEDIRECTION=\"rtl\"");
  expect_in (alto, "<SP HPOS=\"790\" VPOS=\"0\" WIDTH=\"10\" HEIGHT=\"40\"/>");
}

static void
test_a_skewed_line_has_a_slope (void)
{
  const RecordWord words[]
      = { { 0, 1, { 1000, 965, 1040, 1000 }, 90, 7, 20 }, { 2, 3, { 2000, 930, 2040, 965 }, 90, 0, 20 } };
  g_autoptr (RecordPage) page = page_of ("a b\n", words, 2);
  g_autofree char *hocr = written (&report_hocr, page, "scan.tif"), *alto = written (&report_alto, page, "scan.tif");
  expect_in (hocr, "baseline -0.03492 0\">");
  expect_in (alto, " ROTATION=\"2.0\" LANG=\"hu\"");
  expect_in (alto, " BASELINE=\"1000,1000 2040,964\"");
}

static void
test_a_line_up_the_page_has_an_angle (void)
{
  const RecordWord words[] = { { 0, 1, { 10, 10, 40, 400 }, 90, 7, 900 } };
  g_autoptr (RecordPage) page = page_of ("a\n", words, 1);
  g_autofree char *hocr = written (&report_hocr, page, "scan.tif"), *alto = written (&report_alto, page, "scan.tif");
  expect_in (hocr, "; textangle 90.0\">");
  expect_in (alto, " ROTATION=\"90.0\"");
  g_assert_null (strstr (alto, "BASELINE"));
}

static void
test_a_page_that_is_missing_is_there_without_words (void)
{
  g_autoptr (RecordPage) page = record_page_new (3);
  g_autofree char *hocr = written (&report_hocr, page, "scan.tif"), *alto = written (&report_alto, page, "scan.tif");
  expect_in (hocr, "; bbox 0 0 0 0; ppageno 2\">\n</div>");
  expect_in (alto, "LANG=\"und\" QUALITY=\"Missing\">\n<PrintSpace");
}

static void
test_descenders_do_not_lower_the_base_line (void)
{
  const RecordWord words[] = { { 0, 2, { 0, 0, 40, 60 }, 90, 7, 0 },
                               { 3, 4, { 50, 0, 90, 50 }, 90, 0, 0 },
                               { 5, 6, { 100, 0, 140, 50 }, 90, 0, 0 },
                               { 7, 8, { 150, 0, 160, 20 }, 90, 0, 0 } };
  g_autoptr (RecordPage) page = page_of ("ág n m '\n", words, 4);
  g_autoptr (GArray) slices = report_words (page);
  g_autoptr (GArray) lines = report_lines (page, slices);
  g_assert_cmpfloat (g_array_index (lines, ReportLine, 0).offset_px, ==, -10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/words/hocr", test_hocr_has_a_level_for_each_level_of_the_page);
  g_test_add_func ("/words/alto", test_alto_names_the_whole_of_a_word_broken_over_lines);
  g_test_add_func ("/words/three", test_a_word_of_three_lines_has_one_whole);
  g_test_add_func ("/words/chain", test_an_endless_chain_of_hyphens_is_no_word);
  g_test_add_func ("/words/escape", test_what_xml_cannot_carry_is_replaced);
  g_test_add_func ("/words/rtl", test_a_line_written_from_the_right_says_so);
  g_test_add_func ("/words/skew", test_a_skewed_line_has_a_slope);
  g_test_add_func ("/words/upright", test_a_line_up_the_page_has_an_angle);
  g_test_add_func ("/words/missing", test_a_page_that_is_missing_is_there_without_words);
  g_test_add_func ("/words/base-line", test_descenders_do_not_lower_the_base_line);
  return g_test_run ();
}
