#include "classify/fields.h"
#include "classify/field_broken.h"
#include "classify/field_customers.h"
#include "classify/field_find.h"
#include "classify/field_party.h"
#include "classify/field_repair.h"
#include <string.h>

static const char *const names[] = { "sender",   "address",    "email",        "phone",  "letter_date", "customer_no",
                                     "order_no", "invoice_no", "reference_no", "amount", "iban",        "deadline" };

/* The rules run in an order of their own, where the surest claims its text first. */
static GPtrArray *
in_order (GPtrArray *found, double certain)
{
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  for (size_t n = 0; n < G_N_ELEMENTS (names); n++)
    for (guint i = 0; i < found->len; i++)
      {
        RecordFinding *finding = g_ptr_array_index (found, i);
        if (strcmp (finding->name, names[n]) != 0)
          continue;
        finding->undecided = finding->confidence < certain;
        g_ptr_array_add (sorted, finding);
      }
  g_assert (sorted->len == found->len);
  return sorted;
}

GPtrArray *
classify_fields (const GPtrArray *pages, const ClassifyContext *context)
{
  g_autoptr (FieldText) text = field_text_new (pages);
  text->words = context->words;
  text->english = g_strcmp0 (context->language, "en") == 0;
  field_broken_join (text);
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  FieldWork work = { .text = text, .context = context, .letter_date = DK_DAY_NONE, .findings = found };
  field_strike_own (&work);
  field_parties_find (&work);
  field_find_emails (&work);
  field_find_ibans (&work);
  field_find_shaped (&work);
  field_find_letter_date (&work);
  field_find_deadlines (&work);
  field_find_amounts (&work);
  field_find_numbers (&work);
  field_find_phones (&work);
  field_find_sender (&work);
  field_repair_people (&work);
  field_check_customers (&work);
  g_array_unref (work.dates);
  g_array_unref (work.parties);
  return in_order (found, context->settings != NULL ? context->settings->certain : 0);
}
