#include "cases/letter_lint.h"
#include <string.h>

typedef struct
{
  const Letters *letters;
  const Settings *settings;
  DkDay today;
  GArray *findings;
} Lint;

static void
find (const Lint *lint, const char *code, const YamlNode *place, const char *what, const char *other)
{
  const LetterFinding finding = { code, place, what, other };
  g_array_append_val (lint->findings, finding);
}

/* Those that the firm's own pack, or its country, leads to. */
static GPtrArray *
wordings_of_firm (const Lint *lint, const LetterBlock *block)
{
  char *const packs[] = { lint->settings->policy, NULL };
  return letter_wordings (block, packs, lint->settings->country, lint->today);
}

/* A final answer without what its outcomes need. */
static void
check_blocks (const Lint *lint, const LetterForm *letter, const LetterText *text)
{
  for (guint i = 0; i < letters_blocks (lint->letters)->len; i++)
    {
      const LetterBlock *block = letters_blocks (lint->letters)->pdata[i];
      g_autoptr (GPtrArray) wordings = wordings_of_firm (lint, block);
      bool needed = *letter->outcomes == NULL && *block->outcomes != NULL;
      for (char **outcome = letter->outcomes; *outcome != NULL; outcome++)
        for (guint k = 0; k < wordings->len; k++)
          needed |= letter_wording_is_needed (block, wordings->pdata[k], *outcome);
      bool late = letter->act == CASE_HOLD && block->after != NULL && wordings->len > 0;
      if (((letter->act == CASE_FINAL && needed) || late) && !letter_has_block (text, block->name))
        find (lint,
              late                        ? "cannot_delay"
              : *letter->outcomes != NULL ? "lacks_block"
                                          : "cannot_reject",
              text->place, letter->name, block->name);
    }
}

/* What docket.yaml says, or does not say, stands in the letter whatever becomes of it. */
static void
check_settings (const Lint *lint, const LetterText *text, const char *what)
{
  const Settings *settings = lint->settings;
  for (unsigned i = 0; i < template_n_places (text->body); i++)
    {
      const TemplatePlace *place = template_place (text->body, i);
      const char *name = place->word->name;
      bool empty = (strcmp (name, letter_words[LETTER_FIRM].name) == 0 && *settings->entity == '\0')
                   || (strcmp (name, letter_words[LETTER_OUTSIDE_BODY].name) == 0 && *settings->outside_body == '\0');
      if (empty && !place->optional && place->otherwise == NULL)
        find (lint, "empty", text->place, what, name);
    }
}

/* What a text says that leads nowhere any more. */
static void
check_gone (const Lint *lint, const LetterText *text, const char *what)
{
  const GPtrArray *all = letters_gone (lint->letters);
  g_autofree char *said = g_utf8_casefold (template_text (text->body), -1);
  for (guint i = 0; i < all->len; i++)
    {
      const LetterGone *gone = all->pdata[i];
      for (char **words = gone->words; gone->since <= lint->today && *words != NULL; words++)
        {
          g_autofree char *folded = g_utf8_casefold (*words, -1);
          if (strstr (said, folded) != NULL)
            find (lint, "gone", text->place, what, *words);
        }
    }
}

static void
check_languages (const Lint *lint, const GArray *texts, const YamlNode *place, const char *what)
{
  for (char **language = lint->settings->languages; *language != NULL; language++)
    if (letter_text (texts, *language) == NULL)
      find (lint, "no_language", place, what, *language);
}

static void
check_letter (const Lint *lint, const LetterForm *letter)
{
  check_languages (lint, letter->texts, letter->place, letter->name);
  if (letter->to < lint->today)
    find (lint, "over", letter->place, letter->name, "");
  for (guint i = 0; i < letter->texts->len; i++)
    {
      const LetterText *text = &g_array_index (letter->texts, LetterText, i);
      check_blocks (lint, letter, text);
      check_settings (lint, text, letter->name);
      check_gone (lint, text, letter->name);
    }
}

static void
check_wording (const Lint *lint, const LetterBlock *block, const LetterWording *one)
{
  for (guint i = 0; i < one->texts->len; i++)
    check_gone (lint, &g_array_index (one->texts, LetterText, i), block->name);
}

static void
check_block (const Lint *lint, const LetterBlock *block)
{
  g_autoptr (GPtrArray) wordings = wordings_of_firm (lint, block);
  for (guint i = 0; i < block->wordings->len; i++)
    check_wording (lint, block, block->wordings->pdata[i]);
  if (wordings->len == 0 && block->after == NULL)
    find (lint, "no_wording", block->place, block->name, lint->settings->policy);
  for (guint i = 0; i < wordings->len; i++)
    {
      const LetterWording *one = wordings->pdata[i];
      check_languages (lint, one->texts, one->place, block->name);
      for (guint k = 0; k < one->texts->len; k++)
        check_settings (lint, &g_array_index (one->texts, LetterText, k), block->name);
    }
}

GArray *
letter_lint (const Letters *letters, const Settings *settings, DkDay today)
{
  const Lint lint = { letters, settings, today, g_array_new (FALSE, FALSE, sizeof (LetterFinding)) };
  for (guint i = 0; i < letters_all (letters)->len; i++)
    check_letter (&lint, letters_all (letters)->pdata[i]);
  for (guint i = 0; i < letters_blocks (letters)->len; i++)
    check_block (&lint, letters_blocks (letters)->pdata[i]);
  return lint.findings;
}
