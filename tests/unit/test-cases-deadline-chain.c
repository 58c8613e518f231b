#include "cases/deadline_chain.h"
#include "tests/unit/cases_config.h"
#include <string.h>

typedef struct
{
  Config *config;
  Policies *policies;
  GHashTable *calendars;
} Rules;

static const Calendar *
lend_calendar (const char *code, gpointer data)
{
  Rules *rules = data;
  Calendar *calendar = g_hash_table_lookup (rules->calendars, code);
  if (calendar == NULL && (calendar = calendar_load (rules->config, code, NULL)) != NULL)
    g_hash_table_insert (rules->calendars, g_strdup (code), calendar);
  return calendar;
}

/* Takes @config. */
static Rules
rules_of (Config *config)
{
  g_autoptr (GError) error = NULL;
  Rules rules = { config, policies_load (config, &error),
                  g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)calendar_free) };
  g_assert_no_error (error);
  return rules;
}

static void
rules_clear (Rules *rules)
{
  g_hash_table_unref (rules->calendars);
  policies_free (rules->policies);
  config_unref (rules->config);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rules, rules_clear)

/* A case: what it is about, and what has happened in it ("ack=2026-11-10", NULL at the end). */
typedef struct
{
  const char *pack, *country, *calendar, *kind, *subject, *received;
  const char *const *events;
  DeadlinePause pause; /* day 0: none */
  const char *const *conditions;
} Case;

static ChainEvent
event_of (const char *text)
{
  ChainEvent event = { 0 };
  const char *date = strchr (text, '=') + 1;
  g_autofree char *name = g_strndup (text, (gsize)(date - text - 1));
  event.name = g_intern_string (name);
  g_assert_true (deadline_moment_parse (date, &event.at, NULL));
  return event;
}

/* "kind due[ state]" a line for each clock that is not off, states other than running named. */
static char *
clocks_of (Rules *rules, const Case *of)
{
  static const char *const states[] = { "", " waiting", " off", " extended", " beside" };
  const char *const kinds[] = { of->kind, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (ChainEvent));
  for (const char *const *text = of->events; text != NULL && *text != NULL; text++)
    {
      ChainEvent event = event_of (*text);
      g_array_append_val (events, event);
    }
  const PolicyQuestion question = { of->pack, of->country, kinds, of->subject, dk_day_parse (of->received) };
  ChainFacts facts = { .received = { question.received, -1 },
                       .subject = of->subject,
                       .events = (const ChainEvent *)(gpointer)events->data,
                       .n_events = events->len,
                       .pauses = &of->pause,
                       .n_pauses = of->pause.from.day != 0,
                       .conditions = of->conditions };
  g_autoptr (GPtrArray) policies = policies_for (rules->policies, &question);
  g_autoptr (GPtrArray) clocks = chain_run (policies, &facts, of->calendar, lend_calendar, rules, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < clocks->len; i++)
    {
      const ChainClock *clock = clocks->pdata[i];
      g_autofree char *due = clock->deadline != NULL ? dk_day_format (clock->deadline->due) : NULL;
      if (clock->state != CHAIN_OFF)
        g_string_append_printf (text, "%s%s %s%s", text->len > 0 ? "\n" : "", clock->policy->kind,
                                due != NULL ? due : "-", states[clock->state]);
    }
  return g_string_free (text, FALSE);
}

#define EXPECT(rules, answer, ...)                                                                                     \
  do                                                                                                                   \
    {                                                                                                                  \
      const Case of_ = { __VA_ARGS__ };                                                                                \
      g_autofree char *given_ = clocks_of (rules, &of_);                                                               \
      g_assert_cmpstr (given_, ==, answer);                                                                            \
    }                                                                                                                  \
  while (0)
#define LANDLORD                                                                                                       \
  .pack = "UK-LG", .country = "GB", .calendar = "GB", .kind = "complaint", .subject = "", .received = "2026-11-06"
#define EVENTS(...)                                                                                                    \
  .events = (const char *const[])                                                                                      \
  {                                                                                                                    \
    __VA_ARGS__, NULL                                                                                                  \
  }

static void
test_a_stage_starts_at_what_was_sent_and_not_before (void)
{
  g_auto (Rules) rules = rules_of (config_shipped ());
  EXPECT (&rules, "ack 2026-11-13\nstage1 - waiting\nstage2-ack - waiting\nstage2 - waiting", LANDLORD);
  EXPECT (&rules, "ack 2026-11-13\nstage1 2026-11-24\nstage2-ack - waiting\nstage2 - waiting", LANDLORD,
          EVENTS ("ack=2026-11-10"));
  EXPECT (&rules, "ack 2026-11-13\nstage1 2026-11-24\nstage2-ack 2026-12-08\nstage2 2027-01-04", LANDLORD,
          EVENTS ("ack=2026-11-10", "review=2026-12-01", "review-ack=2026-12-02"));
}

static void
test_an_extension_that_was_told_in_time_takes_the_place_of_the_clock (void)
{
  g_auto (Rules) rules = rules_of (config_shipped ());
  EXPECT (
      &rules,
      "ack 2026-11-13\nstage1 2026-11-24 extended\nstage1-extended 2026-12-08\nstage2-ack - waiting\nstage2 - waiting",
      LANDLORD, EVENTS ("ack=2026-11-10", "extension=2026-11-24"));
  EXPECT (&rules, "ack 2026-11-13\nstage1 2026-11-24\nstage2-ack - waiting\nstage2 - waiting", LANDLORD,
          EVENTS ("ack=2026-11-10", "extension=2026-11-25"));
}

#define PRIVACY .country = "ES-AN", .calendar = "ES-AN", .subject = "privacy/request", .received = "2027-01-11"

static void
test_a_privacy_request_is_known_by_its_subject_whatever_its_kind (void)
{
  g_auto (Rules) rules = rules_of (config_shipped ());
  EXPECT (&rules, "final 2027-02-11", .pack = "ES-LEY10-2025", .kind = "question", PRIVACY);
  EXPECT (&rules, "final 2027-02-11 extended\nfinal-extended 2027-04-11", .pack = "ES-LEY10-2025", .kind = "other",
          PRIVACY, EVENTS ("extension=2027-02-01"));
  EXPECT (&rules, "final 2027-02-11", .pack = "GB-DISP", .kind = "question", .country = "GB", .calendar = "GB",
          .subject = "privacy/request/access", .received = "2027-01-11");
  EXPECT (&rules, "", .pack = "US-CFPB", .kind = "question", .country = "US", .calendar = "US",
          .subject = "privacy/request", .received = "2027-01-11");
  EXPECT (&rules, "", .pack = "ES-LEY10-2025", .kind = "question", .country = "ES", .calendar = "ES",
          .subject = "privacy/requested", .received = "2027-01-11");
}

static void
test_of_two_laws_the_earlier_end_counts_and_names_the_other (void)
{
  g_auto (Rules) rules = rules_of (config_shipped ());
  EXPECT (&rules, "final 2027-02-01\nfinal 2027-02-11 beside", .pack = "ES-LEY10-2025", .kind = "complaint", PRIVACY);
  const char *const kinds[] = { "complaint", NULL };
  const PolicyQuestion question = { "ES-LEY10-2025", "ES", kinds, "privacy/request", dk_day (2027, 1, 11) };
  ChainFacts facts = { .received = { question.received, -1 }, .subject = question.subject };
  g_autoptr (GPtrArray) policies = policies_for (rules.policies, &question);
  g_autoptr (GPtrArray) clocks = chain_run (policies, &facts, "ES", lend_calendar, &rules, NULL);
  const ChainClock *winner = clocks->pdata[0];
  const DeadlineStep *last = &g_array_index (winner->deadline->trace, DeadlineStep, winner->deadline->trace->len - 1);
  g_assert_cmpstr (last->why, ==, "beside:EU-GDPR/final@2018-05-25");
  g_assert_cmpint (last->day, ==, dk_day (2027, 2, 11));
}

static void
test_a_conditional_clock_runs_for_its_subject_or_where_somebody_says_so (void)
{
  g_auto (Rules) rules = rules_of (config_shipped ());
  static const char *const payments[] = { "final-payments", "holding-payments", NULL };
#define SHOP .pack = "ES-LEY10-2025", .country = "ES", .calendar = "ES", .kind = "complaint", .received = "2027-01-11"
#define BANK                                                                                                           \
  .pack = "GB-DISP", .country = "GB", .calendar = "GB", .kind = "complaint", .subject = "", .received = "2026-12-10"
  EXPECT (&rules, "final 2027-02-01", SHOP, .subject = "billing/wrong-amount");
  EXPECT (&rules, "final 2027-02-01\nundue-charge 2027-01-16", SHOP, .subject = "billing/undue-charge");
  EXPECT (&rules, "final 2027-02-04", BANK);
  EXPECT (&rules, "final 2027-02-04\nfinal-payments 2027-01-05", BANK, .conditions = payments);
  EXPECT (&rules, "final 2027-02-04\nfinal-payments 2027-01-05 extended\nholding-payments 2027-02-02", BANK,
          .conditions = payments, EVENTS ("holding=2027-01-04"));
}

static void
test_the_legal_clock_never_stands_and_the_service_clock_may (void)
{
  static const char pack[] = "pack: P\ncalendar: XX\nduties:\n"
                             "  - {kind: final, rule: 10wd, effective_from: 2020-01-01, source: law}\n"
                             "  - {kind: target, rule: 5wd, effective_from: 2020-01-01, clock: service, stops: true,"
                             " source: us}\n";
  static const char calendar[] = "code: XX\nzone: UTC\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n";
  g_auto (Rules) rules = rules_of (config_of ("calendars/XX.yaml", calendar, "policies/P.yaml", pack, NULL));
#define WAITING(last)                                                                                                  \
  .pack = "P", .country = "ES", .calendar = "XX", .kind = "complaint", .subject = "", .received = "2026-11-02",        \
  .pause                                                                                                               \
      = { { dk_day (2026, 11, 4), -1 },                                                                                \
          { last, -1 } }
  EXPECT (&rules, "final 2026-11-16\ntarget 2026-11-11", WAITING (dk_day (2026, 11, 9)));
  EXPECT (&rules, "final 2026-11-16\ntarget -", WAITING (DK_DAY_NONE));
  const Policy *target = policies_find (rules.policies, "P/target", dk_day (2026, 11, 2), NULL);
  g_assert_true (target->service && target->stops);
}

static void
test_a_clock_may_start_at_the_end_of_another (void)
{
  static const char pack[] = "pack: P\ncalendar: XX\nduties:\n"
                             "  - {kind: late, rule: 1wd, start: end first, effective_from: 2020-01-01, source: law}\n"
                             "  - {kind: last, rule: 1wd, start: end late, effective_from: 2020-01-01, source: law}\n"
                             "  - {kind: first, rule: 2wd, effective_from: 2020-01-01, source: law}\n";
  static const char calendar[] = "code: XX\nzone: UTC\ncovered_from: 2026-01-01\ncovered_to: 2026-12-31\ndays: []\n";
  g_auto (Rules) rules = rules_of (config_of ("calendars/XX.yaml", calendar, "policies/P.yaml", pack, NULL));
#define PLAIN .pack = "P", .country = "ES", .calendar = "XX", .kind = "complaint", .subject = ""
  EXPECT (&rules, "late 2026-11-05\nlast 2026-11-06\nfirst 2026-11-04", PLAIN, .received = "2026-11-02");
  EXPECT (&rules, "late - waiting\nlast - waiting\nfirst -", PLAIN, .received = "2026-12-30");
}

static void
test_a_letter_that_no_pack_is_for_has_no_clocks (void)
{
  g_auto (Rules) rules = rules_of (config_shipped ());
  EXPECT (&rules, "", .pack = "ES-LEY10-2025", .country = "ES", .calendar = "ES", .kind = "thanks", .subject = "",
          .received = "2027-01-11");
  EXPECT (&rules, "", .pack = "", .country = "ES", .calendar = "ES", .kind = "complaint", .subject = "",
          .received = "2027-01-11");
}

static void
test_a_pack_without_calendar_in_a_firm_without_one_is_an_error (void)
{
  g_auto (Rules) rules = rules_of (config_shipped ());
  g_autoptr (GError) error = NULL;
  const char *const kinds[] = { "other", NULL };
  const PolicyQuestion question = { "", "ES", kinds, "privacy/request", dk_day (2027, 1, 11) };
  ChainFacts facts = { .received = { question.received, -1 } };
  g_autoptr (GPtrArray) policies = policies_for (rules.policies, &question);
  g_assert_null (chain_run (policies, &facts, "QQ", lend_calendar, &rules, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/cases/deadline-chain/" #name, test_##name)
  TEST (a_stage_starts_at_what_was_sent_and_not_before);
  TEST (an_extension_that_was_told_in_time_takes_the_place_of_the_clock);
  TEST (a_privacy_request_is_known_by_its_subject_whatever_its_kind);
  TEST (of_two_laws_the_earlier_end_counts_and_names_the_other);
  TEST (a_conditional_clock_runs_for_its_subject_or_where_somebody_says_so);
  TEST (the_legal_clock_never_stands_and_the_service_clock_may);
  TEST (a_clock_may_start_at_the_end_of_another);
  TEST (a_letter_that_no_pack_is_for_has_no_clocks);
  TEST (a_pack_without_calendar_in_a_firm_without_one_is_an_error);
  return g_test_run ();
}
