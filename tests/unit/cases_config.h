/* tests/unit/cases_config.h - configurations made of a few lines, for the tests of dates. */
#pragma once
#include "base/config.h"
#include "base/json.h"
#include <stdarg.h>

/* A configuration of pairs of path and text, NULL at the end. */
static inline Config *
config_of (const char *path, ...)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) files = json_object ();
  json_object_set_new (files, "docket.yaml", json_string ("country: ES\n"));
  va_list pairs;
  va_start (pairs, path);
  for (; path != NULL; path = va_arg (pairs, const char *))
    json_object_set_new (files, path, json_string (va_arg (pairs, const char *)));
  va_end (pairs);
  char *text = dk_json_canonical (files);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));
  Config *config = config_from_bytes (bytes, &error);
  g_assert_no_error (error);
  return config;
}

/* The configuration that docket ships. */
static inline Config *
config_shipped (void)
{
  g_autoptr (GError) error = NULL;
  Config *config = config_read ("conf", &error);
  g_assert_no_error (error);
  return config;
}
