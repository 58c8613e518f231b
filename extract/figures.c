#include "extract/figures.h"
#include <string.h>

static bool
has_figure (const char *text)
{
  return strpbrk (text, "0123456789") != NULL;
}

/* Whether word @i, which begins no line, is a sign that follows no number and goes before a word of the sentence. */
static bool
is_figure (const ExtractReading *reading, guint i)
{
  const ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
  if (strcmp (word->text, "$") != 0 || word->begins & RECORD_WORD_BEGINS_LINE || i == 0
      || i + 1 == extract_reading_line_end (reading, i))
    return false;
  return !has_figure (word[-1].text) && g_unichar_islower (g_utf8_get_char (word[1].text));
}

void
extract_figures_mend (ExtractReading *reading)
{
  for (guint i = 0; i < reading->words->len; i++)
    if (is_figure (reading, i))
      g_array_index (reading->words, ExtractReadWord, i).text[0] = '5';
}
