/* docket vocab export, docket vocab import: to and from SKOS. */
#include "base/file.h"
#include "base/limits.h"
#include "cmd/say.h"
#include "cmd/skos.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

/* To the file @path, whole or not at all, or to the terminal where it is NULL. */
static bool
write_text (const char *path, const char *text, GError **error)
{
  if (path == NULL)
    return fputs (text, stdout) >= 0 || dk_throw_errno (error, "write to the terminal");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  autofd dir = dk_open_dir (AT_FDCWD, folder, error);
  return dir >= 0 && dk_write_file (dir, name, text, strlen (text), 0644, error);
}

bool
vocab_export (Vocab *vocab, char **words, int n, GError **error)
{
  const Vocabulary *vocabulary = vocab->files->vocabulary;
  const char *const *all = vocabulary_schemes (vocabulary);
  const char *const one[] = { vocab->scheme, NULL };
  if (vocab->scheme != NULL && !g_strv_contains (all, vocab->scheme))
    {
      g_autofree char *names = g_strjoinv (" ", (char **)(uintptr_t)all);
      return dk_refuse (error, DK_ERROR_USAGE, "no_scheme", "ss", vocab->scheme, names);
    }
  g_autofree char *turtle = skos_turtle (vocabulary, vocab->scheme != NULL ? one : all);
  return write_text (n > 0 ? words[0] : NULL, turtle, error);
}

/* --- import --- */

/* The text must be a vocabulary: read in place of all that the store has of this scheme and of these concepts. */
static bool
check_text (const Vocab *vocab, const char *file, const char *scheme, const char *text, const GPtrArray *concepts,
            GError **error)
{
  const Vocabulary *vocabulary = vocab->files->vocabulary;
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) paths = config_paths (vocab->files->config, "vocabulary");
  for (char **path = paths; *path != NULL; path++)
    {
      const char *its = NULL;
      const YamlNode *root = yaml_root (config_file (vocab->files->config, *path));
      if (yaml_need_text (root, "scheme", &its, NULL) && strcmp (its, scheme) == 0)
        g_hash_table_insert (texts, g_strdup (*path), NULL);
    }
  for (guint i = 0; i < concepts->len; i++)
    {
      const SkosConcept *concept = concepts->pdata[i];
      const Concept *other = vocabulary_concept (vocabulary, concept->id);
      if (other != NULL && strcmp (other->scheme, scheme) != 0)
        return dk_throw (error, DK_ERROR_CONFIG,
                         "%s:1:1: the scheme %s of the store has a concept %s already, and ids are unique over all "
                         "schemes",
                         file, other->scheme, concept->id);
    }
  g_hash_table_insert (texts, g_strdup_printf ("vocabulary/%s.yaml", scheme), g_strdup (text));
  g_autoptr (Config) config = config_with (vocab->files->config, texts, error);
  g_autoptr (Vocabulary) loaded = config != NULL ? vocabulary_load (config, error) : NULL;
  return loaded != NULL;
}

/* What was taken and what was left out; beside the vocabulary itself where that goes to the terminal. */
static void
tell_import (const Vocab *vocab, const char *scheme, const SkosLeft *left)
{
  const char *language = vocab->command.language;
  if (vocab->command.json)
    {
      json_t *line = json_pack ("{s:s, s:i, s:i, s:{s:i, s:i, s:i}}", "scheme", scheme, "concepts", (int)left->concepts,
                                "labels", (int)left->labels, "left_out", "languages", (int)left->languages, "nameless",
                                (int)left->nameless, "broader", (int)left->broader);
      g_autofree char *text = dk_json_line (line);
      fprintf (vocab->out != NULL ? stdout : stderr, "%s\n", text);
      json_decref (line);
      return;
    }
  const struct
  {
    const char *key;
    unsigned count;
  } told[] = { { "skos.languages", left->languages },
               { "skos.nameless", left->nameless },
               { "skos.broader", left->broader } };
  g_autofree char *taken = say_text (language, "skos.taken", "sdd", scheme, (int)left->concepts, (int)left->labels);
  fprintf (stderr, "%s\n", taken);
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (told[i].count > 0)
      {
        g_autofree char *sentence = say_text (language, told[i].key, "d", (int)told[i].count);
        fprintf (stderr, "%s\n", sentence);
      }
}

bool
vocab_import (Vocab *vocab, char **words, int n, GError **error)
{
  SkosLeft left;
  g_autofree char *scheme = NULL;
  (void)n;
  g_autoptr (GBytes) turtle = dk_read_file (AT_FDCWD, words[0], LIMITS_CONFIG_BYTES, error);
  g_autoptr (GPtrArray) graph = turtle != NULL ? skos_graph (words[0], turtle, error) : NULL;
  g_autoptr (GPtrArray) concepts
      = graph != NULL ? skos_read (words[0], graph, vocab->scheme, skos_language (vocab->files->settings->language),
                                   &scheme, &left, error)
                      : NULL;
  if (concepts == NULL)
    return false;
  g_autofree char *text = skos_yaml (scheme, concepts);
  if (!check_text (vocab, words[0], scheme, text, concepts, error) || !write_text (vocab->out, text, error))
    return false;
  tell_import (vocab, scheme, &left);
  return true;
}
