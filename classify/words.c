#include "classify/words.h"
#include "base/hyphen.h"
#include "base/text.h"
#include <string.h>

#define SURE 90 /* confidence of a recognised word from which it is taken as read */

/* Where a word goes on after a line end: code points of the page, from the hyphen to the first letter of the rest. */
typedef struct
{
  uint32_t from, to;
} Break;

/* The state while one page is cut into words. */
typedef struct
{
  ClassifyWords *words;
  GString *word;        /* the word being read */
  const GArray *origin; /* code point of the folded text to that of the page */
  guint page;
  guint record_word;    /* the first word of the page record that is not left of the word being read */
  guint first, last;    /* code points of the folded text */
  const GArray *within; /* of Break */
  guint next_break;     /* the first of them that does not end left of the place being read */
  guint part;           /* bytes of the word being read before its last break; 0 when it is not broken */
  guint breaks;         /* line ends since the last word */
  guint sentence_from;  /* first word of the sentence being read */
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
  const char *text = cutter->word->str;
  if (cutter->word->len == 0)
    return;
  ClassifyWord word = { .text = g_string_chunk_insert_const (words->strings, text),
                        .page = cutter->page,
                        .from = g_array_index (cutter->origin, guint32, cutter->first),
                        .to = g_array_index (cutter->origin, guint32, cutter->last) + 1,
                        .sentence = words->sentences->len };
  if (cutter->part > 0)
    {
      word.parts[0] = g_string_chunk_insert_len (words->strings, text, cutter->part);
      word.parts[1] = g_string_chunk_insert_const (words->strings, text + cutter->part);
    }
  word.sure = is_sure (cutter, word.from);
  g_array_append_val (words->words, word);
  g_string_truncate (cutter->word, 0);
  cutter->part = 0;
}

static void
take_letter (Cutter *cutter, gunichar c, guint at)
{
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
  cutter->breaks = 0;
  g_string_append_unichar (cutter->word, c);
}

/* Whether the code point @from of the page stands where a word is broken; behind such a place the word has a part more.
 * A soft hyphen is not in the folded text, its line end is. */
static bool
is_in_break (Cutter *cutter, uint32_t from)
{
  while (cutter->next_break < cutter->within->len
         && g_array_index (cutter->within, Break, cutter->next_break).to <= from)
    {
      cutter->next_break++;
      cutter->part = (guint)cutter->word->len;
    }
  return cutter->next_break < cutter->within->len
         && g_array_index (cutter->within, Break, cutter->next_break).from <= from;
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
  bool is_initial = c == '.' && cutter->word->len == 1 && g_ascii_isalpha (cutter->word->str[0]); /* "S. A. V." */
  end_word (cutter);
  if (c == '\n' && ++cutter->breaks == 2)
    end_sentence (cutter, false);
  if (!is_initial && ends_sentence (c, next))
    end_sentence (cutter, c == '?' || c == 0x61f);
}

/* The places of @text where a word is broken, in order. Of Break, owned by the caller. */
static GArray *
breaks_of (const char *text)
{
  GArray *within = g_array_new (FALSE, FALSE, sizeof (Break));
  uint32_t index = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at), index++)
    {
      const char *next = NULL;
      if (!dk_is_hyphen (g_utf8_get_char (at)) || dk_hyphen (text, at, &next) < DK_HYPHEN_UNSURE)
        continue;
      Break one = { .from = index, .to = index + (uint32_t)g_utf8_strlen (at, next - at) };
      g_array_append_val (within, one);
    }
  return within;
}

static void
cut_page (ClassifyWords *words, guint index, const RecordPage *page)
{
  g_autoptr (GArray) origin = NULL;
  g_autofree char *folded = dk_fold_mapped (page->text, &origin);
  g_autoptr (GString) word = g_string_new (NULL);
  g_autoptr (GArray) within = breaks_of (page->text);
  Cutter cutter = {
    .words = words, .word = word, .origin = origin, .page = index, .within = within, .sentence_from = words->words->len
  };
  guint at = 0;
  for (const char *p = folded; *p != '\0' && at < origin->len; at++)
    {
      gunichar c = g_utf8_get_char (p);
      p = g_utf8_next_char (p);
      if (is_in_break (&cutter, g_array_index (origin, guint32, at)))
        continue;
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

ClassifyWords *
classify_words_part_new (const ClassifyWords *of)
{
  ClassifyWords *part = g_new0 (ClassifyWords, 1);
  *part = (ClassifyWords){ .pages = of->pages,
                           .words = g_array_new (FALSE, FALSE, sizeof (ClassifyWord)),
                           .sentences = g_array_new (FALSE, FALSE, sizeof (ClassifySentence)),
                           .strings = g_string_chunk_new (1) };
  return part;
}

static bool
is_same_place (const ClassifyWord *a, const ClassifyWord *b)
{
  return a->page == b->page && a->from == b->from;
}

void
classify_words_take (ClassifyWords *part, const ClassifyWords *of, guint at)
{
  ClassifyWord word = g_array_index (of->words, ClassifyWord, at);
  const ClassifyWord *before = at > 0 ? &g_array_index (of->words, ClassifyWord, at - 1) : NULL;
  guint n = part->words->len;
  if (before == NULL || n == 0 || before->sentence != word.sentence
      || !is_same_place (&g_array_index (part->words, ClassifyWord, n - 1), before))
    {
      ClassifySentence sentence = g_array_index (of->sentences, ClassifySentence, word.sentence);
      sentence.from = n;
      g_array_append_val (part->sentences, sentence);
    }
  word.sentence = part->sentences->len - 1;
  for (const char *c = word.text; *c != '\0'; c = g_utf8_next_char (c))
    *(g_unichar_isdigit (g_utf8_get_char (c)) ? &part->digits : &part->letters) += 1;
  g_array_append_val (part->words, word);
  g_array_index (part->sentences, ClassifySentence, word.sentence).to = n + 1;
}

bool
classify_words_colon_behind (const ClassifyWords *words, guint at)
{
  const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, at);
  const RecordPage *page = words->pages->pdata[word->page];
  const char *next = page->text + dk_offset (page->text, word->to);
  while (g_unichar_isspace (g_utf8_get_char (next)))
    next = g_utf8_next_char (next);
  return *next == ':';
}
