/* cmd/command.h - what all commands share: the options --store, --lang and --json, how they fail, how they print. */
#pragma once
#include "base/config.h"
#include "base/json.h"
#include "base/vocabulary.h"
#include "store/store.h"

typedef struct
{
  char *store, *lang;
  gboolean json;
  const char *language; /* of sentences, after command_parse */
} Command;
void command_clear (Command *command);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Command, command_clear)
/* Parses the options common to all, and @entries (NULL: none); @argv keeps the words. @summary says in one sentence
 * what the command does, @words what follows the options ("FILE…", NULL: nothing, and words are refused). */
bool command_parse (Command *command, const GOptionEntry *entries, const char *words, const char *summary, int *argc,
                    char ***argv, GError **error);
/* From now on refusals are in the language that the words say, before any of them is refused. */
void command_speak (int argc, char *const *argv);
/* Fails with USAGE: tells what GOption found @wrong with the options of "docket COMMAND". Returns false. */
bool command_refuse_option (const GError *wrong, const char *command, GError **error);
/* Whether @n words, @least to @most, follow @act of "docket COMMAND". Fails with USAGE, names the word that is too
 * much, and says how the act is written: cli.form.COMMAND.ACT. */
bool command_check_words (const char *command, const char *act, char *const *words, int n, int least, int most,
                          GError **error);
/* Fails with USAGE: @option is missing behind @act; says likewise how it is written. Returns false. */
bool command_lacks (const char *command, const char *act, const char *option, GError **error);
/* Whether @jobs is a number of jobs. Fails with USAGE. */
bool command_jobs (int jobs, GError **error);
/* Opens the store the command means. */
Store *command_open (const Command *command, GError **error);
/* The configuration in force in @store: what its files say where they are valid, else the last valid version. */
Config *command_config (Store *store, GError **error);
/* Its vocabulary; NULL where it cannot be told. */
Vocabulary *command_vocabulary (Store *store);
/* Prints "docket NAME: message", of a configuration error the message alone, and returns the exit status for @error; 0
 * for NULL. */
int command_end (const char *name, const GError *error);
/* Prints @value as one line and frees it. */
void command_print_json (json_t *value);
/* @text without control characters, for a terminal. Owned by the caller. */
char *command_plain (const char *text);
/* Prints @text line by line, each as command_plain has it. */
void command_print_lines (const char *text);
/* From now on SIGINT, SIGTERM, SIGHUP and a closed pipe set the flag that is lent instead of ending the process. */
const volatile int *command_interrupted (void);
/* The program @name beside the one that runs. Owned by the caller. */
char *command_sibling (const char *name);
/* The name of the person at the terminal as the ledger's actor: "user:eva". Owned by the caller. */
char *command_actor (void);
/* The files that a person means by the NULL-terminated @paths: all that lie in a folder and below it stand for the
 * folder, less hidden ones, links and devices. What is not there or cannot be looked into stays as it was named.
 * NULL-terminated, owned by the caller. */
char **command_files (char **paths);
