#include "cmd/changes.h"
#include "cmd/say.h"
#include "pipeline/stages.h"
#include "pipeline/wake.h"
#include "store/model.h"
#include <stdio.h>
#include <string.h>

static const char *const names[N_CHANGES] = { "kind", "subject" };

void
changes_init (Changes *changes, const Command *command)
{
  *changes = (Changes){ .command = command };
  for (gsize i = 0; i < N_CHANGES; i++)
    changes->pairs[i] = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  changes->changing = g_array_new (FALSE, FALSE, sizeof (int64_t));
  changes->moving = g_array_new (FALSE, FALSE, sizeof (int64_t));
}

void
changes_clear (Changes *changes)
{
  for (gsize i = 0; i < N_CHANGES; i++)
    g_clear_pointer (&changes->pairs[i], g_hash_table_unref);
  g_clear_pointer (&changes->changing, g_array_unref);
  g_clear_pointer (&changes->moving, g_array_unref);
}

/* --- one document --- */

static json_t *
decision_json (const PipelineReplayed *decision)
{
  return json_pack ("{s:s, s:s, s:s, s:f, s:f, s:b, s:b}", "name", decision->name, "was", decision->was, "would",
                    decision->would, "was_confidence", decision->was_confidence, "would_confidence",
                    decision->would_confidence, "was_doubtful", decision->was_doubtful, "would_doubtful",
                    decision->would_doubtful);
}

static void
print_json (const PipelineReplay *replay)
{
  json_t *decisions = json_array ();
  for (guint i = 0; i < replay->decisions->len; i++)
    if (pipeline_replayed_changes (replay->decisions->pdata[i]))
      json_array_append_new (decisions, decision_json (replay->decisions->pdata[i]));
  json_t *line = json_pack ("{s:I, s:s?, s:o}", "document", (json_int_t)replay->document, "number", replay->number,
                            "decisions", decisions);
  if (g_strcmp0 (replay->folder, replay->would_folder) != 0)
    json_object_set_new (line, "folder",
                         json_pack ("{s:s?, s:s?}", "was", replay->folder, "would", replay->would_folder));
  if (replay->would_name != NULL)
    json_object_set_new (line, "name", json_pack ("{s:s?, s:s?}", "was", replay->name, "would", replay->would_name));
  command_print_json (line);
}

static char *
shown_value (const char *language, const char *name, const char *value)
{
  g_autofree char *word = say_value (language, name, *value == '\0' ? "–" : value);
  return command_plain (word);
}

static char *
describe_decision (const char *language, const PipelineReplayed *decision)
{
  g_autofree char *key = say_field_label (decision->name);
  g_autofree char *label = dk_message (language, key, "");
  g_autofree char *was = shown_value (language, decision->name, decision->was);
  g_autofree char *would = shown_value (language, decision->name, decision->would);
  if (strcmp (decision->was, decision->would) != 0)
    return say_text (language, "replay.value", "sssff", label, was, would, decision->was_confidence,
                     decision->would_confidence);
  return say_text (language, decision->would_doubtful ? "replay.unsure" : "replay.sure", "ss", label, was);
}

/* "; folder A → B" behind what stands in @line. */
static void
add_place (GString *line, const char **before, const char *language, const char *key, const char *was,
           const char *would)
{
  g_autofree char *what = say_text (language, key, "ss", was, would);
  g_autofree char *plain = command_plain (what);
  g_string_append_printf (line, "%s%s", *before, plain);
  *before = "; ";
}

static void
print_line (const char *language, const PipelineReplay *replay)
{
  g_autoptr (GString) line = g_string_new (replay->number);
  const char *before = ": ";
  for (guint i = 0; i < replay->decisions->len; i++)
    if (pipeline_replayed_changes (replay->decisions->pdata[i]))
      {
        g_autofree char *what = describe_decision (language, replay->decisions->pdata[i]);
        g_string_append_printf (line, "%s%s", before, what);
        before = "; ";
      }
  if (g_strcmp0 (replay->folder, replay->would_folder) != 0)
    add_place (line, &before, language, "replay.folder", replay->folder, replay->would_folder);
  if (replay->would_name != NULL)
    add_place (line, &before, language, "replay.name", replay->name, replay->would_name);
  puts (line->str);
}

/* --- all of them --- */

static void
count_pair (GHashTable *pairs, const PipelineReplayed *decision)
{
  char *pair = g_strconcat (decision->was, "\t", decision->would, NULL);
  g_hash_table_insert (pairs, pair, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (pairs, pair)) + 1));
}

static void
count_decisions (Changes *changes, const PipelineReplay *replay)
{
  bool stays = false;
  for (gsize i = 0; i < N_CHANGES; i++)
    {
      const PipelineReplayed *decision = pipeline_replay_decision (replay, names[i]);
      bool differs = strcmp (decision->was, decision->would) != 0;
      stays |= decision->human && differs;
      if (differs && !decision->human)
        count_pair (changes->pairs[i], decision);
      changes->was_doubtful[i] += decision->was_doubtful;
      changes->would_doubtful[i] += decision->human ? decision->was_doubtful : decision->would_doubtful;
    }
  changes->by_person += stays;
}

static bool
note (const PipelineReplay *replay, void *data, GError **error)
{
  Changes *changes = data;
  (void)error;
  changes->seen++;
  changes->failed += replay->failed;
  if (replay->failed)
    return true;
  count_decisions (changes, replay);
  if (!replay->changes && !replay->moves)
    return true;
  changes->changed += replay->changes;
  changes->moved += !replay->changes;
  g_array_append_val (replay->changes ? changes->changing : changes->moving, replay->document);
  if (changes->command->json)
    print_json (replay);
  else
    print_line (changes->command->language, replay);
  return true;
}

bool
changes_find (Changes *changes, Store *store, const GArray *documents, const PipelineConfiguration *candidate,
              GError **error)
{
  g_autoptr (GArray) all = documents == NULL ? pipeline_pass_documents (store, 0, error) : NULL;
  int64_t version;
  g_autoptr (GBytes) model = NULL;
  if ((documents == NULL && all == NULL) || !store_model_current (store, &version, &model, error))
    return false;
  const PipelinePass pass = { .model = model, .stop = command_interrupted () };
  return pipeline_replay (store, documents != NULL ? documents : all, candidate, &pass, note, changes, error);
}

bool
changes_apply (const Changes *changes, Store *store, int64_t config, unsigned *sent, GError **error)
{
  g_autofree char *actor = command_actor ();
  *sent = 0;
  if (!pipeline_send_back (store, actor, changes->changing, PIPELINE_STAGE_UNDERSTANDING, config, sent, error)
      || !pipeline_send_back (store, actor, changes->moving, PIPELINE_STAGE_NAMING, config, sent, error))
    return false;
  pipeline_wake (store);
  return true;
}

/* --- what it comes to --- */

static gint
by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* The pairs in the order of their words. Of char *, lent by @pairs. */
static GPtrArray *
sorted (GHashTable *pairs)
{
  GPtrArray *keys = g_ptr_array_new ();
  GHashTableIter each;
  gpointer pair;
  g_hash_table_iter_init (&each, pairs);
  while (g_hash_table_iter_next (&each, &pair, NULL))
    g_ptr_array_add (keys, pair);
  g_ptr_array_sort (keys, by_text);
  return keys;
}

static void
tell_pairs (const Changes *changes, gsize which)
{
  const char *language = changes->command->language;
  g_autoptr (GPtrArray) keys = sorted (changes->pairs[which]);
  g_autofree char *label_key = say_field_label (names[which]);
  g_autofree char *label = dk_message (language, label_key, "");
  for (guint i = 0; i < keys->len; i++)
    {
      g_auto (GStrv) values = g_strsplit (keys->pdata[i], "\t", 2);
      g_autofree char *was = shown_value (language, names[which], values[0]);
      g_autofree char *would = shown_value (language, names[which], values[1]);
      say (language, "replay.pair", "sssd", label, was, would,
           (int)GPOINTER_TO_UINT (g_hash_table_lookup (changes->pairs[which], keys->pdata[i])));
    }
}

static json_t *
pairs_json (GHashTable *pairs)
{
  g_autoptr (GPtrArray) keys = sorted (pairs);
  json_t *list = json_array ();
  for (guint i = 0; i < keys->len; i++)
    {
      g_auto (GStrv) values = g_strsplit (keys->pdata[i], "\t", 2);
      json_array_append_new (list, json_pack ("{s:s, s:s, s:i}", "was", values[0], "would", values[1], "documents",
                                              (int)GPOINTER_TO_UINT (g_hash_table_lookup (pairs, keys->pdata[i]))));
    }
  return list;
}

static void
tell_json (const Changes *changes, bool applied, unsigned sent, int64_t config)
{
  json_t *line
      = json_pack ("{s:i, s:i, s:i, s:i, s:i}", "documents", (int)changes->seen, "changed", (int)changes->changed,
                   "moved", (int)changes->moved, "by_person", (int)changes->by_person, "failed", (int)changes->failed);
  for (gsize i = 0; i < N_CHANGES; i++)
    json_object_set_new (line, names[i],
                         json_pack ("{s:o, s:i, s:i}", "changes", pairs_json (changes->pairs[i]), "was_doubtful",
                                    (int)changes->was_doubtful[i], "would_doubtful", (int)changes->would_doubtful[i]));
  if (applied)
    {
      json_object_set_new (line, "sent_back", json_integer (sent));
      json_object_set_new (line, "configuration", json_integer (config));
    }
  command_print_json (line);
}

void
changes_tell (const Changes *changes, bool applied, unsigned sent, int64_t config)
{
  const char *language = changes->command->language;
  if (changes->command->json)
    {
      tell_json (changes, applied, sent, config);
      return;
    }
  for (gsize i = 0; i < N_CHANGES; i++)
    tell_pairs (changes, i);
  for (gsize i = 0; i < N_CHANGES; i++)
    {
      g_autofree char *key = say_field_label (names[i]);
      g_autofree char *label = dk_message (language, key, "");
      say (language, "replay.doubtful", "sdd", label, (int)changes->was_doubtful[i], (int)changes->would_doubtful[i]);
    }
  say (language, "replay.seen", "dddd", (int)changes->seen, (int)changes->changed, (int)changes->moved,
       (int)changes->by_person);
  if (changes->failed > 0)
    say (language, "replay.failed", "d", (int)changes->failed);
  if (applied)
    say (language, "replay.sent", "dl", (int)sent, config);
}
