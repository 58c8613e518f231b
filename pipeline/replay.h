/* pipeline/replay.h - what another configuration would decide about documents that are understood already, beside what
 * is decided now. Nothing is written but by pipeline_send_back. */
#pragma once
#include "pipeline/configuration.h"
#include "pipeline/pass.h"

/* One decision, now and then. */
typedef struct
{
  char *name;                              /* kind subject language, or of a field */
  char *was, *would;                       /* several values are joined by "; "; "" where there is none */
  char *was_first, *would_first;           /* the first of them, or NULL */
  double was_confidence, would_confidence; /* of the first */
  bool was_doubtful, would_doubtful;       /* a person should look */
  bool human;                              /* a person decided: it stays, whatever would be */
} PipelineReplayed;
/* Whether the value would be another, or whether a person has to look at it; false where a person decided. */
bool pipeline_replayed_changes (const PipelineReplayed *decision);

typedef struct
{
  int64_t document;
  char *number;                /* of the document */
  bool failed;                 /* nothing is known: the work on it was stopped */
  bool accepted;               /* a person agreed with all that is decided now */
  GPtrArray *decisions;        /* of PipelineReplayed: language, kind and subject, then the fields by name */
  char *folder, *would_folder; /* below filed/ */
  char *name, *would_name;     /* in it; the latter NULL where only the folder or nothing changes */
  bool changes;                /* a decision would be another */
  bool moves;                  /* the folder, or without any other change the name, would be another */
} PipelineReplay;
/* The decision on @name, NULL when there is none. Lent. */
const PipelineReplayed *pipeline_replay_decision (const PipelineReplay *replay, const char *name);

/* Lent for the call. False with @error ends the replay. */
typedef bool (*PipelineReplayFunc) (const PipelineReplay *replay, void *data, GError **error);
/* Calls @each for each of @documents, as pipeline_pass with the configuration @candidate; @pass tells the rest. */
bool pipeline_replay (Store *store, const GArray *documents, const PipelineConfiguration *candidate,
                      const PipelinePass *pass, PipelineReplayFunc each, void *data, GError **error);
/* Sends those of @documents (of int64_t) that are at rest back to @stage, to be understood or named under the version
 * @config, a hundred in one transaction by @actor; adds how many that were to *@sent. */
bool pipeline_send_back (Store *store, const char *actor, const GArray *documents, const char *stage, int64_t config,
                         unsigned *sent, GError **error);
