#include "classify/legible.h"
#include <string.h>

/* The confidence of words: real letters, as bad as they are, are read with 80 and more, mirrored ones with 35. */
#define HARDLY_READ 55.0
#define GUESS 0.5 /* the most that is given to what is concluded from such words */

typedef struct
{
  double sum;
  uint64_t letters;
} Mean;

/* Adds the words of @page between the code points @from and @to, each as often as it has letters. */
static void
add_words (const RecordPage *page, uint32_t from, uint32_t to, Mean *mean)
{
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      if (word->to <= from || word->from >= to)
        continue;
      mean->letters += word->to - word->from;
      mean->sum += (double)word->confidence * (word->to - word->from);
    }
}

static bool
is_hardly_read (const Mean *mean)
{
  return mean->letters > 0 && mean->sum < HARDLY_READ * (double)mean->letters;
}

static bool
is_hardly_read_field (const GPtrArray *pages, const RecordFinding *finding)
{
  Mean mean = { 0 };
  const RecordEvidence *evidence = finding->evidence->len > 0 ? finding->evidence->pdata[0] : NULL;
  for (guint i = 0; evidence != NULL && i < pages->len; i++)
    {
      const RecordPage *page = pages->pdata[i];
      if (page->no == evidence->page)
        add_words (page, evidence->from, evidence->to, &mean);
    }
  return is_hardly_read (&mean);
}

void
classify_legible_check (const GPtrArray *pages, GPtrArray *findings)
{
  Mean all = { 0 };
  for (guint i = 0; i < pages->len; i++)
    add_words (pages->pdata[i], 0, UINT32_MAX, &all);
  for (guint i = findings->len; i-- > 0;)
    {
      RecordFinding *finding = findings->pdata[i];
      bool judged = strcmp (finding->name, "kind") == 0 || strcmp (finding->name, "subject") == 0;
      if (judged && is_hardly_read (&all))
        {
          finding->undecided = true;
          finding->confidence = MIN (finding->confidence, GUESS);
        }
      else if (!judged && strcmp (finding->name, "urgency") != 0 && is_hardly_read_field (pages, finding))
        g_ptr_array_remove_index (findings, i);
    }
}
