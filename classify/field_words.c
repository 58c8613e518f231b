#include "classify/field_words.h"
#include <limits.h>
#include <string.h>

#define SHORTEST_NEAR 4
#define SHORTEST_ROOT 6
#define LETTERS_A_COST 3 /* "rn" for m costs one, and no misreading that costs as much changes more letters */

/* What recognition makes of a letter, most of all of small ones. */
bool
field_looks_like (char read, char meant)
{
  static const char *const looks[26]
      = { "os", "h68",  "eog", "",   "co",  "tl",  "q9", "b",  "l1jt", "i", "", "1itj", "",
          "uh", "0ce6", "",    "g9", "til", "a58", "fl", "nv", "yu",   "",  "", "v",    "2" };
  const char *look = meant >= 'a' && meant <= 'z' ? looks[meant - 'a'] : "";
  while (*look != '\0' && *look != read) /* asked a hundred times a word: no call for two letters */
    look++;
  return *look != '\0';
}

/* Two letters read for one. */
static bool
is_pair (const char *two, char one)
{
  switch (one)
    {
    case 'm':
      return two[1] == 'n' && (two[0] == 'r' || two[0] == 'i');
    case 'u':
      return two[0] == 'i' && two[1] == 'i';
    case 'n':
      return (two[0] == 'r' || two[0] == 'f') && two[1] == 'i';
    case 'd':
      return (two[0] == 'c' || two[0] == 'o') && two[1] == 'l';
    case 'h':
      return two[0] == 'l' && two[1] == 'i';
    case 'w':
      return two[0] == 'v' && two[1] == 'v';
    default:
      return false;
    }
}

/* One letter read for two. */
static bool
is_merged (char one, const char *two)
{
  return (one == 'm' && two[0] == 'r' && two[1] == 'n') || (one == 'd' && two[0] == 'c' && two[1] == 'l')
         || (one == 'w' && two[0] == 'v' && two[1] == 'v');
}

/* The least cost of a pair that ends at @i of @word and @j of @label, over what stands before. */
static unsigned
pair_cost (unsigned costs[][FIELD_LONGEST_WORD + 1], const char *word, size_t i, const char *label, size_t j)
{
  unsigned best = UINT_MAX / 2;
  if (i >= 2 && is_pair (word + i - 2, label[j - 1]))
    best = costs[i - 2][j - 1] + 1;
  if (j >= 2 && is_merged (word[i - 1], label + j - 2))
    best = MIN (best, costs[i - 1][j - 2] + 1);
  return best;
}

/* What is further off the diagonal than @most costs more, and pairs reach two rows back: when two rows are above it, so
 * is the rest. */
unsigned
field_misreading_within (const char *word, size_t n, const char *label, size_t m, unsigned most)
{
  unsigned costs[FIELD_LONGEST_WORD + 1][FIELD_LONGEST_WORD + 1];
  unsigned last = 0; /* the least of the row before */
  if (n > FIELD_LONGEST_WORD || m > FIELD_LONGEST_WORD || MAX (n, m) - MIN (n, m) > most)
    return UINT_MAX;
  for (size_t i = 0; i <= n; i++)
    {
      unsigned least = UINT_MAX;
      size_t from = i > most ? i - most : 0, to = MIN (m, i + MIN (most, m));
      for (size_t j = from > 0 ? from - 1 : 0; j <= MIN (m, to + 1); j++)
        costs[i][j] = UINT_MAX / 4;
      for (size_t j = from; j <= to; j++)
        {
          unsigned best = i == 0 ? 2 * (unsigned)j : j == 0 ? 2 * (unsigned)i : UINT_MAX;
          if (i > 0 && j > 0)
            {
              unsigned one = word[i - 1] == label[j - 1] ? 0 : field_looks_like (word[i - 1], label[j - 1]) ? 1 : 2;
              bool twice = i > 1 && word[i - 1] == word[i - 2];
              best = MIN (costs[i - 1][j - 1] + one, costs[i][j - 1] + 2);
              best = MIN (best, costs[i - 1][j] + (twice ? 1 : 2));
              best = MIN (best, pair_cost (costs, word, i, label, j));
              if (i > 1 && j > 1 && word[i - 1] == label[j - 2] && word[i - 2] == label[j - 1])
                best = MIN (best, costs[i - 2][j - 2] + 2);
            }
          costs[i][j] = best;
          least = MIN (least, best);
        }
      if (least > most && last > most)
        return UINT_MAX;
      last = least;
    }
  return costs[n][m];
}

unsigned
field_misreading (const char *word, size_t n, const char *label, size_t m)
{
  return field_misreading_within (word, n, label, m, 2 * FIELD_LONGEST_WORD);
}

/* How many letters are in one of the words only. */
static unsigned
letters_apart (const char *word, size_t n, const char *label, size_t m)
{
  uint32_t a = 0, b = 0;
  for (size_t i = 0; i < n; i++)
    a |= 1U << (word[i] & 31);
  for (size_t i = 0; i < m; i++)
    b |= 1U << (label[i] & 31);
  return (unsigned)__builtin_popcount (a ^ b);
}

/* Words with many letters of their own are further apart than @most. */
static bool
may_be_near (const char *word, size_t n, const char *label, size_t m, unsigned most)
{
  return letters_apart (word, n, label, m) <= CLAMP (2 * most, 3, 6);
}

bool
field_near (const char *word, size_t n, const char *label)
{
  size_t m = strlen (label);
  if (n == m && memcmp (word, label, n) == 0)
    return true;
  unsigned most = m == 4 ? 1 : m <= 6 ? 2 : m <= 8 ? 3 : 4;
  if (m < SHORTEST_NEAR || n + 2 < m || n > m + 2 || !may_be_near (word, n, label, m, most))
    return false;
  return field_misreading_within (word, n, label, m, most) <= most;
}

/* Lower-case letters of the token in @lower; 0 when it is longer than any word of ours. */
static size_t
lower_of (const FieldText *text, const FieldToken *token, char lower[FIELD_LONGEST_WORD])
{
  size_t n = token->to - token->from;
  if (n >= FIELD_LONGEST_WORD)
    return 0;
  for (size_t i = 0; i < n; i++)
    lower[i] = g_ascii_tolower (text->plain->str[token->from + i]);
  lower[n] = '\0';
  return n;
}

/* Letters up to the next blank. */
static inline size_t
word_length (const char *list)
{
  size_t n = 0;
  while (list[n] != '\0' && list[n] != ' ')
    n++;
  return n;
}

static bool
in_list (const char *lower, size_t n, const char *list, bool near)
{
  char label[FIELD_LONGEST_WORD];
  for (const char *p = list; n > 0 && *p != '\0';)
    {
      size_t m = word_length (p);
      if (m == n && memcmp (p, lower, n) == 0)
        return true;
      if (near && m >= SHORTEST_NEAR && m < FIELD_LONGEST_WORD && m + 1 >= n && n + 1 >= m)
        {
          memcpy (label, p, m);
          label[m] = '\0';
          if (field_near (lower, n, label))
            return true;
        }
      p += m;
      p += *p == ' ';
    }
  return false;
}

bool
field_token_in (const FieldText *text, const FieldToken *token, const char *list)
{
  char lower[FIELD_LONGEST_WORD];
  return in_list (lower, lower_of (text, token, lower), list, false);
}

int
field_token_which (const FieldText *text, const FieldToken *token, const char *const *lists, int n_lists)
{
  char lower[FIELD_LONGEST_WORD];
  size_t n = lower_of (text, token, lower);
  for (int i = 0; i < n_lists; i++)
    if (in_list (lower, n, lists[i], false))
      return i + 1;
  return 0;
}

bool
field_token_near_any (const FieldText *text, const FieldToken *token, const char *list)
{
  char lower[FIELD_LONGEST_WORD];
  return in_list (lower, lower_of (text, token, lower), list, true);
}

bool
field_token_begins (const FieldText *text, const FieldToken *token, const char *list)
{
  char lower[FIELD_LONGEST_WORD];
  size_t n = lower_of (text, token, lower);
  for (const char *p = list; n > 0 && *p != '\0';)
    {
      size_t m = word_length (p);
      if (m <= n && memcmp (p, lower, m) == 0)
        return true;
      p += m;
      p += *p == ' ';
    }
  return false;
}

/* Whether the first letters of the @n at @lower are the @m of @root with one of them misread, lost or read twice. */
static bool
begins_near (const char *lower, size_t n, const char *root, size_t m)
{
  for (size_t k = m - 1; k <= m + 1 && k <= n; k++)
    if (may_be_near (lower, k, root, m, 1) && field_misreading_within (lower, k, root, m, 1) <= 1)
      return true;
  return false;
}

bool
field_token_begins_near (const FieldText *text, const FieldToken *token, const char *list)
{
  char lower[FIELD_LONGEST_WORD];
  size_t n = lower_of (text, token, lower);
  if (field_token_begins (text, token, list))
    return true;
  for (const char *p = list; n > 0 && *p != '\0';)
    {
      size_t m = strcspn (p, " ");
      if (m >= SHORTEST_ROOT && m < FIELD_LONGEST_WORD && begins_near (lower, n, p, m))
        return true;
      p += m;
      p += *p == ' ';
    }
  return false;
}

static const char *const months[12] = {
  "january jan janvier janv enero ene januar",
  "february feb fevrier fevr fev febrero februar febr",
  "march mar mars marzo marcius marc",
  "april apr avril avr abril abr aprilis",
  "may mai mayo majus maj",
  "june jun juin junio junius",
  "july jul juillet juil julio julius",
  "august aug aout agosto ago augusztus",
  "september sep sept septembre septiembre setiembre szeptember szept",
  "october oct octobre octubre oktober okt",
  "november nov novembre noviembre",
  "december dec decembre diciembre dic",
};

/* Which of @lists, from 1, has the word that a misread one is nearest to; 0 when two are as near. */
static int
nearest_of (const FieldText *text, const FieldToken *token, const char *const *lists, int n_lists, unsigned limit)
{
  char lower[FIELD_LONGEST_WORD];
  size_t n = lower_of (text, token, lower);
  int found = 0;
  unsigned least = UINT_MAX;
  for (int i = 0; n > 0 && i < n_lists; i++)
    for (const char *p = lists[i]; *p != '\0';)
      {
        size_t m = word_length (p);
        unsigned most = MIN (limit, m <= 4 ? 1 : m <= 6 ? 2 : m <= 8 ? 3 : 4);
        bool near = m >= 3 && n + 2 >= m && n <= m + 2 && letters_apart (lower, n, p, m) <= LETTERS_A_COST * most;
        unsigned cost = near ? field_misreading_within (lower, n, p, m, most) : UINT_MAX;
        p += m;
        p += *p == ' ';
        if (cost > most || cost > least || (cost == least && found == i + 1))
          continue;
        found = cost == least ? 0 : i + 1;
        least = cost;
      }
  return found;
}

/* "deabril": a lost blank. */
static const char glued[][4] = { "de", "le", "del" };

int
field_month_exact (const FieldText *text, const FieldToken *token)
{
  return field_token_which (text, token, months, 12);
}

int
field_month (const FieldText *text, const FieldToken *token)
{
  int exact = field_month_exact (text, token);
  if (token->kind == FIELD_TOKEN_NUMBER || token->to - token->from < 3)
    return 0;
  if (exact != 0)
    return exact;
  uint32_t last = token->to - 2;
  if (token->to - token->from > 5 && g_ascii_strncasecmp (text->plain->str + last, "de", 2) == 0)
    {
      FieldToken rest = { .from = token->from, .to = last, .kind = token->kind };
      if (field_month_exact (text, &rest) != 0)
        return field_month_exact (text, &rest);
    }
  for (size_t g = 0; g < G_N_ELEMENTS (glued); g++)
    {
      uint32_t n = (uint32_t)strlen (glued[g]);
      FieldToken rest = { .from = token->from + n, .to = token->to, .kind = token->kind };
      if (token->to - token->from < n + 3 || g_ascii_strncasecmp (text->plain->str + token->from, glued[g], n) != 0)
        continue;
      if (field_month_exact (text, &rest) != 0)
        return field_month_exact (text, &rest);
    }
  return nearest_of (text, token, months, 12, UINT_MAX);
}

bool
field_is_sure_month (const FieldText *text, const FieldToken *token)
{
  return field_month_exact (text, token) != 0
         || (token->to - token->from >= 5 && nearest_of (text, token, months, 12, 1) != 0);
}

static const char *const number_words[] = { "one a un une uno una egy",
                                            "two deux dos ket ketto",
                                            "three trois tres harom",
                                            "four quatre cuatro negy",
                                            "five cinq cinco ot",
                                            "six seis hat",
                                            "seven sept siete het",
                                            "eight huit ocho nyolc",
                                            "nine neuf nueve kilenc",
                                            "ten dix diez tiz",
                                            "eleven onze once",
                                            "twelve douze doce tizenket",
                                            "thirteen treize trece",
                                            "fourteen quatorze catorce tizennegy",
                                            "fifteen quinze quince tizenot",
                                            "twenty vingt veinte husz",
                                            "huszonegy",
                                            "huszonnyolc",
                                            "thirty trente treinta harminc",
                                            "negyvenot",
                                            "sixty soixante sesenta hatvan",
                                            "ninety noventa kilencven" };
static const int number_values[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 20, 21, 28, 30, 45, 60, 90 };
G_STATIC_ASSERT (G_N_ELEMENTS (number_words) == G_N_ELEMENTS (number_values));

int
field_number_word (const FieldText *text, const FieldToken *token)
{
  int which = field_token_which (text, token, number_words, G_N_ELEMENTS (number_words));
  if (which == 0 && token->to - token->from >= SHORTEST_NEAR)
    which = nearest_of (text, token, number_words, G_N_ELEMENTS (number_words), UINT_MAX);
  return which != 0 ? number_values[which - 1] : 0;
}

char
field_as_digit (char c)
{
  static const char from[] = "OoQDlIiZzSsBbGgq|Aa?";
  static const char to[] = "00001112255866991447";
  if (g_ascii_isdigit (c))
    return c;
  const char *p = c != '\0' ? strchr (from, c) : NULL;
  return p != NULL ? to[p - from] : '\0';
}

char
field_as_letter (char c)
{
  static const char from[] = "015826|";
  static const char to[] = "OISBZGI";
  if (g_ascii_isalpha (c))
    return g_ascii_toupper (c);
  const char *p = c != '\0' ? strchr (from, c) : NULL;
  return p != NULL ? to[p - from] : '\0';
}

int
field_digits (const FieldText *text, FieldSpan span, bool *repaired)
{
  if (span.to <= span.from || span.to - span.from > 4)
    return -1;
  int value = 0;
  bool true_digit = false;
  for (uint32_t i = span.from; i < span.to; i++)
    {
      char c = text->plain->str[i];
      char digit = field_as_digit (c);
      if (digit == '\0')
        return -1;
      true_digit |= digit == c;
      *repaired |= digit != c;
      value = value * 10 + (digit - '0');
    }
  return true_digit ? value : -1;
}

bool
field_is_capital (const FieldText *text, const FieldToken *token)
{
  return g_ascii_isupper (text->plain->str[token->from]);
}

FieldSigns
field_count_signs (const FieldText *text, FieldSpan span)
{
  FieldSigns signs = { 0 };
  for (uint32_t i = span.from; i < span.to; i++)
    {
      char c = text->plain->str[i];
      signs.digits += g_ascii_isdigit (c) != 0;
      signs.capitals += g_ascii_isupper (c) != 0;
      signs.small += g_ascii_islower (c) != 0;
      signs.joints += c == '-' || c == '/';
    }
  return signs;
}
