/* capture/left.h - what lies in the drop folders and is not taken in, and why. */
#pragma once
#include "base/config.h"
#include "store/store.h"

typedef enum
{
  CAPTURE_LEFT_WAITS,      /* nothing is in its way: it is taken when docketd comes to it */
  CAPTURE_LEFT_WRITTEN,    /* somebody has it open for writing */
  CAPTURE_LEFT_CUT,        /* its end is missing: taken as it is when nobody goes on for long */
  CAPTURE_LEFT_EMPTY,      /* has no content: likewise */
  CAPTURE_LEFT_UNREADABLE, /* may not be opened */
  CAPTURE_LEFT_UNFINISHED, /* from here on: never taken as they are */
  CAPTURE_LEFT_NO_FILE,
  CAPTURE_LEFT_FILE_NAME,
  CAPTURE_LEFT_TOO_DEEP,
  CAPTURE_LEFT_NO_PROFILE, /* lies in inbox/ beside the folders of the profiles */
} CaptureLeftWhy;
/* "waits" "written" "cut" … */
const char *capture_left_code (CaptureLeftWhy why);

typedef struct
{
  char *path; /* in the store, any bytes: "inbox/default/letter.pdf" */
  CaptureLeftWhy why;
  int64_t since_s; /* when it was changed last, seconds since 1970 */
} CaptureLeft;
/* All of it but what is nobody's letter, of CaptureLeft: what is never taken first, then those that lie longest. The
 * first @opened files among them are opened to tell why they wait. Owned by the caller. */
GPtrArray *capture_left (Store *store, const Settings *settings, unsigned opened);
/* How many of @left are only waiting: up to UNREADABLE. */
unsigned capture_left_waiting (const GPtrArray *left);
/* capture_left_waiting of all. */
unsigned capture_waiting (Store *store, const Settings *settings);
