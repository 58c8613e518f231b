/* docket search - ranked hits by page with highlighted snippets. */
#include "base/file.h"
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "cmd/values.h"
#include "index/index.h"
#include "store/receipt.h"
#include <stdio.h>
#include <string.h>

/* The snippet with its marks as @begin and @end; other control characters were left out by the index. */
static char *
marked (const char *snippet, const char *begin, const char *end)
{
  GString *text = g_string_new (NULL);
  for (const char *at = snippet; *at != '\0'; at++)
    if (*at == '\x02')
      g_string_append (text, begin);
    else if (*at == '\x03')
      g_string_append (text, end);
    else
      g_string_append_c (text, *at == '\n' || *at == '\t' ? ' ' : *at);
  return g_string_free (text, FALSE);
}

static json_t *
hit_json (const IndexHit *hit, const StoreDocument *document, const StoreReceipt *receipt)
{
  g_autofree char *snippet = marked (hit->snippet, "**", "**");
  return json_pack ("{s:I, s:s, s:I, s:f, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s}", "document",
                    (json_int_t)hit->document, "number", hit->number, "page", (json_int_t)hit->page_no, "score",
                    hit->score, "snippet", snippet, "kind", document->kind, "subject", document->subject, "language",
                    document->language, "folder", document->folder, "name", document->name, "received",
                    receipt->received);
}

static void
print_hit (const char *language, const IndexHit *hit, const StoreDocument *document, const StoreReceipt *receipt)
{
  bool colour = isatty (STDOUT_FILENO);
  g_autofree char *snippet = marked (hit->snippet, colour ? "\033[1m" : "[", colour ? "\033[0m" : "]");
  g_autofree char *name = command_plain (document->name != NULL ? document->name : "");
  say (language, "search.hit", "slss", hit->number, (int64_t)hit->page_no, name, receipt->received);
  printf ("    %s\n", snippet);
}

/* To the parser of options -word is one; in a query it is a word that the page must not hold, which NOT says as well.
 */
static void
spell_out_minus (int argc, char **argv)
{
  static const char *const with_value[] = { "--limit", "--offset", "--store", "--lang", NULL };
  for (int i = 1; i < argc && strcmp (argv[i], "--") != 0; i++)
    if (g_strv_contains (with_value, argv[i]))
      i++;
    else if (argv[i][0] == '-' && argv[i][1] != '\0' && argv[i][1] != '-' && strcmp (argv[i], "-h") != 0
             && strcmp (argv[i], "-?") != 0)
      argv[i] = g_strconcat ("NOT ", argv[i] + 1, NULL); /* lives as long as argv */
}

/* Without an index a search would find nothing, which must not pass for an answer. */
static Index *
open_index (const char *language, Store *store, GError **error)
{
  g_autofree char *path = store_join (store, "index");
  g_autoptr (GError) failed = NULL;
  g_autoptr (Index) index = index_open_reader (path, &failed);
  if (index == NULL && g_error_matches (failed, INDEX_ERROR, INDEX_ERROR_MISSING))
    {
      g_autofree char *sentence = say_text (language, "search.no_index", "");
      dk_throw (error, DK_ERROR_NOT_FOUND, "%s", sentence);
    }
  else if (index == NULL)
    g_propagate_error (error, g_steal_pointer (&failed));
  return g_steal_pointer (&index);
}

/* Of a subject or language that there is not, "0 pages" would say that nobody wrote about it. */
static bool
check_fields (Store *store, char **fields, GError **error)
{
  static const char *const checked[][2] = { { "subject:", "subject" }, { "lang:", "language" } };
  for (char **field = fields; *field != NULL; field++)
    for (gsize i = 0; i < G_N_ELEMENTS (checked); i++)
      if (g_str_has_prefix (*field, checked[i][0])
          && !values_check (store, checked[i][1], *field + strlen (checked[i][0]), *field, error))
        return false;
  return true;
}

/* Which words are on no page, and what may have been meant. */
static void
print_spellings (const char *language, const GPtrArray *spellings)
{
  for (guint i = 0; i < spellings->len; i++)
    {
      const IndexSpelling *one = spellings->pdata[i];
      g_autofree char *word = command_plain (one->word);
      if (one->instead != NULL)
        say (language, "search.meant", "ss", word, one->instead);
      else
        say (language, "search.nothing", "s", word);
    }
}

static bool
search (Command *command, int argc, char **argv, GError **error)
{
  int limit = 10, offset = 0;
  const GOptionEntry entries[] = {
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "Hits shown; default 10", "N" },
    { "offset", 0, 0, G_OPTION_ARG_INT, &offset, "Hits left out before them", "N" },
    G_OPTION_ENTRY_NULL,
  };
  spell_out_minus (argc, argv);
  if (!command_parse (
          command, entries, "QUERY…",
          "Finds pages: words, \"phrases\", -not, word*, kind: subject: lang: from: no:; see docket-query(7).", &argc,
          &argv, error))
    return false;
  if (limit < 1 || limit > 1000 || offset < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "search_limit", "d", 1000);
  g_autofree char *query = g_strjoinv (" ", argv + 1);
  g_autoptr (Store) store = argc > 1 ? command_open (command, error) : NULL;
  if (argc < 2)
    return dk_refuse (error, DK_ERROR_USAGE, "query_words", "");
  g_auto (GStrv) fields = store != NULL ? index_query_fields (query, error) : NULL;
  if (fields == NULL || !check_fields (store, fields, error))
    return false;
  g_autoptr (GArray) first = store_documents (store, STORE_DOCUMENTS_ALL, 0, 1, error);
  if (first != NULL && first->len == 0)
    {
      if (!command->json)
        say (command->language, "search.empty", "");
      return true;
    }
  g_autoptr (Index) index = first != NULL ? open_index (command->language, store, error) : NULL;
  g_autoptr (IndexResult) result
      = index != NULL ? index_search (index, query, (unsigned)offset, (unsigned)limit, error) : NULL;
  if (result == NULL)
    return false;
  for (guint i = 0; i < result->hits->len; i++)
    {
      const IndexHit *hit = result->hits->pdata[i];
      g_autoptr (StoreDocument) document = store_document_load (store, hit->document, NULL);
      g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (store, document->id, NULL) : NULL;
      if (receipt == NULL)
        continue; /* the index is ahead of the catalogue only after a rebuild: docket reindex */
      if (command->json)
        command_print_json (hit_json (hit, document, receipt));
      else
        print_hit (command->language, hit, document, receipt);
    }
  if (command->json)
    return true;
  say (command->language, "search.pages", "l", (int64_t)result->total);
  print_spellings (command->language, result->spellings);
  for (char **field = fields; *field != NULL && result->total == 0; field++)
    if (g_str_has_suffix (*field, ":"))
      say (command->language, "search.no_field", "s", *field);
  return true;
}

int
docket_search (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  search (&command, argc, argv, &error);
  if (error != NULL && error->domain == INDEX_ERROR && error->code == INDEX_ERROR_QUERY)
    {
      command_end ("search", error);
      return 64;
    }
  return command_end ("search", error);
}
