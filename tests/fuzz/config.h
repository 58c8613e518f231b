/* tests/fuzz/config.h - configurations with one file of any content. */
#pragma once
#include "base/config.h"
#include "base/json.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

/* The bytes of docket.yaml with @docket and a file @path (NULL: none) with @text. Owned by the caller. */
static inline GBytes *
fuzz_config_bytes (const char *docket, const char *path, const char *text)
{
  g_autoptr (json_t) files = json_object ();
  json_object_set_new (files, "docket.yaml", dk_json_text (docket));
  if (path != NULL)
    json_object_set_new (files, path, dk_json_text (text));
  char *line = dk_json_canonical (files);
  return g_bytes_new_take (line, strlen (line));
}

/* NULL when it is no configuration. Owned by the caller. */
static inline Config *
fuzz_config (const char *docket, const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = fuzz_config_bytes (docket, path, text);
  Config *config = config_from_bytes (bytes, &error);
  fuzz_told (config != NULL, error);
  return config;
}

/* A mistake in a configuration says where it is, and is good UTF-8. */
static inline void
fuzz_config_told (bool good, const GError *error)
{
  fuzz_told (good, error);
  g_assert_true (good || g_utf8_validate (error->message, -1, NULL));
  g_assert_true (good || g_error_matches (error, DK_ERROR, DK_ERROR_CONFIG));
}
