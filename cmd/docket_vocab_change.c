/* docket vocab diff, apply, undo: what a changed vocabulary would change, and changing it. */
#include "cmd/changes.h"
#include "cmd/say.h"
#include "cmd/vocab.h"
#include "store/versions.h"
#include <stdio.h>
#include <string.h>

/* --- which words are new, which are gone --- */

/* Every label and link of @vocabulary as a line of words. */
static GPtrArray *
lines_of (const Vocabulary *vocabulary)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (const char *const *scheme = vocabulary_schemes (vocabulary); *scheme != NULL; scheme++)
    {
      const GPtrArray *concepts = vocabulary_concepts (vocabulary, *scheme);
      for (guint i = 0; i < concepts->len; i++)
        {
          const Concept *concept = concepts->pdata[i];
          g_autofree char *path = vocabulary_path (vocabulary, concept->id);
          for (guint j = 0; j < concept->labels->len; j++)
            {
              const Label *label = &g_array_index (concept->labels, Label, j);
              g_autofree char *text = command_plain (label->text);
              g_ptr_array_add (lines, g_strdup_printf ("%s %s: %s “%s” (%s, %g)", *scheme, path, label->language, text,
                                                       vocab_type_name (label->type), label->weight));
            }
          for (guint j = 0; j < concept->implies->len; j++)
            {
              const Implied *implied = &g_array_index (concept->implies, Implied, j);
              g_ptr_array_add (lines,
                               g_strdup_printf ("%s %s: implies %s (%g)", *scheme, path, implied->id, implied->weight));
            }
        }
    }
  return lines;
}

/* The lines of @these that are not among @those, behind @mark. */
static void
print_missing (const Vocab *vocab, const GPtrArray *these, const GPtrArray *those, const char *mark)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < those->len; i++)
    g_hash_table_add (known, those->pdata[i]);
  for (guint i = 0; i < these->len; i++)
    if (!g_hash_table_contains (known, these->pdata[i]))
      {
        if (vocab->command.json)
          command_print_json (json_pack ("{s:s}", mark[0] == '+' ? "added" : "removed", these->pdata[i]));
        else
          printf ("%s %s\n", mark, (const char *)these->pdata[i]);
      }
}

static void
print_words (const Vocab *vocab, const Vocabulary *before, const Vocabulary *after)
{
  g_autoptr (GPtrArray) old = lines_of (before), new = lines_of (after);
  print_missing (vocab, old, new, "-");
  print_missing (vocab, new, old, "+");
}

/* --- the change --- */

/* A change under way: the files that get other texts, and the configuration with them. */
typedef struct
{
  GHashTable *texts;
  PipelineConfiguration *candidate;
  Changes changes;
} Change;

static void
change_clear (Change *change)
{
  g_clear_pointer (&change->texts, g_hash_table_unref);
  g_clear_pointer (&change->candidate, pipeline_configuration_free);
  changes_clear (&change->changes);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Change, change_clear)

/* Validates the whole, and shows what it would change. */
static bool
find_changes (Vocab *vocab, Change *change, GError **error)
{
  g_autoptr (Config) changed = config_with (vocab->files->config, change->texts, error);
  g_autoptr (Config) config = changed != NULL ? config_completed (changed, error) : NULL;
  change->candidate = config != NULL ? pipeline_configuration_load (config, error) : NULL;
  if (change->candidate == NULL)
    return false;
  print_words (vocab, vocab->files->vocabulary, change->candidate->vocabulary);
  changes_init (&change->changes, &vocab->command);
  return changes_find (&change->changes, vocab->store, NULL, change->candidate, error);
}

static bool
change_all (Vocab *vocab, Change *change, GError **error)
{
  int64_t config;
  unsigned sent;
  if (!find_changes (vocab, change, error)
      /* what stands there now may not be a version yet, and is to be found again by undo */
      || !store_config_adopt (vocab->store, vocab->files->config, &config, error)
      || !vocab_files_write (vocab->store, change->texts, error)
      || !store_config_adopt (vocab->store, change->candidate->config, &config, error)
      || !changes_apply (&change->changes, vocab->store, config, &sent, error))
    return false;
  changes_tell (&change->changes, true, sent, config);
  if (sent > 0 && !vocab->command.json && !store_pipeline_is_locked (vocab->store))
    say (vocab->command.language, "stopped", "");
  return true;
}

static bool
read_change (Vocab *vocab, Change *change, const char *path, GError **error)
{
  change->texts = vocab_files_read (path, error);
  if (change->texts == NULL)
    return false;
  vocab_files_reduce (change->texts, vocab->files->config);
  if (g_hash_table_size (change->texts) == 0 && !vocab->command.json)
    say (vocab->command.language, "vocab.same", "");
  return true;
}

bool
vocab_diff (Vocab *vocab, char **words, int n, GError **error)
{
  g_auto (Change) change = { 0 };
  (void)n;
  if (!read_change (vocab, &change, words[0], error))
    return false;
  if (g_hash_table_size (change.texts) == 0)
    return true;
  if (!find_changes (vocab, &change, error))
    return false;
  changes_tell (&change.changes, false, 0, 0);
  return true;
}

bool
vocab_apply (Vocab *vocab, char **words, int n, GError **error)
{
  g_auto (Change) change = { 0 };
  (void)n;
  return read_change (vocab, &change, words[0], error)
         && (g_hash_table_size (change.texts) == 0 || change_all (vocab, &change, error));
}

/* The newest version whose vocabulary or taxonomy is not that of the files. */
static bool
find_version_before (Vocab *vocab, Change *change, GError **error)
{
  int64_t id;
  if (!store_config_current (vocab->store, &id, NULL, error))
    return false;
  for (; id > 0; id--)
    {
      g_autoptr (Config) then = store_config_version (vocab->store, id, error);
      if (then == NULL)
        return false;
      change->texts = vocab_files_between (vocab->files->config, then);
      if (g_hash_table_size (change->texts) > 0)
        return true;
      g_clear_pointer (&change->texts, g_hash_table_unref);
    }
  return dk_refuse (error, DK_ERROR_NOT_FOUND, "no_other_vocabulary", "");
}

bool
vocab_undo (Vocab *vocab, char **words, int n, GError **error)
{
  g_auto (Change) change = { 0 };
  (void)words;
  (void)n;
  return find_version_before (vocab, &change, error) && change_all (vocab, &change, error);
}
