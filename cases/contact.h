/* cases/contact.h - whose letter it is: one contact for each person, found by what stands on the letter.
 *
 * A customer number, an e-mail, an IBAN, or a phone number together with a name lead to a contact by themselves; a
 * name never does. What is unsure is proposed to a person, and the letter has a contact of its own until then. */
#pragma once
#include "base/config.h"
#include "store/contact.h"
#include "store/document.h"

/* Notes whose @document is, in the case @case_id, with score and reason; makes the contact where none is known, adds
 * what is new of it. A letter that says nothing of its sender has none. A case that has a contact keeps it. */
bool contact_note_document (StoreTransaction *transaction, const Settings *settings, const StoreDocument *document,
                            int64_t case_id, GError **error);
/* The same after a person has corrected what @document says of its sender. The letter that gave the case its contact is
 * looked at as if it were new: it leads to another contact now, or gets one of its own; correcting it back leads back.
 * What a person has said of the contact stays. */
bool contact_note_correction (StoreTransaction *transaction, const Settings *settings, const StoreDocument *document,
                              GError **error);
/* Whether the field @field of a letter tells of its sender. */
bool contact_is_clue (const char *field);
/* Whether what led a letter to its contact for @reason, a code, is or may be its field @field. */
bool contact_rests_on (const char *reason, const char *field);
/* The root of the contact @text: "#7", "7", or a customer number, an e-mail, a phone or an IBAN that leads to one file
 * alone. Fails with NOT_FOUND, or USAGE where it leads to several. */
bool contact_find (Store *store, const Settings *settings, const char *text, int64_t *root, GError **error);
/* Roots that @text leads to in any way, by whole points, words of names and beginnings of e-mails; at most @limit.
 * Owned by the caller. */
GArray *contact_search (Store *store, const Settings *settings, const char *text, unsigned limit, GError **error);
/* A fresh point of @type, NULL when @text is none. */
StorePoint *contact_point (const Settings *settings, const char *type, const char *text);
/* Whether the file of @root has such a point. */
bool contact_has_point (const GPtrArray *points, const StorePoint *point);
/* The types of points, NULL-terminated. */
extern const char *const contact_types[];
/* prospect client former; NULL-terminated. */
extern const char *const contact_lifecycles[];
