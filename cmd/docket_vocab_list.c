/* docket vocab list, docket vocab lint: what the vocabulary's words find, and what is wrong with them. */
#include "cmd/say.h"
#include "cmd/vocab.h"
#include "pipeline/lint.h"
#include <stdio.h>
#include <string.h>

const char *
vocab_type_name (LabelType type)
{
  static const char *const names[] = { "label", "alternative", "misspelling", "ocr", "abbreviation", "cue" };
  return names[type];
}

PipelineLabels *
vocab_look (Vocab *vocab, GError **error)
{
  const PipelinePass pass = { .config = vocab->files->config, .stop = command_interrupted () };
  g_autoptr (GArray) documents = pipeline_pass_documents (vocab->store, 0, error);
  g_autoptr (PipelineLabels) labels = pipeline_labels_new (vocab->files->vocabulary);
  if (documents == NULL
      || !pipeline_labels_look (labels, vocab->files->vocabulary, vocab->store, documents, &pass, error))
    return NULL;
  return g_steal_pointer (&labels);
}

/* --- list --- */

static json_t *
labels_json (const PipelineLabels *labels, const Concept *concept)
{
  json_t *list = json_array ();
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const Label *label = &g_array_index (concept->labels, Label, i);
      const PipelineLabelHits *hits = &g_array_index (labels->labels, PipelineLabelHits, label->no);
      json_array_append_new (list,
                             json_pack ("{s:s, s:s, s:s, s:f, s:i, s:i}", "text", label->text, "language",
                                        label->language, "type", vocab_type_name (label->type), "weight", label->weight,
                                        "letters", (int)hits->found, "counted", (int)hits->counted));
    }
  return list;
}

static void
list_concept (const Vocab *vocab, const PipelineLabels *labels, const Concept *concept)
{
  const Vocabulary *vocabulary = vocab->files->vocabulary;
  const char *language = vocab->command.language;
  g_autofree char *path = vocabulary_path (vocabulary, concept->id);
  unsigned hits = 0, silent = 0;
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const Label *label = &g_array_index (concept->labels, Label, i);
      unsigned counted = g_array_index (labels->labels, PipelineLabelHits, label->no).counted;
      hits += counted;
      silent += counted == 0;
    }
  if (vocab->command.json)
    command_print_json (json_pack ("{s:s, s:s, s:s, s:i, s:i, s:o}", "scheme", concept->scheme, "path", path, "label",
                                   vocabulary_label (vocabulary, concept->id, language), "hits", (int)hits, "letters",
                                   (int)labels->documents, "labels", labels_json (labels, concept)));
  else
    say (language, "vocab.concept", "sssddd", concept->scheme, path,
         vocabulary_label (vocabulary, concept->id, language), (int)concept->labels->len, (int)hits, (int)silent);
}

bool
vocab_list (Vocab *vocab, char **words, int n, GError **error)
{
  const Vocabulary *vocabulary = vocab->files->vocabulary;
  const char *const *schemes = vocabulary_schemes (vocabulary);
  if (n == 1 && !g_strv_contains (schemes, words[0]))
    {
      g_autofree char *all = g_strjoinv (" ", (char **)(uintptr_t)schemes);
      return dk_refuse (error, DK_ERROR_USAGE, "no_scheme", "ss", words[0], all);
    }
  g_autoptr (PipelineLabels) labels = vocab_look (vocab, error);
  if (labels == NULL)
    return false;
  for (; *schemes != NULL; schemes++)
    {
      const GPtrArray *concepts = vocabulary_concepts (vocabulary, *schemes);
      for (guint i = 0; i < concepts->len && (n == 0 || strcmp (*schemes, words[0]) == 0); i++)
        list_concept (vocab, labels, concepts->pdata[i]);
    }
  if (!vocab->command.json)
    say (vocab->command.language, "vocab.looked", "d", (int)labels->documents);
  return true;
}

/* --- lint --- */

static void
print_finding (const Vocab *vocab, const PipelineLint *one)
{
  const char *language = vocab->command.language;
  g_autofree char *key = g_strconcat ("lint.", one->code, NULL);
  g_autofree char *place = yaml_place (one->place);
  g_autofree char *beside = one->beside != NULL ? yaml_place (one->beside) : g_strdup ("");
  g_autofree char *word = strcmp (one->code, "no_label") == 0 ? report_label (language, "report.language", one->other)
                                                              : g_strdup (one->other);
  g_autofree char *sentence = say_text (language, key, "sssddff", one->text, word, beside, (int)one->count,
                                        (int)one->of, one->share, one->usual);
  g_auto (GStrv) parts = g_strsplit (place, ":", 3);
  if (!vocab->command.json)
    {
      printf ("%s: %s\n", place, sentence);
      return;
    }
  command_print_json (json_pack ("{s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s}", "file", parts[0], "line", atoi (parts[1]),
                                 "column", atoi (parts[2]), "code", one->code, "text", one->text, "other", one->other,
                                 "beside", beside, "sentence", sentence));
}

static char *
key_of (const PipelineLint *one)
{
  return g_strjoin ("\t", one->code, one->text, one->other, NULL);
}

/* What is said by itself about the vocabulary that came with docket, by key_of. Owned by the caller. */
static GHashTable *
shipped_findings (char **languages)
{
  GHashTable *keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *path = config_shipped_path ();
  g_autoptr (Config) config = config_read (path, NULL);
  g_autoptr (Vocabulary) vocabulary = config != NULL ? vocabulary_load (config, NULL) : NULL;
  g_autoptr (GArray) found = vocabulary != NULL ? pipeline_lint (vocabulary, languages, NULL) : NULL;
  for (guint i = 0; found != NULL && i < found->len; i++)
    g_hash_table_add (keys, key_of (&g_array_index (found, PipelineLint, i)));
  return keys;
}

/* Leaves out of @found what is so in the vocabulary that came with docket, which nobody here wrote, and what of it
 * completes the store's. How many these are goes to *@shipped and *@completed. */
static void
leave_out_shipped (GArray *found, char **languages, guint *shipped, guint *completed)
{
  g_autoptr (GHashTable) keys = shipped_findings (languages);
  guint kept = 0;
  for (guint i = 0; i < found->len; i++)
    {
      PipelineLint one = g_array_index (found, PipelineLint, i);
      g_autofree char *key = key_of (&one);
      if (strcmp (one.code, PIPELINE_LINT_COMPLETED) == 0)
        ++*completed;
      else if (g_hash_table_contains (keys, key))
        ++*shipped;
      else
        g_array_index (found, PipelineLint, kept++) = one;
    }
  g_array_set_size (found, kept);
}

bool
vocab_lint (Vocab *vocab, char **words, int n, GError **error)
{
  (void)words;
  (void)n;
  g_autoptr (PipelineLabels) labels = vocab_look (vocab, error);
  if (labels == NULL)
    return false;
  g_autoptr (GArray) found = pipeline_lint (vocab->files->vocabulary, vocab->files->settings->languages, labels);
  guint shipped = 0, completed = 0;
  if (!vocab->all)
    leave_out_shipped (found, vocab->files->settings->languages, &shipped, &completed);
  for (guint i = 0; i < found->len; i++)
    print_finding (vocab, &g_array_index (found, PipelineLint, i));
  vocab->found = found->len > 0;
  if (!vocab->command.json)
    say (vocab->command.language, "vocab.linted", "dd", (int)found->len, (int)labels->documents);
  if (!vocab->command.json && shipped > 0)
    say (vocab->command.language, "vocab.lint_shipped", "d", (int)shipped);
  if (!vocab->command.json && completed > 0)
    say (vocab->command.language, "vocab.completed", "d", (int)completed);
  return true;
}
