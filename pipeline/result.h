/* pipeline/result.h - what a child of the worker answered. */
#pragma once
#include "base/record.h"

typedef struct
{
  RecordType type;
  GBytes *payload; /* not decoded; for RECORD_PAGE the whole frame, as record_page_decode takes it */
} PipelineRecord;

typedef struct PipelineResult PipelineResult;
struct PipelineResult
{
  uint64_t job;
  /* NONE: the child did its work whole, and @records hold it. TIMEOUT, MEMORY, SANDBOX, CRASHED, LIMIT: it was stopped
   * for that; what it sent before is kept in @records but not to be relied on. */
  RecordCode fault;
  RecordCode refusal; /* of a RECORD_REFUSAL among the records, else NONE */
  bool failed;        /* a failure of ours inside the child (no fault of the document, @fault is NONE): try again */
  bool lost;          /* the worker died under it: lease it again, nothing is known about the document */
  GPtrArray *records; /* of PipelineRecord, without RECORD_END, RECORD_REFUSAL and RECORD_COST */
  RecordCost cost;    /* as the child told it */
  char *work;         /* of one that was done ahead: what it is; else NULL */
  GPtrArray *ahead;   /* of PipelineResult: works done whole behind the one that was asked for, in their order */
  uint64_t cpu_us, wall_us, peak_bytes;
};
PipelineResult *pipeline_result_new (uint64_t job);
void pipeline_result_free (PipelineResult *result);
/* Appends a record, taking @payload. */
void pipeline_result_add (PipelineResult *result, RecordType type, GBytes *payload);
/* The payload of its first record of @type, lent; NULL where there is none. */
GBytes *pipeline_result_record (const PipelineResult *result, RecordType type);
/* What its records of bytes hold together. Owned by the caller. */
GBytes *pipeline_result_bytes (const PipelineResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelineResult, pipeline_result_free)
