/* capture/entry.h - what a name in a drop folder is to docket. Inside capture only. */
#pragma once
#include <stdbool.h>
#include <sys/stat.h>

#define CAPTURE_DEPTH 8 /* of folders in a drop folder */

typedef enum
{
  CAPTURE_ENTRY_FILE,
  CAPTURE_ENTRY_FOLDER,     /* to be looked into */
  CAPTURE_ENTRY_OTHERS,     /* of a desktop or of docket itself, or gone: nobody's letter */
  CAPTURE_ENTRY_UNFINISHED, /* its name says that it is not finished */
  CAPTURE_ENTRY_NO_FILE,    /* a link, a device: never opened */
  CAPTURE_ENTRY_FILE_NAME,  /* a folder named like a file */
  CAPTURE_ENTRY_TOO_DEEP,   /* a folder below CAPTURE_DEPTH others */
} CaptureEntry;
/* What @name in the folder @dir, which lies below @depth others, is; *@st is set but for OTHERS. */
CaptureEntry capture_entry (int dir, const char *name, unsigned depth, struct stat *st);
