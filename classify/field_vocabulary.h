/* classify/field_vocabulary.h - the words of the vocabulary's scheme "field", by which fields are told and mended. */
#pragma once
#include "base/vocabulary.h"

/* What each list is for is told in conf/vocabulary/fields.yaml and names.yaml. */
typedef enum
{
  FIELD_LIST_DESK,
  FIELD_LIST_MAILBOX,
  FIELD_LIST_STREET_WORD,
  FIELD_LIST_TOWN,
  FIELD_LIST_TO_WORD,
  FIELD_LIST_RECIPIENT_LABEL,
  FIELD_LIST_OPPONENT,
  FIELD_LIST_TRADE_LABEL,
  FIELD_LIST_RECIPIENT_SECTION,
  FIELD_LIST_DESK_LABEL,
  FIELD_LIST_SEND_LABEL,
  FIELD_LIST_STAFF_LABEL,
  FIELD_LIST_OFFICE_USE,
  FIELD_LIST_CLAIM_LABEL,
  FIELD_LIST_LETTER_LABEL,
  FIELD_LIST_REACH_LABEL,
  FIELD_LIST_SALUTATION,
  FIELD_LIST_FROM_LABEL,
  FIELD_LIST_WRITER_LABEL,
  FIELD_LIST_FAMILY_NAME_LABEL,
  FIELD_LIST_GIVEN_NAME_LABEL,
  FIELD_LIST_PART_LABEL,
  FIELD_LIST_FORM_LABEL,
  FIELD_LIST_PERSON_TITLE,
  FIELD_LIST_PERSON_HONOUR,
  FIELD_LIST_NAME_PARTICLE,
  FIELD_LIST_NAME_PREFIX,
  FIELD_LIST_NO_NAME,
  FIELD_LIST_PAGE_HEADING,
  FIELD_LIST_BODY_FIRST,
  FIELD_LIST_BODY_LAST,
  FIELD_LIST_FIRM_FORM,
  FIELD_LIST_FIRM_FORM_FIRST,
  FIELD_LIST_FIRM_PARTNER,
  FIELD_LIST_GIVEN_NAME,
  FIELD_LIST_SURNAME,
  FIELD_LIST_WEEKDAY,
  FIELD_LIST_DATE_LABEL,
  FIELD_LIST_SENT_LABEL,
  FIELD_LIST_RECEIVED_LABEL,
  FIELD_LIST_OTHER_DATE_LABEL,
  FIELD_LIST_NAME_LABEL,
  FIELD_LIST_CLOSING,
  FIELD_LIST_CLAIM_WORD,
  FIELD_LIST_BALANCE_WORD,
  FIELD_LIST_CHARGE_WORD,
  FIELD_LIST_VALUE_WORD,
  FIELD_LIST_PRICE_WORD,
  FIELD_LIST_COMPARED_SUM,
  FIELD_LIST_OFFERED_SUM,
  FIELD_LIST_SENDING_COST,
  FIELD_LIST_OWN_DEBT,
  FIELD_LIST_DEADLINE_EXEMPT,
  FIELD_LIST_PERIOD_WORD,
  FIELD_LIST_PERIOD_START,
  FIELD_LIST_TOLD_PERIOD,
  FIELD_LIST_WISH_WORD,
  FIELD_LIST_PHONE_LABEL,
  FIELD_LIST_REACH_WORD,
  FIELD_LIST_ASK_PHONE,
  FIELD_LIST_CALL_WORD,
  FIELD_LIST_OTHER_NUMBER,
  FIELD_LIST_DESK_PHONE,
  FIELD_LISTS
} FieldList;

typedef struct FieldVocabulary FieldVocabulary;
/* Keeps a pointer to @vocabulary. Of a concept that is not there no word is known. Owned by the caller. */
FieldVocabulary *field_vocabulary_new (const Vocabulary *vocabulary);
void field_vocabulary_free (FieldVocabulary *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FieldVocabulary, field_vocabulary_free)

/* The cues of the concept in all languages. NULL has none. Lent. */
typedef struct
{
  const char *const *printed; /* as they stand in the file; NULL-terminated */
  const char *const *plain;   /* the same, in plain small letters */
  const char *text;           /* the plain ones, parted by blanks, as field_token_in takes them */
} FieldListWords;
const FieldListWords *field_vocabulary_list (const FieldVocabulary *words, FieldList list);
