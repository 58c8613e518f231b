#include "reports/format.h"
#include "base/messages.h"
#include <string.h>

char *
report_show_count (const char *language, int64_t count)
{
  return dk_message (language, "report.count", "l", count);
}

char *
report_show_share (const char *language, double share)
{
  return dk_message (language, "report.share", "f", share);
}

char *
report_show_seconds (const char *language, double seconds)
{
  if (seconds < 1)
    return dk_message (language, "report.time.ms", "f", seconds * 1000);
  if (seconds < 60)
    return dk_message (language, "report.time.s", "f", seconds);
  int64_t minutes = (int64_t)seconds / 60, hours = minutes / 60, days = hours / 24;
  if (minutes < 60)
    return dk_message (language, "report.time.min", "ll", minutes, (int64_t)seconds % 60);
  if (hours < 48)
    return dk_message (language, "report.time.h", "ll", hours, minutes % 60);
  return dk_message (language, "report.time.d", "ll", days, hours % 24);
}

char *
report_show_day (const char *language, DkDay day)
{
  return dk_message (language, "report.day", "D", day);
}

void
report_escape (GString *html, const char *text)
{
  for (const char *c = text; c != NULL && *c != '\0'; c++)
    switch (*c)
      {
      case '&':
        g_string_append (html, "&amp;");
        break;
      case '<':
        g_string_append (html, "&lt;");
        break;
      case '>':
        g_string_append (html, "&gt;");
        break;
      case '"':
        g_string_append (html, "&quot;");
        break;
      case '\'':
        g_string_append (html, "&#39;");
        break;
      default:
        g_string_append_c (html, (unsigned char)*c < ' ' || *c == 0x7f ? ' ' : *c);
      }
}

void
report_escape_sentence (GString *html, const char *text)
{
  static const char shape[] = "\\b[A-Z]{1,8}-[0-9]{4}-[0-9]{6,}-[0-9]{2}\\b";
  g_autoptr (GString) escaped = g_string_new (NULL);
  g_autoptr (GRegex) number = g_regex_new (shape, 0, 0, NULL);
  report_escape (escaped, text);
  g_autofree char *whole = g_regex_replace (number, escaped->str, -1, 0, "<span class=\"number\">\\0</span>", 0, NULL);
  g_string_append (html, whole != NULL ? whole : escaped->str);
}

char *
report_label (const char *language, const char *prefix, const char *code)
{
  g_autofree char *key = g_strconcat (prefix, ".", code, NULL);
  if (dk_message_exists (language, key))
    return dk_message (language, key, "");
  return strcmp (prefix, "report.language") == 0 ? dk_language_name (language, code) : g_strdup (code);
}

char *
report_duty (const char *language, const char *kind)
{
  bool ack = g_str_has_suffix (kind, "-ack");
  g_autofree char *general = ack ? g_strdup ("ack") : g_strndup (kind, strcspn (kind, "-"));
  return report_label (language, "report.duty", general);
}
