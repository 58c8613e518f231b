#include "base/messages.h"
#include "cases/letter_values.h"
#include "store/chain.h"
#include <string.h>

void
letter_written_clear (LetterWritten *written)
{
  g_clear_pointer (&written->language, g_free);
  g_clear_pointer (&written->text, g_free);
  g_clear_pointer (&written->blocks, g_free);
}

/* --- blocks --- */

static bool
is_for (char *const *these, char *const *those)
{
  for (; *these != NULL; these++)
    if (g_strv_contains ((const char *const *)those, *these))
      return true;
  return false;
}

static void
add_wordings (const LetterBlock *block, DkDay day, char *const *packs, char *const *countries, GPtrArray *found)
{
  for (guint i = 0; i < block->wordings->len; i++)
    {
      LetterWording *one = block->wordings->pdata[i];
      bool holds = packs != NULL       ? is_for (one->packs, packs)
                   : countries != NULL ? is_for (one->countries, countries)
                                       : *one->packs == NULL && *one->countries == NULL;
      if (holds && one->from <= day && day <= one->to)
        g_ptr_array_add (found, one);
    }
}

GPtrArray *
letter_wordings (const LetterBlock *block, char *const *packs, const char *country, DkDay day)
{
  g_autofree char *land = g_strndup (country, strcspn (country, "-"));
  char *const countries[] = { land, (char *)(uintptr_t)country, NULL };
  GPtrArray *found = g_ptr_array_new ();
  add_wordings (block, day, packs, NULL, found);
  if (found->len == 0)
    add_wordings (block, day, NULL, countries, found);
  if (found->len == 0)
    add_wordings (block, day, NULL, NULL, found);
  return found;
}

bool
letter_wording_is_needed (const LetterBlock *block, const LetterWording *one, const char *outcome)
{
  return g_strv_contains ((const char *const *)block->outcomes, outcome)
         || g_strv_contains ((const char *const *)one->outcomes, outcome);
}

static GPtrArray *
wordings_of (const LetterWriting *writing, const LetterBlock *block)
{
  return letter_wordings (block, writing->packs, writing->order->settings->country, writing->today);
}

/* Whether the letter is a holding one that names a day after the legal end of the clock @kind. */
static bool
is_after (const LetterWriting *writing, const char *kind)
{
  bool holds = writing->letter != NULL && writing->letter->act == CASE_HOLD;
  for (guint i = 0; holds && i < writing->deadlines->len; i++)
    {
      const StoreDeadline *one = writing->deadlines->pdata[i];
      DkDay due
          = strcmp (one->kind, kind) == 0 && strcmp (one->state, STORE_DEADLINE_WITHDRAWN) != 0 && one->due != NULL
                ? store_deadline_day (one->due)
                : DK_DAY_NONE;
      if (due != DK_DAY_NONE && writing->order->until > due)
        return true;
    }
  return false;
}

/* Whether the outcome of the case needs @block under its law, or the day that a holding letter names. */
static bool
is_needed (const LetterWriting *writing, const LetterBlock *block)
{
  const char *outcome = writing->it->outcome;
  g_autoptr (GPtrArray) wordings = wordings_of (writing, block);
  if (block->after != NULL)
    return wordings->len > 0 && is_after (writing, block->after);
  bool needed = g_strv_contains ((const char *const *)block->outcomes, outcome);
  for (guint i = 0; i < wordings->len; i++)
    needed |= letter_wording_is_needed (block, wordings->pdata[i], outcome);
  return needed;
}

/* --- whether it may be sent --- */

static bool
refuse_lacking (const LetterWriting *writing, const char *name, const LetterBlock *block, GError **error)
{
  const char *title = letter_title (block->place, dk_spoken ());
  g_autofree char *place = g_strdup_printf ("{%s}", block->name);
  g_autofree char *outcome = dk_message (dk_spoken (), "cli.case.outcome", "s", writing->it->outcome);
  if (block->after != NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "lacks_late", "sss", name, place, title);
  return dk_refuse (error, DK_ERROR_USAGE, "lacks_block", "ssss", name, place, title, outcome);
}

/* Fails and names the block that is needed and not among @has, a list with blanks. */
static bool
has_needed (const LetterWriting *writing, const char *name, const char *has, GError **error)
{
  const GPtrArray *blocks = letters_blocks (writing->letters);
  g_auto (GStrv) there = g_strsplit (has, " ", -1);
  for (guint i = 0; i < blocks->len; i++)
    {
      const LetterBlock *block = blocks->pdata[i];
      if (!g_strv_contains ((const char *const *)there, block->name) && is_needed (writing, block))
        return refuse_lacking (writing, name, block, error);
    }
  return true;
}

/* "ask info_requested", as it is typed. Owned by the caller. */
static char *
act_text (CaseAct act, const char *reason)
{
  return g_strconcat (case_act_name (act), *reason != '\0' ? " " : "", reason, NULL);
}

static bool
fits (const LetterWriting *writing, GError **error)
{
  const LetterForm *letter = writing->letter;
  const char *outcome = writing->it->outcome;
  if (writing->order->act == CASE_ACTS)
    return true;
  g_autofree char *its = act_text (letter->act, letter->reason);
  g_autofree char *wanted = act_text (writing->order->act, writing->order->reason);
  if (strcmp (its, wanted) != 0)
    return dk_refuse (error, DK_ERROR_USAGE, "letter_act", "sss", letter->name, its, wanted);
  if (writing->today < letter->from || writing->today > letter->to)
    return dk_refuse (error, DK_ERROR_USAGE, "letter_not_today", "s", letter->name);
  if (*letter->outcomes == NULL || g_strv_contains ((const char *const *)letter->outcomes, outcome))
    return true;
  g_autofree char *all = g_strjoinv (" ", letter->outcomes);
  return dk_refuse (error, DK_ERROR_USAGE, "letter_outcome", "ssss", letter->name, all, writing->it->number,
                    *outcome != '\0' ? outcome : "unsaid");
}

/* --- writing --- */

static bool
refuse_empty (const LetterWriting *writing, const char *name, const char *word, GError **error)
{
  static const LetterWord told[] = { LETTER_TEXT, LETTER_PROMISE, LETTER_FIRM, LETTER_OUTSIDE_BODY };
  const char *why = "unknown";
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (strcmp (letter_words[told[i]].name, word) == 0)
      why = letter_words[told[i]].name;
  g_autofree char *place = g_strdup_printf ("{%s}", word);
  return dk_refuse (error, DK_ERROR_USAGE, "letter_empty", "ssss", name, place, writing->it->number, why);
}

static char *fill_block (const LetterWriting *writing, const LetterBlock *block, bool needed, GError **error);

static const char *
plain_value (const LetterWriting *writing, const char *word)
{
  gsize i = 0;
  while (i < LETTER_WORDS && strcmp (letter_words[i].name, word) != 0)
    i++;
  return i < LETTER_WORDS ? writing->values[i] : NULL;
}

/* @template of what is called @name with all its places filled in; the names of blocks go to @blocks, NULL in blocks.
 * Owned by the caller. */
static char *
fill (const LetterWriting *writing, const char *name, const Template *template, GPtrArray *blocks, GError **error)
{
  unsigned n = template_n_places (template);
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free);
  g_autofree char **lent = g_new0 (char *, n + 1);
  for (unsigned i = 0; i < n; i++)
    {
      const TemplatePlace *place = template_place (template, i);
      const LetterBlock *block = letters_block (writing->letters, place->word->name);
      bool told = *writing->it->outcome != '\0' || (block != NULL && block->after != NULL);
      if (block != NULL && place->optional && told && !is_needed (writing, block))
        continue;
      g_autofree char *text = block != NULL ? fill_block (writing, block, place->optional && told, error) : NULL;
      if (block != NULL && text == NULL)
        return NULL;
      if (block != NULL)
        g_ptr_array_add (blocks, (gpointer)(uintptr_t)block->name);
      bool look = writing->order->act == CASE_ACTS;
      lent[i] = template_value (template, i, block != NULL ? text : plain_value (writing, place->word->name));
      if (lent[i] == NULL && !place->optional && look) /* where it will stand is seen */
        lent[i] = g_strdup_printf ("{%s}", place->word->name);
      if (lent[i] != NULL)
        g_ptr_array_add (owned, lent[i]);
      else if (!place->optional)
        {
          refuse_empty (writing, name, place->word->name, error);
          return NULL;
        }
    }
  return template_fill (template, lent);
}

/* What the laws of the case say, one below the other; those alone that the outcome needs, where @needed. */
static char *
fill_block (const LetterWriting *writing, const LetterBlock *block, bool needed, GError **error)
{
  g_autoptr (GPtrArray) wordings = wordings_of (writing, block);
  g_autoptr (GString) all = g_string_new (NULL);
  if (wordings->len == 0)
    {
      g_autofree char *packs = g_strjoinv (" ", writing->packs);
      dk_refuse (error, DK_ERROR_USAGE, "no_wording", "ss", block->name, packs);
      return NULL;
    }
  for (guint i = 0; i < wordings->len; i++)
    {
      const LetterWording *one = wordings->pdata[i];
      const LetterText *text = letter_text (one->texts, writing->language);
      g_autofree char *place = yaml_place (one->place);
      if (needed && block->after == NULL && !letter_wording_is_needed (block, one, writing->it->outcome))
        continue;
      if (text == NULL)
        {
          dk_refuse (error, DK_ERROR_USAGE, "block_language", "sss", place, block->name, writing->language);
          return NULL;
        }
      g_autofree char *filled = fill (writing, block->name, text->body, NULL, error);
      if (filled == NULL)
        return NULL;
      g_strchomp (filled);
      if (strstr (all->str, filled) == NULL)
        g_string_append_printf (all, "%s%s", all->len > 0 ? "\n\n" : "", filled);
    }
  return g_string_free (g_steal_pointer (&all), FALSE);
}

/* No blanks at ends of lines, no more than one empty line in a row: what vanished leaves no hole. Owned by the caller.
 */
static char *
tidy (const char *subject, const char *body)
{
  g_autofree char *whole = g_strconcat (subject, "\n\n", body, NULL);
  g_auto (GStrv) lines = g_strsplit (whole, "\n", -1);
  GString *text = g_string_new (NULL);
  bool empty = true;
  for (char **line = lines; *line != NULL; line++)
    {
      g_strchomp (*line);
      if (**line != '\0' || !empty)
        g_string_append_printf (text, "%s\n", *line);
      empty = **line == '\0';
    }
  return g_strchomp (g_string_free (text, FALSE));
}

static bool
write_it (const LetterWriting *writing, const LetterText *text, LetterWritten *written, GError **error)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autofree char *subject = fill (writing, writing->letter->name, text->subject, blocks, error);
  g_autofree char *body = subject != NULL ? fill (writing, writing->letter->name, text->body, blocks, error) : NULL;
  if (body == NULL)
    return false;
  g_ptr_array_add (blocks, NULL);
  written->text = tidy (subject, body);
  written->language = g_strdup (writing->language);
  written->blocks = g_strjoinv (" ", (char **)blocks->pdata);
  return true;
}

/* The blocks in @text, with blanks between. Owned by the caller. */
static char *
blocks_in (const Letters *letters, const LetterText *text)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < letters_blocks (letters)->len; i++)
    {
      const LetterBlock *block = letters_blocks (letters)->pdata[i];
      if (letter_has_block (text, block->name))
        g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", block->name);
    }
  return g_string_free (names, FALSE);
}

bool
letter_write (Store *store, const Letters *letters, const StoreCase *the_case, const LetterOrder *order,
              LetterWritten *written, GError **error)
{
  g_auto (LetterWriting) writing = { .store = store, .letters = letters, .it = the_case, .order = order };
  writing.letter = letters_find (letters, order->name, error);
  if (writing.letter == NULL || !letter_gather (&writing, error))
    return false;
  const LetterText *text = letter_text (writing.letter->texts, writing.language);
  if (text == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "letter_language", "ss", order->name, writing.language);
  g_autofree char *blocks = blocks_in (letters, text);
  bool checked = order->act == CASE_FINAL || order->act == CASE_HOLD;
  return (!checked || has_needed (&writing, order->name, blocks, error)) && fits (&writing, error)
         && write_it (&writing, text, written, error);
}

bool
letter_may_close (Store *store, const Letters *letters, const StoreCase *the_case, const Settings *settings,
                  GError **error)
{
  const LetterOrder order = { .settings = settings };
  g_auto (LetterWriting) writing = { .store = store, .letters = letters, .it = the_case, .order = &order };
  g_autoptr (GPtrArray) chain = store_case_chain (store, the_case->id, 0, error);
  if (chain == NULL || !letter_gather_law (&writing, error))
    return false;
  for (guint i = chain->len; i > 0; i--)
    {
      const StoreChainEntry *entry = chain->pdata[i - 1];
      if (strcmp (entry->act, case_act_name (CASE_FINAL)) == 0)
        return *entry->letter == '\0' || has_needed (&writing, entry->letter, entry->blocks, error);
    }
  return true;
}
