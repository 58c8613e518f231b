/* A damaged file of the ledger: the entries that are read are whole, the rest is told. */
#include "base/file.h"
#include "store/internal.h"
#include "tests/fuzz/fuzz.h"
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

static int folder = -1;
static char *path;

static void
remove_folder (void)
{
  close (folder);
  dk_remove_tree (AT_FDCWD, path, NULL);
  g_free (path);
}

static GBytes *
read_seed (Store *store, const char *ending)
{
  g_autoptr (GError) error = NULL;
  char month[8];
  g_assert_true (ledger_newest_month (store_dir (store), month, &error));
  g_autofree char *name = g_strdup_printf ("ledger/%s.%s", month, ending);
  GBytes *bytes = dk_read_file (store_dir (store), name, FUZZ_SEED_BYTES, &error);
  g_assert_no_error (error);
  return bytes;
}

static void
append (Store *store, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", &error);
  ledger_append (transaction, ACTIVITY_STORE_CREATED, json_pack ("{s:i}", "number", 1),
                 json_pack ("{s:s}", "name", name), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
}

/* The files of a true store of three entries. */
void
fuzz_seeds (GPtrArray *seeds)
{
  g_autoptr (GError) error = NULL;
  bool in_memory = g_access ("/dev/shm", W_OK) == 0;
  path = g_build_filename (in_memory ? "/dev/shm" : g_get_tmp_dir (), "docket-fuzz-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (path));
  folder = dk_open_dir (AT_FDCWD, path, &error);
  g_assert_true (dk_make_dirs (folder, "ledger", &error));
  atexit (remove_folder);
  g_autofree char *at = g_build_filename (path, "store", NULL);
  g_assert_true (store_create (at, STORE_SCRATCH, &error));
  g_autoptr (Store) store = store_open (at, STORE_SCRATCH, &error);
  g_assert_no_error (error);
  append (store, "Anne Martin");
  append (store, "Élise Durand");
  g_ptr_array_add (seeds, read_seed (store, "log"));
  g_ptr_array_add (seeds, read_seed (store, "personal"));
  fuzz_seed_text (seeds, "{\"void_from\":2}\n{\"through\":3}\n{\"seq\":2,\"salt\":\"00\",\"payload\":\"{}\"}\n");
}

static void
put (const char *name, const uint8_t *data, size_t size)
{
  autofd fd = openat (folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_assert_true (fd >= 0 && dk_write_all (fd, data, size, NULL));
}

static void
look_at_line (const LedgerLine *line)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (line->actor != NULL && line->activity != NULL && line->payload != NULL && line->hash != NULL);
  g_autofree char *digest = line->personal != NULL ? ledger_personal_digest (line->salt, line->personal) : NULL;
  g_autofree char *hash = ledger_hash ("", line);
  g_autoptr (LedgerEntry) entry = ledger_entry_new (line, &error);
  fuzz_told (entry != NULL, error);
}

/* The same bytes stand for entries and for what is personal about them. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  put ("ledger/2026-03.log", data, size);
  put ("ledger/2026-03.personal", data, size);
  LedgerProgress part = { .month = "2026-03", .log_bytes = (int64_t)size / 2, .personal_bytes = (int64_t)size + 1 };
  const LedgerProgress *committed[] = { NULL, &part };
  for (gsize i = 0; i < G_N_ELEMENTS (committed); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (LedgerReader) reader = ledger_reader_new (folder, committed[i], problems, &error);
      for (bool any = reader != NULL; any;)
        {
          g_autoptr (LedgerLine) line = NULL;
          any = ledger_reader_next (reader, &line, &error) && line != NULL;
          if (any)
            look_at_line (line);
        }
      g_assert_no_error (error);
    }
  return 0;
}
