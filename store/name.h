/* store/name.h - names and folders that every file system takes (DESIGN section 7). */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* One component made safe: NFC, no control or bidirectional-control characters nor \ / : * ? " < > |, no leading or
 * trailing blanks and dots, no leading hyphen, no reserved device names, white space folded, at most @max_bytes bytes
 * (1 or more) cut between characters, ASCII where @ascii. "_" when nothing is left. Owned by the caller. */
char *store_name_safe (const char *text, size_t max_bytes, bool ascii);
/* A path of several components joined by '/', each made safe and at most LIMITS_FILED_NAME_BYTES bytes; empty ones are
 * left out. Owned by the caller. */
char *store_name_safe_path (const char *path, bool ascii);
/* "2026-03-12 réclamation - livraison non reçue - Durand.pdf" from date (ISO), kind, subject and sender in words of the
 * store's language (NULL or "" is left out with its separator), @extra ("" or a docket number, to tell equal names
 * apart) and extension with its dot. At most LIMITS_FILED_NAME_BYTES bytes; the sender is cut first, then the subject.
 * Owned by the caller. */
char *store_name_build (const char *date, const char *kind, const char *subject, const char *sender, const char *extra,
                        const char *extension, bool ascii);
