/* cases/calendar_file.c - reads calendars/CODE.yaml.
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
 *   counted_to: 2026-12-31       optional: the last day up to which days may be counted, where Saturdays are made
 * working days by decree; after it ends in days, weeks and months are known, no others source: ["the official list"]
 *   days:
 *     - {date: 2026-02-28, kind: holiday, names: {es: "Día de Andalucía", en: "Andalusia Day"}}
 *
 * kind is holiday, extra_work (counts, whatever weekday and parent say), half (a shortened day: counts as the week
 * pattern says) or expected (after published_to: off by custom, but nobody has decreed it; it counts until then). The
 * closest layer that names a day decides; a day must be covered by all layers. */
#include "cases/calendar_internal.h"
#include <string.h>

static void
day_free (gpointer data)
{
  CalendarDayEntry *day = data;
  g_free (day->name);
  g_free (day);
}

void
calendar_layer_free (gpointer data)
{
  CalendarLayer *layer = data;
  g_free (layer->code);
  g_hash_table_unref (layer->days);
  g_free (layer);
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

/* Leaves *@day as it is where nobody wrote @key. */
static bool
want_day (Calendar *calendar, const YamlNode *node, const char *key, DkDay *day, GError **error)
{
  const YamlNode *value = yaml_get (node, key);
  return value == NULL || yaml_is_empty (value) || need_day (calendar, node, key, day, error);
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
read_day (Calendar *calendar, CalendarLayer *layer, const YamlNode *node, GError **error)
{
  static const char *const keys[] = { "date", "kind", "names", "source", NULL };
  static const char *const kinds[] = { "holiday", "extra_work", "half", "expected", NULL };
  const char *kind = kinds[CALENDAR_KIND_HOLIDAY], *name = NULL;
  DkDay date;
  if (!yaml_check_keys (node, keys, error) || !need_day (calendar, node, "date", &date, error)
      || !yaml_want_word (node, "kind", kinds, &kind, error) || !read_name (node, &name, error))
    return false;
  if (date < layer->from || date > layer->to)
    return yaml_throw (node, error, "the day lies outside covered_from and covered_to");
  if (g_hash_table_contains (layer->days, GINT_TO_POINTER (date)))
    return yaml_throw (node, error, "the day stands here twice");
  if (strcmp (kind, kinds[CALENDAR_KIND_EXPECTED]) == 0 && date <= layer->published)
    return yaml_throw (node, error, "only days after published_to may be expected");
  CalendarDayEntry *day = g_new0 (CalendarDayEntry, 1);
  while (strcmp (kinds[day->kind], kind) != 0)
    day->kind++;
  day->name = g_strdup (name);
  digest (calendar, kind);
  digest (calendar, name);
  g_hash_table_insert (layer->days, GINT_TO_POINTER (date), day);
  return true;
}

static bool
read_days (Calendar *calendar, CalendarLayer *layer, const YamlNode *root, GError **error)
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
  if (!dk_zone_is_known (zone))
    return yaml_throw (yaml_get (root, "zone"), error, "%s is no time zone; one is Europe/Madrid", zone);
  digest (calendar, zone);
  if (calendar->zone == NULL)
    calendar->zone = g_strdup (zone);
  return true;
}

bool
calendar_read_layer (Calendar *calendar, const YamlNode *root, const char *code, const char **parent, GError **error)
{
  static const char *const keys[]
      = { "code",       "parent",       "name",       "zone",   "week", "hours", "covered_from",
          "covered_to", "published_to", "counted_to", "source", "days", NULL };
  const char *own;
  *parent = NULL;
  if (!yaml_check_keys (root, keys, error) || !yaml_need_text (root, "code", &own, error)
      || !yaml_want_text (root, "parent", parent, error))
    return false;
  if (strcmp (own, code) != 0)
    return yaml_throw (yaml_get (root, "code"), error, "code is %s, but the file is called %s.yaml", own, code);
  digest (calendar, code);
  CalendarLayer *layer = g_new0 (CalendarLayer, 1);
  layer->code = g_strdup (code);
  layer->days = g_hash_table_new_full (NULL, NULL, NULL, day_free);
  g_ptr_array_add (calendar->layers, layer);
  if (!need_day (calendar, root, "covered_from", &layer->from, error)
      || !need_day (calendar, root, "covered_to", &layer->to, error))
    return false;
  if (layer->to < layer->from)
    return yaml_throw (yaml_get (root, "covered_to"), error, "covered_to lies before covered_from");
  layer->published = CALENDAR_DAY_LAST;
  layer->counted = layer->to;
  if (!want_day (calendar, root, "published_to", &layer->published, error)
      || !want_day (calendar, root, "counted_to", &layer->counted, error))
    return false;
  if (layer->published < layer->from)
    return yaml_throw (yaml_get (root, "published_to"), error, "published_to lies before covered_from");
  if (layer->counted < layer->from || layer->counted > layer->to)
    return yaml_throw (yaml_get (root, "counted_to"), error, "counted_to lies outside covered_from and covered_to");
  return read_zone (calendar, root, error) && read_week (calendar, root, error) && read_hours (calendar, root, error)
         && read_days (calendar, layer, root, error);
}
