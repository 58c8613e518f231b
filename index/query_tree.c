#include "index/query_tree.h"

static void
node_clear (gpointer node)
{
  query_node_free (node);
}

QueryNode *
query_node (QueryOp op, const char *term)
{
  QueryNode *node = g_new0 (QueryNode, 1);
  node->op = op;
  node->term = g_strdup (term);
  node->children = g_ptr_array_new_with_free_func (node_clear);
  return node;
}

void
query_node_free (QueryNode *node)
{
  if (node == NULL)
    return;
  g_free (node->term);
  g_ptr_array_unref (node->children);
  g_free (node);
}

QueryNode *
query_add (QueryNode *parent, QueryNode *child)
{
  if (child != NULL)
    g_ptr_array_add (parent->children, child);
  return parent;
}

QueryNode *
query_simplify (QueryNode *node)
{
  if (node->children->len > 1)
    return node;
  QueryNode *only = node->children->len == 1 ? g_ptr_array_steal_index (node->children, 0) : NULL;
  query_node_free (node);
  return only;
}

void
query_free (Query *query)
{
  if (query == NULL)
    return;
  query_node_free (query->root);
  g_hash_table_unref (query->marks);
  g_ptr_array_unref (query->prefixes);
  g_ptr_array_unref (query->fields);
  g_array_unref (query->words);
  g_free (query);
}
