#include "cases/join.h"
#include "cases/join_parts.h"
#include "cases/status.h"
#include <math.h>
#include <string.h>

/* From these points on a letter joins by itself, or is proposed. Who wrote never suffices: even with the time it stays
 * below JOINS, and with a matter of its own below PROPOSED too. Set by hand; doc/cases.md says what they mean. */
#define JOINS 0.75
#define PROPOSED 0.5
#define CLOSE 0.05 /* points between the two best, below which a person should choose */
#define WRITER_MOST 0.45
#define COPY_SHOWN 120 /* characters of a copy that are shown as its beginning */
#define FOUND_MOST 50  /* letters that share a key; more are no evidence */

static const struct
{
  const char *name;
  double points;
  bool writer; /* says who wrote, not what about */
} keys[] = {
  { "email", 0.45, true },  { "iban", 0.45, true },      { "customer_no", 0.45, true }, { "phone", 0.40, true },
  { "sender", 0.40, true }, { "order_no", 0.60, false }, { "invoice_no", 0.60, false }, { "reference_no", 0.50, false },
};

static void
candidate_free (JoinCandidate *candidate)
{
  json_decref (candidate->because);
  g_string_free (candidate->reasons, TRUE);
  g_free (candidate);
}

void
join_clear (Join *join)
{
  g_clear_pointer (&join->finding, json_decref);
}

/* The cases of the letters that share the key, each once. NULL on error. */
static GArray *
cases_with (Store *store, const char *name, const char *key, GError **error)
{
  g_autoptr (GArray) ids = store_trace_find (store, name, key, FOUND_MOST, error);
  g_autoptr (GArray) cases = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (StoreDocument) document = store_document_load (store, g_array_index (ids, int64_t, i), error);
      if (document == NULL)
        return NULL;
      bool known = false;
      for (guint k = 0; k < cases->len; k++)
        known |= g_array_index (cases, int64_t, k) == document->case_id;
      if (!known && document->case_id != 0)
        g_array_append_val (cases, document->case_id);
    }
  return ids != NULL ? g_steal_pointer (&cases) : NULL;
}

/* A number that several cases have says less for each. */
static bool
share_key (JoinWork *work, gsize k, bool writer, GError **error)
{
  g_autoptr (GHashTable) counted = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < work->letter->decisions->len; i++)
    {
      const StoreDecision *decision = work->letter->decisions->pdata[i];
      g_autofree char *key
          = strcmp (decision->name, keys[k].name) == 0 ? join_key (decision->name, decision->value) : NULL;
      if (key == NULL)
        continue;
      g_autoptr (GArray) cases = cases_with (work->letter->store, decision->name, key, error);
      if (cases == NULL)
        return false;
      for (guint c = 0; c < cases->len; c++)
        {
          JoinCandidate *candidate = join_candidate (work, g_array_index (cases, int64_t, c));
          double points = keys[k].points / (writer ? 1 : sqrt (cases->len));
          if (g_hash_table_add (counted, candidate))
            join_add_decision (candidate, points, decision);
        }
    }
  return true;
}

/* Who wrote counts once, however many ways there are to tell it. */
static bool
share_writer (JoinWork *work, GError **error)
{
  for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
    if (keys[k].writer && !share_key (work, k, true, error))
      return false;
  for (guint i = 0; i < work->candidates->len; i++)
    {
      JoinCandidate *candidate = work->candidates->pdata[i];
      if (!candidate->proven)
        candidate->points = MIN (candidate->points, WRITER_MOST);
    }
  return true;
}

static bool
share_matter (JoinWork *work, GError **error)
{
  for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
    if (!keys[k].writer && !share_key (work, k, false, error))
      return false;
  return true;
}

/* --- the answer --- */

static gint
by_points (gconstpointer a, gconstpointer b)
{
  const JoinCandidate *x = *(JoinCandidate *const *)a, *y = *(JoinCandidate *const *)b;
  if (x->proven != y->proven)
    return x->proven ? -1 : 1;
  if (fabs (x->points - y->points) > 1e-9)
    return x->points > y->points ? -1 : 1;
  return x->case_id > y->case_id ? -1 : x->case_id < y->case_id;
}

/* Whether the letter cannot belong to @the_case any more: it was closed too long before. Thanks belong to it still. */
static bool
is_over (const JoinLetter *letter, const StoreCase *the_case)
{
  static const CaseLimits limits = CASE_LIMITS_DEFAULT;
  DkDay closed = the_case->closed != NULL ? dk_day_parse (the_case->closed) : DK_DAY_NONE;
  DkDay received = dk_day_parse (letter->received);
  bool thanks = g_strcmp0 (letter->document->kind, "thanks") == 0;
  return strcmp (the_case->status, "closed") == 0 && !thanks
         && (closed == DK_DAY_NONE || received == DK_DAY_NONE || received - closed > (DkDay)limits.reopen_days);
}

static bool
number_of_case (const JoinLetter *letter, int64_t case_id, bool *over, char **number, GError **error)
{
  g_autoptr (StoreCase) the_case = store_case_load (letter->store, case_id, error);
  if (the_case == NULL)
    return false;
  *over = is_over (letter, the_case);
  *number = g_strdup (the_case->number);
  return true;
}

/* Where nothing is proven and nothing else joins by itself, the number that was read wrongly tells. */
static const JoinCandidate *
best_of (const JoinWork *work, int64_t unproven)
{
  const JoinCandidate *best = work->candidates->len > 0 ? work->candidates->pdata[0] : NULL;
  for (guint i = 0; i < work->candidates->len; i++)
    {
      const JoinCandidate *candidate = work->candidates->pdata[i];
      if (candidate->case_id == unproven && !best->proven && best->points < JOINS)
        return candidate;
    }
  return best;
}

static bool
answer (const JoinWork *work, int64_t unproven, Join *join, GError **error)
{
  const JoinCandidate *best = best_of (work, unproven);
  const JoinCandidate *second = work->candidates->len > 1 ? work->candidates->pdata[1] : NULL;
  if (best == NULL || (!best->proven && best->case_id != unproven && best->points < PROPOSED - 1e-9))
    return true;
  g_autofree char *number = NULL, *other = NULL;
  bool over, unused,
      rival = second != NULL && second != best && second->proven == best->proven
              && (best->proven || second->points > best->points - CLOSE) && second->points >= PROPOSED - 1e-9;
  if (!number_of_case (work->letter, best->case_id, &over, &number, error)
      || (rival && !number_of_case (work->letter, second->case_id, &unused, &other, error)))
    return false;
  join->case_id = best->case_id;
  join->score = CLAMP (best->points, 0, 0.99);
  join->outcome = best->proven                             ? (rival || best->stranger ? JOIN_UNSURE : JOIN_SURE)
                  : best->case_id == unproven              ? JOIN_UNSURE
                  : !rival && best->points >= JOINS - 1e-9 ? JOIN_SURE
                                                           : JOIN_PROPOSED;
  join->over = over && join->outcome == JOIN_SURE;
  if (over)
    join->outcome = JOIN_PROPOSED;
  join->finding = json_pack ("{s:s, s:s, s:s, s:f, s:b, s:[], s:O}", "name", "case", "value", number, "raw",
                             best->reasons->str, "confidence", join->score, "undecided", join->outcome != JOIN_SURE,
                             "also", "because", best->because);
  if (rival)
    json_array_append_new (json_object_get (join->finding, "also"), json_string (other));
  return true;
}

/* What says the same as a letter of a case belongs to it, unless a number proves another. */
static bool
add_copy (JoinWork *work, int64_t *copy_of, GError **error)
{
  double share;
  if (!join_copies (work->letter, copy_of, &share, error))
    return false;
  if (*copy_of == 0)
    return true;
  g_autoptr (StoreDocument) original = store_document_load (work->letter->store, *copy_of, error);
  if (original == NULL)
    return false;
  if (original->copy_of != 0)
    *copy_of = original->copy_of;
  JoinCandidate *candidate = join_candidate (work, original->case_id);
  const RecordPage *first = work->letter->pages->len > 0 ? work->letter->pages->pdata[0] : NULL;
  uint32_t length = first != NULL ? (uint32_t)g_utf8_strlen (first->text, -1) : 0;
  candidate->points = 0;
  join_add (candidate, "join:copy", share, first, 0, MIN (length, COPY_SHOWN));
  candidate->proven |= work->candidates->len == 1 || !((const JoinCandidate *)work->candidates->pdata[0])->proven;
  g_ptr_array_sort (work->candidates, by_points);
  return true;
}

/* A copy is one of a letter in the same case. */
static bool
keep_copy (const JoinLetter *letter, int64_t copy_of, Join *join, GError **error)
{
  g_autoptr (StoreDocument) original = copy_of != 0 ? store_document_load (letter->store, copy_of, error) : NULL;
  if (copy_of != 0 && original == NULL)
    return false;
  if (original != NULL && original->case_id == join->case_id && join->outcome == JOIN_SURE)
    join->copy_of = copy_of;
  return true;
}

bool
join_find (const JoinLetter *letter, Join *join, GError **error)
{
  g_autoptr (GPtrArray) candidates = g_ptr_array_new_with_free_func ((GDestroyNotify)candidate_free);
  JoinWork work = { letter, candidates };
  int64_t unproven = 0, copy_of = 0;
  *join = (Join){ .outcome = JOIN_NEW };
  if (!join_numbers (&work, &unproven, error) || !share_writer (&work, error) || !share_matter (&work, error)
      || !join_lines (&work, error) || !join_weigh (&work, error))
    return false;
  g_ptr_array_sort (candidates, by_points);
  return add_copy (&work, &copy_of, error) && answer (&work, unproven, join, error)
         && keep_copy (letter, copy_of, join, error);
}

bool
join_note (StoreTransaction *transaction, const JoinLetter *letter, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify)store_key_free);
  for (guint i = 0; i < letter->decisions->len; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
      {
        const StoreDecision *decision = letter->decisions->pdata[i];
        char *key = strcmp (decision->name, keys[k].name) == 0 ? join_key (decision->name, decision->value) : NULL;
        if (key == NULL)
          continue;
        StoreKey *one = g_new0 (StoreKey, 1);
        one->name = keys[k].name;
        one->key = key;
        g_ptr_array_add (found, one);
      }
  unsigned members;
  g_autofree char *sketch = join_sketch (letter->pages, &members, found);
  return store_trace_set (transaction, letter->document->id, found, members, sketch, error);
}
