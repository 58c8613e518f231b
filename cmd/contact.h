/* cmd/contact.h - what the commands docket contact … share. Private to cmd/docket_contact*.c. */
#pragma once
#include "cases/contact.h"
#include "cmd/command.h"

typedef struct
{
  Command command;
  char *name, *kind, *lifecycle, *language, *country, *region; /* options, or NULL */
  char **add;                                                  /* of --add TYPE=VALUE, or NULL */
  gboolean shared, proposals;
  Store *store;
  Settings *settings;
  bool found; /* something to tell by the exit status */
} ContactCommand;

/* Each does one of them with the @n words that follow its name. */
bool docket_contact_list (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_show (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_find (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_merge (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_unmerge (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_apart (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_assign (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_set (ContactCommand *contact, char **words, int n, GError **error);
bool docket_contact_import (ContactCommand *contact, char **words, int n, GError **error);

/* A transaction of the person at the terminal. */
StoreTransaction *docket_contact_begin (const ContactCommand *contact, GError **error);
/* Commits where @done. */
bool docket_contact_end (StoreTransaction *transaction, bool done, GError **error);
/* Prints the file of @root, as one line, or with --json its row. */
bool docket_contact_print (const ContactCommand *contact, int64_t root, GError **error);
