#include "classify/matcher_edges.h"

#define FIRST_PLACES 4096

void
classify_edges_init (ClassifyEdges *edges)
{
  *edges = (ClassifyEdges){ .places = g_new0 (ClassifyEdge, FIRST_PLACES), .mask = FIRST_PLACES - 1 };
}

void
classify_edges_clear (ClassifyEdges *edges)
{
  g_free (edges->places);
  *edges = (ClassifyEdges){ .places = NULL };
}

static void
grow (ClassifyEdges *edges)
{
  ClassifyEdges larger = { .mask = edges->mask * 2 + 1, .used = edges->used };
  larger.places = g_new0 (ClassifyEdge, (gsize)larger.mask + 1);
  for (gsize i = 0; i <= edges->mask; i++)
    if (edges->places[i].symbol != 0)
      *classify_edges_place (&larger, edges->places[i].node, edges->places[i].symbol) = edges->places[i];
  g_free (edges->places);
  *edges = larger;
}

void
classify_edges_add (ClassifyEdges *edges, guint node, guint symbol, guint next)
{
  if (edges->used > edges->mask / 2)
    grow (edges);
  *classify_edges_place (edges, node, symbol) = (ClassifyEdge){ node, symbol, next };
  edges->used++;
}
