/* docket diff - the words in which two documents differ. */
#include "base/align.h"
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/describe.h"
#include "store/document.h"
#include <stdio.h>
#include <string.h>

/* One text with its words, and which of them the other has too. */
typedef struct
{
  char *text, *handle;
  GArray *words;
} Side;

static void
side_clear (Side *side)
{
  g_free (side->text);
  g_free (side->handle);
  g_clear_pointer (&side->words, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

static bool
load (const Command *command, Store *store, const char *number, Side *side, GError **error)
{
  g_autoptr (StoreDocument) document = say_find_document (command->language, store, number, error);
  side->text = document != NULL ? describe_text (store, document->id, error) : NULL;
  if (side->text == NULL)
    return false;
  side->handle
      = document->number != NULL ? g_strdup (document->number) : g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  side->words = dk_words (side->text, DK_ALIGN_WORDS);
  if (side->words->len > 0)
    return true;
  g_autofree char *sentence = say_text (command->language, "diff.unread", "s", side->handle);
  return dk_throw (error, DK_ERROR_NOT_FOUND, "%s", sentence);
}

/* The words @from to @to of @side as they are printed. Owned by the caller. */
static char *
run_of (const Side *side, guint from, guint to)
{
  const char *start = g_utf8_offset_to_pointer (side->text, g_array_index (side->words, DkWord, from).from);
  const char *end = g_utf8_offset_to_pointer (side->text, g_array_index (side->words, DkWord, to - 1).to);
  g_autofree char *text = g_strndup (start, (gsize)(end - start));
  g_strdelimit (text, "\n\r\t\f", ' ');
  return command_plain (text);
}

static guint
end_of_run (const GArray *shared, guint from)
{
  while (from < shared->len && !g_array_index (shared, gboolean, from))
    from++;
  return from;
}

static void
print_run (const Command *command, char sign, const Side *side, guint from, guint to)
{
  g_autofree char *words = from < to ? run_of (side, from, to) : NULL;
  if (words == NULL)
    return;
  if (command->json)
    command_print_json (json_pack ("{s:s, s:s}", "only", sign == '-' ? "first" : "second", "words", words));
  else
    printf ("%c %s\n", sign, words);
}

static guint
missing (const GArray *shared)
{
  guint n = 0;
  for (guint i = 0; i < shared->len; i++)
    n += !g_array_index (shared, gboolean, i);
  return n;
}

/* What stands in one place in one text and what stands there in the other, after each other. */
static bool
print_differences (const Command *command, const Side *left, const Side *right)
{
  g_auto (DkAlignment) alignment = { 0 };
  dk_align (left->words, right->words, FALSE, &alignment);
  guint removed = missing (alignment.left), added = missing (alignment.right);
  if (!command->json && removed + added == 0)
    say (command->language, "diff.same", "ss", left->handle, right->handle);
  else if (!command->json)
    say (command->language, "diff.head", "ssll", left->handle, right->handle, (int64_t)removed, (int64_t)added);
  for (guint i = 0, j = 0; i < alignment.left->len || j < alignment.right->len;)
    {
      guint a = end_of_run (alignment.left, i), b = end_of_run (alignment.right, j);
      print_run (command, '-', left, i, a);
      print_run (command, '+', right, j, b);
      i = a + (a < alignment.left->len);
      j = b + (b < alignment.right->len);
    }
  return removed + added > 0;
}

static bool
diff (Command *command, int argc, char **argv, bool *differs, GError **error)
{
  g_auto (Side) left = { 0 }, right = { 0 };
  if (!command_parse (command, NULL, "N M", "Prints the words in which two documents differ.", &argc, &argv, error))
    return false;
  if (argc != 3)
    return dk_refuse (error, DK_ERROR_USAGE, "name_two", "s", "diff");
  g_autoptr (Store) store = command_open (command, error);
  if (store == NULL || !load (command, store, argv[1], &left, error) || !load (command, store, argv[2], &right, error))
    return false;
  *differs = print_differences (command, &left, &right);
  return true;
}

int
docket_diff (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  bool differs = false;
  diff (&command, argc, argv, &differs, &error);
  return error != NULL ? command_end ("diff", error) : differs ? 1 : 0;
}
