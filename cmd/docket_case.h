/* cmd/docket_case.h - what the files of `docket case` share. */
#pragma once
#include "cases/indicator.h"
#include "cases/register.h"
#include "cases/work.h"
#include "cmd/command.h"
#include "store/chain.h"

typedef struct
{
  Command command;
  Store *store;
  Config *config;
  Settings *settings;
  CaseHouse house;
  DkDay today; /* in the firm's zone */
} CaseCommand;
/* docket_case_command.c: opens the store and reads what the firm goes by, after command_parse. */
bool case_command_open (CaseCommand *command, GError **error);
/* The rules that it goes by: what the files say where they are valid, else the last valid version. Owned by the caller.
 */
Register *case_command_rules (const CaseCommand *command, GError **error);
void case_command_clear (CaseCommand *command);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CaseCommand, case_command_clear)

/* docket_case_check.c: what is wrong with what was typed. All fail with USAGE and say what is allowed. */
#define CASE_TEXT_BYTES (1 << 20)
typedef struct
{
  const char *name;
  bool given;
  const char *acts; /* that take it, each between blanks */
} CaseOption;
/* The @n words @given behind @act. */
bool case_check_words (const char *act, char *const *given, int n, GError **error);
/* Options that @act cannot be without. */
bool case_check_needed (const char *act, const CaseOption *options, gsize n, GError **error);
bool case_check_options (const char *act, const CaseOption *options, gsize n, GError **error);
bool case_check_channel (const char *channel, GError **error);
bool case_check_text (const char *option, const char *text, GError **error);
/* Whether @subject is one of the vocabulary. */
bool case_check_cause (const Config *config, const char *subject, GError **error);
/* The date @text of @option; *@day stays as it is where there is none. */
bool case_find_day (const char *option, const char *text, DkDay *day, GError **error);
bool case_check_pointer (const char *uri, const char *label, GError **error);

/* Reads *@text, where it is "-", from the standard input. Fails with USAGE for one that is too long or no UTF-8. */
bool case_read_text (char **text, GError **error);
/* docket_case_files.c: keeps the files @paths (NULL: none) among the objects: *@attachments, of StoreAttachment, is
 * owned by the caller. Nothing names them yet. */
bool case_keep_files (const CaseCommand *command, char *const *paths, GPtrArray **attachments, GError **error);
/* Writes the attachment @id of the case to the file @out, which must not be there. */
bool case_save_attachment (const CaseCommand *command, const StoreCase *the_case, const char *id, const char *out,
                           GError **error);
/* The name of @actor ("user:eva") as owners of cases have it. Lent by @actor. */
const char *case_writer (const char *actor);
/* docket_case_letter.c: whether a letter may be written from @name in @language, to be dated @day (each NULL: none). */
bool case_check_letter (const char *name, const char *language, const char *day, GError **error);
/* Prints the letter of the entry @seq of the case's chain, "" for the newest one. */
bool case_print_letter (const CaseCommand *command, const StoreCase *the_case, const char *seq, GError **error);
/* docket_case_entry.c: one line for people, without what was said. Owned by the caller. */
char *case_entry_line (const CaseCommand *command, const StoreChainEntry *entry);
/* docket case open: a command of its own. Returns the exit status. */
int docket_case_open (int argc, char **argv);

/* Prints the case as it stands: status, numbers, deadlines, chain, documents, alerts, pointers. */
bool case_show (const CaseCommand *command, const StoreCase *the_case, GError **error);
/* The document @document joins the case @number, or gets one of its own; prints its new number. */
bool case_join (const CaseCommand *command, const char *document, const char *number, GError **error);
bool case_split (const CaseCommand *command, const char *document, GError **error);
/* How a review was asked for, or why that is taken back. */
typedef struct
{
  const char *text, *channel; /* NULL: nothing was said */
  DkDay asked;                /* DK_DAY_NONE: today */
  int64_t version;            /* of the case as the writer saw it, 0: whatever it is */
} CaseStage;
/* Opens the second stage *@id of @first; @text is its number as it was typed, or that of the letter in it that asks. */
bool case_escalate (const CaseCommand *command, const StoreCase *first, const char *text, const CaseStage *how,
                    int64_t *id, GError **error);
/* Takes the second stage @second back. */
bool case_unescalate (const CaseCommand *command, const StoreCase *second, const CaseStage *how, GError **error);
typedef struct
{
  char *status, *owner, *alert; /* NULL: any */
  char *email, *name;           /* of the customer; NULL: any */
  char *after;                  /* the number that the page before ended with, or NULL */
  gint waiting, limit;          /* days somebody waits at least; rows at most, 0: all */
  gboolean all;                 /* closed ones too */
  gboolean latest;              /* those with the newest act first */
} CaseListOptions;
/* One line a case, the one to be worked first on top. */
bool case_list (const CaseCommand *command, const CaseListOptions *options, GError **error);
/* The alerts that are not done, by date, a page where @options says so (after: an alert's number); as an iCalendar feed
 * (RFC 5545) where @ics. */
bool case_alerts (const CaseCommand *command, const CaseListOptions *options, bool ics, GError **error);
