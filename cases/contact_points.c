#include "cases/contact.h"
#include "cases/point.h"
#include <string.h>

const char *const contact_types[] = { STORE_POINT_CUSTOMER,
                                      STORE_POINT_IBAN,
                                      STORE_POINT_EMAIL,
                                      STORE_POINT_PHONE,
                                      STORE_POINT_NAME,
                                      STORE_POINT_ADDRESS,
                                      NULL };
const char *const contact_lifecycles[] = { "prospect", "client", "former", NULL };

StorePoint *
contact_point (const Settings *settings, const char *type, const char *text)
{
  g_autofree char *raw = g_strstrip (g_strdup (text));
  g_autofree char *normalised = point_normalise (type, raw, settings->country);
  return normalised != NULL ? store_point_new (type, raw, normalised, false) : NULL;
}

bool
contact_has_point (const GPtrArray *points, const StorePoint *point)
{
  for (guint i = 0; i < points->len; i++)
    {
      const StorePoint *known = points->pdata[i];
      if (strcmp (known->type, point->type) == 0 && g_strcmp0 (known->normalised, point->normalised) == 0)
        return true;
    }
  return false;
}
