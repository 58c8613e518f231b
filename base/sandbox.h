/* base/sandbox.h - what keeps a hostile file in its child: no network, no exec, no files, bounded CPU, memory, output.
 */
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
/* Moves the calling process, which must have one thread, and all its later children to a user and network namespace of
 * their own: once for a worker, since a network namespace for each child costs more than the child. False where the
 * kernel does not give it; that is no error. */
bool sandbox_isolate (void);

typedef struct Sandbox Sandbox;
/* Builds, before any fork, the seccomp program and the Landlock rules: read-only below the NULL-terminated @read_only
 * folders (fonts, CMaps), nothing else. Fails when a required part is missing. */
Sandbox *sandbox_new (const char *const *read_only, GError **error);
void sandbox_free (Sandbox *sandbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Sandbox, sandbox_free)
/* The descriptor of the Landlock rules, which must stay open until sandbox_enter; -1 without Landlock. Never below
 * SANDBOX_RULES_FD, so that a child can order its own descriptors. */
#define SANDBOX_RULES_FD 64
int sandbox_rules (const Sandbox *sandbox);
/* Shuts the calling process in, for good: rlimits from @limits (memory is left open in sanitized builds, where serve's
 * watch binds it), no_new_privs, Landlock where it is, seccomp last. What asks for a file by name, without leave, is
 * answered EACCES; any other forbidden call kills the process with SIGSYS. */
bool sandbox_enter (const Sandbox *sandbox, const Limits *limits, GError **error);
/* Calls @act when C++ code of this process finds no memory, before it throws. NULL: throw, as ever. */
void sandbox_on_no_memory (void (*act) (void));
