/* base/messages_format.h - ICU's MessageFormat behind a C face; used by messages.c alone. C++ includes it as extern
 * "C". */
#pragma once
#include "base/error.h"
#include <stdint.h>

typedef enum
{
  MESSAGE_TEXT,
  MESSAGE_INTEGER,
  MESSAGE_REAL,
  MESSAGE_DATE, /* a day at midnight or an instant, both in UTC */
} MessageType;
typedef struct
{
  MessageType type;
  const char *text; /* UTF-8 */
  int64_t integer;
  double real; /* also of a date: milliseconds since 1970 */
} MessageArgument;

/* Fails with INVALID when @pattern is none or wants an argument of another type. Owned by the caller. */
char *dk_format_pattern (const char *language, const char *pattern, const MessageArgument *arguments, unsigned count,
                         GError **error);
/* Fails with INVALID and the place in @pattern. */
bool dk_check_pattern (const char *language, const char *pattern, GError **error);
