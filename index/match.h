/* index/match.h - the words of a query, each as all the forms under which pages may hold it. */
#pragma once
#include "base/error.h"
#include "index/forms.h"
#include "index/query_tree.h"

typedef struct
{
  IndexLexicon *lexicon; /* lent */
  Query *query;          /* lent; its marks and prefixes are filled */
  bool excluded;         /* the words are those of -word, which no snippet shows */
} Match;

/* Sets @error to QUERY with the sentence refuse.query.@key, in the language that dk_speak was told; @types and what
 * follows as for dk_message. Returns NULL. */
void *index_refuse (GError **error, const char *key, const char *types, ...);
/* Pages that hold the words written in @chunk without a blank: "refund", "AB-1234567", "l'abonnement". NULL when it
 * holds no word. Owned by the caller. */
QueryNode *match_chunk (Match *match, const char *chunk);
/* Pages that hold the words of @text one after another. NULL when it holds no word. Owned by the caller. */
QueryNode *match_phrase (Match *match, const char *text);
/* Pages that hold a word beginning with @start. Fails with QUERY when @start is too short. Owned by the caller. */
QueryNode *match_wildcard (Match *match, const char *start, GError **error);
/* The words of @text one after another in the field @prefix; a last "*" leaves the end of the last word open. */
QueryNode *match_field (Match *match, const char *prefix, const char *text, GError **error);
