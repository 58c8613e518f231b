/* capture/ready.h - whether a file in a drop folder may be taken: nobody writes it, its end is there, or it has been
 * still long enough. Inside capture only. */
#pragma once
#include "base/clock.h"
#include <sys/stat.h>

typedef struct Ready Ready;       /* what is remembered of one file while the program runs */
typedef struct ReadySet ReadySet; /* all of them, by device and inode */
ReadySet *ready_set_new (void);
void ready_set_free (ReadySet *set);
/* Notes that the file of @st was seen in pass @pass. Lent until it is forgotten. */
const Ready *ready_set_note (ReadySet *set, const struct stat *st, unsigned pass);
/* Forgets the files that were not seen in pass @pass. */
void ready_set_forget (ReadySet *set, unsigned pass);

/* How long the file, open as @fd, must still be left alone: 0 now, -1 until its writer closes it. */
int64_t ready_wait_us (const Ready *ready, int fd, bool is_network);
