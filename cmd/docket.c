/* docket - what a person types: finds the command in the table and runs it. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include <locale.h>
#include <stdio.h>
#include <string.h>

static const struct
{
  const char *name, *does;
  int (*run) (int argc, char **argv);
} commands[] = {
  { "init", "make a store", docket_init },
  { "up", "run docketd in the foreground", docket_up },
  { "ingest", "take files in", docket_ingest },
  { "try", "show what docket would make of files, without keeping anything", docket_try },
  { "status", "what runs, waits, is in doubt", docket_status },
  { "list", "the register, one line a document", docket_list },
  { "case", "what is done in a case, and how it stands", docket_case },
  { "template", "letters that go out: what there is, how one would read, what is wrong", docket_template },
  { "search", "find pages", docket_search },
  { "show", "a document and its case", docket_show },
  { "why", "every decision with the words it rests on", docket_why },
  { "diff", "the words in which two documents differ", docket_diff },
  { "review", "what is unsure or in quarantine: accept, correct, release", docket_review },
  { "replay", "what would be decided otherwise now", docket_replay },
  { "train", "learn from corrections; models; back to the one before", docket_train },
  { "vocab", "what the vocabulary's words find, and a change of them", docket_vocab },
  { "names", "what templates make of names and folders; apply, undo", docket_names },
  { "report", "where cases wait and why people write", docket_report },
  { "export", "the event log for process mining; the documents as plain files", docket_export },
  { "verify", "whether everything still holds", docket_verify },
  { "balance", "where every receipt is", docket_balance },
  { "reindex", "make the search index anew", docket_reindex },
  { "rebuild", "make the catalogue anew from ledger and objects", docket_rebuild },
  { "contact", "the persons and companies that write", docket_contact },
  { "user", "who works here, and who is away", docket_user },
  { "deadline", "the date a clock ends and why", docket_deadline },
};

static void
print_help (void)
{
  printf ("Usage: docket COMMAND [OPTION…] [WORD…]\n\nCommands:\n");
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    printf ("  %-10s %s\n", commands[i].name, commands[i].does);
  printf ("\ndocket COMMAND --help tells the options of each; docket --version the version. See docket(1).\n");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  if (argc < 2 || strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "help") == 0)
    {
      print_help ();
      return argc < 2 ? 64 : 0;
    }
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("docket %s\n", DOCKET_VERSION);
      return 0;
    }
  for (size_t i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].name, argv[1]) == 0)
      return commands[i].run (argc - 1, argv + 1);
  g_autoptr (GError) error = NULL;
  command_speak (argc, argv);
  dk_refuse (&error, DK_ERROR_USAGE, *argv[1] == '-' ? "command_first" : "no_command", "s", argv[1]);
  g_autofree char *text = command_plain (error->message);
  g_printerr ("docket: %s\n", text);
  return dk_exit_status (error);
}
