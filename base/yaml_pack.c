/* A parsed file as bytes: the number of nodes, then each before those inside it, a mapping's keys each before its
 * value. A node is four numbers of 32 bits, of which the last is how many are inside, or of a scalar how many bytes its
 * text has, which follows, ended by NUL and filled up to a multiple of four. */
#include "base/yaml_node.h"
#include <string.h>

#define EMPTY 256u    /* beside the kind */
#define FEW_KEYS 8    /* are compared one by one */
#define NODE_BYTES 16 /* at least */

/* --- packing --- */

static void
put (GByteArray *to, guint32 number)
{
  g_byte_array_append (to, (const guint8 *)&number, sizeof number);
}

static guint
pack_node (GByteArray *to, const YamlNode *node)
{
  guint count = 1;
  size_t length = node->kind == YAML_SCALAR ? strlen (node->text) : 0;
  put (to, (guint32)node->kind | (node->is_empty ? EMPTY : 0));
  put (to, (guint32)node->line);
  put (to, (guint32)node->column);
  put (to, (guint32)(node->kind == YAML_SCALAR ? length : yaml_size (node)));
  if (node->kind == YAML_SCALAR)
    {
      g_byte_array_append (to, (const guint8 *)node->text, (guint)length);
      g_byte_array_append (to, (const guint8[4]){ 0 }, (guint)(4 - length % 4));
    }
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      if (node->kind == YAML_MAPPING)
        count += pack_node (to, yaml_key (node, i));
      count += pack_node (to, yaml_at (node, i, NULL));
    }
  return count;
}

GBytes *
yaml_pack (const Yaml *yaml)
{
  GByteArray *bytes = g_byte_array_new ();
  put (bytes, 0);
  guint32 count = pack_node (bytes, yaml->root);
  memcpy (bytes->data, &count, sizeof count);
  return g_byte_array_free_to_bytes (bytes);
}

/* --- unpacking --- */

typedef struct
{
  Yaml *yaml;
  const char *at, *end;
  guint used, most; /* nodes */
} Unpacking;

static guint32
take (Unpacking *unpacking)
{
  guint32 number;
  memcpy (&number, unpacking->at, sizeof number);
  unpacking->at += sizeof number;
  return number;
}

static YamlNode *unpack_node (Unpacking *unpacking, unsigned depth);

static bool
unpack_text (Unpacking *unpacking, YamlNode *node, guint32 length)
{
  gsize bytes = (gsize)length + 4 - length % 4;
  if ((gsize)(unpacking->end - unpacking->at) < bytes || unpacking->at[length] != '\0')
    return false;
  node->text = (char *)(uintptr_t)unpacking->at;
  unpacking->at += bytes;
  return true;
}

static bool
unpack_inside (Unpacking *unpacking, YamlNode *node, guint32 size, unsigned depth)
{
  if (size > unpacking->most)
    return false;
  node->items = g_ptr_array_sized_new (size);
  if (node->kind == YAML_MAPPING)
    node->keys = g_ptr_array_sized_new (size);
  if (node->kind == YAML_MAPPING && size > FEW_KEYS)
    node->by_key = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint32 i = 0; i < size; i++)
    {
      YamlNode *key = node->keys != NULL ? unpack_node (unpacking, depth + 1) : NULL;
      if (node->keys != NULL && (key == NULL || key->kind != YAML_SCALAR))
        return false;
      YamlNode *item = unpack_node (unpacking, depth + 1);
      if (item == NULL)
        return false;
      g_ptr_array_add (node->items, item);
      if (key != NULL)
        g_ptr_array_add (node->keys, key);
      if (node->by_key != NULL)
        g_hash_table_insert (node->by_key, key->text, item);
    }
  return true;
}

static YamlNode *
unpack_node (Unpacking *unpacking, unsigned depth)
{
  if (depth > YAML_DEPTH + 1 || unpacking->used == unpacking->most || unpacking->end - unpacking->at < NODE_BYTES)
    return NULL;
  YamlNode *node = &unpacking->yaml->unpacked[unpacking->used++];
  guint32 kind = take (unpacking), line = take (unpacking), column = take (unpacking), size = take (unpacking);
  *node = (YamlNode){ .yaml = unpacking->yaml, .line = (int)line, .column = (int)column };
  if ((kind & ~EMPTY) > YAML_MAPPING)
    return NULL;
  node->kind = kind & ~EMPTY;
  node->is_empty = kind & EMPTY;
  bool good
      = node->kind == YAML_SCALAR ? unpack_text (unpacking, node, size) : unpack_inside (unpacking, node, size, depth);
  return good ? node : NULL;
}

Yaml *
yaml_unpack (const char *name, GBytes *packed, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (packed, &size);
  g_autoptr (Yaml) yaml = g_new0 (Yaml, 1);
  Unpacking unpacking = { .yaml = yaml, .at = bytes, .end = bytes + size };
  yaml->name = g_strdup (name);
  yaml->packed = g_bytes_ref (packed);
  if (size >= sizeof (guint32) && (unpacking.most = take (&unpacking)) <= size / NODE_BYTES)
    {
      yaml->unpacked = g_new0 (YamlNode, unpacking.most);
      yaml->n_unpacked = unpacking.most;
      yaml->root = unpack_node (&unpacking, 1);
    }
  if (yaml->root != NULL && unpacking.at == unpacking.end)
    return g_steal_pointer (&yaml);
  dk_throw (error, DK_ERROR_INVALID, "%s: what was kept of it is damaged", name);
  return NULL;
}
