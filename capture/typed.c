#include "capture/typed.h"
#include <string.h>

#define SOURCE "typed"
#define PROFILE "default"

/* "20261123-140533" */
static char *
stamp_of (int64_t time_us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  return g_date_time_format (at, "%Y%m%d-%H%M%S");
}

static bool
find_day (const Settings *settings, const CaptureTyped *typed, StoreArrival *arrival, GError **error)
{
  DkDay today;
  if (!dk_day_in_zone (dk_now_us (), settings->zone, &today, error))
    return false;
  bool told = typed->received != DK_DAY_NONE;
  arrival->received = told ? typed->received : today;
  arrival->received_source = told ? "option" : "today";
  return dk_day_is_arrival (arrival->received, today, error);
}

bool
capture_typed (Store *store, const Settings *settings, CaptureTyped *typed, StoreArrival *arrival, GError **error)
{
  const ConfigProfile *profile = settings_profile (settings, PROFILE);
  int64_t now_us = dk_now_us (), now_ns = now_us * 1000 + (int64_t)g_random_int_range (0, 1000);
  if (profile == NULL)
    return dk_throw (error, DK_ERROR_NOT_FOUND, "docket.yaml has no profile %s", PROFILE);
  if (strspn (typed->text, " \t\r\n") == strlen (typed->text))
    return dk_throw (error, DK_ERROR_USAGE, "a case is opened with what was said: --text TEXT");
  *arrival = (StoreArrival){ .source = SOURCE,
                             .name = typed->name,
                             .mtime_ns = now_ns,
                             .ctime_ns = now_ns,
                             .profile = profile->name,
                             .channel = typed->channel,
                             .owner = profile->owner,
                             .languages = (const char *const *)profile->languages,
                             .zone = settings->zone,
                             .urgent = profile->urgent };
  if (!find_day (settings, typed, arrival, error))
    return false;
  g_autofree char *stamp = stamp_of (now_us);
  g_snprintf (typed->name, sizeof typed->name, "%.30s-%s.txt", typed->channel, stamp);
  g_autofree char *text = g_strdup_printf ("%s %s.%09" G_GINT64_FORMAT "\n\n%s\n", typed->channel, stamp,
                                           now_ns % INT64_C (1000000000), typed->text);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  arrival->size = (int64_t)g_bytes_get_size (bytes);
  return store_blob_put (store, bytes, &arrival->blob, error);
}
