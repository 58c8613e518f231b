/* What a person types: a tree that is whole, or a sentence about what to change. */
#include "index/query.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "refund lamp OR (\"never arrived\" -kind:thanks) reimb*");
  fuzz_seed_text (seeds, "from:Durand received:2026-01..2026-03-12 no:D-2026-000001-42 lang:fr subject:delivery");
  fuzz_seed_text (seeds, "“l'abonnement” «jamais» NOT AB-1234567 jane.doe@example.com 1.234,56 name:scan*.pdf");
}

static void
visit (const QueryNode *node, unsigned depth)
{
  static const guint fewest[]
      = { [QUERY_AND] = 1, [QUERY_OR] = 1, [QUERY_NOT] = 1, [QUERY_MAYBE] = 1, [QUERY_PHRASE] = 1, [QUERY_SCALE] = 1 };
  g_assert_cmpuint (depth, <=, 128);
  bool leaf = node->op == QUERY_TERM || node->op == QUERY_WILDCARD;
  g_assert_true (leaf ? node->term != NULL && strlen (node->term) <= 245 : node->children->len >= fewest[node->op]);
  for (guint i = 0; i < node->children->len; i++)
    visit (node->children->pdata[i], depth + 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (Query) query = query_parse (text, &error);
  fuzz_told (query != NULL, error);
  if (query == NULL)
    g_assert_true (g_error_matches (error, INDEX_ERROR, INDEX_ERROR_QUERY)
                   && g_utf8_validate (error->message, -1, NULL));
  else if (query->root != NULL)
    visit (query->root, 0);
  return 0;
}
