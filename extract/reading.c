#include "extract/reading.h"

static void
word_clear (gpointer data)
{
  g_free (((ExtractReadWord *)data)->text);
}

ExtractReading *
extract_reading_new (const char *language)
{
  ExtractReading *reading = g_new0 (ExtractReading, 1);
  reading->language = language;
  reading->words = g_array_new (FALSE, FALSE, sizeof (ExtractReadWord));
  g_array_set_clear_func (reading->words, word_clear);
  return reading;
}

void
extract_reading_free (ExtractReading *reading)
{
  if (reading == NULL)
    return;
  g_array_unref (reading->words);
  g_free (reading);
}

unsigned
extract_reading_letters (const char *text)
{
  unsigned n = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    n += g_unichar_isalnum (g_utf8_get_char (at));
  return n;
}

static const ExtractReadWord *
word_at (const ExtractReading *reading, guint i)
{
  return &g_array_index (reading->words, ExtractReadWord, i);
}

char *
extract_reading_text (const ExtractReading *reading, guint first, guint end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = first; i < end; i++)
    g_string_append_printf (text, "%s ", word_at (reading, i)->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

guint
extract_reading_line_end (const ExtractReading *reading, guint first)
{
  guint end = first + 1;
  while (end < reading->words->len && !(word_at (reading, end)->begins & RECORD_WORD_BEGINS_LINE))
    end++;
  return end;
}

RecordBox
extract_reading_box (const ExtractReading *reading, guint first, guint end)
{
  RecordBox box = word_at (reading, first)->box;
  for (guint i = first + 1; i < end; i++)
    {
      const RecordBox *next = &word_at (reading, i)->box;
      box = (RecordBox){ MIN (box.x0, next->x0), MIN (box.y0, next->y0), MAX (box.x1, next->x1),
                         MAX (box.y1, next->y1) };
    }
  return box;
}

double
extract_reading_confidence (const ExtractReading *reading, guint first, guint end, unsigned *letters)
{
  double sum = 0;
  unsigned n = 0;
  for (guint i = first; i < end; i++)
    {
      unsigned here = extract_reading_letters (word_at (reading, i)->text);
      sum += (double)word_at (reading, i)->confidence * here;
      n += here;
    }
  if (letters != NULL)
    *letters = n;
  return n > 0 ? sum / n : 0;
}

/* --- a part read again --- */

static ExtractReadWord
moved (const ExtractReadWord *word, int left, int top, float larger)
{
  ExtractReadWord copy = *word;
  copy.text = g_strdup (word->text);
  copy.box
      = (RecordBox){ left + (int32_t)((float)word->box.x0 / larger), top + (int32_t)((float)word->box.y0 / larger),
                     left + (int32_t)((float)word->box.x1 / larger), top + (int32_t)((float)word->box.y1 / larger) };
  copy.gap = (ExtractGap){ left + (int)((float)word->gap.x0 / larger), left + (int)((float)word->gap.x1 / larger) };
  return copy;
}

static void
insert (ExtractReading *reading, guint at, unsigned begins, const ExtractReading *by, int left, int top, float larger)
{
  for (guint i = 0; i < by->words->len; i++)
    {
      ExtractReadWord word = moved (word_at (by, i), left, top, larger);
      word.begins = i == 0 ? begins : word.begins & ~(unsigned)RECORD_WORD_BEGINS_BLOCK;
      g_array_insert_val (reading->words, at + i, word);
    }
}

void
extract_reading_replace (ExtractReading *reading, guint first, guint end, const ExtractReading *by, int left, int top,
                         float larger)
{
  unsigned begins = word_at (reading, first)->begins;
  g_array_remove_range (reading->words, first, end - first);
  insert (reading, first, begins, by, left, top, larger);
}

void
extract_reading_insert (ExtractReading *reading, guint at, const ExtractReading *by, int left, int top)
{
  unsigned begins = RECORD_WORD_BEGINS_BLOCK | RECORD_WORD_BEGINS_PARAGRAPH | RECORD_WORD_BEGINS_LINE;
  insert (reading, at, begins, by, left, top, 1);
  reading->letters += by->letters;
}
