/* tests/unit/shipped_vocabulary.h - the vocabulary as it is shipped. */
#pragma once
#include "base/vocabulary.h"

/* Read once, from the top of the tree. Lent. */
static inline const Vocabulary *
shipped_vocabulary (void)
{
  static Vocabulary *vocabulary;
  g_autoptr (GError) error = NULL;
  if (vocabulary == NULL)
    {
      g_autoptr (Config) config = config_read ("conf", &error);
      g_assert_no_error (error);
      vocabulary = vocabulary_load (config, &error);
      g_assert_no_error (error);
    }
  return vocabulary;
}
