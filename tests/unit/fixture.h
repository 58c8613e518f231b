/* tests/unit/fixture.h - what unit tests share: fixture files, a folder of their own, a shipped configuration. */
#pragma once
#include <glib.h>

/* The bytes of tests/fixtures/@name; a missing file fails the test. */
GBytes *fixture (const char *name);
/* The path of tests/fixtures/@name below the source folder, where make runs. Owned by the caller. */
char *fixture_path (const char *name);
/* A new empty folder that lives until fixture_remove_folder. Owned by the caller. */
char *fixture_folder (void);
void fixture_remove_folder (char *path);
