#include "base/text.h"
#include "base/text_units.h"
#include <string.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

static void
test_what_reads_the_same_folds_the_same (void)
{
  static const char *const pairs[][2] = {
    { "Reclamación", "reclamacion" },
    { "RÉCLAMATION", "reclamation" },
    { "Ügyfélszolgálat, őszintén: fűtés", "ugyfelszolgalat, oszinten: futes" },
    { "Œuvre cœur", "oeuvre coeur" },
    { "Straße STRASSE", "strasse strasse" },
    { "ﬁnal ﬂow oﬃce", "final flow office" },
    { "re\u00ADcla\u00ADma", "reclama" },
    { "e\u0301te\u0301", "ete" },
    { "l\u2019été", "l'ete" },
    { "ﬀ Ｎº ½", "ff no 1/2" },
    { "plain Ascii 12", "plain ascii 12" },
    { "", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *folded = dk_fold (pairs[i][0]);
      g_assert_cmpstr (folded, ==, pairs[i][1]);
    }
}

static void
test_a_folded_text_leads_back_to_its_code_points (void)
{
  const char *text = "aŒ\u00ADﬁ\u0301x";
  static const guint32 expected[] = { 0, 1, 1, 3, 3, 5 };
  g_autoptr (GArray) origin = NULL;
  g_autofree char *folded = dk_fold_mapped (text, &origin);
  g_assert_cmpstr (folded, ==, "aoefix");
  g_assert_cmpuint (origin->len, ==, G_N_ELEMENTS (expected));
  g_assert_cmpmem (origin->data, origin->len * sizeof (guint32), expected, sizeof expected);
}

static void
test_every_code_point_of_the_result_has_an_origin (void)
{
  const char *text = "Ελλάδα Привет 日本 😀 ﷺ ㎏";
  g_autoptr (GArray) origin = NULL;
  g_autofree char *folded = dk_fold_mapped (text, &origin);
  g_autofree char *plain = dk_fold (text);
  g_assert_cmpstr (folded, ==, plain);
  g_assert_cmpuint (origin->len, ==, g_utf8_strlen (folded, -1));
  for (guint i = 1; i < origin->len; i++)
    g_assert_cmpuint (g_array_index (origin, guint32, i - 1), <=, g_array_index (origin, guint32, i));
}

static void
test_bytes_that_are_not_utf8_do_no_harm (void)
{
  g_autofree char *folded = dk_fold ("a\xff\xc3");
  g_autofree char *composed = dk_nfc ("a\xff");
  g_autofree char *ascii = dk_ascii ("a\xff");
  g_assert_true (g_utf8_validate (folded, -1, NULL));
  g_assert_cmpstr (composed, ==, "a\uFFFD");
  g_assert_cmpstr (ascii, ==, "a");
}

static void
test_nfc_composes (void)
{
  g_autofree char *composed = dk_nfc ("o\u030B cafe\u0301");
  g_assert_cmpstr (composed, ==, "ő café");
}

static void
test_ascii_keeps_the_case (void)
{
  static const char *const pairs[][2] = {
    { "Réclamations/Œuvre", "Reclamations/OEuvre" },
    { "Őrség Űrhajó", "Orseg Urhajo" },
    { "Straße", "Strasse" },
    { "Иванов", "Ivanov" },
    { "« oui »", "<< oui >>" },
    { "año", "ano" },
    { "ﬁn", "fin" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *ascii = dk_ascii (pairs[i][0]);
      g_assert_cmpstr (ascii, ==, pairs[i][1]);
    }
}

static void
test_offsets_are_of_bytes_and_end_with_the_text (void)
{
  g_assert_cmpuint (dk_offset ("éa", 1), ==, 2);
  g_assert_cmpuint (dk_offset ("éa", 9), ==, 3);
}

/* What is worked out without ICU's rules of transliteration is what they make of it. */
static void
test_short_ways_of_folding_lead_where_the_rules_do (void)
{
  UErrorCode code = U_ZERO_ERROR;
  UChar id[] = { 'i', 'd', 0 }, text[128];
  u_uastrcpy (text, ":: NFD; :: [:Nonspacing Mark:] Remove; :: Latin-ASCII; :: Lower;");
  UTransliterator *rules = utrans_openU (id, -1, UTRANS_FORWARD, text, -1, NULL, &code);
  const UNormalizer2 *casefold = unorm2_getNFKCCasefoldInstance (&code);
  for (UChar c = 0x80; c < 0x3000; c++)
    {
      UChar units[64] = { 0 };
      int32_t length = unorm2_normalize (casefold, &c, 1, units, 64, &code), limit = length;
      utrans_transUChars (rules, units, &length, 64, 0, &limit, &code);
      g_assert_true (U_SUCCESS (code));
      g_autofree char *expected = dk_utf8 (units, length);
      g_autofree char *raw = dk_utf8 (&c, 1);
      g_autofree char *folded = dk_fold (raw);
      g_assert_cmpstr (folded, ==, expected);
    }
  utrans_close (rules);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_what_reads_the_same_folds_the_same);
  g_test_add_func ("/text/short", test_short_ways_of_folding_lead_where_the_rules_do);
  g_test_add_func ("/text/mapped", test_a_folded_text_leads_back_to_its_code_points);
  g_test_add_func ("/text/origin", test_every_code_point_of_the_result_has_an_origin);
  g_test_add_func ("/text/not-utf8", test_bytes_that_are_not_utf8_do_no_harm);
  g_test_add_func ("/text/nfc", test_nfc_composes);
  g_test_add_func ("/text/ascii", test_ascii_keeps_the_case);
  g_test_add_func ("/text/offsets", test_offsets_are_of_bytes_and_end_with_the_text);
  return g_test_run ();
}
