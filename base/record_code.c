#include "base/record.h"
#include <string.h>

static const char *const code_names[] = {
  [RECORD_CODE_EMPTY] = "empty",
  [RECORD_CODE_DAMAGED] = "damaged",
  [RECORD_CODE_UNSUPPORTED] = "unsupported",
  [RECORD_CODE_TOO_LARGE] = "too_large",
  [RECORD_CODE_LIMIT] = "limit",
  [RECORD_CODE_TIMEOUT] = "timeout",
  [RECORD_CODE_MEMORY] = "memory",
  [RECORD_CODE_CRASHED] = "crashed",
  [RECORD_CODE_UNSAFE_NAME] = "unsafe_name",
  [RECORD_CODE_UNREADABLE] = "unreadable",
  [RECORD_CODE_SANDBOX] = "sandbox",
  [RECORD_CODE_NEEDS_PASSWORD] = "needs_password",
};

const char *
record_code_name (RecordCode code)
{
  return (guint)code < G_N_ELEMENTS (code_names) ? code_names[code] : NULL;
}

RecordCode
record_code_parse (const char *name)
{
  for (guint code = RECORD_CODE_EMPTY; name != NULL && code < G_N_ELEMENTS (code_names); code++)
    if (strcmp (name, code_names[code]) == 0)
      return code;
  return RECORD_CODE_NONE;
}
