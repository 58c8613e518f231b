#include "index/words.h"
#include "base/hyphen.h"
#include <string.h>

enum
{
  JOINED_PARTS = 8, /* longer chains are rulings of a form or decoration, not references */
  JOINED_BYTES = 64,
};

static void
clear_word (gpointer data)
{
  g_free (((IndexWord *)data)->raw);
}

static bool
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == 0xAD;
}

static bool
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019 || c == 0x02BC || c == '`' || c == 0xB4;
}

/* A soft hyphen at the end of a line is a hyphen, inside a word it is nothing. */
static const char *
end_of_word (const char *at)
{
  while (*at != '\0' && is_word_char (g_utf8_get_char (at)))
    {
      const char *next = g_utf8_next_char (at);
      if (g_utf8_get_char (at) == 0xAD && !is_word_char (g_utf8_get_char (next)))
        return at;
      at = next;
    }
  return at;
}

static bool
all_digits (const IndexWord *word)
{
  return strspn (word->raw, "0123456789") == strlen (word->raw);
}

static bool
is_thousands (const IndexWord *before, const IndexWord *word)
{
  return all_digits (before) && all_digits (word) && strlen (before->raw) <= 3 && strlen (word->raw) == 3;
}

/* What one character between two words says of them. */
static IndexLink
link_of_mark (gunichar c, const IndexWord *before, const IndexWord *word)
{
  bool digits = g_ascii_isdigit (before->raw[strlen (before->raw) - 1]) && g_ascii_isdigit (word->raw[0]);
  if (dk_is_hyphen (c))
    return INDEX_LINK_HYPHEN;
  if (is_apostrophe (c))
    return digits ? INDEX_LINK_MARK : INDEX_LINK_APOSTROPHE;
  if (c == '/' || c == '_' || ((c == '.' || c == ',') && digits))
    return INDEX_LINK_MARK;
  if (g_unichar_isspace (c) && c != '\n' && is_thousands (before, word))
    return INDEX_LINK_MARK;
  return INDEX_LINK_NONE;
}

static IndexLink
link_between (const char *text, const IndexWord *before, const IndexWord *word)
{
  const char *gap = text + before->end, *end = text + word->start;
  if (g_utf8_next_char (gap) == end)
    return link_of_mark (g_utf8_get_char (gap), before, word);
  const char *next = NULL;
  switch (dk_hyphen (text, gap, &next))
    {
    case DK_HYPHEN_NONE:
      return INDEX_LINK_NONE;
    case DK_HYPHEN_KEPT:
      return next == end ? INDEX_LINK_HYPHEN : INDEX_LINK_NONE;
    default:
      return next == end ? INDEX_LINK_BREAK : INDEX_LINK_NONE;
    }
}

/* The words @first to @last of @parts as one, or nothing when that would be too long. */
static void
add_joined (GArray *words, GArray *parts, guint first, guint last, bool broken)
{
  g_autoptr (GString) raw = g_string_new (NULL);
  for (guint i = first; i <= last; i++)
    g_string_append (raw, g_array_index (parts, IndexWord, i).raw);
  const IndexWord *from = &g_array_index (parts, IndexWord, first), *to = &g_array_index (parts, IndexWord, last);
  if (raw->len > JOINED_BYTES)
    return;
  IndexWord joined = { .raw = g_strdup (raw->str),
                       .start = from->start,
                       .end = to->end,
                       .position = from->position,
                       .joined = true,
                       .broken = broken };
  g_array_append_val (words, joined);
}

static bool
holds_digit (const char *raw)
{
  return strpbrk (raw, "0123456789") != NULL;
}

/* Whether one of the words @first to before @end does. */
static bool
any_holds_digit (const GArray *words, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (holds_digit (g_array_index (words, IndexWord, i).raw))
      return true;
  return false;
}

/* "2024", "AB", "C17": what a number is printed of. */
static bool
is_number_part (const IndexWord *word)
{
  if (holds_digit (word->raw))
    return true;
  for (const char *at = word->raw; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isupper (g_utf8_get_char (at)))
      return false;
  return strlen (word->raw) <= INDEX_NUMBER_LETTERS;
}

/* Where a number of several parts may begin and end: in "AB 2024-0077" as in "AB-2024-0077", but not inside
 * "XAB-2024-0077-5". */
static void
find_numbers (GArray *parts)
{
  for (guint i = 1; i < parts->len; i++)
    {
      IndexWord *part = &g_array_index (parts, IndexWord, i);
      if (!any_holds_digit (parts, i - 1, i + 1) || !is_number_part (part - 1) || !is_number_part (part))
        continue;
      part[-1].begins = part[-1].link != INDEX_LINK_HYPHEN;
      part->ends = i + 1 == parts->len || part[1].link != INDEX_LINK_HYPHEN;
    }
}

/* A chain of linked words is a reference when it holds a digit, a compound when only hyphens link it. */
static void
end_chain (GArray *words, GArray *parts, guint first, guint last)
{
  bool digit = any_holds_digit (parts, first, last + 1), hyphens = true;
  for (guint i = first + 1; i <= last; i++)
    hyphens = hyphens && g_array_index (parts, IndexWord, i).link != INDEX_LINK_MARK;
  bool pair = last == first + 1 && g_array_index (parts, IndexWord, last).link == INDEX_LINK_BREAK;
  if (last > first && last - first < JOINED_PARTS && (digit || hyphens) && !pair)
    add_joined (words, parts, first, last, false);
}

static GArray *
cut (const char *text)
{
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (IndexWord));
  unsigned position = 0;
  for (const char *at = text; *at != '\0';)
    {
      const char *end = end_of_word (at);
      if (end == at)
        {
          at = g_utf8_next_char (at);
          continue;
        }
      IndexWord word = { .raw = g_strndup (at, (gsize)(end - at)),
                         .start = (gsize)(at - text),
                         .end = (gsize)(end - text),
                         .position = position + 1 };
      position++;
      if (parts->len > 0)
        word.link = link_between (text, &g_array_index (parts, IndexWord, parts->len - 1), &word);
      g_array_append_val (parts, word);
      at = end;
    }
  find_numbers (parts);
  return parts;
}

GArray *
index_words (const char *text)
{
  g_autoptr (GArray) parts = cut (text);
  GArray *words = g_array_sized_new (FALSE, TRUE, sizeof (IndexWord), parts->len);
  g_array_set_clear_func (words, clear_word);
  guint first = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      const IndexWord *part = &g_array_index (parts, IndexWord, i);
      if (part->link == INDEX_LINK_NONE || part->link == INDEX_LINK_APOSTROPHE)
        {
          if (i > 0)
            end_chain (words, parts, first, i - 1);
          first = i;
        }
      g_array_append_val (words, *part);
      if (part->link == INDEX_LINK_BREAK)
        add_joined (words, parts, i - 1, i, true);
    }
  if (parts->len > 0)
    end_chain (words, parts, first, parts->len - 1);
  return words;
}
