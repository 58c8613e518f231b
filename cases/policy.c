/* cases/policy.c - reads policies/PACK.yaml: the duties of a law or a regulator, each with the dates it holds for.
 *
 *   pack: ES-LEY10-2025          as the file is called
 *   title: {en: "…"}             by language, for people
 *   calendar: ES                 optional; without it the firm's own calendar counts
 *   kinds: [complaint]           optional, as shown: the documents it is for; [] where a subject alone decides
 *   subjects: [privacy/request]  optional: it is for these subjects (and what lies below them) alone
 *   countries: [ES, FR]          optional: a firm there has it beside its own pack, without naming it
 *   review_within: 28cd          optional: for so long after the final answer a customer may ask for a review
 *   duties:
 *     - kind: final
 *       rule: 15wd
 *       effective_from: 2026-12-28   the first and (optional) the last day of receipt it holds for
 *       effective_to: 2030-12-31
 *       start: received              optional, as shown; "after ack": the day of that event; "end ack": the clock's end
 *       conditional: true            optional: not set by itself at registration
 *       subjects: [billing]          optional: but for these subjects it is
 *       when: extension              optional: it runs once that event has happened
 *       extends: final               optional: and then takes the place of that clock, if it had not ended yet
 *       clock: legal                 optional, as shown; service: a target of the firm's own
 *       stops: true                  optional: it stands while the customer is waited for. false is the law's rule
 *       roll: none                   optional, as shown; next, previous: an end on a day off moves
 *       after_hours: same            optional, as shown; next: what comes on a day off or late comes the next one
 *       closes: "16:00"              optional: that hour, else the calendar's
 *       note: "…"                    optional, for people
 *       source: "the law"
 *
 * Events: ack first holding final extension review review-ack review-extension referral. */
#include "cases/policy_internal.h"
#include <string.h>

/* What the duties of a pack have in common. */
typedef struct
{
  const char *name, *calendar;
  DeadlineRule review_within;
  char **kinds, **subjects, **countries;
} Pack;

static const char *const events[]
    = { "ack", "first", "holding", "final", "extension", "review", "review-ack", "review-extension", "referral", NULL };

bool
policy_is_event (const char *word)
{
  return g_strv_contains (events, word);
}

void
policies_free (Policies *policies)
{
  if (policies == NULL)
    return;
  g_string_chunk_free (policies->texts);
  g_ptr_array_unref (policies->duties);
  g_ptr_array_unref (policies->lists);
  g_free (policies);
}

static const char *
keep (Policies *policies, const char *text)
{
  return text == NULL ? NULL : g_string_chunk_insert_const (policies->texts, text);
}

/* *@rule stays as it is when the @key is absent. */
static bool
want_rule (const YamlNode *node, const char *key, DeadlineRule *rule, GError **error)
{
  const char *text = NULL;
  g_autoptr (GError) wrong = NULL;
  if (!yaml_want_text (node, key, &text, error))
    return false;
  return text == NULL || deadline_rule_parse (text, rule, &wrong)
         || yaml_throw (yaml_get (node, key), error, "%s", wrong->message);
}

static bool
read_rule (const YamlNode *node, DeadlineRule *rule, GError **error)
{
  const char *text;
  return yaml_need_text (node, "rule", &text, error) && want_rule (node, "rule", rule, error);
}

static bool
read_dates (const YamlNode *node, PolicyDuty *duty, GError **error)
{
  const char *from;
  duty->to = dk_day (9999, 12, 31);
  if (!yaml_need_text (node, "effective_from", &from, error)
      || !yaml_want_day (node, "effective_from", &duty->from, error)
      || !yaml_want_day (node, "effective_to", &duty->to, error))
    return false;
  return duty->from <= duty->to
         || yaml_throw (yaml_get (node, "effective_to"), error, "effective_to lies before effective_from");
}

/* One kind has one duty on one day. */
static bool
check_overlap (const Policies *policies, const PolicyDuty *duty, const YamlNode *node, GError **error)
{
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const PolicyDuty *other = g_ptr_array_index (policies->duties, i);
      if (strcmp (other->policy.pack, duty->policy.pack) == 0 && strcmp (other->policy.kind, duty->policy.kind) == 0
          && other->from <= duty->to && duty->from <= other->to)
        return yaml_throw (node, error, "%s/%s stands here twice for the same days", duty->policy.pack,
                           duty->policy.kind);
    }
  return true;
}

static bool
is_kind (const char *text)
{
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

/* A list that lives as long as @policies; empty where there is none. */
static bool
want_list (Policies *policies, const YamlNode *node, const char *key, char ***list, GError **error)
{
  char **read = NULL;
  if (!yaml_want_list (node, key, &read, error))
    return false;
  if (read == NULL)
    read = g_new0 (char *, 1);
  g_ptr_array_add (policies->lists, read);
  *list = read;
  return true;
}

/* "received", "after EVENT" or "end KIND". */
static bool
read_start (Policies *policies, const YamlNode *node, Policy *policy, GError **error)
{
  const char *start = "received";
  if (!yaml_want_text (node, "start", &start, error))
    return false;
  if (strcmp (start, "received") == 0)
    return true;
  policy->from_end = g_str_has_prefix (start, "end ");
  if (policy->from_end || g_str_has_prefix (start, "after "))
    policy->from = keep (policies, strchr (start, ' ') + 1);
  if (policy->from == NULL || (!policy->from_end && !policy_is_event (policy->from)))
    return yaml_throw (yaml_get (node, "start"), error,
                       "a clock starts: received, \"after EVENT\" (" POLICY_EVENTS ") or \"end KIND\" of this pack");
  return true;
}

/* What becomes of the end, of nights and of waiting. */
static bool
read_terms (const YamlNode *node, Policy *policy, GError **error)
{
  static const char *const rolls[] = { "none", "next", "previous", NULL }, *const arrivals[] = { "same", "next", NULL },
                           *const clocks[] = { "legal", "service", NULL };
  const char *roll = rolls[0], *arrival = arrivals[0], *clock = clocks[0], *closes = NULL;
  if (!yaml_want_word (node, "roll", rolls, &roll, error)
      || !yaml_want_word (node, "after_hours", arrivals, &arrival, error)
      || !yaml_want_word (node, "clock", clocks, &clock, error) || !yaml_want_text (node, "closes", &closes, error)
      || !yaml_want_bool (node, "stops", &policy->stops, error)
      || !yaml_want_bool (node, "conditional", &policy->conditional, error)
      || !read_rule (node, &policy->terms.rule, error))
    return false;
  while (strcmp (rolls[policy->terms.roll], roll) != 0)
    policy->terms.roll++;
  policy->terms.after_hours = strcmp (arrival, "next") == 0;
  policy->service = strcmp (clock, "service") == 0;
  policy->terms.closes = closes != NULL ? calendar_hour_parse (closes) : 0;
  return policy->terms.closes >= 0
         || yaml_throw (yaml_get (node, "closes"), error, "%s is no time of day; one is \"17:00\"", closes);
}

static bool
read_links (Policies *policies, const YamlNode *node, Policy *policy, GError **error)
{
  const char *extends = NULL, *when = NULL;
  if (!read_start (policies, node, policy, error) || !yaml_want_word (node, "when", events, &when, error)
      || !yaml_want_text (node, "extends", &extends, error))
    return false;
  policy->when = keep (policies, when);
  policy->extends = keep (policies, extends);
  return extends == NULL || when != NULL
         || yaml_throw (yaml_get (node, "extends"), error, "a clock that extends %s needs when, the event that does it",
                        extends);
}

static bool
read_duty (Policies *policies, const Pack *pack, const YamlNode *node, GError **error)
{
  static const char *const keys[]
      = { "kind",  "rule",  "effective_from", "effective_to", "start",  "conditional", "subjects", "when", "extends",
          "clock", "stops", "roll",           "after_hours",  "closes", "note",        "source",   NULL };
  const char *kind, *source, *note = "";
  g_autofree PolicyDuty *duty = g_new0 (PolicyDuty, 1);
  Policy *policy = &duty->policy;
  if (!yaml_check_keys (node, keys, error) || !yaml_need_text (node, "kind", &kind, error)
      || !yaml_need_text (node, "source", &source, error) || !yaml_want_text (node, "note", &note, error)
      || !read_terms (node, policy, error) || !read_links (policies, node, policy, error)
      || !want_list (policies, node, "subjects", &policy->duty_subjects, error) || !read_dates (node, duty, error))
    return false;
  if (!is_kind (kind))
    return yaml_throw (yaml_get (node, "kind"), error, "a kind is made of small letters, digits and hyphens");
  g_autofree char *day = dk_day_format (duty->from);
  g_autofree char *version = g_strdup_printf ("%s/%s@%s", pack->name, kind, day);
  policy->pack = keep (policies, pack->name);
  policy->kind = keep (policies, kind);
  policy->version = keep (policies, version);
  policy->calendar = keep (policies, pack->calendar);
  policy->source = keep (policies, source);
  policy->note = keep (policies, note);
  policy->review_within = pack->review_within;
  policy->kinds = pack->kinds;
  policy->subjects = pack->subjects;
  policy->countries = pack->countries;
  duty->node = node;
  if (!check_overlap (policies, duty, node, error))
    return false;
  g_ptr_array_add (policies->duties, g_steal_pointer (&duty));
  return true;
}

/* The duty of @pack with @kind that is in force together with @beside, NULL where there is none. */
static const PolicyDuty *
sister (const Policies *policies, const PolicyDuty *beside, const char *kind)
{
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const PolicyDuty *duty = g_ptr_array_index (policies->duties, i);
      if (strcmp (duty->policy.pack, beside->policy.pack) == 0 && strcmp (duty->policy.kind, kind) == 0
          && duty->from <= beside->to && beside->from <= duty->to)
        return duty;
    }
  return NULL;
}

/* What hangs on a review belongs to it, and what hangs on that. */
static void
find_stages (const Policies *policies, guint first)
{
  bool changed = true;
  for (guint i = first; i < policies->duties->len; i++)
    {
      Policy *policy = &((PolicyDuty *)policies->duties->pdata[i])->policy;
      bool review = (policy->from != NULL && !policy->from_end && g_str_has_prefix (policy->from, "review"))
                    || (policy->when != NULL && g_str_has_prefix (policy->when, "review"));
      policy->stage = review ? 2 : 1;
    }
  while (changed)
    {
      changed = false;
      for (guint i = first; i < policies->duties->len; i++)
        {
          PolicyDuty *duty = policies->duties->pdata[i];
          const char *before = duty->policy.from_end ? duty->policy.from : duty->policy.extends;
          const PolicyDuty *other = before != NULL ? sister (policies, duty, before) : NULL;
          if (other == NULL || duty->policy.stage >= other->policy.stage)
            continue;
          duty->policy.stage = other->policy.stage;
          changed = true;
        }
    }
}

/* A clock that waits for itself, or for one that is not there, would never run. */
static bool
check_links (const Policies *policies, guint first, GError **error)
{
  for (guint i = first; i < policies->duties->len; i++)
    {
      PolicyDuty *duty = g_ptr_array_index (policies->duties, i);
      const Policy *policy = &duty->policy;
      if (policy->extends != NULL
          && (sister (policies, duty, policy->extends) == NULL || strcmp (policy->extends, policy->kind) == 0))
        return yaml_throw (yaml_get (duty->node, "extends"), error, "%s has no other clock %s for the same days",
                           policy->pack, policy->extends);
      const PolicyDuty *at = duty;
      for (guint steps = 0; at->policy.from_end; steps++)
        {
          const PolicyDuty *before = sister (policies, at, at->policy.from);
          if (before == NULL)
            return yaml_throw (yaml_get (duty->node, "start"), error, "%s has no clock %s for the same days",
                               policy->pack, at->policy.from);
          if (steps > policies->duties->len)
            return yaml_throw (yaml_get (duty->node, "start"), error, "%s/%s starts at its own end", policy->pack,
                               policy->kind);
          at = before;
        }
    }
  return true;
}

static bool
check_calendar (const Config *config, const YamlNode *root, const char *code, GError **error)
{
  if (code == NULL)
    return true;
  g_autofree char *path = g_strdup_printf ("calendars/%s.yaml", code);
  return config_file (config, path) != NULL
         || yaml_throw (yaml_get (root, "calendar"), error, "there is no calendar %s", code);
}

/* "ES" or "ES-AN". */
static bool
is_country (const char *text)
{
  static const char large[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return strspn (text, large) == 2
         && (text[2] == '\0' || (text[2] == '-' && text[3] != '\0' && strspn (text + 3, large) == strlen (text + 3)));
}

static bool
read_lists (Policies *policies, const YamlNode *root, Pack *pack, GError **error)
{
  if (!want_list (policies, root, "kinds", &pack->kinds, error)
      || !want_list (policies, root, "subjects", &pack->subjects, error)
      || !want_list (policies, root, "countries", &pack->countries, error))
    return false;
  for (char **country = pack->countries; *country != NULL; country++)
    if (!is_country (*country))
      return yaml_throw (yaml_get (root, "countries"), error,
                         "countries holds \"%s\"; a country is a code such as ES or ES-AN", *country);
  static char *complaint[] = { (char *)(uintptr_t) "complaint", NULL };
  if (yaml_get (root, "kinds") == NULL)
    pack->kinds = complaint;
  return *pack->kinds != NULL || *pack->subjects != NULL
         || yaml_throw (yaml_get (root, "kinds"), error, "a pack for no kind needs subjects");
}

static bool
read_pack (Policies *policies, const Config *config, const char *path, GError **error)
{
  static const char *const keys[]
      = { "pack", "title", "calendar", "kinds", "subjects", "countries", "review_within", "duties", NULL };
  const YamlNode *root = yaml_root (config_file (config, path));
  g_autofree char *file = g_path_get_basename (path);
  Pack pack = { 0 };
  guint first = policies->duties->len;
  if (!yaml_check_keys (root, keys, error) || !yaml_need_text (root, "pack", &pack.name, error)
      || !yaml_want_text (root, "calendar", &pack.calendar, error)
      || !check_calendar (config, root, pack.calendar, error) || !read_lists (policies, root, &pack, error)
      || !want_rule (root, "review_within", &pack.review_within, error))
    return false;
  if (strlen (file) != strlen (pack.name) + 5 || !g_str_has_prefix (file, pack.name))
    return yaml_throw (yaml_get (root, "pack"), error, "pack is %s, but the file is called %s", pack.name, file);
  const YamlNode *duties = yaml_get (root, "duties");
  if (duties == NULL || !yaml_is_sequence (duties) || yaml_size (duties) == 0)
    return yaml_throw (duties != NULL ? duties : root, error, "a pack needs duties, a list");
  for (size_t i = 0; i < yaml_size (duties); i++)
    if (!read_duty (policies, &pack, yaml_at (duties, i, NULL), error))
      return false;
  if (!check_links (policies, first, error))
    return false;
  find_stages (policies, first);
  return true;
}

Policies *
policies_load (const Config *config, GError **error)
{
  g_autoptr (Policies) policies = g_new0 (Policies, 1);
  policies->texts = g_string_chunk_new (4096);
  policies->duties = g_ptr_array_new_with_free_func (g_free);
  policies->lists = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  g_auto (GStrv) paths = config_paths (config, "policies");
  for (char **path = paths; *path != NULL; path++)
    if (!read_pack (policies, config, *path, error))
      return NULL;
  return g_steal_pointer (&policies);
}
