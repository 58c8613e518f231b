/* cases/letter_load.c - reads templates/: a file is a letter or a block.
 *
 *   letter: final-rejected       as the file is called
 *   title: {en: "…"}             by language, for people
 *   act: final                   what it is in a case: tell ask hold final remind
 *   reason: info_requested       of ask: info_requested offer_made
 *   outcomes: [rejected]         optional: the cases that it is for
 *   effective_from: 2026-01-01   optional, and effective_to: the days on which it may be sent
 *   texts:
 *     en: {subject: "…", body: "…"}
 *
 *   block: out-of-court          as the file is called, and as it stands between { and } in letters
 *   title: {en: "…"}
 *   outcomes: [rejected, partly] optional: a final answer with one of these needs it
 *   after: final                 optional: a holding letter that names a day after the end of this clock needs it,
 * under a law that has a wording wordings:
 *     - packs: [GB-DISP]         optional: for cases with a clock of these packs
 *       countries: [GB]          optional: for a firm there, where no wording is for its packs
 *       outcomes: [upheld]       optional: a final answer with one of these needs it, too, under this law
 *       effective_from: …        optional, and effective_to
 *       source: "the law"
 *       texts: {en: "…"}
 *
 *   gone: dead-references        as the file is called
 *   references:
 *     - words: [ec.europa.eu/consumers/odr]   what no letter should say
 *       since: 2025-07-20                     from that day on
 *       source: "the law" */
#include "base/messages.h"
#include "cases/letter.h"
#include <string.h>

struct Letters
{
  Config *config; /* lends names, places and titles */
  GArray *words;  /* of TemplateWord: those of a letter, then the blocks, then one without a name */
  GPtrArray *letters, *blocks, *gone;
};

const TemplateWord letter_words[LETTER_WORDS + 1] = {
  [LETTER_NUMBER] = { "number" },     [LETTER_CUSTOMER] = { "customer" }, [LETTER_SUBJECT] = { "subject" },
  [LETTER_RECEIVED] = { "received" }, [LETTER_ENTERED] = { "entered" },   [LETTER_TODAY] = { "today" },
  [LETTER_DEADLINE] = { "deadline" }, [LETTER_PROMISE] = { "promise" },   [LETTER_TOLD] = { "told" },
  [LETTER_OWNER] = { "owner" },       [LETTER_FIRM] = { "firm" },         [LETTER_OUTSIDE_BODY] = { "outside_body" },
  [LETTER_TEXT] = { "text" },
};

static void
text_clear (LetterText *text)
{
  g_clear_pointer (&text->subject, template_free);
  g_clear_pointer (&text->body, template_free);
}

static GArray *
texts_new (void)
{
  GArray *texts = g_array_new (FALSE, FALSE, sizeof (LetterText));
  g_array_set_clear_func (texts, (GDestroyNotify)text_clear);
  return texts;
}

static void
letter_free (LetterForm *letter)
{
  g_strfreev (letter->outcomes);
  g_array_unref (letter->texts);
  g_free (letter);
}

static void
wording_free (LetterWording *wording)
{
  g_strfreev (wording->packs);
  g_strfreev (wording->countries);
  g_strfreev (wording->outcomes);
  g_array_unref (wording->texts);
  g_free (wording);
}

static void
block_free (LetterBlock *block)
{
  g_strfreev (block->outcomes);
  g_ptr_array_unref (block->wordings);
  g_free (block);
}

static void
gone_free (LetterGone *gone)
{
  g_strfreev (gone->words);
  g_free (gone);
}

void
letters_free (Letters *letters)
{
  if (letters == NULL)
    return;
  g_ptr_array_unref (letters->letters);
  g_ptr_array_unref (letters->blocks);
  g_ptr_array_unref (letters->gone);
  g_array_unref (letters->words);
  config_unref (letters->config);
  g_free (letters);
}

/* --- reading --- */

static bool
is_name (const char *text)
{
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

/* The name at @key, which is also that of the file @path. */
static bool
need_name (const YamlNode *root, const char *key, const char *path, const char **name, GError **error)
{
  g_autofree char *base = g_path_get_basename (path);
  if (!yaml_need_text (root, key, name, error))
    return false;
  if (!is_name (*name))
    return yaml_throw (yaml_get (root, key), error, "a name is made of small letters, digits and hyphens");
  return (strlen (base) == strlen (*name) + 5 && g_str_has_prefix (base, *name))
         || yaml_throw (yaml_get (root, key), error, "%s is %s, but the file is called %s", key, *name, base);
}

static bool
want_words (const YamlNode *node, const char *key, const char *const *allowed, char ***list, GError **error)
{
  if (!yaml_want_list (node, key, list, error))
    return false;
  if (*list == NULL)
    *list = g_new0 (char *, 1);
  for (char **word = *list; allowed != NULL && *word != NULL; word++)
    if (!g_strv_contains (allowed, *word))
      {
        g_autofree char *all = g_strjoinv (" ", (char **)(uintptr_t)allowed), *shown = yaml_shown (*word);
        return yaml_throw (yaml_get (node, key), error, "%s holds \"%s\"; allowed are %s", key, shown, all);
      }
  return true;
}

static bool
want_days (const YamlNode *node, DkDay *from, DkDay *to, GError **error)
{
  *from = dk_day (1, 1, 1);
  *to = dk_day (9999, 12, 31);
  return yaml_want_day (node, "effective_from", from, error) && yaml_want_day (node, "effective_to", to, error)
         && (*from <= *to
             || yaml_throw (yaml_get (node, "effective_to"), error, "effective_to lies before effective_from"));
}

static bool
read_template (const YamlNode *node, const TemplateWord *allowed, Template **template, GError **error)
{
  g_autofree char *wrong = NULL;
  if (!yaml_is_scalar (node) || yaml_is_empty (node))
    return yaml_throw (node, error, "a text is needed here");
  *template = template_parse_letter (yaml_text (node), allowed, &wrong);
  return *template != NULL || yaml_throw (node, error, "%s", wrong);
}

/* What a letter says (a subject and a body), or a block (a text alone, @block), in one language. */
static bool
read_text (const YamlNode *node, const TemplateWord *allowed, bool block, LetterText *text, GError **error)
{
  static const char *const keys[] = { "subject", "body", NULL };
  const char *subject;
  text->place = node;
  if (block)
    return read_template (node, allowed, &text->body, error);
  if (!yaml_check_keys (node, keys, error) || !yaml_need_text (node, "subject", &subject, error)
      || !yaml_need_text (node, "body", &subject, error))
    return false;
  return read_template (yaml_get (node, "subject"), allowed, &text->subject, error)
         && read_template (yaml_get (node, "body"), allowed, &text->body, error);
}

static bool
read_texts (const YamlNode *root, const TemplateWord *allowed, bool block, GArray *texts, GError **error)
{
  const YamlNode *node = yaml_get (root, "texts");
  if (node == NULL || !yaml_check_keys (node, dk_languages, error))
    return node == NULL ? yaml_throw (root, error, "texts is missing: what it says, by language") : false;
  if (yaml_size (node) == 0)
    return yaml_throw (node, error, "texts says nothing in any language");
  for (gsize i = 0; i < yaml_size (node); i++)
    {
      const char *key;
      const YamlNode *one = yaml_at (node, i, &key);
      LetterText text = { 0 };
      for (const char *const *language = dk_languages; *language != NULL; language++)
        if (strcmp (*language, key) == 0)
          text.language = *language;
      bool read = read_text (one, allowed, block, &text, error);
      g_array_append_val (texts, text);
      if (!read)
        return false;
    }
  return true;
}

/* What is done by sending it: an act, with a reason where it needs one. */
static bool
read_act (const YamlNode *root, LetterForm *letter, GError **error)
{
  static const char *const acts[] = { "tell", "ask", "hold", "final", "remind", NULL };
  const char *act = NULL;
  letter->reason = "";
  if (!yaml_need_text (root, "act", &act, error) || !yaml_want_word (root, "act", acts, &act, error)
      || !yaml_want_word (root, "reason", case_ask_reasons, &letter->reason, error))
    return false;
  letter->act = case_act_parse (act);
  return (letter->act == CASE_ASK) == (*letter->reason != '\0')
         || yaml_throw (yaml_get (root, "act"), error,
                        "ask, and nothing else, has a reason: info_requested offer_made");
}

static bool
read_letter (Letters *letters, const char *path, GError **error)
{
  static const char *const keys[]
      = { "letter", "title", "act", "reason", "outcomes", "effective_from", "effective_to", "texts", NULL };
  const YamlNode *root = yaml_root (config_file (letters->config, path));
  LetterForm *letter = g_new0 (LetterForm, 1);
  letter->texts = texts_new ();
  letter->place = root;
  g_ptr_array_add (letters->letters, letter);
  return yaml_check_keys (root, keys, error) && need_name (root, "letter", path, &letter->name, error)
         && read_act (root, letter, error) && want_words (root, "outcomes", case_outcomes, &letter->outcomes, error)
         && want_days (root, &letter->from, &letter->to, error)
         && read_texts (root, (const TemplateWord *)(gpointer)letters->words->data, false, letter->texts, error);
}

static bool
read_wording (const YamlNode *node, LetterBlock *block, GError **error)
{
  static const char *const keys[]
      = { "packs", "countries", "outcomes", "effective_from", "effective_to", "source", "texts", NULL };
  const char *source;
  LetterWording *wording = g_new0 (LetterWording, 1);
  wording->texts = texts_new ();
  wording->place = node;
  g_ptr_array_add (block->wordings, wording);
  return yaml_check_keys (node, keys, error) && want_words (node, "packs", NULL, &wording->packs, error)
         && want_words (node, "countries", NULL, &wording->countries, error)
         && want_words (node, "outcomes", case_outcomes, &wording->outcomes, error)
         && want_days (node, &wording->from, &wording->to, error) && yaml_need_text (node, "source", &source, error)
         && read_texts (node, letter_words, true, wording->texts, error);
}

static bool
read_block (Letters *letters, const char *path, GError **error)
{
  static const char *const keys[] = { "block", "title", "outcomes", "after", "wordings", NULL };
  const YamlNode *root = yaml_root (config_file (letters->config, path)), *wordings = yaml_get (root, "wordings");
  LetterBlock *block = g_new0 (LetterBlock, 1);
  block->wordings = g_ptr_array_new_with_free_func ((GDestroyNotify)wording_free);
  block->place = root;
  g_ptr_array_add (letters->blocks, block);
  if (!yaml_check_keys (root, keys, error) || !need_name (root, "block", path, &block->name, error)
      || !want_words (root, "outcomes", case_outcomes, &block->outcomes, error)
      || !yaml_want_text (root, "after", &block->after, error))
    return false;
  if (block->after != NULL && *block->outcomes != NULL)
    return yaml_throw (yaml_get (root, "after"), error, "a block has outcomes or after, not both");
  for (const TemplateWord *word = letter_words; word->name != NULL; word++)
    if (strcmp (word->name, block->name) == 0)
      return yaml_throw (yaml_get (root, "block"), error, "{%s} is a placeholder of every letter; choose another name",
                         block->name);
  if (wordings == NULL || !yaml_is_sequence (wordings) || yaml_size (wordings) == 0)
    return yaml_throw (wordings != NULL ? wordings : root, error, "wordings is a list of what the block says");
  for (gsize i = 0; i < yaml_size (wordings); i++)
    if (!read_wording (yaml_at (wordings, i, NULL), block, error))
      return false;
  const TemplateWord word = { .name = block->name };
  g_array_append_val (letters->words, word);
  return true;
}

static bool
read_reference (Letters *letters, const YamlNode *node, GError **error)
{
  static const char *const keys[] = { "words", "since", "source", NULL };
  const char *source;
  LetterGone *gone = g_new0 (LetterGone, 1);
  gone->since = dk_day (1, 1, 1);
  g_ptr_array_add (letters->gone, gone);
  return yaml_check_keys (node, keys, error) && want_words (node, "words", NULL, &gone->words, error)
         && yaml_want_day (node, "since", &gone->since, error) && yaml_need_text (node, "source", &source, error);
}

static bool
read_gone (Letters *letters, const char *path, GError **error)
{
  static const char *const keys[] = { "gone", "references", NULL };
  const char *name;
  const YamlNode *root = yaml_root (config_file (letters->config, path)), *list = yaml_get (root, "references");
  if (!yaml_check_keys (root, keys, error) || !need_name (root, "gone", path, &name, error))
    return false;
  if (list == NULL || !yaml_is_sequence (list))
    return yaml_throw (list != NULL ? list : root, error, "references is a list of what leads nowhere any more");
  for (gsize i = 0; i < yaml_size (list); i++)
    if (!read_reference (letters, yaml_at (list, i, NULL), error))
      return false;
  return true;
}

/* All files of templates/ that have @key, by @read. */
static bool
read_files (Letters *letters, const char *key, bool (*read) (Letters *, const char *, GError **), GError **error)
{
  g_auto (GStrv) paths = config_paths (letters->config, "templates");
  for (char **path = paths; *path != NULL; path++)
    {
      const YamlNode *root = yaml_root (config_file (letters->config, *path));
      unsigned kinds = (yaml_get (root, "letter") != NULL) + (yaml_get (root, "block") != NULL)
                       + (yaml_get (root, "gone") != NULL);
      if (kinds != 1)
        return yaml_throw (root, error,
                           "a file of templates is a letter or a block, or says what is gone: it has one of the keys "
                           "letter, block, gone");
      if (yaml_get (root, key) != NULL && !read (letters, *path, error))
        return false;
    }
  return true;
}

Letters *
letters_load (const Config *config, GError **error)
{
  g_autoptr (Letters) letters = g_new0 (Letters, 1);
  letters->config = config_ref ((Config *)(uintptr_t)config);
  letters->letters = g_ptr_array_new_with_free_func ((GDestroyNotify)letter_free);
  letters->blocks = g_ptr_array_new_with_free_func ((GDestroyNotify)block_free);
  letters->gone = g_ptr_array_new_with_free_func ((GDestroyNotify)gone_free);
  letters->words = g_array_new (TRUE, TRUE, sizeof (TemplateWord));
  g_array_append_vals (letters->words, letter_words, LETTER_WORDS);
  return read_files (letters, "gone", read_gone, error) && read_files (letters, "block", read_block, error)
                 && read_files (letters, "letter", read_letter, error)
             ? g_steal_pointer (&letters)
             : NULL;
}

/* --- what was read --- */

const GPtrArray *
letters_all (const Letters *letters)
{
  return letters->letters;
}

const GPtrArray *
letters_blocks (const Letters *letters)
{
  return letters->blocks;
}

const GPtrArray *
letters_gone (const Letters *letters)
{
  return letters->gone;
}

const LetterForm *
letters_find (const Letters *letters, const char *name, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const LetterForm *letter = letters->letters->pdata[i];
      if (strcmp (letter->name, name) == 0)
        return letter;
      g_string_append_printf (names, " %s", letter->name);
    }
  g_autofree char *shown = yaml_shown (name);
  dk_refuse (error, DK_ERROR_USAGE, "no_template", "ss", shown, names->len > 0 ? g_strchug (names->str) : "none");
  return NULL;
}

const LetterBlock *
letters_block (const Letters *letters, const char *name)
{
  for (guint i = 0; i < letters->blocks->len; i++)
    if (strcmp (((const LetterBlock *)letters->blocks->pdata[i])->name, name) == 0)
      return letters->blocks->pdata[i];
  return NULL;
}

const char *
letter_title (const YamlNode *place, const char *language)
{
  const YamlNode *titles = yaml_get (place, "title"), *title = yaml_get (titles, language);
  if (title == NULL)
    title = yaml_get (titles, "en");
  return title != NULL && yaml_is_scalar (title) ? yaml_text (title) : "";
}

const LetterText *
letter_text (const GArray *texts, const char *language)
{
  for (guint i = 0; i < texts->len; i++)
    if (strcmp (g_array_index (texts, LetterText, i).language, language) == 0)
      return &g_array_index (texts, LetterText, i);
  return NULL;
}

bool
letter_has_block (const LetterText *text, const char *name)
{
  for (unsigned i = 0; i < template_n_places (text->body); i++)
    if (strcmp (template_place (text->body, i)->word->name, name) == 0)
      return true;
  return false;
}
