/* store/case.h - cases and their deadlines as rows. What they mean stands in cases/. */
#pragma once
#include "store/document.h"

typedef struct
{
  int64_t id;
  char *number, *prefix;
  int year;
  int64_t serial;
  char *entity, *status, *owner;
  char *reason, *outcome, *cause;   /* "" where there is none; cause: a subject */
  unsigned round;                   /* 1; one more with each reopening */
  unsigned stage;                   /* 1; 2 for the review of what was answered in the case @parent */
  int64_t parent;                   /* that case; with stage 1 the one it follows, which is closed for long; 0: none */
  char *unanswered, *told, *closed; /* ISO: since when the customer waits for a person's word; our last one; or NULL */
  int64_t merged_into;              /* the case that goes on in its place, 0: none */
  int64_t version;                  /* seq of its newest act: who would change it names the one seen */
  int64_t opened_us;
  char *entry_date, *received; /* ISO: when it was registered, when it came */
  unsigned documents;
} StoreCase;
void store_case_free (StoreCase *the_case);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreCase, store_case_free)
StoreCase *store_case_load (Store *store, int64_t id, GError **error);
/* The case of the docket number @text, or of its document "NUMBER/n"; of a merged one the case that goes on in its
 * place, unless @as_merged. Fails with NOT_FOUND, or USAGE when it is no number. */
StoreCase *store_case_find (Store *store, const char *text, bool as_merged, GError **error);
/* The second stage of @case_id, *@id 0 where there is none. */
bool store_case_review (Store *store, int64_t case_id, int64_t *id, GError **error);
/* Ids of the documents of a case and of those merged into it, in the order they came; of int64_t, owned by the caller.
 */
GArray *store_case_documents (Store *store, int64_t case_id, GError **error);
/* Ids of the cases that were merged into @case_id, and into those, as they were numbered; of int64_t, owned by the
 * caller. */
GArray *store_case_merged (Store *store, int64_t case_id, GError **error);
/* The serial after the last of @prefix and @year: without gaps, since it is taken in the transaction that opens the
 * case. */
bool store_case_next_serial (StoreTransaction *transaction, const char *prefix, int year, int64_t *serial,
                             GError **error);
/* Opens the case @the_case (id, opened_us and documents are set here) with @document as its first, 0: with none. Fails
 * with EXISTS when the document is in a case. */
bool store_case_open (StoreTransaction *transaction, StoreCase *the_case, int64_t document, const char *next,
                      GError **error);

/* The case of the docket number @number in its proper form, or the one that it was merged into; *@id is 0 when there is
 * none. */
bool store_case_numbered (Store *store, const char *number, int64_t *id, GError **error);
/* The prefixes of all docket numbers. NULL-terminated, owned by the caller. */
char **store_case_prefixes (Store *store, GError **error);

/* Why a document joins a case. */
typedef struct
{
  int64_t case_id;
  int64_t copy_of;       /* the document that it says the same as, 0: none */
  double score;          /* 0 to 1 */
  bool unsure;           /* a person should look: review code "join" */
  const json_t *finding; /* as one of store_document_understood; NULL: a person says so */
  int64_t config;        /* in force */
} StoreJoin;
/* @document becomes the next of the case; it leaves the one it is in, and a case that becomes empty thereby is merged
 * into the other: closed, its number leads there. One at rest goes to @next, to be named anew. Fails with EXISTS when
 * it is in that case already. */
bool store_case_join (StoreTransaction *transaction, const StoreJoin *join, int64_t document, const char *next,
                      GError **error);
/* @document has a case of its own, but may belong to @join->case_id: a person should look; or it led there (not
 * @join->unsure). */
bool store_case_propose (StoreTransaction *transaction, const StoreJoin *join, int64_t document, GError **error);
/* @document leaves its case for the new one @the_case, of which it is the first. Fails with USAGE when it is the only
 * one of its case. */
bool store_case_split (StoreTransaction *transaction, StoreCase *the_case, int64_t document, const char *next,
                       GError **error);

typedef struct
{
  int64_t id, case_id, version;
  /* due and work_by may be NULL; due is a date, of hours an instant: "2026-11-25T09:30:00+01:00" */
  char *kind, *policy, *calendar, *start, *due, *work_by, *state;
  char *clock; /* "legal" "service"; NULL: legal */
  json_t *trace;
} StoreDeadline;
void store_deadline_free (StoreDeadline *deadline);
/* The states of a deadline that runs no more. */
#define STORE_DEADLINE_MET "met"
#define STORE_DEADLINE_MISSED "missed"
#define STORE_DEADLINE_WITHDRAWN "withdrawn" /* it runs again where there is a clock for it again */
/* Whether it was met or missed, which is for good; whether it runs no more, for this or that reason. */
bool store_deadline_is_answered (const StoreDeadline *deadline);
bool store_deadline_is_over (const StoreDeadline *deadline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreDeadline, store_deadline_free)
/* The day of a due date, which of hours is an instant; DK_DAY_NONE for NULL. */
DkDay store_deadline_day (const char *due);
/* Appends the next version of the deadline's kind; id and version are set here. */
bool store_deadline_set (StoreTransaction *transaction, StoreDeadline *deadline, GError **error);
/* The version of it before @deadline; NULL without an error where that is the first. Owned by the caller. */
StoreDeadline *store_deadline_before (Store *store, const StoreDeadline *deadline, GError **error);
/* The versions in force, by kind; of StoreDeadline, owned by the caller. */
GPtrArray *store_deadlines (Store *store, int64_t case_id, GError **error);
/* That of @kind among @deadlines, lent; NULL where there is none. */
const StoreDeadline *store_deadline_of (const GPtrArray *deadlines, const char *kind);
