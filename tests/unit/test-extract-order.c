/* The order of words that stand side by side, told by their boxes alone. */
#include "extract/order.h"

enum
{
  LETTER = 10, /* pixels, as wide as high */
  HEIGHT = 20,
};

/* Adds the words of @text from (@x, @y) on, as the next line of the engine, or as more of the last one. */
static void
put (ExtractReading *reading, int x, int y, const char *text, bool line)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 0);
  for (char **at = words; *at != NULL; at++)
    {
      int right = x + LETTER * (int)g_utf8_strlen (*at, -1);
      ExtractReadWord word = { .text = g_strdup (*at),
                               .box = { x, y, right, y + HEIGHT },
                               .confidence = 90,
                               .begins = line && at == words ? RECORD_WORD_BEGINS_LINE : 0 };
      g_array_append_val (reading->words, word);
      x = right + LETTER;
    }
}

/* The lines of @reading, parted by "|". */
static char *
lines_of (const ExtractReading *reading)
{
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < reading->words->len; i++)
    {
      const ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      bool begins = word->begins & RECORD_WORD_BEGINS_LINE;
      g_string_append_printf (all, "%s%s", i == 0 ? "" : begins ? "|" : " ", word->text);
    }
  return g_string_free (all, FALSE);
}

static void
assert_lines (const ExtractReading *reading, const char *lines)
{
  g_autofree char *all = lines_of (reading);
  g_assert_cmpstr (all, ==, lines);
}

static void
test_a_form_that_was_read_by_columns_has_rows (void)
{
  g_autoptr (ExtractReading) form = extract_reading_new ("en");
  static const char *const names[] = { "Name", "Policy", "Day", "Place", "Cause" };
  static const char *const values[] = { "Edith Marlowe", "48-1163", "14 February", "Kitchen", "Burst pipe" };
  put (form, 100, 20, "Notice of a claim", true);
  for (int i = 0; i < 5; i++)
    put (form, 100, 100 + 40 * i, names[i], true);
  for (int i = 0; i < 5; i++)
    put (form, 500, 102 + 40 * i, values[i], true);
  put (form, 100, 400, "I have told the truth and nothing else", true);
  ExtractOrder order = extract_order (form, NULL);
  g_assert_true (order.rows && !order.columns);
  assert_lines (form, "Notice of a claim|Name Edith Marlowe|Policy 48-1163|Day 14 February|Place Kitchen|"
                      "Cause Burst pipe|I have told the truth and nothing else");
}

/* A sheet with a line below each of @n rows that are 40 pixels apart, the first at @y. */
static PIX *
ruled_sheet (int y, int n)
{
  PIX *ink = pixCreate (1000, 1000, 1);
  for (int i = 0; i < n; i++)
    pixRasterop (ink, 80, y + 40 * i + 30, 840, 2, PIX_SET, NULL, 0, 0);
  return ink;
}

static void
test_lines_between_few_rows_make_a_form_of_them (void)
{
  static const char *const names[] = { "Domicilio", "Localidad", "Teléfono" };
  static const char *const values[] = { "Calle Arenal de la Cruz 18", "Jerez de la Frontera", "600 555 014" };
  for (int ruled = 0; ruled < 2; ruled++)
    {
      g_autoptr (ExtractReading) form = extract_reading_new ("es");
      g_autoptr (PIX) ink = ruled ? ruled_sheet (100, 3) : pixCreate (1000, 1000, 1);
      for (int i = 0; i < 3; i++)
        put (form, 100, 100 + 40 * i, names[i], true);
      for (int i = 0; i < 3; i++)
        put (form, 500, 101 + 40 * i, values[i], true);
      g_assert_cmpint (extract_order (form, ink).rows, ==, ruled);
      assert_lines (form, ruled ? "Domicilio Calle Arenal de la Cruz 18|Localidad Jerez de la Frontera|"
                                  "Teléfono 600 555 014"
                                : "Domicilio|Localidad|Teléfono|Calle Arenal de la Cruz 18|Jerez de la Frontera|"
                                  "600 555 014");
    }
}

/* As under a heading, or round a box. */
static void
test_one_line_makes_no_form_of_addresses (void)
{
  g_autoptr (ExtractReading) head = extract_reading_new ("es");
  g_autoptr (PIX) ink = ruled_sheet (60, 1);
  static const char *const left[] = { "Pilar Ocaña", "Calle Mayor", "Lugo" };
  static const char *const right[] = { "Atención al cliente", "Avenida del Puerto", "Vigo" };
  for (int i = 0; i < 3; i++)
    put (head, 100, 100 + 40 * i, left[i], true);
  for (int i = 0; i < 3; i++)
    put (head, 500, 100 + 40 * i, right[i], true);
  g_assert_false (extract_order (head, ink).rows);
}

static void
test_a_cell_of_two_lines_and_a_sum_below_belong_to_the_table (void)
{
  g_autoptr (ExtractReading) bill = extract_reading_new ("en");
  put (bill, 100, 100, "Garden chair with", true);
  put (bill, 100, 124, "arms", true);
  put (bill, 100, 160, "Table", true);
  put (bill, 100, 200, "Sum", true);
  put (bill, 600, 100, "31.50", true);
  put (bill, 600, 160, "88.90", true);
  put (bill, 590, 200, "120.40", true);
  g_assert_true (extract_order (bill, NULL).rows);
  assert_lines (bill, "Garden chair with 31.50|arms|Table 88.90|Sum 120.40");
}

static void
test_addresses_that_were_read_across_come_one_after_the_other (void)
{
  g_autoptr (ExtractReading) head = extract_reading_new ("en");
  put (head, 100, 100, "Edith Marlowe", true);
  put (head, 600, 100, "Claims department", false);
  put (head, 100, 130, "12 Orchard Road", true);
  put (head, 600, 130, "4 Quay Street", false);
  put (head, 100, 160, "Little Hampden", true);
  put (head, 600, 160, "Port Selby", false);
  put (head, 100, 260, "Dear Mrs Marlowe, we have received your notice about the pipe", true);
  ExtractOrder order = extract_order (head, NULL);
  g_assert_true (order.columns && !order.rows);
  assert_lines (head, "Edith Marlowe|12 Orchard Road|Little Hampden|Claims department|4 Quay Street|Port Selby|"
                      "Dear Mrs Marlowe, we have received your notice about the pipe");
  const ExtractReadWord *words = &g_array_index (head->words, ExtractReadWord, 0);
  g_assert_cmpuint (words[7].begins & RECORD_WORD_BEGINS_BLOCK, !=, 0); /* Claims */
}

static void
test_references_beside_an_address_are_a_table_of_their_own (void)
{
  g_autoptr (ExtractReading) head = extract_reading_new ("en");
  static const char *const left[] = { "Edith Marlowe", "12 Orchard Road", "Little Hampden" };
  static const char *const names[] = { "Our reference", "Your letter of", "Date" };
  static const char *const values[] = { "C-2207/AM", "2 March 2026", "9 March 2026" };
  for (int i = 0; i < 3; i++)
    put (head, 100, 100 + 30 * i, left[i], true);
  for (int i = 0; i < 3; i++)
    put (head, 600, 100 + 30 * i, names[i], true);
  for (int i = 0; i < 3; i++)
    put (head, 900, 100 + 30 * i, values[i], true);
  g_assert_true (extract_order (head, NULL).rows);
  assert_lines (head, "Edith Marlowe|12 Orchard Road|Little Hampden|Our reference C-2207/AM|"
                      "Your letter of 2 March 2026|Date 9 March 2026");
}

static void
test_columns_of_a_text_stay_as_the_engine_read_them (void)
{
  g_autoptr (ExtractReading) news = extract_reading_new ("en");
  for (int i = 0; i < 8; i++)
    put (news, 100, 100 + 30 * i, "the new main in our lane was", true);
  for (int i = 0; i < 8; i++)
    put (news, 600, 100 + 30 * i, "open on the day of the fair", true);
  g_autofree char *before = lines_of (news);
  ExtractOrder order = extract_order (news, NULL);
  g_assert_true (!order.rows && !order.columns);
  assert_lines (news, before);
}

static void
test_a_wide_blank_in_one_line_below_an_address_is_no_column (void)
{
  g_autoptr (ExtractReading) letter = extract_reading_new ("en");
  put (letter, 500, 100, "Harbour Inn", true);
  put (letter, 500, 140, "Mole Street", true);
  put (letter, 500, 180, "Saltcombe", true);
  put (letter, 100, 240, "Dear Sirs,", true);
  put (letter, 100, 280, "we thank you for", true);
  put (letter, 500, 280, "the fine days at your house", false);
  const char *lines = "Harbour Inn|Mole Street|Saltcombe|Dear Sirs,|we thank you for the fine days at your house";
  g_assert_false (extract_order (letter, NULL).columns);
  assert_lines (letter, lines);
}

static void
test_a_table_that_has_its_rows_and_two_lines_of_sums_stay (void)
{
  g_autoptr (ExtractReading) bill = extract_reading_new ("en");
  put (bill, 100, 100, "Chair", true);
  put (bill, 600, 100, "31.50", false);
  put (bill, 100, 130, "Table", true);
  put (bill, 600, 130, "88.90", false);
  g_autofree char *before = lines_of (bill);
  ExtractOrder order = extract_order (bill, NULL);
  g_assert_true (!order.rows && !order.columns);
  assert_lines (bill, before);
  g_autoptr (ExtractReading) nothing = extract_reading_new ("en");
  order = extract_order (nothing, NULL);
  g_assert_true (!order.rows && !order.columns);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/order/form", test_a_form_that_was_read_by_columns_has_rows);
  g_test_add_func ("/extract/order/ruled", test_lines_between_few_rows_make_a_form_of_them);
  g_test_add_func ("/extract/order/one line", test_one_line_makes_no_form_of_addresses);
  g_test_add_func ("/extract/order/wrapped", test_a_cell_of_two_lines_and_a_sum_below_belong_to_the_table);
  g_test_add_func ("/extract/order/addresses", test_addresses_that_were_read_across_come_one_after_the_other);
  g_test_add_func ("/extract/order/beside", test_references_beside_an_address_are_a_table_of_their_own);
  g_test_add_func ("/extract/order/columns", test_columns_of_a_text_stay_as_the_engine_read_them);
  g_test_add_func ("/extract/order/stay", test_a_table_that_has_its_rows_and_two_lines_of_sums_stay);
  g_test_add_func ("/extract/order/blank", test_a_wide_blank_in_one_line_below_an_address_is_no_column);
  return g_test_run ();
}
