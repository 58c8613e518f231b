#include "cases/number.h"
#include <string.h>

static bool
is_number (const char *text)
{
  return number_parse (text, NULL);
}

static void
test_a_number_is_written_with_its_check_digits (void)
{
  g_autofree char *number = number_format ("D", 2026, 1);
  g_assert_cmpstr (number, ==, "D-2026-000001-45");
  g_assert_true (is_number (number));
}

static void
test_a_serial_above_six_digits_still_has_a_number (void)
{
  g_autofree char *number = number_format ("MAIL2", 2027, 1234567);
  g_autofree char *canonical = NULL;
  g_assert_true (g_str_has_prefix (number, "MAIL2-2027-1234567-"));
  g_assert_true (number_parse (number, &canonical));
  g_assert_cmpstr (canonical, ==, number);
}

static void
test_a_number_is_read_in_any_case_and_without_hyphens (void)
{
  g_autofree char *number = number_format ("AB12", 2026, 4711);
  g_auto (GStrv) parts = g_strsplit (number, "-", -1);
  g_autofree char *bare = g_strjoinv ("", parts);
  g_autofree char *blanks = g_strjoinv (" ", parts);
  g_autofree char *dashes = g_strjoinv ("\u2013", parts);
  g_autofree char *lower = g_ascii_strdown (number, -1);
  const char *const forms[] = { bare, blanks, dashes, lower };
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *canonical = NULL;
      g_assert_true (number_parse (forms[i], &canonical));
      g_assert_cmpstr (canonical, ==, number);
    }
}

static void
test_other_texts_are_no_numbers (void)
{
  static const char *const others[] = { "",
                                        "-",
                                        "D",
                                        "2026",
                                        "D-2026-000001",
                                        "D-2026-000001-6",
                                        "D-2026-000001-45-1",
                                        "D/2026/000001/65",
                                        "1D-2026-000001-45",
                                        "D-0026-000001-45",
                                        "ABCDEFGHI-2026-000001-45",
                                        "\xff-2026-000001-45",
                                        "D-2026-0000001-45" };
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (is_number (others[i]));
}

/* Numbers of several prefixes and serials, so that every position sees many values. */
static char *
sample (int i)
{
  static const char *const prefixes[] = { "D", "ES", "MAIL2", "Q7", "ABCDEFGH" };
  return number_format (prefixes[i % 5], 2020 + i % 17, (int64_t)i * 7919 % 999999 + 1);
}

static void
test_every_wrong_digit_is_found (void)
{
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *number = sample (i);
      for (char *at = strchr (number, '-'); *at != '\0'; at++)
        for (char other = '0'; g_ascii_isdigit (*at) && other <= '9'; other++)
          {
            char right = *at;
            *at = other;
            g_assert_cmpint (is_number (number), ==, other == right);
            *at = right;
          }
    }
}

static void
test_every_wrong_letter_is_found (void)
{
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *number = sample (i);
      for (char *at = number; *at != '-'; at++)
        for (char other = 'A'; g_ascii_isalpha (*at) && other <= 'Z'; other++)
          {
            char right = *at;
            *at = other;
            g_assert_cmpint (is_number (number), ==, other == right);
            *at = right;
          }
    }
}

static void
test_every_swap_of_neighbouring_digits_is_found (void)
{
  for (int i = 0; i < 500; i++)
    {
      g_autofree char *number = sample (i);
      for (char *at = strchr (number, '-') + 1; at[1] != '\0'; at++)
        {
          char *next = at[1] == '-' ? at + 2 : at + 1; /* across a hyphen too */
          if (*at == '-' || *at == *next)
            continue;
          char kept = *at;
          *at = *next;
          *next = kept;
          g_assert_false (is_number (number));
          *next = *at;
          *at = kept;
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/cases/number/" #name, test_##name)
  TEST (a_number_is_written_with_its_check_digits);
  TEST (a_serial_above_six_digits_still_has_a_number);
  TEST (a_number_is_read_in_any_case_and_without_hyphens);
  TEST (other_texts_are_no_numbers);
  TEST (every_wrong_digit_is_found);
  TEST (every_wrong_letter_is_found);
  TEST (every_swap_of_neighbouring_digits_is_found);
  return g_test_run ();
}
