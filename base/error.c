#include "base/error.h"
#include <errno.h>

G_DEFINE_QUARK (dk_error, dk_error)

bool
dk_throw (GError **error, DkErrorCode code, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autoptr (GError) thrown = g_error_new_valist (DK_ERROR, (gint)code, format, args);
  va_end (args);
  g_propagate_error (error, g_steal_pointer (&thrown));
  return false;
}

static DkErrorCode
code_of_errno (int number)
{
  switch (number)
    {
    case ENOSPC:
    case EDQUOT:
    case EROFS:
      return DK_ERROR_FULL;
    case ENOENT:
      return DK_ERROR_NOT_FOUND;
    case EEXIST:
      return DK_ERROR_EXISTS;
    default:
      return DK_ERROR_FAILED;
    }
}

bool
dk_throw_errno (GError **error, const char *format, ...)
{
  int number = errno;
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  return dk_throw (error, code_of_errno (number), "%s: %s", what, g_strerror (number));
}

int
dk_exit_status (const GError *error)
{
  if (error == NULL)
    return 0;
  if (error->domain != DK_ERROR)
    return 1;
  switch ((DkErrorCode)error->code)
    {
    case DK_ERROR_FULL:
    case DK_ERROR_BUSY:
    case DK_ERROR_STALE:
      return 75;
    case DK_ERROR_USAGE:
      return 64;
    case DK_ERROR_CONFIG:
      return 78;
    default:
      return 1;
    }
}
