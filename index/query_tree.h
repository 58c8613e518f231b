/* index/query_tree.h - a query as a tree of terms. */
#pragma once
#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS
typedef enum
{
  QUERY_TERM,
  QUERY_WILDCARD, /* all terms that begin with @term */
  QUERY_AND,
  QUERY_OR,
  QUERY_NOT,    /* of its one child */
  QUERY_MAYBE,  /* the first child; the others only raise it */
  QUERY_PHRASE, /* of terms, one after another */
  QUERY_SCALE,  /* its one child times @weight */
} QueryOp;

typedef struct
{
  QueryOp op;
  char *term;
  double weight;
  GPtrArray *children; /* of QueryNode */
} QueryNode;

typedef struct
{
  const char *prefix; /* of its terms as they are printed, lent */
  char *raw;          /* as typed */
} QueryWord;

typedef struct
{
  QueryNode *root;
  GHashTable *marks;   /* the set of terms to show in a snippet */
  GPtrArray *prefixes; /* beginnings of words to show in a snippet */
  GArray *words;       /* of QueryWord, those that pages must hold */
  GPtrArray *fields;   /* "subject:delivery", case and outer slashes put aside; "foo:" of what is none */
} Query;

void query_free (Query *query);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Query, query_free)

QueryNode *query_node (QueryOp op, const char *term);
void query_node_free (QueryNode *node);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (QueryNode, query_node_free)
/* Takes @child, which may be NULL, and returns @parent. */
QueryNode *query_add (QueryNode *parent, QueryNode *child);
/* @node when it has several children, its only child, or NULL when it has none. Takes @node. */
QueryNode *query_simplify (QueryNode *node);
G_END_DECLS
