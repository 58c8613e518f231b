#include "classify/labels.h"

struct ClassifyLabels
{
  GPtrArray *matchers; /* of ClassifyMatcher, one for each scheme */
  guint n_labels;
};

ClassifyLabels *
classify_labels_new (const Vocabulary *vocabulary)
{
  ClassifyLabels *labels = g_new0 (ClassifyLabels, 1);
  labels->matchers = g_ptr_array_new_with_free_func ((GDestroyNotify)classify_matcher_free);
  labels->n_labels = vocabulary_n_labels (vocabulary);
  for (const char *const *scheme = vocabulary_schemes (vocabulary); *scheme != NULL; scheme++)
    g_ptr_array_add (labels->matchers, classify_matcher_new (vocabulary, *scheme));
  return labels;
}

void
classify_labels_free (ClassifyLabels *labels)
{
  if (labels == NULL)
    return;
  g_ptr_array_unref (labels->matchers);
  g_free (labels);
}

/* A longer match around @inner among @kept, which is sorted by place; NULL when there is none. */
static const ClassifyMatch *
around (const GArray *kept, const ClassifyMatch *inner)
{
  for (guint i = 0; i < kept->len; i++)
    {
      const ClassifyMatch *outer = &g_array_index (kept, ClassifyMatch, i);
      if (outer->from > inner->from)
        return NULL;
      if (outer->to >= inner->to && outer->to - outer->from > inner->to - inner->from)
        return outer;
    }
  return NULL;
}

static void
count_scheme (const ClassifyMatcher *matcher, const ClassifyWords *words, const char *language, ClassifyLabelHits *hits)
{
  g_autoptr (GArray) all = classify_matcher_run_all (matcher, words, language);
  g_autoptr (GArray) kept = classify_matcher_run (matcher, words, language);
  for (guint i = 0; i < kept->len; i++)
    hits[g_array_index (kept, ClassifyMatch, i).label->no].counted++;
  for (guint i = 0; i < all->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (all, ClassifyMatch, i);
      ClassifyLabelHits *one = &hits[match->label->no];
      const ClassifyMatch *outer = one->counted == 0 && one->hider == 0 ? around (kept, match) : NULL;
      one->found++;
      if (outer != NULL)
        one->hider = outer->label->no + 1;
    }
}

GArray *
classify_labels_count (const ClassifyLabels *labels, const ClassifyWords *words, const char *language)
{
  g_autofree ClassifyLabelHits *hits = g_new0 (ClassifyLabelHits, labels->n_labels);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ClassifyLabelHits));
  for (guint i = 0; i < labels->matchers->len; i++)
    count_scheme (labels->matchers->pdata[i], words, language, hits);
  for (guint i = 0; i < labels->n_labels; i++)
    {
      hits[i].no = i;
      if (hits[i].found > 0)
        g_array_append_val (found, hits[i]);
    }
  return found;
}
