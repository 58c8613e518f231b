#include "store/internal.h"

void
ledger_entry_free (LedgerEntry *entry)
{
  if (entry == NULL)
    return;
  g_free (entry->actor);
  json_decref (entry->payload);
  json_decref (entry->personal);
  g_free (entry);
}

const char *
entry_text (const LedgerEntry *entry, const char *key)
{
  return dk_json_string (entry->payload, key, "");
}

int64_t
entry_int (const LedgerEntry *entry, const char *key)
{
  return dk_json_int (entry->payload, key, 0);
}

char *
entry_list (const json_t *object, const char *key)
{
  const json_t *list = json_object_get (object, key);
  return json_is_array (list) ? dk_json_canonical (list) : g_strdup ("[]");
}
