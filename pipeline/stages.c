#include "pipeline/stage.h"
#include <string.h>

#define SMALL_OUTPUT (UINT64_C (64) << 20) /* a page of 4 MiB of text with all its words is a tenth of this */

/* A file whose text is all its own is filed as it came. */
static bool
has_pixels (const StoreDocument *document)
{
  return document->picture || document->recognised;
}

static bool
has_no_case (const StoreDocument *document)
{
  return document->case_id == 0;
}

const PipelineStage pipeline_stages[] = {
  { .key = "identify",
    .name = "identify",
    .version = 1,
    .tries = 3,
    .work = "identify",
    .output_bytes = SMALL_OUTPUT,
    .ask = identify_ask,
    .publish = identify_publish },
  { .key = "read",
    .name = "read",
    .by_page = true,
    .version = 6,
    .tries = 3,
    .work = "read",
    .output_bytes = SMALL_OUTPUT,
    .ask = read_ask,
    .publish = read_publish,
    .give_up = read_give_up },
  { .key = "bind",
    .name = "read",
    .brief = true,
    .applies = has_pixels,
    .version = 3,
    .tries = 2,
    .work = "bind",
    .ask = bind_ask,
    .publish = bind_publish,
    .give_up = bind_give_up },
  { .key = "understand",
    .name = "understand",
    .brief = true,
    .by_config = true,
    .version = 2,
    .tries = 2,
    .work = "understand",
    .output_bytes = SMALL_OUTPUT,
    .ask = understand_ask,
    .publish = understand_publish,
    .give_up = understand_give_up },
  { .key = "register", .name = "register", .applies = has_no_case, .version = 1, .tries = 20, .run = register_run },
  { .key = PIPELINE_STAGE_NAMING, .name = "file", .version = 1, .tries = 20, .run = file_run },
  { .key = "index", .name = "index", .version = 1, .tries = 20, .run = index_run },
};
const size_t pipeline_n_stages = G_N_ELEMENTS (pipeline_stages);

const PipelineStage *
pipeline_stage (const char *key)
{
  for (size_t i = 0; i < pipeline_n_stages; i++)
    if (strcmp (pipeline_stages[i].key, key) == 0)
      return &pipeline_stages[i];
  return NULL;
}

const char *
pipeline_stage_name (const char *key)
{
  const PipelineStage *stage = pipeline_stage (key);
  return stage != NULL ? stage->name : key;
}

const char *
pipeline_next (const Piece *piece)
{
  for (const PipelineStage *next = piece->stage + 1; next < pipeline_stages + pipeline_n_stages; next++)
    if (next->applies == NULL || next->applies (piece->document))
      return next->key;
  return STORE_STAGE_REST;
}

static bool
is_of (const PipelineStage *stage, PipelineKind kind)
{
  switch (kind)
    {
    case PIPELINE_INSIDE:
      return stage->work == NULL;
    case PIPELINE_BRIEF:
      return stage->brief;
    default:
      return stage->work != NULL;
    }
}

const char *const *
pipeline_stage_keys (PipelineKind kind)
{
  static const char *keys[PIPELINE_KINDS][G_N_ELEMENTS (pipeline_stages) + 1];
  size_t n = 0;
  for (size_t i = 0; i < pipeline_n_stages; i++)
    if (is_of (&pipeline_stages[i], kind))
      keys[kind][n++] = pipeline_stages[i].key;
  return keys[kind];
}

Limits
pipeline_limits (void)
{
  Limits limits = LIMITS_DEFAULT;
#ifdef DK_TEST_HOOKS
  const char *cpu_s = g_getenv ("DOCKET_TEST_CPU_S"); /* tests do not wait a minute for what never ends */
  if (cpu_s != NULL)
    limits.cpu_s = (unsigned)g_ascii_strtoull (cpu_s, NULL, 10);
#endif
  return limits;
}

void
piece_free (Piece *piece)
{
  if (piece == NULL)
    return;
  store_job_free (piece->job);
  store_document_free (piece->document);
  store_receipt_free (piece->receipt);
  g_free (piece);
}
