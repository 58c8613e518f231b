/* base/sandbox.h - what keeps a hostile file in its child: no network, no exec, no files, bounded CPU, memory, output. */
#pragma once
#include "base/error.h"
#include "base/limits.h"

/* What this kernel gives. */
typedef struct
{
  bool seccomp, rlimits, no_new_privs; /* required: without one of them nothing is parsed */
  int landlock_abi;                    /* 0: not there */
  bool namespaces;                     /* a user and network namespace of its own can be had */
} SandboxFacts;
SandboxFacts sandbox_probe (void);
bool sandbox_is_sufficient (const SandboxFacts *facts);

typedef struct Sandbox Sandbox;
/* Builds, before any fork, the seccomp program and the Landlock rules: read-only below the NULL-terminated @read_only
 * folders (fonts, CMaps), nothing else. Fails when a required part is missing. */
Sandbox *sandbox_new (const char *const *read_only, GError **error);
void sandbox_free (Sandbox *sandbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sandbox, sandbox_free)
/* Shuts the calling process in, for good: rlimits from @limits (memory is left open in sanitized builds, where the
 * sanitizer's own limit binds), no_new_privs, namespaces and Landlock where they are, seccomp last. A forbidden open is
 * answered EACCES; any other forbidden call kills the process with SIGSYS. */
bool sandbox_enter (const Sandbox *sandbox, const Limits *limits, GError **error);
