#include "pipeline/stage.h"
#include <string.h>

const PipelineStage pipeline_stages[]
    = {
        /* key         name          page  v  tries work          ask             publish             give_up run */
        { "identify", "identify", false, 1, 3, "identify", identify_ask, identify_publish, NULL, NULL },
        { "read", "read", true, 1, 3, "read", read_ask, read_publish, read_give_up, NULL },
        { "bind", "read", false, 1, 2, "bind", bind_ask, bind_publish, bind_give_up, NULL },
        { "understand", "understand", false, 1, 2, "understand", understand_ask, understand_publish, understand_give_up,
          NULL },
        { "register", "register", false, 1, 20, NULL, NULL, NULL, NULL, register_run },
        { "file", "file", false, 1, 20, NULL, NULL, NULL, NULL, file_run },
        { "index", "index", false, 1, 20, NULL, NULL, NULL, NULL, index_run },
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
