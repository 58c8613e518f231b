/* capture/capture.h - takes files in: from drop folders and from the command line. Ends with "we have it": the blob is
 * durable, the receipt committed, only then the source is released.
 *
 * inbox/<profile>/ is scanned every poll interval, which alone suffices; events (libinotifytools, in a thread of its
 * own) only shorten the wait. A file is taken when no writer has it open and its end has the structure of its type
 * (capture/gate.h looks at no more than its first and last 64 KiB); where either cannot be known it must have been
 * still for 2 s (10 s on network file systems), where neither can, for 30 s. A file whose end is missing and that
 * nobody has open is taken as it is after 30 s of silence (longer where its writer was seen to pause longer), 24 hours
 * on network file systems.
 *
 * A TIFF is whole after each of its pages, and many scanners close it between them. It is taken as early as any other,
 * but its source stays until it was silent for 30 s. Has it grown by then, it is taken again, as the same receipt with
 * more bytes: same file (device, inode, made before that receipt's state was written) and its bytes continue those that
 * were taken. This needs no memory, so it holds over a crash too; only where the file system does not tell when a file
 * was made, a file that grew while no docketd ran is a new arrival. */
#pragma once
#include "base/config.h"
#include "store/receipt.h"

typedef struct Capture Capture;
/* Watches the drop folders of @settings below @store, making those that do not exist. Both outlive it. */
Capture *capture_new (Store *store, const Settings *settings, GError **error);
void capture_free (Capture *capture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Capture, capture_free)
/* Becomes readable when something happened in a drop folder: a hint. Lent; -1 when there are no events (inotify off).
 */
int capture_event_fd (Capture *capture);

/* From now on sources are released as soon as they are taken: this program will not come back to them. */
void capture_keep_none (Capture *capture);
/* Releases the sources that were kept since they might grow, and have not. Nothing is taken after this. */
bool capture_close (Capture *capture, GError **error);

typedef struct
{
  unsigned taken, duplicates; /* in this pass */
  unsigned waiting;           /* files in drop folders that are not taken */
  unsigned ignored; /* links, devices, names of what is not finished: never opened; capture_left tells which */
  double next_s;    /* when to scan again without an event; 0: this pass was cut short and saw not all */
  bool paused;      /* the disk is full: nothing was touched, the next pass tries again */
} CaptureScan;
/* Called for each arrival that was registered (or whose source was released after a crash). */
typedef void (*CaptureFunc) (const StoreArrival *arrival, const StoreTaken *taken, void *data);
/* One pass over all drop folders. One file that cannot be taken does not stop the others. Fails only when the store
 * itself fails. */
bool capture_scan (Capture *capture, CaptureFunc taken, void *data, CaptureScan *scan, GError **error);

typedef struct
{
  const char *source;  /* "ingest" */
  const char *profile; /* name of a profile of the settings */
  DkDay received;      /* DK_DAY_NONE: by the profile */
} CaptureOptions;
/* Takes in the regular file @path once, without waiting for stillness and without releasing it. Links are followed
 * here: a person named it. Fails with NOT_FOUND, INVALID (no regular file, changed while it was read), LIMIT, FULL. */
bool capture_file (Store *store, const Settings *settings, const char *path, const CaptureOptions *options,
                   StoreTaken *taken, GError **error);
