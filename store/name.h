/* store/name.h - names and folders that every file system takes (DESIGN section 7). */
#pragma once
#include "base/template.h"

/* One component made safe: NFC, no control or bidirectional-control characters nor \ / : * ? " < > |, no leading or
 * trailing blanks and dots, no leading hyphen, no reserved device names, white space folded, at most @max_bytes bytes
 * (1 or more) cut between characters, ASCII where @ascii. "_" when nothing is left. Owned by the caller. */
char *store_name_safe (const char *text, size_t max_bytes, bool ascii);
/* A path of several components joined by '/', each made safe and at most LIMITS_FILED_NAME_BYTES bytes; empty ones are
 * left out. Owned by the caller. */
char *store_name_safe_path (const char *path, bool ascii);
/* "2026-03-12 réclamation - livraison non reçue - Durand.pdf": @template with @values, one for each of its places (NULL
 * or "": none), then " - " and @extra (NULL, "", or what tells equal names apart) and the extension with its dot. At
 * most LIMITS_FILED_NAME_BYTES bytes: the last value is cut first, at the end of a word, those that the template says
 * are kept after all others. Owned by the caller. */
char *store_name_fill (const Template *template, const char *const *values, const char *extra, const char *extension,
                       bool ascii);
/* The same of @stem, which somebody gave. Owned by the caller. */
char *store_name_given (const char *stem, const char *extra, const char *extension, bool ascii);
/* The path, safe part by part, that @template gives; a '/' within a value parts nothing. Owned by the caller. */
char *store_name_fill_path (const Template *template, const char *const *values, bool ascii);
