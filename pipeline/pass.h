/* pipeline/pass.h - one look at many documents that are understood already, by a worker of its own, for somebody who
 * asks what a configuration would make of them. Nothing is written; no more documents are in memory than cores work on.
 */
#pragma once
#include "base/config.h"
#include "pipeline/worker.h"
#include "store/document.h"
#include "store/receipt.h"

typedef struct
{
  const Config *config;     /* the worker is started with it … */
  GBytes *model;            /* … and with this; NULL: the shipped one */
  const char *work;         /* takes what the stage understand takes: "understand", "labels" */
  unsigned jobs;            /* pieces of work at once; 0: one a core */
  const char *program;      /* the worker, NULL: docket-worker */
  const volatile int *stop; /* non-zero ends it; NULL: nothing does */
} PipelinePass;

/* Called with what came back about each document, which may be a fault. False with @error ends the pass. */
typedef bool (*PipelinePassFunc) (const StoreDocument *document, const StoreReceipt *receipt,
                                  const PipelineResult *result, void *data, GError **error);
/* The documents that can be looked at: understood and filed. Of int64_t, ascending, owned by the caller. At most
 * @sample of them, spread evenly; 0: all. */
GArray *pipeline_pass_documents (Store *store, unsigned sample, GError **error);
/* Looks at @documents (of int64_t), in any order. Fails with FAILED when the worker dies, BUSY when it was stopped. */
bool pipeline_pass (Store *store, const GArray *documents, const PipelinePass *pass, PipelinePassFunc each, void *data,
                    GError **error);
