#include "classify/field_layout.h"
#include "classify/fields.h"
#include "tests/unit/shipped_context.h"
#include <math.h>
#include <string.h>

#define LETTER 20 /* pixels */
#define PITCH 45
#define HEIGHT 34
#define MARGIN 250

static const char two_blocks[] = "Mrs Rosalind Pemberthy\n14 Mill Bank, Apartment 3\nShrewsbury SY1 2QL\n"
                                 "Telephone 01743 555 0182\n\n"
                                 "Northgate Home Heating Ltd\nCustomer Relations\nPO Box 211\nLeeds LS1 4XY\n\n"
                                 "6 November 2026\n\nDear Sir or Madam\n\n"
                                 "I had booked the annual service for the morning of 29 October.\n"
                                 "Nobody came, nobody rang, and I have lost half a day of work.\n\n"
                                 "Yours faithfully\n\nRosalind Pemberthy\n";

static const char side_by_side[] = "Odile Kerjean                    Mutuelle Armor\n"
                                   "8 impasse des Tilleuls           12 rue du Port\n"
                                   "35510 Cesson                     35000 Rennes\n\n"
                                   "Le 4 novembre 2026\n\nMadame, Monsieur,\n\n"
                                   "Je n'ai jamais reçu le remboursement de ma facture du mois de mai.\n\n"
                                   "Odile Kerjean\n";

static void
add_word (RecordPage *page, GString *text, const char *word, gsize bytes, int column, int row)
{
  bool begins = page->words->len == 0 || text->len == 0 || g_str_has_suffix (text->str, "\n");
  if (!begins)
    g_string_append_c (text, ' ');
  RecordWord added
      = { .from = (uint32_t)g_utf8_strlen (text->str, -1), .begins = begins ? RECORD_WORD_BEGINS_LINE : 0 };
  g_string_append_len (text, word, (gssize)bytes);
  added.to = (uint32_t)g_utf8_strlen (text->str, -1);
  int x = MARGIN + column * LETTER, width = (int)(added.to - added.from) * LETTER;
  int y = MARGIN + row * PITCH - (int)((x + width / 2) * tan (page->skew * G_PI / 180));
  added.box = (RecordBox){ x, y, x + width, y + HEIGHT };
  g_array_append_val (page->words, added);
}

/* @letter as recognition hands it on: words with boxes, no empty lines and no wide blanks; crooked by @skew. */
static RecordPage *
printed (const char *letter, double skew)
{
  RecordPage *page = record_page_new (1);
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) rows = g_strsplit (letter, "\n", -1);
  page->dpi = 300;
  page->width_px = 2480;
  page->height_px = 3508;
  page->skew = skew;
  for (int row = 0; rows[row] != NULL; row++)
    {
      gsize before = text->len;
      for (const char *at = rows[row]; *at != '\0';)
        {
          gsize blanks = strspn (at, " "), bytes = strcspn (at + blanks, " ");
          if (bytes > 0)
            add_word (page, text, at + blanks, bytes, (int)g_utf8_strlen (rows[row], at + blanks - rows[row]), row);
          at += blanks + bytes;
        }
      if (text->len > before)
        g_string_append_c (text, '\n');
    }
  g_free (page->text);
  page->text = g_string_free (g_steal_pointer (&text), FALSE);
  return page;
}

static void
expect_of_page (RecordPage *page, const char *language, const char *name, const char *value)
{
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  g_ptr_array_add (pages, page);
  ClassifyContext context = { .words = shipped_words (), .received = DK_DAY_NONE, .language = language };
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, name) != 0)
        continue;
      g_assert_cmpstr (finding->value, ==, value);
      const RecordEvidence *evidence = g_ptr_array_index (finding->evidence, 0);
      g_assert_cmpint (evidence->box.x1, >, evidence->box.x0);
      return;
    }
  g_assert_cmpstr (NULL, ==, value);
}

static void
test_the_firm_below_an_empty_line_of_a_scan_is_not_the_sender (void)
{
  expect_of_page (printed (two_blocks, 0), "en", "sender", "Rosalind Pemberthy");
  expect_of_page (printed (two_blocks, 0), "en", "address", "14 Mill Bank, Apartment 3, Shrewsbury SY1 2QL");
}

static void
test_lines_left_empty_are_seen_on_a_crooked_page (void)
{
  expect_of_page (printed (two_blocks, 1.5), "en", "sender", "Rosalind Pemberthy");
  expect_of_page (printed (two_blocks, -1.5), "en", "phone", "01743 555 0182");
}

static void
test_addresses_side_by_side_on_a_scan_are_two (void)
{
  expect_of_page (printed (side_by_side, 0), "fr", "sender", "Odile Kerjean");
  expect_of_page (printed (side_by_side, 0), "fr", "address", "8 impasse des Tilleuls, 35510 Cesson");
}

static unsigned
empty_lines (const char *letter)
{
  g_autoptr (RecordPage) page = printed (letter, 0);
  g_autofree FieldLayoutBefore *before = field_layout_new (page);
  unsigned n = 0;
  for (guint i = 0; i < page->words->len; i++)
    n += before[i].empty_line;
  return n;
}

static void
test_running_text_on_every_second_line_has_no_empty_ones (void)
{
  static const char letter[] = "Ana Pardo\nCalle Mayor 3\n28001 Madrid\n\n"
                               "La lavadora que compré en su tienda el mes pasado no centrifuga\n\n"
                               "y nadie ha venido a repararla, aunque he llamado ya cuatro veces\n\n"
                               "a su servicio de asistencia técnica y siempre me dicen lo mismo,\n\n"
                               "que el técnico vendrá la semana que viene sin falta a mi casa.\n";
  g_assert_cmpuint (empty_lines (letter), ==, 1);
}

static void
test_a_text_without_boxes_has_its_own_lines (void)
{
  g_autoptr (RecordPage) page = record_page_new (1);
  g_assert_null (field_layout_new (page));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/the firm below an empty line of a scan is not the sender",
                   test_the_firm_below_an_empty_line_of_a_scan_is_not_the_sender);
  g_test_add_func ("/layout/lines left empty are seen on a crooked page",
                   test_lines_left_empty_are_seen_on_a_crooked_page);
  g_test_add_func ("/layout/addresses side by side on a scan are two", test_addresses_side_by_side_on_a_scan_are_two);
  g_test_add_func ("/layout/running text on every second line has no empty ones",
                   test_running_text_on_every_second_line_has_no_empty_ones);
  g_test_add_func ("/layout/a text without boxes has its own lines", test_a_text_without_boxes_has_its_own_lines);
  return g_test_run ();
}
