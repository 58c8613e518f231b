/* capture/ready.h - whether a file in a drop folder may be taken: nobody writes it, its end is there, or it has been
 * still long enough. Inside capture only. */
#pragma once
#include "base/clock.h"
#include "capture/gate.h"
#include <sys/stat.h>

typedef struct CaptureReady CaptureReady;       /* what is remembered of one file while the program runs */
typedef struct CaptureReadySet CaptureReadySet; /* all of them, by device and inode */
CaptureReadySet *capture_ready_set_new (void);
void capture_ready_set_free (CaptureReadySet *set);
/* Notes that the file of @st was seen in pass @pass. Lent until it is forgotten. */
CaptureReady *capture_ready_set_note (CaptureReadySet *set, const struct stat *st, unsigned pass);
/* Forgets @ready: the file is gone, and another may get its number. */
void capture_ready_set_drop (CaptureReadySet *set, CaptureReady *ready);
/* Forgets the files that were not seen in pass @pass. */
void capture_ready_set_forget (CaptureReadySet *set, unsigned pass);

/* Notes that the file, as it is now, is registered as @receipt and stays where it is, since it may still grow. */
void capture_ready_keep (CaptureReady *ready, int64_t receipt);
/* Whether it is kept and has not changed since. */
bool capture_ready_is_kept (const CaptureReady *ready);
/* The receipt it was kept for last, changed since or not; 0: never. */
int64_t capture_ready_receipt (const CaptureReady *ready);
/* How long a kept file must still be left alone until its writer is believed to have ended. */
int64_t capture_ready_silence_us (const CaptureReady *ready, bool is_network);
/* What the ends of the file of @size bytes, open as @fd, look like. */
Gate capture_ready_gate (int fd, uint64_t size);

/* How long the file, open as @fd, must still be left alone: 0 now, -1 until its writer closes it. */
int64_t capture_ready_wait_us (const CaptureReady *ready, int fd, bool is_network);
/* Whether somebody has the file open for writing, as far as this system tells. */
bool capture_ready_has_writer (int fd);
