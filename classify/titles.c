#include "classify/titles.h"
#include "base/text.h"
#include "classify/cues.h"

#define TITLE_AMONG 60 /* words of a page among which its title stands */
#define LINE_MOST 9    /* words of the line that it stands in */

/* Whether a line of the page ends between the words @at and the next. */
static bool
line_ends_behind (const ClassifyWords *words, guint at)
{
  if (at + 1 >= words->words->len)
    return true;
  const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, at), *next = word + 1;
  if (word->page != next->page)
    return true;
  const char *text = ((const RecordPage *)words->pages->pdata[word->page])->text;
  const char *from = text + dk_offset (text, word->to), *to = from + dk_offset (from, next->from - word->to);
  for (; from < to; from++)
    if (*from == '\n')
      return true;
  return false;
}

static bool
begins_short_line (const ClassifyWords *words, const ClassifyMatch *match)
{
  guint end = match->from;
  if (match->from > 0 && !line_ends_behind (words, match->from - 1))
    return false;
  while (end - match->from < LINE_MOST && !line_ends_behind (words, end))
    end++;
  return end - match->from < LINE_MOST && end + 1 >= match->to;
}

bool
classify_title_find (const ClassifyMatcher *titles, const ClassifyWords *words, const char *language,
                     ClassifyMatch *title)
{
  g_autoptr (GArray) matches = classify_matcher_run (titles, words, language);
  for (guint i = 0; i < matches->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, i);
      if (match->to > TITLE_AMONG)
        break;
      if (match->weight > 0 && match->concept->implies->len > 0 && begins_short_line (words, match))
        {
          *title = *match;
          return true;
        }
    }
  return false;
}

guint
classify_title_kind (const Vocabulary *vocabulary, const ClassifyMatch *title)
{
  const GArray *implies = title->concept->implies;
  const Implied *most = &g_array_index (implies, Implied, 0);
  for (guint i = 1; i < implies->len; i++)
    if (g_array_index (implies, Implied, i).weight > most->weight)
      most = &g_array_index (implies, Implied, i);
  return classify_kind_of (vocabulary, most->id);
}

void
classify_title_show (const ClassifyMatch *title, const ClassifyWords *words, RecordFinding *finding)
{
  const ClassifyWord *first = &g_array_index (words->words, ClassifyWord, title->from);
  const ClassifyWord *last = &g_array_index (words->words, ClassifyWord, title->to - 1);
  g_autofree char *rule = g_strdup_printf ("form:%s", title->concept->id);
  record_finding_because (finding, words->pages->pdata[first->page], first->from, last->to, rule);
}
