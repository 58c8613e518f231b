/* Words broken over lines: what is told of a hyphen leads to a letter behind it; what is left out is hyphens and blanks
 * alone; two pages make one word or none. */
#include "base/hyphen.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "A rekla-\nmációm, a récla\xC2\xAD\nmation, A-\n4711, RENDEZ-\n\nVOUS, Kovács-\n Nagy\n");
  fuzz_seed_text (seeds, "lundi–\nvendredi Saint-Jean-\nde-Luz e\xCC\x81l-\n\xF0\x9D\x92\x9C -\n-\n- -");
}

static void
look_at_hyphens (const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      const char *next = NULL;
      if (dk_hyphen (text, at, &next) == DK_HYPHEN_NONE)
        continue;
      g_assert_true (at > text && dk_is_hyphen (g_utf8_get_char (at)));
      g_assert_true (next > at && g_unichar_isalnum (g_utf8_get_char (next)));
      for (const char *gap = g_utf8_next_char (at); gap < next; gap = g_utf8_next_char (gap))
        g_assert_true (g_unichar_isspace (g_utf8_get_char (gap)));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_utf8 (data, size);
  look_at_hyphens (text);
  g_autofree char *plain = dk_hyphen_without (text);
  g_assert_cmpuint (strlen (plain), <=, strlen (text));
  g_assert_true (g_utf8_validate (plain, -1, NULL));
  const char *half = g_utf8_offset_to_pointer (text, g_utf8_strlen (text, -1) / 2);
  g_autofree char *page = g_strndup (text, (gsize)(half - text));
  g_autofree char *word = dk_hyphen_over (page, half);
  g_assert_true (word == NULL || (*word != '\0' && g_utf8_validate (word, -1, NULL)));
  return 0;
}
