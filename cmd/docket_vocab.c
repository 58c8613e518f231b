/* docket vocab - looks after the words of the house: what they find, what is wrong with them, what a change would do.
 */
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "cmd/vocab.h"
#include <string.h>

static const struct
{
  const char *name;
  bool (*run) (Vocab *vocab, char **words, int n, GError **error);
  int least, most;  /* words that follow */
  bool scheme, out; /* options it takes */
} parts[] = {
  { "list", vocab_list, 0, 1, false, false },   { "lint", vocab_lint, 0, 0, false, false },
  { "diff", vocab_diff, 1, 1, false, false },   { "apply", vocab_apply, 1, 1, false, false },
  { "undo", vocab_undo, 0, 0, false, false },   { "export", vocab_export, 0, 1, true, false },
  { "import", vocab_import, 1, 1, true, true },
};

static void
vocab_clear (Vocab *vocab)
{
  command_clear (&vocab->command);
  g_free (vocab->scheme);
  g_free (vocab->out);
  g_clear_pointer (&vocab->files, pipeline_configuration_free);
  g_clear_pointer (&vocab->store, store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Vocab, vocab_clear)

/* The files themselves, not a version before them: what is wrong there is to be put right first. */
static bool
open_files (Vocab *vocab, GError **error)
{
  vocab->store = command_open (&vocab->command, error);
  g_autoptr (Config) config = vocab->store != NULL ? config_read_store (store_path (vocab->store), error) : NULL;
  vocab->files = config != NULL ? pipeline_configuration_load (config, error) : NULL;
  return vocab->files != NULL;
}

static bool
run_part (Vocab *vocab, gsize i, char **words, int n, GError **error)
{
  if (n < parts[i].least)
    return dk_refuse (error, DK_ERROR_USAGE, "file_needed", "ss", parts[i].name, "vocab");
  if (n > parts[i].most)
    return dk_refuse (error, DK_ERROR_USAGE, "word_more", "ss", words[parts[i].most], "vocab");
  if (vocab->scheme != NULL && !parts[i].scheme)
    return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", "scheme", parts[i].name, "export import");
  if (vocab->out != NULL && !parts[i].out)
    return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", "out", parts[i].name, "import");
  if (vocab->all && parts[i].run != vocab_lint)
    return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", "all", parts[i].name, "lint");
  return open_files (vocab, error) && parts[i].run (vocab, words, n, error);
}

static bool
run (Vocab *vocab, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "scheme", 0, 0, G_OPTION_ARG_STRING, &vocab->scheme, "export, import: this scheme alone, such as subject", "S" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &vocab->out, "import: write to this file instead of the terminal", "FILE" },
    { "all", 0, 0, G_OPTION_ARG_NONE, &vocab->all,
      "lint: also what is so in the vocabulary that came with docket, and what of it the store lacks", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (
          &vocab->command, entries,
          "list [SCHEME] | lint | diff PATH | apply PATH | undo | export [FILE] | import FILE",
          "Looks after the vocabulary: what its words find in the letters that are here, what is wrong with\n"
          "them, what a change would change, and its undoing; to and from SKOS (Turtle).",
          &argc, &argv, error))
    return false;
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, argv[1]) == 0)
      return run_part (vocab, i, argv + 2, argc - 2, error);
  return dk_refuse (error, DK_ERROR_USAGE, "act_needed", "ss", "list lint diff apply undo export import", "vocab");
}

int
docket_vocab (int argc, char **argv)
{
  g_auto (Vocab) vocab = { 0 };
  g_autoptr (GError) error = NULL;
  run (&vocab, argc, argv, &error);
  return error != NULL ? command_end ("vocab", error) : vocab.found ? 1 : 0;
}
