/* A Turtle file as triples, by serd. */
#include "base/file.h"
#include "cmd/skos.h"
#include <serd/serd.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

typedef struct
{
  const char *name; /* of the file */
  const char *text; /* in it */
  SerdEnv *env;
  GPtrArray *triples;
  GError *failed; /* the first fault */
} Reader;

static void
triple_free (SkosTriple *triple)
{
  g_free (triple->subject);
  g_free (triple->predicate);
  g_free (triple->object);
  g_free (triple->language);
  g_free (triple);
}

/* Fails at @at in the text. */
static void
throw_at (Reader *reader, const char *at, const char *what)
{
  unsigned line = 1;
  const char *begin = reader->text;
  for (const char *p = reader->text; p < at; p++)
    if (*p == '\n')
      {
        line++;
        begin = p + 1;
      }
  if (reader->failed == NULL)
    dk_throw (&reader->failed, DK_ERROR_CONFIG, "%s:%u:%ld: %s", reader->name, line,
              g_utf8_strlen (begin, at - begin) + 1, what);
}

static SerdStatus
note_base (void *handle, const SerdNode *uri)
{
  return serd_env_set_base_uri (((Reader *)handle)->env, uri);
}

static SerdStatus
note_prefix (void *handle, const SerdNode *name, const SerdNode *uri)
{
  return serd_env_set_prefix (((Reader *)handle)->env, name, uri);
}

/* serd does not tell where. */
static void
throw_prefix (Reader *reader, const SerdNode *node)
{
  g_autofree char *curie = g_strndup ((const char *)node->buf, node->n_bytes);
  g_autofree char *prefix = g_strndup (curie, strcspn (curie, ":"));
  g_autofree char *what = g_strdup_printf ("the prefix “%s:” is not declared", prefix);
  const char *at = strstr (reader->text, curie);
  throw_at (reader, at != NULL ? at : reader->text, what);
}

/* An address in full; the name of a node without one behind "_:". NULL where its prefix is not known. Owned by the
 * caller. */
static char *
text_of (Reader *reader, const SerdNode *node)
{
  if (node->type == SERD_BLANK)
    return g_strconcat ("_:", (const char *)node->buf, NULL);
  if (node->type == SERD_LITERAL)
    return g_strndup ((const char *)node->buf, node->n_bytes);
  SerdNode whole = serd_env_expand_node (reader->env, node);
  char *text = whole.buf != NULL ? g_strndup ((const char *)whole.buf, whole.n_bytes) : NULL;
  serd_node_free (&whole);
  if (text == NULL)
    throw_prefix (reader, node);
  return text;
}

static SerdStatus
note_triple (void *handle, SerdStatementFlags flags, const SerdNode *graph, const SerdNode *subject,
             const SerdNode *predicate, const SerdNode *object, const SerdNode *datatype, const SerdNode *language)
{
  Reader *reader = handle;
  (void)flags;
  (void)graph;
  (void)datatype;
  SkosTriple *triple = g_new0 (SkosTriple, 1);
  g_ptr_array_add (reader->triples, triple);
  triple->subject = text_of (reader, subject);
  triple->predicate = text_of (reader, predicate);
  triple->object = text_of (reader, object);
  triple->literal = object->type == SERD_LITERAL;
  triple->language = language != NULL && language->buf != NULL ? g_strdup ((const char *)language->buf) : NULL;
  bool whole = triple->subject != NULL && triple->predicate != NULL && triple->object != NULL;
  return whole ? SERD_SUCCESS : SERD_ERR_BAD_CURIE; /* a prefix that is not declared */
}

static SerdStatus
note_fault (void *handle, const SerdError *fault)
{
  Reader *reader = handle;
  g_autofree char *what = g_strdup_vprintf (fault->fmt, *fault->args);
  g_autofree char *plain = dk_escape_name (g_strchomp (what));
  if (reader->failed == NULL)
    dk_throw (&reader->failed, DK_ERROR_CONFIG, "%s:%u:%u: this is no Turtle: %s", reader->name, MAX (1, fault->line),
              MAX (1, fault->col), plain);
  return SERD_SUCCESS;
}

/* The text of the file, NULL where it is none. */
static char *
text_of_file (Reader *reader, GBytes *turtle)
{
  gsize size;
  const char *bytes = g_bytes_get_data (turtle, &size), *end = NULL;
  gsize skip = size >= 3 && memcmp (bytes, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;
  if (size == skip)
    return g_strdup ("");
  char *text = g_strndup (bytes + skip, size - skip);
  reader->text = text;
  if (g_utf8_validate (text, -1, &end) && strlen (text) == size - skip)
    return text;
  throw_at (reader, end, "this is no Turtle: a byte that is no UTF-8");
  g_free (text);
  return NULL;
}

GPtrArray *
skos_graph (const char *name, GBytes *turtle, GError **error)
{
  g_autoptr (GPtrArray) triples = g_ptr_array_new_with_free_func ((GDestroyNotify)triple_free);
  Reader reader = { .name = name, .triples = triples };
  g_autofree char *text = text_of_file (&reader, turtle);
  if (text != NULL && *text != '\0')
    {
      SerdNode base = serd_node_from_string (SERD_URI, (const uint8_t *)"file:///");
      reader.env = serd_env_new (&base);
      SerdReader *serd = serd_reader_new (SERD_TURTLE, &reader, NULL, note_base, note_prefix, note_triple, NULL);
      serd_reader_set_error_sink (serd, note_fault, &reader);
      SerdStatus status = serd_reader_read_string (serd, (const uint8_t *)text);
      if (status != SERD_SUCCESS)
        throw_at (&reader, text, (const char *)serd_strerror (status)); /* unless the place is known already */
      serd_reader_free (serd);
      serd_env_free (reader.env);
    }
  if (reader.failed == NULL)
    return g_steal_pointer (&triples);
  g_propagate_error (error, reader.failed);
  return NULL;
}
