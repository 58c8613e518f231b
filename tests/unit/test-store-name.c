#include "base/limits.h"
#include "base/naming.h"
#include "base/text.h"
#include "store/name.h"
#include <string.h>

static void
assert_safe (const char *text, const char *expected)
{
  g_autofree char *name = store_name_safe (text, LIMITS_FILED_NAME_BYTES, false);
  g_assert_cmpstr (name, ==, expected);
}

static void
assert_ascii (const char *text, const char *expected)
{
  g_autofree char *name = store_name_safe (text, LIMITS_FILED_NAME_BYTES, true);
  g_assert_cmpstr (name, ==, expected);
}

static void
test_ordinary_words_stay_as_they_are (void)
{
  assert_safe ("Réclamation - livraison non reçue", "Réclamation - livraison non reçue");
  assert_safe ("Panasz (késedelem) & egyéb, 50%", "Panasz (késedelem) & egyéb, 50%");
  assert_safe ("请求.v2", "请求.v2");
}

static void
test_characters_that_a_file_system_refuses_become_blanks (void)
{
  assert_safe ("a\\b/c:d*e?f\"g<h>i|j", "a b c d e f g h i j");
  assert_safe ("one\ttwo\nthree\r\n four\x01\x7f"
               "five",
               "one two three four five");
  assert_safe ("wide\u00a0\u2003\u3000blank", "wide blank");
}

static void
test_a_name_never_climbs_or_hides (void)
{
  assert_safe ("../../etc/passwd", "etc passwd");
  assert_safe ("..", "_");
  assert_safe (".", "_");
  assert_safe (".bashrc", "bashrc");
  assert_safe ("-rf", "rf");
  assert_safe ("name. . .", "name");
  assert_safe ("S.A.", "S.A");
}

static void
test_nothing_left_is_an_underscore (void)
{
  assert_safe ("", "_");
  assert_safe (" \t ", "_");
  assert_safe ("\u202e\u200b\ufeff", "_");
  assert_safe ("???", "_");
}

static void
test_bidirectional_and_invisible_characters_go (void)
{
  assert_safe ("invoice\u202efdp.exe", "invoicefdp.exe");
  assert_safe ("a\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u202a\u202b\u202c\u202d"
               "b",
               "ab");
  assert_safe ("zero\u200bwidth\u00adsoft\ufeff", "zerowidthsoft");
  assert_safe ("private\ue000use\U0010ffff", "privateuse");
}

static void
test_names_are_composed (void)
{
  assert_safe ("re\u0301clamation", "r\u00e9clamation");
  assert_safe ("o\u030b"
               "r",
               "\u0151r");
  assert_safe ("e\u200d\u0301", "\u00e9"); /* composed after the joiner has gone */
}

static void
test_bytes_that_are_no_utf8_are_replaced (void)
{
  g_autofree char *name = store_name_safe ("caf\xe9 \xff\xfe.txt", 180, false);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (g_str_has_prefix (name, "caf"));
}

static void
test_device_names_get_an_underscore (void)
{
  static const char *const devices[]
      = { "CON", "con", "Prn", "AUX", "NUL", "COM1", "com9", "LPT5", "COM0", "COM\u00b2", "CONIN$" };
  for (gsize i = 0; i < G_N_ELEMENTS (devices); i++)
    {
      g_autofree char *expected = g_strconcat ("_", devices[i], NULL);
      assert_safe (devices[i], expected);
    }
  assert_safe ("NUL.pdf", "_NUL.pdf");
  assert_safe ("con .txt", "_con .txt");
  assert_safe ("CONTRACT", "CONTRACT");
  assert_safe ("COM10", "COM10");
  assert_safe ("COM", "COM");
}

static void
test_a_cut_never_makes_a_device_name (void)
{
  g_autofree char *name = store_name_safe ("CONTRACT", 3, false);
  g_assert_cmpstr (name, ==, "_CO");
}

static void
test_a_cut_falls_between_characters (void)
{
  for (size_t max = 1; max < 24; max++)
    {
      g_autofree char *name = store_name_safe ("\u0151\u0151 \u8acb\u6c42 \U0001d49c\U0001d49c x", max, false);
      g_assert_cmpuint (strlen (name), <=, max);
      g_assert_true (g_utf8_validate (name, -1, NULL));
      g_assert_false (g_str_has_suffix (name, " "));
    }
}

static void
test_a_cut_keeps_a_letter_and_its_marks_together (void)
{
  g_autofree char *name = store_name_safe ("aq\u0323\u0307", 4, false);
  g_assert_cmpstr (name, ==, "a");
}

static void
test_ascii_names_are_transliterated (void)
{
  assert_ascii ("Réclamation Œuvre straße", "Reclamation OEuvre strasse");
  assert_ascii ("Űrlap – őszi ügy", "Urlap - oszi ugy");
  assert_ascii ("año ¿qué?", "ano que");
  assert_ascii ("½", "1 2");
}

/* Every name, whatever it was made of, keeps the promises of the header. */
static void
check_promises (const char *name, size_t max, bool ascii)
{
  g_autofree char *composed = dk_nfc (name);
  size_t length = strlen (name);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpstr (name, ==, composed);
  g_assert_true (length >= 1 && length <= max);
  g_assert_null (strpbrk (name, "\\/:*?\"<>|\n\r\t\x7f"));
  g_assert_null (strstr (name, "  "));
  g_assert_true (strchr (" .", name[0]) == NULL && strchr (" .", name[length - 1]) == NULL);
  for (const char *at = name; ascii && *at != '\0'; at++)
    g_assert_true (*at >= 0x20 && *at < 0x7f);
}

static void
test_random_bytes_make_names_that_keep_all_promises (void)
{
  static const char *const pieces[]
      = { "a",          "Z",    "0",      " ",       ".",      "-",      "/",      "\\",     "\n",
          "\xff",       "\xc3", "\u00e9", "e\u0301", "\u202e", "\u0300", "CON",    "\u3000", "\u8acb",
          "\U0001f600", "|",    "\u00bd", "\u2044",  "\uff0f", "\u037e", "\u2260", "\x01",   "\u1e9b\u0323",
          "\u0344" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  for (int round = 0; round < 5000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      for (int i = g_rand_int_range (rand, 0, 40); i > 0; i--)
        g_string_append (text, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
      size_t max = (size_t)g_rand_int_range (rand, 1, 60);
      bool ascii = g_rand_boolean (rand);
      g_autofree char *name = store_name_safe (text->str, max, ascii);
      g_autofree char *again = store_name_safe (name, max, ascii);
      check_promises (name, max, ascii);
      g_assert_cmpstr (again, ==, name);
    }
}

static void
test_a_path_is_made_safe_part_by_part (void)
{
  g_autofree char *plain = store_name_safe_path ("Réclamations/Livraison/2026", false);
  g_autofree char *hostile = store_name_safe_path ("/../a:b//nul/./c/", false);
  g_autofree char *empty = store_name_safe_path ("///", false);
  g_autofree char *ascii = store_name_safe_path ("Réclamations/été", true);
  g_assert_cmpstr (plain, ==, "Réclamations/Livraison/2026");
  g_assert_cmpstr (hostile, ==, "_/a b/_nul/_/c");
  g_assert_cmpstr (empty, ==, "_");
  g_assert_cmpstr (ascii, ==, "Reclamations/ete");
}

static Template *
template_of (const char *text)
{
  g_autofree char *wrong = NULL;
  Template *template = naming_parse_name (text, &wrong);
  g_assert_cmpstr (wrong, ==, NULL);
  return template;
}

/* As the shipped template has it. */
static char *
build (const char *date, const char *kind, const char *subject, const char *sender, const char *extra,
       const char *extension, bool ascii)
{
  const char *const values[] = { date, kind, subject, sender };
  g_autoptr (Template) template = template_of ("{date}[ {kind}][ - {subject}][ - {sender}]");
  return store_name_fill (template, values, extra, extension, ascii);
}

static void
test_a_filed_name_is_built_of_its_parts (void)
{
  g_autofree char *full = build ("2026-03-12", "réclamation", "livraison non reçue", "Durand", "", ".pdf", false);
  g_autofree char *told_apart = build ("2026-03-12", "queja", "entrega", "Ana Ruiz", "D-2026-000001-45", ".tif", false);
  g_autofree char *little = build ("2026-03-12", NULL, "", "Durand", NULL, ".pdf", false);
  g_autofree char *nothing = build (NULL, NULL, NULL, NULL, NULL, NULL, false);
  g_autofree char *folded = build ("2026-03-12", "réclamation", "??", "Őry", "", ".pdf", true);
  g_assert_cmpstr (full, ==, "2026-03-12 réclamation - livraison non reçue - Durand.pdf");
  g_assert_cmpstr (told_apart, ==, "2026-03-12 queja - entrega - Ana Ruiz - D-2026-000001-45.tif");
  g_assert_cmpstr (little, ==, "2026-03-12 - Durand.pdf");
  g_assert_cmpstr (nothing, ==, "_");
  g_assert_cmpstr (folded, ==, "2026-03-12 reclamation - Ory.pdf");
}

static void
test_a_long_name_loses_its_sender_first_and_then_its_subject (void)
{
  g_autofree char *subject = g_strnfill (60, 's');
  g_autofree char *sender = g_strnfill (200, 'x');
  g_autofree char *long_subject = g_strnfill (300, 's');
  g_autofree char *cut_sender = build ("2026-03-12", "queja", subject, sender, "N-1", ".pdf", false);
  g_autofree char *cut_both = build ("2026-03-12", "queja", long_subject, sender, "N-1", ".pdf", false);
  g_assert_cmpuint (strlen (cut_sender), ==, LIMITS_FILED_NAME_BYTES);
  g_assert_nonnull (strstr (cut_sender, subject));
  g_assert_true (g_str_has_suffix (cut_sender, "x - N-1.pdf"));
  g_assert_cmpuint (strlen (cut_both), ==, LIMITS_FILED_NAME_BYTES);
  g_assert_true (g_str_has_prefix (cut_both, "2026-03-12 queja - sss"));
  g_assert_true (g_str_has_suffix (cut_both, "s - N-1.pdf"));
  g_assert_null (strchr (cut_both, 'x'));
}

static void
test_names_of_many_byte_letters_stay_within_the_limit (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < 100; i++)
    g_string_append (text, "\u8acb");
  g_autofree char *name = build ("2026-03-12", text->str, text->str, text->str, text->str, ".pdf", false);
  g_assert_cmpuint (strlen (name), <=, LIMITS_FILED_NAME_BYTES);
  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_true (g_str_has_suffix (name, ".pdf"));
}

static void
test_a_long_name_is_cut_at_the_end_of_a_word (void)
{
  g_autoptr (GString) sender = g_string_new ("Asociación");
  while (sender->len < 400)
    g_string_append (sender, " de vecinos, comerciantes y usuarios");
  g_autofree char *name = build ("2026-03-12", "queja", "entrega", sender->str, "N-1", ".pdf", false);
  g_autofree char *whole = g_strconcat ("2026-03-12 queja - entrega - ", sender->str, NULL);
  g_assert_cmpuint (strlen (name), <=, LIMITS_FILED_NAME_BYTES);
  g_assert_cmpuint (strlen (name), >, LIMITS_FILED_NAME_BYTES - 20);
  g_assert_true (g_str_has_suffix (name, " - N-1.pdf"));
  name[strlen (name) - strlen (" - N-1.pdf")] = '\0';
  g_assert_true (g_str_has_prefix (whole, name));
  g_assert_true (strchr (" ,", whole[strlen (name)]) != NULL && g_ascii_isalpha (name[strlen (name) - 1]));
}

static void
test_what_tells_documents_apart_is_cut_last (void)
{
  g_autoptr (Template) template = template_of ("{order_no} {original} {number}");
  g_autofree char *original = g_strnfill (300, 'o');
  const char *const values[] = { "A-4711", original, "D-2026-000001-45/1" };
  g_autofree char *name = store_name_fill (template, values, NULL, ".pdf", false);
  g_assert_cmpuint (strlen (name), ==, LIMITS_FILED_NAME_BYTES);
  g_assert_true (g_str_has_prefix (name, "A-4711 ooo") && g_str_has_suffix (name, "o D-2026-000001-45 1.pdf"));
}

static void
test_a_missing_last_part_leaves_no_separator (void)
{
  g_autoptr (Template) template = template_of ("{kind} - {sender}");
  const char *const values[] = { "queja", NULL };
  g_autofree char *name = store_name_fill (template, values, NULL, ".pdf", false);
  g_assert_cmpstr (name, ==, "queja.pdf");
}

static void
test_a_name_that_somebody_gave_is_made_safe (void)
{
  g_autofree char *given = store_name_given ("../Queja de Ana: 2026/03", "N-1", ".pdf", false);
  g_autofree char *device = store_name_given ("nul", NULL, ".txt", false);
  g_autofree char *nothing = store_name_given ("...", NULL, ".txt", false);
  g_assert_cmpstr (given, ==, "Queja de Ana 2026 03 - N-1.pdf");
  g_assert_cmpstr (device, ==, "_nul.txt");
  g_assert_cmpstr (nothing, ==, "_.txt");
}

static void
test_a_folder_is_parted_by_its_template_alone (void)
{
  g_autofree char *wrong = NULL;
  g_autoptr (Template) template = naming_parse_folder ("{kind}[/{owner}]/{sender|nobody}/{year}", &wrong);
  g_assert_cmpstr (wrong, ==, NULL);
  const char *const values[] = { "Quejas", NULL, "../a/b", "2026" }, *const few[] = { "Quejas", "eva", "..", "2026" };
  g_autofree char *path = store_name_fill_path (template, values, false);
  g_autofree char *other = store_name_fill_path (template, few, false);
  g_assert_cmpstr (path, ==, "Quejas/a b/2026");
  g_assert_cmpstr (other, ==, "Quejas/eva/nobody/2026");
}

/* Whatever the template and the values, in any mixture of what is hostile. */
static void
test_any_values_in_any_template_make_safe_names (void)
{
  static const char *const pieces[]
      = { "a",      "Z",          "0",    " ",      ".",       "-",      "/",   "\\",
          "\n",     "\xff",       "\xc3", "\u00e9", "e\u0301", "\u202e", "CON", "\u3000",
          "\u8acb", "\U0001f600", "|",    "\u00bd", "\u2044",  "\x01",   " - ", "long words here " };
  static const char *const parts[] = { "{date:DD.MM.YYYY}",
                                       "{sender:7}",
                                       "[ - {subject:upper}]",
                                       "{kind|none}",
                                       "CON",
                                       " ",
                                       "[ ({amount:capital})]",
                                       ".",
                                       "-",
                                       "{number}",
                                       "{owner:lower}",
                                       "_",
                                       "é" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  for (int round = 0; round < 4000; round++)
    {
      g_autoptr (GString) text = g_string_new ("{sender}");
      for (int i = g_rand_int_range (rand, 0, 8); i > 0; i--)
        g_string_append (text, parts[g_rand_int_range (rand, 0, G_N_ELEMENTS (parts))]);
      g_autoptr (Template) template = template_of (text->str);
      g_auto (GStrv) values = g_new0 (char *, template_n_places (template) + 1);
      for (unsigned i = 0; i < template_n_places (template); i++)
        {
          g_autoptr (GString) value = g_string_new (NULL);
          for (int k = g_rand_int_range (rand, 0, 60); k > 0; k--)
            g_string_append (value, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          values[i] = g_strdup (value->str);
        }
      bool ascii = g_rand_boolean (rand);
      const char *extra = g_rand_boolean (rand) ? "D-2026-000001-45/1 (3)" : NULL;
      g_autofree char *name = store_name_fill (template, (const char *const *)values, extra, ".pdf", ascii);
      g_autofree char *again = store_name_safe (name, LIMITS_FILED_NAME_BYTES, ascii);
      check_promises (name, LIMITS_FILED_NAME_BYTES, ascii);
      g_assert_cmpstr (again, ==, name);
      g_assert_true (g_str_has_suffix (name, extra != NULL ? " - D-2026-000001-45 1 (3).pdf" : ".pdf"));
    }
}

static void
test_a_hostile_extension_is_made_harmless (void)
{
  static const struct
  {
    const char *extension, *expected;
  } cases[] = { { ".pdf", "d.pdf" },
                { "pdf", "d.pdf" },
                { ".tar.gz", "d.tar.gz" },
                { "./../x", "d.x" },
                { "", "d" },
                { "...", "d" },
                { ".p\u202e"
                  "df",
                  "d.pdf" },
                { ".abcdefghijklmnopqrstuvwxyz", "d.abcdefghijklmno" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *name = build ("d", NULL, NULL, NULL, NULL, cases[i].extension, false);
      g_assert_cmpstr (name, ==, cases[i].expected);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/store/name/" #name, test_##name)
  TEST (ordinary_words_stay_as_they_are);
  TEST (characters_that_a_file_system_refuses_become_blanks);
  TEST (a_name_never_climbs_or_hides);
  TEST (nothing_left_is_an_underscore);
  TEST (bidirectional_and_invisible_characters_go);
  TEST (names_are_composed);
  TEST (bytes_that_are_no_utf8_are_replaced);
  TEST (device_names_get_an_underscore);
  TEST (a_cut_never_makes_a_device_name);
  TEST (a_cut_falls_between_characters);
  TEST (a_cut_keeps_a_letter_and_its_marks_together);
  TEST (ascii_names_are_transliterated);
  TEST (random_bytes_make_names_that_keep_all_promises);
  TEST (a_path_is_made_safe_part_by_part);
  TEST (a_filed_name_is_built_of_its_parts);
  TEST (a_long_name_loses_its_sender_first_and_then_its_subject);
  TEST (names_of_many_byte_letters_stay_within_the_limit);
  TEST (a_long_name_is_cut_at_the_end_of_a_word);
  TEST (what_tells_documents_apart_is_cut_last);
  TEST (a_missing_last_part_leaves_no_separator);
  TEST (a_name_that_somebody_gave_is_made_safe);
  TEST (a_folder_is_parted_by_its_template_alone);
  TEST (any_values_in_any_template_make_safe_names);
  TEST (a_hostile_extension_is_made_harmless);
  return g_test_run ();
}
