/* base/sandbox_filter.h - the system calls a child may make. Private to base/sandbox*.c. */
#pragma once
#include "base/error.h"
#include <linux/filter.h>

/* The compiled allow list, of struct sock_filter. @opening: files may be opened for reading, because Landlock says
 * which. */
GBytes *sandbox_filter_new (bool opening, GError **error);
/* Loads the allow list @program into the calling process, for good; no_new_privs must be set. */
bool sandbox_filter_load (GBytes *program, GError **error);
