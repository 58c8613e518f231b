/* pipeline/name_lint.h - what is unwise in the templates for names and folders, by themselves and in the archive. */
#pragma once
#include "pipeline/renaming.h"

/* Its code, the text below cli.names, and what it is about. */
typedef struct
{
  const char *code;   /* nothing_distinct never_filled often_missing too_long reserved collides */
  char *where;        /* "name", "profiles.fax.name", "folder" */
  char *what;         /* a placeholder or word, or NULL */
  unsigned count, of; /* documents, where it is about them */
} NameFinding;
/* Looks at the templates of @candidate, and at @documents named by them. Of NameFinding, owned by the caller. */
GPtrArray *pipeline_name_lint (Store *store, const GArray *documents, const PipelineConfiguration *candidate,
                               const volatile int *stop, GError **error);
