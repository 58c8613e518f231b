#include "cases/letter_values.h"
#include "base/messages.h"
#include "store/contact.h"
#include <string.h>

void
letter_writing_clear (LetterWriting *writing)
{
  g_clear_pointer (&writing->deadlines, g_ptr_array_unref);
  g_strfreev (writing->packs);
  for (gsize i = 0; i < LETTER_WORDS; i++)
    g_free (writing->values[i]);
}

/* A law that ended on another day holds, too: "beside:EU-GDPR/final@2018-05-25". */
static void
add_beside (GStrvBuilder *packs, const char *why)
{
  if (!g_str_has_prefix (why, "beside:"))
    return;
  const char *policy = why + strlen ("beside:");
  g_autofree char *pack = g_strndup (policy, strcspn (policy, "/"));
  g_strv_builder_add (packs, pack);
}

/* The packs of the clocks of the case; the firm's own where it has none. */
static char **
find_packs (const LetterWriting *writing)
{
  g_autoptr (GStrvBuilder) packs = g_strv_builder_new ();
  size_t k;
  const json_t *step;
  bool any = false;
  for (guint i = 0; i < writing->deadlines->len; i++)
    {
      const StoreDeadline *deadline = writing->deadlines->pdata[i];
      g_autofree char *pack = g_strndup (deadline->policy, strcspn (deadline->policy, "/"));
      if (strcmp (deadline->state, STORE_DEADLINE_WITHDRAWN) == 0 || strcmp (deadline->clock, "legal") != 0)
        continue;
      g_strv_builder_add (packs, pack);
      json_array_foreach (deadline->trace, k, step) add_beside (packs, dk_json_string (step, "why", ""));
      any = true;
    }
  if (!any)
    g_strv_builder_add (packs, writing->order->settings->policy);
  return g_strv_builder_end (packs);
}

/* The earliest legal day, from @today on, of an answer that is still owed: no letter promises a day that is over. */
static DkDay
next_answer (const GPtrArray *deadlines, DkDay today)
{
  DkDay next = DK_DAY_NONE;
  for (guint i = 0; i < deadlines->len; i++)
    {
      const StoreDeadline *one = deadlines->pdata[i];
      bool answer = g_str_has_prefix (one->kind, "final") || g_str_has_prefix (one->kind, "stage");
      DkDay due = answer && !g_str_has_suffix (one->kind, "-ack") && strcmp (one->clock, "legal") == 0
                          && !store_deadline_is_over (one)
                      ? store_deadline_day (one->due)
                      : DK_DAY_NONE;
      if (due != DK_DAY_NONE && due >= today && (next == DK_DAY_NONE || due < next))
        next = due;
    }
  return next;
}

static char *
day_in_words (const LetterWriting *writing, DkDay day)
{
  return day != DK_DAY_NONE ? dk_message (writing->language, "letter.day", "D", day) : NULL;
}

/* The document that is the first of the case; NULL without an error where it has none. */
static StoreDocument *
first_letter (const LetterWriting *writing, GError **error)
{
  g_autoptr (GArray) ids = store_case_documents (writing->store, writing->it->id, error);
  return ids != NULL && ids->len > 0 ? store_document_load (writing->store, g_array_index (ids, int64_t, 0), error)
                                     : NULL;
}

/* In this order: the one asked for, that of the first letter, that of the customer, the firm's. */
static const char *
choose_language (const LetterWriting *writing, const StoreDocument *first, const StoreContact *customer)
{
  const char *candidates[] = { writing->order->language, first != NULL ? first->language : NULL,
                               customer != NULL ? customer->language : NULL, writing->order->settings->language };
  for (gsize i = 0; i < G_N_ELEMENTS (candidates); i++)
    for (const char *const *language = dk_languages; candidates[i] != NULL && *language != NULL; language++)
      if (strcmp (*language, candidates[i]) == 0)
        return *language;
  return dk_languages[0];
}

static char *
or_none (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

static void
find_values (LetterWriting *writing, const StoreDocument *first, const StoreContact *customer)
{
  const LetterOrder *order = writing->order;
  const Concept *subject
      = first != NULL && first->subject != NULL ? vocabulary_at (order->vocabulary, first->subject) : NULL;
  char **value = writing->values;
  value[LETTER_NUMBER] = g_strdup (writing->it->number);
  value[LETTER_CUSTOMER] = customer != NULL ? or_none (customer->name) : NULL;
  value[LETTER_SUBJECT]
      = subject != NULL ? or_none (vocabulary_label (order->vocabulary, subject->id, writing->language)) : NULL;
  value[LETTER_RECEIVED] = day_in_words (writing, dk_day_parse (writing->it->received));
  value[LETTER_ENTERED] = day_in_words (writing, dk_day_parse (writing->it->entry_date));
  value[LETTER_TODAY] = day_in_words (writing, writing->today);
  value[LETTER_DEADLINE] = day_in_words (writing, next_answer (writing->deadlines, writing->today));
  value[LETTER_PROMISE] = order->until > 0 ? day_in_words (writing, order->until) : NULL;
  value[LETTER_TOLD] = writing->it->told != NULL ? day_in_words (writing, dk_day_parse (writing->it->told)) : NULL;
  value[LETTER_OWNER] = or_none (order->owner);
  value[LETTER_FIRM] = or_none (order->settings->entity);
  value[LETTER_OUTSIDE_BODY] = or_none (order->settings->outside_body);
  value[LETTER_TEXT] = or_none (order->text);
}

bool
letter_gather_law (LetterWriting *writing, GError **error)
{
  writing->deadlines = store_deadlines (writing->store, writing->it->id, error);
  if (writing->deadlines == NULL)
    return false;
  writing->packs = find_packs (writing);
  return dk_day_in_zone (dk_now_us (), writing->order->settings->zone, &writing->today, error);
}

bool
letter_gather (LetterWriting *writing, GError **error)
{
  int64_t contact = 0;
  GError *failed = NULL;
  g_autoptr (StoreDocument) first = first_letter (writing, &failed);
  if (failed != NULL)
    return g_propagate_error (error, failed), false;
  if (!letter_gather_law (writing, error) || !store_case_contact (writing->store, writing->it->id, &contact, error))
    return false;
  g_autoptr (StoreContact) customer = contact != 0 ? store_contact_load (writing->store, contact, error) : NULL;
  if (contact != 0 && customer == NULL)
    return false;
  writing->language = choose_language (writing, first, customer);
  find_values (writing, first, customer);
  return true;
}
