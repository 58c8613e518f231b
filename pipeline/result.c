#include "pipeline/result.h"

static void
record_free (gpointer data)
{
  PipelineRecord *record = data;
  g_bytes_unref (record->payload);
  g_free (record);
}

PipelineResult *
pipeline_result_new (uint64_t job)
{
  PipelineResult *result = g_new0 (PipelineResult, 1);
  result->job = job;
  result->records = g_ptr_array_new_with_free_func (record_free);
  result->ahead = g_ptr_array_new_with_free_func ((GDestroyNotify)pipeline_result_free);
  return result;
}

void
pipeline_result_free (PipelineResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->records);
  g_ptr_array_unref (result->ahead);
  g_free (result->work);
  g_free (result);
}

GBytes *
pipeline_result_bytes (const PipelineResult *result)
{
  GByteArray *all = g_byte_array_new ();
  for (guint i = 0; i < result->records->len; i++)
    {
      const PipelineRecord *record = result->records->pdata[i];
      gsize size;
      const guint8 *piece = g_bytes_get_data (record->payload, &size);
      if (record->type == RECORD_BYTES)
        g_byte_array_append (all, piece, (guint)size);
    }
  return g_byte_array_free_to_bytes (all);
}

void
pipeline_result_add (PipelineResult *result, RecordType type, GBytes *payload)
{
  PipelineRecord *record = g_new0 (PipelineRecord, 1);
  record->type = type;
  record->payload = payload;
  g_ptr_array_add (result->records, record);
}

GBytes *
pipeline_result_record (const PipelineResult *result, RecordType type)
{
  for (guint i = 0; i < result->records->len; i++)
    {
      const PipelineRecord *record = result->records->pdata[i];
      if (record->type == type)
        return record->payload;
    }
  return NULL;
}
