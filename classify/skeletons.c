#include "classify/skeletons.h"
#include "classify/feature_hash.h"
#include "classify/language_tables.h"

#define BEGINNING 4 /* letters */
#define ENDING 3
#define SEED 6 /* of the hash */

/* Where the features of a way lie, and how many links are looked at together, two at least: longer rows of beginnings
 * and endings bring nothing more, as folds of the shipped letters tell. */
static const struct
{
  guint32 from, places;
  guint links;
} ways[CLASSIFY_SKELETONS] = { { CLASSIFY_BLANKS_FROM, CLASSIFY_BLANKS, 5 },
                               { CLASSIFY_BEGINNINGS_FROM, CLASSIFY_BEGINNINGS, 3 },
                               { CLASSIFY_ENDINGS_FROM, CLASSIFY_ENDINGS, 3 } };

typedef struct
{
  const char *text;
  guint from, to; /* words; none at a border */
} Link;

static const char border[] = "|", blank[] = "_", question[] = "?", number[] = "0";

/* What stands for @word, which is none of grammar. Put into @strings where it is new. */
static const char *
link_of (const char *word, ClassifySkeleton way, GStringChunk *strings)
{
  if (way == CLASSIFY_SKELETON_BLANKS)
    return blank;
  if (g_ascii_isdigit (*word))
    return number;
  glong length = g_utf8_strlen (word, -1);
  bool begins = way == CLASSIFY_SKELETON_BEGINNINGS;
  const char *from = begins ? word : g_utf8_offset_to_pointer (word, MAX (0, length - ENDING));
  const char *to = g_utf8_offset_to_pointer (word, begins ? MIN (length, BEGINNING) : length);
  g_autofree char *bare = g_strndup (from, (gsize)(to - from));
  g_autofree char *link = begins ? g_strconcat (bare, "_", NULL) : g_strconcat ("_", bare, NULL);
  return g_string_chunk_insert_const (strings, link);
}

/* The links of @sentence, with its borders. Of Link, owned by the caller. */
static GArray *
links_of (const ClassifyWords *words, const ClassifySentence *sentence, ClassifySkeleton way, GStringChunk *strings)
{
  guint to = MIN (sentence->to, CLASSIFY_FEATURE_WORDS);
  GArray *links = g_array_new (FALSE, FALSE, sizeof (Link));
  const Link first = { .text = border, .from = sentence->from, .to = sentence->from };
  const Link last = { .text = sentence->asks ? question : border, .from = to, .to = to };
  g_array_append_val (links, first);
  for (guint i = sentence->from; i < to; i++)
    {
      const char *word = g_array_index (words->words, ClassifyWord, i).text;
      Link link = { .text = word, .from = i, .to = i + 1 };
      Link *before = &g_array_index (links, Link, links->len - 1);
      if (!classify_language_is_function_word (word))
        link.text = link_of (word, way, strings);
      if (link.text == blank && before->text == blank)
        before->to = link.to;
      else
        g_array_append_val (links, link);
    }
  g_array_append_val (links, last);
  return links;
}

static void
add_rows (GArray *rows, const GArray *links, ClassifySkeleton way)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint from = 0; from < links->len; from++)
    {
      const Link *first = &g_array_index (links, Link, from);
      g_string_assign (text, first->text);
      for (guint n = 2; n <= ways[way].links && from + n <= links->len; n++)
        {
          const Link *last = &g_array_index (links, Link, from + n - 1);
          g_string_append_c (text, ' ');
          g_string_append (text, last->text);
          guint32 hash = classify_feature_hash (SEED, text->str, text->len);
          ClassifySkeletonRow row
              = { .index = ways[way].from + hash % ways[way].places, .from = first->from, .to = last->to };
          g_array_append_val (rows, row);
        }
    }
}

GArray *
classify_skeletons_new (const ClassifyWords *words, ClassifySkeleton way)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (ClassifySkeletonRow));
  g_autoptr (GStringChunk) strings = g_string_chunk_new (1 << 10);
  for (guint i = 0; i < words->sentences->len; i++)
    {
      const ClassifySentence *sentence = &g_array_index (words->sentences, ClassifySentence, i);
      if (sentence->from >= CLASSIFY_FEATURE_WORDS)
        break;
      g_autoptr (GArray) links = links_of (words, sentence, way, strings);
      add_rows (rows, links, way);
    }
  return rows;
}
