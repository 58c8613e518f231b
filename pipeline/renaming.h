/* pipeline/renaming.h - what filed documents would be named by other templates, and naming them so: by the stage that
 * files, in whatever process holds the pipeline. */
#pragma once
#include "pipeline/place.h"

/* A document that was looked at; lent. */
typedef struct
{
  const StoreDocument *document;
  const PipelinePlace *place;
  const char *folder, *name; /* what it would get */
  bool changes;              /* that is another than it has */
  bool collides;             /* it needs its docket number or a count */
} PipelineRenaming;
typedef bool (*PipelineRenamingFunc) (const PipelineRenaming *renaming, void *data, GError **error);
/* Calls @each for each of @documents (of int64_t) that is filed, in their order, with the place it would get under
 * @candidate after those before it had moved. Nothing is written. @stop, where it is not NULL and becomes non-zero,
 * ends it with BUSY. */
bool pipeline_renaming (Store *store, const GArray *documents, const PipelineConfiguration *candidate,
                        const volatile int *stop, PipelineRenamingFunc each, void *data, GError **error);

/* What became of documents that somebody wants to be named anew. */
typedef struct
{
  GArray *sent;                    /* of int64_t: to be named by whoever holds the pipeline */
  unsigned same, on_the_way, kept; /* have that name already; are in work; have one for another, later cause */
  int64_t run;                     /* the ledger's seq to go back to */
} PipelineRenamed;
void pipeline_renamed_clear (PipelineRenamed *renamed);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PipelineRenamed, pipeline_renamed_clear)
/* Sends those of @documents that would be named otherwise to be named so under the version @config of @candidate. */
bool pipeline_rename (Store *store, const char *actor, const GArray *documents, const PipelineConfiguration *candidate,
                      int64_t config, const volatile int *stop, PipelineRenamed *renamed, GError **error);
/* Sends @document to get the name back that it had before the one it has. Fails with NOT_FOUND where there is none. */
bool pipeline_rename_back (Store *store, const char *actor, const StoreDocument *document, int64_t config,
                           PipelineRenamed *renamed, GError **error);
/* Sends all that was renamed by templates since the entry @seq (0: by the last such run) to get the names back that
 * they had then; but not what was decided on since. */
bool pipeline_rename_back_to (Store *store, const char *actor, int64_t seq, int64_t config, PipelineRenamed *renamed,
                              GError **error);
