#include "reports/event_log.h"
#include "store/log.h"
#include <string.h>

typedef struct
{
  FILE *out;
  EventLogFormat format;
  EventLogCounts *counts;
} Writer;

/* "2026-11-22T10:29:18.000123+00:00" */
static void
format_time (int64_t time_us, char text[static 40])
{
  int64_t second = time_us / G_USEC_PER_SEC;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (second);
  g_autofree char *date = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  g_snprintf (text, 40, "%s.%06d+00:00", date, (int)(time_us - second * G_USEC_PER_SEC));
}

/* --- XES --- */

/* Control characters are not allowed in XML, however they are written. */
static void
put_xml (FILE *out, const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    switch (*at)
      {
      case '&':
        fputs ("&amp;", out);
        break;
      case '<':
        fputs ("&lt;", out);
        break;
      case '>':
        fputs ("&gt;", out);
        break;
      case '"':
        fputs ("&quot;", out);
        break;
      default:
        fputc ((guchar)*at < ' ' || *at == 0x7f ? ' ' : *at, out);
      }
}

/* Nothing for an empty @value. */
static void
put_attribute (FILE *out, const char *indent, const char *type, const char *key, const char *value)
{
  if (*value == '\0')
    return;
  fprintf (out, "%s<%s key=\"%s\" value=\"", indent, type, key);
  put_xml (out, value);
  fputs ("\"/>\n", out);
}

static void
put_number (FILE *out, const char *indent, const char *key, int64_t value)
{
  fprintf (out, "%s<int key=\"%s\" value=\"%" G_GINT64_FORMAT "\"/>\n", indent, key, value);
}

static const char xes_head[]
    = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<log xes.version=\"1849.2023\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n"
      "  <extension name=\"Concept\" prefix=\"concept\" uri=\"http://www.xes-standard.org/concept.xesext\"/>\n"
      "  <extension name=\"Time\" prefix=\"time\" uri=\"http://www.xes-standard.org/time.xesext\"/>\n"
      "  <extension name=\"Organizational\" prefix=\"org\" uri=\"http://www.xes-standard.org/org.xesext\"/>\n"
      "  <extension name=\"Lifecycle\" prefix=\"lifecycle\" uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n"
      "  <global scope=\"trace\">\n"
      "    <string key=\"concept:name\" value=\"UNKNOWN\"/>\n"
      "    <string key=\"received\" value=\"1970-01-01\"/>\n"
      "    <string key=\"status\" value=\"not_started\"/>\n"
      "    <int key=\"stage\" value=\"1\"/>\n"
      "  </global>\n"
      "  <global scope=\"event\">\n"
      "    <string key=\"concept:name\" value=\"UNKNOWN\"/>\n"
      "    <date key=\"time:timestamp\" value=\"1970-01-01T00:00:00.000000+00:00\"/>\n"
      "    <string key=\"org:resource\" value=\"UNKNOWN\"/>\n"
      "    <string key=\"lifecycle:transition\" value=\"complete\"/>\n"
      "    <int key=\"seq\" value=\"0\"/>\n"
      "  </global>\n"
      "  <classifier name=\"Activity\" keys=\"concept:name\"/>\n"
      "  <classifier name=\"Activity and resource\" keys=\"concept:name org:resource\"/>\n"
      "  <classifier name=\"Activity and lifecycle\" keys=\"concept:name lifecycle:transition\"/>\n"
      "  <string key=\"concept:name\" value=\"docket\"/>\n"
      "  <string key=\"lifecycle:model\" value=\"standard\"/>\n";

static void
xes_event (FILE *out, const StoreLogEvent *event, const char *time, int64_t nudged_us)
{
  fputs ("    <event>\n", out);
  put_attribute (out, "      ", "string", "concept:name", event->activity);
  put_attribute (out, "      ", "date", "time:timestamp", time);
  put_attribute (out, "      ", "string", "org:resource", event->actor);
  put_attribute (out, "      ", "string", "lifecycle:transition", "complete");
  put_number (out, "      ", "seq", event->seq);
  put_attribute (out, "      ", "string", "reason", event->reason);
  put_attribute (out, "      ", "string", "day", event->day);
  if (nudged_us > 0)
    put_number (out, "      ", "nudged_us", nudged_us);
  fputs ("    </event>\n", out);
}

static void
xes_case (FILE *out, const StoreLogCase *one)
{
  fputs ("  <trace>\n", out);
  put_attribute (out, "    ", "string", "concept:name", one->number);
  put_attribute (out, "    ", "string", "received", one->received);
  put_attribute (out, "    ", "string", "kind", one->kind);
  put_attribute (out, "    ", "string", "subject", one->subject);
  put_attribute (out, "    ", "string", "language", one->language);
  put_attribute (out, "    ", "string", "status", one->status);
  put_attribute (out, "    ", "string", "outcome", one->outcome);
  put_number (out, "    ", "stage", one->stage);
}

/* --- CSV --- */

static const char csv_head[]
    = "case_id,activity,timestamp,resource,lifecycle,seq,nudged_us,reason,day,received,kind,subject,"
      "language,status,outcome,stage\r\n";

static void
put_field (FILE *out, const char *text, const char *end)
{
  bool quoted = strpbrk (text, ",\"\r\n") != NULL;
  fputs (quoted ? "\"" : "", out);
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '"')
        fputc ('"', out);
      fputc (*at, out);
    }
  fputs (quoted ? "\"" : "", out);
  fputs (end, out);
}

static void
csv_event (FILE *out, const StoreLogCase *one, const StoreLogEvent *event, const char *time, int64_t nudged_us)
{
  put_field (out, one->number, ",");
  put_field (out, event->activity, ",");
  put_field (out, time, ",");
  put_field (out, event->actor, ",complete,");
  fprintf (out, "%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",", event->seq, nudged_us);
  const char *const texts[]
      = { event->reason, event->day, one->received, one->kind, one->subject, one->language, one->status, one->outcome };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    put_field (out, texts[i], ",");
  fprintf (out, "%" G_GINT64_FORMAT "\r\n", one->stage);
}

/* --- both --- */

static bool
write_case (const StoreLogCase *one, void *data, GError **error)
{
  Writer *writer = data;
  int64_t last_us = INT64_MIN;
  (void)error;
  writer->counts->cases++;
  if (writer->format == EVENT_LOG_XES)
    xes_case (writer->out, one);
  for (guint i = 0; i < one->events->len; i++)
    {
      const StoreLogEvent *event = &g_array_index (one->events, StoreLogEvent, i);
      int64_t time_us = i > 0 ? MAX (event->time_us, last_us + 1) : event->time_us;
      char time[40];
      format_time (time_us, time);
      last_us = time_us;
      writer->counts->events++;
      writer->counts->nudged += time_us > event->time_us;
      if (writer->format == EVENT_LOG_XES)
        xes_event (writer->out, event, time, time_us - event->time_us);
      else
        csv_event (writer->out, one, event, time, time_us - event->time_us);
    }
  if (writer->format == EVENT_LOG_XES)
    fputs ("  </trace>\n", writer->out);
  return true;
}

bool
report_event_log (Store *store, EventLogFormat format, const char *from, const char *to, FILE *out,
                  EventLogCounts *counts, GError **error)
{
  Writer writer = { out, format, counts };
  *counts = (EventLogCounts){ 0 };
  fputs (format == EVENT_LOG_XES ? xes_head : csv_head, out);
  if (!store_log_each (store, from, to, write_case, &writer, error))
    return false;
  if (format == EVENT_LOG_XES)
    fputs ("</log>\n", out);
  return true;
}
