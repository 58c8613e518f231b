/* Which pages are equal to the recogniser. */
#include "extract/page_key.h"

static const Limits limits = LIMITS_DEFAULT;
static char *spanish_first[] = { (char *)"es", (char *)"en", NULL };
static char *english_first[] = { (char *)"en", (char *)"es", NULL };
static char *english_only[] = { (char *)"en", NULL };

static PIX *
sheet (void)
{
  PIX *pix = pixCreate (1003, 700, 8);
  for (l_int32 y = 0; y < 700; y++)
    for (l_int32 x = 0; x < 1003; x++)
      pixSetPixel (pix, x, y, (l_uint32)((x * 31 + y * 17) & 255));
  return pix;
}

static GBytes *
key_of (PIX *pix, unsigned dpi, int rotation, char *const *languages, int version)
{
  const ExtractRasterJob job = { .limits = &limits, .languages = languages, .version = version };
  return extract_page_key (pix, dpi, rotation, &job);
}

static GBytes *
key_drawn (PIX *pix)
{
  const ExtractRasterJob job = { .limits = &limits, .languages = english_first, .version = 1, .steps = "drawn" };
  return extract_page_key (pix, 300, 0, &job);
}

static void
test_equal_pages_have_equal_keys_whatever_the_order_of_languages (void)
{
  g_autoptr (PIX) one = sheet ();
  g_autoptr (PIX) two = sheet ();
  pixSetPadBits (two, 1);
  g_autoptr (GBytes) first = key_of (one, 300, 0, english_first, 1), second = key_of (two, 300, 0, spanish_first, 1);
  g_assert_cmpuint (g_bytes_get_size (first), ==, 32);
  g_assert_true (g_bytes_equal (first, second));
}

static void
test_whatever_changes_the_reading_changes_the_key (void)
{
  g_autoptr (PIX) pix = sheet ();
  g_autoptr (PIX) touched = sheet ();
  pixSetPixel (touched, 1002, 699, 7);
  g_autoptr (GBytes) key = key_of (pix, 300, 0, english_first, 1);
  GBytes *others[] = { key_of (touched, 300, 0, english_first, 1),
                       key_of (pix, 200, 0, english_first, 1),
                       key_of (pix, 300, 90, english_first, 1),
                       key_of (pix, 300, 0, english_only, 1),
                       key_of (pix, 300, 0, NULL, 1),
                       key_drawn (pix),
                       key_of (pix, 300, 0, english_first, 2) };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_assert_false (g_bytes_equal (key, others[i]));
      g_bytes_unref (others[i]);
    }
}

static void
count_key (GBytes *key, void *data)
{
  g_assert_cmpuint (g_bytes_get_size (key), ==, 32);
  ++*(unsigned *)data;
}

static void
test_the_key_is_told_only_to_who_asks (void)
{
  g_autoptr (PIX) pix = sheet ();
  unsigned told = 0;
  extract_page_key_tell (pix, 300, 0, &(ExtractRasterJob){ .limits = &limits, .on_key = count_key, .data = &told });
  g_assert_cmpuint (told, ==, 1);
  extract_page_key_tell (pix, 300, 0, &(ExtractRasterJob){ .limits = &limits });
  g_assert_cmpuint (told, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/key/equal", test_equal_pages_have_equal_keys_whatever_the_order_of_languages);
  g_test_add_func ("/extract/key/other", test_whatever_changes_the_reading_changes_the_key);
  g_test_add_func ("/extract/key/told", test_the_key_is_told_only_to_who_asks);
  return g_test_run ();
}
