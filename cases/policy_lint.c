#include "cases/policy_lint.h"
#include "cases/policy_internal.h"
#include <string.h>

typedef struct
{
  const Config *config;
  const Policies *policies;
  const Settings *settings;
  const Vocabulary *vocabulary;
  DkDay today;
  GArray *findings;
} Lint;

static void
finding_clear (gpointer data)
{
  PolicyFinding *finding = data;
  g_free (finding->place);
  g_free (finding->what);
  g_free (finding->other);
}

/* Takes @what and @other. */
static void
find (const Lint *lint, const char *code, const YamlNode *place, char *what, char *other, DkDay day, DkDay until)
{
  const PolicyFinding finding = { code, yaml_place (place), what, other != NULL ? other : g_strdup (""), day, until };
  g_array_append_val (lint->findings, finding);
}

static char *
name_of (const Policy *policy)
{
  return g_strdup_printf ("%s/%s", policy->pack, policy->kind);
}

/* --- two packs --- */

/* The end of @policy for a letter that comes on @day; DK_DAY_NONE where nobody knows. */
static DkDay
end_of (const Lint *lint, const Policy *policy, DkDay day)
{
  g_autoptr (Calendar) calendar
      = calendar_load (lint->config, policy_calendar (policy, lint->settings->calendar), NULL);
  if (calendar == NULL)
    return DK_DAY_NONE;
  g_autoptr (Deadline) deadline = deadline_of (&policy->terms, calendar, (DeadlineMoment){ day, -1 }, NULL, NULL, 0);
  return deadline->due;
}

static bool
is_of_firm (const Lint *lint, const PolicyDuty *duty)
{
  DkDay day = MAX (lint->today, duty->from);
  g_autoptr (GPtrArray) all = policies_of_firm (lint->policies, lint->settings->policy, lint->settings->country, day);
  return g_ptr_array_find (all, &duty->policy, NULL);
}

static bool
in_common (char *const *these, char *const *those)
{
  bool any = *these == NULL || *those == NULL;
  for (; *these != NULL; these++)
    any |= g_strv_contains ((const char *const *)those, *these);
  return any;
}

/* Whether a letter may bring both: those for certain subjects are meant to stand beside others. */
static bool
may_meet (const Policy *one, const Policy *other)
{
  return strcmp (one->pack, other->pack) != 0 && strcmp (one->kind, other->kind) == 0 && one->service == other->service
         && one->from == NULL && other->from == NULL && one->conditional == other->conditional
         && in_common (one->kinds, other->kinds) && (*one->subjects == NULL) == (*other->subjects == NULL)
         && in_common (one->subjects, other->subjects);
}

/* Tells of @duty where @other, of another pack, ends before it. */
static void
compare (const Lint *lint, const char *code, const PolicyDuty *duty, const PolicyDuty *other)
{
  DkDay day = MAX (lint->today, MAX (duty->from, other->from));
  if (day > duty->to || day > other->to)
    return;
  DkDay end = end_of (lint, &duty->policy, day), before = end_of (lint, &other->policy, day);
  if (end != DK_DAY_NONE && before != DK_DAY_NONE && before < end)
    find (lint, code, duty->node, name_of (&duty->policy), name_of (&other->policy), end, before);
}

static void
check_beside (const Lint *lint, const PolicyDuty *duty)
{
  for (guint i = 0; i < lint->policies->duties->len; i++)
    {
      const PolicyDuty *other = lint->policies->duties->pdata[i];
      if (may_meet (&duty->policy, &other->policy) && is_of_firm (lint, duty) && is_of_firm (lint, other))
        compare (lint, "two_packs", duty, other);
    }
}

/* --- the firm's own pack against the law of its country --- */

/* Packs that come with docket are laws, of which a firm chooses that of its trade. */
static bool
is_shipped (const char *pack)
{
  g_autofree char *folder = config_shipped_path (), *file = g_strconcat (pack, ".yaml", NULL);
  g_autofree char *path = g_build_filename (folder, "policies", file, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static const PolicyDuty *
duty_of (const Lint *lint, const char *pack, const char *kind, DkDay day)
{
  for (guint i = 0; i < lint->policies->duties->len; i++)
    {
      const PolicyDuty *duty = lint->policies->duties->pdata[i];
      if (strcmp (duty->policy.pack, pack) == 0 && strcmp (duty->policy.kind, kind) == 0 && duty->from <= day
          && day <= duty->to)
        return duty;
    }
  return NULL;
}

static const YamlNode *
settings_place (const Lint *lint, const char *key)
{
  const YamlNode *root = yaml_root (config_file (lint->config, "docket.yaml")), *node = yaml_get (root, key);
  return node != NULL ? node : root;
}

static void
check_law (const Lint *lint)
{
  const char *own = lint->settings->policy, *law = settings_law (lint->settings->country);
  if (*own == '\0' || *law == '\0' || is_shipped (own))
    return;
  for (guint i = 0; i < lint->policies->duties->len; i++)
    {
      const PolicyDuty *duty = lint->policies->duties->pdata[i];
      DkDay day = MAX (lint->today, duty->from);
      if (strcmp (duty->policy.pack, law) != 0 || duty->policy.conditional || duty->policy.from != NULL
          || duty->policy.when != NULL || day > duty->to)
        continue;
      const PolicyDuty *mine = duty_of (lint, own, duty->policy.kind, day);
      if (mine == NULL)
        find (lint, "lacks_duty", settings_place (lint, "policy"), g_strdup (own), name_of (&duty->policy), day,
              DK_DAY_NONE);
      else
        compare (lint, "later_than_law", mine, duty);
    }
}

static void
check_country (const Lint *lint)
{
  const Settings *settings = lint->settings;
  for (guint i = 0; i < lint->policies->duties->len; i++)
    {
      const Policy *policy = &((const PolicyDuty *)lint->policies->duties->pdata[i])->policy;
      if (strcmp (policy->pack, settings->policy) != 0)
        continue;
      if (policy->calendar != NULL && strncmp (policy->calendar, settings->country, 2) != 0)
        find (lint, "other_country", settings_place (lint, "policy"), g_strdup (policy->pack),
              g_strdup (settings->country), DK_DAY_NONE, DK_DAY_NONE);
      return;
    }
}

/* --- one pack --- */

/* Days after @duty, of today or later, on which its kind is not in force until it is again. */
static void
check_gap (const Lint *lint, const PolicyDuty *duty)
{
  const PolicyDuty *next = NULL;
  for (guint i = 0; i < lint->policies->duties->len; i++)
    {
      const PolicyDuty *other = lint->policies->duties->pdata[i];
      if (strcmp (other->policy.pack, duty->policy.pack) == 0 && strcmp (other->policy.kind, duty->policy.kind) == 0
          && other->from > duty->to && (next == NULL || other->from < next->from))
        next = other;
    }
  if (next != NULL && next->from > duty->to + 1 && next->from > lint->today)
    find (lint, "gap", next->node, name_of (&duty->policy), NULL, duty->to + 1, next->from - 1);
}

/* An extension that ends before what it extends takes time away. */
static void
check_extension (const Lint *lint, const PolicyDuty *duty)
{
  DkDay day = MAX (lint->today, duty->from);
  const PolicyDuty *first = duty->policy.extends != NULL && day <= duty->to && duty->policy.from == NULL
                                ? duty_of (lint, duty->policy.pack, duty->policy.extends, day)
                                : NULL;
  DkDay end = first != NULL ? end_of (lint, &duty->policy, day) : DK_DAY_NONE,
        before = first != NULL ? end_of (lint, &first->policy, day) : DK_DAY_NONE;
  if (end != DK_DAY_NONE && before != DK_DAY_NONE && end < before)
    find (lint, "extension_early", duty->node, name_of (&duty->policy), name_of (&first->policy), end, before);
}

static void
check_words (const Lint *lint, const YamlNode *place, const char *scheme, char *const *words)
{
  for (; *words != NULL; words++)
    {
      bool subject = strcmp (scheme, "subject") == 0;
      const Concept *concept
          = subject ? vocabulary_at (lint->vocabulary, *words) : vocabulary_concept (lint->vocabulary, *words);
      if (concept == NULL || strcmp (concept->scheme, scheme) != 0)
        find (lint, subject ? "no_subject" : "no_kind", place, g_strdup (*words), NULL, DK_DAY_NONE, DK_DAY_NONE);
    }
}

static void
check_duty (const Lint *lint, const PolicyDuty *duty, bool first_of_pack)
{
  const char *pack = duty->policy.pack;
  g_autofree char *path = g_strdup_printf ("policies/%s.yaml", pack);
  const YamlNode *root = yaml_root (config_file (lint->config, path));
  if (first_of_pack)
    {
      const YamlNode *kinds = yaml_get (root, "kinds"), *subjects = yaml_get (root, "subjects");
      check_words (lint, kinds != NULL ? kinds : root, "kind", duty->policy.kinds);
      check_words (lint, subjects != NULL ? subjects : root, "subject", duty->policy.subjects);
    }
  check_words (lint, duty->node, "subject", duty->policy.duty_subjects);
  check_gap (lint, duty);
  check_extension (lint, duty);
  check_beside (lint, duty);
}

/* --- calendars --- */

/* The file over which @path lies; NULL where it lies over none. */
static const YamlNode *
parent_of (const Lint *lint, const YamlNode *root, const char **code)
{
  if (!yaml_want_text (root, "parent", code, NULL) || *code == NULL)
    return NULL;
  g_autofree char *path = g_strdup_printf ("calendars/%s.yaml", *code);
  const Yaml *file = config_file (lint->config, path);
  return file != NULL ? yaml_root (file) : NULL;
}

/* "holiday" is what a day is where its file says nothing else. */
static const char *
kind_of (const YamlNode *day)
{
  const char *kind = "holiday";
  return yaml_want_text (day, "kind", &kind, NULL) && kind != NULL ? kind : "holiday";
}

/* A day that stands, as the same, in the file below: one of them is a mistake, or of no effect. */
static void
check_days (const Lint *lint, const YamlNode *days, const YamlNode *below, const char *code)
{
  const YamlNode *others = yaml_get (below, "days");
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (size_t i = 0; i < yaml_size (others); i++)
    {
      const YamlNode *day = yaml_at (others, i, NULL);
      const char *date = NULL;
      if (yaml_want_text (day, "date", &date, NULL) && date != NULL)
        g_hash_table_insert (known, (gpointer)(uintptr_t)date, (gpointer)(uintptr_t)kind_of (day));
    }
  for (size_t i = 0; i < yaml_size (days); i++)
    {
      const YamlNode *day = yaml_at (days, i, NULL);
      const char *date = NULL, *kind = kind_of (day);
      const char *there
          = yaml_want_text (day, "date", &date, NULL) && date != NULL ? g_hash_table_lookup (known, date) : NULL;
      if (g_strcmp0 (there, kind) == 0)
        find (lint, "day_again", day, g_strdup (kind), g_strdup (code), dk_day_parse (date), DK_DAY_NONE);
    }
}

static void
check_calendars (const Lint *lint)
{
  g_auto (GStrv) paths = config_paths (lint->config, "calendars");
  for (char **path = paths; *path != NULL; path++)
    {
      const char *code = NULL;
      const YamlNode *root = yaml_root (config_file (lint->config, *path)), *below = parent_of (lint, root, &code);
      for (int layers = 0; below != NULL && layers < 4; layers++)
        {
          const char *there = code;
          check_days (lint, yaml_get (root, "days"), below, there);
          below = parent_of (lint, below, &code);
        }
    }
}

GArray *
policy_lint (const Config *config, const Policies *policies, const Settings *settings, const Vocabulary *vocabulary,
             DkDay today)
{
  const Lint lint
      = { config, policies, settings, vocabulary, today, g_array_new (FALSE, FALSE, sizeof (PolicyFinding)) };
  const char *pack = "";
  g_array_set_clear_func (lint.findings, finding_clear);
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const PolicyDuty *duty = policies->duties->pdata[i];
      check_duty (&lint, duty, strcmp (pack, duty->policy.pack) != 0);
      pack = duty->policy.pack;
    }
  check_law (&lint);
  check_country (&lint);
  check_calendars (&lint);
  return lint.findings;
}
