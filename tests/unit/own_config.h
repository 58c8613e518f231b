/* tests/unit/own_config.h - a configuration of the files that a test writes, as a company may write its own. */
#pragma once
#include "base/config.h"
#include "tests/unit/fixture.h"
#include <glib/gstdio.h>

/* A vocabulary of kinds: the five that there are; further ones may stand behind it, a line each. */
#define OWN_KINDS                                                                                                      \
  "scheme: kind\n"                                                                                                     \
  "concepts:\n"                                                                                                        \
  "  complaint: {label: {en: complaint}}\n"                                                                            \
  "  suggestion: {label: {en: suggestion}}\n"                                                                          \
  "  thanks: {label: {en: thanks}}\n"                                                                                  \
  "  question: {label: {en: question}}\n"                                                                              \
  "  other: {label: {en: other}}\n"

/* The @n @files of vocabulary/, each a name and a text, and @settings as docket.yaml. Owned by the caller. */
static inline Config *
own_config (const char *settings, const char *const (*files)[2], gsize n)
{
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  g_autofree char *vocabulary = g_build_filename (folder, "vocabulary", NULL);
  g_autofree char *docket = g_build_filename (folder, "docket.yaml", NULL);
  g_assert_cmpint (g_mkdir (vocabulary, 0700), ==, 0);
  g_file_set_contents (docket, settings, -1, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *path = g_build_filename (vocabulary, files[i][0], NULL);
      g_file_set_contents (path, files[i][1], -1, &error);
      g_assert_no_error (error);
    }
  Config *config = config_read (folder, &error);
  g_assert_no_error (error);
  fixture_remove_folder (folder);
  return config;
}
