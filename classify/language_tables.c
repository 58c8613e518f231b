#include "classify/language_tables.h"
#include "base/text.h"
#include <string.h>

#define GROUP_LETTERS 4
#define STEP 0.44    /* of a level, as in classify/language_tables/make */
#define GROUPS 0.25  /* what a group counts: it is met in up to four others */
#define BESIDE 0.125 /* what it counts in a word that is known as a whole */
#define TAUGHT 6     /* level of a taught word: about once in 70,000 words */
#define BORDER '_'
#define WHOLE '='
#define FUNCTION_LEVEL 14    /* about once in 2,000 words */
#define FUNCTION_LANGUAGES 4 /* those with letters to learn from stand first */
#define WORD_PLACES 32768    /* for twice as many whole words as there are of CLASSIFY_COMMON_LETTERS and more */

const char *const classify_language_codes[CLASSIFY_LANGUAGES]
    = { "en", "fr", "es", "hu", "de", "pt", "it", "nl", "ro", "pl", "ca", "sk", "cs", "und" };

/* As one string: classify/language_tables/make tells its form. */
static const char shipped[] =
#include "classify/language_tables.inc"
    ;

typedef struct
{
  guint64 key; /* hash of the letters; 0 when the place is free */
  guint8 level[CLASSIFY_LANGUAGES];
  bool taught;
} Entry;

/* Open addressing over the hashes alone: two of some 30,000 groups with one hash of 64 bits are not to be expected. */
struct ClassifyLanguageTable
{
  Entry *entries;
  gsize mask, used;
};

#define START G_GUINT64_CONSTANT (14695981039346656037)

static inline guint64
hash_letter (guint64 hash, gunichar letter)
{
  hash = (hash ^ letter) * G_GUINT64_CONSTANT (1099511628211);
  return hash ^ hash >> 29;
}

/* The entry with @key, or the free place where it belongs. */
static inline Entry *
place_of (const ClassifyLanguageTable *table, guint64 key)
{
  gsize at = (gsize)(key ^ key >> 32) & table->mask;
  while (table->entries[at].key != 0 && table->entries[at].key != key)
    at = (at + 1) & table->mask;
  return &table->entries[at];
}

static void
grow (ClassifyLanguageTable *table)
{
  Entry *old = table->entries;
  gsize count = table->mask + 1;
  table->mask = count * 2 - 1;
  table->entries = g_new0 (Entry, count * 2);
  for (gsize i = 0; i < count; i++)
    if (old[i].key != 0)
      *place_of (table, old[i].key) = old[i];
  g_free (old);
}

static Entry *
make_entry (ClassifyLanguageTable *table, guint64 key)
{
  if (table->used * 4 > table->mask * 3)
    grow (table);
  Entry *entry = place_of (table, key);
  if (entry->key == 0)
    {
      entry->key = key;
      table->used++;
    }
  return entry;
}

static void
read_shipped (ClassifyLanguageTable *table)
{
  const char *p = shipped;
  while (*p != '\0')
    {
      guint64 key = START;
      for (; *p != '\0' && !g_ascii_isupper (*p); p = g_utf8_next_char (p))
        key = hash_letter (key, g_utf8_get_char (p));
      Entry *entry = make_entry (table, key);
      for (; g_ascii_isupper (p[0]) && g_ascii_islower (p[1]); p += 2)
        if (p[0] - 'A' < CLASSIFY_LANGUAGES)
          entry->level[p[0] - 'A'] = (guint8)(p[1] - 'a' + 1);
    }
}

/* The highest level that the languages of @levels, as the table writes them, have among the first @languages. */
static guint
highest_level (const char *levels, guint languages)
{
  guint highest = 0;
  for (; g_ascii_isupper (levels[0]) && g_ascii_islower (levels[1]); levels += 2)
    if ((guint)(levels[0] - 'A') < languages)
      highest = MAX (highest, (guint)(levels[1] - 'a' + 1));
  return highest;
}

/* Folded words, as hashes alone, by open addressing. */
typedef struct
{
  guint64 keys[WORD_PLACES]; /* 0 when the place is free */
  gsize used;
} Words;

static guint64
key_of_folded (const char *word, gsize length)
{
  guint64 key = START;
  for (gsize i = 0; i < length; i++)
    key = hash_letter (key, (guchar)word[i]);
  return key;
}

/* The place of @key, or the free one where it belongs. */
static gsize
word_place (const Words *words, guint64 key)
{
  gsize at = (gsize)(key ^ key >> 32) % WORD_PLACES;
  while (words->keys[at] != 0 && words->keys[at] != key)
    at = (at + 1) % WORD_PLACES;
  return at;
}

/* What is lower case and has no marks is folded. */
static void
add_word (Words *words, const char *word, gsize length, bool plain)
{
  g_autofree char *own = plain ? NULL : g_strndup (word, length);
  g_autofree char *folded = plain ? NULL : dk_fold (own);
  guint64 key = plain ? key_of_folded (word, length) : key_of_folded (folded, strlen (folded));
  gsize at = word_place (words, key);
  words->used += words->keys[at] == 0 ? 1 : 0;
  words->keys[at] = key;
  g_assert (words->used < WORD_PLACES);
}

/* The whole words, which stand last in the shipped table, of @letters and more that have @level and more in one of the
 * first @languages. */
static Words *
words_new (guint letters, guint level, guint languages)
{
  Words *words = g_new0 (Words, 1);
  for (const char *p = strchrnul (shipped, WHOLE); *p != '\0';)
    {
      const char *from = ++p;
      guint marked = 0; /* bytes beyond the first of a letter */
      for (; *p != '\0' && !g_ascii_isupper (*p); p++)
        marked += (*p & 0xC0) == 0x80 ? 1 : 0;
      if ((guint)(p - from) - marked >= letters && highest_level (p, languages) >= level)
        add_word (words, from, (gsize)(p - from), marked == 0);
      while (g_ascii_isupper (p[0]) && g_ascii_islower (p[1]))
        p += 2;
    }
  return words;
}

/* Every letter asks for these: they are made before children are. */
static const Words *common_words, *function_words;

static void
make_words (void)
{
  static gsize made;
  if (!g_once_init_enter (&made))
    return;
  common_words = words_new (CLASSIFY_COMMON_LETTERS, 0, CLASSIFY_LANGUAGES);
  function_words = words_new (1, FUNCTION_LEVEL, FUNCTION_LANGUAGES);
  g_once_init_leave (&made, 1);
}

static bool
has_word (const Words *words, const char *folded)
{
  return words->keys[word_place (words, key_of_folded (folded, strlen (folded)))] != 0;
}

ClassifyLanguageTable *
classify_language_table_new (void)
{
  ClassifyLanguageTable *table = g_new0 (ClassifyLanguageTable, 1);
  table->mask = (1 << 16) - 1;
  table->entries = g_new0 (Entry, table->mask + 1);
  read_shipped (table);
  make_words ();
  return table;
}

void
classify_language_table_free (ClassifyLanguageTable *table)
{
  if (table == NULL)
    return;
  g_free (table->entries);
  g_free (table);
}

int
classify_language_index (const char *code)
{
  for (int i = 0; i < CLASSIFY_LANGUAGE_NONE; i++)
    if (g_strcmp0 (classify_language_codes[i], code) == 0)
      return i;
  return -1;
}

static guint64
key_of_whole (const gunichar *word, gsize length)
{
  guint64 key = hash_letter (START, WHOLE);
  for (gsize i = 0; i < length; i++)
    key = hash_letter (key, word[i]);
  return key;
}

void
classify_language_table_teach (ClassifyLanguageTable *table, const gunichar *word, gsize length, int language)
{
  g_assert (language >= 0 && language < CLASSIFY_LANGUAGE_NONE);
  guint64 key = key_of_whole (word, length);
  Entry *entry = place_of (table, key);
  if (entry->key != 0 && !entry->taught)
    return;
  entry = make_entry (table, key);
  entry->taught = true;
  entry->level[language] = TAUGHT;
}

/* The groups that begin at @from, which is a border when it is 0, as is what follows the last letter. */
static void
add_groups_from (const ClassifyLanguageTable *table, const gunichar *word, gsize length, gsize from, guint *levels)
{
  guint64 key = START;
  for (gsize n = 1; n <= GROUP_LETTERS && from + n <= length + 2; n++)
    {
      gsize at = from + n - 1;
      key = hash_letter (key, at == 0 || at == length + 1 ? BORDER : word[at - 1]);
      const Entry *entry = place_of (table, key);
      for (int i = 0; entry->key != 0 && i < CLASSIFY_LANGUAGES; i++)
        levels[i] += entry->level[i];
    }
}

bool
classify_language_table_read (const ClassifyLanguageTable *table, const gunichar *word, gsize length, double *scores)
{
  guint levels[CLASSIFY_LANGUAGES] = { 0 };
  for (gsize from = 0; from <= length; from++)
    add_groups_from (table, word, length, from, levels);
  const Entry *whole = place_of (table, key_of_whole (word, length));
  bool known = whole->key != 0;
  for (int i = 0; i < CLASSIFY_LANGUAGES; i++)
    scores[i] += STEP * (known ? BESIDE * levels[i] + whole->level[i] : GROUPS * levels[i]);
  return known;
}

bool
classify_language_is_common (const char *folded)
{
  make_words ();
  return has_word (common_words, folded);
}

bool
classify_language_is_function_word (const char *folded)
{
  make_words ();
  return has_word (function_words, folded);
}
