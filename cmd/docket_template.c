/* docket template - the letters that go out: which there are, how one would read in a case, what is wrong with them. */
#include "base/messages.h"
#include "cases/letter_lint.h"
#include "cases/register.h"
#include "cmd/docket_case.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  CaseCommand shared;
  char *text, *until, *in;
  Register *rules;
  bool found; /* lint */
} TemplateCommand;

static void
template_command_clear (TemplateCommand *command)
{
  g_clear_pointer (&command->rules, register_free);
  case_command_clear (&command->shared);
  g_free (command->text);
  g_free (command->until);
  g_free (command->in);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TemplateCommand, template_command_clear)

/* --- list --- */

static json_t *
languages_of (const GArray *texts)
{
  json_t *list = json_array ();
  for (guint i = 0; i < texts->len; i++)
    json_array_append_new (list, json_string (g_array_index (texts, LetterText, i).language));
  return list;
}

static json_t *
words_of (char *const *words)
{
  json_t *list = json_array ();
  for (; *words != NULL; words++)
    json_array_append_new (list, json_string (*words));
  return list;
}

/* "en fr" of a list of words. Owned by the caller. */
static char *
joined (json_t *list)
{
  size_t i;
  const json_t *one;
  GString *text = g_string_new (NULL);
  json_array_foreach (list, i, one) g_string_append_printf (text, "%s%s", i > 0 ? " " : "", json_string_value (one));
  json_decref (list);
  return g_string_free (text, FALSE);
}

static void
print_letter (const TemplateCommand *command, const LetterForm *letter)
{
  const char *language = command->shared.command.language, *title = letter_title (letter->place, language);
  if (command->shared.command.json)
    {
      command_print_json (json_pack ("{s:s, s:s, s:s, s:s, s:o, s:o}", "template", letter->name, "title", title, "act",
                                     case_act_name (letter->act), "reason", letter->reason, "outcomes",
                                     words_of (letter->outcomes), "languages", languages_of (letter->texts)));
      return;
    }
  g_autofree char *act
      = g_strconcat (case_act_name (letter->act), *letter->reason != '\0' ? " " : "", letter->reason, NULL);
  g_autofree char *languages = joined (languages_of (letter->texts));
  printf ("%-20s %-20s %-14s %s\n", letter->name, act, languages, title);
}

static void
print_block (const TemplateCommand *command, const LetterBlock *block)
{
  const char *language = command->shared.command.language, *title = letter_title (block->place, language);
  if (command->shared.command.json)
    {
      json_t *packs = json_array ();
      for (guint i = 0; i < block->wordings->len; i++)
        json_array_extend (packs, words_of (((const LetterWording *)block->wordings->pdata[i])->packs));
      command_print_json (json_pack ("{s:s, s:s, s:o, s:o}", "block", block->name, "title", title, "outcomes",
                                     words_of (block->outcomes), "packs", packs));
      return;
    }
  g_autofree char *outcomes = joined (words_of (block->outcomes));
  g_autofree char *place = g_strconcat ("{", block->name, "}", NULL);
  printf ("%-20s %-35s %s\n", place, outcomes, title);
}

static bool
list (TemplateCommand *command, char **words, int n, GError **error)
{
  const Letters *letters = register_letters (command->rules);
  (void)words, (void)n, (void)error;
  for (guint i = 0; i < letters_all (letters)->len; i++)
    print_letter (command, letters_all (letters)->pdata[i]);
  for (guint i = 0; i < letters_blocks (letters)->len; i++)
    print_block (command, letters_blocks (letters)->pdata[i]);
  return true;
}

/* --- show --- */

/* How it would read in the case @number; nothing is done. */
static bool
show_in_case (TemplateCommand *command, const char *name, const char *number, GError **error)
{
  g_autofree char *actor = command_actor ();
  g_auto (LetterWritten) written = { 0 };
  g_autoptr (StoreCase) the_case
      = say_find_case (command->shared.command.language, command->shared.store, number, false, error);
  CaseWork work = { .act = CASE_ACTS, .letter = name, .language = command->in, .text = command->text };
  if (the_case == NULL || !case_find_day ("--until", command->until, &work.until, error)
      || !register_letter_of (command->shared.store, command->rules, the_case, &work, case_writer (actor), &written,
                              error))
    return false;
  if (command->shared.command.json)
    command_print_json (json_pack ("{s:s, s:s, s:s, s:s, s:o}", "template", name, "case", the_case->number, "language",
                                   written.language, "blocks", written.blocks, "text", dk_json_text (written.text)));
  else
    command_print_lines (written.text);
  return true;
}

/* The texts as they stand in the file; @for_what: of a block, whom they are for. */
static void
show_texts (const TemplateCommand *command, const GArray *texts, const char *for_what)
{
  for (guint i = 0; i < texts->len; i++)
    {
      const LetterText *text = &g_array_index (texts, LetterText, i);
      const char *subject = text->subject != NULL ? template_text (text->subject) : NULL;
      if (command->in != NULL && strcmp (command->in, text->language) != 0)
        continue;
      if (command->shared.command.json)
        {
          command_print_json (json_pack ("{s:s, s:s, s:s?, s:s}", "language", text->language, "for", for_what,
                                         "subject", subject, "body", template_text (text->body)));
          continue;
        }
      printf ("%s[%s%s%s]\n", i > 0 && command->in == NULL ? "\n" : "", text->language, *for_what != '\0' ? " · " : "",
              for_what);
      if (subject != NULL)
        command_print_lines (subject);
      if (subject != NULL)
        puts ("");
      command_print_lines (template_text (text->body));
    }
}

static void
show_block (const TemplateCommand *command, const LetterBlock *block)
{
  for (guint i = 0; i < block->wordings->len; i++)
    {
      const LetterWording *one = block->wordings->pdata[i];
      g_autofree char *packs = joined (words_of (one->packs)), *countries = joined (words_of (one->countries));
      g_autofree char *both = g_strconcat (packs, *packs != '\0' && *countries != '\0' ? " " : "", countries, NULL);
      show_texts (command, one->texts, both);
    }
}

static bool
show (TemplateCommand *command, char **words, int n, GError **error)
{
  const Letters *letters = register_letters (command->rules);
  const LetterBlock *block = letters_block (letters, words[0]);
  if (block == NULL && n > 1)
    return show_in_case (command, words[0], words[1], error);
  if (command->text != NULL || command->until != NULL || n > 1)
    return dk_refuse (error, DK_ERROR_USAGE, "letter_in_case", "");
  if (block != NULL)
    return show_block (command, block), true;
  const LetterForm *letter = letters_find (letters, words[0], error);
  if (letter != NULL)
    show_texts (command, letter->texts, "");
  return letter != NULL;
}

/* --- lint --- */

static void
print_finding (const TemplateCommand *command, const LetterFinding *finding)
{
  g_autofree char *place = yaml_place (finding->place);
  if (command->shared.command.json)
    {
      command_print_json (json_pack ("{s:s, s:s, s:s, s:s}", "place", place, "finding", finding->code, "what",
                                     finding->what, "other", finding->other));
      return;
    }
  g_autofree char *key = g_strconcat ("template.", finding->code, NULL);
  say (command->shared.command.language, key, "sss", place, finding->what, finding->other);
}

static bool
lint (TemplateCommand *command, char **words, int n, GError **error)
{
  const Letters *letters = register_letters (command->rules);
  (void)words, (void)n, (void)error;
  g_autoptr (GArray) findings = letter_lint (letters, command->shared.settings, command->shared.today);
  for (guint i = 0; i < findings->len; i++)
    print_finding (command, &g_array_index (findings, LetterFinding, i));
  command->found = findings->len > 0;
  int looked_at = (int)(letters_all (letters)->len + letters_blocks (letters)->len);
  if (command->shared.command.json)
    command_print_json (json_pack ("{s:i, s:i}", "templates", looked_at, "findings", (int)findings->len));
  else
    say (command->shared.command.language, "template.linted", "dd", looked_at, (int)findings->len);
  return true;
}

/* --- the command --- */

static const struct
{
  const char *name;
  bool (*run) (TemplateCommand *command, char **words, int n, GError **error);
  int least, most; /* words behind it */
} parts[] = { { "list", list, 0, 0 }, { "show", show, 1, 2 }, { "lint", lint, 0, 0 } };

/* The files themselves, not a version before them: what is wrong there is to be put right first. */
static bool
open_files (TemplateCommand *command, GError **error)
{
  CaseCommand *shared = &command->shared;
  if (!case_command_open (shared, error))
    return false;
  g_clear_pointer (&shared->config, config_unref);
  shared->config = config_read_store (store_path (shared->store), error);
  command->rules = shared->config != NULL ? register_load (shared->config, error) : NULL;
  return command->rules != NULL;
}

static bool
run_part (TemplateCommand *command, gsize i, char **words, int n, GError **error)
{
  bool shows = strcmp (parts[i].name, "show") == 0;
  if (!command_check_words ("template", parts[i].name, words, n, parts[i].least, parts[i].most, error))
    return false;
  if (!shows && (command->text != NULL || command->until != NULL || command->in != NULL))
    return dk_refuse (error, DK_ERROR_USAGE, "for_show", "");
  return (command->in == NULL || case_check_letter (words[0], command->in, NULL, error))
         && case_read_text (&command->text, error) && open_files (command, error)
         && parts[i].run (command, words, n, error);
}

static bool
run (TemplateCommand *command, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[]
      = { { "text", 0, 0, G_OPTION_ARG_STRING, &command->text, "show: what the writer says; - reads it", "TEXT" },
          { "until", 0, 0, G_OPTION_ARG_STRING, &command->until, "show: the day that a holding letter names", "DATE" },
          { "in", 0, 0, G_OPTION_ARG_STRING, &command->in, "show: in this language", "L" },
          G_OPTION_ENTRY_NULL };
  if (!command_parse (&command->shared.command, entries, "list | show NAME [NUMBER] | lint",
                      "The letters that go out, files of templates/: which there are, how one stands in its file or\n"
                      "would read in the case NUMBER, and what is wrong with them. docket case sends them.",
                      &argc, &argv, error))
    return false;
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, argv[1]) == 0)
      return run_part (command, i, argv + 2, argc - 2, error);
  return dk_refuse (error, DK_ERROR_USAGE, "template_part", "");
}

int
docket_template (int argc, char **argv)
{
  g_auto (TemplateCommand) command = { 0 };
  g_autoptr (GError) error = NULL;
  run (&command, argc, argv, &error);
  return error != NULL ? command_end ("template", error) : command.found ? 1 : 0;
}
