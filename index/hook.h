/* index/hook.h - lets a test act where a writer is hardest to place: between the opening of a commit and its reading.
 */
#pragma once
#ifdef DK_TEST_HOOKS
#include <glib.h>

G_BEGIN_DECLS
extern void (*index_hook_before_read) (void); /* NULL: nothing */
G_END_DECLS
#endif
