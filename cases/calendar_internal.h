/* cases/calendar_internal.h - a calendar as its files made it. Private to cases/calendar*.c. */
#pragma once
#include "cases/calendar.h"

#define CALENDAR_DAY_LAST INT32_MAX

typedef enum
{
  CALENDAR_KIND_HOLIDAY,
  CALENDAR_KIND_EXTRA_WORK,
  CALENDAR_KIND_HALF,
  CALENDAR_KIND_EXPECTED,
} CalendarDayKind;

typedef struct
{
  CalendarDayKind kind;
  char *name;
} CalendarDayEntry;

typedef struct
{
  char *code;
  DkDay from, to, published, counted;
  GHashTable *days; /* DkDay to CalendarDayEntry */
} CalendarLayer;

struct Calendar
{
  char *code, *version, *zone;
  DkDay from, to, published, counted; /* of all layers together */
  GPtrArray *layers;                  /* of CalendarLayer, the closest first */
  unsigned char weekday[2];           /* by CalendarDaySet: bit n for ISO weekday n; 0 while no layer has said */
  int opens, closes;                  /* minutes after midnight, -1 while no layer has said */
  GChecksum *digest;                  /* of what the files say, while they are read */
};

void calendar_layer_free (gpointer layer);
/* Reads one file as the next layer; *@parent is the code of the one below it, or NULL. */
bool calendar_read_layer (Calendar *calendar, const YamlNode *root, const char *code, const char **parent,
                          GError **error);
