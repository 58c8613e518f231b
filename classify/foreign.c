#include "classify/foreign.h"
#include "base/messages.h"
#include <string.h>

#define GUESS 0.5 /* the most that is given to it: words of another language were never counted */

/* "form:hoja-de-reclamaciones" */
static bool
is_by_title (const RecordFinding *finding)
{
  const RecordEvidence *first = finding->evidence->len > 0 ? finding->evidence->pdata[0] : NULL;
  return first != NULL && g_str_has_prefix (first->rule, "form:");
}

void
classify_foreign_check (const char *language, GPtrArray *findings)
{
  if (strcmp (language, "und") == 0 || g_strv_contains (dk_languages, language))
    return;
  for (guint i = 0; i < findings->len; i++)
    {
      RecordFinding *finding = findings->pdata[i];
      bool judged = strcmp (finding->name, "kind") == 0 || strcmp (finding->name, "subject") == 0;
      if (!judged || is_by_title (finding))
        continue;
      finding->undecided = true;
      finding->confidence = MIN (finding->confidence, GUESS);
    }
}
