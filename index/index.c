#include "index/index.h"
#include "index/hook.h"

#ifdef DK_TEST_HOOKS
void (*index_hook_before_read) (void);
#endif

G_DEFINE_QUARK (index_error, index_error)

void
index_hit_free (IndexHit *hit)
{
  if (hit == NULL)
    return;
  g_free (hit->number);
  g_free (hit->snippet);
  g_free (hit);
}

void
index_result_free (IndexResult *result)
{
  if (result == NULL)
    return;
  g_ptr_array_unref (result->hits);
  g_ptr_array_unref (result->spellings);
  g_free (result);
}
