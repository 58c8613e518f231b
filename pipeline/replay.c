#include "pipeline/replay.h"
#include "pipeline/place.h"
#include "pipeline/understand.h"
#include "store/decision.h"
#include <string.h>

#define A_TRANSACTION 100 /* documents sent back in one: others may write in between */

static const char *const first_names[] = { "language", "kind", "subject", NULL };

static void
replayed_free (PipelineReplayed *decision)
{
  g_free (decision->name);
  g_free (decision->was);
  g_free (decision->would);
  g_free (decision->was_first);
  g_free (decision->would_first);
  g_free (decision);
}

static void
replay_clear (PipelineReplay *replay)
{
  g_free (replay->number);
  g_clear_pointer (&replay->decisions, g_ptr_array_unref);
  g_free (replay->folder);
  g_free (replay->would_folder);
  g_free (replay->name);
  g_free (replay->would_name);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PipelineReplay, replay_clear)

bool
pipeline_replayed_changes (const PipelineReplayed *decision)
{
  return !decision->human
         && (strcmp (decision->was, decision->would) != 0 || decision->was_doubtful != decision->would_doubtful);
}

static PipelineReplayed *
find_decision (const PipelineReplay *replay, const char *name)
{
  for (guint i = 0; i < replay->decisions->len; i++)
    {
      PipelineReplayed *decision = replay->decisions->pdata[i];
      if (strcmp (decision->name, name) == 0)
        return decision;
    }
  return NULL;
}

const PipelineReplayed *
pipeline_replay_decision (const PipelineReplay *replay, const char *name)
{
  return find_decision (replay, name);
}

static PipelineReplayed *
need_decision (PipelineReplay *replay, const char *name)
{
  PipelineReplayed *decision = find_decision (replay, name);
  if (decision != NULL)
    return decision;
  decision = g_new0 (PipelineReplayed, 1);
  decision->name = g_strdup (name);
  decision->was = g_strdup ("");
  decision->would = g_strdup ("");
  decision->human = replay->accepted;
  g_ptr_array_add (replay->decisions, decision);
  return decision;
}

/* @text, owned by the caller of this, with one value more. */
static char *
with_value (char *text, const char *value)
{
  g_autofree char *before = text;
  return *before == '\0' ? g_strdup (value) : g_strconcat (before, "; ", value, NULL);
}

typedef struct
{
  Store *store;
  const PipelineConfiguration *candidate;
  Limits limits;
  PipelineReplayFunc each;
  void *data;
} Comparison;

static bool
waits_for_review (const StoreDocument *document, const char *name)
{
  size_t i;
  const json_t *code;
  json_array_foreach (document->review, i, code) if (strcmp (json_string_value (code), name) == 0) return true;
  return false;
}

/* Notes what is decided now. */
static bool
note_was (const Comparison *comparison, PipelineReplay *replay, const StoreDocument *document, GError **error)
{
  g_autoptr (GPtrArray) current = store_decisions_said (comparison->store, document->id, error);
  if (current == NULL || !store_review_is_accepted (comparison->store, document->id, &replay->accepted, error))
    return false;
  for (gsize i = 0; first_names[i] != NULL; i++)
    need_decision (replay, first_names[i]);
  for (guint i = 0; i < current->len; i++)
    {
      const StoreDecision *one = current->pdata[i];
      if (strcmp (one->name, "case") == 0) /* is no matter of understanding */
        continue;
      PipelineReplayed *decision = need_decision (replay, one->name);
      if (*decision->was == '\0')
        {
          decision->was_first = g_strdup (one->value);
          decision->was_confidence = one->confidence;
          decision->was_doubtful = waits_for_review (document, one->name);
        }
      decision->was = with_value (decision->was, one->value);
      decision->human |= one->human;
    }
  return true;
}

static void
note_would (const Comparison *comparison, PipelineReplay *replay, const GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = findings->pdata[i];
      PipelineReplayed *decision = need_decision (replay, finding->name);
      if (*decision->would == '\0')
        {
          decision->would_first = g_strdup (finding->value);
          decision->would_confidence = finding->confidence;
          decision->would_doubtful = pipeline_is_doubtful (finding->name, finding->undecided, finding->confidence,
                                                           comparison->candidate->settings);
        }
      decision->would = with_value (decision->would, finding->value);
    }
}

static gint
by_name (gconstpointer a, gconstpointer b)
{
  const PipelineReplayed *x = *(PipelineReplayed *const *)a, *y = *(PipelineReplayed *const *)b;
  return strcmp (x->name, y->name);
}

/* What stays, a person's value or that of the machine; NULL where there is none. */
static const char *
value_then (const char *name, bool human, const void *data)
{
  const PipelineReplayed *decision = pipeline_replay_decision (data, name);
  if (decision == NULL || (human && !decision->human))
    return NULL;
  const char *value = decision->human ? decision->was_first : decision->would_first;
  return value != NULL && *value != '\0' ? value : NULL;
}

/* Templates or names of concepts may have changed, though no decision has. */
static bool
compare_places (const Comparison *comparison, PipelineReplay *replay, const StoreDocument *document,
                const StoreReceipt *receipt, GError **error)
{
  g_autoptr (PipelinePlace) place = pipeline_place_of (comparison->store, comparison->candidate, document, receipt,
                                                       value_then, replay, true, error);
  if (place == NULL)
    return false;
  replay->folder = g_strdup (document->folder);
  replay->would_folder = g_strdup (place->folder);
  replay->moves = g_strcmp0 (replay->folder, replay->would_folder) != 0;
  if (replay->changes || pipeline_place_has_name (place, document->name))
    return true;
  replay->name = g_strdup (document->name);
  replay->would_name = pipeline_place_name (place, 0);
  replay->moves = true;
  return true;
}

static bool
conclude (const Comparison *comparison, PipelineReplay *replay, const StoreDocument *document,
          const StoreReceipt *receipt, GError **error)
{
  GPtrArray *decisions = replay->decisions;
  for (guint i = 0; i < decisions->len; i++)
    replay->changes |= pipeline_replayed_changes (decisions->pdata[i]);
  guint first = G_N_ELEMENTS (first_names) - 1;
  qsort (decisions->pdata + first, decisions->len - first, sizeof decisions->pdata[0], by_name);
  return compare_places (comparison, replay, document, receipt, error);
}

static bool
compare (const StoreDocument *document, const StoreReceipt *receipt, const PipelineResult *result, void *data,
         GError **error)
{
  const Comparison *comparison = data;
  g_auto (PipelineReplay) replay = { .document = document->id, .number = g_strdup (document->number) };
  replay.decisions = g_ptr_array_new_with_free_func ((GDestroyNotify)replayed_free);
  replay.failed = result->fault != RECORD_CODE_NONE || result->refusal != RECORD_CODE_NONE || result->failed;
  g_autoptr (GPtrArray) findings = replay.failed ? NULL : pipeline_findings (result, &comparison->limits, error);
  if (!replay.failed && findings == NULL)
    return false;
  if (!note_was (comparison, &replay, document, error))
    return false;
  if (findings != NULL)
    note_would (comparison, &replay, findings);
  if (findings != NULL && !conclude (comparison, &replay, document, receipt, error))
    return false;
  return comparison->each (&replay, comparison->data, error);
}

bool
pipeline_replay (Store *store, const GArray *documents, const PipelineConfiguration *candidate,
                 const PipelinePass *pass, PipelineReplayFunc each, void *data, GError **error)
{
  Comparison comparison
      = { .store = store, .candidate = candidate, .limits = pipeline_limits (), .each = each, .data = data };
  PipelinePass whole = *pass;
  whole.config = candidate->config;
  whole.work = "understand";
  return pipeline_pass (store, documents, &whole, compare, &comparison, error);
}

/* One transaction: those from @first to @end. */
static bool
send_some (Store *store, const char *actor, const GArray *documents, guint first, guint end, const char *stage,
           int64_t config, unsigned *sent, GError **error)
{
  unsigned there = 0;
  g_autoptr (StoreTransaction) transaction = store_begin (store, actor, error);
  if (transaction == NULL)
    return false;
  for (guint i = first; i < end; i++)
    {
      bool one;
      if (!store_document_send_back (transaction, g_array_index (documents, int64_t, i), stage, config, &one, error))
        return false;
      there += one;
    }
  *sent += there;
  return store_commit (g_steal_pointer (&transaction), error);
}

bool
pipeline_send_back (Store *store, const char *actor, const GArray *documents, const char *stage, int64_t config,
                    unsigned *sent, GError **error)
{
  for (guint i = 0; i < documents->len; i += A_TRANSACTION)
    if (!send_some (store, actor, documents, i, MIN (i + A_TRANSACTION, documents->len), stage, config, sent, error))
      return false;
  return true;
}
