/* base/yaml_node.h - how a parsed file lies in memory. Private to base/yaml*.c. */
#pragma once
#include "base/yaml.h"

#define YAML_DEPTH 16 /* no file of ours nests deeper; its readers are recursive */

typedef enum
{
  YAML_SCALAR,
  YAML_SEQUENCE,
  YAML_MAPPING,
} YamlKind;

struct YamlNode
{
  const Yaml *yaml;
  YamlKind kind;
  int line, column;   /* from 1 */
  bool is_empty;      /* a scalar with nothing written, or ~ */
  char *text;         /* of a scalar */
  GPtrArray *keys;    /* of a mapping, scalars in the order of the file */
  GPtrArray *items;   /* of a sequence; of a mapping the values, one for each key */
  GHashTable *by_key; /* NULL where they are few */
};
/* Frees its lists, not the node. */
void yaml_node_clear (YamlNode *node);

struct Yaml
{
  char *name;
  GPtrArray *nodes; /* owns all that were parsed */
  YamlNode *root;
  GBytes *packed; /* or these, unpacked: their texts lie here */
  YamlNode *unpacked;
  guint n_unpacked;
};
