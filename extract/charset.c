#include "extract/charset.h"
#include "extract/language.h"
#include <string.h>
#include <uchardet/uchardet.h>
#include <unicode/ucnv.h>

/* Below this many bytes above 127 uchardet guesses: a short Windows-1252 letter becomes a Polish one. */
enum
{
  ENOUGH_FOR_UCHARDET = 24,
  SAMPLE_BYTES = 65536,
  /* Nobody writes so long a letter, and its text is held three times over while it is converted. */
  MOST_BYTES = 64 << 20,
};

/* UTF-16 or UTF-32 without a mark: mostly Latin text has its zero bytes always at the same place. */
static const char *
wide_by_pattern (const uint8_t *bytes, size_t size)
{
  size_t zeros[4] = { 0 }, n = MIN (size, 4096) / 4;
  for (size_t i = 0; i < n * 4; i++)
    zeros[i % 4] += bytes[i] == 0;
  if (n == 0)
    return NULL;
  if (zeros[0] > n * 9 / 10 && zeros[1] > n * 9 / 10 && zeros[3] < n / 10)
    return "UTF-32BE";
  if (zeros[3] > n * 9 / 10 && zeros[2] > n * 9 / 10 && zeros[0] < n / 10)
    return "UTF-32LE";
  if (zeros[0] + zeros[2] > n * 3 / 2 && zeros[1] + zeros[3] < n / 10)
    return "UTF-16BE";
  if (zeros[1] + zeros[3] > n * 3 / 2 && zeros[0] + zeros[2] < n / 10)
    return "UTF-16LE";
  return NULL;
}

static const char *
by_mark (const uint8_t *bytes, size_t size, size_t *mark)
{
  static const struct
  {
    const char *bytes;
    size_t size;
    const char *charset;
  } marks[] = { { "\xef\xbb\xbf", 3, "UTF-8" },
                { "\xff\xfe\0\0", 4, "UTF-32LE" },
                { "\0\0\xfe\xff", 4, "UTF-32BE" },
                { "\xff\xfe", 2, "UTF-16LE" },
                { "\xfe\xff", 2, "UTF-16BE" } };
  for (size_t i = 0; i < G_N_ELEMENTS (marks); i++)
    if (size >= marks[i].size && memcmp (bytes, marks[i].bytes, marks[i].size) == 0)
      {
        *mark = marks[i].size;
        return marks[i].charset;
      }
  return NULL;
}

bool
extract_charset_looks_like_text (const char *bytes, size_t size)
{
  size_t mark = 0, controls = 0, n = MIN (size, SAMPLE_BYTES);
  const uint8_t *raw = (const uint8_t *)bytes;
  if (by_mark (raw, size, &mark) != NULL || wide_by_pattern (raw, size) != NULL)
    return true;
  for (size_t i = 0; i < n; i++)
    {
      if (raw[i] == 0)
        return false;
      controls += raw[i] == 127 || (raw[i] < 32 && strchr ("\t\n\r\f\x1a\x1b", raw[i]) == NULL);
    }
  return controls * 50 <= n;
}

/* --- conversion --- */

/* The units that @converter makes of the bytes, *@n of them; NULL with a failed *@status. */
static UChar *
units_of (UConverter *converter, const uint8_t *bytes, size_t size, int32_t *n, UErrorCode *status)
{
  int32_t room = (int32_t)size + 16;
  UChar *units = g_try_new (UChar, room);
  if (units == NULL)
    *status = U_MEMORY_ALLOCATION_ERROR;
  *n = ucnv_toUChars (converter, units, room, (const char *)bytes, (int32_t)size, status);
  if (*status == U_BUFFER_OVERFLOW_ERROR)
    {
      *status = U_ZERO_ERROR;
      g_free (units);
      room = *n + 1;
      units = g_new (UChar, room);
      *n = ucnv_toUChars (converter, units, room, (const char *)bytes, (int32_t)size, status);
    }
  return units;
}

/* NULL when ICU does not know @charset or, with @strict, when a byte has no meaning in it. */
static char *
convert (const char *charset, const uint8_t *bytes, size_t size, bool strict)
{
  UErrorCode status = U_ZERO_ERROR;
  UConverter *converter = ucnv_open (charset, &status);
  if (U_FAILURE (status))
    return NULL;
  if (strict)
    ucnv_setToUCallBack (converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
  int32_t n = 0;
  g_autofree UChar *units = units_of (converter, bytes, size, &n, &status);
  ucnv_close (converter);
  if (U_FAILURE (status))
    return NULL;
  /* A zero would end the text for everybody who comes after. */
  for (int32_t i = 0; i < n; i++)
    if (units[i] == 0)
      units[i] = ' ';
  return g_utf16_to_utf8 (units, n, NULL, NULL, NULL);
}

static size_t
count_above_ascii (const uint8_t *bytes, size_t size)
{
  size_t n = 0;
  for (size_t i = 0; i < size; i++)
    n += bytes[i] > 127;
  return n;
}

static bool
is_one_of (const char *charset, const char *const *sets)
{
  return g_strv_contains (sets, charset);
}

static const char *const western[]
    = { "WINDOWS-1252", "ISO-8859-1",  "ISO-8859-15",  "ISO-8859-3",   "ISO-8859-9",   "ISO-8859-10",
        "ISO-8859-13",  "ISO-8859-16", "WINDOWS-1254", "WINDOWS-1257", "WINDOWS-1258", NULL };
static const char *const central[] = { "WINDOWS-1250", "ISO-8859-2", "MAC-CENTRALEUROPE", NULL };

/* Of the letters that tell 1250 from 1252 the four languages use only ő and ű, which read as õ and û in the other set;
 * û is French as well, so the words must speak for Hungarian. @answer is uchardet's, or NULL: it takes French for
 * Polish, so it counts only where the words are of none of the western languages. */
static const char *
western_or_central (const uint8_t *bytes, size_t size, const char *answer)
{
  g_autofree char *as_central = convert ("windows-1250", bytes, size, false);
  g_autofree char *as_western = convert ("windows-1252", bytes, size, false);
  size_t long_vowels = 0;
  for (size_t i = 0; i < size; i++)
    long_vowels += bytes[i] == 0xf5 || bytes[i] == 0xd5;
  const char *language = as_central != NULL ? extract_language_guess (as_central, NULL) : "und";
  if (strcmp (language, "hu") == 0)
    return "windows-1250";
  /* Every third word of a western letter is a common one; a few are words of other tongues, too. */
  double share = 0;
  language = as_western != NULL ? extract_language_guess (as_western, &share) : "und";
  if (strcmp (language, "und") != 0 && share > 0.15)
    return "windows-1252";
  if (answer != NULL && is_one_of (answer, central))
    return g_intern_string (answer);
  return long_vowels > 0 ? "windows-1250" : "windows-1252";
}

static char *
ask_uchardet (const uint8_t *bytes, size_t size)
{
  uchardet_t detector = uchardet_new ();
  char *answer = NULL;
  if (uchardet_handle_data (detector, (const char *)bytes, MIN (size, SAMPLE_BYTES)) == 0)
    {
      uchardet_data_end (detector);
      answer = g_ascii_strup (uchardet_get_charset (detector), -1);
    }
  uchardet_delete (detector);
  return answer;
}

static char *
convert_legacy (const uint8_t *bytes, size_t size, const char **charset)
{
  size_t sample = MIN (size, SAMPLE_BYTES);
  g_autofree char *answer = NULL;
  if (count_above_ascii (bytes, sample) >= ENOUGH_FOR_UCHARDET)
    answer = ask_uchardet (bytes, sample);
  if (answer != NULL && *answer != '\0' && !is_one_of (answer, western) && !is_one_of (answer, central))
    {
      char *text = convert (answer, bytes, size, true);
      *charset = g_intern_string (answer);
      if (text != NULL)
        return text;
    }
  *charset = western_or_central (bytes, sample, answer);
  return convert (*charset, bytes, size, false);
}

/* Line ends become \n; what has no place in a text goes. */
static char *
clean (char *text)
{
  char *to = text;
  for (const char *from = text; *from != '\0'; from++)
    {
      unsigned char c = (unsigned char)*from;
      if (c == '\r')
        {
          if (from[1] != '\n')
            *to++ = '\n';
        }
      else if (c == 0xc2 && (unsigned char)from[1] < 0xa0)
        from++; /* C1 controls */
      else if ((c >= 32 && c != 127) || c == '\n' || c == '\t' || c == '\f')
        *to++ = (char)c;
    }
  *to = '\0';
  return text;
}

char *
extract_charset_text (GBytes *file, const char **charset, GError **error)
{
  size_t size, mark = 0;
  const uint8_t *bytes = g_bytes_get_data (file, &size);
  if (size > MOST_BYTES)
    {
      extract_refuse (error, RECORD_CODE_TOO_LARGE, "convert a text of %zu bytes", size);
      return NULL;
    }
  if (bytes == NULL)
    bytes = (const uint8_t *)""; /* an empty file */
  const char *step = by_mark (bytes, size, &mark);
  /* Seven bits with escapes: Japanese mail of old. */
  if (step == NULL && memmem (bytes, MIN (size, SAMPLE_BYTES), "\x1b$", 2) != NULL)
    step = "ISO-2022-JP";
  if (step == NULL && g_utf8_validate ((const char *)bytes, (gssize)size, NULL))
    step = "UTF-8";
  if (step == NULL)
    step = wide_by_pattern (bytes, size);
  char *text = step != NULL ? convert (step, bytes + mark, size - mark, false) : convert_legacy (bytes, size, &step);
  if (charset != NULL)
    *charset = step;
  if (text == NULL)
    {
      extract_refuse (error, RECORD_CODE_DAMAGED, "convert a text from %s", step);
      return NULL;
    }
  return clean (text);
}

/* --- pages --- */

unsigned
extract_charset_pages (const char *text)
{
  unsigned pages = 1;
  for (const char *at = strchr (text, '\f'); at != NULL; at = strchr (at + 1, '\f'))
    pages += at[1 + strspn (at + 1, " \t\n")] != '\0';
  return pages;
}

char *
extract_charset_page (const char *text, unsigned page_no)
{
  unsigned no = 1;
  const char *at = text;
  while (at != NULL && no < page_no)
    {
      at = strchr (at, '\f');
      at = at != NULL ? at + 1 : NULL;
      no++;
    }
  if (at == NULL || (page_no > 1 && at[strspn (at, " \t\n")] == '\0'))
    return NULL;
  size_t length = strcspn (at, "\f");
  bool ended = length > 0 && at[length - 1] == '\n';
  return g_strdup_printf ("%.*s%s", (int)length, at, length > 0 && !ended ? "\n" : "");
}
