#include "index/query.h"
#include "base/clock.h"
#include "index/match.h"
#include "index/terms.h"
#include <string.h>

enum
{
  QUERY_BYTES = 4096,
  QUERY_DEPTH = 20,
};

typedef struct
{
  char *rest; /* of the typed text, yet to be read */
  Match match;
  int depth;
} Parser;

static QueryNode *parse_group (Parser *parser, GError **error);

static void
word_clear (gpointer word)
{
  g_free (((QueryWord *)word)->raw);
}

static void
skip_blanks (Parser *parser)
{
  while (*parser->rest != '\0' && g_unichar_isspace (g_utf8_get_char (parser->rest)))
    parser->rest = g_utf8_next_char (parser->rest);
}

static bool
is_quote (const char *at)
{
  gunichar c = g_utf8_get_char (at);
  return c == '"' || (c >= 0x201C && c <= 0x201F) || c == 0xAB || c == 0xBB;
}

static bool
ends_chunk (const char *at)
{
  return *at == '\0' || *at == '(' || *at == ')' || is_quote (at) || g_unichar_isspace (g_utf8_get_char (at));
}

/* Reads up to the closing quote. Owned by the caller. */
static char *
read_quoted (Parser *parser, GError **error)
{
  char *from = g_utf8_next_char (parser->rest), *at = from;
  while (*at != '\0' && !is_quote (at))
    at = g_utf8_next_char (at);
  if (*at == '\0')
    return index_refuse (error, "phrase", "");
  parser->rest = g_utf8_next_char (at);
  return g_strndup (from, (gsize)(at - from));
}

static char *
read_chunk (Parser *parser)
{
  char *from = parser->rest;
  while (!ends_chunk (parser->rest))
    parser->rest = g_utf8_next_char (parser->rest);
  return g_strndup (from, (gsize)(parser->rest - from));
}

/* Whether the next chunk is the operator @word, which is then read. */
static bool
read_operator (Parser *parser, const char *word)
{
  skip_blanks (parser);
  gsize length = strlen (word);
  if (strncmp (parser->rest, word, length) != 0 || !ends_chunk (parser->rest + length))
    return false;
  parser->rest += length;
  return true;
}

static QueryNode *
only_filter (const char *term)
{
  return query_add (query_node (QUERY_SCALE, NULL), query_node (QUERY_TERM, term));
}

static QueryNode *
filter_kind (Parser *parser, const char *value, GError **error)
{
  static const char *const kinds[] = { "complaint", "suggestion", "thanks", "question", "other", NULL };
  (void)parser;
  g_autofree char *term = index_term_value (INDEX_TERM_KIND, value);
  if (!g_strv_contains (kinds, term + 1))
    return index_refuse (error, "kind", "s", value);
  return only_filter (term);
}

static QueryNode *
filter_subject (Parser *parser, const char *value, GError **error)
{
  (void)parser;
  (void)error;
  g_autofree char *term = index_term_value (INDEX_TERM_SUBJECT, value);
  return only_filter (term);
}

static QueryNode *
filter_language (Parser *parser, const char *value, GError **error)
{
  (void)parser;
  g_autofree char *term = index_term_value (INDEX_TERM_LANGUAGE, value);
  gsize length = strlen (term + 1);
  if (length < 2 || length > 3)
    return index_refuse (error, "language", "s", value);
  return only_filter (term);
}

static QueryNode *
filter_number (Parser *parser, const char *value, GError **error)
{
  (void)parser;
  g_autofree char *term = index_term_number (value);
  if (term[1] == '\0')
    return index_refuse (error, "number", "s", value);
  if (!g_str_has_suffix (value, "*"))
    return only_filter (term);
  return query_add (query_node (QUERY_SCALE, NULL), query_node (QUERY_WILDCARD, term));
}

static QueryNode *
filter_received (Parser *parser, const char *value, GError **error)
{
  (void)parser;
  g_autofree char *first = g_strconcat (value, strlen (value) == 4 ? "-01-01" : strlen (value) == 7 ? "-01" : "", NULL);
  if (!g_regex_match_simple ("^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", value, 0, 0) || dk_day_parse (first) == DK_DAY_NONE)
    return index_refuse (error, "received", "s", value);
  g_autofree char *term = g_strconcat (INDEX_TERM_RECEIVED, value, NULL);
  return only_filter (term);
}

static QueryNode *
match_from (Parser *parser, const char *value, GError **error)
{
  return match_field (&parser->match, INDEX_TERM_FROM, value, error);
}

static QueryNode *
match_name (Parser *parser, const char *value, GError **error)
{
  return match_field (&parser->match, INDEX_TERM_NAME, value, error);
}

static const struct
{
  const char *name;
  QueryNode *(*read) (Parser *parser, const char *value, GError **error);
} prefixes[] = {
  { "kind:", filter_kind }, { "subject:", filter_subject }, { "lang:", filter_language },     { "no:", filter_number },
  { "from:", match_from },  { "name:", match_name },        { "received:", filter_received },
};

static QueryNode *
read_prefixed (Parser *parser, gsize which, GError **error)
{
  parser->rest += strlen (prefixes[which].name);
  bool quoted = *parser->rest != '\0' && is_quote (parser->rest);
  g_autofree char *value = quoted ? read_quoted (parser, error) : read_chunk (parser);
  if (value == NULL)
    return NULL;
  if (*g_strstrip (value) == '\0')
    return index_refuse (error, "bare", "s", prefixes[which].name);
  g_ptr_array_add (parser->match.query->fields, index_term_value (prefixes[which].name, value));
  return prefixes[which].read (parser, value, error);
}

static QueryNode *
read_words (Parser *parser, GError **error)
{
  g_autofree char *chunk = read_chunk (parser);
  if (*chunk == '*' && strlen (chunk) > 1)
    return index_refuse (error, "star", "");
  if (g_str_has_suffix (chunk, "*") && strlen (chunk) > 1)
    return match_wildcard (&parser->match, chunk, error);
  QueryNode *all = query_node (QUERY_AND, NULL);
  char *colon = strchr (chunk, ':');
  bool word_before = colon != NULL && strcspn (chunk, "0123456789./@") > (gsize)(colon - chunk);
  if (word_before)
    {
      g_ptr_array_add (parser->match.query->fields, g_strndup (chunk, (gsize)(colon - chunk) + 1));
      *colon = '\0';
      query_add (all, match_chunk (&parser->match, chunk));
    }
  return query_simplify (query_add (all, match_chunk (&parser->match, word_before ? colon + 1 : chunk)));
}

static QueryNode *
read_parentheses (Parser *parser, GError **error)
{
  if (++parser->depth > QUERY_DEPTH)
    return index_refuse (error, "depth", "d", QUERY_DEPTH);
  parser->rest++;
  g_autoptr (GError) inner = NULL;
  g_autoptr (QueryNode) group = parse_group (parser, &inner);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }
  if (*parser->rest != ')')
    return index_refuse (error, "open", "");
  parser->rest++;
  parser->depth--;
  return g_steal_pointer (&group);
}

/* One word, phrase, filter or group. NULL without an error when it holds nothing to search for. */
static QueryNode *
parse_atom (Parser *parser, GError **error)
{
  if (*parser->rest == '(')
    return read_parentheses (parser, error);
  if (is_quote (parser->rest))
    {
      g_autofree char *phrase = read_quoted (parser, error);
      return phrase == NULL ? NULL : match_phrase (&parser->match, phrase);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_ascii_strncasecmp (parser->rest, prefixes[i].name, strlen (prefixes[i].name)) == 0)
      return read_prefixed (parser, i, error);
  return read_words (parser, error);
}

static QueryNode *
parse_item (Parser *parser, GError **error)
{
  bool word_not = read_operator (parser, "NOT");
  skip_blanks (parser);
  bool minus = *parser->rest == '-' && !ends_chunk (parser->rest + 1);
  minus
      = minus
        || (*parser->rest == '-' && parser->rest[1] != '\0' && (parser->rest[1] == '(' || is_quote (parser->rest + 1)));
  if (minus)
    parser->rest++;
  if (*parser->rest == '\0' || *parser->rest == ')')
    return word_not ? index_refuse (error, "not", "") : NULL;
  bool outer = parser->match.excluded;
  parser->match.excluded = outer != (word_not || minus);
  QueryNode *atom = parse_atom (parser, error);
  parser->match.excluded = outer;
  if (atom == NULL || !(word_not || minus))
    return atom;
  return query_add (query_node (QUERY_NOT, NULL), atom);
}

/* Items that OR links: OR binds more closely than standing side by side, as people know it from the web. */
static QueryNode *
parse_choice (Parser *parser, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (QueryNode) any = query_add (query_node (QUERY_OR, NULL), parse_item (parser, &failed));
  while (failed == NULL && read_operator (parser, "OR"))
    {
      guint before = any->children->len;
      QueryNode *next = before == 0 ? NULL : parse_item (parser, &failed);
      if (next == NULL && failed == NULL)
        index_refuse (&failed, "or", "");
      query_add (any, next);
    }
  if (failed == NULL)
    return query_simplify (g_steal_pointer (&any));
  g_propagate_error (error, g_steal_pointer (&failed));
  return NULL;
}

/* All that stands up to the closing parenthesis or the end. */
static QueryNode *
parse_group (Parser *parser, GError **error)
{
  g_autoptr (QueryNode) all = query_node (QUERY_AND, NULL);
  g_autoptr (GError) failed = NULL;
  for (skip_blanks (parser); *parser->rest != '\0' && *parser->rest != ')'; skip_blanks (parser))
    {
      if (all->children->len > 0 && read_operator (parser, "AND"))
        continue;
      query_add (all, parse_choice (parser, &failed));
      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return NULL;
        }
    }
  return query_simplify (g_steal_pointer (&all));
}

static bool
parse_all (Parser *parser, GError **error)
{
  g_autoptr (GError) failed = NULL;
  parser->match.query->root = parse_group (parser, &failed);
  if (failed == NULL && *parser->rest == ')')
    index_refuse (&failed, "close", "");
  if (failed == NULL && parser->match.query->root == NULL)
    index_refuse (&failed, "nothing", "");
  if (failed == NULL)
    return true;
  g_propagate_error (error, g_steal_pointer (&failed));
  return false;
}

Query *
query_parse (const char *text, GError **error)
{
  if (strlen (text) > QUERY_BYTES)
    return index_refuse (error, "long", "d", QUERY_BYTES);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (IndexLexicon) lexicon = index_lexicon_new ();
  g_autoptr (Query) query = g_new0 (Query, 1);
  query->marks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  query->prefixes = g_ptr_array_new_with_free_func (g_free);
  query->fields = g_ptr_array_new_with_free_func (g_free);
  query->words = g_array_new (FALSE, FALSE, sizeof (QueryWord));
  g_array_set_clear_func (query->words, word_clear);
  Parser parser = { .rest = valid, .match = { .lexicon = lexicon, .query = query } };
  return parse_all (&parser, error) ? g_steal_pointer (&query) : NULL;
}

GStrv
index_query_fields (const char *text, GError **error)
{
  g_autoptr (Query) query = query_parse (text, error);
  if (query == NULL)
    return NULL;
  g_ptr_array_add (query->fields, NULL);
  return g_strdupv ((char **)query->fields->pdata);
}
