/* docket balance - where every receipt is. */
#include "base/file.h"
#include "base/messages.h"
#include "capture/left.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "store/audit.h"
#include "store/document.h"
#include "store/receipt.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static json_t *
balance_json (const StoreBalance *balance, const char *day, unsigned waiting)
{
  json_t *missing = json_array ();
  for (guint i = 0; i < balance->missing->len; i++)
    json_array_append_new (missing, json_integer (g_array_index (balance->missing, int64_t, i)));
  return json_pack ("{s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:i, s:o}", "day", dk_json_text (day), "seen",
                    (json_int_t)balance->seen, "filed", (json_int_t)balance->filed, "duplicate",
                    (json_int_t)balance->duplicate, "quarantined", (json_int_t)balance->quarantined, "disposed",
                    (json_int_t)balance->disposed, "in_flight", (json_int_t)balance->in_flight, "waiting", (int)waiting,
                    "missing", missing);
}

/* What of the receipt @id is lost. */
static bool
print_missing (const char *language, Store *store, int64_t id, GError **error)
{
  g_autoptr (StoreReceipt) receipt = store_receipt_load (store, id, error);
  g_autoptr (StoreDocument) document = receipt != NULL ? store_document_load (store, receipt->document, error) : NULL;
  if (document == NULL)
    return false;
  g_autofree char *path = store_blob_path (document->blob);
  g_autofree char *number = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  g_autofree char *name = command_plain (receipt->name);
  bool lost = faccessat (store_dir (store), path, F_OK, AT_SYMLINK_NOFOLLOW) < 0;
  const char *key = lost                                                     ? "balance.no_original"
                    : strcmp (document->stage, STORE_STAGE_QUARANTINED) == 0 ? "balance.no_quarantine"
                                                                             : "balance.no_name";
  say (language, key, "ss", document->number != NULL ? document->number : number, name);
  return true;
}

static bool
print_balance (const char *language, Store *store, const StoreBalance *balance, unsigned waiting, GError **error)
{
  say_count (language, "balance.seen", balance->seen);
  say_count (language, "balance.filed", balance->filed);
  say_count (language, "balance.duplicate", balance->duplicate);
  say_count (language, "balance.quarantined", balance->quarantined);
  say_count (language, "balance.disposed", balance->disposed);
  say_count (language, "balance.in_flight", balance->in_flight);
  say_count (language, "balance.missing", balance->missing->len);
  say_count (language, "status.waiting", waiting);
  for (guint i = 0; i < balance->missing->len; i++)
    if (!print_missing (language, store, g_array_index (balance->missing, int64_t, i), error))
      return false;
  return true;
}

static bool
balance_run (Command *command, int argc, char **argv, bool *zero, GError **error)
{
  g_autofree char *day = NULL;
  const GOptionEntry entries[] = {
    { "day", 0, 0, G_OPTION_ARG_STRING, &day, "Receipts of this civil day only", "D" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (command, entries, NULL, "Counts the receipts and where each of them is now.", &argc, &argv,
                      error))
    return false;
  if (day != NULL && dk_day_parse (day) == DK_DAY_NONE)
    return dk_refuse (error, DK_ERROR_USAGE, "date", "ss", "--day", day);
  g_autoptr (Store) store = command_open (command, error);
  g_autoptr (Config) config = store != NULL ? command_config (store, error) : NULL;
  g_autoptr (Settings) settings = config != NULL ? settings_load (config, error) : NULL;
  if (settings == NULL)
    return false;
  StoreBalance balance;
  unsigned waiting = capture_waiting (store, settings);
  if (!store_balance (store, day, &balance, error))
    return false;
  g_autoptr (GArray) missing = balance.missing;
  *zero = missing->len == 0;
  if (!command->json)
    return print_balance (command->language, store, &balance, waiting, error);
  command_print_json (balance_json (&balance, day, waiting));
  return true;
}

int
docket_balance (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  bool zero = true;
  balance_run (&command, argc, argv, &zero, &error);
  return error != NULL ? command_end ("balance", error) : zero ? 0 : 1;
}
