/* capture/release.h - the source goes, once the receipt is committed. Inside capture only.
 *
 * The file is first renamed, in its own folder, to ".docket-DEV-INO-SIZE-MTIME-CTIME.release": what stood under the
 * name is then checked in peace, and nothing that was put there in the last moment can be removed unread. A crash in
 * between leaves that name, which says what it was; the next pass finishes it. */
#pragma once
#include "base/config.h"
#include "store/receipt.h"
#include <sys/stat.h>

/* Removes the file @name of the folder @dir, open as @fd, or moves it to taken/, if it is still the one of @st and
 * nobody has opened it to write more. Else it keeps its name and will be looked at anew. Fails only when the file
 * cannot be renamed or removed; it is then tried again in the next pass. */
bool capture_release_source (Store *store, const ConfigProfile *profile, int dir, const char *name, int fd,
                             const struct stat *st, GError **error);
bool capture_release_is_leftover (const char *name);
/* Finishes @name that a crash left in @dir: released when it is registered as @source, else given back as
 * "recovered-INO". */
bool capture_release_leftover (Store *store, const ConfigProfile *profile, const char *source, int dir,
                               const char *name, GError **error);
