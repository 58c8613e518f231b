/* What speaks for a case, added up with the words that say so. */
#include "base/text.h"
#include "cases/join_parts.h"
#include <string.h>

JoinCandidate *
join_candidate (JoinWork *work, int64_t case_id)
{
  for (guint i = 0; i < work->candidates->len; i++)
    {
      JoinCandidate *candidate = work->candidates->pdata[i];
      if (candidate->case_id == case_id)
        return candidate;
    }
  JoinCandidate *candidate = g_new0 (JoinCandidate, 1);
  candidate->case_id = case_id;
  candidate->because = json_array ();
  candidate->reasons = g_string_new (NULL);
  g_ptr_array_add (work->candidates, candidate);
  return candidate;
}

void
join_points (JoinCandidate *candidate, const char *rule, double points)
{
  const char *name = g_str_has_prefix (rule, "join:") ? rule + strlen ("join:") : rule;
  candidate->points += points;
  g_string_append_printf (candidate->reasons, "%s%s %+.2f", candidate->reasons->len > 0 ? ", " : "", name, points);
}

void
join_add (JoinCandidate *candidate, const char *rule, double points, const RecordPage *page, uint32_t from, uint32_t to)
{
  RecordBox box = { 0 };
  join_points (candidate, rule, points);
  if (page == NULL)
    return;
  record_page_box (page, from, to, &box);
  const char *start = page->text + dk_offset (page->text, from);
  g_autofree char *text = g_strndup (start, dk_offset (start, to - from));
  json_array_append_new (candidate->because,
                         json_pack ("{s:i, s:I, s:I, s:[i, i, i, i], s:s, s:s}", "page", (int)page->no, "from",
                                    (json_int_t)from, "to", (json_int_t)to, "box", box.x0, box.y0, box.x1, box.y1,
                                    "text", text, "rule", rule));
}

void
join_add_decision (JoinCandidate *candidate, double points, const StoreDecision *decision)
{
  g_autofree char *rule = g_strconcat ("join:", decision->name, NULL);
  const json_t *first = json_array_get (store_decision_because (decision), 0);
  join_points (candidate, rule, points);
  if (first == NULL)
    return;
  json_t *evidence = json_copy ((json_t *)(uintptr_t)first);
  json_object_set_new (evidence, "rule", json_string (rule));
  json_array_append_new (candidate->because, evidence);
}
