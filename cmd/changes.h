/* cmd/changes.h - tells what a replay finds: a line or a JSON object for each document that would be decided otherwise,
 * then how many from what to what; and sends those documents back. */
#pragma once
#include "cmd/command.h"
#include "pipeline/replay.h"

enum
{
  CHANGES_KIND,
  CHANGES_SUBJECT,
  N_CHANGES,
};

typedef struct
{
  const Command *command;
  unsigned seen, changed, moved, failed, by_person; /* documents */
  unsigned was_doubtful[N_CHANGES], would_doubtful[N_CHANGES];
  GHashTable *pairs[N_CHANGES]; /* "complaint → question" to its count */
  GArray *changing, *moving;    /* ids: to be understood anew; only to be named anew */
} Changes;
void changes_init (Changes *changes, const Command *command);
void changes_clear (Changes *changes);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Changes, changes_clear)

/* Replays @documents, or all of @store where it is NULL, under @candidate, and prints what would change, to its end or
 * until the command is interrupted. */
bool changes_find (Changes *changes, Store *store, const GArray *documents, const PipelineConfiguration *candidate,
                   GError **error);
/* Sends the documents back, under the version @config, and wakes docketd. @sent: how many. */
bool changes_apply (const Changes *changes, Store *store, int64_t config, unsigned *sent, GError **error);
/* Prints the counts; with @applied also that @sent documents were sent back under version @config. */
void changes_tell (const Changes *changes, bool applied, unsigned sent, int64_t config);
