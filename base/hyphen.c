#include "base/hyphen.h"
#include <string.h>

enum
{
  PART_LETTERS = 2,   /* nobody breaks a word after one letter: "e-mail", "x-ray" */
  WORD_LETTERS = 100, /* longer is no word; also what is looked back at */
};

typedef struct
{
  bool letters; /* and nothing but letters */
  bool capitals;
  bool chained; /* a further hyphen stands on its other side: "Lussan-\nsur-Mer" */
  guint length;
} Part;

bool
dk_is_hyphen (gunichar letter)
{
  return letter == '-' || letter == 0xAD || letter == 0xAC || (letter >= 0x2010 && letter <= 0x2013)
         || letter == 0x2212;
}

static bool
is_dash (gunichar letter)
{
  return letter == 0x2012 || letter == 0x2013 || letter == 0x2212;
}

static void
take (Part *part, gunichar letter)
{
  if (letter == 0xAD || g_unichar_ismark (letter))
    return;
  part->letters = part->letters && g_unichar_isalpha (letter);
  part->capitals = part->capitals && g_unichar_isupper (letter);
  part->length++;
}

static bool
is_of_word (gunichar letter)
{
  return g_unichar_isalnum (letter) || g_unichar_ismark (letter) || letter == 0xAD;
}

static Part
part_before (const char *text, const char *at)
{
  Part part = { .letters = true, .capitals = true };
  while (at > text && part.length <= WORD_LETTERS)
    {
      at = g_utf8_prev_char (at);
      part.chained = dk_is_hyphen (g_utf8_get_char (at)) && g_utf8_get_char (at) != 0xAD;
      if (!is_of_word (g_utf8_get_char (at)))
        break;
      take (&part, g_utf8_get_char (at));
    }
  return part;
}

static Part
part_after (const char *at)
{
  Part part = { .letters = true, .capitals = true };
  for (; is_of_word (g_utf8_get_char (at)) && part.length <= WORD_LETTERS; at = g_utf8_next_char (at))
    take (&part, g_utf8_get_char (at));
  part.chained = dk_is_hyphen (g_utf8_get_char (at)) && g_unichar_isalnum (g_utf8_get_char (g_utf8_next_char (at)));
  return part;
}

/* The first letter after the blanks at @at and how many line ends are among them; NULL at a page end. */
static const char *
next_letter (const char *at, guint *breaks)
{
  for (*breaks = 0; *at != '\0' && *at != '\f'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);
      if (letter == '\n' || letter == 0x2028 || letter == 0x2029)
        (*breaks)++;
      else if (!g_unichar_isspace (letter))
        return at;
    }
  return NULL;
}

static DkHyphen
judge (const Part *before, const Part *after, gunichar hyphen, gunichar first, guint breaks)
{
  bool words = before->letters && after->letters && before->length >= PART_LETTERS && before->length <= WORD_LETTERS
               && after->length <= WORD_LETTERS;
  bool capitals = before->capitals && after->capitals && after->length >= PART_LETTERS;
  if (!words || (!g_unichar_islower (first) && !capitals))
    return breaks > 1 ? DK_HYPHEN_NONE : DK_HYPHEN_KEPT;
  bool compound = before->chained || after->chained;
  return breaks > 1 || capitals || compound || is_dash (hyphen) ? DK_HYPHEN_UNSURE : DK_HYPHEN_JOINS;
}

DkHyphen
dk_hyphen (const char *text, const char *at, const char **next)
{
  gunichar hyphen = g_utf8_get_char (at);
  if (!dk_is_hyphen (hyphen) || at == text || !is_of_word (g_utf8_get_char (g_utf8_prev_char (at))))
    return DK_HYPHEN_NONE;
  guint breaks = 0;
  const char *letter = next_letter (g_utf8_next_char (at), &breaks);
  if (letter == NULL || breaks == 0 || breaks > 2 || !g_unichar_isalnum (g_utf8_get_char (letter)))
    return DK_HYPHEN_NONE;
  Part before = part_before (text, at), after = part_after (letter);
  *next = letter;
  return judge (&before, &after, hyphen, g_utf8_get_char (letter), breaks);
}

char *
dk_hyphen_without (const char *slice)
{
  GString *joined = g_string_sized_new (strlen (slice));
  for (const char *at = slice; *at != '\0';)
    {
      const char *next = NULL;
      DkHyphen hyphen = dk_hyphen (slice, at, &next);
      if (hyphen != DK_HYPHEN_JOINS)
        g_string_append_unichar (joined, g_utf8_get_char (at));
      at = hyphen == DK_HYPHEN_NONE ? g_utf8_next_char (at) : next;
    }
  return g_string_free (joined, FALSE);
}

/* Where the last word of @page begins if nothing but a hyphen and blanks come after it, else NULL. */
static const char *
broken_end (const char *page)
{
  const char *at = page + strlen (page);
  while (at > page && g_unichar_isspace (g_utf8_get_char (g_utf8_prev_char (at))))
    at = g_utf8_prev_char (at);
  if (at == page || !dk_is_hyphen (g_utf8_get_char (g_utf8_prev_char (at))))
    return NULL;
  at = g_utf8_prev_char (at);
  for (guint n = 0; at > page && n <= WORD_LETTERS && is_of_word (g_utf8_get_char (g_utf8_prev_char (at))); n++)
    at = g_utf8_prev_char (at);
  return at;
}

char *
dk_hyphen_over (const char *page, const char *following)
{
  const char *from = broken_end (page);
  while (g_unichar_isspace (g_utf8_get_char (following)))
    following = g_utf8_next_char (following);
  const char *to = following;
  for (guint n = 0; n <= WORD_LETTERS && is_of_word (g_utf8_get_char (to)); n++)
    to = g_utf8_next_char (to);
  if (from == NULL || to == following)
    return NULL;
  g_autofree char *first = g_strchomp (g_strdup (from));
  g_autofree char *slice = g_strdup_printf ("%s\n%.*s", first, (int)(to - following), following);
  const char *next = NULL;
  const char *hyphen = g_utf8_prev_char (first + strlen (first));
  if (dk_hyphen (slice, slice + (hyphen - first), &next) != DK_HYPHEN_JOINS)
    return NULL;
  return dk_hyphen_without (slice);
}
