/* base/error.h - one way to fail: a GError with a code for each thing a caller does differently. */
#pragma once
#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

#define DK_ERROR (dk_error_quark ())
GQuark dk_error_quark (void);
typedef enum
{
  DK_ERROR_FAILED,    /* the system refused for a reason that no caller tells apart */
  DK_ERROR_NOT_FOUND, /* the named thing does not exist */
  DK_ERROR_EXISTS,    /* the named thing exists already */
  DK_ERROR_INVALID,   /* bytes or words that do not have the promised shape */
  DK_ERROR_LIMIT,     /* larger or longer than base/limits.h allows */
  DK_ERROR_FULL,      /* no space, no quota, read-only: the same call may succeed later */
  DK_ERROR_BUSY,      /* somebody else holds it: the same call may succeed later */
  DK_ERROR_STALE,     /* the lease or version was lost; what was attempted did not happen */
  DK_ERROR_USAGE,     /* the command line is wrong */
  DK_ERROR_CONFIG,    /* configuration is wrong; the text starts with file:line:column */
} DkErrorCode;

/* Sets *@error (where it is not NULL) and returns false, so that a failing function ends in one line. */
bool dk_throw (GError **error, DkErrorCode code, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* The same from errno, whose text is appended after ": ". ENOSPC, EDQUOT and EROFS give FULL, ENOENT NOT_FOUND,
 * EEXIST EXISTS, all else FAILED. */
bool dk_throw_errno (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* The exit status that INTERFACES promises for @error: 75 for FULL, BUSY and STALE, 64 for USAGE, 78 for CONFIG,
 * else 1. */
int dk_exit_status (const GError *error);

G_END_DECLS
