#include "pipeline/customers.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "store/store.h"
#include <fcntl.h>

#define SOON_BYTES (4 << 20) /* read within the time that a person waits for nothing */

/* Its bytes in *@customers, NULL where docket.yaml names none. Fails when the file cannot be read or is too large. */
static bool
read_list (Store *store, const Settings *settings, GBytes **customers, GError **error)
{
  *customers = NULL;
  if (*settings->customers == '\0')
    return true;
  g_autofree char *path = store_join (store, settings->customers);
  *customers = dk_read_file (AT_FDCWD, path, LIMITS_CUSTOMERS_BYTES, error);
  if (*customers == NULL)
    g_prefix_error (error, "docket.yaml names the customer list %s: ", settings->customers);
  return *customers != NULL;
}

bool
pipeline_customers_check (Store *store, const Settings *settings, bool soon, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  if (!read_list (store, settings, &bytes, error))
    return false;
  if (soon && bytes != NULL && g_bytes_get_size (bytes) > SOON_BYTES)
    return true;
  g_autoptr (Customers) customers = bytes != NULL ? customers_new (bytes, error) : NULL;
  if (bytes != NULL && customers == NULL)
    g_prefix_error (error, "%s: ", settings->customers);
  return bytes == NULL || customers != NULL;
}

GBytes *
pipeline_customers_for_worker (Store *store, const Config *config)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (Settings) settings = settings_load (config, &error);
  if (settings == NULL || !read_list (store, settings, &bytes, &error))
    dk_log ("customers_unreadable", "code=%d", error->code);
  return g_steal_pointer (&bytes);
}
