#include "extract/media.h"
#include "tests/unit/fixture.h"
#include <string.h>

static void
assert_type (GBytes *file, const char *name, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *type = extract_media_type (file, name, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (type, ==, expected);
}

static void
assert_type_of_text (const char *text, const char *expected)
{
  g_autoptr (GBytes) file = g_bytes_new (text, strlen (text));
  assert_type (file, NULL, expected);
}

static void
assert_type_of_fixture (const char *name, const char *expected)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  assert_type (file, name, expected);
}

static void
test_pictures_and_pdf_are_told_by_their_bytes (void)
{
  assert_type_of_fixture ("crooked.tif", "image/tiff");
  assert_type_of_fixture ("exif-turned.jpg", "image/jpeg");
  assert_type_of_fixture ("alpha.png", "image/png");
  assert_type_of_fixture ("mixed.pdf", "application/pdf");
}

static void
test_a_pdf_behind_junk_is_a_pdf (void)
{
  g_autoptr (GBytes) pdf = fixture ("extract/mixed.pdf");
  g_autoptr (GByteArray) junk = g_byte_array_new ();
  g_byte_array_append (junk, (const guint8 *)"printer says hello\n", 19);
  g_byte_array_append (junk, g_bytes_get_data (pdf, NULL), (guint)g_bytes_get_size (pdf));
  g_autoptr (GBytes) file = g_bytes_new (junk->data, junk->len);
  assert_type (file, NULL, "application/pdf");
}

static void
test_a_letter_that_speaks_of_pdf_is_a_text (void)
{
  assert_type_of_text ("My file began with %PDF-1.4 and your form refused it.\n", "text/plain");
}

static void
test_a_mail_is_not_a_letter (void)
{
  assert_type_of_fixture ("letter.eml", "message/rfc822");
  assert_type_of_text ("From: Edith\nTo: the manager\n\nThe kettle has not come.\n", "text/plain");
}

static void
test_a_mail_of_old_or_in_wide_characters_is_a_mail (void)
{
  static const char old[]
      = "From  : Edith Barrow <edith@barrow.example>\nTo    : the manager\n--\n  "
        "<manager@shop.example>\nSubject : the kettle\nMessage-ID  : <12@barrow.example>\n\nHello.\n";
  assert_type_of_text (old, "message/rfc822");
  g_autoptr (GByteArray) wide = g_byte_array_new ();
  for (const char *at = old; *at != '\0'; at++)
    g_byte_array_append (wide, (const guint8[]){ (guint8)*at, 0 }, 2);
  g_autoptr (GBytes) file = g_bytes_new (wide->data, wide->len);
  assert_type (file, NULL, "message/rfc822");
}

static void
test_a_kept_mail_with_its_envelope_line_is_told_by_its_name (void)
{
  static const char text[]
      = "From edith@barrow.example\nReturn-Path: <edith@barrow.example>\nSubject: kettle\n\nHello.\n";
  g_autoptr (GBytes) file = g_bytes_new_static (text, sizeof text - 1);
  assert_type (file, "kettle.eml", "message/rfc822");
  assert_type (file, "all-mail", "application/mbox");
}

static void
test_a_pdf_without_its_head_is_a_pdf (void)
{
  assert_type_of_text ("7 0 obj<</Type/XRef>>\nendobj\nstartxref\n3\n%%EOF\n", "application/pdf");
  assert_type_of_text ("My file ended in startxref and %%EOF, but no object was in it.\n", "text/plain");
}

static void
test_a_grey_map_of_one_header_line_is_a_picture (void)
{
  assert_type_of_text ("P5 4 2 255\n\x10\x20\x30\x40\x50\x60\x70\x71", "image/x-portable-graymap");
}

static void
test_a_table_with_semicolons_is_told_by_its_name (void)
{
  static const char text[] = "number; day; reason\n12; Monday; the kettle is broken\n";
  g_autoptr (GBytes) file = g_bytes_new_static (text, sizeof text - 1);
  assert_type (file, "complaints.CSV", "text/csv");
  assert_type (file, "complaints", "text/plain");
}

static void
test_html_without_its_head_is_html (void)
{
  assert_type_of_fixture ("fragment.html", "text/html");
  assert_type_of_text ("Your page shows <br> where the price should be.\n", "text/plain");
  assert_type_of_text ("Your page shows <script>alert(1)</script> and then a <title>.\n", "text/plain");
}

static void
test_source_code_is_a_text (void)
{
  assert_type_of_text ("#include <stdio.h>\nint main (void) { return 0; }\n", "text/plain");
}

/* Plotters begin with "PA" or "SP", packed files with "BZh", tunes with "MThd". */
static void
test_a_letter_that_begins_like_another_format_is_a_text (void)
{
  assert_type_of_text ("PANASZBEJELENTŐ LAP\n\nA hűtőszekrény nem hűt.\n", "text/plain");
  assert_type_of_text ("PASOS DADOS HASTA HOY\n\nLlamé tres veces.\n", "text/plain");
  assert_type_of_text ("SPECIAL DELIVERY NOT RECEIVED\n\nDear Sirs,\n", "text/plain");
  assert_type_of_text ("BZh is what the label says.\n", "text/plain");
  assert_type_of_text ("Article 1641 du code civil : le vendeur est tenu de la garantie.\n",
                       "text/plain"); /* of news */
  assert_type_of_text ("%!PS-Adobe-3.0\nshowpage\n", "application/postscript");
  static const char packed[] = "BZh91AY&SY\x00\x10\x02\x81\x00\x00\x01\x9b\x80";
  g_autoptr (GBytes) file = g_bytes_new_static (packed, sizeof packed - 1);
  assert_type (file, "letters.bz2", "application/x-bzip2");
}

static void
test_texts_of_old_character_sets_are_texts (void)
{
  assert_type_of_fixture ("windows-1250.txt", "text/plain");
  assert_type_of_fixture ("windows-1252.txt", "text/plain");
  assert_type_of_fixture ("utf-16.txt", "text/plain");
}

static void
test_data_is_no_text (void)
{
  static const char data[] = "\x01\x02\x00\x03\x04\x05\x06\x0e\x0f\x00\x00\x01";
  g_autoptr (GBytes) file = g_bytes_new (data, sizeof data);
  assert_type (file, "data.txt", "application/octet-stream");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (GError) error = NULL;
  if (!extract_media_warm_up (&error))
    g_error ("%s", error->message);
  g_test_add_func ("/extract/media/pictures", test_pictures_and_pdf_are_told_by_their_bytes);
  g_test_add_func ("/extract/media/pdf-behind-junk", test_a_pdf_behind_junk_is_a_pdf);
  g_test_add_func ("/extract/media/speaks-of-pdf", test_a_letter_that_speaks_of_pdf_is_a_text);
  g_test_add_func ("/extract/media/mail", test_a_mail_is_not_a_letter);
  g_test_add_func ("/extract/media/html", test_html_without_its_head_is_html);
  g_test_add_func ("/extract/media/a-mail-of-old-or-in-wide-characters-is-a-mail",
                   test_a_mail_of_old_or_in_wide_characters_is_a_mail);
  g_test_add_func ("/extract/media/a-kept-mail-with-its-envelope-line-is-told-by-its-name",
                   test_a_kept_mail_with_its_envelope_line_is_told_by_its_name);
  g_test_add_func ("/extract/media/a-pdf-without-its-head-is-a-pdf", test_a_pdf_without_its_head_is_a_pdf);
  g_test_add_func ("/extract/media/a-table-with-semicolons-is-told-by-its-name",
                   test_a_table_with_semicolons_is_told_by_its_name);
  g_test_add_func ("/extract/media/grey-map", test_a_grey_map_of_one_header_line_is_a_picture);
  g_test_add_func ("/extract/media/source-code", test_source_code_is_a_text);
  g_test_add_func ("/extract/media/a-letter-that-begins-like-another-format-is-a-text",
                   test_a_letter_that_begins_like_another_format_is_a_text);
  g_test_add_func ("/extract/media/old-texts", test_texts_of_old_character_sets_are_texts);
  g_test_add_func ("/extract/media/data", test_data_is_no_text);
  return g_test_run ();
}
