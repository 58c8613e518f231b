/* store/contact.h - persons and companies that write, over every channel: one file for each, and what leads to it.
 *
 * A contact has points: names, e-mails, phones, addresses, IBANs, customer numbers, each as it was written and
 * normalised. An e-mail, phone, IBAN or customer number belongs to one contact, unless it is flagged as shared; names
 * and addresses are shared by nature. Merging two contacts moves nothing: the loser points to the winner, and the file
 * is that of all contacts with the same root, so that unmerging leaves both as they were. */
#pragma once
#include "store/ledger.h"

#define STORE_POINT_NAME "name"
#define STORE_POINT_EMAIL "email"
#define STORE_POINT_PHONE "phone"
#define STORE_POINT_ADDRESS "address"
#define STORE_POINT_IBAN "iban"
#define STORE_POINT_CUSTOMER "customer_no"

typedef struct
{
  int64_t id, root;                  /* root: whose file it is; itself where it is not merged */
  int64_t merged_into;               /* 0: it is not */
  char *kind;                        /* person company */
  char *name;                        /* as it is shown; NULL when none is known or it was erased */
  char *language, *country, *region; /* codes, "" unknown */
  char *lifecycle;                   /* prospect client former */
  int64_t made_us;
} StoreContact;
void store_contact_free (StoreContact *contact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreContact, store_contact_free)

typedef struct
{
  int64_t id, contact;
  char *type, *raw, *normalised; /* the last two NULL when erased */
  bool shared;
  int64_t document; /* the letter that it stands on, 0: a person or the customer list says so */
} StorePoint;
void store_point_free (StorePoint *point);
StorePoint *store_point_new (const char *type, const char *raw, const char *normalised, bool shared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StorePoint, store_point_free)

/* --- facts; each appends one entry --- */

/* Makes @contact with @points, of StorePoint; id and root are set here. */
bool store_contact_make (StoreTransaction *transaction, StoreContact *contact, const GPtrArray *points, GError **error);
/* Gives the contact the kind, name, language, country, region and lifecycle of @contact. */
bool store_contact_set (StoreTransaction *transaction, const StoreContact *contact, GError **error);
/* Adds @point to @contact; a shared one makes all equal ones shared. Fails with INVALID where the point belongs to
 * another contact and is not shared. */
bool store_contact_add_point (StoreTransaction *transaction, int64_t contact, const StorePoint *point, GError **error);
/* Takes @point from its contact again: the letter that it stood on says otherwise by now. */
bool store_contact_remove_point (StoreTransaction *transaction, const StorePoint *point, GError **error);
/* The file of @loser becomes part of the file of @winner; both are roots. Fails with EXISTS where they have one file
 * already, STALE where one of them is a root no more. */
bool store_contact_merge (StoreTransaction *transaction, int64_t winner, int64_t loser, GError **error);
/* Undoes the merge of @contact into another. */
bool store_contact_unmerge (StoreTransaction *transaction, int64_t contact, GError **error);
/* @other may be the same as @contact, for @reason; nothing where that was said before. @case_id: of the letter, or 0.
 */
bool store_contact_propose (StoreTransaction *transaction, int64_t contact, int64_t other, double score,
                            const char *reason, int64_t case_id, GError **error);
/* A person says that the two of the proposal @id are not the same. */
bool store_contact_tell_apart (StoreTransaction *transaction, int64_t id, GError **error);
/* The case is one of @contact (0: of nobody known), as @document or, where that is 0, a person says. */
bool store_case_set_contact (StoreTransaction *transaction, int64_t case_id, int64_t contact, double score,
                             const char *reason, int64_t document, GError **error);

/* --- what is there --- */

/* Fails with NOT_FOUND. Owned by the caller. */
StoreContact *store_contact_load (Store *store, int64_t id, GError **error);
/* Contact of a case, 0 when there is none. */
bool store_case_contact (Store *store, int64_t case_id, int64_t *contact, GError **error);
typedef struct
{
  int64_t contact;  /* as it was set, 0: none */
  int64_t document; /* the letter that says so, 0: a person does */
  char *reason;     /* a code */
} StoreCaseContact;
void store_case_contact_clear (StoreCaseContact *source);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StoreCaseContact, store_case_contact_clear)
bool store_case_contact_source (Store *store, int64_t case_id, StoreCaseContact *source, GError **error);
/* Contacts of the file of @root, by id, of StoreContact; the points of the file, of StorePoint, by id. */
GPtrArray *store_contact_members (Store *store, int64_t root, GError **error);
GPtrArray *store_contact_points (Store *store, int64_t root, GError **error);
/* Roots that have the point; of int64_t, ascending, at most @limit. Of a point that is shared, *@shared is set. */
GArray *store_contacts_with (Store *store, const char *type, const char *normalised, unsigned limit, bool *shared,
                             GError **error);
/* Roots after the contact @after in the order of names (0: from the first), at most @limit; with @lifecycle, or NULL.
 */
GArray *store_contacts (Store *store, const char *lifecycle, int64_t after, unsigned limit, GError **error);
/* Roots that have a name in which all words of @text begin words, at most @limit. */
GArray *store_contacts_named (Store *store, const char *text, unsigned limit, GError **error);
/* Roots that have a point of @type which begins with @normalised, at most @limit. */
GArray *store_contacts_beginning (Store *store, const char *type, const char *normalised, unsigned limit,
                                  GError **error);
/* Cases of the file of @root, newest first, of int64_t, at most @limit (0: all). */
GArray *store_contact_cases (Store *store, int64_t root, unsigned limit, GError **error);
/* Documents of those cases, by id, of int64_t. */
GArray *store_contact_documents (Store *store, int64_t root, GError **error);
bool store_contact_count_cases (Store *store, int64_t root, int64_t *count, GError **error);
/* Ids of cases, newest first, of the files with that e-mail (as normalised) or a name with the words of @text; at most
 * @limit. */
GArray *store_cases_of_email (Store *store, const char *email, unsigned limit, GError **error);
GArray *store_cases_named (Store *store, const char *text, unsigned limit, GError **error);

typedef struct
{
  int64_t id, contact, other, case_id; /* contacts as they were, case 0: none */
  double score;
  char *reason;
} StoreProposal;
void store_proposal_free (StoreProposal *proposal);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreProposal, store_proposal_free)
/* Proposals that nobody has answered, of StoreProposal: those of the file of @root, or all (0), at most @limit. */
GPtrArray *store_proposals (Store *store, int64_t root, unsigned limit, GError **error);
