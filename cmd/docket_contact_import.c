/* docket contact import - the firm's list of customers. */
#include "base/file.h"
#include "base/limits.h"
#include "base/messages.h"
#include "cases/customer_list.h"
#include "cmd/contact.h"
#include "cmd/say.h"
#include <fcntl.h>

static gint
by_line (gconstpointer a, gconstpointer b)
{
  const CustomerProblem *one = *(CustomerProblem *const *)a, *other = *(CustomerProblem *const *)b;
  return one->line < other->line ? -1 : one->line > other->line;
}

static void
print_problem (const Command *command, const CustomerProblem *problem)
{
  if (command->json)
    {
      command_print_json (
          json_pack ("{s:i, s:s, s:s}", "line", (int)problem->line, "problem", problem->code, "value", problem->value));
      return;
    }
  g_autofree char *key = g_strconcat ("contact.line.", problem->code, NULL);
  g_autofree char *value = command_plain (problem->value);
  say (command->language, key, "ls", (int64_t)problem->line, value);
}

static void
print_count (const Command *command, const CustomerCount *count, guint problems)
{
  if (command->json)
    command_print_json (json_pack ("{s:i, s:i, s:i, s:i}", "made", (int)count->made, "changed", (int)count->changed,
                                   "same", (int)count->same, "problems", (int)problems));
  else
    say (command->language, "contact.imported", "llll", (int64_t)count->made, (int64_t)count->changed,
         (int64_t)count->same, (int64_t)problems);
}

bool
docket_contact_import (ContactCommand *contact, char **words, int n, GError **error)
{
  CustomerCount count;
  g_autofree char *own = n == 0 ? store_join (contact->store, contact->settings->customers) : g_strdup (words[0]);
  if (n == 0 && *contact->settings->customers == '\0')
    return dk_refuse (error, DK_ERROR_USAGE, "no_list", "");
  g_autofree char *actor = command_actor ();
  g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, own, LIMITS_CUSTOMERS_BYTES, error);
  g_autoptr (CustomerList) list = bytes != NULL ? customer_list_read (bytes, contact->settings, error) : NULL;
  if (list == NULL || !customer_list_apply (contact->store, contact->settings, actor, list, &count, error))
    return false;
  g_ptr_array_sort (list->problems, by_line);
  for (guint i = 0; i < list->problems->len; i++)
    print_problem (&contact->command, list->problems->pdata[i]);
  print_count (&contact->command, &count, list->problems->len);
  contact->found = list->problems->len > 0;
  return true;
}
