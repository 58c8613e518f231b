#include "capture/entry.h"
#include <fcntl.h>
#include <glib.h>
#include <string.h>

/* What desktops and offices leave, and what is hidden, such as a source that is being released. */
static bool
is_others (const char *name)
{
  return name[0] == '.' || name[0] == '~' || strcmp (name, "Thumbs.db") == 0 || strcmp (name, "desktop.ini") == 0;
}

/* Names that programs give to what they have not finished. */
static bool
is_unfinished (const char *name)
{
  static const char *const endings[] = { ".part", ".partial", ".crdownload", ".filepart", ".tmp", "~" };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      return true;
  return false;
}

/* "letter.pdf/" is no folder of letters. */
static bool
is_named_like_a_file (const char *name)
{
  const char *dot = strrchr (name, '.');
  size_t length = dot != NULL ? strlen (dot + 1) : 0;
  return length >= 2 && length <= 5 && g_ascii_isalpha (dot[1]);
}

CaptureEntry
capture_entry (int dir, const char *name, unsigned depth, struct stat *st)
{
  if (is_others (name) || fstatat (dir, name, st, AT_SYMLINK_NOFOLLOW) < 0)
    return CAPTURE_ENTRY_OTHERS;
  if (is_unfinished (name))
    return CAPTURE_ENTRY_UNFINISHED;
  if (S_ISREG (st->st_mode))
    return CAPTURE_ENTRY_FILE;
  if (!S_ISDIR (st->st_mode))
    return CAPTURE_ENTRY_NO_FILE;
  if (is_named_like_a_file (name))
    return CAPTURE_ENTRY_FILE_NAME;
  return depth >= CAPTURE_DEPTH ? CAPTURE_ENTRY_TOO_DEEP : CAPTURE_ENTRY_FOLDER;
}
