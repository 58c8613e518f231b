#include "base/digest.h"
#include <string.h>

static char *
digest_of (const char *const *pieces)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  for (; *pieces != NULL; pieces++)
    dk_digest_add (digest, *pieces, strlen (*pieces));
  return dk_digest_end_hex (digest);
}

static void
test_the_digest_is_that_of_the_standard (void)
{
  const char *const whole[] = { "abc", NULL }, *const parts[] = { "a", "bc", NULL };
  g_autofree char *one = digest_of (whole);
  g_autofree char *two = digest_of (parts);
  g_assert_cmpstr (one, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (two, ==, one);
}

static void
test_long_bytes_digest_as_glib_says (void)
{
  gsize size = 1000003;
  g_autofree guint8 *bytes = g_malloc (size);
  for (gsize i = 0; i < size; i++)
    bytes[i] = (guint8)(i * 7 + i / 251);
  g_autoptr (DkDigest) digest = dk_digest_new ();
  dk_digest_add (digest, bytes, size);
  g_autofree char *ours = dk_digest_end_hex (digest);
  g_autofree char *theirs = g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, size);
  g_assert_cmpstr (ours, ==, theirs);
}

static void
test_texts_that_join_to_the_same_differ (void)
{
  g_autoptr (DkDigest) one = dk_digest_new ();
  dk_digest_add_text (one, "ab");
  dk_digest_add_text (one, "c");
  g_autoptr (DkDigest) two = dk_digest_new ();
  dk_digest_add_text (two, "a");
  dk_digest_add_text (two, "bc");
  g_autoptr (GBytes) first = dk_digest_end (one), second = dk_digest_end (two);
  g_assert_cmpuint (g_bytes_get_size (first), ==, DK_DIGEST_BYTES);
  g_assert_false (g_bytes_equal (first, second));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/digest/standard", test_the_digest_is_that_of_the_standard);
  g_test_add_func ("/base/digest/long", test_long_bytes_digest_as_glib_says);
  g_test_add_func ("/base/digest/texts", test_texts_that_join_to_the_same_differ);
  return g_test_run ();
}
