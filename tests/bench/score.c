/* tests/bench/score.c - how far recognised texts are from the truth, for pages whose truth comes with the project.
 *
 * score DIR --manifest FILE: the manifest has a heading and lines "file TAB language TAB source TAB truth TAB notes",
 * the truth relative to it; the text is DIR/<stem>.txt, empty where there is none. Prints, pooled over all pages, which
 * are all synthetic, and for each damage, which the notes begin with, up to a semicolon, pages, error rate of
 * characters and of words in per cent, the median page's, and F1 of the words regardless of their order. Texts are
 * compared in NFC, with typographic quotes and dashes made plain and every white space one blank. */
#include <glib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  char *group;
  unsigned pages;
  double letters, wrong_letters, words, wrong_words, hits, given;
  GArray *rates; /* double, a page each */
} Score;

static const char *
plain_of (gunichar c)
{
  static const struct
  {
    gunichar from;
    const char *to;
  } folded[] = { { 0x2018, "'" }, { 0x2019, "'" },  { 0x201a, "'" },  { 0x201b, "'" },  { 0xb4, "'" },
                 { 0x60, "'" },   { 0x201c, "\"" }, { 0x201d, "\"" }, { 0x201e, "\"" }, { 0xab, "\"" },
                 { 0xbb, "\"" },  { 0x2010, "-" },  { 0x2011, "-" },  { 0x2012, "-" },  { 0x2013, "-" },
                 { 0x2014, "-" }, { 0x2212, "-" },  { 0xad, "" },     { 0x2026, "..." } };
  for (size_t i = 0; i < G_N_ELEMENTS (folded); i++)
    if (folded[i].from == c)
      return folded[i].to;
  return NULL;
}

static char *
normal (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *composed = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *at = composed; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      const char *plain = plain_of (c);
      if (g_unichar_isspace (c))
        g_string_append (out, out->len > 0 && out->str[out->len - 1] != ' ' ? " " : "");
      else if (plain != NULL)
        g_string_append (out, plain);
      else
        g_string_append_unichar (out, c);
    }
  return g_strchomp (g_string_free (g_steal_pointer (&out), FALSE));
}

/* Edits from @a to @b, each a row of codes. */
static unsigned
distance (const GArray *a, const GArray *b)
{
  g_autofree unsigned *row = g_new (unsigned, b->len + 1);
  for (guint j = 0; j <= b->len; j++)
    row[j] = j;
  for (guint i = 0; i < a->len; i++)
    {
      unsigned before = row[0];
      row[0] = i + 1;
      for (guint j = 0; j < b->len; j++)
        {
          unsigned swapped = before + (g_array_index (a, guint32, i) != g_array_index (b, guint32, j));
          before = row[j + 1];
          row[j + 1] = MIN (MIN (row[j], row[j + 1]) + 1, swapped);
        }
    }
  return row[b->len];
}

static GArray *
letters_of (const char *text)
{
  glong n = 0;
  gunichar *codes = g_utf8_to_ucs4_fast (text, -1, &n);
  GArray *letters = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_vals (letters, codes, (guint)n);
  g_free (codes);
  return letters;
}

static GArray *
words_of (const char *text)
{
  GArray *words = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_auto (GStrv) parts = g_strsplit (text, " ", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      guint32 code = **part != '\0' ? g_quark_from_string (*part) : 0;
      if (code != 0)
        g_array_append_val (words, code);
    }
  return words;
}

/* How often each word stands in @text, without capitals and the signs round it. */
static GHashTable *
bag_of (const char *text, unsigned *n)
{
  static const char signs[] = ".,;:!?\"'()[]{}<>|*_-=~";
  GHashTable *bag = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *folded = g_utf8_casefold (text, -1);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);
  for (char **part = parts; *part != NULL; part++)
    {
      char *word = *part + strspn (*part, signs);
      size_t length = strlen (word);
      while (length > 0 && strchr (signs, word[length - 1]) != NULL)
        word[--length] = '\0';
      if (length == 0)
        continue;
      unsigned before = GPOINTER_TO_UINT (g_hash_table_lookup (bag, word));
      g_hash_table_replace (bag, g_strdup (word), GUINT_TO_POINTER (before + 1));
      (*n)++;
    }
  return bag;
}

static unsigned
common (GHashTable *a, GHashTable *b)
{
  unsigned sum = 0;
  GHashTableIter iter;
  gpointer word, n;
  g_hash_table_iter_init (&iter, a);
  while (g_hash_table_iter_next (&iter, &word, &n))
    sum += MIN (GPOINTER_TO_UINT (n), GPOINTER_TO_UINT (g_hash_table_lookup (b, word)));
  return sum;
}

static void
add (Score *score, const char *truth, const char *given)
{
  g_autoptr (GArray) true_letters = letters_of (truth), true_words = words_of (truth);
  g_autoptr (GArray) letters = letters_of (given), words = words_of (given);
  unsigned true_n = 0, n = 0;
  g_autoptr (GHashTable) true_bag = bag_of (truth, &true_n), bag = bag_of (given, &n);
  unsigned wrong = MIN (distance (true_letters, letters), true_letters->len);
  double rate = true_letters->len > 0 ? (double)wrong / true_letters->len : 0;
  score->pages++;
  score->letters += true_letters->len;
  score->wrong_letters += wrong;
  score->words += true_words->len;
  score->wrong_words += MIN (distance (true_words, words), true_words->len);
  score->hits += common (true_bag, bag);
  score->given += true_n + n;
  g_array_append_val (score->rates, rate);
}

static Score *
score_of (GPtrArray *scores, const char *group)
{
  for (guint i = 0; i < scores->len; i++)
    if (strcmp (((Score *)scores->pdata[i])->group, group) == 0)
      return scores->pdata[i];
  Score *score = g_new0 (Score, 1);
  score->group = g_strdup (group);
  score->rates = g_array_new (FALSE, FALSE, sizeof (double));
  g_ptr_array_add (scores, score);
  return score;
}

static void
score_free (gpointer data)
{
  Score *score = data;
  g_free (score->group);
  g_array_unref (score->rates);
  g_free (score);
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static void
print_score (gpointer data, gpointer unused)
{
  (void)unused;
  Score *score = data;
  g_array_sort (score->rates, by_size);
  printf ("%-48s %5u %8.2f %8.2f %9.2f %8.4f\n", score->group, score->pages,
          100 * score->wrong_letters / MAX (score->letters, 1), 100 * score->wrong_words / MAX (score->words, 1),
          100 * g_array_index (score->rates, double, score->rates->len / 2), 2 * score->hits / MAX (score->given, 1));
}

static bool
score_page (GPtrArray *scores, const char *dir, const char *base, char **field)
{
  g_autofree char *truth_path = g_build_filename (base, field[3], NULL), *stem = g_path_get_basename (field[0]);
  char *dot = strrchr (stem, '.');
  if (dot != NULL)
    *dot = '\0';
  g_autofree char *given_path = g_strdup_printf ("%s/%s.txt", dir, stem);
  g_autofree char *truth = NULL, *given = NULL;
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (truth_path, &truth, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return false;
    }
  g_file_get_contents (given_path, &given, NULL, NULL);
  g_autofree char *wanted = normal (truth), *read = normal (given != NULL ? given : "");
  g_autofree char *damage = g_strndup (field[4], strcspn (field[4], ";"));
  g_autofree char *group = g_strconcat ("degradation ", damage, NULL);
  add (score_of (scores, "all"), wanted, read);
  add (score_of (scores, "synthetic"), wanted, read);
  add (score_of (scores, group), wanted, read);
  return true;
}

int
main (int argc, char **argv)
{
  if (argc < 4 || strcmp (argv[2], "--manifest") != 0)
    {
      fprintf (stderr, "usage: %s DIR --manifest FILE\n", argv[0]);
      return 64;
    }
  g_autofree char *manifest = NULL, *base = g_path_get_dirname (argv[3]);
  g_autoptr (GError) error = NULL;
  if (!g_file_get_contents (argv[3], &manifest, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  g_autoptr (GPtrArray) scores = g_ptr_array_new_with_free_func (score_free);
  g_auto (GStrv) lines = g_strsplit (manifest, "\n", -1);
  int status = 0;
  for (char **line = lines; *line != NULL; line++)
    {
      g_auto (GStrv) field = g_strsplit (*line, "\t", -1);
      if (line != lines && g_strv_length (field) >= 5 && !score_page (scores, argv[1], base, field))
        status = 1;
    }
  printf ("%-48s %5s %8s %8s %9s %8s\n", "group", "pages", "CER%", "WER%", "medCER%", "bowF1");
  g_ptr_array_foreach (scores, print_score, NULL);
  return status;
}
