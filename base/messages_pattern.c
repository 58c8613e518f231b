/* ICU's C function takes the arguments of a pattern as variadic ones. It expects of each the C type that follows from
 * the pattern and cannot be asked for it, so that a pattern and a call that disagree are undefined behaviour; and it
 * shows dates in the zone of the process. Therefore a pattern is rewritten for one call that always has the same types:
 *
 *   arguments 0 to 7   const UChar *   texts, and dates as texts: {1} and {2,date,long} become {0} and {1}
 *   arguments 8 to 15  double          numbers: {0,plural,…} becomes {8,plural,…}
 *
 * ICU reads an argument that the pattern leaves out as a pointer: a text may be left out, and numbers have no gaps. */
#include "base/messages_pattern.h"
#include "base/text_units.h"
#include <string.h>
#include <unicode/udat.h>
#include <unicode/udatpg.h>
#include <unicode/umsg.h>

#define TEXTS 8
#define NUMBERS 8

typedef struct
{
  const char *language;
  const MessageArgument *arguments; /* NULL: each is made up, of the type that is wanted */
  unsigned count;
  UChar *texts[TEXTS];
  double numbers[NUMBERS];
  unsigned n_texts, n_numbers;
  GString *pattern;
} Filling;

static void
filling_clear (Filling *filling)
{
  for (unsigned i = 0; i < filling->n_texts; i++)
    g_free (filling->texts[i]);
  if (filling->pattern != NULL)
    g_string_free (filling->pattern, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Filling, filling_clear)

static bool
throw_icu (UErrorCode code, GError **error)
{
  return dk_throw (error, DK_ERROR_INVALID, "message pattern: %s", u_errorName (code));
}

/* --- slots of the call --- */

static bool
add_text (Filling *filling, const UChar *text, unsigned *slot, GError **error)
{
  for (*slot = 0; *slot < filling->n_texts; (*slot)++)
    if (u_strcmp (filling->texts[*slot], text) == 0)
      return true;
  if (filling->n_texts == TEXTS)
    return dk_throw (error, DK_ERROR_INVALID, "message pattern: more than %d texts and dates", TEXTS);
  filling->texts[filling->n_texts++] = g_memdup2 (text, ((gsize)u_strlen (text) + 1) * sizeof *text);
  return true;
}

/* Equal numbers share a slot, so that there are as many as arguments at the most. */
static unsigned
add_number (Filling *filling, double number)
{
  unsigned at = 0;
  while (at < filling->n_numbers && memcmp (&filling->numbers[at], &number, sizeof number) != 0)
    at++;
  g_assert (at < NUMBERS);
  filling->numbers[at] = number;
  filling->n_numbers = MAX (filling->n_numbers, at + 1);
  return TEXTS + at;
}

/* --- dates --- */

/* The pattern of the skeleton @wanted in the language; its units in *@length. */
static UChar *
best_date_pattern (const char *language, const char *wanted, int32_t *length, UErrorCode *code)
{
  int32_t units, capacity = 128;
  g_autofree UChar *skeleton = dk_units (wanted, &units);
  UChar *pattern = g_new0 (UChar, capacity);
  UDateTimePatternGenerator *generator = udatpg_open (language, code);
  *length = udatpg_getBestPattern (generator, skeleton, units, pattern, capacity, code);
  udatpg_close (generator);
  return pattern;
}

static UDateFormat *
open_date_format (const char *language, bool time, const char *style, UErrorCode *code)
{
  static const UChar utc[] = { 'U', 'T', 'C', 0 };
  static const char *const names[] = { "full", "long", "medium", "short", NULL }; /* as UDateFormatStyle counts */
  int32_t length = 0, named = style[0] == '\0' ? UDAT_MEDIUM : UDAT_FULL;
  while (style[0] != '\0' && names[named] != NULL && strcmp (names[named], style) != 0)
    named++;
  if (names[named] != NULL)
    return udat_open (time ? (UDateFormatStyle)named : UDAT_NONE, time ? UDAT_NONE : (UDateFormatStyle)named, language,
                      utc, -1, NULL, 0, code);
  g_autofree UChar *pattern = g_str_has_prefix (style, "::") ? best_date_pattern (language, style + 2, &length, code)
                                                             : dk_units (style, &length);
  return udat_open (UDAT_PATTERN, UDAT_PATTERN, language, utc, -1, pattern, length, code);
}

static bool
add_date (Filling *filling, double milliseconds, bool time, const char *style, unsigned *slot, GError **error)
{
  UErrorCode code = U_ZERO_ERROR;
  UChar text[256] = { 0 };
  UDateFormat *format = open_date_format (filling->language, time, style, &code);
  udat_format (format, milliseconds, text, G_N_ELEMENTS (text) - 1, NULL, &code);
  udat_close (format);
  return U_SUCCESS (code) ? add_text (filling, text, slot, error) : throw_icu (code, error);
}

/* --- rewriting --- */

static const struct
{
  const char *word;
  MessageType type;
} kinds[] = {
  { "select", MESSAGE_TEXT },     { "number", MESSAGE_NUMBER },
  { "plural", MESSAGE_NUMBER },   { "selectordinal", MESSAGE_NUMBER },
  { "spellout", MESSAGE_NUMBER }, { "ordinal", MESSAGE_NUMBER },
  { "date", MESSAGE_DATE },       { "time", MESSAGE_DATE },
};

/* "{0", "{0,plural" or "{0,date,long" as read. */
typedef struct
{
  unsigned index;
  char kind[16];     /* a word of kinds, or "" */
  const char *style; /* what follows, up to the closing brace; in a plural and a select there are messages in it */
  size_t style_length;
} Head;

static const char *
skip_space (const char *at)
{
  return at + strspn (at, " \t\r\n");
}

/* @at is the opening brace. False when what follows is no argument. */
static bool
read_head (const char *at, Head *head)
{
  at = skip_space (at + 1);
  size_t digits = strspn (at, "0123456789");
  if (digits == 0 || digits > 2)
    return false;
  head->index = (unsigned)g_ascii_strtoull (at, NULL, 10);
  at = skip_space (at + digits);
  if (*at == ',')
    {
      at = skip_space (at + 1);
      size_t length = strspn (at, "abcdefghijklmnopqrstuvwxyz");
      if (length == 0 || length >= sizeof head->kind)
        return false;
      memcpy (head->kind, at, length);
      at = skip_space (at + length);
    }
  if (*at == ',' && head->kind[0] != '\0')
    at = skip_space (at + 1);
  else if (*at != '}')
    return false;
  head->style = at;
  head->style_length = strcspn (at, "{}");
  return true;
}

static bool
find_argument (const Filling *filling, const Head *head, MessageArgument *found, GError **error)
{
  gsize kind = 0;
  while (kind < G_N_ELEMENTS (kinds) && strcmp (kinds[kind].word, head->kind) != 0)
    kind++;
  bool plain = head->kind[0] == '\0';
  if (!plain && kind == G_N_ELEMENTS (kinds))
    return dk_throw (error, DK_ERROR_INVALID, "message pattern: {%u,%s} is of no known type", head->index, head->kind);
  MessageType wanted = plain ? MESSAGE_TEXT : kinds[kind].type;
  if (head->index >= filling->count)
    return dk_throw (error, DK_ERROR_INVALID, "message pattern: there is no argument {%u}", head->index);
  *found = filling->arguments != NULL ? filling->arguments[head->index] : (MessageArgument){ .type = wanted };
  return plain || found->type == wanted
         || dk_throw (error, DK_ERROR_INVALID, "message pattern: argument {%u} is not for %s", head->index, head->kind);
}

static bool
add_argument (Filling *filling, const MessageArgument *argument, const Head *head, unsigned *slot, GError **error)
{
  g_autofree UChar *text = NULL;
  g_autofree char *style = NULL;
  switch (argument->type)
    {
    case MESSAGE_NUMBER:
      *slot = add_number (filling, argument->number);
      return true;
    case MESSAGE_DATE:
      style = g_strchomp (g_strndup (head->style, head->style_length));
      return add_date (filling, argument->number, strcmp (head->kind, "time") == 0, style, slot, error);
    case MESSAGE_TEXT:
      break;
    }
  text = dk_units (argument->text, NULL);
  return add_text (filling, text, slot, error);
}

/* Writes the head for its slot. Returns what follows in the old pattern and is copied: the style or the brace. */
static const char *
write_head (Filling *filling, const Head *head, MessageType type, unsigned slot)
{
  const char *kind = type == MESSAGE_NUMBER && head->kind[0] == '\0' ? "number" : head->kind;
  const char *end = head->style + head->style_length;
  g_string_append_printf (filling->pattern, "{%u", slot);
  if (type == MESSAGE_DATE || kind[0] == '\0')
    return end;
  g_string_append_printf (filling->pattern, ",%s", kind);
  if (head->style[0] == '}')
    return end;
  g_string_append_c (filling->pattern, ',');
  /* Of {0,number,integer} alone ICU reads an int; the skeleton says the same of a double. */
  if (strcmp (kind, "number") != 0 || !g_str_has_prefix (head->style, "integer"))
    return head->style;
  g_string_append (filling->pattern, "::.");
  return end;
}

/* @at is the opening brace. Returns where to go on; NULL with *@error. */
static const char *
rewrite_head (Filling *filling, const char *at, GError **error)
{
  unsigned slot;
  Head head = { 0 };
  MessageArgument argument = { 0 };
  if (!read_head (at, &head))
    {
      dk_throw (error, DK_ERROR_INVALID, "message pattern: a brace that opens no argument");
      return NULL;
    }
  if (!find_argument (filling, &head, &argument, error) || !add_argument (filling, &argument, &head, &slot, error))
    return NULL;
  return write_head (filling, &head, argument.type, slot);
}

static bool
rewrite (Filling *filling, const char *at, GError **error)
{
  unsigned depth = 0; /* odd inside an argument, where a brace opens a message; elsewhere it opens an argument */
  if (strchr (at, '\'') != NULL)
    return dk_throw (error, DK_ERROR_INVALID, "message pattern: a straight apostrophe; write ’");
  while (*at != '\0')
    {
      if (*at == '{' && depth++ % 2 == 0)
        {
          at = rewrite_head (filling, at, error);
          if (at == NULL)
            return false;
          continue;
        }
      if (*at == '}' && depth > 0)
        depth--;
      g_string_append_c (filling->pattern, *at++);
    }
  return true;
}

/* --- the call --- */

static int32_t
call (const Filling *filling, UChar *result, int32_t capacity, UErrorCode *code)
{
  static UChar none[1];
  UChar *t[TEXTS];
  const double *n = filling->numbers;
  for (unsigned i = 0; i < TEXTS; i++)
    t[i] = i < filling->n_texts ? filling->texts[i] : none;
  int32_t length;
  g_autofree UChar *pattern = dk_units (filling->pattern->str, &length);
  return u_formatMessage (filling->language, pattern, length, result, capacity, code, t[0], t[1], t[2], t[3], t[4],
                          t[5], t[6], t[7], n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7]);
}

static char *
fill (const Filling *filling, GError **error)
{
  UErrorCode code = U_ZERO_ERROR;
  UChar room[512];
  int32_t length = call (filling, room, G_N_ELEMENTS (room), &code);
  g_autofree UChar *larger = NULL;
  if (code == U_BUFFER_OVERFLOW_ERROR)
    {
      code = U_ZERO_ERROR;
      larger = g_new (UChar, length + 1);
      length = call (filling, larger, length + 1, &code);
    }
  if (U_SUCCESS (code))
    return dk_utf8 (larger != NULL ? larger : room, length);
  throw_icu (code, error);
  return NULL;
}

static char *
format (const char *language, const char *pattern, const MessageArgument *arguments, unsigned count, GError **error)
{
  g_auto (Filling) filling
      = { .language = language, .arguments = arguments, .count = count, .pattern = g_string_new (NULL) };
  return rewrite (&filling, pattern, error) ? fill (&filling, error) : NULL;
}

char *
dk_format_pattern (const char *language, const char *pattern, const MessageArgument *arguments, unsigned count,
                   GError **error)
{
  static const MessageArgument none;
  g_assert (count <= MESSAGE_ARGUMENTS);
  return format (language, pattern, arguments != NULL ? arguments : &none, count, error);
}

/* Whether there is no more in @pattern than text and arguments such as {0}: ICU, which takes long to open a pattern,
 * need not be asked then. */
static bool
is_plain (const char *pattern)
{
  if (!g_utf8_validate (pattern, -1, NULL))
    return false;
  for (const char *at = pattern; *at != '\0'; at++)
    {
      bool argument = at[0] == '{' && at[1] >= '0' && at[1] < '0' + MESSAGE_ARGUMENTS && at[2] == '}';
      if (!argument && strchr ("{}'", *at) != NULL)
        return false;
      at += argument ? 2 : 0;
    }
  return true;
}

bool
dk_check_pattern (const char *language, const char *pattern, GError **error)
{
  UErrorCode code = U_ZERO_ERROR;
  UParseError place = { 0 };
  int32_t length;
  if (is_plain (pattern))
    return true;
  g_autofree UChar *units = dk_units (pattern, &length);
  umsg_close (umsg_open (units, length, language, &place, &code));
  /* Of one argument both as it is and in a plural ICU says that they cannot be passed; rewritten they can. */
  if (U_FAILURE (code) && code != U_ARGUMENT_TYPE_MISMATCH)
    return dk_throw (error, DK_ERROR_INVALID, "not a message pattern at character %d: %s", place.offset + 1,
                     u_errorName (code));
  g_autofree char *filled = format (language, pattern, NULL, MESSAGE_ARGUMENTS, error);
  return filled != NULL;
}
