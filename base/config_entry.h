/* base/config_entry.h - how a configuration lies in memory. Private to base/config*.c. */
#pragma once
#include "base/config.h"

/* A file as it was read, never changed after: configurations that hold the same share it. */
typedef struct
{
  unsigned refs;
  char *path;
  char *text;
  Yaml *yaml;
} ConfigEntry;

struct Config
{
  gint refs;
  GPtrArray *entries; /* of ConfigEntry, sorted by path */
  GBytes *bytes;      /* NULL until somebody asks */
  char *digest;
  GBytes *packed; /* likewise */
  bool kept;      /* config_keep has nothing to do */
};
Config *config_new (void);
/* Adds a file that was parsed as @yaml, which is consumed. */
void config_add (Config *config, const char *path, const char *text, size_t length, Yaml *yaml);
/* The same of one that is parsed here, unless a configuration that holds it was read before. Fails with CONFIG. */
bool config_add_text (Config *config, const char *path, const char *text, size_t length, GError **error);
/* Adds the file of another configuration. */
void config_share (Config *config, ConfigEntry *entry);
/* Adds what the vocabulary of @config, a store's, lacks of that in the folder @shipped. Fails as config_read, and where
 * the folder cannot be read. */
bool config_add_completed (Config *config, const char *shipped, GError **error);
/* Sorts its files: all are there. Returns @config. */
Config *config_finish (Config *config);
/* @config has all its files now, and may be asked for again. */
void config_note_whole (Config *config);
/* The last of which that was said, with a reference of its own; NULL where nobody has it any more. */
Config *config_last_whole (void);
/* What config_keep kept below the folder @dir; NULL where there is nothing of use. */
Config *config_kept (int dir);
