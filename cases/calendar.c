/* cases/calendar.c - reads calendars/CODE.yaml and answers for single days.
 *
 *   code: ES-AN                  as the file is called
 *   parent: ES                   optional: the layer below, whose days hold where this one says nothing
 *   name: {es: "Andalucía"}      by language, for people
 *   zone: Europe/Madrid          optional with a parent
 *   week: {wd: [mon, tue, wed, thu, fri], ouvrables: [mon, tue, wed, thu, fri, sat]}   optional, as shown
 *   hours: {opens: "09:00", closes: "17:00"}   of a working day, optional, as shown
 *   covered_from: 2026-01-01     days before and after are unknown, never guessed
 *   covered_to: 2026-12-31
 *   published_to: 2026-12-31     optional: the last day whose list is official; what rests on later ones is "expected"
 *   source: ["the official list"]
 *   days:
 *     - {date: 2026-02-28, kind: holiday, names: {es: "Día de Andalucía", en: "Andalusia Day"}}
 *
 * kind is holiday, extra_work (counts, whatever weekday and parent say), half (a shortened day: counts as the week
 * pattern says) or expected (after published_to: off by custom, but nobody has decreed it; it counts until then). The
 * closest layer that names a day decides; a day must be covered by all layers. */
#include "cases/calendar.h"
#include <string.h>

#define MAX_LAYERS 4
#define DAY_LAST INT32_MAX

typedef enum
{
  KIND_HOLIDAY,
  KIND_EXTRA_WORK,
  KIND_HALF,
  KIND_EXPECTED,
} DayKind;

typedef struct
{
  DayKind kind;
  char *name;
} Day;

typedef struct
{
  DkDay from, to, published;
  GHashTable *days; /* DkDay to Day */
} Layer;

struct Calendar
{
  char *code, *version, *zone;
  DkDay from, to, published; /* of all layers together */
  GPtrArray *layers;         /* of Layer, the closest first */
  unsigned char weekday[2];  /* by CalendarDaySet: bit n for ISO weekday n; 0 while no layer has said */
  int opens, closes;         /* minutes after midnight, -1 while no layer has said */
  GChecksum *digest;         /* of what the files say, while they are read */
};

static void
day_free (gpointer data)
{
  Day *day = data;
  g_free (day->name);
  g_free (day);
}

static void
layer_free (gpointer data)
{
  Layer *layer = data;
  g_hash_table_unref (layer->days);
  g_free (layer);
}

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

static void
digest (Calendar *calendar, const char *text)
{
  g_checksum_update (calendar->digest, (const guchar *)text, (gssize)strlen (text) + 1);
}

static bool
need_day (Calendar *calendar, const YamlNode *node, const char *key, DkDay *day, GError **error)
{
  const char *text;
  if (!yaml_need_text (node, key, &text, error))
    return false;
  *day = dk_day_parse (text);
  digest (calendar, text);
  return *day != DK_DAY_NONE
         || yaml_throw (yaml_get (node, key), error, "%s is not a date; a date is written 2026-12-31", key);
}

/* The weekdays of "week: {wd: […]}", unless a closer layer has set them. */
static bool
read_weekdays (Calendar *calendar, const YamlNode *week, const char *key, CalendarDaySet set, GError **error)
{
  static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };
  g_auto (GStrv) days = NULL;
  if (!yaml_want_list (week, key, &days, error))
    return false;
  unsigned char bits = 0;
  for (char **day = days; day != NULL && *day != NULL; day++)
    {
      int number = 0;
      while (names[number] != NULL && strcmp (names[number], *day) != 0)
        number++;
      if (names[number] == NULL)
        return yaml_throw (week, error, "%s is no weekday; allowed are mon tue wed thu fri sat sun", *day);
      bits = (unsigned char)(bits | 1 << (number + 1));
      digest (calendar, *day);
    }
  if (days != NULL && bits == 0)
    return yaml_throw (week, error, "%s has no weekday", key);
  if (calendar->weekday[set] == 0)
    calendar->weekday[set] = bits;
  return true;
}

int
calendar_hour_parse (const char *text)
{
  bool shaped = strlen (text) == 5 && g_ascii_isdigit (text[0]) && g_ascii_isdigit (text[1]) && text[2] == ':'
                && g_ascii_isdigit (text[3]) && g_ascii_isdigit (text[4]);
  int hour = shaped ? (text[0] - '0') * 10 + text[1] - '0' : 24;
  int minute = shaped ? (text[3] - '0') * 10 + text[4] - '0' : 0;
  return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

static bool
need_hour (Calendar *calendar, const YamlNode *node, const char *key, int *minutes, GError **error)
{
  const char *text;
  if (!yaml_need_text (node, key, &text, error))
    return false;
  *minutes = calendar_hour_parse (text);
  digest (calendar, text);
  return *minutes >= 0 || yaml_throw (yaml_get (node, key), error, "%s is no time of day; one is \"17:00\"", text);
}

/* The hours of the closest layer that has them. */
static bool
read_hours (Calendar *calendar, const YamlNode *root, GError **error)
{
  static const char *const keys[] = { "opens", "closes", NULL };
  const YamlNode *hours = yaml_get (root, "hours");
  int opens = -1, closes = -1;
  if (hours == NULL)
    return true;
  if (!yaml_check_keys (hours, keys, error) || !need_hour (calendar, hours, "opens", &opens, error)
      || !need_hour (calendar, hours, "closes", &closes, error))
    return false;
  if (closes <= opens)
    return yaml_throw (yaml_get (hours, "closes"), error, "a day closes after it opens");
  if (calendar->opens < 0)
    {
      calendar->opens = opens;
      calendar->closes = closes;
    }
  return true;
}

static bool
read_week (Calendar *calendar, const YamlNode *root, GError **error)
{
  static const char *const keys[] = { "wd", "ouvrables", NULL };
  const YamlNode *week = yaml_get (root, "week");
  if (week == NULL)
    return true;
  return yaml_check_keys (week, keys, error) && read_weekdays (calendar, week, "wd", CALENDAR_WD, error)
         && read_weekdays (calendar, week, "ouvrables", CALENDAR_OUVRABLES, error);
}

/* The English name, so that reasons read alike everywhere; else the first. */
static bool
read_name (const YamlNode *node, const char **name, GError **error)
{
  const YamlNode *names = yaml_get (node, "names");
  if (names == NULL || !yaml_is_mapping (names) || yaml_size (names) == 0)
    return yaml_throw (names != NULL ? names : node, error,
                       "a day needs names by language, such as {en: \"Epiphany\"}");
  const YamlNode *chosen = yaml_get (names, "en");
  *name = yaml_text (chosen != NULL ? chosen : yaml_at (names, 0, NULL));
  return (*name != NULL && **name != '\0') || yaml_throw (names, error, "a name is a text");
}

static bool
read_day (Calendar *calendar, Layer *layer, const YamlNode *node, GError **error)
{
  static const char *const keys[] = { "date", "kind", "names", "source", NULL };
  static const char *const kinds[] = { "holiday", "extra_work", "half", "expected", NULL };
  const char *kind = kinds[KIND_HOLIDAY], *name = NULL;
  DkDay date;
  if (!yaml_check_keys (node, keys, error) || !need_day (calendar, node, "date", &date, error)
      || !yaml_want_word (node, "kind", kinds, &kind, error) || !read_name (node, &name, error))
    return false;
  if (date < layer->from || date > layer->to)
    return yaml_throw (node, error, "the day lies outside covered_from and covered_to");
  if (g_hash_table_contains (layer->days, GINT_TO_POINTER (date)))
    return yaml_throw (node, error, "the day stands here twice");
  if (strcmp (kind, kinds[KIND_EXPECTED]) == 0 && date <= layer->published)
    return yaml_throw (node, error, "only days after published_to may be expected");
  Day *day = g_new0 (Day, 1);
  while (strcmp (kinds[day->kind], kind) != 0)
    day->kind++;
  day->name = g_strdup (name);
  digest (calendar, kind);
  digest (calendar, name);
  g_hash_table_insert (layer->days, GINT_TO_POINTER (date), day);
  return true;
}

static bool
read_days (Calendar *calendar, Layer *layer, const YamlNode *root, GError **error)
{
  const YamlNode *days = yaml_get (root, "days");
  if (days == NULL || !yaml_is_sequence (days))
    return yaml_throw (days != NULL ? days : root, error, "a calendar needs days, a list");
  for (size_t i = 0; i < yaml_size (days); i++)
    if (!read_day (calendar, layer, yaml_at (days, i, NULL), error))
      return false;
  return true;
}

/* The zone of the closest layer that has one. */
static bool
read_zone (Calendar *calendar, const YamlNode *root, GError **error)
{
  const char *zone = NULL;
  if (!yaml_want_text (root, "zone", &zone, error))
    return false;
  if (zone == NULL)
    return yaml_get (root, "parent") != NULL || yaml_throw (root, error, "a calendar without a parent needs a zone");
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (zone);
  if (known == NULL)
    return yaml_throw (yaml_get (root, "zone"), error, "%s is no time zone; one is Europe/Madrid", zone);
  digest (calendar, zone);
  if (calendar->zone == NULL)
    calendar->zone = g_strdup (zone);
  return true;
}

/* Reads one file as the next layer; *@parent is the code of the one below it, or NULL. */
static bool
read_layer (Calendar *calendar, const YamlNode *root, const char *code, const char **parent, GError **error)
{
  static const char *const keys[] = { "code",         "parent",     "name",         "zone",   "week", "hours",
                                      "covered_from", "covered_to", "published_to", "source", "days", NULL };
  const char *own;
  *parent = NULL;
  if (!yaml_check_keys (root, keys, error) || !yaml_need_text (root, "code", &own, error)
      || !yaml_want_text (root, "parent", parent, error))
    return false;
  if (strcmp (own, code) != 0)
    return yaml_throw (yaml_get (root, "code"), error, "code is %s, but the file is called %s.yaml", own, code);
  digest (calendar, code);
  Layer *layer = g_new0 (Layer, 1);
  layer->days = g_hash_table_new_full (NULL, NULL, NULL, day_free);
  g_ptr_array_add (calendar->layers, layer);
  if (!need_day (calendar, root, "covered_from", &layer->from, error)
      || !need_day (calendar, root, "covered_to", &layer->to, error))
    return false;
  if (layer->to < layer->from)
    return yaml_throw (yaml_get (root, "covered_to"), error, "covered_to lies before covered_from");
  layer->published = DAY_LAST;
  const YamlNode *published = yaml_get (root, "published_to");
  if (published != NULL && !yaml_is_empty (published)
      && !need_day (calendar, root, "published_to", &layer->published, error))
    return false;
  return read_zone (calendar, root, error) && read_week (calendar, root, error) && read_hours (calendar, root, error)
         && read_days (calendar, layer, root, error);
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
  return g_string_free (codes, FALSE);
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
        return dk_throw (error, DK_ERROR_NOT_FOUND, "there is no calendar %s; there are %s", code, known);
      child = yaml_root (file);
      if (calendar->layers->len == MAX_LAYERS)
        return yaml_throw (child, error, "more than %d calendars stand one over the other", MAX_LAYERS);
      if (!read_layer (calendar, child, code, &parent, error))
        return false;
    }
  return true;
}

/* What all layers cover, and what all have published. */
static void
find_cover (Calendar *calendar)
{
  calendar->from = INT32_MIN;
  calendar->to = calendar->published = DAY_LAST;
  for (guint i = 0; i < calendar->layers->len; i++)
    {
      const Layer *layer = g_ptr_array_index (calendar->layers, i);
      calendar->from = MAX (calendar->from, layer->from);
      calendar->to = MIN (calendar->to, layer->to);
      calendar->published = MIN (calendar->published, layer->published);
    }
}

Calendar *
calendar_load (const Config *config, const char *code, GError **error)
{
  g_autoptr (Calendar) calendar = g_new0 (Calendar, 1);
  calendar->code = g_strdup (code != NULL ? code : "");
  calendar->opens = calendar->closes = -1;
  calendar->layers = g_ptr_array_new_with_free_func (layer_free);
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

bool
calendar_check_all (const Config *config, GError **error)
{
  g_autofree char *codes = known_codes (config);
  g_auto (GStrv) each = g_strsplit (codes, " ", -1);
  for (char **code = each; *code != NULL; code++)
    {
      g_autoptr (Calendar) calendar = calendar_load (config, *code, error);
      if (calendar == NULL)
        return false;
    }
  return true;
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

void
calendar_hours (const Calendar *calendar, int *opens, int *closes)
{
  *opens = calendar->opens;
  *closes = calendar->closes;
}

static const Day *
closest_day (const Calendar *calendar, DkDay date)
{
  for (guint i = 0; i < calendar->layers->len; i++)
    {
      const Layer *layer = g_ptr_array_index (calendar->layers, i);
      const Day *day = g_hash_table_lookup (layer->days, GINT_TO_POINTER (date));
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
  const Day *day = closest_day (calendar, date);
  bool of_week = calendar->weekday[set] & 1 << dk_weekday (date);
  if (day == NULL || day->kind == KIND_HALF || (day->kind == KIND_EXPECTED && !of_week))
    return of_week ? CALENDAR_WORKING : CALENDAR_WEEKEND;
  *name = day->name;
  if (day->kind == KIND_EXPECTED)
    return CALENDAR_EXPECTED;
  return day->kind == KIND_EXTRA_WORK ? CALENDAR_WORKING : CALENDAR_HOLIDAY;
}

bool
calendar_is_half (const Calendar *calendar, DkDay date)
{
  const Day *day = closest_day (calendar, date);
  return day != NULL && day->kind == KIND_HALF;
}
