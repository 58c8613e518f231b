#include "classify/cues.h"
#include "base/text.h"
#include <string.h>

/* Set by hand on letters that are no part of docket; what matters is their order of size. */
#define OTHER_AT_FIRST 0.3  /* a page that says nothing of itself is none of the four */
#define CLOSING_THANKS 0.3  /* a thank-you in the last lines is mostly a formula */
#define CONTRAST_THANKS 0.6 /* "thank you, but" */
#define NEGATED 0.6         /* what praise with "not" before it says for a complaint */
#define NEGATION_REACH 3    /* words between "not" and the praise */
#define HEADING 1.6         /* a word in the subject line */
#define HEADING_WORDS 10
#define IMPLIED_MOST 2.2    /* all that the subject's words together say for a kind */
#define QUESTION_MARK 0.5   /* the first question; complaints ask too */
#define QUESTIONS_SHARE 1.6 /* times the share of sentences that ask */
#define DIGITS_SHARE 0.22   /* forms, bills and statements have more digits than this among their letters */
#define DIGITS 1.2

const char *const classify_kind_ids[CLASSIFY_KINDS + 1]
    = { "complaint", "suggestion", "thanks", "question", "other", NULL };

struct ClassifyLexicon
{
  const Vocabulary *vocabulary;
  ClassifyMatcher *matcher;
  ClassifyMatcher *signs;
};

/* One document while it is judged. */
typedef struct
{
  const ClassifyLexicon *lexicon;
  const ClassifyWords *words;
  const GArray *signs; /* of ClassifyMatch */
  bool contrast;       /* "but" stands somewhere */
  ClassifyScores *scores;
} Judge;

ClassifyLexicon *
classify_lexicon_new (const Vocabulary *vocabulary)
{
  ClassifyLexicon *lexicon = g_new0 (ClassifyLexicon, 1);
  lexicon->vocabulary = vocabulary;
  lexicon->matcher = classify_matcher_new (vocabulary, "kind");
  lexicon->signs = classify_matcher_new (vocabulary, "sign");
  return lexicon;
}

void
classify_lexicon_free (ClassifyLexicon *lexicon)
{
  if (lexicon == NULL)
    return;
  classify_matcher_free (lexicon->matcher);
  classify_matcher_free (lexicon->signs);
  g_free (lexicon);
}

GArray *
classify_lexicon_signs (const ClassifyLexicon *lexicon, const ClassifyWords *words, const char *language)
{
  return classify_matcher_run (lexicon->signs, words, language);
}

const char *
classify_label_language (const ClassifyContext *context)
{
  static const char *const known[] = { "en", "fr", "es", "hu", NULL };
  return !context->mixed && g_strv_contains (known, context->language) ? context->language : NULL;
}

/* Whether the sign @id ends within @reach words before @word, in its sentence. */
static bool
sign_before (const Judge *judge, const char *id, guint word, guint reach)
{
  guint sentence = g_array_index (judge->words->words, ClassifyWord, word).sentence;
  for (guint i = 0; i < judge->signs->len; i++)
    {
      const ClassifyMatch *sign = &g_array_index (judge->signs, ClassifyMatch, i);
      if (sign->to <= word && word - sign->to < reach && g_str_equal (sign->concept->id, id)
          && g_array_index (judge->words->words, ClassifyWord, sign->from).sentence == sentence)
        return true;
    }
  return false;
}

/* The signs without the headings that are none: a heading is one when a colon follows, "Objet : …". */
static void
drop_false_headings (const ClassifyWords *words, GArray *signs)
{
  for (guint i = signs->len; i-- > 0;)
    {
      const ClassifyMatch *sign = &g_array_index (signs, ClassifyMatch, i);
      if (g_str_equal (sign->concept->id, "heading") && !classify_words_colon_behind (words, sign->to - 1))
        g_array_remove_index (signs, i);
    }
}

static bool
has_sign (const Judge *judge, const char *id)
{
  for (guint i = 0; i < judge->signs->len; i++)
    if (g_str_equal (g_array_index (judge->signs, ClassifyMatch, i).concept->id, id))
      return true;
  return false;
}

/* In the last two of at least three sentences, and not near the beginning. */
static bool
closes (const ClassifyWords *words, guint word)
{
  guint sentence = g_array_index (words->words, ClassifyWord, word).sentence;
  return words->sentences->len >= 3 && sentence + 2 >= words->sentences->len && word * 5 >= words->words->len * 2;
}

guint
classify_kind_of (const Vocabulary *vocabulary, const char *id)
{
  const Concept *top = vocabulary_top (vocabulary, vocabulary_concept (vocabulary, id));
  guint k = 0;
  while (k < CLASSIFY_KINDS && !g_str_equal (classify_kind_ids[k], top->id))
    k++;
  g_assert (k < CLASSIFY_KINDS); /* a vocabulary with other kinds is refused */
  return k;
}

static void
count_cue (Judge *judge, const ClassifyMatch *match)
{
  const char *kind = classify_kind_ids[classify_kind_of (judge->lexicon->vocabulary, match->concept->id)];
  double weight = match->weight;
  if (weight == 0)
    return;
  if (sign_before (judge, "heading", match->from, HEADING_WORDS))
    weight *= HEADING;
  if (g_str_equal (kind, "thanks") && weight > 0)
    {
      if (sign_before (judge, "negation", match->from, NEGATION_REACH))
        {
          classify_scores_add (judge->scores, "complaint", match, weight * NEGATED);
          return;
        }
      if (closes (judge->words, match->from))
        weight *= CLOSING_THANKS;
      if (judge->contrast)
        weight *= CONTRAST_THANKS;
    }
  classify_scores_add (judge->scores, kind, match, weight);
}

static void
count_implied (Judge *judge, const GArray *subjects)
{
  double left[CLASSIFY_KINDS];
  for (size_t k = 0; k < CLASSIFY_KINDS; k++)
    left[k] = IMPLIED_MOST;
  for (guint i = 0; i < subjects->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (subjects, ClassifyMatch, i);
      for (guint j = 0; j < match->concept->implies->len; j++)
        {
          const Implied *implied = &g_array_index (match->concept->implies, Implied, j);
          guint k = classify_kind_of (judge->lexicon->vocabulary, implied->id);
          double weight = MIN (left[k], implied->weight * match->weight);
          if (weight <= 0)
            continue;
          classify_scores_add (judge->scores, classify_kind_ids[k], match, weight);
          left[k] -= weight;
        }
    }
}

/* Shown with the last word before the first question mark. */
static void
count_questions (Judge *judge)
{
  const GArray *sentences = judge->words->sentences;
  const ClassifySentence *first = NULL;
  guint asking = 0;
  for (guint i = sentences->len; i-- > 0;)
    if (g_array_index (sentences, ClassifySentence, i).asks)
      {
        first = &g_array_index (sentences, ClassifySentence, i);
        asking++;
      }
  if (first == NULL)
    return;
  ClassifyScore *question = classify_scores_get (judge->scores, "question");
  ClassifyReason reason = { .from = first->to - 1,
                            .to = first->to,
                            .weight = QUESTION_MARK + QUESTIONS_SHARE * asking / sentences->len,
                            .rule = "question" };
  question->score += reason.weight;
  g_array_append_val (question->reasons, reason);
}

static void
count_digits (Judge *judge)
{
  double marks = judge->words->letters + judge->words->digits;
  if (marks > 0 && judge->words->digits / marks > DIGITS_SHARE)
    classify_scores_get (judge->scores, "other")->score += DIGITS;
}

ClassifyCues *
classify_cues_new (const ClassifyLexicon *lexicon, const ClassifyWords *words, const GArray *subjects,
                   const ClassifyContext *context)
{
  const char *language = classify_label_language (context);
  g_autoptr (GArray) signs = classify_lexicon_signs (lexicon, words, language);
  drop_false_headings (words, signs);
  ClassifyCues *cues = g_new0 (ClassifyCues, 1);
  cues->matches = classify_matcher_run (lexicon->matcher, words, language);
  cues->scores = classify_scores_new ();
  for (size_t i = 0; i < CLASSIFY_KINDS; i++)
    classify_scores_get (cues->scores, classify_kind_ids[i]);
  Judge judge = { .lexicon = lexicon, .words = words, .signs = signs, .scores = cues->scores };
  judge.contrast = cues->contrast = has_sign (&judge, "contrast");
  for (guint i = 0; i < cues->matches->len; i++)
    count_cue (&judge, &g_array_index (cues->matches, ClassifyMatch, i));
  count_implied (&judge, subjects);
  count_questions (&judge);
  count_digits (&judge);
  classify_scores_get (cues->scores, "other")->score += OTHER_AT_FIRST;
  return cues;
}

void
classify_cues_free (ClassifyCues *cues)
{
  if (cues == NULL)
    return;
  g_array_unref (cues->matches);
  classify_scores_free (cues->scores);
  g_free (cues);
}
