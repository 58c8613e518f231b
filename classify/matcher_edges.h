/* classify/matcher_edges.h - which node of a tree of words follows which, by the symbol of a word. Some ten thousand
 * are made at each start, and asked for with each word of a letter: open addressing, nothing allocated for one. */
#pragma once
#include <glib.h>

typedef struct
{
  guint node, symbol, next; /* symbol 0: the place is free */
} ClassifyEdge;

typedef struct
{
  ClassifyEdge *places;
  guint mask, used;
} ClassifyEdges;
void classify_edges_init (ClassifyEdges *edges);
void classify_edges_clear (ClassifyEdges *edges);
/* Adds what is not there yet; neither @symbol nor @next is 0. */
void classify_edges_add (ClassifyEdges *edges, guint node, guint symbol, guint next);

static inline ClassifyEdge *
classify_edges_place (const ClassifyEdges *edges, guint node, guint symbol)
{
  guint64 mixed = ((guint64)node << 32 | symbol) * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  guint at = (guint)(mixed >> 32) & edges->mask;
  while (edges->places[at].symbol != 0 && (edges->places[at].symbol != symbol || edges->places[at].node != node))
    at = (at + 1) & edges->mask;
  return &edges->places[at];
}

/* The node that follows @node by @symbol; 0 when there is none. */
static inline guint
classify_edges_follow (const ClassifyEdges *edges, guint node, guint symbol)
{
  return classify_edges_place (edges, node, symbol)->next;
}
