#include "classify/words.h"
#include "base/text.h"
#include <string.h>

#define SURE 90 /* confidence of a recognised word from which it is taken as read */

/* The state while one page is cut into words. */
typedef struct
{
  ClassifyWords *words;
  GString *word;        /* the word being read */
  const GArray *origin; /* code point of the folded text to that of the page */
  guint page;
  guint record_word;   /* the first word of the page record that is not left of the word being read */
  guint first, last;   /* code points of the folded text */
  guint hyphen;        /* 1 after a hyphen that follows a word, 2 when its line has ended too, else 0 */
  guint breaks;        /* line ends since the last word */
  guint sentence_from; /* first word of the sentence being read */
} Cutter;

static void
end_sentence (Cutter *cutter, bool asks)
{
  guint n = cutter->words->words->len;
  if (n == cutter->sentence_from)
    return;
  ClassifySentence sentence = { .from = cutter->sentence_from, .to = n, .asks = asks };
  g_array_append_val (cutter->words->sentences, sentence);
  cutter->sentence_from = n;
}

/* Whether the engine is sure of the code points from @from: words of a text without boxes are not known to be. */
static bool
is_sure (Cutter *cutter, uint32_t from)
{
  const GArray *words = ((const RecordPage *)cutter->words->pages->pdata[cutter->page])->words;
  while (cutter->record_word < words->len && g_array_index (words, RecordWord, cutter->record_word).to <= from)
    cutter->record_word++;
  if (cutter->record_word >= words->len)
    return false;
  const RecordWord *word = &g_array_index (words, RecordWord, cutter->record_word);
  return word->from <= from && word->confidence >= SURE;
}

static void
end_word (Cutter *cutter)
{
  ClassifyWords *words = cutter->words;
  if (cutter->word->len == 0)
    return;
  ClassifyWord word = { .text = g_string_chunk_insert_const (words->strings, cutter->word->str),
                        .page = cutter->page,
                        .from = g_array_index (cutter->origin, guint32, cutter->first),
                        .to = g_array_index (cutter->origin, guint32, cutter->last) + 1,
                        .sentence = words->sentences->len };
  word.sure = is_sure (cutter, word.from);
  g_array_append_val (words->words, word);
  g_string_truncate (cutter->word, 0);
}

static void
take_letter (Cutter *cutter, gunichar c, guint at)
{
  if (cutter->word->len > 0 && cutter->hyphen == 1)
    end_word (cutter);
  if (cutter->word->len == 0)
    cutter->first = at;
  if (g_unichar_isdigit (c))
    cutter->words->digits++;
  else
    cutter->words->letters++;
  /* A word without end is no word: what follows begins the next. */
  if (cutter->word->len >= 128)
    {
      end_word (cutter);
      cutter->first = at;
    }
  cutter->last = at;
  cutter->hyphen = 0;
  cutter->breaks = 0;
  g_string_append_unichar (cutter->word, c);
}

static bool
ends_sentence (gunichar c, gunichar next)
{
  if (c == '?' || c == '!' || c == 0x2026 || c == 0x61f)
    return true;
  return c == '.' && (next == 0 || g_unichar_isspace (next));
}

static void
take_other (Cutter *cutter, gunichar c, gunichar next)
{
  if (cutter->word->len > 0 && cutter->hyphen == 0 && (c == '-' || c == 0x2010))
    {
      cutter->hyphen = 1;
      return;
    }
  if (cutter->hyphen > 0 && g_unichar_isspace (c))
    {
      /* Only a hyphen right before the end of the line joins. */
      if (c == '\n' && cutter->hyphen == 1)
        cutter->hyphen = 2;
      if (cutter->hyphen == 2)
        return;
    }
  end_word (cutter);
  cutter->hyphen = 0;
  if (c == '\n' && ++cutter->breaks == 2)
    end_sentence (cutter, false);
  if (ends_sentence (c, next))
    end_sentence (cutter, c == '?' || c == 0x61f);
}

static void
cut_page (ClassifyWords *words, guint index, const RecordPage *page)
{
  g_autoptr (GArray) origin = NULL;
  g_autofree char *folded = dk_fold_mapped (page->text, &origin);
  g_autoptr (GString) word = g_string_new (NULL);
  Cutter cutter = { .words = words, .word = word, .origin = origin, .page = index, .sentence_from = words->words->len };
  guint at = 0;
  for (const char *p = folded; *p != '\0' && at < origin->len; at++)
    {
      gunichar c = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
      if (g_unichar_isalnum (c))
        take_letter (&cutter, c, at);
      else
        take_other (&cutter, c, g_utf8_get_char (p));
      if (words->words->len >= CLASSIFY_WORDS_MAX)
        break;
    }
  end_word (&cutter);
  end_sentence (&cutter, false);
}

ClassifyWords *
classify_words_new (const GPtrArray *pages)
{
  ClassifyWords *words = g_new0 (ClassifyWords, 1);
  words->pages = pages;
  words->words = g_array_new (FALSE, FALSE, sizeof (ClassifyWord));
  words->sentences = g_array_new (FALSE, FALSE, sizeof (ClassifySentence));
  words->strings = g_string_chunk_new (1 << 14);
  for (guint i = 0; i < pages->len && words->words->len < CLASSIFY_WORDS_MAX; i++)
    cut_page (words, i, pages->pdata[i]);
  return words;
}

void
classify_words_free (ClassifyWords *words)
{
  if (words == NULL)
    return;
  g_array_unref (words->words);
  g_array_unref (words->sentences);
  g_string_chunk_free (words->strings);
  g_free (words);
}

char **
classify_words_of_label (const char *text)
{
  g_autofree char *folded = dk_fold (text);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) word = g_string_new (NULL);
  for (const char *p = folded;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c == '*')
        g_string_append_c (word, '*');
      else if (c != 0 && g_unichar_isalnum (c))
        g_string_append_unichar (word, c);
      else if (word->len > 0)
        {
          g_ptr_array_add (found, g_strdup (word->str));
          g_string_truncate (word, 0);
        }
      if (c == 0)
        break;
    }
  g_ptr_array_add (found, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&found), FALSE);
}
