/* A store with a long ledger, and what questions to it cost.
 *
 * ledger make STORE ENTRIES : fills a new store with documents with their cases, acts, deadlines and alerts, through
 * the functions that docketd itself calls, a thousand documents a transaction; nothing is fsynced. ledger ask STORE :
 * milliseconds of each question that a screen asks, a line each: NAME TAB MS TAB LIMIT. ledger verify STORE, ledger
 * rebuild STORE : seconds and the most memory it took. */
#include "store/ledger.h"
#include "base/file.h"
#include "base/record.h"
#include "cases/number.h"
#include "store/audit.h"
#include "store/blob.h"
#include "store/case.h"
#include "store/cases.h"
#include "store/chain.h"
#include "store/document.h"
#include "store/documents.h"
#include "store/queue.h"
#include "store/receipt.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define A_TRANSACTION 500 /* documents */
#define FIRST_DAY 20454   /* 2026-01-01 */

static const char *const kinds[]
    = { "complaint", "complaint", "complaint", "question", "suggestion", "thanks", "other" };
static const char *const subjects[]
    = { "delivery/late", "delivery/not-received", "billing/wrong-amount", "contract/cancel" };
static const char *const languages[] = { "en", "fr", "es", "hu" };
static const char *const owners[] = { "eva", "jean", "marta", "zsofia", "" };
#define PICK(list, n) list[(n) % G_N_ELEMENTS (list)]
#define WORD(text) (char *)(uintptr_t)(text)

static StoreBlob frame; /* one page record and one searchable PDF serve all: what is measured is the ledger */

static char *
day_text (int day)
{
  return dk_day_format ((DkDay)(FIRST_DAY + day));
}

static bool
take (StoreTransaction *transaction, int64_t n, int64_t *document, GError **error)
{
  StoreTaken taken;
  g_autofree char *text = g_strdup_printf ("letter %d", (int)n), *name = g_strdup_printf ("scan-%06d.tif", (int)n);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  StoreArrival arrival = { .source = "drop:default",
                           .name = name,
                           .device = 1,
                           .inode = n,
                           .size = (int64_t)strlen (text),
                           .mtime_ns = n,
                           .ctime_ns = n,
                           .profile = "default",
                           .channel = "paper",
                           .owner = "",
                           .zone = "Europe/Madrid",
                           .received = (DkDay)(FIRST_DAY + n / 200),
                           .received_source = "today" };
  if (!store_blob_put (store_of (transaction), bytes, &arrival.blob, error)
      || !store_receipt_take (transaction, &arrival, &taken, error))
    return false;
  *document = taken.document;
  return true;
}

static bool
read_and_bind (StoreTransaction *transaction, int64_t document, GError **error)
{
  g_autoptr (RecordFacts) facts = record_facts_new ("image/tiff", 1);
  facts->paged = facts->picture = true;
  g_autoptr (RecordPage) page = record_page_new (1);
  page->origin = RECORD_ORIGIN_RECOGNISED;
  page->confidence = 93;
  g_autofree char *key = g_strdup_printf ("%064d", (int)document);
  return store_document_identified (transaction, document, facts, "read", error)
         && store_page_read (transaction, document, page, &frame, key, "bind", error)
         && store_document_bound (transaction, document, &frame, "understand", error);
}

static bool
understand (StoreTransaction *transaction, int64_t n, int64_t document, GError **error)
{
  static const char *const doubtful[] = { "kind", NULL }, *const sure[] = { NULL };
  const char *values[][2] = { { "language", PICK (languages, n) },
                              { "kind", PICK (kinds, n) },
                              { "subject", PICK (subjects, n / 3) },
                              { "urgency", n % 50 == 0 ? "lawyer" : "none" },
                              { "sender", "Anne Martin" } };
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_ptr_array_add (findings, record_finding_new (values[i][0], values[i][1], "", 0.9));
  return store_document_understood (transaction, document, findings, 0, 0, n % 10 == 0 ? doubtful : sure, "register",
                                    error);
}

static bool
set_deadline (StoreTransaction *transaction, int64_t case_id, const char *kind, const char *start, int due,
              const char *state, GError **error)
{
  g_autofree char *text = day_text (due);
  g_autoptr (json_t) trace = json_pack ("[{s:s, s:b}]", "date", start, "counted", 1);
  StoreDeadline deadline = { .case_id = case_id,
                             .kind = WORD (kind),
                             .policy = WORD ("ES-LEY10-2025/final@1"),
                             .calendar = WORD ("ES@1"),
                             .start = WORD (start),
                             .due = text,
                             .work_by = text,
                             .state = WORD (state),
                             .trace = trace };
  return store_deadline_set (transaction, &deadline, error);
}

static bool
open_case (StoreTransaction *transaction, int64_t n, int64_t document, StoreCase *the_case, GError **error)
{
  int64_t serial;
  int day = (int)(n / 200);
  if (!store_case_next_serial (transaction, "D", 2026, &serial, error))
    return false;
  the_case->number = number_format ("D", 2026, serial);
  the_case->prefix = g_strdup ("D");
  the_case->year = 2026;
  the_case->serial = serial;
  the_case->entity = g_strdup ("Exemplar SA");
  the_case->status = g_strdup ("not_started");
  the_case->reason = g_strdup ("");
  the_case->outcome = g_strdup ("");
  the_case->cause = g_strdup ("");
  the_case->owner = g_strdup (PICK (owners, n / 7));
  the_case->received = day_text (day);
  the_case->entry_date = day_text (day);
  the_case->unanswered = day_text (day);
  the_case->round = 1;
  return store_case_open (transaction, the_case, document, "file", error)
         && set_deadline (transaction, the_case->id, "ack", the_case->received, day + 5, "provisional", error)
         && set_deadline (transaction, the_case->id, "final", the_case->received, day + 21, "provisional", error);
}

static bool
file (StoreTransaction *transaction, int64_t document, GError **error)
{
  g_autofree char *name = g_strdup_printf ("2026-01-01 complaint %d.pdf", (int)document);
  g_autofree char *folder = g_strdup_printf ("Complaints/%03d", (int)(document / 1000));
  g_autofree char *path = g_build_filename ("filed", folder, name, NULL);
  return store_blob_link (store_of (transaction), frame.sha256, path, error)
         && store_document_filed (transaction, document, folder, name, "index", error)
         && store_document_indexed (transaction, document, STORE_STAGE_REST, error);
}

static void
set_text (char **place, const char *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static bool
act (StoreTransaction *transaction, StoreCase *now, const char *what, const char *reason, const char *status, int day,
     GError **error)
{
  g_autofree char *text = day_text (day);
  set_text (&now->status, status);
  set_text (&now->reason, reason);
  if (strcmp (status, "pending_customer") == 0)
    set_text (&now->told, text);
  const StoreAct one = {
    .act = what, .reason = reason, .day = text, .channel = "", .text = "what was said", .subject = "", .now = now
  };
  return store_case_act (transaction, now->id, &one, error);
}

/* Four of five are closed, the last fifth is open in all statuses. */
static bool
live (StoreTransaction *transaction, int64_t n, StoreCase *now, GError **error)
{
  int day = (int)(n / 200);
  int64_t alert;
  bool closes = n % 5 != 0;
  g_autofree char *remind = day_text (day + 10);
  if (n % 15 == 0)
    return true;
  if (!act (transaction, now, "work", "triage", "pending_company", day, error)
      || !set_deadline (transaction, now->id, "ack", now->received, day + 5, "met", error)
      || !store_alert_set (transaction,
                           &(StoreReminder){ .case_id = now->id, .due = remind, .owner = "eva", .text = "call" },
                           &alert, error)
      || !act (transaction, now, "ask", "info_requested", "pending_customer", day + 1, error))
    return false;
  if (n % 15 == 5)
    return true;
  if (!act (transaction, now, "hear", "triage", "pending_company", day + 2, error) || !closes)
    return closes == false;
  return store_alert_move (transaction, alert, NULL, error)
         && act (transaction, now, "final", "final_sent", "pending_customer", day + 3, error)
         && set_deadline (transaction, now->id, "final", now->received, day + 21, "met", error)
         && act (transaction, now, "close", "resolved", "closed", day + 4, error);
}

static bool
add_one (StoreTransaction *transaction, int64_t n, GError **error)
{
  int64_t document;
  StoreCase *the_case = g_new0 (StoreCase, 1);
  bool good = take (transaction, n, &document, error) && read_and_bind (transaction, document, error)
              && understand (transaction, n, document, error) && open_case (transaction, n, document, the_case, error)
              && file (transaction, document, error) && live (transaction, n, the_case, error);
  store_case_free (the_case);
  return good;
}

static bool
make (const char *path, int64_t entries, GError **error)
{
  g_autoptr (Store) store = store_open (path, STORE_SCRATCH, error);
  g_autoptr (RecordPage) page = record_page_new (1);
  g_autoptr (GBytes) bytes = record_page_encode (page);
  int64_t seq = 0, n = 0;
  if (store == NULL || !store_blob_put (store, bytes, &frame, error))
    return false;
  while (seq < entries)
    {
      g_autoptr (StoreTransaction) transaction = store_begin (store, n % 2 == 0 ? "docketd" : "user:eva", error);
      for (int i = 0; transaction != NULL && i < A_TRANSACTION; i++)
        if (!add_one (transaction, ++n, error))
          return false;
      if (transaction == NULL || !store_commit (g_steal_pointer (&transaction), error)
          || !ledger_head (store, &seq, NULL, error))
        return false;
    }
  printf ("%d documents, %d ledger entries\n", (int)n, (int)seq);
  return true;
}

/* --- questions --- */

static int
asked (Store *store, int question, GError **error)
{
  static const StoreCasesFilter cases[] = {
    { .open = true, .limit = 50 },
    { .limit = 50 },
    { .status = "pending_customer", .limit = 50 },
    { .status = "closed", .limit = 50 },
    { .owner = "zsofia", .open = true, .limit = 50 },
    { .owner = "nobody", .open = true, .limit = 50 },
    { .waiting_since = "2026-03-01", .open = true, .limit = 50 },
    { .waiting_since = "2025-03-01", .open = true, .limit = 50 },
    { .alert = "overdue", .today = "2026-06-01", .open = true, .limit = 50 },
    { .alert = "today", .today = "2026-06-01", .open = true, .limit = 50 },
    { .alert = "none", .today = "2026-06-01", .open = true, .limit = 50 },
    { .open = true, .limit = 50, .after = 1000 },
  };
  static const StoreDocumentsFilter documents[] = {
    { .limit = 50 },
    { .limit = 50, .after = 1000 },
    { .limit = 50, .urgent = true },
    { .limit = 50, .kind = "thanks" },
    { .limit = 50, .kind = "none" },
    { .limit = 50, .language = "hu", .subject = "billing/wrong-amount" },
  };
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GArray) ids = NULL;
  StoreCounts counts;
  int64_t n, m;
  if (question < (int)G_N_ELEMENTS (cases))
    return (rows = store_cases (store, &cases[question], error)) != NULL ? (int)rows->len : -1;
  question -= (int)G_N_ELEMENTS (cases);
  if (question < (int)G_N_ELEMENTS (documents))
    return (rows = store_document_rows (store, &documents[question], error)) != NULL ? (int)rows->len : -1;
  switch (question - (int)G_N_ELEMENTS (documents))
    {
    case 0:
      return (ids = store_documents (store, STORE_DOCUMENTS_TO_REVIEW, 0, 50, error)) != NULL ? (int)ids->len : -1;
    case 1:
      return (ids = store_documents (store, STORE_DOCUMENTS_TO_REVIEW_AT_ONCE, 0, 50, error)) != NULL ? (int)ids->len
                                                                                                      : -1;
    case 2:
      return (ids = store_documents (store, STORE_DOCUMENTS_QUARANTINED, 0, 50, error)) != NULL ? (int)ids->len : -1;
    case 3:
      return store_counts (store, &counts, error) ? (int)counts.review : -1;
    case 4:
      return (ids = store_queue (store, error)) != NULL ? (int)ids->len : -1;
    case 5:
      return store_receipts_in_flight (store, NULL, &n, error) ? (int)n : -1;
    case 6:
      return store_pages_equal (store, &n, &m, error) ? (int)n : -1;
    case 7:
      return store_documents_at_rest (store, &n, error) ? (int)n : -1;
    case 8:
      return (rows = store_case_chain (store, 1001, 0, error)) != NULL ? (int)rows->len : -1;
    default:
      return (rows = store_alerts (store, &(StoreAlertsFilter){ .limit = 50, .after = 3000 }, error)) != NULL
                 ? (int)rows->len
                 : -1;
    }
}

static const char *const questions[] = { "cases: open",
                                         "cases: all",
                                         "cases: of a status",
                                         "cases: closed",
                                         "cases: of an owner",
                                         "cases: of an owner who has none",
                                         "cases: waiting for long",
                                         "cases: waiting longer than any",
                                         "cases: alert overdue",
                                         "cases: alert today",
                                         "cases: without alert",
                                         "cases: a page in the middle",
                                         "documents: first page",
                                         "documents: a page in the middle",
                                         "documents: urgent",
                                         "documents: of a kind",
                                         "documents: of a kind there is none of",
                                         "documents: of a language and subject",
                                         "review: first page",
                                         "review: urgent",
                                         "review: quarantine",
                                         "count: review, quarantine, to index, urgent",
                                         "count: waiting in stages",
                                         "count: receipts on their way",
                                         "count: pages read, equal pages",
                                         "count: documents at rest",
                                         "case: its chain",
                                         "alerts: a page in the middle" };

/* The shortest of five: what else runs on the machine only lengthens it. */
static bool
ask (const char *path, GError **error)
{
  g_autoptr (Store) store = store_open (path, STORE_DURABLE, error);
  for (int i = 0; store != NULL && i < (int)G_N_ELEMENTS (questions); i++)
    {
      int rows = asked (store, i, error);
      int64_t shortest_us = INT64_MAX;
      for (int k = 0; k < 5 && rows >= 0; k++)
        {
          int64_t from = dk_monotonic_us ();
          rows = asked (store, i, error);
          shortest_us = MIN (shortest_us, dk_monotonic_us () - from);
        }
      if (rows < 0)
        return false;
      printf ("%s\t%d\t%.2f\n", questions[i], rows, (double)shortest_us / 1000);
    }
  return store != NULL;
}

/* --- the whole ledger --- */

static void
note_difference (const char *what, const char *id, const char *problem, void *data)
{
  if (++*(int *)data <= 5)
    printf ("  %s %s %s\n", what, id, problem);
}

static bool
whole (bool rebuild, const char *path, GError **error)
{
  int differences = 0;
  StoreAudit audit = { 0 };
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (Store) store = rebuild ? NULL : store_open (path, STORE_DURABLE, error);
  int64_t from = dk_monotonic_us ();
  if (rebuild ? !store_rebuild (path, problems, error)
              : store == NULL || !store_verify (store, false, note_difference, &differences, &audit, error))
    return false;
  struct rusage used;
  getrusage (RUSAGE_SELF, &used);
  printf ("%.1f\t%ld\t%d\n", (double)(dk_monotonic_us () - from) / G_USEC_PER_SEC, used.ru_maxrss / 1024,
          differences + (int)problems->len);
  return true;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  bool good = argc == 4 && strcmp (argv[1], "make") == 0 ? make (argv[2], g_ascii_strtoll (argv[3], NULL, 10), &error)
              : argc == 3 && strcmp (argv[1], "ask") == 0
                  ? ask (argv[2], &error)
                  : argc == 3 && whole (strcmp (argv[1], "rebuild") == 0, argv[2], &error);
  if (!good)
    g_printerr ("%s\n", error != NULL ? error->message : "usage: ledger make STORE ENTRIES | ask|verify|rebuild STORE");
  return good ? 0 : 1;
}
