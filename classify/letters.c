#include "classify/letters.h"
#include "classify/cues.h"
#include <string.h>

#define COLUMNS 8
#define MESSAGE "{message}" /* its place in a frame */
enum
{
  LANGUAGE = 2, /* letters of an id */
};
enum
{
  ID,
  KIND,
  SUBJECT = 3,
  TRADE,
  USE = 6,
  TEXT,
};

ClassifyLetters *
classify_letters_new (void)
{
  ClassifyLetters *letters = g_new0 (ClassifyLetters, 1);
  letters->letters = g_array_new (FALSE, FALSE, sizeof (ClassifyLetter));
  letters->frames = g_array_new (FALSE, FALSE, sizeof (ClassifyLetter));
  letters->strings = g_string_chunk_new (1 << 16);
  return letters;
}

void
classify_letters_free (ClassifyLetters *letters)
{
  if (letters == NULL)
    return;
  g_array_unref (letters->letters);
  g_array_unref (letters->frames);
  g_string_chunk_free (letters->strings);
  g_free (letters);
}

GPtrArray *
classify_letter_pages (const char *text)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  page->origin = RECORD_ORIGIN_EMBEDDED;
  g_free (page->text);
  page->text = g_strdup_printf ("%s\n", text);
  g_ptr_array_add (pages, page);
  return pages;
}

static bool
is_kind (const char *text)
{
  for (size_t i = 0; i < CLASSIFY_KINDS; i++)
    if (g_str_equal (classify_kind_ids[i], text))
      return true;
  return false;
}

/* A copy of @text that lives as long as @letters; NULL for "-". */
static const char *
keep (ClassifyLetters *letters, const char *text)
{
  return g_str_equal (text, "-") ? NULL : g_string_chunk_insert_const (letters->strings, text);
}

/* @text with \n, \t and \\ as what they stand for; another backslash is one. */
static const char *
keep_text (ClassifyLetters *letters, const char *text)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  for (; *text != '\0'; text++)
    {
      char next = *text == '\\' ? text[1] : '\0';
      if (next != 'n' && next != 't' && next != '\\')
        {
          g_string_append_c (plain, *text);
          continue;
        }
      g_string_append_c (plain, next == 'n' ? '\n' : next == 't' ? '\t' : '\\');
      text++;
    }
  return g_string_chunk_insert (letters->strings, plain->str);
}

/* Puts the uses that @text names into @letter. Whether there are such. */
static bool
read_uses (const char *text, ClassifyLetter *letter)
{
  g_auto (GStrv) uses = g_strsplit (text, ",", -1);
  for (char **use = uses; *use != NULL && !g_str_equal (text, "-"); use++)
    if (g_str_equal (*use, "hard"))
      letter->hard = true;
    else if (g_str_equal (*use, "subject"))
      letter->on_subject = true;
    else if (g_str_equal (*use, "page"))
      letter->page = true;
    else if (g_str_equal (*use, "unseen"))
      letter->on_subject = letter->unseen = true;
    else
      return false;
  return true;
}

static bool
add_frame (ClassifyLetters *letters, const ClassifyLetter *frame, guint number, GError **error)
{
  const char *place = strstr (frame->text, MESSAGE);
  if (place == NULL || strstr (place + 1, MESSAGE) != NULL)
    return dk_throw (error, DK_ERROR_INVALID, "line %u of the letters is a frame without one " MESSAGE, number);
  g_array_append_vals (letters->frames, frame, 1);
  return true;
}

static bool
add_line (ClassifyLetters *letters, const char *line, guint number, bool corrected, GError **error)
{
  g_auto (GStrv) columns = g_strsplit (line, "\t", -1);
  if (g_strv_length (columns) != COLUMNS)
    return dk_throw (error, DK_ERROR_INVALID, "line %u of the letters has %u columns instead of %d", number,
                     g_strv_length (columns), COLUMNS);
  if (!is_kind (columns[KIND]) && !g_str_equal (columns[KIND], "-"))
    return dk_throw (error, DK_ERROR_INVALID, "line %u of the letters has no kind that there is", number);
  if (!g_utf8_validate (columns[TEXT], -1, NULL))
    return dk_throw (error, DK_ERROR_INVALID, "line %u of the letters is not UTF-8", number);
  ClassifyLetter letter = { .id = g_string_chunk_insert (letters->strings, columns[ID]),
                            .kind = keep (letters, columns[KIND]),
                            .subject = keep (letters, columns[SUBJECT]),
                            .group = keep (letters, columns[TRADE]),
                            .text = keep_text (letters, columns[TEXT]),
                            .corrected = corrected,
                            .on_subject = corrected,
                            .unseen = corrected };
  if (!corrected && g_str_equal (columns[USE], "frame"))
    return add_frame (letters, &letter, number, error);
  if (!read_uses (columns[USE], &letter))
    return dk_throw (error, DK_ERROR_INVALID, "line %u of the letters has no use that there is", number);
  if (letter.group == NULL)
    letter.group = "";
  g_array_append_val (letters->letters, letter);
  return true;
}

bool
classify_letters_add (ClassifyLetters *letters, GBytes *bytes, bool corrected, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  guint number = 0;
  for (const char *at = data, *end = data + size; at < end;)
    {
      const char *stop = memchr (at, '\n', (size_t)(end - at));
      size_t length = (size_t)((stop != NULL ? stop : end) - at);
      g_autofree char *line = g_strndup (at, length);
      number++;
      if (*line != '\0' && *line != '#' && !g_str_has_prefix (line, "id\t")
          && !add_line (letters, line, number, corrected, error))
        return false;
      at += length + 1;
    }
  return true;
}

/* The frame @no, from 0, of those in the language of @letter; how many these are is added to *@n. NULL when there are
 * fewer. */
static const char *
frame_of (const ClassifyLetters *letters, const ClassifyLetter *letter, guint no, guint *n)
{
  const char *found = NULL;
  for (guint i = 0; i < letters->frames->len; i++)
    {
      const ClassifyLetter *frame = &g_array_index (letters->frames, ClassifyLetter, i);
      if (strncmp (frame->id, letter->id, LANGUAGE) == 0 && (*n)++ == no)
        found = frame->text;
    }
  return found;
}

char *
classify_letters_framed (const ClassifyLetters *letters, const ClassifyLetter *letter, guint32 seed)
{
  guint n = 0, same = 0;
  if (!letter->corrected && strchr (letter->text, '\n') == NULL)
    frame_of (letters, letter, 0, &n);
  if (n == 0)
    return g_strdup (letter->text);
  GString *framed = g_string_new (frame_of (letters, letter, seed % n, &same));
  g_string_replace (framed, MESSAGE, letter->text, 1);
  return g_string_free (framed, FALSE);
}
