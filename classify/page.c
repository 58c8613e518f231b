#include "classify/page.h"

/* Whether it begins or ends as a letter does: that is a message, whatever else is on it. */
static bool
is_letter (const ClassifyLook *look)
{
  for (guint i = 0; i < look->lines->len; i++)
    {
      const ClassifyLine *line = &g_array_index (look->lines, ClassifyLine, i);
      if ((line->greets || line->ends) && !line->quoted)
        return true;
    }
  return false;
}

double
classify_page_judge (const ClassifyModel *model, const ClassifyLook *look, double kinds[CLASSIFY_KINDS])
{
  double value;
  if (model->pages == NULL || is_letter (look))
    return 0;
  classify_linear_values (model->pages, look->features, &value);
  double page = classify_page_scale_apply (&model->page_scale, value, kinds);
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    kinds[k] *= 1 - page;
  kinds[CLASSIFY_KIND_OTHER] += page;
  return page;
}
