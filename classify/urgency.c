#include "classify/urgency.h"
#include "base/text.h"
#include "classify/score.h"
#include <string.h>

#define ENOUGH 2         /* what the cues of a concept must weigh */
#define NEGATION_REACH 3 /* words between "no" and what there is none of */
#define FIRST_WORDS 2500 /* what stands behind is an enclosure */
#define REASONS 4

struct ClassifyUrgency
{
  ClassifyMatcher *matcher, *signs;
};

ClassifyUrgency *
classify_urgency_new (const Vocabulary *vocabulary)
{
  ClassifyUrgency *urgency = g_new0 (ClassifyUrgency, 1);
  urgency->matcher = classify_matcher_new (vocabulary, "urgency");
  urgency->signs = classify_matcher_new (vocabulary, "sign");
  return urgency;
}

void
classify_urgency_free (ClassifyUrgency *urgency)
{
  if (urgency == NULL)
    return;
  classify_matcher_free (urgency->matcher);
  classify_matcher_free (urgency->signs);
  g_free (urgency);
}

static guint
sentence_of (const ClassifyWords *words, guint word)
{
  return g_array_index (words->words, ClassifyWord, word).sentence;
}

/* "If they do not pay, my lawyer …": a comma ends what the negation is about. */
static bool
is_parted (const ClassifyWords *words, guint left, guint right)
{
  const ClassifyWord *before = &g_array_index (words->words, ClassifyWord, left);
  const ClassifyWord *after = &g_array_index (words->words, ClassifyWord, right);
  const RecordPage *page = words->pages->pdata[before->page];
  const char *from = page->text + dk_offset (page->text, before->to);
  const char *to = page->text + dk_offset (page->text, after->from);
  for (; from < to; from++)
    if (strchr (",;:()", *from) != NULL)
      return true;
  return false;
}

/* A cue that says "no" itself, such as "no heating", is not touched by its own first word. */
static bool
is_negated (const ClassifyWords *words, const GArray *signs, const ClassifyMatch *match)
{
  for (guint i = 0; i < signs->len; i++)
    {
      const ClassifyMatch *sign = &g_array_index (signs, ClassifyMatch, i);
      if (g_str_equal (sign->concept->id, "negation") && sign->to <= match->from
          && match->from - sign->to < NEGATION_REACH
          && sentence_of (words, sign->from) == sentence_of (words, match->from)
          && !is_parted (words, sign->to - 1, match->from))
        return true;
    }
  return false;
}

/* "danger de mort" of the concept danger, also where a company has put narrower concepts below ours. */
static const char *
top_of (const ClassifyMatch *match)
{
  return match->concept->broader != NULL ? match->concept->broader : match->concept->id;
}

static ClassifyScores *
weigh (const ClassifyUrgency *urgency, const ClassifyWords *words, const char *language)
{
  g_autoptr (GArray) matches = classify_matcher_run (urgency->matcher, words, language);
  g_autoptr (GArray) signs = classify_matcher_run (urgency->signs, words, language);
  ClassifyScores *scores = classify_scores_new ();
  for (guint i = 0; i < matches->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, i);
      if (match->weight != 0 && match->to <= FIRST_WORDS && !is_negated (words, signs, match))
        classify_scores_add (scores, top_of (match), match, match->weight);
    }
  return scores;
}

/* Twice enough is as good as sure; a cue alone is rather more likely right than not. */
static double
confidence_of (double score)
{
  return MIN (0.97, 0.55 + 0.2 * score / ENOUGH);
}

RecordFinding *
classify_urgency (const ClassifyUrgency *urgency, const ClassifyWords *words, const char *language)
{
  ClassifyScores *scores = weigh (urgency, words, language);
  g_autoptr (GPtrArray) ranked = classify_scores_ranked (scores);
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();
  RecordFinding *finding = NULL;
  for (guint i = 0; i < ranked->len; i++)
    {
      const ClassifyScore *score = ranked->pdata[i];
      if (score->score < ENOUGH - 1e-9)
        break;
      if (finding == NULL)
        finding = record_finding_new ("urgency", score->id, "", confidence_of (score->score));
      else
        g_strv_builder_add (also, score->id);
      classify_score_explain (score, words, REASONS, finding);
    }
  classify_scores_free (scores);
  if (finding == NULL)
    return NULL;
  g_strfreev (finding->also);
  finding->also = g_strv_builder_end (also);
  return finding;
}
