/* extract/refuse.h - a fault of the document, apart from a failure of ours. */
#pragma once
#include "base/record.h"

/* Errors of this domain carry a RecordCode: the document or page is refused for that reason, and trying again is no
 * use. Every other domain is a failure of ours. */
#define EXTRACT_FAULT (extract_fault_quark ())
GQuark extract_fault_quark (void);
/* Sets *@error to a fault @code and returns false, so that a failing function ends in one line. */
bool extract_refuse (GError **error, RecordCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* The code of a fault; NONE for any other error. */
RecordCode extract_fault_code (const GError *error);
