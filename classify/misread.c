#include "classify/misread.h"
#include "base/text.h"
#include <string.h>

/* What engines take for what: each is a letter and what may be read instead, parted by blanks. */
static const char *const confusions[] = {
  "a o e u",  "b h 6",   "c e o",      "d cl a",   "e c o a", "f t l", "g q 9", "h b n li", "i l 1 j", "j i",
  "k h lc",   "l 1 i t", "m rn nn in", "n u r ri", "o 0 e c", "p n r", "q g",   "r n t",    "s 5 a",   "t f l r",
  "u n ii v", "v y u",   "w vv",       "x z",      "y v",     "z 2 s", "0 o O", "1 l I",    "5 S",     "8 B",
  "B 8 R",    "I l 1",   "O 0 Q",      "S 5",      "E F",     ". ,",   ", .",   "' ’",
};

static const char *
read_instead (gunichar c, GRand *dice)
{
  for (size_t i = 0; i < G_N_ELEMENTS (confusions); i++)
    if (c < 128 && confusions[i][0] == (char)c)
      {
        static char chosen[8];
        g_auto (GStrv) others = g_strsplit (confusions[i] + 2, " ", -1);
        g_strlcpy (chosen, others[g_rand_int_range (dice, 0, (gint32)g_strv_length (others))], sizeof chosen);
        return chosen;
      }
  return NULL;
}

static void
misread_one (GString *out, gunichar c, GRand *dice)
{
  double fate = g_rand_double (dice);
  const char *other = read_instead (c, dice);
  if (c >= 128 && g_unichar_isalpha (c))
    {
      char letter[8] = { 0 };
      g_unichar_to_utf8 (c, letter);
      g_autofree char *bare = dk_ascii (letter);
      g_string_append (out, bare);
    }
  else if (g_unichar_isspace (c) || fate < 0.1) /* lost */
    return;
  else if (fate < 0.2)
    {
      g_string_append_unichar (out, c);
      g_string_append_c (out, fate < 0.15 ? ' ' : '.');
    }
  else if (other != NULL)
    g_string_append (out, other);
  else
    g_string_append_unichar (out, c);
}

char *
classify_misread (const char *text, double share, guint32 seed)
{
  GRand *dice = g_rand_new_with_seed (seed);
  GString *out = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (g_rand_double (dice) < share)
        misread_one (out, c, dice);
      else
        g_string_append_unichar (out, c);
    }
  g_rand_free (dice);
  return g_string_free (out, FALSE);
}
