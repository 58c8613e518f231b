/* cmd/say.h - how the commands speak to a person: the sentences cli.… and the words of conf/messages in @language.
 * Codes are for --json alone. */
#pragma once
#include "base/json.h"
#include "base/messages.h"
#include "base/vocabulary.h"
#include "reports/format.h" /* report_label: the word for a code */
#include "store/case.h"
#include "store/document.h"

/* The sentence cli.@key; @types as those of dk_message. Owned by the caller. */
char *say_text (const char *language, const char *key, const char *types, ...);
/* Prints it as a line. */
void say (const char *language, const char *key, const char *types, ...);
/* Prints @count right-aligned and behind it the words cli.@key, which agree with it. */
void say_count (const char *language, const char *key, int64_t count);
/* @text (NULL: empty) without control characters in @columns columns, cut or filled up; a character is taken for one
 * column. Owned by the caller. */
char *say_column (const char *text, glong columns);
/* Prints "label  value" without control characters; nothing where @value is NULL or "". @label is the key of a label,
 * "cli.label.owner", or without a dot a label itself. */
void say_pair (const char *language, const char *label, const char *value);
/* From now on say_value tells subjects by their labels in @vocabulary (lent; NULL: by their paths alone). */
void say_subjects_by (const Vocabulary *vocabulary);
/* The word for the kind, subject or language @value of the decision @name, as far as there is one; a subject is
 * "refund missing (billing/refund-missing)", since the path is what one types. Owned by the caller. */
char *say_value (const char *language, const char *name, const char *value);
/* The label of the field @name for say_pair: the firm's own deadlines are told apart from the day by which the writer
 * wants to hear. Owned by the caller. */
char *say_field_label (const char *name);
/* Prints a line for each of the warnings of @object, a document as describe_document has it. */
void say_warnings (const char *language, const json_t *object);
/* Prints a line for each of the deadlines of such an @object. */
void say_deadlines (const char *language, const json_t *object);
/* Prints a line for @evidence, one of what store_decision_because lends: the words, the rule that found them, and
 * where they stand. */
void say_evidence (const char *language, const json_t *evidence);
/* Prints, as sentences or with @json as objects, whose the case of @document is and to whom it was given, with the
 * reason of each; with @all also what was said before. */
bool say_case_facts (const char *language, bool json, bool all, Store *store, const StoreDocument *document,
                     GError **error);
/* "2 min 4 s". Owned by the caller. */
char *say_duration (const char *language, int64_t seconds);
/* store_document_find and store_find; that there is no such document or no store is told in @language. */
StoreDocument *say_find_document (const char *language, Store *store, const char *text, GError **error);
/* store_case_find, likewise. */
StoreCase *say_find_case (const char *language, Store *store, const char *text, bool as_merged, GError **error);
char *say_find_store (const char *language, const char *given, GError **error);
