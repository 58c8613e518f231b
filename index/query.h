/* index/query.h - reads what a person typed. The language is described in docket-query(7). */
#pragma once
#include "index/index.h"
#include "index/query_tree.h"

G_BEGIN_DECLS
/* Fails with QUERY, in a sentence for the person who typed it. Owned by the caller. */
Query *query_parse (const char *text, GError **error);
G_END_DECLS
