#include "classify/field_vocabulary.h"
#include "classify/field_text.h"

static const char *const ids[FIELD_LISTS] = {
  [FIELD_LIST_DESK] = "desk",
  [FIELD_LIST_MAILBOX] = "mailbox",
  [FIELD_LIST_STREET_WORD] = "street-word",
  [FIELD_LIST_TOWN] = "town",
  [FIELD_LIST_TO_WORD] = "to-word",
  [FIELD_LIST_RECIPIENT_LABEL] = "recipient-label",
  [FIELD_LIST_OPPONENT] = "opponent",
  [FIELD_LIST_TRADE_LABEL] = "trade-label",
  [FIELD_LIST_RECIPIENT_SECTION] = "recipient-section",
  [FIELD_LIST_DESK_LABEL] = "desk-label",
  [FIELD_LIST_SEND_LABEL] = "send-label",
  [FIELD_LIST_STAFF_LABEL] = "staff-label",
  [FIELD_LIST_OFFICE_USE] = "office-use",
  [FIELD_LIST_CLAIM_LABEL] = "claim-label",
  [FIELD_LIST_LETTER_LABEL] = "letter-label",
  [FIELD_LIST_REACH_LABEL] = "reach-label",
  [FIELD_LIST_SALUTATION] = "salutation",
  [FIELD_LIST_FROM_LABEL] = "from-label",
  [FIELD_LIST_WRITER_LABEL] = "writer-label",
  [FIELD_LIST_FAMILY_NAME_LABEL] = "family-name-label",
  [FIELD_LIST_GIVEN_NAME_LABEL] = "given-name-label",
  [FIELD_LIST_PART_LABEL] = "part-label",
  [FIELD_LIST_FORM_LABEL] = "form-label",
  [FIELD_LIST_PERSON_TITLE] = "person-title",
  [FIELD_LIST_PERSON_HONOUR] = "person-honour",
  [FIELD_LIST_NAME_PARTICLE] = "name-particle",
  [FIELD_LIST_NAME_PREFIX] = "name-prefix",
  [FIELD_LIST_NO_NAME] = "no-name",
  [FIELD_LIST_PAGE_HEADING] = "page-heading",
  [FIELD_LIST_BODY_FIRST] = "body-first",
  [FIELD_LIST_BODY_LAST] = "body-last",
  [FIELD_LIST_FIRM_FORM] = "firm-form",
  [FIELD_LIST_FIRM_FORM_FIRST] = "firm-form-first",
  [FIELD_LIST_FIRM_PARTNER] = "firm-partner",
  [FIELD_LIST_GIVEN_NAME] = "given-name",
  [FIELD_LIST_SURNAME] = "surname",
  [FIELD_LIST_WEEKDAY] = "weekday",
  [FIELD_LIST_DATE_LABEL] = "date-label",
  [FIELD_LIST_SENT_LABEL] = "sent-label",
  [FIELD_LIST_RECEIVED_LABEL] = "received-label",
  [FIELD_LIST_OTHER_DATE_LABEL] = "other-date-label",
  [FIELD_LIST_NAME_LABEL] = "name-label",
  [FIELD_LIST_CLOSING] = "closing",
  [FIELD_LIST_CLAIM_WORD] = "claim-word",
  [FIELD_LIST_BALANCE_WORD] = "balance-word",
  [FIELD_LIST_CHARGE_WORD] = "charge-word",
  [FIELD_LIST_VALUE_WORD] = "value-word",
  [FIELD_LIST_PRICE_WORD] = "price-word",
  [FIELD_LIST_COMPARED_SUM] = "compared-sum",
  [FIELD_LIST_OFFERED_SUM] = "offered-sum",
  [FIELD_LIST_SENDING_COST] = "sending-cost",
  [FIELD_LIST_OWN_DEBT] = "own-debt",
  [FIELD_LIST_DEADLINE_EXEMPT] = "deadline-exempt",
  [FIELD_LIST_PERIOD_WORD] = "period-word",
  [FIELD_LIST_PERIOD_START] = "period-start",
  [FIELD_LIST_TOLD_PERIOD] = "told-period",
  [FIELD_LIST_WISH_WORD] = "wish-word",
  [FIELD_LIST_CUSTOMER_NUMBER] = "customer-number",
  [FIELD_LIST_CUSTOMER_NUMBER_BEGINNING] = "customer-number-beginning",
  [FIELD_LIST_CUSTOMER_NUMBER_BEHIND] = "customer-number-behind",
  [FIELD_LIST_ORDER_NUMBER] = "order-number",
  [FIELD_LIST_ORDER_NUMBER_BEGINNING] = "order-number-beginning",
  [FIELD_LIST_ORDER_NUMBER_BEHIND] = "order-number-behind",
  [FIELD_LIST_INVOICE_NUMBER] = "invoice-number",
  [FIELD_LIST_INVOICE_NUMBER_BEGINNING] = "invoice-number-beginning",
  [FIELD_LIST_INVOICE_NUMBER_BEHIND] = "invoice-number-behind",
  [FIELD_LIST_REFERENCE_NUMBER] = "reference-number",
  [FIELD_LIST_REFERENCE_NUMBER_BEGINNING] = "reference-number-beginning",
  [FIELD_LIST_REFERENCE_NUMBER_BEHIND] = "reference-number-behind",
  [FIELD_LIST_PHONE_LABEL] = "phone-label",
  [FIELD_LIST_REACH_WORD] = "reach-word",
  [FIELD_LIST_ASK_PHONE] = "ask-phone",
  [FIELD_LIST_CALL_WORD] = "call-word",
  [FIELD_LIST_OTHER_NUMBER] = "other-number",
  [FIELD_LIST_DESK_PHONE] = "desk-phone",
};

struct FieldVocabulary
{
  FieldListWords lists[FIELD_LISTS];
  GPtrArray *arrays; /* which the lists lend */
  GStringChunk *strings;
};

static FieldListWords
list_of (FieldVocabulary *words, const Concept *concept)
{
  GPtrArray *printed = g_ptr_array_new (), *plain = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; concept != NULL && i < concept->labels->len; i++)
    {
      const Label *label = &g_array_index (concept->labels, Label, i);
      if (label->type != LABEL_CUE)
        continue;
      g_autofree char *folded = field_fold (label->text);
      g_ptr_array_add (printed, (gpointer)label->text);
      g_ptr_array_add (plain, g_string_chunk_insert (words->strings, folded));
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", folded);
    }
  g_ptr_array_add (printed, NULL);
  g_ptr_array_add (plain, NULL);
  g_ptr_array_add (words->arrays, printed);
  g_ptr_array_add (words->arrays, plain);
  return (FieldListWords){ .printed = (const char *const *)printed->pdata,
                           .plain = (const char *const *)plain->pdata,
                           .text = g_string_chunk_insert (words->strings, text->str) };
}

FieldVocabulary *
field_vocabulary_new (const Vocabulary *vocabulary)
{
  FieldVocabulary *words = g_new0 (FieldVocabulary, 1);
  words->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  words->strings = g_string_chunk_new (1 << 14);
  for (size_t i = 0; i < FIELD_LISTS; i++)
    words->lists[i] = list_of (words, vocabulary_own_concept (vocabulary, VOCABULARY_FIELD, ids[i]));
  return words;
}

void
field_vocabulary_free (FieldVocabulary *words)
{
  if (words == NULL)
    return;
  g_ptr_array_unref (words->arrays);
  g_string_chunk_free (words->strings);
  g_free (words);
}

const FieldListWords *
field_vocabulary_list (const FieldVocabulary *words, FieldList list)
{
  static const char *const none[] = { NULL };
  static const FieldListWords empty = { none, none, "" };
  return words != NULL ? &words->lists[list] : &empty;
}
