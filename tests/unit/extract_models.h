/* tests/unit/extract_models.h - tests that read with recognition models, which are loaded first, as the worker does. */
#pragma once
#include "extract/extract.h"
#include <omp.h>

/* Begins the tests of a program; @languages as in "en,fr". */
static inline void
begin_with_models (int *argc, char ***argv, const char *languages)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) all = g_strsplit (languages, ",", 0);
  omp_set_max_active_levels (0);
  g_test_init (argc, argv, NULL);
  if (!extract_warm_up (all, &error))
    g_error ("%s", error->message);
}
