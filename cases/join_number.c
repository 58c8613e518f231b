/* Docket numbers in text that was recognised: letters that look like digits, blanks and lost hyphens are put right
 * where the check digits prove it and the number is in the store. */
#include "cases/join_parts.h"
#include "cases/number.h"
#include <string.h>

#define DIGITS_LEAST 12 /* year, six of the serial, check */
#define DIGITS_MOST 15
#define GAP_MOST 3 /* blanks and hyphens between two groups */
#define CERTAIN 0.99
#define REPAIRED 0.95

typedef struct
{
  JoinWork *work;
  const RecordPage *page;
  gunichar *text; /* of the page, with 0 at the end */
  glong length;
  const char *rule;
  int64_t unproven;
} Reader;

/* What was read where a number stands. */
typedef struct
{
  char digits[DIGITS_MOST + 1];
  glong ends[DIGITS_MOST];    /* behind each digit */
  bool repaired[DIGITS_MOST]; /* up to it */
  int n;
} Read;

static int
as_digit (gunichar c)
{
  static const struct
  {
    char digit;
    const char *look_alikes;
  } groups[] = { { 0, "OoQD" }, { 1, "lIiL|!" }, { 2, "Zz" }, { 5, "Ss" }, { 6, "G" }, { 8, "B" } };
  if (c < 128 && g_ascii_isdigit ((char)c))
    return (int)c - '0';
  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    if (c > 0 && c < 128 && strchr (groups[i].look_alikes, (int)c) != NULL)
      return groups[i].digit;
  return -1;
}

static bool
is_joint (gunichar c)
{
  return c == '-' || c == '.' || c == '/' || c == '_' || c == ':' || c == '~' || (c >= 0x2010 && c <= 0x2015)
         || c == 0x2212 || c == 0xAD || g_unichar_isspace (c);
}

static bool
is_wordly (gunichar c)
{
  return c != 0 && g_unichar_isalnum (c);
}

/* Behind the prefix at @at, or -1. */
static glong
skip_prefix (const Reader *reader, const char *prefix, glong at, bool *repaired)
{
  for (const char *p = prefix; *p != '\0'; p++, at++)
    {
      gunichar c = reader->text[at];
      bool same = c < 128 && g_ascii_toupper ((char)c) == *p;
      if (!same && (as_digit (c) < 0 || as_digit (c) != as_digit ((gunichar)*p)))
        return -1;
      *repaired |= !same;
    }
  return at;
}

static void
read_digits (const Reader *reader, glong at, bool repaired, Read *read)
{
  glong gap = 0;
  for (; at < reader->length && read->n < DIGITS_MOST && gap <= GAP_MOST; at++)
    {
      int digit = as_digit (reader->text[at]);
      if (digit >= 0)
        {
          repaired |= !g_unichar_isdigit (reader->text[at]);
          read->repaired[read->n] = repaired;
          read->digits[read->n] = (char)('0' + digit);
          read->ends[read->n++] = at + 1;
          gap = 0;
        }
      else if (is_joint (reader->text[at]))
        {
          repaired |= reader->text[at] != '-';
          gap++;
        }
      else
        return;
    }
}

/* The number that @digits say, and whether its last two are right. Owned by the caller. */
static char *
number_of (const char *prefix, const char *digits, int n, bool *right)
{
  g_autofree char *year = g_strndup (digits, 4);
  g_autofree char *serial = g_strndup (digits + 4, (gsize)n - 6);
  char *number = number_format (prefix, (int)g_ascii_strtoll (year, NULL, 10), g_ascii_strtoll (serial, NULL, 10));
  *right = strncmp (number + strlen (number) - 2, digits + n - 2, 2) == 0;
  return number;
}

static bool
take (Reader *reader, const char *number, bool repaired, glong from, glong to, bool *taken, GError **error)
{
  int64_t id;
  if (!store_case_numbered (reader->work->letter->store, number, &id, error))
    return false;
  *taken = id != 0;
  if (id == 0)
    return true;
  JoinCandidate *candidate = join_candidate (reader->work, id);
  g_autofree char *rule = g_strconcat (reader->rule, repaired ? "-repaired" : "", NULL);
  if (!candidate->proven)
    join_add (candidate, rule, repaired ? REPAIRED : CERTAIN, reader->page, (uint32_t)from, (uint32_t)to);
  candidate->proven = true;
  return true;
}

/* Check digits find every single wrong digit; which one it was, the store knows: a case whose number differs in one. */
static bool
guess (Reader *reader, const char *prefix, const char *digits, GError **error)
{
  char tried[DIGITS_LEAST + 1];
  bool right;
  g_autofree char *checked = number_of (prefix, digits, DIGITS_LEAST, &right);
  if (!store_case_numbered (reader->work->letter->store, checked, &reader->unproven, error))
    return false;
  for (int i = 0; i < 10 && reader->unproven == 0; i++)
    for (char d = '0'; d <= '9' && reader->unproven == 0; d++)
      {
        g_strlcpy (tried, digits, sizeof tried);
        tried[i] = d;
        g_autofree char *number = number_of (prefix, tried, DIGITS_LEAST, &right);
        if (right && !store_case_numbered (reader->work->letter->store, number, &reader->unproven, error))
          return false;
      }
  return true;
}

static bool
note_unproven (Reader *reader, const char *prefix, const Read *read, glong from, GError **error)
{
  bool sensible = strncmp (read->digits, "19", 2) > 0 && strncmp (read->digits, "29", 2) < 0;
  glong end = read->ends[DIGITS_LEAST - 1];
  if (is_wordly (reader->text[end]) || read->repaired[DIGITS_LEAST - 1] || !sensible || reader->unproven != 0)
    return true;
  if (!guess (reader, prefix, read->digits, error))
    return false;
  if (reader->unproven != 0)
    join_add (join_candidate (reader->work, reader->unproven), "join:docket-number-unproven", 0.5, reader->page,
              (uint32_t)from, (uint32_t)end);
  return true;
}

static bool
read_at (Reader *reader, const char *prefix, glong from, GError **error)
{
  Read read = { .n = 0 };
  bool repaired = false;
  glong at = skip_prefix (reader, prefix, from, &repaired);
  if (at < 0)
    return true;
  read_digits (reader, at, repaired, &read);
  for (int n = DIGITS_LEAST; n <= read.n; n++)
    {
      bool right, taken = false;
      g_autofree char *number = number_of (prefix, read.digits, n, &right);
      bool ends = !is_wordly (reader->text[read.ends[n - 1]]);
      if (right && ends && !take (reader, number, read.repaired[n - 1], from, read.ends[n - 1], &taken, error))
        return false;
      if (taken)
        return true;
    }
  return read.n < DIGITS_LEAST || note_unproven (reader, prefix, &read, from, error);
}

static bool
read_text (Reader *reader, const char *text, char **prefixes, GError **error)
{
  glong length;
  g_autofree gunichar *wide = g_utf8_to_ucs4_fast (text, -1, &length);
  reader->text = wide;
  reader->length = length;
  for (glong at = 0; at < length; at++)
    if (is_wordly (wide[at]) && (at == 0 || !is_wordly (wide[at - 1])))
      for (char **prefix = prefixes; *prefix != NULL; prefix++)
        if (!read_at (reader, *prefix, at, error))
          return false;
  return true;
}

/* A bar code says the number alone; it has no characters on the page. */
static bool
read_bar_codes (JoinWork *work, const RecordPage *page, GError **error)
{
  for (guint i = 0; i < page->barcodes->len; i++)
    {
      const RecordBarcode *code = page->barcodes->pdata[i];
      g_autofree char *number = NULL;
      int64_t id = 0;
      if (!number_parse (code->value, &number))
        continue;
      if (!store_case_numbered (work->letter->store, number, &id, error))
        return false;
      JoinCandidate *candidate = id != 0 ? join_candidate (work, id) : NULL;
      if (candidate == NULL || candidate->proven)
        continue;
      join_add (candidate, "join:bar-code", CERTAIN, NULL, 0, 0);
      candidate->proven = true;
      json_array_append_new (candidate->because,
                             json_pack ("{s:i, s:i, s:i, s:[i, i, i, i], s:s, s:s}", "page", (int)page->no, "from", 0,
                                        "to", 0, "box", code->box.x0, code->box.y0, code->box.x1, code->box.y1, "text",
                                        code->value, "rule", "join:bar-code"));
    }
  return true;
}

bool
join_numbers (JoinWork *work, int64_t *unproven, GError **error)
{
  g_auto (GStrv) prefixes = store_case_prefixes (work->letter->store, error);
  Reader reader = { .work = work, .rule = "join:docket-number" };
  if (prefixes == NULL)
    return false;
  for (guint i = 0; i < work->letter->pages->len; i++)
    {
      reader.page = work->letter->pages->pdata[i];
      if (!read_bar_codes (work, reader.page, error) || !read_text (&reader, reader.page->text, prefixes, error))
        return false;
    }
  *unproven = reader.unproven;
  return true;
}
