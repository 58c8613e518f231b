/* cases/calendar.c - layers of files as one calendar, and what it says of single days. */
#include "base/messages.h"
#include "cases/calendar_internal.h"
#include <string.h>

#define MAX_LAYERS 4

void
calendar_free (Calendar *calendar)
{
  if (calendar == NULL)
    return;
  g_free (calendar->code);
  g_free (calendar->version);
  g_free (calendar->zone);
  g_ptr_array_unref (calendar->layers);
  g_clear_pointer (&calendar->digest, g_checksum_free);
  g_free (calendar);
}

static char *
known_codes (const Config *config)
{
  g_auto (GStrv) paths = config_paths (config, "calendars");
  GString *codes = g_string_new (NULL);
  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *name = g_path_get_basename (*path);
      if (g_str_has_suffix (name, ".yaml"))
        g_string_append_printf (codes, "%s%.*s", codes->len > 0 ? " " : "", (int)strlen (name) - 5, name);
    }
  return g_string_free (codes->len > 0 ? codes : g_string_append (codes, "none"), FALSE);
}

static const Yaml *
file_of (const Config *config, const char *code)
{
  for (const char *at = code; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && *at != '-')
      return NULL;
  g_autofree char *path = g_strdup_printf ("calendars/%s.yaml", code);
  return config_file (config, path);
}

static bool
load_layers (Calendar *calendar, const Config *config, const char *code, GError **error)
{
  const YamlNode *child = NULL;
  for (const char *parent; code != NULL; code = parent)
    {
      const Yaml *file = file_of (config, code);
      g_autofree char *known = file == NULL ? known_codes (config) : NULL;
      if (file == NULL && child != NULL)
        return yaml_throw (yaml_get (child, "parent"), error, "there is no calendar %s; there are %s", code, known);
      if (file == NULL)
        return dk_refuse (error, DK_ERROR_NOT_FOUND, "no_calendar", "ss", code, known);
      child = yaml_root (file);
      if (calendar->layers->len == MAX_LAYERS)
        return yaml_throw (child, error, "more than %d calendars stand one over the other", MAX_LAYERS);
      if (!calendar_read_layer (calendar, child, code, &parent, error))
        return false;
    }
  return true;
}

/* What all layers cover, and what all have published. */
static void
find_cover (Calendar *calendar)
{
  calendar->from = INT32_MIN;
  calendar->to = calendar->published = calendar->counted = CALENDAR_DAY_LAST;
  for (guint i = 0; i < calendar->layers->len; i++)
    {
      const CalendarLayer *layer = g_ptr_array_index (calendar->layers, i);
      calendar->from = MAX (calendar->from, layer->from);
      calendar->to = MIN (calendar->to, layer->to);
      calendar->published = MIN (calendar->published, layer->published);
      calendar->counted = MIN (calendar->counted, layer->counted);
    }
}

Calendar *
calendar_load (const Config *config, const char *code, GError **error)
{
  g_autoptr (Calendar) calendar = g_new0 (Calendar, 1);
  calendar->code = g_strdup (code != NULL ? code : "");
  calendar->opens = calendar->closes = -1;
  calendar->layers = g_ptr_array_new_with_free_func (calendar_layer_free);
  calendar->digest = g_checksum_new (G_CHECKSUM_SHA256);
  if (!load_layers (calendar, config, calendar->code, error))
    return NULL;
  if (calendar->weekday[CALENDAR_WD] == 0)
    calendar->weekday[CALENDAR_WD] = 0x3e;
  if (calendar->weekday[CALENDAR_OUVRABLES] == 0)
    calendar->weekday[CALENDAR_OUVRABLES] = 0x7e;
  if (calendar->opens < 0)
    {
      calendar->opens = 9 * 60;
      calendar->closes = 17 * 60;
    }
  find_cover (calendar);
  calendar->version = g_strdup_printf ("%s@%.12s", calendar->code, g_checksum_get_string (calendar->digest));
  g_clear_pointer (&calendar->digest, g_checksum_free);
  return g_steal_pointer (&calendar);
}

const char *
calendar_code (const Calendar *calendar)
{
  return calendar->code;
}

const char *
calendar_version (const Calendar *calendar)
{
  return calendar->version;
}

const char *
calendar_zone (const Calendar *calendar)
{
  return calendar->zone;
}

void
calendar_cover (const Calendar *calendar, DkDay *from, DkDay *to)
{
  *from = calendar->from;
  *to = calendar->to;
}

DkDay
calendar_published (const Calendar *calendar)
{
  return calendar->published;
}

DkDay
calendar_counted (const Calendar *calendar)
{
  return calendar->counted;
}

const char *
calendar_ending (const Calendar *calendar, bool published)
{
  const CalendarLayer *first = g_ptr_array_index (calendar->layers, 0);
  for (guint i = 1; i < calendar->layers->len; i++)
    {
      const CalendarLayer *layer = g_ptr_array_index (calendar->layers, i);
      bool earlier = published ? layer->published < first->published : layer->counted < first->counted;
      first = earlier ? layer : first;
    }
  return first->code;
}

void
calendar_hours (const Calendar *calendar, int *opens, int *closes)
{
  *opens = calendar->opens;
  *closes = calendar->closes;
}

static const CalendarDayEntry *
closest_day (const Calendar *calendar, DkDay date)
{
  for (guint i = 0; i < calendar->layers->len; i++)
    {
      const CalendarLayer *layer = g_ptr_array_index (calendar->layers, i);
      const CalendarDayEntry *day = g_hash_table_lookup (layer->days, GINT_TO_POINTER (date));
      if (day != NULL)
        return day;
    }
  return NULL;
}

CalendarDay
calendar_day (const Calendar *calendar, CalendarDaySet set, DkDay date, const char **name)
{
  const char *nobody = NULL;
  name = name != NULL ? name : &nobody;
  *name = NULL;
  if (date < calendar->from || date > calendar->to)
    return CALENDAR_UNKNOWN;
  const CalendarDayEntry *day = closest_day (calendar, date);
  bool of_week = calendar->weekday[set] & 1 << dk_weekday (date);
  if (day == NULL || day->kind == CALENDAR_KIND_HALF || (day->kind == CALENDAR_KIND_EXPECTED && !of_week))
    return of_week ? CALENDAR_WORKING : CALENDAR_WEEKEND;
  *name = day->name;
  if (day->kind == CALENDAR_KIND_EXPECTED)
    return CALENDAR_EXPECTED;
  return day->kind == CALENDAR_KIND_EXTRA_WORK ? CALENDAR_WORKING : CALENDAR_HOLIDAY;
}

CalendarDay
calendar_count_day (const Calendar *calendar, CalendarDaySet set, DkDay date, const char **name)
{
  const char *nobody = NULL;
  if (date <= calendar->counted)
    return calendar_day (calendar, set, date, name);
  *(name != NULL ? name : &nobody) = NULL;
  return CALENDAR_UNKNOWN;
}

bool
calendar_is_half (const Calendar *calendar, DkDay date)
{
  const CalendarDayEntry *day = closest_day (calendar, date);
  return day != NULL && day->kind == CALENDAR_KIND_HALF;
}
