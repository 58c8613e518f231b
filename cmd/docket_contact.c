/* docket contact - the persons and companies that write: one file for each, over every address they write from. */
#include "base/messages.h"
#include "cmd/contact.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include <string.h>

enum
{
  TAKES_LIFECYCLE = 1,
  TAKES_PROPOSALS = 2,
  TAKES_CHANGES = 4,
};

static const struct
{
  const char *name;
  bool (*run) (ContactCommand *contact, char **words, int n, GError **error);
  int least, most; /* words that follow */
  int options;
} parts[] = {
  { "list", docket_contact_list, 0, 0, TAKES_LIFECYCLE | TAKES_PROPOSALS },
  { "show", docket_contact_show, 1, 1, 0 },
  { "find", docket_contact_find, 1, 8, 0 },
  { "set", docket_contact_set, 1, 1, TAKES_LIFECYCLE | TAKES_CHANGES },
  { "merge", docket_contact_merge, 2, 2, 0 },
  { "unmerge", docket_contact_unmerge, 1, 1, 0 },
  { "apart", docket_contact_apart, 1, 1, 0 },
  { "assign", docket_contact_assign, 2, 2, 0 },
  { "import", docket_contact_import, 0, 1, 0 },
};

static void
contact_command_clear (ContactCommand *contact)
{
  char *texts[]
      = { contact->name, contact->kind, contact->lifecycle, contact->language, contact->country, contact->region };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (contact->add);
  g_clear_pointer (&contact->settings, settings_free);
  g_clear_pointer (&contact->store, store_free);
  command_clear (&contact->command);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ContactCommand, contact_command_clear)

StoreTransaction *
docket_contact_begin (const ContactCommand *contact, GError **error)
{
  g_autofree char *actor = command_actor ();
  return store_begin (contact->store, actor, error);
}

bool
docket_contact_end (StoreTransaction *transaction, bool done, GError **error)
{
  if (done)
    return store_commit (transaction, error);
  store_rollback (transaction);
  return false;
}

static bool
check_options (const ContactCommand *contact, gsize i, GError **error)
{
  const char *changes[] = { contact->name, contact->kind, contact->language, contact->country, contact->region };
  bool any = contact->add != NULL || contact->shared;
  for (gsize k = 0; k < G_N_ELEMENTS (changes); k++)
    any |= changes[k] != NULL;
  if (any && (parts[i].options & TAKES_CHANGES) == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "contact_set", "");
  if (contact->lifecycle != NULL && (parts[i].options & TAKES_LIFECYCLE) == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "lifecycle_for", "");
  if (contact->lifecycle != NULL && !g_strv_contains (contact_lifecycles, contact->lifecycle))
    return dk_refuse (error, DK_ERROR_USAGE, "lifecycle", "s", contact->lifecycle);
  return !contact->proposals || (parts[i].options & TAKES_PROPOSALS) != 0
         || dk_refuse (error, DK_ERROR_USAGE, "proposals_for", "");
}

static bool
run_part (ContactCommand *contact, gsize i, char **words, int n, GError **error)
{
  if (!command_check_words ("contact", parts[i].name, words, n, parts[i].least, parts[i].most, error)
      || !check_options (contact, i, error))
    return false;
  contact->store = command_open (&contact->command, error);
  g_autoptr (Config) config = contact->store != NULL ? command_config (contact->store, error) : NULL;
  contact->settings = config != NULL ? settings_load (config, error) : NULL;
  return contact->settings != NULL && parts[i].run (contact, words, n, error);
}

static bool
run (ContactCommand *contact, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "lifecycle", 0, 0, G_OPTION_ARG_STRING, &contact->lifecycle,
      "list: only those; set: it is one now: prospect client former", "L" },
    { "proposals", 0, 0, G_OPTION_ARG_NONE, &contact->proposals, "list: those that may be the same instead", NULL },
    { "name", 0, 0, G_OPTION_ARG_STRING, &contact->name, "set: the name that is shown", "NAME" },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &contact->kind, "set: person or company", "K" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &contact->language, "set: the language to write in", "L" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &contact->country, "set: ISO 3166, such as ES", "CC" },
    { "region", 0, 0, G_OPTION_ARG_STRING, &contact->region, "set: ISO 3166-2, such as ES-CN", "R" },
    { "add", 0, 0, G_OPTION_ARG_STRING_ARRAY, &contact->add,
      "set: add a name, email, phone, address, iban or customer_no; may be repeated", "TYPE=VALUE" },
    { "shared", 0, 0, G_OPTION_ARG_NONE, &contact->shared, "set: what is added belongs to others too", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&contact->command, entries,
                      "list | show C | find WORD… | set C | merge C C | unmerge #ID | apart N | assign N C | import "
                      "[FILE]",
                      "Looks after the persons and companies that write. A contact C is #ID, or a customer number,\n"
                      "an e-mail, a phone number or an IBAN that leads to one of them.",
                      &argc, &argv, error))
    return false;
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, argv[1]) == 0)
      return run_part (contact, i, argv + 2, argc - 2, error);
  return dk_refuse (error, DK_ERROR_USAGE, "contact_part", "");
}

int
docket_contact (int argc, char **argv)
{
  g_auto (ContactCommand) contact = { 0 };
  g_autoptr (GError) error = NULL;
  run (&contact, argc, argv, &error);
  return error != NULL ? command_end ("contact", error) : contact.found ? 1 : 0;
}
