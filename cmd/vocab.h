/* cmd/vocab.h - what the commands docket vocab … share. Private to cmd/docket_vocab*.c. */
#pragma once
#include "cmd/command.h"
#include "pipeline/configuration.h"
#include "pipeline/labels.h"

typedef struct
{
  Command command;
  char *scheme, *out; /* --scheme, --out; or NULL */
  gboolean all;       /* --all */
  Store *store;
  PipelineConfiguration *files; /* what the store's files say now */
  bool found;                   /* lint found something */
} Vocab;

/* Each does one of them with the @n words that follow its name. */
bool vocab_list (Vocab *vocab, char **words, int n, GError **error);
bool vocab_lint (Vocab *vocab, char **words, int n, GError **error);
bool vocab_diff (Vocab *vocab, char **words, int n, GError **error);
bool vocab_apply (Vocab *vocab, char **words, int n, GError **error);
bool vocab_undo (Vocab *vocab, char **words, int n, GError **error);
bool vocab_export (Vocab *vocab, char **words, int n, GError **error);
bool vocab_import (Vocab *vocab, char **words, int n, GError **error);

/* What stands in all letters of the store, by the vocabulary of its files. Owned by the caller. */
PipelineLabels *vocab_look (Vocab *vocab, GError **error);
/* "cue", "alternative" … as the files call it. */
const char *vocab_type_name (LabelType type);

/* --- docket_vocab_files.c: tables of a configuration path (char *) to a text (char *, NULL: no such file) --- */

/* The vocabulary and taxonomy files in @path: a folder with vocabulary/ and taxonomy/, a folder of such files, or one
 * file. Fails with CONFIG for a file that is neither, NOT_FOUND when there is none. Owned by the caller. */
GHashTable *vocab_files_read (const char *path, GError **error);
/* What makes vocabulary and taxonomy of @now those of @then. */
GHashTable *vocab_files_between (const Config *now, const Config *then);
/* Drops from @texts what stands so in @config already. */
void vocab_files_reduce (GHashTable *texts, const Config *config);
/* Gives the store's files these texts: all are written before the first takes its place. */
bool vocab_files_write (Store *store, GHashTable *texts, GError **error);
