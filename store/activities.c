/* What there is in the ledger, and what each entry does to the catalogue. A new row, or a higher version in one, needs
 * a new SCHEMA_VERSION, as schema.h says. */
#include "store/internal.h"
#include <string.h>

static const struct
{
  const char *name;
  int version;
  ApplyFunc apply; /* NULL: no cache shows it */
} activities[N_ACTIVITIES] = {
  [ACTIVITY_STORE_CREATED] = { "store.created", 1, NULL },
  [ACTIVITY_CONFIG_CHANGED] = { "config.changed", 1, apply_config_changed },
  [ACTIVITY_RECEIPT_TAKEN] = { "receipt.taken", 1, apply_receipt_taken },
  [ACTIVITY_RECEIPT_GROWN] = { "receipt.grown", 1, apply_receipt_grown },
  [ACTIVITY_DOCUMENT_IDENTIFIED] = { "document.identified", 1, apply_document_identified },
  [ACTIVITY_PAGE_READ] = { "page.read", 1, apply_page_read },
  [ACTIVITY_DOCUMENT_BOUND] = { "document.bound", 1, apply_document_bound },
  [ACTIVITY_DOCUMENT_UNDERSTOOD] = { "document.understood", 1, apply_document_understood },
  [ACTIVITY_CASE_OPENED] = { "case.opened", 1, apply_case_opened },
  [ACTIVITY_DEADLINE_SET] = { "deadline.set", 1, apply_deadline_set },
  [ACTIVITY_DOCUMENT_FILED] = { "document.filed", 1, apply_document_filed },
  [ACTIVITY_DOCUMENT_INDEXED] = { "document.indexed", 1, apply_document_indexed },
  [ACTIVITY_DOCUMENT_QUARANTINED] = { "document.quarantined", 1, apply_document_quarantined },
  [ACTIVITY_DOCUMENT_RELEASED] = { "document.released", 1, apply_document_released },
  [ACTIVITY_DECISION_CORRECTED] = { "decision.corrected", 1, apply_decision_corrected },
  [ACTIVITY_DECISION_COPIED] = { "decision.copied", 1, apply_decision_copied },
  [ACTIVITY_REVIEW_ACCEPTED] = { "review.accepted", 1, apply_review_accepted },
  [ACTIVITY_INDEX_LOST] = { "index.lost", 1, apply_index_lost },
  [ACTIVITY_BOUND_LOST] = { "document.bound_lost", 1, apply_bound_lost },
  [ACTIVITY_MODEL_TRAINED] = { "model.trained", 1, apply_model_trained },
  [ACTIVITY_MODEL_KEPT_OUT] = { "model.kept_out", 1, apply_model_kept_out },
  [ACTIVITY_MODEL_UNDONE] = { "model.undone", 1, apply_model_undone },
  [ACTIVITY_BLIND_CHECKED] = { "blind.checked", 1, apply_blind_checked },
  [ACTIVITY_DOCUMENT_SENT_BACK] = { "document.sent_back", 1, apply_document_sent_back },
  [ACTIVITY_DOCUMENT_URGENT] = { "document.urgent", 1, apply_document_urgent },
  [ACTIVITY_CASE_ACTED] = { "case.acted", 1, apply_case_acted },
  [ACTIVITY_ALERT_SET] = { "alert.set", 1, apply_alert_set },
  [ACTIVITY_ALERT_MOVED] = { "alert.moved", 1, apply_alert_moved },
  [ACTIVITY_LINK_ADDED] = { "link.added", 1, apply_link_added },
  [ACTIVITY_LINK_REMOVED] = { "link.removed", 1, apply_link_removed },
  [ACTIVITY_CASE_JOINED] = { "case.joined", 1, apply_case_joined },
  [ACTIVITY_CASE_PROPOSED] = { "case.proposed", 1, apply_case_proposed },
  [ACTIVITY_CASE_SPLIT] = { "case.split", 1, apply_case_split },
  [ACTIVITY_CONTACT_MADE] = { "contact.made", 1, apply_contact_made },
  [ACTIVITY_CONTACT_POINT_ADDED] = { "contact.point_added", 1, apply_contact_point_added },
  [ACTIVITY_CONTACT_POINT_REMOVED] = { "contact.point_removed", 1, apply_contact_point_removed },
  [ACTIVITY_CONTACT_SET] = { "contact.set", 1, apply_contact_set },
  [ACTIVITY_CONTACT_MERGED] = { "contact.merged", 1, apply_contact_merged },
  [ACTIVITY_CONTACT_UNMERGED] = { "contact.unmerged", 1, apply_contact_unmerged },
  [ACTIVITY_CONTACT_PROPOSED] = { "contact.proposed", 1, apply_contact_proposed },
  [ACTIVITY_CONTACT_TOLD_APART] = { "contact.told_apart", 1, apply_contact_told_apart },
  [ACTIVITY_CASE_CONTACT_SET] = { "case.contact_set", 1, apply_case_contact_set },
  [ACTIVITY_CASE_ALLOCATED] = { "case.allocated", 1, apply_case_allocated },
};

const char *
activity_name (Activity activity)
{
  return activities[activity].name;
}

int
activity_version (Activity activity)
{
  return activities[activity].version;
}

Activity
activity_parse (const char *name)
{
  for (int i = 0; i < N_ACTIVITIES; i++)
    if (strcmp (activities[i].name, name) == 0)
      return (Activity)i;
  return N_ACTIVITIES;
}

bool
apply_entry (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  ApplyFunc apply = activities[entry->activity].apply;
  return apply == NULL || apply (db, entry, error);
}
