/* tests/unit/capture-fixture.h - a store with drop folders of a test's own, and processes that are killed. */
#pragma once
#include "base/file.h"
#include "capture/capture.h"
#include "capture/left.h"
#include "capture/release.h"
#include "tests/unit/fixture.h"
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PDF "%PDF-1.4\nstartxref\n9\n%%EOF\n"

typedef struct
{
  char *folder;
  Store *store;
  Settings *settings;
  Capture *capture;
} Place;

static inline void
set_up_with (Place *place, const char *yaml)
{
  g_autoptr (GError) error = NULL;
  place->folder = fixture_folder ();
  g_assert_true (store_create (place->folder, STORE_SCRATCH, &error));
  place->store = store_open (place->folder, STORE_SCRATCH, &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (place->folder, "docket.yaml", NULL);
  g_assert_true (dk_write_file (AT_FDCWD, path, yaml, strlen (yaml), 0600, &error));
  g_autoptr (Config) config = config_read (place->folder, &error);
  g_assert_no_error (error);
  place->settings = settings_load (config, &error);
  g_assert_no_error (error);
  place->capture = capture_new (place->store, place->settings, &error);
  g_assert_no_error (error);
}

static inline void
set_up (Place *place, gconstpointer unused)
{
  (void)unused;
  set_up_with (place, "country: ES\nprofiles:\n  default:\n    inotify: false\n  kept:\n    keep_taken: true\n"
                      "    received: file_time\n    inotify: false\n    owner: Eva\n");
}

static inline void
tear_down (Place *place, gconstpointer unused)
{
  (void)unused;
  capture_free (place->capture);
  settings_free (place->settings);
  store_free (place->store);
  fixture_remove_folder (place->folder);
}

static inline char *
inbox (const Place *place, const char *name)
{
  return g_build_filename (place->folder, "inbox", name, NULL);
}

static inline void
drop (const Place *place, const char *name, const char *text)
{
  g_autofree char *path = inbox (place, name);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static inline bool
is_there (const Place *place, const char *name)
{
  g_autofree char *path = inbox (place, name);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static inline CaptureScan
scan (Place *place)
{
  g_autoptr (GError) error = NULL;
  CaptureScan found;
  g_assert_true (capture_scan (place->capture, NULL, NULL, &found, &error));
  g_assert_no_error (error);
  return found;
}

#ifdef DK_FAULTS
typedef void (*ChildFunc) (const char *folder);

/* Runs @work in a process of its own, which is killed at its @crash_at-th fault point (0: never). */
static inline bool
child_lives (ChildFunc work, const char *folder, int crash_at)
{
  pid_t pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      g_autofree char *number = g_strdup_printf ("%d", crash_at);
      g_setenv ("DOCKET_CRASH_AT", number, TRUE);
      work (folder);
      _exit (0);
    }
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) ? WEXITSTATUS (status) == 0 : WTERMSIG (status) == SIGKILL);
  return WIFEXITED (status);
}

static inline void
make_place (const char *folder)
{
  g_autofree char *yaml = g_build_filename (folder, "docket.yaml", NULL);
  g_autofree char *inside = g_build_filename (folder, "inbox", "default", NULL);
  g_assert_true (store_create (folder, STORE_DURABLE, NULL));
  g_assert_true (g_file_set_contents (yaml, "country: ES\nprofiles:\n  default:\n    inotify: false\n", -1, NULL));
  g_assert_true (dk_make_dirs (AT_FDCWD, inside, NULL));
}

static inline void
open_place (Place *place, const char *folder)
{
  place->folder = (char *)folder;
  place->store = store_open (folder, STORE_DURABLE, NULL);
  g_autoptr (Config) config = config_read (folder, NULL);
  place->settings = settings_load (config, NULL);
  place->capture = capture_new (place->store, place->settings, NULL);
}

static inline void
take_once (const char *folder)
{
  Place place;
  open_place (&place, folder);
  scan (&place);
}

#endif
