#include "base/yaml.h"
#include "base/file.h"
#include "base/messages.h"
#include "base/yaml_node.h"
#include <libfyaml.h>
#include <string.h>

typedef struct fy_diag FyDiag;
typedef struct fy_parser FyParser;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FyDiag, fy_diag_destroy) /* unref would leak the collected errors */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FyParser, fy_parser_destroy)

typedef struct
{
  Yaml *yaml;
  struct fy_parser *parser;
  struct fy_diag *diag;
  struct fy_event *event; /* the one that is looked at; freed by the next */
  int line, column;       /* of the last thing that had a place, from 1 */
} Reader;

static void
node_free (YamlNode *node)
{
  g_free (node->text);
  yaml_node_clear (node);
  g_free (node);
}

static Yaml *
yaml_new (const char *name)
{
  Yaml *yaml = g_new0 (Yaml, 1);
  yaml->name = g_strdup (name);
  yaml->nodes = g_ptr_array_new_with_free_func ((GDestroyNotify)node_free);
  return yaml;
}

void
yaml_node_clear (YamlNode *node)
{
  g_clear_pointer (&node->keys, g_ptr_array_unref);
  g_clear_pointer (&node->items, g_ptr_array_unref);
  g_clear_pointer (&node->by_key, g_hash_table_unref);
}

void
yaml_free (Yaml *yaml)
{
  if (yaml == NULL)
    return;
  g_clear_pointer (&yaml->nodes, g_ptr_array_unref);
  for (guint i = 0; i < yaml->n_unpacked; i++)
    yaml_node_clear (&yaml->unpacked[i]);
  g_free (yaml->unpacked);
  g_clear_pointer (&yaml->packed, g_bytes_unref);
  g_free (yaml->name);
  g_free (yaml);
}

const YamlNode *
yaml_root (const Yaml *yaml)
{
  return yaml->root;
}

static bool throw_at (const char *name, int line, int column, GError **error, const char *format, ...)
    G_GNUC_PRINTF (5, 6);
static bool
throw_at (const char *name, int line, int column, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  return dk_throw (error, DK_ERROR_CONFIG, "%s:%d:%d: %s", name, line, column, what);
}

bool
yaml_throw (const YamlNode *node, GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *what = g_strdup_vprintf (format, args);
  va_end (args);
  return throw_at (node->yaml->name, node->line, node->column, error, "%s", what);
}

bool
yaml_refuse (const YamlNode *node, GError **error, const char *key, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autofree char *full = g_strconcat ("refuse.yaml.", key, NULL);
  g_autofree char *what = dk_message_v (dk_spoken (), full, types, args);
  va_end (args);
  return throw_at (node->yaml->name, node->line, node->column, error, "%s", what);
}

char *
yaml_place (const YamlNode *node)
{
  return g_strdup_printf ("%s:%d:%d", node->yaml->name, node->line, node->column);
}

int
yaml_compare (const YamlNode *a, const YamlNode *b)
{
  int names = strcmp (a->yaml->name, b->yaml->name);
  if (names != 0)
    return names;
  return a->line != b->line ? a->line - b->line : a->column - b->column;
}

/* --- reading --- */

static YamlNode *
node_new (Reader *reader, YamlKind kind)
{
  YamlNode *node = g_new0 (YamlNode, 1);
  *node = (YamlNode){ .yaml = reader->yaml, .kind = kind, .line = reader->line, .column = reader->column };
  if (kind != YAML_SCALAR)
    node->items = g_ptr_array_new ();
  if (kind == YAML_MAPPING)
    {
      node->keys = g_ptr_array_new ();
      node->by_key = g_hash_table_new (g_str_hash, g_str_equal);
    }
  g_ptr_array_add (reader->yaml->nodes, node);
  return node;
}

static void
note_place (Reader *reader, struct fy_token *token)
{
  const struct fy_mark *mark = token != NULL ? fy_token_start_mark (token) : NULL;
  if (mark == NULL)
    return;
  reader->line = mark->line + 1;
  reader->column = mark->column + 1;
}

/* The first thing libfyaml complained about, else a general sentence at the last known place. */
static bool
throw_diagnostic (Reader *reader, GError **error)
{
  void *at = NULL;
  const struct fy_diag_error *found = fy_diag_errors_iterate (reader->diag, &at);
  if (found == NULL || found->msg == NULL)
    return throw_at (reader->yaml->name, reader->line, reader->column, error, "this is not YAML");
  int line = MAX (found->line, 1), column = MAX (found->column, 1); /* both count from 1, unlike marks */
  return throw_at (reader->yaml->name, line, column, error, "this is not YAML: %s", found->msg);
}

static bool
next_event (Reader *reader, GError **error)
{
  fy_parser_event_free (reader->parser, reader->event);
  reader->event = fy_parser_parse (reader->parser);
  return reader->event != NULL || throw_diagnostic (reader, error);
}

/* Anchors, aliases and tags make a file mean something else than it shows. */
static bool
refuse_extras (Reader *reader, struct fy_token *anchor, struct fy_token *tag, GError **error)
{
  if (anchor == NULL && tag == NULL)
    return true;
  note_place (reader, anchor != NULL ? anchor : tag);
  return throw_at (reader->yaml->name, reader->line, reader->column, error,
                   "%s are not allowed: write the value itself (in quotes when it begins with & * or !)",
                   anchor != NULL ? "anchors and aliases" : "tags");
}

static YamlNode *
read_scalar (Reader *reader, GError **error)
{
  const struct fy_event_scalar_data *data = &reader->event->scalar;
  if (!refuse_extras (reader, data->anchor, data->tag, error))
    return NULL;
  note_place (reader, data->value);
  enum fy_scalar_style style = data->value != NULL ? fy_scalar_token_get_style (data->value) : FYSS_PLAIN;
  if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)
    reader->column--; /* the mark stands behind the quote */
  size_t length = 0;
  const char *text = data->value != NULL ? fy_token_get_text (data->value, &length) : NULL;
  if (text == NULL)
    text = "";
  if (memchr (text, '\0', length) != NULL || !g_utf8_validate (text, (gssize)length, NULL))
    {
      throw_at (reader->yaml->name, reader->line, reader->column, error,
                "the text holds a character that is not allowed (written as an escape)");
      return NULL;
    }
  YamlNode *node = node_new (reader, YAML_SCALAR);
  node->text = g_strndup (text, length);
  node->is_empty = style == FYSS_PLAIN && (length == 0 || strcmp (node->text, "~") == 0);
  return node;
}

static YamlNode *read_node (Reader *reader, unsigned depth, GError **error);

static bool
read_sequence (Reader *reader, YamlNode *sequence, unsigned depth, GError **error)
{
  for (;;)
    {
      if (!next_event (reader, error))
        return false;
      if (reader->event->type == FYET_SEQUENCE_END)
        return true;
      YamlNode *item = read_node (reader, depth + 1, error);
      if (item == NULL)
        return false;
      g_ptr_array_add (sequence->items, item);
    }
}

static YamlNode *
read_key (Reader *reader, YamlNode *mapping, GError **error)
{
  if (reader->event->type != FYET_SCALAR)
    {
      throw_at (reader->yaml->name, reader->line, reader->column, error, "a key must be a word or a quoted text");
      return NULL;
    }
  YamlNode *key = read_scalar (reader, error);
  if (key == NULL)
    return NULL;
  const YamlNode *before = g_hash_table_lookup (mapping->by_key, key->text);
  if (before == NULL)
    return key;
  yaml_throw (key, error, "%s stands twice; the first is in line %d", key->text, before->line);
  return NULL;
}

static bool
read_mapping (Reader *reader, YamlNode *mapping, unsigned depth, GError **error)
{
  for (;;)
    {
      if (!next_event (reader, error))
        return false;
      if (reader->event->type == FYET_MAPPING_END)
        return true;
      YamlNode *key = read_key (reader, mapping, error);
      if (key == NULL || !next_event (reader, error))
        return false;
      YamlNode *value = read_node (reader, depth + 1, error);
      if (value == NULL)
        return false;
      g_ptr_array_add (mapping->keys, key);
      g_ptr_array_add (mapping->items, value);
      g_hash_table_insert (mapping->by_key, key->text, value);
    }
}

static YamlNode *
read_collection (Reader *reader, YamlKind kind, struct fy_token *start, unsigned depth, GError **error)
{
  note_place (reader, start);
  if (depth > YAML_DEPTH)
    {
      throw_at (reader->yaml->name, reader->line, reader->column, error, "nested deeper than %d levels", YAML_DEPTH);
      return NULL;
    }
  YamlNode *node = node_new (reader, kind);
  bool done
      = kind == YAML_MAPPING ? read_mapping (reader, node, depth, error) : read_sequence (reader, node, depth, error);
  return done ? node : NULL;
}

static YamlNode *
read_node (Reader *reader, unsigned depth, GError **error)
{
  struct fy_event *event = reader->event;
  switch (event->type)
    {
    case FYET_SCALAR:
      return read_scalar (reader, error);
    case FYET_SEQUENCE_START:
      if (!refuse_extras (reader, event->sequence_start.anchor, event->sequence_start.tag, error))
        return NULL;
      return read_collection (reader, YAML_SEQUENCE, event->sequence_start.sequence_start, depth, error);
    case FYET_MAPPING_START:
      if (!refuse_extras (reader, event->mapping_start.anchor, event->mapping_start.tag, error))
        return NULL;
      return read_collection (reader, YAML_MAPPING, event->mapping_start.mapping_start, depth, error);
    case FYET_ALIAS:
      refuse_extras (reader, event->alias.anchor, NULL, error);
      return NULL;
    default:
      throw_diagnostic (reader, error);
      return NULL;
    }
}

static bool
read_document (Reader *reader, GError **error)
{
  if (!next_event (reader, error)) /* the start of the stream */
    return false;
  if (!next_event (reader, error))
    return false;
  if (reader->event->type == FYET_STREAM_END)
    {
      reader->yaml->root = node_new (reader, YAML_MAPPING);
      return true;
    }
  if (!next_event (reader, error))
    return false;
  reader->yaml->root = read_node (reader, 1, error);
  if (reader->yaml->root == NULL || !next_event (reader, error) || !next_event (reader, error))
    return false;
  if (reader->event->type == FYET_STREAM_END)
    return true;
  note_place (reader, reader->event->type == FYET_DOCUMENT_START ? reader->event->document_start.document_start : NULL);
  return throw_at (reader->yaml->name, reader->line, reader->column, error,
                   "a file holds one document; remove the ---");
}

static bool
check_utf8 (const char *name, const char *text, size_t length, GError **error)
{
  const char *end;
  if (g_utf8_validate (text, (gssize)length, &end))
    return true;
  int line = 1, column = 1;
  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      column = *at == '\n' ? 1 : column + 1;
      line += *at == '\n';
    }
  return throw_at (name, line, column, error, "byte 0x%02X is not UTF-8 text; save the file as UTF-8",
                   (unsigned char)*end);
}

static void
swallow (struct fy_diag *diag, void *user, const char *text, size_t length)
{
  (void)diag, (void)user, (void)text, (void)length;
}

Yaml *
yaml_parse (const char *name, const char *text, size_t length, GError **error)
{
  if (!check_utf8 (name, text, length, error))
    return NULL;
  struct fy_diag_cfg quiet;
  fy_diag_cfg_default (&quiet);
  quiet.fp = NULL;
  quiet.output_fn = swallow;
  g_autoptr (FyDiag) diag = fy_diag_create (&quiet);
  fy_diag_set_collect_errors (diag, true);
  struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG, .diag = diag };
  g_autoptr (FyParser) parser = fy_parser_create (&cfg);
  g_autoptr (Yaml) yaml = yaml_new (name);
  Reader reader = { .yaml = yaml, .parser = parser, .diag = diag, .line = 1, .column = 1 };
  if (length > 0 && fy_parser_set_string (parser, text, length) != 0)
    {
      throw_diagnostic (&reader, error);
      return NULL;
    }
  bool done = true;
  if (length == 0)
    yaml->root = node_new (&reader, YAML_MAPPING);
  else
    done = read_document (&reader, error);
  fy_parser_event_free (parser, reader.event);
  return done ? g_steal_pointer (&yaml) : NULL;
}

/* --- looking --- */

bool
yaml_is_mapping (const YamlNode *node)
{
  return node->kind == YAML_MAPPING;
}

bool
yaml_is_sequence (const YamlNode *node)
{
  return node->kind == YAML_SEQUENCE;
}

bool
yaml_is_scalar (const YamlNode *node)
{
  return node->kind == YAML_SCALAR;
}

bool
yaml_is_empty (const YamlNode *node)
{
  return node->is_empty;
}

size_t
yaml_size (const YamlNode *node)
{
  return node->items != NULL ? node->items->len : 0;
}

const YamlNode *
yaml_at (const YamlNode *node, size_t index, const char **key)
{
  g_return_val_if_fail (index < yaml_size (node), NULL);
  if (key != NULL)
    *key = yaml_is_mapping (node) ? yaml_text (yaml_key (node, index)) : NULL;
  return g_ptr_array_index (node->items, index);
}

const YamlNode *
yaml_key (const YamlNode *mapping, size_t index)
{
  return g_ptr_array_index (mapping->keys, index);
}

const YamlNode *
yaml_get (const YamlNode *node, const char *key)
{
  if (!yaml_is_mapping (node))
    return NULL;
  if (node->by_key != NULL)
    return g_hash_table_lookup (node->by_key, key);
  for (guint i = 0; i < node->keys->len; i++)
    if (strcmp (yaml_text (yaml_key (node, i)), key) == 0)
      return node->items->pdata[i];
  return NULL;
}

const char *
yaml_text (const YamlNode *node)
{
  return node->text;
}
