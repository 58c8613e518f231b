#include "extract/charset.h"
#include "tests/unit/fixture.h"
#include <string.h>

static char *
text_of (const char *bytes, size_t size, const char **charset)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_bytes_new (bytes, size);
  char *text = extract_charset_text (file, charset, &error);
  g_assert_no_error (error);
  return text;
}

static char *
text_of_fixture (const char *name, const char **charset)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  size_t size;
  const char *bytes = g_bytes_get_data (file, &size);
  return text_of (bytes, size, charset);
}

static void
test_a_hungarian_letter_in_windows_1250_keeps_its_long_vowels (void)
{
  const char *charset;
  g_autofree char *text = text_of_fixture ("windows-1250.txt", &charset);
  g_assert_cmpstr (charset, ==, "windows-1250");
  g_assert_nonnull (strstr (text, "küldjék el őket"));
  g_assert_nonnull (strstr (text, "Szűcs Gergő"));
}

static void
test_a_short_french_letter_in_windows_1252_is_not_taken_for_hungarian (void)
{
  const char *charset;
  g_autofree char *text = text_of_fixture ("windows-1252.txt", &charset);
  g_assert_cmpstr (charset, ==, "windows-1252");
  g_assert_nonnull (strstr (text, "m’en servir"));
  g_autofree char *few = text_of ("Mon ch\xe8que co\xfbte 3 \x80", 20, &charset);
  g_assert_cmpstr (few, ==, "Mon chèque coûte 3 €");
}

static void
test_utf16_is_told_by_its_zero_bytes (void)
{
  const char *charset;
  g_autofree char *text = text_of_fixture ("utf-16.txt", &charset);
  g_assert_cmpstr (charset, ==, "UTF-16LE");
  g_assert_true (g_str_has_prefix (text, "Estimados señores:\n"));
}

static void
test_marks_of_byte_order_are_believed_and_left_out (void)
{
  const char *charset;
  g_autofree char *wide = text_of ("\xfe\xff\x00\x48\x01\x51", 6, &charset);
  g_assert_cmpstr (wide, ==, "Hő");
  g_assert_cmpstr (charset, ==, "UTF-16BE");
  g_autofree char *narrow = text_of ("\xef\xbb\xbfH\xc5\x91", 6, &charset);
  g_assert_cmpstr (narrow, ==, "Hő");
}

static void
test_letters_beyond_the_basic_plane_survive_long_texts (void)
{
  g_autoptr (GString) wide = g_string_new (NULL);
  g_string_append_len (wide,
                       "\xff\xfe"
                       "a\0",
                       4);
  for (int i = 0; i < 3000; i++)
    g_string_append_len (wide, "\x3d\xd8\x00\xde", 4);
  g_autofree char *text = text_of (wide->str, wide->len, NULL);
  g_assert_cmpint (g_utf8_strlen (text, -1), ==, 3001);
  g_assert_true (g_str_has_suffix (text, "😀😀"));
}

static void
test_line_ends_and_controls_are_made_plain (void)
{
  g_autofree char *text = text_of ("one\r\ntwo\rthree\x07\x7f\tend", 20, NULL);
  g_assert_cmpstr (text, ==, "one\ntwo\nthree\tend");
}

static void
test_form_feeds_part_pages (void)
{
  g_autofree char *text = text_of_fixture ("form-feed.txt", NULL);
  g_assert_cmpuint (extract_charset_pages (text), ==, 2);
  g_autofree char *first = extract_charset_page (text, 1);
  g_autofree char *second = extract_charset_page (text, 2);
  g_assert_true (g_str_has_suffix (first, "Edith Marlowe\n"));
  g_assert_true (g_str_has_prefix (second, "Estimados"));
  g_assert_null (extract_charset_page (text, 9));
}

static void
test_what_follows_the_last_form_feed_is_no_page_when_it_is_blank (void)
{
  static const char *const texts[] = { "a\f", "a\f \t\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *first = extract_charset_page (texts[i], 1), *second = extract_charset_page (texts[i], 2);
      g_assert_cmpuint (extract_charset_pages (texts[i]), ==, 1);
      g_assert_cmpstr (first, ==, "a\n");
      g_assert_null (second);
    }
}

static void
test_an_empty_file_is_an_empty_text (void)
{
  g_autofree char *text = text_of ("", 0, NULL);
  g_assert_cmpstr (text, ==, "");
}

static void
test_very_many_form_feeds_are_counted_at_once (void)
{
  g_autofree char *text = g_strnfill (4000000, '\f');
  g_assert_cmpuint (extract_charset_pages (text), ==, 4000000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/charset/windows-1250", test_a_hungarian_letter_in_windows_1250_keeps_its_long_vowels);
  g_test_add_func ("/extract/charset/windows-1252",
                   test_a_short_french_letter_in_windows_1252_is_not_taken_for_hungarian);
  g_test_add_func ("/extract/charset/utf-16", test_utf16_is_told_by_its_zero_bytes);
  g_test_add_func ("/extract/charset/marks", test_marks_of_byte_order_are_believed_and_left_out);
  g_test_add_func ("/extract/charset/astral", test_letters_beyond_the_basic_plane_survive_long_texts);
  g_test_add_func ("/extract/charset/line-ends", test_line_ends_and_controls_are_made_plain);
  g_test_add_func ("/extract/charset/pages", test_form_feeds_part_pages);
  g_test_add_func ("/extract/charset/blank-end", test_what_follows_the_last_form_feed_is_no_page_when_it_is_blank);
  g_test_add_func ("/extract/charset/empty", test_an_empty_file_is_an_empty_text);
  g_test_add_func ("/extract/charset/many-pages", test_very_many_form_feeds_are_counted_at_once);
  return g_test_run ();
}
