/* base/messages_pattern.h - one pattern of ICU's MessageFormat, filled in. Private to base/messages*.c. */
#pragma once
#include "base/error.h"
#include <stdint.h>

#define MESSAGE_ARGUMENTS 8 /* of one pattern, at the most */

typedef enum
{
  MESSAGE_TEXT,
  MESSAGE_NUMBER,
  MESSAGE_DATE, /* a day at midnight or an instant, shown in UTC */
} MessageType;
typedef struct
{
  MessageType type;
  const char *text; /* UTF-8; NULL stands as "" */
  double number;    /* also of a date: milliseconds since 1970 */
} MessageArgument;

/* Fails with INVALID when @pattern is none, or wants an argument that is not there or of another type. At most
 * MESSAGE_ARGUMENTS of them. Owned by the caller. */
char *dk_format_pattern (const char *language, const char *pattern, const MessageArgument *arguments, unsigned count,
                         GError **error);
/* Whether dk_format_pattern can fill @pattern, given arguments of the types it wants. Fails with INVALID and, where the
 * braces are wrong, the place in @pattern. */
bool dk_check_pattern (const char *language, const char *pattern, GError **error);
