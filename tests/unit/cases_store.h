/* tests/unit/cases_store.h - documents that were understood and registered in a store of a test's own. */
#pragma once
#include "cases/register.h"
#include "tests/unit/store-fixture.h"

/* A new document that was understood as @kind, @also NULL or a second kind, with a doubt for a person. */
static inline int64_t
understood (const Fixture *at, const char *kind, const char *also)
{
  static const char *const review[] = { "kind", NULL };
  static int64_t inode;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("letter %d", (int)++inode);
  StoreTaken taken;
  bool at_rest;
  take (at->store, inode, text, &taken, &error);
  for (int i = 0; i < 2; i++)
    step (at->store, taken.document, 1, &at_rest, &error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  RecordFinding *found = finding ("kind", kind, 0.5);
  if (also != NULL)
    {
      g_strfreev (found->also);
      found->also = g_strdupv ((char *[]){ (char *)(uintptr_t)also, NULL });
    }
  g_ptr_array_add (findings, found);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  store_document_understood (transaction, taken.document, findings, 0, 0, review, "register", &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  return taken.document;
}

/* Registers @id; keeps it where @keep. The number is owned by the caller. */
static inline char *
enter (const Fixture *at, const Register *rules, int64_t id, const char *received, bool keep)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  register_document (transaction, rules, document, received, "eva", "file", &error);
  g_assert_no_error (error);
  g_autoptr (StoreDocument) registered = store_document_load (at->store, id, &error);
  char *number = g_strdup (registered->number);
  if (keep)
    store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  return number;
}
