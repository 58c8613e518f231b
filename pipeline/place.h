/* pipeline/place.h - which folder and name a document gets: those a person gave, else former ones that were asked for,
 * else what the templates make of its decisions. */
#pragma once
#include "pipeline/configuration.h"
#include "store/document.h"
#include "store/receipt.h"

typedef struct
{
  const Template *name_template, *folder_template;
  char **name_values, **folder_values; /* for each of their places, NULL: none */
  char *folder;                        /* safe, below filed/ */
  char *given;                         /* stem of a name that is not made by the template; NULL: it is */
  char *number, *extension;
  bool by_person; /* of folder or name: a person gave it */
  bool ascii;
} PipelinePlace;

/* The place of @document by its current decisions. @former: whether a former name that was asked for counts. Owned by
 * the caller. */
PipelinePlace *pipeline_place_new (Store *store, const PipelineConfiguration *configuration,
                                   const StoreDocument *document, const StoreReceipt *receipt, bool former,
                                   GError **error);
/* The same by decisions that might be: their best value of @name, with @human only a person's; lent, or NULL. */
typedef const char *(*PipelineValueFunc) (const char *name, bool human, const void *data);
PipelinePlace *pipeline_place_of (Store *store, const PipelineConfiguration *configuration,
                                  const StoreDocument *document, const StoreReceipt *receipt, PipelineValueFunc value,
                                  const void *data, bool former, GError **error);
void pipeline_place_free (PipelinePlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelinePlace, pipeline_place_free)
/* The name to try for the @attempt-th time, from 0: without, then with the docket number, then with a count. Owned by
 * the caller. */
char *pipeline_place_name (const PipelinePlace *place, unsigned attempt);
/* The first of these from the *@attempt-th on, which is raised to its own, that @is_taken does not say is another
 * document's. Fails with EXISTS when far too many are. Owned by the caller. */
typedef bool (*PipelineTakenFunc) (int64_t document, const char *folder, const char *name, bool *taken, void *data,
                                   GError **error);
char *pipeline_place_free_name (const PipelinePlace *place, int64_t document, unsigned *attempt,
                                PipelineTakenFunc is_taken, void *data, GError **error);
/* Whether @name is one of these. */
bool pipeline_place_has_name (const PipelinePlace *place, const char *name);
/* Whether @document has one of these, in this folder: then it keeps it. */
bool pipeline_place_is_held (const PipelinePlace *place, const StoreDocument *document);
