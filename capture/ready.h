/* capture/ready.h - whether a file in a drop folder may be taken: nobody writes it, its end is there, or it has been
 * still long enough. Inside capture only. */
#pragma once
#include "base/clock.h"
#include <sys/stat.h>

typedef struct CaptureReady CaptureReady;       /* what is remembered of one file while the program runs */
typedef struct CaptureReadySet CaptureReadySet; /* all of them, by device and inode */
CaptureReadySet *capture_ready_set_new (void);
void capture_ready_set_free (CaptureReadySet *set);
/* Notes that the file of @st was seen in pass @pass. Lent until it is forgotten. */
const CaptureReady *capture_ready_set_note (CaptureReadySet *set, const struct stat *st, unsigned pass);
/* Forgets the files that were not seen in pass @pass. */
void capture_ready_set_forget (CaptureReadySet *set, unsigned pass);

/* How long the file, open as @fd, must still be left alone: 0 now, -1 until its writer closes it. */
int64_t capture_ready_wait_us (const CaptureReady *ready, int fd, bool is_network);
/* Whether somebody has the file open for writing, as far as this system tells. */
bool capture_ready_has_writer (int fd);
