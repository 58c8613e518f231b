/* cases/register.h - opens the case of a document: docket number, owner, deadlines. */
#pragma once
#include "base/config.h"
#include "cases/deadline.h"
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
/* Sets the deadlines of the document's case anew after a correction or an acceptance; versions that say the same are
 * not repeated. A document that is no complaint any more has its deadlines withdrawn (state "withdrawn"). */
bool register_refresh_deadlines (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                                 GError **error);
/* The same for the case @case_id, after something was done in it. */
bool register_refresh_case (StoreTransaction *transaction, const Register *rules, int64_t case_id, GError **error);
/* What deadline_recheck says under @rules. */
GArray *register_recheck (Store *store, const Register *rules, int64_t after, int64_t last, unsigned *looked,
                          GError **error);
