/* Letters that go out: which files are letters, which wording of a block a law asks for, what a letter lacks. */
#include "cases/letter_lint.h"
#include "tests/unit/cases_config.h"
#include <string.h>

#define BLOCK                                                                                                          \
  "block: redress\noutcomes: [rejected]\nwordings:\n"                                                                  \
  "  - {packs: [GB-DISP], effective_to: 2026-11-30, source: old, texts: {en: \"The ombudsman of old.\"}}\n"            \
  "  - {packs: [GB-DISP], effective_from: 2026-12-01, source: new, texts: {en: \"The ombudsman of {today}.\"}}\n"      \
  "  - {packs: [EU-GDPR], source: privacy, texts: {en: \"The authority.\"}}\n"                                         \
  "  - {countries: [HU], source: land, texts: {en: \"The board.\", hu: \"A testület.\"}}\n"                           \
  "  - {source: any, texts: {en: \"A body.\"}}\n"
#define LETTER(body) "letter: no\nact: final\noutcomes: [rejected]\ntexts: {en: {subject: \"S\", body: \"" body "\"}}\n"

static Letters *
letters_of (const char *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("templates/no.yaml", letter, "templates/redress.yaml", BLOCK, NULL);
  Letters *letters = letters_load (config, &error);
  g_assert_no_error (error);
  return letters;
}

static void
test_the_letters_that_are_shipped_are_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Settings) settings = settings_load (config, &error);
  g_autoptr (Letters) letters = letters_load (config, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) findings = letter_lint (letters, settings, dk_day (2027, 1, 1));
  g_assert_cmpuint (findings->len, ==, 0);
  for (guint i = 0; i < letters_all (letters)->len; i++)
    g_assert_cmpuint (((const LetterForm *)letters_all (letters)->pdata[i])->texts->len, ==, 4);
  const LetterBlock *block = letters_block (letters, "out-of-court");
  for (guint i = 0; i < block->wordings->len; i++)
    g_assert_cmpuint (((const LetterWording *)block->wordings->pdata[i])->texts->len, ==, 4);
  g_auto (GStrv) packs = config_paths (config, "policies");
  for (char **path = packs; *path != NULL; path++)
    {
      g_autofree char *base = g_path_get_basename (*path), *pack = g_strndup (base, strlen (base) - strlen (".yaml"));
      g_autoptr (GPtrArray) wordings = letter_wordings (block, (char *[]){ pack, NULL }, "XX", dk_day (2027, 1, 1));
      g_assert_cmpuint (wordings->len, ==, 1);
    }
}

/* What the block says in a case of @packs in @country on @day, in the order of the file, joined. */
static char *
said (const Letters *letters, const char *packs, const char *country, DkDay day)
{
  g_auto (GStrv) list = g_strsplit (packs, " ", -1);
  g_autoptr (GPtrArray) wordings = letter_wordings (letters_block (letters, "redress"), list, country, day);
  GString *all = g_string_new (NULL);
  for (guint i = 0; i < wordings->len; i++)
    g_string_append (all, template_text (letter_text (((LetterWording *)wordings->pdata[i])->texts, "en")->body));
  return g_string_free (all, FALSE);
}

static void
test_the_law_of_the_case_chooses_the_wording_and_else_the_country (void)
{
  static const struct
  {
    const char *packs, *country, *said;
    int month;
  } cases[] = { { "GB-DISP", "GB", "The ombudsman of old.", 11 },
                { "GB-DISP", "GB", "The ombudsman of {today}.", 12 },
                { "GB-DISP EU-GDPR", "HU", "The ombudsman of {today}.The authority.", 12 },
                { "HU-MNB", "HU", "The board.", 12 },
                { "", "HU-BU", "The board.", 12 },
                { "FR-ACPR", "FR", "A body.", 12 } };
  g_autoptr (Letters) letters = letters_of (LETTER ("{text}"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *given = said (letters, cases[i].packs, cases[i].country, dk_day (2026, cases[i].month, 15));
      g_assert_cmpstr (given, ==, cases[i].said);
    }
}

static void
test_a_file_with_a_mistake_is_refused_with_its_place (void)
{
  static const struct
  {
    const char *letter, *says;
  } cases[]
      = { { LETTER ("{nmae}"), "templates/no.yaml:4:34: character 1: unknown placeholder {nmae}; allowed are number" },
          { LETTER ("{text"), "{ is not closed by }" },
          { "letter: yes\nact: final\ntexts: {en: {subject: S, body: B}}\n", "letter is yes, but the file is called" },
          { "letter: no\nact: note\ntexts: {en: {subject: S, body: B}}\n", "act" },
          { "letter: no\nact: ask\ntexts: {en: {subject: S, body: B}}\n", "ask, and nothing else, has a reason" },
          { "letter: no\nact: tell\ntexts: {de: {subject: S, body: B}}\n", "de" },
          { "letter: no\nact: tell\ntexts: {en: {subject: S}}\n", "body" },
          { "letter: no\nact: tell\ntexts: {}\n", "texts says nothing" },
          { "letter: no\nact: tell\n", "texts is missing" },
          { "letter: no\nact: final\noutcomes: [lost]\ntexts: {en: {subject: S, body: B}}\n",
            "upheld partly rejected goodwill none" },
          { "letter: no\nact: tell\neffective_from: soon\ntexts: {en: {subject: S, body: B}}\n", "2026-12-31" },
          { "texts: {}\n", "a letter or a block" },
          { "block: text\nwordings: [{source: s, texts: {en: B}}]\n", "block is text, but the file is called no.yaml" },
          { "block: no\nwordings: []\n", "wordings is a list" },
          { "block: no\nwordings: [{source: s, texts: {en: \"{redress}\"}}]\n", "unknown placeholder {redress}" } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Config) config
          = config_of ("templates/no.yaml", cases[i].letter, "templates/redress.yaml", BLOCK, NULL);
      g_autoptr (Letters) letters = letters_load (config, &error);
      g_assert_null (letters);
      g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].says));
    }
}

static void
test_what_a_letter_lacks_is_found (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("docket.yaml", "country: ES\nlanguages: [en, es]\n", "templates/no.yaml",
                                         "letter: no\nact: final\noutcomes: [rejected]\ntexts: {en: {subject: S, body: "
                                         "\"{text} {firm} [{outside_body}]\"}}\n",
                                         "templates/redress.yaml", BLOCK, NULL);
  g_autoptr (Settings) settings = settings_load (config, &error);
  g_autoptr (Letters) letters = letters_load (config, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) findings = letter_lint (letters, settings, dk_day (2026, 12, 1));
  g_autoptr (GString) all = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const LetterFinding *one = &g_array_index (findings, LetterFinding, i);
      g_string_append_printf (all, "%s %s %s; ", one->code, one->what, one->other);
    }
  g_assert_cmpstr (all->str, ==, "no_language no es; lacks_block no redress; empty no firm; no_language redress es; ");
}

static void
test_what_leads_nowhere_any_more_is_found_once_it_does (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config
      = config_of ("docket.yaml", "country: ES\nlanguages: [en]\n", "templates/no.yaml",
                   "letter: no\nact: tell\ntexts: {en: {subject: S, body: \"See EC.europa.eu/odr or a court.\"}}\n",
                   "templates/old.yaml",
                   "gone: old\nreferences: [{words: [ec.europa.eu/odr], since: 2025-07-20, source: law}]\n", NULL);
  g_autoptr (Settings) settings = settings_load (config, &error);
  g_autoptr (Letters) letters = letters_load (config, &error);
  g_assert_no_error (error);
  g_autoptr (GArray) before = letter_lint (letters, settings, dk_day (2025, 7, 19));
  g_autoptr (GArray) after = letter_lint (letters, settings, dk_day (2025, 7, 20));
  g_assert_cmpuint (before->len, ==, 0);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (g_array_index (after, LetterFinding, 0).code, ==, "gone");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/letter/shipped", test_the_letters_that_are_shipped_are_whole);
  g_test_add_func ("/letter/wording", test_the_law_of_the_case_chooses_the_wording_and_else_the_country);
  g_test_add_func ("/letter/mistakes", test_a_file_with_a_mistake_is_refused_with_its_place);
  g_test_add_func ("/letter/lint", test_what_a_letter_lacks_is_found);
  g_test_add_func ("/letter/gone", test_what_leads_nowhere_any_more_is_found_once_it_does);
  return g_test_run ();
}
