/* cases/register.h - opens the case of a document: docket number, owner, deadlines. */
#pragma once
#include "base/config.h"
#include "cases/deadline.h"
#include "cases/join.h"
#include "cases/letter.h"
#include "cases/work.h"
#include "store/case.h"

typedef struct Register Register;
/* The policies and calendars of @config, validated. Fails with CONFIG. */
Register *register_load (const Config *config, GError **error);
void register_free (Register *rules);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Register, register_free)
/* Opens a case for @document, which came as @receipt: the next number of the entity, the owner of the receipt's profile
 * and, for a complaint, the deadlines of the entity's policy pack, counted from the received date; provisional while a
 * person should look at the document. */
bool register_document (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                        const char *received, const char *owner, const char *next, GError **error);
/* The prefix of new docket numbers; lent. */
const char *register_prefix (const Register *rules);
/* A letter of which is known whether it belongs to a case. Lends everything. */
typedef struct
{
  const StoreDocument *document;
  const char *received, *owner, *next;
  const Join *join;
  int64_t config; /* in force */
} RegisterLetter;
/* Joins the letter to its case, whose clocks go on as they are; or opens one as above, and keeps what was proposed. */
bool register_letter (StoreTransaction *transaction, const Register *rules, const RegisterLetter *letter,
                      GError **error);
/* A person says that the document belongs to the case, or that it is a matter of its own: then it gets the next number,
 * and its clocks start with its own receipt. The deadlines of both cases are set anew. Fail as store_case_join and
 * store_case_split do. */
bool register_join (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                    int64_t case_id, const char *next, GError **error);
bool register_split (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                     const char *next, GError **error);
/* What asks for a review of a final answer. Lends everything. */
typedef struct
{
  int64_t first;               /* the case that was answered */
  const StoreDocument *letter; /* that asks, of that case or of none yet; NULL: it was asked otherwise */
  DkDay asked;                 /* DK_DAY_NONE: today */
  const char *text, *channel;  /* as of CaseWork */
  const char *next;            /* the stage that the letter goes to */
  int64_t version;             /* of the case as the writer saw it, 0: whatever it is */
} RegisterReview;
/* Whether a review of @first that is asked for on @asked may be opened. Fails with USAGE and says what is missing: a
 * final answer, a pack with clocks for it or the firm's word, the time in which the pack lets it be asked for. */
bool register_may_escalate (Store *store, const Register *rules, const StoreCase *first, DkDay asked, GError **error);
/* Opens the second stage, the case *@id: with the letter, the same customer, clocks of its own, and an owner who did
 * not have the first; where there is nobody else, it is nobody's and the lead is alerted. The first rests as it did
 * when it was answered. */
bool register_escalate (StoreTransaction *transaction, const Register *rules, const RegisterReview *review, int64_t *id,
                        GError **error);
/* Whether the packs of the case have a duty @kind that not every case has. Fails with USAGE and names those there are.
 */
bool register_has_condition (Store *store, const Register *rules, const StoreCase *the_case, const char *kind,
                             GError **error);
/* Takes that back: the second stage @id goes on in the first, to which what the customer said belongs then. */
bool register_unescalate (StoreTransaction *transaction, const Register *rules, int64_t id, const char *text,
                          GError **error);
/* Sets the deadlines of the document's case anew after a correction or an acceptance; versions that say the same are
 * not repeated. They are counted from the first of its letters that complains; where none does any more they are
 * withdrawn (state "withdrawn"). */
bool register_refresh_deadlines (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                                 GError **error);
/* The same after @document was understood; a case that has no contact yet gets one by what was read. */
bool register_understood (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                          GError **error);
/* The same after a correction of what the document says of its sender, too: whose case it is is looked for again. */
bool register_correct_sender (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                              GError **error);
/* The same for the case @case_id, after something was done in it. */
bool register_refresh_case (StoreTransaction *transaction, const Register *rules, int64_t case_id, GError **error);
/* Does @work in the case @case_id, as case_work does; writes the letter that it names, sets the deadlines anew, and
 * tells a new owner. A closing with a letter is the final answer first. Fails with USAGE, too, for a letter that may
 * not be sent, for a closing whose final answer was a letter without a block that the outcome needs, and for one that
 * needs no answer while a letter of it complains, or is not understood, or a law wants an answer. */
bool register_work (StoreTransaction *transaction, const Register *rules, int64_t case_id, const CaseWork *work,
                    GError **error);
/* The letter that @work names, as @writer would send it now in @the_case; nothing is done. With the act CASE_ACTS it
 * is only looked at, whatever it is for. */
bool register_letter_of (Store *store, const Register *rules, const StoreCase *the_case, const CaseWork *work,
                         const char *writer, LetterWritten *written, GError **error);
/* The letters of templates/. Lent. */
const Letters *register_letters (const Register *rules);
/* What lapse_all does under @rules. */
bool register_lapse (Store *store, const Register *rules, const char *actor, GError **error);
/* Takes the merge of the case @loser back, and sets the deadlines of both. */
bool register_unmerge (StoreTransaction *transaction, const Register *rules, int64_t loser, GError **error);
/* What allocation_watch does under @rules. */
bool register_watch_owners (Store *store, const Register *rules, const char *actor, GError **error);
/* What deadline_recheck says under @rules. */
GArray *register_recheck (Store *store, const Register *rules, int64_t after, int64_t last, unsigned *looked,
                          GError **error);
