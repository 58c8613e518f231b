#include "extract/refuse.h"

G_DEFINE_QUARK (extract - fault, extract_fault)

bool
extract_refuse (GError **error, RecordCode code, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, EXTRACT_FAULT, (int)code, text);
  return false;
}

RecordCode
extract_fault_code (const GError *error)
{
  return error != NULL && error->domain == EXTRACT_FAULT ? (RecordCode)error->code : RECORD_CODE_NONE;
}
